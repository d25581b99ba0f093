"""Which of several like sets a figure counts: the round, the network, the level, city or country."""

from __future__ import annotations

import re
from functools import lru_cache

from reportlint.files import beside, lines
from reportlint.patterns import compiled, literal

_TABLE = beside(__file__, "data", "scopes.tsv")
#: 中央和省 names no one level.
_SEVERAL = {"中央": "(?!和|、)"}


@lru_cache(maxsize=1)
def dimensions() -> dict[str, re.Pattern[str]]:
    """For each dimension the words of it, as an expression."""
    words: dict[str, list[str]] = {}
    for line in lines(_TABLE):
        if line and not line.startswith("#"):
            word, dimension = line.split("\t")
            words.setdefault(dimension, []).append(word)
    return {
        dimension: compiled(
            "|".join(literal(word) + _SEVERAL.get(word, "") for word in sorted(each, key=len, reverse=True))
        )
        for dimension, each in words.items()
    }


def scopes(words: str) -> dict[str, str]:
    """The scopes that ``words`` name, by dimension; the last of each, for that is nearest to the figure.

    >>> scopes("第二轮中央生态环境保护督察"), scopes("国控、省控断面")
    ({'round': '第二轮', 'level': '中央'}, {'network': '省控'})
    """
    found = {}
    for dimension, pattern in dimensions().items():
        for match in pattern.finditer(words):
            found[dimension] = match[0]
    return found
