"""Which characters sound alike: what an input method may put for one another."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

_TABLE = Path(__file__).with_name("data") / "sounds.tsv"


@lru_cache(maxsize=1)
def _syllables() -> tuple[str, ...]:
    """The characters of each syllable, as one string each."""
    return tuple(line.partition("\t")[2] for line in _TABLE.read_text("utf-8").splitlines() if not line.startswith("#"))


@lru_cache(maxsize=1024)
def alike(one: str, other: str) -> bool:
    """Whether two characters can be typed with the same letters, give or take what people confuse (zh/z, ing/in, n/l).

    >>> alike("长", "常"), alike("练", "便")
    (True, False)
    """
    # Few pairs are ever asked for: looking through the strings costs less than an index of all characters.
    return any(one in syllable and other in syllable for syllable in _syllables())
