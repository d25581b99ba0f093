"""Which characters look alike: what a hasty hand, or a scanner, takes for one another."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

_TABLE = Path(__file__).with_name("data") / "shapes.tsv"
#: Only the likest count: further down the list the eye sees the difference.
_LIKEST = 4


@lru_cache(maxsize=1)
def _rows() -> str:
    return "\n" + _TABLE.read_text("utf-8")


@lru_cache(maxsize=1024)
def lookalike(one: str, other: str) -> bool:
    """Whether one of two characters is easily taken for the other.

    >>> lookalike("己", "已"), lookalike("坏", "环"), lookalike("练", "便")
    (True, True, False)
    """
    return other in _likest(one) or one in _likest(other)


def _likest(character: str) -> str:
    # As with sounds, few are ever asked for: the table is searched, not parsed.
    rows = _rows()
    start = rows.find(f"\n{character}\t")
    if start < 0:
        return ""
    return rows[start + 3 : start + 3 + _LIKEST].partition("\t")[0]
