"""Times of day in the wrong order: 14时至11时, 9时开始、8时40分结束."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.finding import Checked, Finding, Message, Outcome, Related
from reportlint.patterns import any_of, around, compiled
from reportlint.span import Span

_PART = r"上午|早上|早晨|清晨|凌晨|中午|下午|傍晚|晚上?|夜间|当晚"
_TIME = compiled(
    rf"(?P<part>{_PART})?(?<![\d.:：])(?P<hour>\d{{1,2}})(?:时(?![间长段限效差空许])(?:(?P<minute>\d{{1,2}})分(?![钟之])|(?P<half>半))?|[:：](?P<other>[0-5]\d)(?![\d:：.%]))"
)
CORE = compiled(r"\d(?:时|[:：][0-5]\d)")
_TO = compiled(r"(?:许|整)?(?P<to>至|到|[-—–~～]{1,2})(?P<same>当日|当天|同日|同一天)?")
#: 由14时提前至11时, 比分 and the like are no stretch; a length of time is no time.
_NO_TIME = compiled(r"(?:历时|用时|耗时|共计?|提前|缩短|比分|比为?|坡度|比例|调整|以)[^，。；\d]{0,4}$")
_NIGHT = compiled(r"次日|翌日|第二天|隔[日天]|昼夜|夜[间班市]|通宵|24小时|倒班|轮班")
#: What comes one after the other within hours.
_COURSES = (
    ("开始 开幕 启动 开会 开考 开赛 集合 出发 起飞 发车", "结束 闭幕 散会 完毕 完成 解散 返回 返程 到达 抵达"),
    (
        "接警 接报 接到报警 接到报告 接到求助 接到电话 接到指令 报警 发生",
        "出动 出警 派出 调派 赶赴 出发",
        "到达 抵达 赶到 到场 赶赴现场",
        "扑灭 熄灭 救出 处置完毕 撤离 返回 得到控制 恢复通车 恢复供电 送医 结束",
    ),
    ("停水 停电 停气 断电 停运 封闭 关闭 管制", "恢复供水 恢复供电 恢复供气 恢复通行 恢复通车 恢复运行 解除管制 开放"),
)
#: How far on each word is, by course.
_RANKS: dict[str, dict[int, int]] = {}
for _course, _stages in enumerate(_COURSES):
    for _rank, _words in enumerate(_stages):
        for _word in _words.split():
            _RANKS.setdefault(_word, {})[_course] = _rank
_BEHIND = compiled(rf"(?:许|左右|整|准时)?[^，。；、：\d（）的前]{{0,8}}?(?P<word>{any_of(_RANKS)})(?!前|时间|后|的)")
_BEFORE = compiled(rf"(?P<word>{any_of(_RANKS)})(?:时间)?(?:为|是|：|于|在)(?:当日|当天)?$")
#: So many hours at most lie between two times of one day that are told the wrong way round; more of them span midnight.
_MOST = 8 * 60
_NOON = 12 * 60


def clocks_in_range(analysis: Analysis) -> Iterator[Outcome]:
    """A stretch of hours whose end comes before its beginning on the same day."""
    text = analysis.reading.text
    times = _times(analysis)
    for one, other in zip(times, times[1:], strict=False):
        to = _TO.fullmatch(text, one.end(), other.start())
        if to is None or _NO_TIME.search(text, max(0, one.start() - 8), one.start()):
            continue
        first, last = _minutes(one), _minutes(other)
        span = analysis.span(Span(one.start(), other.end()))
        yield Checked(span)
        if last >= first or (last == 0 and not to["same"]):
            continue
        if not to["same"]:
            clear = first - last <= _MOST and (
                first > _NOON and last >= 6 * 60
                if first > _NOON + 59
                else first - last < 60 and (first % 60 or last % 60)
            )
            around_it = text[max(0, one.start() - 20) : other.end() + 8]
            if not clear or other["part"] in ("凌晨", "晚", "晚上") or _NIGHT.search(around_it):
                continue
        yield Finding(
            span,
            Message(
                f"结束的{other[0]}早于开始的{one[0]}，请核对时间",
                f"it ends at {other[0]}, before it begins at {one[0]}",
            ),
        )


def clocks_in_order(analysis: Analysis) -> Iterator[Outcome]:
    """What comes later at an earlier hour: 9时开始，8时40分结束."""
    text = analysis.reading.text
    times = _times(analysis)
    for one, other in zip(times, times[1:], strict=False):
        between = text[one.end() : other.start()]
        if len(between) > 30 or any(mark in between for mark in "。；\n") or _NIGHT.search(between) or "日" in between:
            continue
        begun, done = _stage(text, one), _stage(text, other)
        if begun is None or done is None:
            continue
        ranks = _RANKS[begun]
        if not any(course in ranks and ranks[course] < rank for course, rank in _RANKS[done].items()):
            continue
        first, last = _minutes(one), _minutes(other)
        span = analysis.span(Span(*other.span()))
        yield Checked(span)
        twelve = last <= 7 * 60 and not other["part"] and first <= _NOON + 59
        if 0 < first - last <= _MOST and not twelve and (one["part"] or not other["part"] or first - last < 60):
            yield Finding(
                span,
                Message(
                    f"“{done}”的时间{other[0]}早于“{begun}”的{one[0]}，请核对",
                    f"{other[0]} is before {one[0]}",
                ),
                (Related(analysis.span(Span(*one.span())), "另一个时间"),),
            )


#: 历时2小时40分钟, 全程1.5小时, behind the later time.
_LASTED = compiled(
    r"[^。；：\d]{0,14}?(?:历时|用时|耗时|全程|时长|持续|，(?P<all>共计?))(?:共|共计|为|了|达|仅){0,2}(?P<length>(?:(?P<hours>\d{1,2}(?:\.\d)?)个?(?:(?P<half>半)小时|小时(?P<more>半)?))?(?:零?(?P<minutes>\d{1,3})分钟?)?)(?![余多左\d])"
)


def clocks_apart(analysis: Analysis) -> Iterator[Outcome]:
    """A length of time behind the two times it lies between: 9时开始，11时40分结束，历时2小时40分钟."""
    text = analysis.reading.text
    times = _times(analysis)
    for index, (one, other) in enumerate(zip(times, times[1:], strict=False)):
        between = text[one.end() : other.start()]
        if len(between) > 30 or any(mark in between for mark in "。；\n") or _NIGHT.search(between) or "日" in between:
            continue
        if "休" in between or "暂停" in between or "中断" in between:
            continue
        lasted = _LASTED.match(text, other.end())
        if lasted is None or not lasted["length"] or (lasted["all"] and not _TO.fullmatch(between)):
            continue
        before = times[index - 1] if index else None
        if before is not None and not any(mark in text[before.end() : one.start()] for mark in "。；\n"):
            continue  # the length may be that from the first of three
        first, last = _minutes(one), _minutes(other)
        if last < first < 24 * 60 and one["part"] and not other["part"]:
            last += _NOON
        half = 30 if lasted["half"] or lasted["more"] else 0
        said = round(float(lasted["hours"] or 0) * 60) + int(lasted["minutes"] or 0) + half
        exact = lasted["minutes"] or half
        at = Span(*lasted.span("length"))
        yield Checked(analysis.span(at))
        if last > first and abs(last - first - said) > (5 if exact else 35):
            hours, minutes = divmod(last - first, 60)
            shown = (f" {hours} 小时" if hours else "") + (f" {minutes} 分钟" if minutes else "")
            yield Finding(
                analysis.span(at),
                Message(
                    f"从{one[0]}到{other[0]}是{shown}，与“{lasted['length']}”不符，请核对",
                    f"{last - first} minutes lie between, not {said}",
                ),
                (Related(analysis.span(Span(one.start(), other.end())), "起止时间"),),
            )


def _times(analysis: Analysis) -> list[re.Match[str]]:
    text = analysis.reading.text
    return [
        match
        for match in around(_TIME, CORE, text, 4, 8)
        if int(match["hour"]) <= 24 and int(match["minute"] or 0) < 60
    ]


def _minutes(time: re.Match[str]) -> int:
    hour = int(time["hour"])
    if time["part"] in ("下午", "傍晚", "晚", "晚上", "夜间", "当晚") and hour < 12:
        hour += 12
    return hour * 60 + int(time["minute"] or time["other"] or (30 if time["half"] else 0))


def _stage(text: str, time: re.Match[str]) -> str | None:
    """The word that says what happened then: 9时开始, 接警时间为9时."""
    found = _BEHIND.match(text, time.end()) or _BEFORE.search(text, max(0, time.start() - 14), time.start())
    return found["word"] if found else None
