"""The language model's file, read without numpy: for a look at the few places of one report that nothing accounts for.

Importing numpy costs more than a whole check. The tables lie in the file as they are needed, so plain views of the mapped file do; what
they hold is told in :mod:`reportlint_rules.typos.ngrams`, which reads the same file for whole archives of text. Here a character is
written as the one whose code point is its id, and a run is a string of those: slices and ``in`` are what plain Python is fast at.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from math import exp, log
from os.path import basename
from struct import Struct

from reportlint.errors import RegistryError
from reportlint.files import beside
from reportlint_rules.typos.packed import Rows, mapped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from os import PathLike
    from typing import Any

MAGIC = b"reportlint-ngrams-3\n"
FILE = beside(__file__, "ngrams.bin")
#: Buckets hold this many fingerprints; bits of one character in a key; steps of the logarithm to one doubling.
SLOTS, BITS, STEPS = 8, 13, 8
#: What a key of a run of three or four is multiplied by.
MIX = 0xBF58476D1CE4E5B9
#: Ids that stand for what is no single character: an unknown one, the edge of a line, a digit, a letter.
UNKNOWN, EDGE, DIGIT, LETTER = 0, 1, 2, 3

_MASK = (1 << 64) - 1
_THREE, _FOUR = 3 << 3 * BITS, 4 << 4 * BITS
_bucket = Struct(f"<{SLOTS}H").unpack_from
#: So many runs are remembered; an archive has more, and most of them never come back.
_REMEMBERED = 1 << 15
#: So many places and what came of a look at them.
REMEMBERED = 1 << 13
#: Shorter texts are no reports.
_SHORT = 64
#: After so many proposals the forest is unpacked.
_OFTEN = 12


class Runs:
    """The tables by name, flat, and how often runs stand in official prose."""

    def __init__(self, file: str | PathLike[str] = FILE) -> None:
        """Map ``file``; raises :class:`RegistryError` for one that is missing, cut short or of another version."""
        try:
            self.header, self.arrays = mapped(file, MAGIC)
            self.characters: str = self.header["characters"]
            #: The id of each character.
            self._table: memoryview = self.arrays["ids"]
            self.ids = _Ids(self._table)
            #: The characters known to follow one, and those that sound or look like it.
            self.after = Rows(self.arrays, "after")
            self.near = Rows(self.arrays, "neighbours")
            self._after_logs: memoryview = self.arrays["after_logs"]
            #: The binary logarithm of how often a run of two to four stands there, −1 if never.
            self.log = _Logs(self.arrays, self.pair)
            self.forest = Forest(self.header, self.arrays)
            #: How many characters have been looked at everywhere.
            self.looked_at = 0
            self._read = "", ""
        except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
            name = basename(file)
            raise RegistryError(f"错别字模型 {name} 读不了：请重新安装 reportlint") from error

    def read(self, text: str) -> str:
        """The ids of the characters of ``text``, one for one."""
        if len(text) < _SHORT:
            return "".join(map(self.ids.__getitem__, text))
        if text != self._read[0]:  # several rules read one report
            # What is beyond the table, `translate` would leave as it is.
            inside = len(text.encode("utf-16-le", "surrogatepass")) == 2 * len(text)
            self._read = text, text.translate(self._table) if inside else "".join(map(self.ids.__getitem__, text))
        return self._read[1]

    def pair(self, one: str, other: str) -> float:
        """The logarithm of a pair of ids, as :attr:`log` has it, for those that ask once for many."""
        at = self.after[one].find(other)
        return self._after_logs[self.after.starts[ord(one)] + at] / STEPS if at >= 0 else -1.0

    def between(self, one: str, other: str) -> list[str]:
        """What often stands between two ids."""
        arrays = self.arrays
        around = ord(one) << BITS | ord(other)
        first = last = bisect_left(arrays["middle_around"], around)
        while last < len(arrays["middles"]) and arrays["middle_around"][last] == around:
            last += 1
        return [chr(each) for each in arrays["middles"][first:last]]

    def written(self, run: str) -> str:
        """The characters that ``run`` stands for."""
        return "".join(self.characters[ord(one)] for one in run)


class _Ids(dict[str, str]):
    """The ids of the characters asked for lately."""

    def __init__(self, ids: memoryview) -> None:
        super().__init__()
        self._table, self._last = ids, len(ids) - 1

    def __missing__(self, one: str) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        found = self[one] = chr(self._table[min(ord(one), self._last)])
        return found


class _Logs(dict[str, float]):
    """The logarithms of the runs asked for lately; others are looked up."""

    def __init__(self, arrays: dict[str, Any], pair: Callable[[str, str], float]) -> None:
        super().__init__()
        self._pair = pair
        self._marks: memoryview = arrays["fingerprints"].cast("B")
        self._logs: memoryview = arrays["logarithms"]
        self._buckets = len(self._logs) // SLOTS

    def __missing__(self, run: str) -> float:
        if len(self) >= _REMEMBERED:
            self.clear()
        found = self[run] = self._pair(*run) if len(run) == 2 else self._hashed(run)
        return found

    def _hashed(self, run: str) -> float:
        key = (ord(run[0]) << BITS | ord(run[1])) << BITS | ord(run[2])
        key = key | _THREE if len(run) == 3 else key << BITS | ord(run[3]) | _FOUR
        mixed = key * MIX & _MASK
        mixed ^= mixed >> 31
        start = (mixed >> 16) % self._buckets * SLOTS
        row = _bucket(self._marks, 2 * start)
        mark = mixed & 0xFFFF or 1
        return self._logs[start + row.index(mark)] / STEPS if mark in row else -1.0


class Forest:
    """The trees that weigh a proposal: views of the mapped file, unpacked once so many have been weighed that it pays."""

    def __init__(self, header: dict[str, Any], arrays: dict[str, Any]) -> None:
        self._arrays, self._depth, self.bias = arrays, range(header["depth"]), header["bias"]
        self._count, self._width = header["arrays"]["forest_column"][1]
        self._gate, self._enough = header["gate"]
        self._hopes = header["hopes"]
        self._asked = 0
        self._trees: list[Any] = []

    def chance(self, features: tuple[float, ...], least: float) -> float:
        """How likely a proposal with these ``features`` is meant; 0 as soon as no tree left could lift it to ``least``."""
        self._asked += 1
        if self._asked in (1, _OFTEN):
            self._trees = list(self._laid_out() if self._asked == 1 else map(_unpacked, self._trees))
        needed = log(least / (1 - least)) - self.bias
        depth, gate, total = self._depth, self._gate, 0.0
        for number, (hope, (column, limit, below, value)) in enumerate(zip(self._hopes, self._trees, strict=True)):
            if total + hope < needed or (number == gate and total < self._enough):
                return 0.0
            node = 0
            for _ in depth:
                node = below[2 * node + (features[column[node]] <= limit[node])]
            total += value[node]
        return 1 / (1 + exp(-total - self.bias))

    def _laid_out(self) -> Iterator[tuple[memoryview, ...]]:
        """Of each tree what its nodes look at and compare it with, which comes next, and what the leaves say."""
        column, limit, below, value = (self._arrays[f"forest_{name}"] for name in ("column", "limit", "below", "value"))
        for first in range(0, self._count * self._width, self._width):
            last = first + self._width
            yield column[first:last], limit[first:last], below[2 * first : 2 * last], value[first:last]


def _unpacked(tree: tuple[memoryview, ...]) -> tuple[Any, ...]:
    column, limit, below, value = tree
    return bytes(column), limit.tolist(), bytes(below), value.tolist()


@lru_cache(maxsize=1)
def runs() -> Runs:
    """The tables that come with the package."""
    return Runs()
