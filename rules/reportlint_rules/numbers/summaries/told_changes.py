"""Changes with their sign, and the claims that stand before a place of the reading: what the words of a summary are held against."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from decimal import Decimal

from reportlint.analysis import Analysis
from reportlint.claims import Claim, Role
from reportlint.numbers import Quantity

_MINUS = "-－−"


def is_minus(text: str, quantity: Quantity) -> bool:
    """Whether a minus stands before the figure: 增长-2.1%."""
    start = quantity.at.start
    return text[start - 1 : start] in tuple(_MINUS) and not text[start - 2 : start - 1].isdigit()


def signed(text: str, claim: Claim) -> Decimal | None:
    """The change with its sign, 下降3.1% as −3.1; ``None`` where the words do not say which way it went."""
    value = claim.quantity.value
    if claim.role is Role.UP:
        return -value if is_minus(text, claim.quantity) else value
    return -value if claim.role is Role.DOWN else None


def claims_before(analysis: Analysis, start: int, place: int, most: int) -> list[Claim]:
    """The last ``most`` claims from ``start`` up to ``place``, in order."""
    end = bisect_left(analysis.claim_starts, place)
    return [claim for claim in analysis.claims[max(0, end - most) : end] if claim.at.start >= start]


def claims_after(analysis: Analysis, place: int, stop: int, most: int) -> list[Claim]:
    """The first ``most`` claims from ``place`` up to ``stop``, in order."""
    begin = bisect_left(analysis.claim_starts, place)
    return [claim for claim in analysis.claims[begin : begin + most] if claim.at.end <= stop]


def sentence_at(analysis: Analysis, place: int) -> tuple[int, int]:
    """The sentence that holds ``place``."""
    at = analysis.sentences[bisect_right(analysis.sentence_starts, place) - 1].at
    return at.start, at.end
