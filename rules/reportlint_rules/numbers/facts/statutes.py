"""Texts that lay down rules: their figures are limits, not facts."""

from __future__ import annotations

from functools import lru_cache

from reportlint.analysis import Analysis
from reportlint.patterns import compiled

_ARTICLE = compiled(r"第[一二三四五六七八九十百零]{1,6}条(?![第、的和及至规之])")
#: A text with so many articles is one of them throughout.
_ENOUGH = 3


@lru_cache(maxsize=4)
def is_statute(analysis: Analysis) -> bool:
    """Whether the text is a law, a regulation or the like: laid out in articles."""
    text = analysis.document.text
    articles = (match for match in _ARTICLE.finditer(text) if _opens_line(text, match.start()))
    return sum(1 for _, _ in zip(range(_ENOUGH), articles, strict=False)) == _ENOUGH


def _opens_line(text: str, at: int) -> bool:
    while at and text[at - 1] in " \t　":
        at -= 1
    return not at or text[at - 1] == "\n"
