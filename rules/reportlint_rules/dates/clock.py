"""Times of day that no clock shows, or that the part of the day beside them cannot have: 24:60, 上午15时."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.finding import Checked, Finding, Message, Outcome, Severity
from reportlint.patterns import around, compiled
from reportlint.span import Span

_OF_DAY = r"(?:\d日|当[日天晚]|[)）]|上午|下午|凌晨|中午|晚上?|早上?|今[日天]|于|时间(?:为|是|：|:))"
#: A time of day, with what each has in it: 当日15时30分, 6月8日上午9时, 22:30, 5月18日8:30至28:00; 历时25时, 比例1:60 are none.
_CLOCKS = (
    (
        compiled(
            rf"(?:{_OF_DAY}|(?<![历共计用达约时])(?=\d{{2}}时(?:发车|前|起|整|开[始行]|至|止))(?<!\d))(?P<time>(?P<hour>\d{{1,2}})(?:时(?!间|长|段|限|效|许可|空)(?:(?P<minute>\d{{1,2}})分)?(?!钟)))"
        ),
        compiled(r"\d时(?![间长段限效空]|许可)"),
    ),
    (
        compiled(
            rf"(?:{_OF_DAY}|(?<=[:：][0-5]\d[至到—–~-]))(?P<time>(?P<hour>\d{{1,2}})[:：](?P<minute>\d{{2}}))(?![\d:：.%])"
        ),
        compiled(r"\d[:：]\d\d(?![\d:：.%])"),
    ),
)

#: The hours that each part of the day can have, on a clock of twelve hours or of 24.
_HOURS = {
    **dict.fromkeys(("上午", "早上", "早晨", "清晨", "今早"), range(13)),
    "凌晨": (*range(7), 12),
    "中午": (*range(10, 15), 1, 2),
    "下午": (*range(1, 8), *range(12, 21)),
    "傍晚": (*range(4, 9), *range(16, 21)),
    **dict.fromkeys(("晚上", "晚间", "夜间", "深夜", "当晚"), (*range(13), *range(17, 25))),
}
#: 上午15时30分, 下午9:30; 上午10余时 and 上午12小时 are no times of day.
_PART_OF_DAY = compiled(
    rf"(?P<part>{'|'.join(_HOURS)})(?:的|约|近|大约)?(?P<hour>\d{{1,2}})(?:时(?![间长段限效差空])|点(?!位|多?个|[名人])|[:：][0-5]\d(?!\d))"
)
_PART_ENDS = compiled(r"[午晨早上间夜晚][的约近]?\d")


def wrong_times(analysis: Analysis) -> Iterator[Outcome]:
    """Times with an hour beyond 24 or a minute beyond 59, and hours of another part of the day."""
    text = analysis.reading.text
    for pattern, core in _CLOCKS:
        for clock in around(pattern, core, text, 8, 12) if analysis.may_match(pattern) else ():
            if int(clock["hour"]) > 24 or int(clock["minute"] or 0) > 59:
                yield Finding(
                    analysis.span(Span(*clock.span("time"))),
                    Message(f"没有 {clock['time']} 这个时刻，请核对", f"there is no {clock['time']} on the clock"),
                )
    for said in around(_PART_OF_DAY, _PART_ENDS, text, 3, 8) if analysis.may_match(_PART_OF_DAY) else ():
        hour = int(said["hour"])
        if hour > 24:
            continue  # told above
        span = analysis.span(Span(said.start(), said.end()))
        yield Checked(span)
        if hour not in _HOURS[said["part"]]:
            sure = hour > 12
            yield Finding(
                span,
                Message(f"{said['part']}没有{hour}时，请核对", f"{hour} o'clock is not in that part of the day"),
                severity=None if sure else Severity.WARNING,
            )
