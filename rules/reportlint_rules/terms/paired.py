"""Set formulas behind the words of another one: 做到“两个确立”, and one formula twice in a row of them."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.finding import Applicability, Finding, Fix, Message, Related, Replacement
from reportlint.patterns import compiled
from reportlint.span import Span

#: What is done with one formula only, and the one it is done with.
_DONE_WITH = (
    (compiled(r"(?:坚决|自觉|切实|真正)?做到“?(?P<wrong>两个确立)(?!”?的)"), "两个维护"),
    (compiled(r"领悟“?(?P<wrong>两个维护)”?的决定性意义"), "两个确立"),
)
#: 增强“四个意识”、坚定“四个自信”、做到“两个维护”: the names in a row, each behind its verb.
_ROW = compiled(
    r"“(?P<first>[一二两三四五六七八][一-龥]{2,6})”(?:、|，)[一-龥]{2,4}“(?P<second>[一二两三四五六七八][一-龥]{2,6})”"
    r"(?:(?:、|，)[一-龥]{2,4}“(?P<third>[一二两三四五六七八][一-龥]{2,6})”)?"
)


def misplaced(analysis: Analysis) -> Iterator[Finding]:
    """Formulas that stand where another belongs, and those that a row of them names twice."""
    text = analysis.reading.text
    if "两个确立" in text or "两个维护" in text:
        for pattern, right in _DONE_WITH:
            for match in pattern.finditer(text):
                span = analysis.span(Span(*match.span("wrong")))
                yield Finding(
                    span,
                    Message(
                        f"固定提法是“{match[0].replace('“', '').replace(match['wrong'], right)}”，请核对",
                        f"the set phrase has {right} here",
                    ),
                    suggestion=right,
                    fix=Fix(f"改为“{right}”", Applicability.UNSAFE, (Replacement(span, right),)),
                )
    for match in _ROW.finditer(text) if "”、" in text or "”，" in text else ():
        groups = [group for group in ("first", "second", "third") if match[group]]
        for one, other in zip(groups, groups[1:], strict=False):
            if match[one] == match[other]:
                yield Finding(
                    analysis.span(Span(*match.span(other))),
                    Message(
                        f"“{match[other]}”在这一串提法里写了两遍，请核对", f"{match[other]} stands twice in this row"
                    ),
                    (Related(analysis.span(Span(*match.span(one))), "前一处"),),
                )
