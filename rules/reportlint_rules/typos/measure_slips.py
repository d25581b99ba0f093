"""TY010: a character that sounds like the measure word that belongs there."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.finding import Applicability, Finding, Fix, Message, Outcome, Replacement, Severity
from reportlint.numbers import Quantity
from reportlint.rule import rule
from reportlint.segment import common
from reportlint.span import Span
from reportlint_rules.typos.runs import Runs, runs
from reportlint_rules.typos.spoken import spoken

#: What reports count with, and what an input method puts for it that is no measure word itself.
_TYPED_FOR = {
    "项": "想像向象相响",
    "处": "出除初触储",
    "次": "此刺",
    "件": "见建键健渐",
    "家": "加佳嘉价",
    "个": "各歌",
    "座": "坐做作",
    "期": "其齐气",
    "户": "湖护互",
    "人": "忍认任",
    "所": "锁缩",
    "元": "园员原远",
    "栋": "动懂",
    "批": "披皮",
    "亩": "木目母",
    "条": "跳调",
    "份": "粉",
    "场": "常厂",
    "台": "太抬",
    "辆": "亮量",
    "例": "立利历力",
    "篇": "偏",
    "名": "明命",
    "吨": "顿",
    "套": "讨",
    "宗": "总综",
    "站": "占战",
    "支": "知之",
    "起": "其已",
}
#: The measure words that each character may stand for.
_MEANT = {
    each: "".join(measure for measure, typed in _TYPED_FOR.items() if each in typed)
    for each in "".join(_TYPED_FOR.values())
}
#: After the measure word stands a stop, or what is counted.
_STOPS = frozenset("，。；、：）！\n")
#: How often a measure word has to stand in such a place (binary logarithm), and how often the other may.
_USUAL, _STRAY = 4.0, 5.0


@rule(
    "TY010",
    "misprinted-measure-word",
    severity=Severity.WARNING,
    bad=("安排工程71项，已完成63⟦想⟧。", "全年召开专题会议12⟦此⟧，印发文件35份。"),
    good=(
        "安排工程71项，已完成63项。",
        "全年召开专题会议12次，印发文件35份。",
        "省道S308改线通车，PM2.5下降。",
        "进入全省前10强，新增3A级景区2家。",
    ),
)
def misprinted_measure_word(analysis: Analysis) -> Iterator[Outcome]:
    """量词打成了同音字。

    “已完成63想”应为“63项”：数字后面、标点或所数的事物前面，从来没有人写这个字，换成同音的量词就处处常见。

    数字后面本来就有单位的、型号和名称里的数、汉字写的数不看。
    """
    text = analysis.reading.text
    for quantity in analysis.quantities:
        at = quantity.at.end
        if text[at : at + 1] not in _MEANT or quantity.unit.name or quantity.han or quantity.quoted:
            continue
        if text[at - 1] not in "0123456789万亿" or not (right := _meant(runs(), text, at)):
            continue
        span = Span(at, at + 1)
        if any(span.meets(other) for other in spoken(analysis)):
            continue
        yield _finding(analysis, quantity, span, right)


def _meant(model: Runs, text: str, at: int) -> str:
    """The measure word that sounds like the character at ``at`` and that people write there; empty if there is none."""
    around = text[at - 1 : at + 3]
    row, log = model.read(around), model.log
    if log[row[:2]] >= _STRAY or log[row[:3]] >= 0:
        return ""
    stop = around[2:3] in _STOPS or len(around) < 3
    if not stop and (common(around[1:3]) or log[row[1:3]] >= _STRAY):
        return ""
    for measure in _MEANT[around[1]]:
        other = row[0] + model.read(measure) + row[2:]
        if log[other[:3]] >= _USUAL and (stop or log[other[1:3]] >= _USUAL):
            return measure
    return ""


def _finding(analysis: Analysis, quantity: Quantity, at: Span, right: str) -> Finding:
    span, printed = analysis.span(at), analysis.reading.slice(at)
    return Finding(
        span,
        Message(
            f"“{quantity.text}{printed}”疑为“{quantity.text}{right}”：数字后面不用“{printed}”",
            f"“{quantity.text}{printed}” is probably “{quantity.text}{right}”",
        ),
        suggestion=right,
        fix=Fix(f"改为“{right}”", Applicability.UNSAFE, (Replacement(span, right),)),
    )
