"""TY001: words that are written for others."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator
from functools import lru_cache

from reportlint.analysis import Analysis
from reportlint.finding import Applicability, Finding, Fix, Message, Outcome, Replacement, Severity
from reportlint.rule import rule
from reportlint.segment import straddles
from reportlint.span import Span
from reportlint_rules.typos.lexicon import Confusable, confusables, covers, places
from reportlint_rules.typos.pairs import telling

TYPE_CHECKING = False
if TYPE_CHECKING:
    from reportlint.confusions import Confusion

#: Right forms are looked for so far around a wrong one.
_WIDEST = 40


@lru_cache(maxsize=1)
def slips(analysis: Analysis) -> tuple[tuple[Span, Confusable], ...]:
    """Every place in the reading at which the lexicon is sure enough; kept for the rules that share it."""
    return tuple(_slips(analysis))


def _slips(analysis: Analysis) -> Iterator[tuple[Span, Confusable]]:
    """As :func:`slips`; the longest entry wins where two meet."""
    text = analysis.reading.text
    found = [
        (at, entry) for entry in confusables(text, telling(analysis), analysis.grams) for at in places(analysis, entry)
    ]
    near = sorted((at.start, number) for number, (at, _) in enumerate(found))
    taken: list[Span] = []
    for at, entry in sorted(found, key=lambda hit: (-hit[1].severity, -hit[0].size, hit[0].start)):
        place = bisect(taken, at)
        if any(at.meets(other) for other in taken[max(0, place - 1) : place + 1]) or any(
            covers(text, at, term) for term in analysis.context.terms
        ):
            continue
        # A guard lists the neighbours somebody thought of; the segmenter knows the others (轻松|驰名).
        if entry.severity is Severity.WARNING and straddles(text, at):
            continue
        taken.insert(place, at)
        inside = near[bisect(near, (at.start, -1)) : bisect(near, (at.end, -1))]
        yield _narrowest(at, entry, [found[number] for number in sorted(number for _, number in inside)])


def _narrowest(at: Span, entry: Confusable, found: list[tuple[Span, Confusable]]) -> tuple[Span, Confusable]:
    """The hit to report for the one at ``at``; ``found`` are those that begin inside.

    幅射安全 is wrong because 幅射 is: the place is that of the shortest entry inside, the certainty that of the longest."""
    inner, shorter = min(
        ((span, other) for span, other in found if at.holds(span) and other.right in entry.right),
        key=lambda hit: hit[0].size,
    )
    return inner, shorter._replace(severity=max(shorter.severity, entry.severity))


@rule(
    "TY001",
    "confusable-word",
    severity=Severity.ERROR,
    bad=("与各乡镇⟦签定⟧目标责任书。", "加强核与⟦幅射⟧安全监管。", "认真⟦贯切⟧落实会议精神。"),
    good=("与各乡镇签订目标责任书。", "加强核与辐射安全监管。", "该景区特征对游客很有吸引力。"),
)
def confusable_word(analysis: Analysis) -> Iterator[Outcome]:
    """同音、形近词写错。

    “签定”应为“签订”，“幅射”应为“辐射”：输入法给出的第一个候选不一定对，连在一起看又很顺眼。词表逐条审核过，写法肯定不成词的报 error，要看上下文的报 warning。

    前后字恰好拼成这两个字的（特征|对、轻松|驰名）不算；可以在配置的 terms 里写明本单位的专有写法。
    """
    listed = list(_listed(analysis))
    yield from (finding for _, finding in listed)
    for at, entry in slips(analysis):
        if any(at.meets(other) for other, _ in listed):
            continue
        span = analysis.span(at)
        yield Finding(
            span,
            Message(f"“{entry.wrong}”应为“{entry.right}”", f"“{entry.wrong}” should be “{entry.right}”"),
            suggestion=entry.right,
            fix=Fix(f"改为“{entry.right}”", Applicability.UNSAFE, (Replacement(span, entry.right),)),
            severity=entry.severity,
        )


def _listed(analysis: Analysis) -> Iterator[tuple[Span, Finding]]:
    """The wrong forms that the user lists (``confusions-file``), with the user's reason; the longest of those that meet.

    One that stands inside something right is none: 环保局 in 生态环保局.
    """
    text, confusions = analysis.reading.text, analysis.context.confusions
    if not confusions:
        return
    found = [
        (at, confusion)
        for confusion in confusions
        if confusion.pattern is not None or len(confusion.read) < 2 or confusion.read[:2] in analysis.grams
        for at in confusion.places(text)
    ]
    rights = {confusion.right for confusion in confusions} | analysis.context.terms
    taken: list[Span] = []
    for at, confusion in sorted(found, key=lambda hit: (-hit[0].size, hit[0].start)):
        around = text[max(0, at.start - _WIDEST) : at.end + _WIDEST]
        if any(at.meets(other) for other in taken) or any(
            len(right) > at.size and right in around and covers(text, at, right) for right in rights
        ):
            continue
        taken.append(at)
        yield at, _told(analysis, at, confusion)


def _told(analysis: Analysis, at: Span, confusion: Confusion) -> Finding:
    span, printed = analysis.span(at), analysis.reading.slice(at)
    reason = f"：{confusion.reason}" if confusion.reason else ""
    return Finding(
        span,
        Message(
            f"“{printed}”应为“{confusion.right}”{reason}",
            f"“{printed}” should be “{confusion.right}”{reason}",
        ),
        suggestion=confusion.right,
        fix=Fix(f"改为“{confusion.right}”", Applicability.UNSAFE, (Replacement(span, confusion.right),)),
        severity=Severity.WARNING,
    )
