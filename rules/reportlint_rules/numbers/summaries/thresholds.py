"""A round number said to be passed, and the figure that it came to: 突破500亿元大关，达到498.7亿元."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.claims import CHANGES
from reportlint.finding import Checked, Finding, Message, Outcome, Related
from reportlint.numbers import same_unit
from reportlint.patterns import compiled

_PASSED = compiled(r"(?:突破|超过|跨过|迈过|越过|站上|迈上|跃上|登上|跨越|逾)(?:了)?$")
_SHORT = compiled(r"(?:不足|不到|未达到?|低于)$")
_CAME_TO = compiled(
    r"(?:大关|关口|台阶|整数关|门槛)?，(?:实际|最终|累计|全年|年末|已|目前|总量)*(?:达到?|为|实现|完成|是|升至|攀升至|增至|(?P<only>仅为?|只有))(?:了)?"
)


def thresholds(analysis: Analysis) -> Iterator[Outcome]:
    """Every such pair, with those whose figure is on the other side."""
    text = analysis.reading.text
    for group in analysis.by_sentence:
        for edge, value in zip(group, group[1:], strict=False):
            if value.clause - edge.clause != 1 or not same_unit(edge.quantity, value.quantity):
                continue
            passed = _PASSED.search(edge.lead) is not None
            if not passed and not _SHORT.search(edge.lead):
                continue
            said = _CAME_TO.fullmatch(text[edge.at.end : value.at.start])
            if said is None or not value.quantity.exact or edge.planned or edge.role in CHANGES:
                continue
            one, other = value.quantity.value, edge.quantity.value
            yield Checked(value.quantity.span)
            if one < other if passed else one > other:
                yield Finding(
                    value.quantity.span,
                    Message(
                        f"写明{'突破' if passed else '不到'} {edge.quantity.text}，实际却是 {value.quantity.text}，请核对",
                        f"{value.quantity.text} is not {'above' if passed else 'below'} {edge.quantity.text}",
                    ),
                    (Related(edge.quantity.span, "对照"),),
                )
