"""The lexicons of the typo rules, each looked up by the pairs of characters that a text holds.

One set of neighbouring pairs is made of a text; a lexicon entry is looked at only if its own pair is among them. The cost of
thousands of entries is so that of one set intersection, and their patterns are compiled only when their literal stands there.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from reportlint.finding import Severity
from reportlint.span import Span
from reportlint.tables import table

_HERE = Path(__file__).parent
_SEVERITY = {"error": Severity.ERROR, "warning": Severity.WARNING, "info": Severity.INFO}


class Confusable(NamedTuple):
    """A wrong form, what it stands for, the guard that tells it from innocent neighbours, and those neighbours."""

    wrong: str
    right: str
    pattern: str
    severity: Severity
    good: tuple[str, ...]


class Phrase(NamedTuple):
    """A set phrase, its lawful variants, wrong forms further off, and how much of a deviation counts."""

    phrase: str
    variants: tuple[str, ...]
    wrong: tuple[str, ...]
    mode: str


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split(";") if part)


def _rows(path: Path) -> Iterator[list[str]]:
    """The rows below the header."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        yield from rows


_Index = dict[str, list[tuple[Any, ...]]]
_Nested = dict[str, dict[str, list[tuple[Any, ...]]]]
_LONG = 7


def _build_confusables(path: Path) -> _Index:
    index: _Index = {}
    for wrong, right, guard, severity, good, _ in _rows(path):
        index.setdefault(wrong[:2], []).append((wrong, right, guard, int(_SEVERITY[severity]), _split(good)))
    return index


def _build_phrases(path: Path) -> tuple[_Nested, _Nested, _Index, frozenset[str]]:
    heads: _Nested = {}
    tails: _Nested = {}
    wrongs: _Index = {}
    lawful: set[str] = set()
    for phrase, variants, wrong, mode, _ in _rows(path):
        row = (phrase, _split(variants), _split(wrong), mode)
        lawful.update((phrase, *row[1]))
        for form in row[2]:
            wrongs.setdefault(form[:2], []).append((form, row))
        if mode != "literal" and len(phrase) >= 4:
            # One slip leaves three characters at one end of a long phrase intact: it is asked for by the third as well.
            long = len(phrase) >= _LONG
            heads.setdefault(phrase[:2], {}).setdefault(phrase[2] if long else "", []).append(row)
            tails.setdefault(phrase[-2:], {}).setdefault(phrase[-3] if long else "", []).append(row)
    return heads, tails, wrongs, frozenset(lawful)


@lru_cache(maxsize=1)
def _confusables() -> _Index:
    index: _Index = table(_HERE / "confusables.csv", _build_confusables)
    return index


def confusables(grams: Set[str]) -> Iterator[Confusable]:
    """The entries whose wrong form begins and ends with one of the pairs of characters ``grams``."""
    index = _confusables()
    for gram in sorted(grams & index.keys()):
        for wrong, right, guard, severity, good in index[gram]:
            if wrong[-2:] not in grams:
                continue
            yield Confusable(wrong, right, guard, Severity(severity), good)


class Phrases(NamedTuple):
    """The set phrases by their first and by their last pair of characters, their wrong forms, and all that is right as it stands."""

    heads: _Nested
    tails: _Nested
    wrongs: _Index
    lawful: frozenset[str]


@lru_cache(maxsize=1)
def phrases() -> Phrases:
    """The index of set phrases; its rows have the fields of :class:`Phrase`."""
    return Phrases(*table(_HERE / "phrases.csv", _build_phrases, layout=2))


def occurrences(text: str, literal: str) -> Iterator[int]:
    """Where ``literal`` stands in ``text``."""
    at = text.find(literal)
    while at >= 0:
        yield at
        at = text.find(literal, at + 1)


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def places(text: str, entry: Confusable, pairs: Mapping[str, Sequence[int]]) -> Iterator[Span]:
    """Where ``entry`` really is a slip: its guard lets it, and no innocent neighbour covers it.

    ``pairs`` are the places of every pair of characters.
    """
    starts = [at for at in pairs[entry.wrong[:2]] if text.startswith(entry.wrong, at)]
    if not starts:
        return  # compiling its guard would cost more than everything else about it
    if not entry.pattern:
        pass
    else:
        starts = []
        for match in _compiled(entry.pattern).finditer(text):
            offset = match[0].find(entry.wrong)
            if offset >= 0:
                starts.append(match.start() + offset)
    for start in starts:
        span = Span(start, start + len(entry.wrong))
        # 朔源市: two characters before the name of a kind of place are a place.
        named = span.size == 2 and text[span.end : span.end + 1] in tuple("市县镇乡村")
        if not named and not any(covers(text, span, good) for good in entry.good):
            yield span


def covers(text: str, span: Span, whole: str) -> bool:
    """Whether ``whole`` stands in ``text`` around ``span``, wherever in it the span lies."""
    size = span.size
    return any(
        span.start >= offset and text.startswith(whole, span.start - offset) for offset in range(len(whole) - size + 1)
    )
