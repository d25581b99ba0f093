"""Word segmentation of short windows, after jieba's dictionary.

jieba reads its whole dictionary into memory before it cuts anything: a second and a hundred megabytes for a few windows of twenty characters.
The dictionary is sorted, so it is mapped here and read a first character at a time; words are found as jieba finds them (the likeliest
way through the words of the dictionary), and jieba itself is imported only where it has to guess words that the dictionary lacks.
"""

from __future__ import annotations

import mmap
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from math import log

from reportlint.errors import RegistryError
from reportlint.files import beside, lines
from reportlint.patterns import compiled
from reportlint.span import Span
from reportlint.tables import table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from os import PathLike
    from typing import Any

_PAIRS = beside(__file__, "data", "pairs.txt")
#: What may make a word together, as jieba has it; any other character is one by itself.
_BLOCK = compiled(r"[\u4e00-\u9fd5a-zA-Z0-9+#&._%\-]+")
#: Others, one by one; a line end of two characters is one.
_APART = compiled(r"(?s)\r\n|.")
_LATIN = compiled(r"[a-zA-Z0-9]")
#: The size of the dictionary of jieba 0.42.1, and the sum of its frequencies: adding them up would cost more than all look-ups of a run.
_SIZE, _TOTAL = 5_071_852, 60_101_967
#: So many pairs are remembered.
_REMEMBERED = 1 << 13


class Dictionary:
    """The words of jieba's ``dict.txt`` with their frequencies, and with 0 what words begin with; as much of a mapping as jieba needs."""

    def __init__(self, file: str | PathLike[str]) -> None:
        """Map ``file``: lines of a word, its frequency and its class; a few with Latin letters, then Chinese ones in order."""
        try:
            with open(file, "rb") as opened:
                self._data = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise RegistryError("分词词典读不了：请重新安装 jieba") from error
        self._firsts: set[str] = set()
        self._known: dict[str, int] = {}
        self._sorted = self._data.find("\n一 ".encode()) + 1
        self._read(0, self._sorted)
        self.total = _TOTAL if len(self._data) == _SIZE else self._added_up()

    def __contains__(self, fragment: str) -> bool:
        return fragment in self._of(fragment[:1])

    def __getitem__(self, fragment: str) -> int:
        return self._of(fragment[:1])[fragment]

    def get(self, fragment: str, default: int | None = None) -> int | None:
        """The frequency of ``fragment``; 0 for what only begins words."""
        return self._of(fragment[:1]).get(fragment, default)

    def _of(self, first: str) -> dict[str, int]:
        if first not in self._firsts:
            self._firsts.add(first)
            point = ord(first)
            if point >= ord("一"):
                self._read(self._line(point), self._line(point + 1))
        return self._known

    def _read(self, start: int, end: int) -> None:
        """Take the words of the lines from ``start`` to ``end``."""
        known = self._known
        for line in self._data[start:end].decode("utf-8").splitlines():
            word, many, _ = line.split(" ", 2)
            for size in range(1, len(word)):
                known.setdefault(word[:size], 0)
            known[word] = int(many)

    def _line(self, point: int) -> int:
        """Where the first of the sorted lines begins that does not come before the character ``point``."""
        data, first = self._data, chr(point).encode("utf-8", "surrogatepass")
        low, high = self._sorted, len(data)
        while low < high:
            middle = (low + high) // 2
            start = data.rfind(b"\n", low, middle) + 1 or low
            if data[start : start + len(first)] < first:
                end = data.find(b"\n", middle)
                low = high if end < 0 else end + 1
            else:
                high = start
        return low

    def _added_up(self) -> int:
        return sum(int(line.split(b" ")[1]) for line in iter(self._data.readline, b""))

    def cut(self, text: str) -> Iterator[str]:
        """The words on the likeliest way through ``text``; characters that belong to none by themselves, Latin ones together."""
        at = 0
        for block in _BLOCK.finditer(text):
            yield from _APART.findall(text, at, block.start())
            yield from self._cut(block[0])
            at = block.end()
        yield from _APART.findall(text, at)

    def _cut(self, block: str) -> Iterator[str]:
        size, logtotal = len(block), log(self.total)
        route: list[tuple[float, int]] = [(0.0, 0)] * (size + 1)
        for at in range(size - 1, -1, -1):
            known = self._of(block[at])
            ways = []
            end = at + 1
            while end <= size and (many := known.get(block[at:end])) is not None:
                if many:
                    ways.append((log(many) - logtotal + route[end][0], end))
                end += 1
            route[at] = max(ways) if ways else (-logtotal + route[at + 1][0], at + 1)
        at = 0
        latin = ""
        while at < size:
            end = route[at][1]
            if end == at + 1 and _LATIN.match(block, at):
                latin += block[at]
            else:
                if latin:
                    yield latin
                    latin = ""
                yield block[at:end]
            at = end
        if latin:
            yield latin


@lru_cache(maxsize=1)
def dictionary() -> Dictionary:
    """The dictionary that comes with jieba, found without importing it."""
    from importlib.util import find_spec

    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise RegistryError("没有 jieba：请重新安装 reportlint")
    return Dictionary(beside(spec.origin, "dict.txt"))


@lru_cache(maxsize=1)
def _guesser() -> Callable[[str], list[str]]:
    """jieba with the dictionary above for its own."""
    import sys
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # jieba asks setuptools for its data files where there is one, which takes a second to load, and opens them by itself where there is none.
        missing = "pkg_resources" not in sys.modules
        if missing:
            sys.modules["pkg_resources"] = None  # type: ignore[assignment]
        try:
            import jieba
        finally:
            if missing:
                del sys.modules["pkg_resources"]
    tokenizer: Any = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total, tokenizer.initialized = dictionary(), dictionary().total, True
    return lambda text: list(tokenizer.cut(text))


def words(text: str, *, guess: bool = True) -> Iterator[Span]:
    """The words of ``text`` as spans, in order, without gaps; unless ``guess``, only those of the dictionary and single characters."""
    at = 0
    for word in _guesser()(text) if guess else dictionary().cut(text):
        yield Span(at, at + len(word))
        at += len(word)


def straddles(text: str, at: Span) -> bool:
    """Whether ``at`` is cut by a word that begins or ends inside it and reaches out of it: 征对 in 特征|对.

    Only the clause around is segmented; ``text`` may be long.
    """
    start, end = max(0, at.start - 12), min(len(text), at.end + 12)
    inside = Span(at.start - start, at.end - start)
    for word in words(text[start:end]):
        if word.meets(inside) and not inside.holds(word) and not word.holds(inside):
            return True
    return False


def _build_pairs(path: str) -> bytes:
    """The pairs as numbers, in order."""
    return array("I", sorted(map(_number, lines(path)))).tobytes()


def _number(pair: str) -> int:
    return ord(pair[0]) << 16 | ord(pair[1])


@lru_cache(maxsize=1)
def _pairs() -> memoryview:
    return memoryview(table(_PAIRS, _build_pairs)).cast("I")


@lru_cache(maxsize=_REMEMBERED)
def common(pair: str) -> bool:
    """Whether two characters are a word in common use, told without the segmenter's dictionary.

    >>> common("质量"), common("可质")
    (True, False)
    """
    if len(pair) != 2:
        return False
    number, known = _number(pair), _pairs()
    at = bisect_left(known, number)
    return at < len(known) and known[at] == number


def stands_alone(text: str, place: int) -> bool:
    """Whether the character at ``place`` is a word by itself, seen in the clause around.

    Words that the segmenter only guesses do not count: it makes one of 批平, too.
    """
    if common(text[place : place + 2]) or (place and common(text[place - 1 : place + 1])):
        return False
    start = max(0, place - 12)
    inside = Span(place - start, place - start + 1)
    return any(word == inside for word in words(text[start : place + 13], guess=False))
