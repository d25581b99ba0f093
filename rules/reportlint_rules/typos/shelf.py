"""Entries by two characters, of which a text holds few: they stay in their file until they are asked for.

A dict of thousands of strings takes longer to make than a report takes to be looked through. So only the pairs are in memory, by their
first characters, each with a byte that says what is known of it; the entries lie one after another in a mapped file, and those of one
first character are read when a text holds one of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import compress, repeat
from operator import contains, itemgetter

TYPE_CHECKING = False
if TYPE_CHECKING:
    _Entries = dict[str, "Entry"]
else:
    _Entries = dict

#: The texts of a pair, of each kind one; empty where there is none of a kind.
Entry = tuple[str, ...]
#: For a first character the second ones, a byte for each of these, and where their entries begin and end in the data.
Rows = dict[str, tuple[str, bytes, int, int]]
#: What stands between two texts of a pair, and between two entries.
_TEXT, _NEXT = "\f", "\v"
_NONE = ("", b"", 0, 0)
#: With more in memory than this, pairs without an entry are not remembered any more.
_REMEMBERED = 1 << 15


class Shelf(_Entries):
    """The entries that have been asked for by their pairs; that of a pair without one has only empty texts."""

    def __init__(self, rows: Rows, data: bytes | memoryview, kinds: int) -> None:
        super().__init__()
        self._rows, self._data, self._empty = rows, data, ("",) * kinds
        #: The entries of first characters, of which one at least has been asked for.
        self._read: dict[str, list[str]] = {}

    def __missing__(self, pair: str) -> Entry:
        first, second = pair[:1], pair[1:]
        seconds, _, start, end = self._rows.get(first, _NONE)
        if not second or second not in seconds:
            if len(self) < _REMEMBERED:
                self[pair] = self._empty
            return self._empty
        if first not in self._read:
            self._read[first] = str(self._data[start:end], "utf-8").split(_NEXT)
        found = self[pair] = tuple(self._read[first][seconds.index(second)].split(_TEXT))
        return found

    def among(self, pairs: Collection[str]) -> Iterator[str]:
        """Those of ``pairs`` that have an entry."""
        both = "".join(pairs)
        rows = map(self._rows.get, both[::2], repeat(_NONE))
        return compress(pairs, map(contains, map(itemgetter(0), rows), both[1::2]))

    def told(self, pairs: Collection[str]) -> Iterator[tuple[str, int]]:
        """Those of ``pairs`` that have an entry, each with its byte."""
        rows = self._rows
        for pair in self.among(pairs):
            seconds, known, _, _ = rows[pair[0]]
            yield pair, known[seconds.index(pair[1])]


def shelved(entries: Mapping[str, tuple[int, Entry]]) -> tuple[Rows, bytes]:
    """What a :class:`Shelf` is made of, from a byte and an entry for each pair."""
    rows: Rows = {}
    data = bytearray()
    firsts: dict[str, list[str]] = {}
    for pair in sorted(entries):
        firsts.setdefault(pair[0], []).append(pair[1])
    for first, seconds in firsts.items():
        known, texts = zip(*(entries[first + second] for second in seconds), strict=True)
        start = len(data)
        data += _NEXT.join(map(_TEXT.join, texts)).encode()
        rows[first] = "".join(seconds), bytes(known), start, len(data)
    return rows, bytes(data)


def bundled(entries: Iterable[tuple[str, str]], end: str) -> dict[str, str]:
    """By pair the texts told by it, with ``end`` between them."""
    bundles: dict[str, list[str]] = {}
    for pair, text in entries:
        bundles.setdefault(pair, []).append(text)
    return {pair: end.join(together) for pair, together in bundles.items()}
