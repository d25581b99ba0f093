"""What is known of two neighbouring characters, told for every place of a text at once: most pairs give no rule anything to do.

Several rules ask which pairs nobody writes, which hold together and which a lexicon knows. Each pair is looked up once, in all tables, and
what they say is kept as one byte; a text becomes a string of such bytes, in which the few places that matter are found without a loop.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import compress
from operator import add

from reportlint.analysis import Analysis
from reportlint.record import NamedTuple
from reportlint_rules.typos.lexicon import phrases
from reportlint_rules.typos.runs import Runs, runs
from reportlint_rules.typos.wordbook import RARE, Wordbook, wordbook

#: Two characters seen so often (logarithm) that hold together by so many bits are a word.
SEEN, BOUND = 2.5, 3.0
#: Never written in official prose, and two Chinese characters hardly ever so; not bound to one another, and taken for a common pair or too
#: rare to tell; twice the same character; what set phrases begin with, and what stands third and fourth in them.
STRANGE, SELDOM, LOOSE, SLIPPERY, DOUBLED, BEGINNING, INSIDE = (1 << bit for bit in range(7))
_BITS = 7
#: So many pairs are remembered.
_REMEMBERED = 1 << 16


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

    def __init__(self, counts: Counts, model: Runs, book: Wordbook) -> None:
        """``counts`` are those of ``model``, or of a part of what it was made of."""
        super().__init__()
        self._many, self._total = counts.pair, counts.total
        self._sides = _Sides(counts.alone, model, book)
        self._ranked, self._slippery = book.ranked, book.slippery
        index = phrases()
        self._beginning, self._inside = index.short.keys() | index.begun.keys(), index.inner

    def marks(self, text: str) -> bytes:
        """For each place of ``text`` but the last the marks of the pair that begins there."""
        return bytes(map(self.__getitem__, map(add, text, text[1:])))

    def __missing__(self, pair: str) -> int:
        self.learn((pair,))
        return self[pair]

    def learn(self, pairs: Iterable[str]) -> None:
        """Look up what is not known of ``pairs`` yet: together they take less time than one by one."""
        if len(self) >= _REMEMBERED:
            self.clear()
        sides, many_of, total = self._sides, self._many, self._total
        ranked, table, beginning, inside = self._ranked, self._slippery, self._beginning, self._inside
        for pair in pairs:
            one, alone, rank, han = sides[pair[0]]
            other, follower, following, too = sides[pair[1]]
            many = many_of(one, other)
            mark = 0
            if many < SEEN or many - alone - follower + total < BOUND:
                bit = rank * ranked + following
                slippery = rank == RARE or following == RARE or table[bit >> 3] >> (bit & 7) & 1
                mark = LOOSE | SLIPPERY if slippery else LOOSE
                if many <= 0:
                    if many < 0:
                        mark |= STRANGE
                    if han and too:
                        mark |= SELDOM
            if pair[0] == pair[1]:
                mark |= DOUBLED
            if pair in beginning:
                mark |= BEGINNING
            if pair in inside:
                mark |= INSIDE
            self[pair] = mark


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
    return Pairs(counts(runs()), runs(), wordbook())


@lru_cache(maxsize=1)
def marks(analysis: Analysis) -> bytes:
    """For each place of the reading but the last the marks of the pair that begins there."""
    known = pairs()
    known.learn(analysis.grams - known.keys())
    return known.marks(analysis.reading.text)


def where(marked: bytes, mark: int) -> Iterator[int]:
    """The places with ``mark``, in order."""
    return compress(range(len(marked)), marked.translate(_only(mark)))


@cache
def _only(mark: int) -> bytes:
    return bytes(each & mark for each in range(1 << _BITS)) * 2
