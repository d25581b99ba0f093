"""All proposals of the language model for one report, found without numpy.

The same as :mod:`reportlint_rules.typos.likelihood` finds with numpy, to the last bit: importing numpy costs more than a look at a report
of ordinary length, and nothing beside a look at an archive.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from reportlint_rules.typos.glimpse import Edit, Glimpse
from reportlint_rules.typos.proposal import DOUBTFUL, GAP, LOST, REACH, WELL_KNOWN, WORD, Guess, Kind
from reportlint_rules.typos.runs import Runs


def guesses(model: Runs, text: str, masked: bytearray, least: float) -> list[Guess]:
    """The proposals that are at least so likely, the likeliest first; see the function of this name that uses numpy."""
    first = sorted(Look(model, text, masked).proposed(0, len(text), least), key=lambda guess: (-guess.chance, guess))
    mended = list(text)
    near: set[int] = set()
    taken: set[int] = set()
    for guess in first:
        printed = range(guess.start, guess.end)
        if guess.chance >= 0.5 and len(printed) == len(guess.right) and taken.isdisjoint(printed):
            mended[guess.start : guess.end] = guess.right
            near.update(range(max(0, guess.start - REACH), min(len(text), guess.end + REACH)))
            taken.update(printed)
    if not near:
        return first
    away = bytearray(b"\1") * len(text)
    for at in near - taken:
        away[at] = masked[at]
    second = Look(model, "".join(mended), away)
    again = (guess for start, end in _stretches(near) for guess in second.proposed(start, end, least))
    return sorted({*first, *again}, key=lambda guess: (-guess.chance, guess))


def _stretches(places: set[int]) -> Iterator[tuple[int, int]]:
    """Neighbouring places as half-open stretches, in order."""
    start = end = -1
    for at in sorted(places):
        if at != end:
            if end > start:
                yield start, end
            start = at
        end = at + 1
    if end > start:
        yield start, end


class Look(Glimpse):
    """A text and the model: everything that a look at every place needs."""

    def proposed(self, start: int, end: int, least: float) -> Iterator[Guess]:
        """The proposals for the characters from ``start`` to ``end`` that are at least so likely."""
        row, text, masked, after = self.row, self.text, self.masked, self.model.after
        scores = self.scored(row[start : end + 2 * REACH + 1]).scores
        for at in range(start, end):
            if masked[at] or not "一" <= text[at] <= "龥":
                continue
            one, two, three, four, five = scores[at - start : at - start + REACH + 2]
            around, gap = one + two + three + four, two + three < GAP
            left, printed, right = row[at + 2], row[at + 3], row[at + 4]
            if around < DOUBTFUL:
                if edits := self.replaced(left, printed, right):
                    yield from self.judged(at, 1, edits, around, least)
                if around < LOST and (put := self.model.between(left, right)):
                    edits = [(each, int(Kind.FREE)) for each in put if each != printed]
                    if edits:
                        yield from self.judged(at, 1, edits, around, least)
            if (around < DOUBTFUL or printed == right or gap) and self._free(at + 1):
                if printed == right:
                    edits = self._undoubled(at)
                elif around < DOUBTFUL and printed in after[right] and self._hold(printed + right) < WORD:
                    edits = [(right + printed, int(Kind.SWAPPED))]  # 营运 is a word beside 运营
                else:
                    edits = []
                if edits:
                    yield from self.judged(at, 2, edits, around + five, least)
                if around < DOUBTFUL and (edits := self._paired(printed, right)):
                    yield from self.judged(at, 2, edits, around + five, least)
                if gap and (put := self.model.between(printed, right)):
                    edits = [(printed + each + right, int(Kind.MISSING)) for each in put]
                    yield from self.judged(at, 2, edits, around + five, least)

    def _paired(self, one: str, two: str) -> list[Edit]:
        """Words that are typed like the two characters printed, which are none that anybody knows."""
        if self.model.log[one + two] >= WELL_KNOWN:
            return []
        arrays = self.model.arrays
        typed = arrays["sounds"][ord(one)] << 16 | arrays["sounds"][ord(two)]
        first = bisect_left(arrays["pair_sounds"], typed)
        last = bisect_right(arrays["pair_sounds"], typed, first)
        words = [tuple(map(chr, arrays["pairs"][2 * at : 2 * at + 2])) for at in range(first, last)]
        # One character wrong is the matter of the other proposals.
        return [(put[0] + put[1], int(Kind.PAIR)) for put in words if put[0] != one and put[1] != two]
