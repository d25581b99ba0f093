"""Words of which one character is misprinted: two that make none where they stand, and one that sounds or looks alike makes a common one.

A place is looked at where its character is bound to neither neighbour and the run of three around it is unknown; a proposal is weighed by the
runs of the language model and by the words on the likeliest way through the phrase, before and after.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import compress

from reportlint.record import NamedTuple
from reportlint_rules.typos.glimpse import Row
from reportlint_rules.typos.pairs import LOOSE, SLIPPERY, Counts, bits, bound
from reportlint_rules.typos.runs import EDGE
from reportlint_rules.typos.wordbook import Wordbook

#: Characters looked at on either side of a place by the counts of runs, and at most so many by words.
REACH, FIELD = 3, 5
#: What a run costs that has to be judged by a shorter one, in bits.
PENALTY = 1.3
#: How much better the pairs, the runs and the words have to be, in bits, for a proposal to be weighed at all.
PAIRS, RUNS, WORDS = 4.0, 6.0, 3.0
#: How many proposals of a place are compared, and how many judged; how far ahead a proposal without a rival is.
COMPARED, JUDGED, AHEAD = 6, 2, 60.0
#: What stands for the hold of a pair that is none: at the edge of a phrase.
_NO_PAIR = -20.0


class Misprint(NamedTuple):
    """The character at ``at`` should be ``right``: how likely."""

    at: int
    right: str
    chance: float


class Way(NamedTuple):
    """The likeliest way through a phrase: its score, the size and the logarithm of the word at a place, what lies beside it, and how it falls apart."""

    score: float
    size: int
    many: float
    inside: int
    before: int
    after: int
    singles: int


class Proposal(NamedTuple):
    """One character for another: the id of the other, and what the forest looks at."""

    at: int
    put: str
    features: tuple[float, ...]


class Misprints:
    """A text with all that a look at it needs."""

    def __init__(self, counts: Counts, book: Wordbook, row: str, masked: bytearray) -> None:
        """``row`` is the text in ids; ``masked`` says of each character whether it is to be left alone."""
        self.counts, self.log, self.alone, self.total = counts, counts.log, counts.alone, counts.total
        self.book, self.masked, self.size = book, masked, len(row)
        self.row = chr(EDGE) * (REACH + 1) + row + chr(EDGE) * (REACH + 2)

    def found(self, places: Iterable[int], least: float) -> Iterator[Misprint]:
        """The misprints at ``places`` that are at least so likely, in order."""
        for at in places:
            for proposal in self.proposals(at):
                chance = self.book.forest.chance(proposal.features, least)
                if chance >= least:
                    yield Misprint(at, self.book.characters[ord(proposal.put)], chance)

    def places(self, marks: bytes, spared: Callable[[int], bool] = lambda at: False) -> Iterator[int]:
        """Where one character may be misprinted, as far as its pairs and the runs of three around it tell, in order.

        ``marks`` are those of the pairs of the text; places that are ``spared`` are not looked at.
        """
        row, masked, most = self.row, self.masked, REACH + 1
        # The edges of the text make pairs as well, if no slippery ones.
        edges = (row[most - 1 : most + 1], row[self.size + most - 1 : self.size + most + 1])
        first, last = (bytes((0 if bound(self.counts, *pair) else LOOSE,)) for pair in edges)
        beside = first + marks + last
        loose, slippery = bits(beside, LOOSE), bits(beside, SLIPPERY)
        # A bit for each place: bound to neither neighbour, taken for another on one side at least, and not masked.
        open_ = loose & loose >> 8 & (slippery | slippery >> 8) & ~int.from_bytes(masked, "little")
        for at in compress(range(self.size), open_.to_bytes(len(beside), "little")):
            if self._han(row[at + most]) and not spared(at) and self._unwritten(at + most):
                yield at

    def _unwritten(self, at: int) -> bool:
        """Whether nobody writes the three characters around one, nor those on one side of it with it."""
        row, log = self.row, self.log
        return log[row[at - 1 : at + 2]] < 0 and (log[row[at - 2 : at + 1]] < 0 or log[row[at : at + 3]] < 0)

    def _han(self, one: str) -> bool:
        return "一" <= self.book.characters[ord(one)] <= "龥"

    def _hold(self, one: str, other: str, many: float) -> float:
        if not (self._han(one) and self._han(other)):
            return _NO_PAIR
        return max(many - self.alone[ord(one)] - self.alone[ord(other)] + self.total, -9.0)

    def proposals(self, place: int) -> Iterator[Proposal]:
        """What is worth a closer look at ``place``, the best first."""
        row, at = self.row, place + REACH + 1
        left, one, right = row[at - 1], row[at], row[at + 1]
        near = self.book.near[one]
        behind, ahead = self.book.follow[left], self.book.precede[right]
        pair = self.counts.pair
        printed = max(pair(left, one), 0.0) + max(pair(one, right), 0.0) + PAIRS
        likely = [put for put in near if (put in behind or put in ahead) and self._fits(at, put, printed)]
        if not likely:
            return
        before, after = row[at - REACH : at], row[at + 1 : at + REACH + 1]
        old = self._runs(before + one + after)
        better = [(new.total, put, new) for put in likely for new in (self._runs(before + put + after),)]
        better = sorted((each for each in better if each[0] - old.total >= RUNS), key=lambda each: (-each[0], each[1]))
        if not better:
            return
        start, end = at, at + 1
        while start > at - FIELD and self._han(row[start - 1]):
            start -= 1
        while end < at + FIELD + 1 and self._han(row[end]):
            end += 1
        was = self._way(row[start:end], at - start)
        scored = []
        for total, put, new in better[:COMPARED]:
            way = self._way(row[start:at] + put + row[at + 1 : end], at - start)
            if way.size > 1 and way.score - was.score >= WORDS:
                scored.append((total + way.score, put, new, way))
        if not scored:
            return
        scored.sort(key=lambda each: (-each[0], each[1]))
        best, second = scored[0][0], scored[1][0] if len(scored) > 1 else scored[0][0] - AHEAD
        for rank, (score, put, new, way) in enumerate(scored[:JUDGED]):
            lead = score - (best if rank else second)
            yield Proposal(
                place, put, self._features(at, put, old, new, was, way, (len(likely), len(scored), lead, end - start))
            )

    def _fits(self, at: int, put: str, least: float) -> bool:
        """Whether the pairs that ``put`` makes are so frequent, and one of the runs of three known."""
        row, log, pair = self.row, self.log, self.counts.pair
        left, right = row[at - 1], row[at + 1]
        one, two = pair(left, put), pair(put, right)
        if (one if one > 0 else 0.0) + (two if two > 0 else 0.0) < least:
            return False
        return (
            (one >= 0 and two >= 0 and log[left + put + right] >= 0)
            or (one >= 0 and log[row[at - 2] + left + put] >= 0)
            or (two >= 0 and log[put + right + row[at + 2]] >= 0)
        )

    def _features(
        self, at: int, put: str, old: Row, new: Row, was: Way, way: Way, rivals: tuple[float, ...]
    ) -> tuple[float, ...]:
        row, words, alone = self.row, self.book.words, self.alone
        left, one, right = row[at - 1], row[at], row[at + 1]
        likeness = self.book.near.how(one, put)
        return (
            old.total,
            new.total,
            new.total - old.total,
            min(old.scores),
            min(new.scores),
            *old.two[2:4],
            *new.two[2:4],
            *old.three[1:4],
            *new.three[1:4],
            max(new.three[0], new.three[4]),
            max(new.four),
            sum(many >= 0 for many in new.four),
            sum(many < 0 for many in old.two),
            sum(many < 0 for many in new.two),
            self._hold(left, one, old.two[2]),
            self._hold(one, right, old.two[3]),
            was.score,
            way.score,
            way.score - was.score,
            *was[1:],
            *way[1:],
            words[left + one],
            words[one + right],
            alone[ord(one)],
            alone[ord(put)],
            words[one],
            words[put],
            likeness.kind,
            likeness.shape,
            *rivals,
            self._han(left),
            self._han(right),
            alone[ord(left)],
            alone[ord(right)],
        )

    def _runs(self, row: str) -> Row:
        log, alone, size = self.log, self.alone, len(row)
        two = [log[row[at : at + 2]] for at in range(size - 1)]
        # A run is known only if those inside it are.
        three = [log[row[at : at + 3]] if two[at] >= 0 and two[at + 1] >= 0 else -1.0 for at in range(size - 2)]
        four = [log[row[at : at + 4]] if three[at] >= 0 and three[at + 1] >= 0 else -1.0 for at in range(size - 3)]
        scores = []
        for at, many in enumerate(four):
            if many >= 0:
                scores.append(min(many - three[at], 0.0))
            elif three[at + 1] >= 0:
                scores.append(min(three[at + 1] - two[at + 1], 0.0) - PENALTY)
            elif two[at + 2] >= 0:
                scores.append(two[at + 2] - alone[ord(row[at + 2])] - 2 * PENALTY)
            else:
                scores.append(alone[ord(row[at + 3])] - self.total - 3 * PENALTY)
        return Row(sum(scores), scores, two, three, four)

    def _way(self, row: str, place: int) -> Way:
        """The likeliest way through ``row`` in words, and the word at ``place`` in it."""
        words, size, total = self.book.words, len(row), self.book.total
        best, steps = [0.0] * (size + 1), [1] * size
        for at in range(size - 1, -1, -1):
            most = words[row[at]] - total + best[at + 1]
            for step in range(2, min(4, size - at) + 1):
                many = words[row[at : at + step]]
                if many >= 0 and (score := many - total + best[at + step]) > most:
                    most, steps[at] = score, step
            best[at] = most
        at = before = singles = 0
        found = (1, 0, 0)
        after = 0
        seen = False
        while at < size:
            step = steps[at]
            singles += step == 1
            if seen and not after:
                after = step
            if at <= place < at + step:
                found, seen = (step, at, before), True
            before, at = step, at + step
        step, at, before = found
        return Way(best[0], step, words[row[at : at + step]], place - at, before, after, singles)
