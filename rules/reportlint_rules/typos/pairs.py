"""What is known of two neighbouring characters, told for every place of a text at once: most pairs give no rule anything to do.

Several rules ask which pairs nobody writes, which hold together and which a lexicon knows. Each pair is looked up once, in all tables, and
what they say is kept as one byte; a text becomes a string of such bytes, in which the few places that matter are found without a loop.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from functools import cache, lru_cache
from itertools import compress, filterfalse, repeat
from operator import add, and_, eq, mul, rshift
from os.path import basename

from reportlint.analysis import Analysis
from reportlint.errors import RegistryError
from reportlint.files import beside
from reportlint.record import NamedTuple
from reportlint_rules.typos.lexicon import BEGUN, FORM, INNER, misspelt, phrases
from reportlint_rules.typos.packed import mapped
from reportlint_rules.typos.runs import Runs, runs
from reportlint_rules.typos.wordbook import RARE, Wordbook, wordbook

TYPE_CHECKING = False
if TYPE_CHECKING:
    from os import PathLike

#: Two characters seen so often (logarithm) that hold together by so many bits are a word.
SEEN, BOUND = 2.5, 3.0
#: Never written in official prose, and two Chinese characters hardly ever so; not bound to one another, and taken for a common pair or too
#: rare to tell; what set phrases begin with, what stands third and fourth in them, and what tells of forms, of theirs or of
#: words, that are wrong; twice the same character.
STRANGE, SELDOM, LOOSE, SLIPPERY, BEGINNING, INSIDE, TELLING, DOUBLED = (1 << bit for bit in range(8))
#: What a pair is to set phrases, as a mark.
_KINDS = [
    sum(mark for kind, mark in ((BEGUN, BEGINNING), (INNER, INSIDE), (FORM, TELLING)) if kinds & kind)
    for kinds in range(8)
]
#: What stands in the table for a pair that is not in it: no pair is slippery without being loose.
ELSEWHERE = SLIPPERY
_HALF = 4
_CELLS = bytes(byte >> _HALF if cell else byte & (1 << _HALF) - 1 for byte in range(256) for cell in (0, 1))
#: So many pairs are remembered.
_REMEMBERED = 1 << 15

MAGIC = b"reportlint-pairs-1\n"
FILE = beside(__file__, "pairs.bin")


class Counts(NamedTuple):
    """How often runs stand in official prose, as binary logarithms: of two to four characters by ids and of two by each (−1 if never),
    of single ones by id, of all."""

    log: Mapping[str, float]
    pair: Callable[[str, str], float]
    alone: Sequence[float]
    total: float


def counts(model: Runs) -> Counts:
    """Those of the language model."""
    return Counts(model.log, model.pair, model.arrays["alone"], model.header["total"])


def bound(counts: Counts, one: str, other: str) -> bool:
    """Whether two characters, given by their ids, are a word as far as counts tell."""
    many = counts.pair(one, other)
    return many >= SEEN and many - counts.alone[ord(one)] - counts.alone[ord(other)] + counts.total >= BOUND


class Pairs(dict[str, int]):
    """The marks of each pair, those asked for lately remembered."""

    def __init__(self, counts: Counts, model: Runs, book: Wordbook, table: Table | None = None) -> None:
        """``counts`` are those of ``model``, or of a part of what it was made of; ``table`` is made of the whole model and ``book``."""
        super().__init__()
        self._many, self._total = counts.pair, counts.total
        self._sides = _Sides(counts.alone, model, book)
        self._ranked, self._slippery = book.ranked, book.slippery
        self._table = table
        self._lexicon = phrases().told

    def marks(self, text: str) -> bytes:
        """For each place of ``text`` but the last the marks of the pair that begins there."""
        return self.each(map(add, text, text[1:]))

    def each(self, pairs: Iterable[str]) -> bytes:
        """The marks of ``pairs``, one after the other."""
        return bytes(map(self.__getitem__, pairs))

    def __missing__(self, pair: str) -> int:
        self.learn({pair})
        return self[pair]

    def learn(self, pairs: Set[str]) -> None:
        """Look up ``pairs``: together they take far less time than one by one."""
        if len(self) >= _REMEMBERED:
            self.clear()
        together = list(pairs)
        found = list(self._table.marks(together)) if self._table is not None else [ELSEWHERE] * len(together)
        self.update(zip(together, found, strict=True))
        for pair in compress(together, map(ELSEWHERE.__eq__, found)):
            self[pair] = self.looked_up(pair)
        both = "".join(together)
        for pair in compress(together, map(eq, both[::2], both[1::2])):
            self[pair] |= DOUBLED
        for pair, kinds in self._lexicon(together):
            self[pair] |= _KINDS[kinds]
        for pair in misspelt(together):
            self[pair] |= TELLING

    def looked_up(self, pair: str) -> int:
        """What the model and the wordbook say of ``pair``."""
        one, alone, rank, han = self._sides[pair[0]]
        other, follower, following, too = self._sides[pair[1]]
        many = self._many(one, other)
        mark = 0
        if many < SEEN or many - alone - follower + self._total < BOUND:
            bit = rank * self._ranked + following
            slippery = rank == RARE or following == RARE or self._slippery[bit >> 3] >> (bit & 7) & 1
            mark |= LOOSE | SLIPPERY if slippery else LOOSE
            if many <= 0:
                if many < 0:
                    mark |= STRANGE
                if han and too:
                    mark |= SELDOM
        return mark


class Table:
    """What the model and the wordbook say of all pairs of common characters, four bits each: ``pairs.bin``, made by ``tools/build_pair_marks.py``.

    Characters are told by their class; all those that are not common make the last.
    """

    def __init__(self, model: Runs, file: str | PathLike[str] = FILE) -> None:
        """Map ``file``; raises :class:`RegistryError` for one that is missing, cut short or of another version."""
        try:
            header, arrays = mapped(file, MAGIC)
            self._classes = _Classes(model, arrays["classes"])
            self._size, self._marks = header["size"], arrays["marks"]
            if len(arrays["classes"]) != len(model.characters):
                raise ValueError("another model")
        except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
            raise RegistryError(f"错别字词表 {basename(file)} 读不了：请重新安装 reportlint") from error

    def marks(self, pairs: Collection[str]) -> Iterator[int]:
        """The marks of each of ``pairs``, or :data:`ELSEWHERE`."""
        both = list(map(self._classes.__getitem__, "".join(pairs)))
        cells = list(map(add, map(mul, both[::2], repeat(self._size)), both[1::2]))
        packed = map(self._marks.__getitem__, map(rshift, cells, repeat(1)))
        # Two cells to a byte, the first in its lower half.
        return map(_CELLS.__getitem__, map(add, map(mul, packed, repeat(2)), map(and_, cells, repeat(1))))


class _Classes(dict[str, int]):
    """The class of each character."""

    def __init__(self, model: Runs, classes: memoryview) -> None:
        super().__init__()
        self._ids, self._table = model.ids, classes

    def __missing__(self, character: str) -> int:
        if len(self) >= _REMEMBERED:
            self.clear()
        found = self[character] = self._table[ord(self._ids[character])]
        return found


class _Sides(dict[str, tuple[str, float, int, bool]]):
    """Of each character what matters in a pair: its id, how often it stands, its rank, and whether it is Chinese."""

    def __init__(self, alone: Sequence[float], model: Runs, book: Wordbook) -> None:
        super().__init__()
        self._alone, self._ids, self._ranks = alone, model.ids, book.ranks

    def __missing__(self, character: str) -> tuple[str, float, int, bool]:
        if len(self) >= _REMEMBERED:
            self.clear()
        one = self._ids[character]
        at = ord(one)
        found = self[character] = one, self._alone[at], self._ranks[at], "一" <= character <= "龥"
        return found


@lru_cache(maxsize=1)
def pairs() -> Pairs:
    """Those of the tables that come with the package."""
    return Pairs(counts(runs()), runs(), wordbook(), Table(runs()))


@lru_cache(maxsize=1)
def marks(analysis: Analysis) -> bytes:
    """For each place of the reading but the last the marks of the pair that begins there."""
    known = pairs()
    # Not a difference of sets, which goes through all that is known.
    known.learn(set(filterfalse(known.__contains__, analysis.grams)))
    return known.each(analysis.pairs)


@lru_cache(maxsize=1)
def telling(analysis: Analysis) -> frozenset[str]:
    """The pairs of the reading that tell of wrong forms."""
    return frozenset(compress(analysis.pairs, marks(analysis).translate(_only(TELLING))))


def having(analysis: Analysis, mark: int) -> Iterator[tuple[int, str]]:
    """The places of the reading with ``mark``, in order, and the pairs that stand there."""
    marked = marks(analysis)
    return zip(where(marked, mark), compress(analysis.pairs, marked.translate(_only(mark))), strict=True)


def where(marked: bytes, mark: int) -> Iterator[int]:
    """The places with ``mark``, in order."""
    return compress(range(len(marked)), marked.translate(_only(mark)))


def bits(marked: bytes, mark: int) -> int:
    """A number with the lowest bit of each byte set where ``marked`` has ``mark``: whole texts are compared in one step."""
    return int.from_bytes(marked.translate(_whether(mark)), "little")


@cache
def _whether(mark: int) -> bytes:
    return bytes(bool(each & mark) for each in range(256))


@cache
def _only(mark: int) -> bytes:
    return bytes(each & mark for each in range(256))
