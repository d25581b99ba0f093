"""Words younger than the dictionary: 算力, 文旅, 晶圆."""

from __future__ import annotations

from functools import lru_cache

from reportlint.files import beside, lines
from reportlint.segment import common


@lru_cache(maxsize=1)
def coined() -> frozenset[str]:
    """Two-character words that official prose has made for itself."""
    return frozenset(lines(beside(__file__, "coined.txt")))


def known(pair: str) -> bool:
    """Whether two characters are a word in use, old or new.

    >>> known("质量"), known("晶圆"), known("可质")
    (True, True, False)
    """
    return common(pair) or pair in coined()
