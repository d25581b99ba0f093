"""Which characters look alike: what a hasty hand, or a scanner, takes for one another."""

from __future__ import annotations

from functools import lru_cache

from reportlint.files import beside, lines
from reportlint.tables import table

_TABLE = beside(__file__, "data", "shapes.tsv")
#: Only the likest count: further down the list the eye sees the difference.
_LIKEST = 4


def _build(path: str) -> tuple[str, str]:
    """All characters, and for each of them those that look like it, :data:`_LIKEST` to every one."""
    rows = [line.split("\t") for line in lines(path)]
    return "".join(row[0] for row in rows), "".join(row[1][:_LIKEST].ljust(_LIKEST) for row in rows)


@lru_cache(maxsize=1)
def _index() -> tuple[str, str]:
    characters, likest = table(_TABLE, _build)
    return characters, likest


@lru_cache(maxsize=1024)
def lookalike(one: str, other: str) -> bool:
    """Whether one of two characters is easily taken for the other.

    >>> lookalike("己", "已"), lookalike("坏", "环"), lookalike("练", "便")
    (True, True, False)
    """
    return other in _likest(one) or one in _likest(other)


def _likest(character: str) -> str:
    characters, likest = _index()
    at = characters.find(character)
    return likest[at * _LIKEST : (at + 1) * _LIKEST] if at >= 0 else ""
