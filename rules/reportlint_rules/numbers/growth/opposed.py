"""Two changes of one thing, told one after the other, that point opposite ways: 增加9起，环比下降7.6%."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.claims import Claim, Role
from reportlint.finding import Checked, Finding, Message, Outcome, Related
from reportlint.movements import kind_of
from reportlint.patterns import compiled

_WAYS = frozenset({Role.UP, Role.DOWN})
#: What leads to the second: a word of comparison at most, and the word that moves.
_BARE = compiled(
    r"(?P<kind>同比|环比|比上年同期|较上年同期|比去年同期|较去年同期|较上年|比上年|较上月|比上月)?(?:增长|上升|提高|增加|下降|减少|降低|下滑)"
)
#: What the first is compared with, in its clause or the one before.
_COMPARED = compiled(r"(?:与|和|同|较|比)(?P<than>[^，；。]{1,14}?)(?:相比)?[，（]|(?P<word>同比|环比)")
_SIGHT = 40


def opposed_changes(analysis: Analysis) -> Iterator[Outcome]:
    """Every number of more or less with a percentage right behind it."""
    text = analysis.reading.text
    for group in analysis.by_sentence:
        for first, second in zip(group, group[1:], strict=False):
            if (
                second.quantity.unit.name != "%"
                or first.role not in _WAYS
                or second.role not in _WAYS
                or first.quantity.kind in ("percent", "point", "fold")
                or second.clause - first.clause != 1
                or first.depth != second.depth
            ):
                continue
            bare = _BARE.fullmatch(second.lead)
            if bare is None or not _one_base(text, analysis, first, bare["kind"] or ""):
                continue
            yield Checked(second.quantity.span)
            if first.role is not second.role and first.quantity.value and second.quantity.value:
                yield _finding(first, second)


def _one_base(text: str, analysis: Analysis, first: Claim, kind: str) -> bool:
    """Whether both are compared with one thing, as far as the words say."""
    start = max(analysis.sentences[first.sentence].at.start, first.at.start - _SIGHT)
    found = list(_COMPARED.finditer(text, start, first.at.start))
    if not kind:
        return True
    if not found:
        return False
    than = found[-1]["than"] or found[-1]["word"]
    return kind_of(than) == kind_of(kind)


def _finding(first: Claim, second: Claim) -> Finding:
    up = second.role is Role.UP
    return Finding(
        second.quantity.span,
        Message(
            f"前面说{'减少' if up else '增加'} {first.quantity.text}，这里却说{'上升' if up else '下降'} {second.quantity.text}，方向相反，请核对",
            f"{first.quantity.text} {'less' if up else 'more'}, yet {'up' if up else 'down'} by {second.quantity.text}",
        ),
        (Related(first.quantity.span, "变化量"),),
    )
