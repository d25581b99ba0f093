"""The surest proposals of the language model, found without numpy.

The same proposals, features and forest as in :mod:`reportlint_rules.typos.likelihood`, asked for at far fewer places: where a pair of
characters is unknown, no run of three around is known, and the proposal is by far the likelier wording. What that leaves out is seldom sure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import sub

from reportlint.record import NamedTuple
from reportlint_rules.typos.pairs import DOUBLED, STRANGE, where
from reportlint_rules.typos.proposal import (
    BEST,
    FAR_BEHIND,
    FREQUENT,
    GAIN,
    JUDGED,
    NO_RIVAL,
    PENALTY,
    REACH,
    REPEATED,
    WORD,
    Guess,
    Kind,
)
from reportlint_rules.typos.runs import EDGE, Runs

#: By how many bits a wording has to be the likelier one to be sure; those that are have been at least two more.
_FAR_LIKELIER = 12.0
#: The run put in place of what is printed, and the kind of proposal.
Edit = tuple[str, int]


class Row(NamedTuple):
    """What its runs say of a row: the score in bits, its parts, and the logarithms of the runs of two, three and four."""

    total: float
    scores: list[float]
    two: list[float]
    three: list[float]
    four: list[float]

    def summary(self) -> tuple[float, ...]:
        """What the forest looks at."""
        inner, middle = self.two[2:-2], self.three[1:-1]
        return (
            self.total,
            min(self.scores),
            min(inner),
            max(inner),
            min(middle),
            max(middle),
            sum(middle),
            max(self.four),
            sum(one >= 0 for one in self.four),
            sum(one < 0 for one in self.two),
            self.three[0],
            self.three[-1],
        )


class Around(NamedTuple):
    """The characters left and right of a gap, the logarithms of their own runs, and what the second and the third on the right score
    where no run of three or four reaches them from the gap."""

    left: str
    right: str
    left_pair: float
    right_pair: float
    left_three: float
    right_three: float
    second: float
    third: float


class Glimpse:
    """A text and the model: everything that one look needs."""

    def __init__(self, model: Runs, text: str, masked: bytearray, marks: bytes = b"") -> None:
        """``masked`` says of each character of ``text`` whether it is to be left alone; ``marks`` are those of its pairs."""
        self.model, self.text, self.masked = model, text, masked
        self.row = chr(EDGE) * REACH + model.read(text) + chr(EDGE) * (REACH + 2)
        self.alone = model.arrays["alone"]
        self.total = model.header["total"]
        self.strange, self.doubled = self._strange(marks), set(where(marks, DOUBLED))

    def doubtful(self) -> Iterator[tuple[int, int]]:
        """Where something may be wrong as far as pairs tell, in order: a place and how many characters, one or two."""
        strange = self.strange
        for at in sorted({*self.doubled, *strange, *(one - 1 for one in strange), *(one + 1 for one in strange)}):
            if self._free(at):
                if self._free(at + 1) and self._moved(at):
                    yield at, 2
                if at - 1 in strange or at in strange:
                    yield at, 1

    def guesses(self, places: Iterable[tuple[int, int]], least: float) -> Iterator[Guess]:
        """The proposals for ``places`` that are at least so likely, in their order."""
        for at, size in places:
            edits = self._moved(at) if size == 2 else self._mistaken(at)
            if edits:
                yield from self._weighed(at, size, edits, least)

    def _moved(self, at: int) -> list[Edit]:
        """What turns two characters round, or drops one of two equal ones."""
        if at in self.doubled:
            return self._undoubled(at)
        row = self.row
        return self._turned(at) if row[at + REACH] in self.model.after[row[at + REACH + 1]] else []

    def _strange(self, marks: bytes) -> set[int]:
        """Where a pair begins that nobody writes; the edges of the text make pairs as well."""
        after, row = self.model.after, self.row
        strange = set(where(marks, STRANGE))
        for at in (-1, len(self.text) - 1):
            if row[at + REACH + 1] not in after[row[at + REACH]]:
                strange.add(at)
        return strange

    def _mistaken(self, at: int) -> list[Edit]:
        """What is taken for a character; nothing for one that is at home on one side, in a run of three that somebody writes."""
        strange = self.strange
        if (at - 1 not in strange and at - 2 not in strange and self._known(at + 1)) or (
            at not in strange and at + 1 not in strange and self._known(at + 3)
        ):
            return []
        return self.replaced(*self.row[at + 2 : at + 5])

    def _free(self, at: int) -> bool:
        return 0 <= at < len(self.text) and not self.masked[at] and "一" <= self.text[at] <= "龥"

    def _known(self, at: int) -> bool:
        """Whether anybody writes the three characters from ``row[at]`` on."""
        return self.model.log[self.row[at : at + 3]] >= 0

    def _hold(self, pair: str) -> float:
        """How much oftener two characters stand together than chance would have it, in bits."""
        chance: float = self.alone[ord(pair[0])] + self.alone[ord(pair[1])] - self.total
        return self.model.log[pair] - chance

    def _turned(self, at: int) -> list[Edit]:
        log, after = self.model.log, self.model.after
        left, one, two, right = tuple(self.row[at + 2 : at + 6])
        if (
            log[two + one] < 1
            or self._hold(one + two) >= WORD
            or not (
                (two in after[left] and log[left + two + one] >= 0)
                or (right in after[one] and log[two + one + right] >= 0)
            )
        ):
            return []
        if two in after[one] and (
            (one in after[left] and log[left + one + two] >= 0) or (right in after[two] and log[one + two + right] >= 0)
        ):
            return []
        return [(two + one, Kind.SWAPPED)]

    def _undoubled(self, at: int) -> list[Edit]:
        before, one, _, after = tuple(self.row[at + 2 : at + 6])
        if self.text[at] in REPEATED or (self._hold(before + one) > WORD and self._hold(one + after) > WORD):
            return []
        return [(one, Kind.DOUBLED)]

    def replaced(self, left: str, printed: str, right: str) -> list[Edit]:
        """What sounds or looks like ``printed`` and is known beside both its neighbours, the best first by a rough score."""
        pair, after, alone = self.model.pair, self.model.after, self.alone
        behind = after[left]
        rows = []
        for rank, put in enumerate(self.model.near[printed]):
            if put in behind and (two := pair(put, right)) >= 0:
                one = pair(left, put)
                if one >= 1 or two >= 1:
                    rows.append((-one - two - FREQUENT * alone[ord(put)], rank, put))
        if not rows:
            return []
        rows.sort()
        kinds, first = self.model.arrays["neighbour_kinds"], self.model.near.starts[ord(printed)]
        return [(put, kinds[first + rank]) for _, rank, put in rows[:BEST]]

    def _weighed(self, at: int, size: int, edits: list[Edit], least: float) -> Iterator[Guess]:
        old = self.scored(self.row[at : at + 2 * REACH + size]).total
        return self.judged(at, size, edits, old, least, _FAR_LIKELIER)

    def judged(
        self, at: int, size: int, edits: list[Edit], old: float, least: float, gain: float = GAIN
    ) -> Iterator[Guess]:
        """The edits of one place that the forest thinks likely enough; ``old`` is the score of what is printed, ``gain`` by how much to exceed it."""
        row, scored = self.row, self.scored
        left, right = row[at : at + REACH], row[at + REACH + size : at + 2 * REACH + size]
        if size == 1:
            totals = self.totals(self.around(left, right), [put for put, _ in edits])
        else:
            totals = [scored(left + put + right).total for put, _ in edits]
        best = max(totals)
        if best - old <= gain:
            return
        ranks = sorted(range(len(edits)), key=lambda each: -totals[each])
        second = totals[ranks[1]] if len(ranks) > 1 else NO_RIVAL
        before = scored(row[at : at + 2 * REACH + size]).summary()
        for rank, each in enumerate(ranks[:JUDGED]):
            total, (put, kind) = totals[each], edits[each]
            if total - old <= gain:
                break
            after = scored(left + put + right).summary()
            features = (
                *before,
                *after,
                *map(sub, after[:8], before),
                float(kind),
                min(total - (second if rank == 0 else best), FAR_BEHIND),
                float(len(edits)),
                self.alone[ord(row[at + REACH])],
                self.alone[ord(put[0])],
            )
            chance = self.model.forest.chance(features, least)
            if chance >= least:
                yield Guess(at, at + size, self.model.written(put), chance, Kind(kind))

    def around(self, left: str, right: str) -> Around:
        """What the three characters left and right of a gap say without the one that fills it."""
        log, alone = self.model.log, self.alone
        r0, r1, r2 = tuple(right)
        b, e, f = log[left[1:]], log[r0 + r1], log[r1 + r2]
        t0 = log[left] if b >= 0 and log[left[:2]] >= 0 else -1.0
        t4 = log[right] if e >= 0 and f >= 0 else -1.0
        unknown = -self.total - 3 * PENALTY
        second = e - alone[ord(r0)] - 2 * PENALTY if e >= 0 else alone[ord(r1)] + unknown
        if t4 >= 0:
            third = t4 - max(e, t4) - PENALTY
        else:
            third = f - alone[ord(r1)] - 2 * PENALTY if f >= 0 else alone[ord(r2)] + unknown
        return Around(left, right, b, e, t0, t4, second, third)

    def totals(self, around: Around, puts: list[str]) -> list[float]:
        """The score of the row with each of ``puts`` in the gap: as :meth:`scored` has it, but what they share is looked up once."""
        log, alone, after = self.model.log, self.alone, self.model.after
        left, right, b, e, t0, t4, second, third = around
        l1, l2, r0, r1 = left[1], left[2], right[0], right[1]
        behind, alone_l2, alone_r0 = after[l2], alone[ord(l2)], alone[ord(r0)]
        unknown = -self.total - 3 * PENALTY
        found = []
        for x in puts:
            c = log[l2 + x] if x in behind else -1.0
            d = log[x + r0] if r0 in after[x] else -1.0
            t1 = log[l1 + l2 + x] if b >= 0 and c >= 0 else -1.0
            t2 = log[l2 + x + r0] if c >= 0 and d >= 0 else -1.0
            t3 = log[x + r0 + r1] if d >= 0 and e >= 0 else -1.0
            alone_x = alone[ord(x)]
            if t0 >= 0 and t1 >= 0 and (q := log[left + x]) >= 0:
                total = q - max(t0, q)
            elif t1 >= 0:
                total = t1 - max(b, t1) - PENALTY
            else:
                total = c - alone_l2 - 2 * PENALTY if c >= 0 else alone_x + unknown
            if t1 >= 0 and t2 >= 0 and (q := log[l1 + l2 + x + r0]) >= 0:
                total += q - max(t1, q)
            elif t2 >= 0:
                total += t2 - max(c, t2) - PENALTY
            else:
                total += d - alone_x - 2 * PENALTY if d >= 0 else alone_r0 + unknown
            if t2 >= 0 and t3 >= 0 and (q := log[l2 + x + r0 + r1]) >= 0:
                total += q - max(t2, q)
            elif t3 >= 0:
                total += t3 - max(d, t3) - PENALTY
            else:
                total += second
            if t3 >= 0 and t4 >= 0 and (q := log[x + right]) >= 0:
                total += q - max(t3, q)
            else:
                total += third
            found.append(total)
        return found

    def scored(self, row: str) -> Row:
        """The score of ``row`` but for its first three characters, and all it was made of."""
        log, alone = self.model.log, self.alone
        size = len(row)
        two = [log[row[at : at + 2]] for at in range(size - 1)]
        # A run is known only if those inside it are.
        three = [log[row[at : at + 3]] if two[at] >= 0 and two[at + 1] >= 0 else -1.0 for at in range(size - 2)]
        four = [log[row[at : at + 4]] if three[at] >= 0 and three[at + 1] >= 0 else -1.0 for at in range(size - 3)]
        scores = []
        for at, most in enumerate(four):
            if most >= 0:
                inner = three[at]
                scores.append(most - inner if inner > most else 0.0)
            elif (many := three[at + 1]) >= 0:
                inner = two[at + 1]
                scores.append((many - inner if inner > many else 0.0) - PENALTY)
            elif two[at + 2] >= 0:
                scores.append(two[at + 2] - alone[ord(row[at + 2])] - 2 * PENALTY)
            else:
                scores.append(alone[ord(row[at + 3])] - self.total - 3 * PENALTY)
        return Row(sum(scores), scores, two, three, four)
