"""The words that official prose and a dictionary know, and what each character is mistaken for: a file read without numpy.

``wordbook.bin`` is made by ``tools/build_wordbook.py`` and mapped as it lies in the package. Characters are those of the language model, written as
the ones whose code points are their ids; words of two to four are kept in buckets of fingerprints like the model's runs.
"""

from __future__ import annotations

from functools import lru_cache
from os.path import basename

from reportlint.errors import RegistryError
from reportlint.files import beside
from reportlint.record import NamedTuple
from reportlint_rules.typos.packed import Rows, mapped
from reportlint_rules.typos.runs import BITS, MIX, SLOTS, STEPS, Forest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from os import PathLike
    from typing import Any

MAGIC = b"reportlint-wordbook-1\n"
FILE = beside(__file__, "wordbook.bin")
#: The rank of a character too rare for the table of pairs; the logarithm of what is no word.
RARE, NO_WORD = 0xFFFF, 0xFF
_MASK = (1 << 64) - 1
#: So many words are remembered.
_REMEMBERED = 1 << 14


def bucket(run: str, buckets: int) -> tuple[int, int]:
    """The bucket of a word and its fingerprint."""
    key = len(run)
    for one in run:
        key = key << BITS | ord(one)
    mixed = key * MIX & _MASK
    mixed ^= mixed >> 31
    return (mixed >> 16) % buckets, mixed & 0xFFFF or 1


class Likeness(NamedTuple):
    """How one character is taken for another: by ear 0 exactly, 1 but for the tone, 2 nearly, 3 by the eye alone; and how alike they look."""

    kind: int
    shape: float


class Wordbook:
    """The tables, and what is looked up in them; words, rows and trees are unpacked when they are first asked for."""

    def __init__(self, file: str | PathLike[str] = FILE) -> None:
        """Map ``file``; raises :class:`RegistryError` for one that is missing, cut short or of another version."""
        try:
            self.header, self.arrays = mapped(file, MAGIC)
            self.characters: str = self.header["characters"]
            self.total: float = self.header["total"]
            self.words = _Words(self.arrays)
            self.ranks: list[int] = self.arrays["ranks"].tolist()
            self.ranked: int = self.header["ranked"]
            self.slippery = self.arrays["slippery"]
            self.follow, self.precede = (Rows(self.arrays, name) for name in ("follow", "precede"))
            self.near = _Near(self.arrays)
            self.forest = Forest(self.header, self.arrays)
        except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
            name = basename(file)
            raise RegistryError(f"错别字词表 {name} 读不了：请重新安装 reportlint") from error


class _Words(dict[str, float]):
    """The binary logarithm of how often a run of one to four is a word, −1 for what is none; those asked for lately are remembered."""

    def __init__(self, arrays: dict[str, Any]) -> None:
        super().__init__()
        self._marks, self._logs, self._alone = arrays["word_marks"], arrays["word_logs"], arrays["single"]
        self._buckets = len(self._marks) // SLOTS

    def __missing__(self, run: str) -> float:
        if len(self) >= _REMEMBERED:
            self.clear()
        found = self[run] = self._looked_up(run)
        return found

    def _looked_up(self, run: str) -> float:
        if len(run) == 1:
            many = self._alone[ord(run)]
            return -1.0 if many == NO_WORD else many / STEPS
        place, mark = bucket(run, self._buckets)
        row = self._marks[place * SLOTS : (place + 1) * SLOTS].tolist()
        return self._logs[place * SLOTS + row.index(mark)] / STEPS if mark in row else -1.0


class _Near(Rows):
    """What each character is mistaken for."""

    def __init__(self, arrays: dict[str, Any]) -> None:
        super().__init__(arrays, "near")
        self._how = arrays["near_how"]

    def how(self, one: str, other: str) -> Likeness:
        """How ``other``, one of the row of ``one``, is taken for it."""
        packed = self._how[self.starts[ord(one)] + self[one].index(other)]
        return Likeness(packed >> 6, (packed & 63) / 63)


@lru_cache(maxsize=1)
def wordbook() -> Wordbook:
    """The tables that come with the package."""
    return Wordbook()
