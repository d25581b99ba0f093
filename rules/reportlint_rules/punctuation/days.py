"""PN007: a full stop where a day needs its middle dot."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.finding import Message, Outcome, Severity
from reportlint.gathered import gathered, times
from reportlint.patterns import compiled
from reportlint.rule import rule
from reportlint.span import Span

_HAN = "一二三四五六七八九十"
_HAN_DAY = compiled(rf"[{_HAN}](?<![{_HAN}].)[{_HAN}]?[.．][{_HAN}]{{1,3}}(?![{_HAN}])")
_DAY = compiled(
    r"[1-9](?<![\d.．].)(?:(?<=1)[0-2])?[.．](?:3[01]|[12]\d|[1-9])(?![\d.．%‰])"
    r"(?=(?:[”’]|世界|国际|全国|全民|中国|国家|环境日|宪法日|消防|禁毒|植树|护士|教师|消费|安全|防灾|法治|记者|扶贫|助残|爱耳|爱眼|知识产权|税收|档案|土地|科技)[一-龥]{0,8}(?:日|节))"
)
_ZERO = compiled(r"0(?:(?<=[0-9]{4}年0)[1-9]月|(?<=月0)[1-9]日)")


@rule(
    "PN007",
    "point-in-a-day",
    severity=Severity.INFO,
    bad=(
        "组织开展⟦六.五⟧环境日宣传活动。",
        "开展“⟦12.4⟧”国家宪法日宣传活动6场。",
        "全市教育工作会议于2024年⟦03月⟧8日召开。",
    ),
    good=(
        "组织开展六五环境日宣传活动。",
        "开展“12·4”国家宪法日宣传活动6场。",
        "全市教育工作会议于2024年3月8日召开。",
        "PM2.5日均浓度达标，日处理污水5.2万吨。",
    ),
)
def point_in_a_day(analysis: Analysis) -> Iterator[Outcome]:
    """日期的写法不合规范：“六.五”“12.4”用了小数点，“03月”补了零。

    用月日命名的节日、事件，月日之间用间隔号：“12·4”“一二·九”；用汉字数字的，只有一月、十一月、十二月才需要间隔号，六五环境日不用
    （GB/T 15834）。成文日期的月、日不补零（GB/T 9704）。每种写法全文只报一次。

    小数、版本号和网页发布日期不算。
    """
    text = analysis.reading.text
    for pattern, message, hint in (
        (_HAN_DAY, "汉字的月日之间不用小数点，或直接连写，或用间隔号", None),
        (_DAY, "月日命名的节日，月日之间用间隔号“·”，不用小数点", None),
        (_ZERO, "月、日不补零", None),
    ):
        places = [
            analysis.span(Span(*match.span()))
            for match in analysis.matches(pattern)
            if not _metadata(text, match.end())
        ]
        if places:
            shown = analysis.document.slice(places[0])
            better = shown.replace(".", "·").replace("．", "·").removeprefix("0") if hint is None else hint
            if pattern is _HAN_DAY and shown[0] not in "一十":
                better = better.replace("·", "")
            yield gathered(places, Message(f"{message}{times(places)}", "write the day with a middle dot"), better)


def _metadata(text: str, end: int) -> bool:
    """Whether a time of day follows: a stamp that a web page printed."""
    return compiled(r"\d{0,2}日? ?\d{1,2}[:：]\d\d|0?\d日 ?\d{1,2}[:：]\d\d").match(text, end) is not None
