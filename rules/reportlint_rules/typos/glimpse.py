"""The surest proposals of the language model, found without numpy.

The same proposals, features and forest as in :mod:`reportlint_rules.typos.likelihood`, asked for at far fewer places: where every run
of three characters around is unknown, and one proposal at least makes a known run. What that leaves out is seldom sure.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import exp, log
from typing import Any

from reportlint.record import NamedTuple
from reportlint_rules.typos.runs import BITS, EDGE, Runs, pair, quadruple, triple

#: As in :mod:`reportlint_rules.typos.likelihood`, which explains them.
_PENALTY, _REACH, _WORD, _BEST, _JUDGED, _GAIN = 1.3, 3, 3.0, 8, 3, 2.0
_SWAPPED, _DOUBLED = 3, 4
_REPEATED = "人天年时处事家户层步常往渐好多仅刚明默频屡种纷源生"


_TWO = 2 << 2 * BITS

#: The ids put in place of those printed, and the kind of proposal.
_Edit = tuple[tuple[int, ...], int]


class Guess(NamedTuple):
    """The printed characters from ``start`` to ``end`` should be ``right``: how likely."""

    start: int
    end: int
    right: str
    chance: float


class _Row(NamedTuple):
    """What the runs of a row of ids say of it: its score in bits, and the summary the forest looks at."""

    total: float
    summary: tuple[float, ...]


class Glimpse:
    """A text and the model: everything that one look needs."""

    def __init__(self, model: Runs, text: str, free: bytearray) -> None:
        """``free`` says of each character of ``text`` whether it may be doubted."""
        self.model, self.free = model, free
        self.ids = [EDGE] * _REACH + model.read(text) + [EDGE] * (_REACH + 2)
        self.alone = model.arrays["alone"]
        self.total = model.header["total"]

    def guesses(self, least: float) -> Iterator[Guess]:
        """The proposals that are at least so likely, in order of place."""
        ids, free, size = self.ids, self.free, len(self.free)
        known = {
            key: self.model.log(key) >= 0
            for key in {_TWO | one << BITS | two for one, two in zip(ids, ids[1:], strict=False)}
        }
        # strange[i]: nobody writes ids[i] before ids[i + 1].
        strange = [not known[_TWO | one << BITS | two] for one, two in zip(ids, ids[1:], strict=False)]
        for at in range(size):
            if not free[at]:
                continue
            before, after = strange[at + 2], strange[at + 3]
            double = at + 1 < size and free[at + 1]
            if double and ids[at + 3] == ids[at + 4]:
                yield from self._judged(at, 2, self._undoubled(at), least)
            elif double and (before or after or strange[at + 4]):
                yield from self._judged(at, 2, self._turned(at), least)
            if (before or after) and not ((not before and self._known(at + 1)) or (not after and self._known(at + 3))):
                yield from self._judged(at, 1, self._others(at), least)

    def _known(self, at: int) -> bool:
        """Whether anybody writes the three characters from ``ids[at]`` on."""
        return self.model.log(triple(*self.ids[at : at + 3])) >= 0

    def _hold(self, left: int, right: int) -> float:
        """How much oftener two characters stand together than chance would have it, in bits."""
        chance: float = self.alone[left] + self.alone[right] - self.total
        return self.model.log(pair(left, right)) - chance

    def _turned(self, at: int) -> list[_Edit]:
        log = self.model.log
        left, one, two, right = self.ids[at + 2 : at + 6]
        turned = log(pair(two, one))
        if (
            turned < 1
            or self._hold(one, two) >= _WORD
            or log(triple(left, one, two)) >= 0
            or log(triple(one, two, right)) >= 0
        ):
            return []
        if log(triple(left, two, one)) >= 0 or log(triple(two, one, right)) >= 0:
            return [((two, one), _SWAPPED)]
        return []

    def _undoubled(self, at: int) -> list[_Edit]:
        before, one, _, after = self.ids[at + 2 : at + 6]
        two_words = self._hold(before, one) > _WORD and self._hold(one, after) > _WORD
        if two_words or self.model.characters[one] in _REPEATED:
            return []
        return [((one,), _DOUBLED)]

    def _others(self, at: int) -> list[_Edit]:
        """What sounds or looks like the character at ``at`` and is known beside one of its neighbours, the best first.

        Nothing unless one of them is known between both, and in a run of three: only such a one is sure.
        """
        ids, arrays, log = self.ids, self.model.arrays, self.model.log
        further, left, printed, right, beyond = ids[at + 1 : at + 6]
        first, last = arrays["neighbours_from"][printed], arrays["neighbours_from"][printed + 1]
        neighbours = arrays["neighbours"][first:last].tolist()
        before = _TWO | left << BITS
        likely = [put for put in neighbours if log(before | put) >= 0 and log(pair(put, right)) >= 0]
        if not any(
            log(triple(left, put, right)) >= 0
            or log(triple(further, left, put)) >= 0
            or log(triple(put, right, beyond)) >= 0
            for put in likely
        ):
            return []
        rows = []
        for where, put in enumerate(neighbours, first):
            one, two = log(before | put), log(pair(put, right))
            if one >= 1 or two >= 1:
                rows.append((-max(one, 0.0) - max(two, 0.0) - 0.01 * self.alone[put], where, put))
        rows.sort()
        kinds = arrays["neighbour_kinds"]
        return [((put,), kinds[where]) for _, where, put in rows[:_BEST]]

    def _judged(self, at: int, size: int, edits: list[_Edit], least: float) -> Iterator[Guess]:
        """The edits of one place that the forest thinks likely enough."""
        if not edits:
            return
        ids = self.ids
        left, right = ids[at : at + _REACH], ids[at + _REACH + size : at + 2 * _REACH + size]
        old = self._row(ids[at : at + 2 * _REACH + size])
        scored = [(self._row([*left, *put, *right]), put, kind) for put, kind in edits]
        scored.sort(key=lambda each: -each[0].total)
        best, second = scored[0][0].total, scored[1][0].total if len(scored) > 1 else -200.0
        for rank, (new, put, kind) in enumerate(scored[:_JUDGED]):
            if new.total - old.total <= _GAIN:
                break
            features = (
                *old.summary,
                *new.summary,
                *(one - other for one, other in zip(new.summary[:8], old.summary, strict=False)),
                float(kind),
                min(new.total - (second if rank == 0 else best), 60.0),
                float(len(edits)),
                self.alone[ids[at + 3]],
                self.alone[put[0]],
            )
            chance = _chance(self.model, features, least)
            if chance >= least:
                yield Guess(at, at + size, "".join(self.model.characters[one] for one in put), chance)

    def _row(self, row: list[int]) -> _Row:
        log, alone = self.model.log, self.alone
        two = [log(pair(one, other)) for one, other in zip(row, row[1:], strict=False)]
        # A run is known only if those inside it are.
        three = [
            log(triple(row[at], row[at + 1], row[at + 2])) if two[at] >= 0 and two[at + 1] >= 0 else -1.0
            for at in range(len(row) - 2)
        ]
        four = [
            log(quadruple(*row[at : at + 4])) if three[at] >= 0 and three[at + 1] >= 0 else -1.0
            for at in range(len(row) - 3)
        ]
        scores = []
        for at in range(len(four)):
            if four[at] >= 0:
                scores.append(four[at] - max(three[at], four[at]))
            elif three[at + 1] >= 0:
                scores.append(three[at + 1] - max(two[at + 1], three[at + 1]) - _PENALTY)
            elif two[at + 2] >= 0:
                scores.append(two[at + 2] - alone[row[at + 2]] - 2 * _PENALTY)
            else:
                scores.append(alone[row[at + 3]] - self.total - 3 * _PENALTY)
        inner, middle = two[2:-2], three[1:-1]
        total = sum(scores)
        return _Row(
            total,
            (
                total,
                min(scores),
                min(inner),
                max(inner),
                min(middle),
                max(middle),
                sum(middle) / len(middle),
                max(four),
                sum(one >= 0 for one in four),
                sum(one < 0 for one in two),
                three[0],
                three[-1],
            ),
        )


def _chance(model: Runs, features: tuple[float, ...], least: float) -> float:
    """What the forest makes of ``features``; 0 as soon as no tree left could lift it to ``least``."""
    arrays: dict[str, Any] = model.arrays
    column, limit, below, value = (arrays[f"forest_{name}"] for name in ("column", "limit", "below", "value"))
    depth, width = range(model.header["depth"]), model.header["arrays"]["forest_column"][1][1]
    needed = log(least / (1 - least)) - model.header["bias"]
    total, root = 0.0, 0
    for hope in model.hopes:
        if total + hope < needed:
            return 0.0
        node = root
        for _ in depth:
            node = root + below[2 * node + (features[column[node]] <= limit[node])]
        total += value[node]
        root += width
    return 1 / (1 + exp(-total - model.header["bias"]))
