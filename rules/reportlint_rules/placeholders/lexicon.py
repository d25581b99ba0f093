"""The word lists of the placeholder rules."""

from __future__ import annotations

import re
from pathlib import Path


def _read() -> dict[str, tuple[str, ...]]:
    lists = {}
    for line in Path(__file__).with_name("words.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, words, _ = line.split("\t")
            lists[kind] = tuple(words.split())
    return lists


WORDS = _read()


def alternation(kind: str) -> str:
    """The words of ``kind`` as a regular expression, longest first."""
    return "|".join(re.escape(word) for word in sorted(WORDS[kind], key=len, reverse=True))
