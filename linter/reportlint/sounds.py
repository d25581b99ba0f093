"""Which characters sound alike: what an input method may put for one another."""

from __future__ import annotations

from functools import lru_cache

from reportlint.files import beside, lines
from reportlint.tables import table

_TABLE = beside(__file__, "data", "sounds.tsv")


def _build(path: str) -> str:
    return "\n".join(("", *(line.partition("\t")[2] for line in lines(path)), ""))


@lru_cache(maxsize=1)
def _syllables() -> str:
    """The characters of each syllable between line ends."""
    syllables: str = table(_TABLE, _build)
    return syllables


@lru_cache(maxsize=1024)
def alike(one: str, other: str) -> bool:
    """Whether two characters can be typed with the same letters, give or take what people confuse (zh/z, ing/in, n/l).

    >>> alike("长", "常"), alike("练", "便")
    (True, False)
    """
    # Few pairs are ever asked for: looking through the string costs less than an index of all characters.
    syllables = _syllables()
    at = syllables.find(one)
    while at >= 0:
        end = syllables.index("\n", at)
        if syllables.find(other, syllables.rindex("\n", 0, at), end) >= 0:
            return True
        at = syllables.find(one, end)
    return False
