"""Near misses of the terms that the user lists as right (``terms``, ``terms-file``)."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.finding import Applicability, Finding, Fix, Message, Replacement, Severity
from reportlint.sounds import alike
from reportlint.span import Span

#: Shorter terms have lawful neighbours that differ by a character.
_SHORTEST = 6


def near_house_terms(analysis: Analysis) -> Iterator[Finding]:
    """Where the text holds one of the user's terms with a single slip inside."""
    text = analysis.reading.text
    terms = analysis.context.terms
    for term in sorted(terms):
        if len(term) < _SHORTEST:
            continue
        for at in sorted(set(_missed(text, term))):
            if any(
                other in text[max(0, at.start - 8) : at.end + 8] and other != term
                for other in terms
                if len(other) >= at.size
            ):
                continue
            span = analysis.span(at)
            yield Finding(
                span,
                Message(f"与本单位用语“{term}”差一个字", f"one character away from the house term {term}"),
                suggestion=term,
                fix=Fix(f"改为“{term}”", Applicability.UNSAFE, (Replacement(span, term),)),
                severity=Severity.WARNING,
            )


def _missed(text: str, term: str) -> Iterator[Span]:
    """Places that share one half of ``term`` and differ from it by one slip in the other."""
    half, size = len(term) // 2, len(term)
    lengths = (size, size - 1, size + 1)
    for at in _starts(text, term[:half]):
        ends = (at + length for length in lengths if at + length <= len(text))
        yield from (Span(at, end) for end in ends if _slip(text[at:end], term))
    for at in _starts(text, term[half:]):
        end = at + size - half
        starts = (end - length for length in lengths if end >= length)
        yield from (Span(start, end) for start in starts if _slip(text[start:end], term))


def _starts(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def _slip(form: str, term: str) -> bool:
    """One character lost, doubled or swapped inside, or changed for one that sounds like it.

    >>> _slip("青岬湾保税流中心", "青岬湾保税物流中心"), _slip("青岬湾保税物流园区", "青岬湾保税物流中心")
    (True, False)
    """
    if form == term or form[0] != term[0] or form[-1] != term[-1]:
        return False
    shortest = min(len(form), len(term))
    head = 0
    while head < shortest and form[head] == term[head]:
        head += 1
    tail = 0
    while tail < shortest - head and form[-1 - tail] == term[-1 - tail]:
        tail += 1
    changed, right = form[head : len(form) - tail], term[head : len(term) - tail]
    match len(changed), len(right):
        case 0, 1:
            return True
        case 1, 0:
            return changed in (form[head - 1], form[head + 1])
        case 1, 1:
            return alike(changed, right)
        case 2, 2:
            return changed == right[::-1]
    return False
