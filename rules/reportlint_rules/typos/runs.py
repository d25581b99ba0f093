"""The language model's file, read without numpy: for a look at the few places of one report that nothing accounts for.

Importing numpy costs more than a whole check. The tables lie in the file as they are needed, so plain views of the mapped file do; what
they hold is told in :mod:`reportlint_rules.typos.ngrams`, which reads the same file for whole archives of text.
"""

from __future__ import annotations

import marshal
import mmap
from functools import lru_cache
from itertools import accumulate
from math import prod
from pathlib import Path
from typing import Any, Literal

from reportlint.errors import RegistryError

MAGIC = b"reportlint-ngrams-2\n"
FILE = Path(__file__).with_name("ngrams.bin")
#: Buckets hold this many fingerprints; bits of one character in a key; steps of the logarithm to one doubling.
SLOTS, BITS, STEPS = 8, 13, 8
#: Ids that stand for what is no single character: an unknown one, the edge of a line, a digit, a letter.
UNKNOWN, EDGE, DIGIT, LETTER = 0, 1, 2, 3

#: How plain views name what numpy calls so, and how many bytes one takes.
_CODES: dict[str, tuple[Literal["H", "B", "I", "f"], int]] = {
    "<u2": ("H", 2),
    "|u1": ("B", 1),
    "<u4": ("I", 4),
    "<f4": ("f", 4),
}
_MASK = (1 << 64) - 1
#: So many runs are remembered; an archive has more, and most of them never come back.
_REMEMBERED = 1 << 15


class Runs:
    """The tables by name, flat, and how often runs of ids stand in official prose."""

    def __init__(self, file: Path = FILE) -> None:
        """Map ``file``; raises :class:`RegistryError` for one that is missing, cut short or of another version."""
        try:
            with file.open("rb") as opened:
                data = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
            if data[: len(MAGIC)] != MAGIC:
                raise ValueError("magic")
            size = int.from_bytes(data[len(MAGIC) : len(MAGIC) + 8], "little")
            start = len(MAGIC) + 8
            self.header: dict[str, Any] = marshal.loads(data[start : start + size])
            whole = memoryview(data)
            self.arrays: dict[str, Any] = {}
            for name, (dtype, shape, offset) in self.header["arrays"].items():
                code, length = _CODES[dtype]
                length *= prod(shape)
                at = start + size + offset
                if at + length > len(data):
                    raise ValueError("cut short")
                self.arrays[name] = whole[at : at + length].cast(code)
            self.characters: str = self.header["characters"]
            self._marks, self._logs = self.arrays["fingerprints"], self.arrays["logarithms"]
            self._buckets = len(self._marks) // SLOTS
            self._known: dict[int, float] = {}
            #: What the trees from each on can add at most.
            self.hopes = self._hopes()
        except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
            raise RegistryError(f"错别字模型 {file.name} 读不了：请重新安装 reportlint") from error

    def _hopes(self) -> list[float]:
        value, (trees, width) = self.arrays["forest_value"], self.header["arrays"]["forest_value"][1]
        most = [max(value[root : root + width].tolist()) for root in range(0, trees * width, width)]
        return list(accumulate(reversed(most)))[::-1]

    def read(self, text: str) -> list[int]:
        """The ids of the characters of ``text``, one for one."""
        ids, last = self.arrays["ids"], len(self.arrays["ids"]) - 1
        known: dict[str, int] = {one: ids[min(ord(one), last)] for one in set(text)}
        return [known[one] for one in text]

    def log(self, key: int) -> float:
        """The binary logarithm of how often a run stands there, −1 if never; see :func:`pair` and the like for its key."""
        known = self._known
        found = known.get(key)
        if found is None:
            if len(known) >= _REMEMBERED:
                known.clear()
            found = known[key] = self._looked_up(key)
        return found

    def _looked_up(self, key: int) -> float:
        mixed = ((key ^ (key >> 29)) * 0xBF58476D1CE4E5B9) & _MASK
        mixed = ((mixed ^ (mixed >> 32)) * 0x94D049BB133111EB) & _MASK
        mixed ^= mixed >> 29
        start = ((mixed >> 20) % self._buckets) * SLOTS
        mark = mixed & 0xFFFF or 1
        row = self._marks[start : start + SLOTS].tolist()
        if mark not in row:
            return -1.0
        return float(self._logs[start + row.index(mark)]) / STEPS


_TWO, _THREE, _FOUR = (size << BITS * size for size in (2, 3, 4))


def pair(one: int, two: int) -> int:
    """The key of a run of two ids."""
    return _TWO | one << BITS | two


def triple(one: int, two: int, three: int) -> int:
    """The key of a run of three ids."""
    return _THREE | one << 2 * BITS | two << BITS | three


def quadruple(one: int, two: int, three: int, four: int) -> int:
    """The key of a run of four ids."""
    return _FOUR | one << 3 * BITS | two << 2 * BITS | three << BITS | four


@lru_cache(maxsize=1)
def runs() -> Runs:
    """The tables that come with the package."""
    return Runs()
