"""TM008: set series of words out of their order."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.finding import Applicability, Finding, Fix, Message, Outcome, Replacement, Severity
from reportlint.patterns import compiled
from reportlint.rule import rule
from reportlint.span import Span
from reportlint_rules.terms.formulas import formulas

_JOINT = compiled(r"、|和|与|及|以及|，")


@rule(
    "TM008",
    "series-order",
    severity=Severity.INFO,
    bad=(
        "一体推进⟦不能腐、不敢腐与不想腐⟧，风清气正的氛围更加浓厚。",
        "推动生活垃圾⟦资源化、减量化、无害化⟧处理。",
    ),
    good=(
        "一体推进不敢腐、不能腐、不想腐，风清气正的氛围更加浓厚。",
        "推动生活垃圾减量化、资源化、无害化处理。",
        "完善诚信、敬业教育。",
    ),
)
def series_order(analysis: Analysis) -> Iterator[Outcome]:
    """固定的并列提法顺序不对。

    “不敢腐、不能腐、不想腐”“减量化、资源化、无害化”的次序是固定的，公文里不宜颠倒。

    只报几项齐全而次序不同的；只提到其中几项的不算。“不想腐”放在最后以外的特定论述请人工判断。
    """
    text = analysis.reading.text
    for series in (formula.members for formula in formulas() if formula.ordered):
        if not all(word in text for word in series):
            continue
        total = sum(map(len, series))
        at = text.find(series[0])
        while at >= 0:
            # All members within reach of the first, joined by nothing but 、 and the like.
            start, end = max(0, at - total - 2 * len(series)), at + total + 2 * len(series)
            found = sorted((place, word) for word in series if (place := _near(text, word, start, end, at)) >= 0)
            if len(found) == len(series) and [word for _, word in found] != list(series) and _joined(text, found):
                here = Span(found[0][0], found[-1][0] + len(found[-1][1]))
                span, right = analysis.span(here), "、".join(series)
                yield Finding(
                    span,
                    Message(f"次序应为“{right}”", f"the set order is {right}"),
                    suggestion=right,
                    fix=Fix(f"改为“{right}”", Applicability.UNSAFE, (Replacement(span, right),)),
                )
            at = text.find(series[0], at + len(series[0]))


def _near(text: str, word: str, start: int, end: int, at: int) -> int:
    """Where ``word`` stands closest to ``at``."""
    after, before = text.find(word, at, end), text.rfind(word, start, at)
    if after < 0 or before < 0:
        return max(after, before)
    return after if after - at <= at - before else before


def _joined(text: str, found: list[tuple[int, str]]) -> bool:
    return all(
        _JOINT.fullmatch(text, place + len(word), following) is not None
        for (place, word), (following, _) in zip(found, found[1:], strict=False)
    )
