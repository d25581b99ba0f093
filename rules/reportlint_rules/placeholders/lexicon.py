"""The word lists of the placeholder rules."""

from __future__ import annotations

from functools import cache

from reportlint.files import beside, lines
from reportlint.patterns import literal


def _read() -> dict[str, tuple[str, ...]]:
    lists = {}
    for line in lines(beside(__file__, "words.tsv")):
        kind, words, _ = line.split("\t")
        lists[kind] = tuple(words.split())
    return lists


WORDS = _read()


@cache
def alternation(kind: str) -> str:
    """The words of ``kind`` as a regular expression, longest first."""
    return "|".join(literal(word) for word in sorted(WORDS[kind], key=len, reverse=True))
