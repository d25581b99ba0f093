"""What the language model would rather read: candidates for characters that are unlikely where they stand.

A proposal replaces one character by another that sounds or looks like it (or, where nothing does, by one that often stands between these
neighbours), replaces two by a word that is typed alike, swaps two neighbours, drops one of two that are the same, or adds one. Both wordings are scored by the counts of all runs around the place; a small forest, trained on slips put into sound
text, weighs the two against one another.
"""

from __future__ import annotations

from math import exp

import numpy as np
from numpy.typing import NDArray

from reportlint.record import NamedTuple
from reportlint_rules.typos.ngrams import BITS, EDGE, Floats, Ids, Model
from reportlint_rules.typos.proposal import (
    BEST,
    DOUBTFUL,
    FAR_BEHIND,
    FREQUENT,
    GAIN,
    GAP,
    JUDGED,
    KIND,
    LOST,
    NO_RIVAL,
    PENALTY,
    REACH,
    REPEATED,
    WELL_KNOWN,
    WORD,
    Guess,
    Kind,
)

_HAN = ("\u4e00", "\u9fa5")
#: How many proposals go through the forest at a time: more would cost memory.
_AT_ONCE = 2000


class Proposals(NamedTuple):
    """Places and what might stand there instead, one a row; ``start`` and ``end`` are those of the printed characters."""

    start: Ids
    end: Ids
    right: list[str]
    features: Floats


def _scores(model: Model, rows: Ids) -> tuple[Floats, Floats, Floats, Floats]:
    """The score in bits of every id but the first three of each row, and the logarithms of its runs of two, three and four."""
    two, three, four = model.surroundings(rows)
    alone = model.arrays["alone"][rows]
    total = np.float32(model.header["total"])
    by_one = alone[:, 3:] - total - np.float32(3 * PENALTY)
    by_two = two[:, 2:] - alone[:, 2:-1] - np.float32(2 * PENALTY)
    by_three = three[:, 1:] - np.maximum(two[:, 1:-1], three[:, 1:]) - np.float32(PENALTY)
    by_four = four - np.maximum(three[:, :-1], four)
    score = np.where(
        four >= 0,
        by_four,
        np.where(three[:, 1:] >= 0, by_three, np.where(two[:, 2:] >= 0, by_two, by_one)),
    )
    return score.astype(np.float32), two, three, four


def _summary(score: Floats, two: Floats, three: Floats, four: Floats) -> Floats:
    """What a row's runs say of it."""
    return np.stack(
        [
            score.sum(1),
            score.min(1),
            two[:, 2:-2].min(1),
            two[:, 2:-2].max(1),
            three[:, 1:-1].min(1),
            three[:, 1:-1].max(1),
            three[:, 1:-1].sum(1),
            four.max(1),
            (four >= 0).sum(1),
            (two < 0).sum(1),
            three[:, 0],
            three[:, -1],
        ],
        axis=1,
    )


class _Edits(NamedTuple):
    """Candidates: the character at ``at`` and those up to ``at + size`` become ``put``."""

    at: Ids
    size: int
    put: Ids
    kind: Ids


def propose(model: Model, text: str, masked: NDArray[np.bool_] | None = None) -> Proposals:
    """The best proposal for every doubtful place of ``text`` that is not ``masked``, in order."""
    ids = np.concatenate([np.full(REACH, EDGE), model.read(text), np.full(REACH + 2, EDGE)])
    score = _scores(model, ids[None, :])[0][0]  # score[i] is that of ids[i + 3], text[i]
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    free = (points >= ord(_HAN[0])) & (points <= ord(_HAN[1]))
    if masked is not None:
        free &= ~masked
    around = np.lib.stride_tricks.sliding_window_view(np.concatenate([score, np.zeros(8, np.float32)]), 4)[: len(text)]
    doubtful = np.flatnonzero(free & (around.sum(1) < DOUBTFUL))
    lost = around.sum(1) < LOST
    gap = around[1:, :2].sum(1) < GAP
    parts = [
        part
        for part in (
            _judged(model, ids, _replaced(model, ids, doubtful)),
            _judged(model, ids, _swapped(model, ids, doubtful, free)),
            _judged(model, ids, _doubled(model, ids, free)),
            _judged(model, ids, _paired(model, ids, doubtful, free)),
            _judged(model, ids, _between(model, ids, np.flatnonzero(free & lost), missing=False)),
            _judged(model, ids, _between(model, ids, np.flatnonzero(free[:-1] & free[1:] & gap), missing=True)),
        )
        if part is not None
    ]
    if not parts:
        return Proposals(*(np.empty(0, np.int64),) * 2, [], np.empty((0, 1), np.float32))
    start, end, features = (np.concatenate([part[column] for part in parts]) for column in (0, 1, 3))
    right = [word for part in parts for word in part[2]]
    order = np.argsort(start, kind="stable")
    return Proposals(start[order], end[order], [right[at] for at in order], features[order].astype(np.float32))


def _replaced(model: Model, ids: Ids, places: Ids) -> _Edits:
    """Every character that sounds or looks like the one printed and is known beside both its neighbours."""
    arrays = model.arrays
    first, last = arrays["neighbours_from"][ids[places + 3]], arrays["neighbours_from"][ids[places + 3] + 1]
    many = (last - first).astype(np.int64)
    at = np.repeat(places, many)
    offsets = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
    chosen = np.repeat(first.astype(np.int64), many) + offsets
    put = arrays["neighbours"][chosen].astype(np.int64)
    left = model.seen(np.stack([ids[at + 2], put], 1))
    known = np.flatnonzero(left >= 0)
    at, put, left, chosen = at[known], put[known], left[known], chosen[known]
    right = model.seen(np.stack([put, ids[at + 4]], 1))
    # A rough score by pairs picks the few that are looked at closely.
    rough = left + right + np.float32(FREQUENT) * arrays["alone"][put]
    keep = np.flatnonzero((right >= 0) & (np.maximum(left, right) >= 1))
    keep = keep[np.lexsort((-rough[keep], at[keep]))]
    rank = _rank(at[keep])
    keep = keep[rank < BEST]
    return _Edits(at[keep], 1, put[keep, None], arrays["neighbour_kinds"][chosen[keep]].astype(np.int64))


def _rank(groups: Ids) -> Ids:
    """The place of each row within its run of equal values."""
    if not len(groups):
        return groups
    starts = np.flatnonzero(np.concatenate([[True], groups[1:] != groups[:-1]]))
    return np.arange(len(groups)) - np.repeat(starts, np.diff(np.append(starts, len(groups))))


def _swapped(model: Model, ids: Ids, places: Ids, free: NDArray[np.bool_]) -> _Edits:
    """Two neighbours the other way round."""
    at = places[(places + 1 < len(free))]
    at = at[free[at + 1] & (ids[at + 3] != ids[at + 4])]
    at = at[model.seen(np.stack([ids[at + 4], ids[at + 3]], 1)) >= 0]
    at = at[_hold(model, ids[at + 3], ids[at + 4]) < WORD]  # 营运 is a word beside 运营
    return _Edits(at, 2, np.stack([ids[at + 4], ids[at + 3]], 1), np.full(len(at), Kind.SWAPPED))


def _paired(model: Model, ids: Ids, places: Ids, free: NDArray[np.bool_]) -> _Edits:
    """Words that are typed like the two characters printed, which are none that anybody knows."""
    arrays = model.arrays
    at = places[places + 1 < len(free)]
    at = at[free[at + 1]]
    at = at[model.seen(np.stack([ids[at + 3], ids[at + 4]], 1)) < WELL_KNOWN]
    typed = arrays["sounds"][ids[at + 3]].astype(np.uint32) << np.uint32(16) | arrays["sounds"][ids[at + 4]]
    first = np.searchsorted(arrays["pair_sounds"], typed, "left")
    many = np.searchsorted(arrays["pair_sounds"], typed, "right") - first
    offsets = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
    put = arrays["pairs"][np.repeat(first, many) + offsets].astype(np.int64)
    at = np.repeat(at, many)
    # One character wrong is the matter of the other proposals.
    both = (put[:, 0] != ids[at + 3]) & (put[:, 1] != ids[at + 4])
    return _Edits(at[both], 2, put[both], np.full(int(both.sum()), Kind.PAIR))


def _between(model: Model, ids: Ids, places: Ids, *, missing: bool) -> _Edits:
    """What often stands between two characters: instead of the one that does, or where there is nothing."""
    arrays = model.arrays
    left, right = (ids[places + 3], ids[places + 4]) if missing else (ids[places + 2], ids[places + 4])
    typed = (left << BITS | right).astype(np.uint32)
    first = np.searchsorted(arrays["middle_around"], typed, "left")
    many = np.searchsorted(arrays["middle_around"], typed, "right") - first
    offsets = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
    put = arrays["middles"][np.repeat(first, many) + offsets].astype(np.int64)
    at = np.repeat(places, many)
    if missing:
        row = np.stack([ids[at + 3], put, ids[at + 4]], 1)
        return _Edits(at, 2, row, np.full(len(at), Kind.MISSING))
    other = put != ids[at + 3]
    return _Edits(at[other], 1, put[other, None], np.full(int(other.sum()), Kind.FREE))


def _doubled(model: Model, ids: Ids, free: NDArray[np.bool_]) -> _Edits:
    """One of two equal neighbours dropped, unless they belong to two words: 形成|成果."""
    at = np.flatnonzero(free[:-1] & free[1:] & (ids[3 : len(free) + 2] == ids[4 : len(free) + 3]))
    before, one, after = ids[at + 2], ids[at + 3], ids[at + 5]
    two_words = (_hold(model, before, one) > WORD) & (_hold(model, one, after) > WORD)
    lawful = two_words | np.isin(one, model.read(REPEATED))
    at, one = at[~lawful], one[~lawful]
    return _Edits(at, 2, one[:, None], np.full(len(at), Kind.DOUBLED))


def _hold(model: Model, left: Ids, right: Ids) -> Floats:
    """How much oftener two characters stand together than chance would have it, in bits."""
    alone = model.arrays["alone"]
    chance: Floats = alone[left] + alone[right] - np.float32(model.header["total"])
    return model.seen(np.stack([left, right], 1)) - chance


def _judged(model: Model, ids: Ids, edits: _Edits) -> tuple[Ids, Ids, list[str], Floats] | None:
    """The best edits of each place with their features."""
    if not len(edits.at):
        return None
    places, back = np.unique(edits.at, return_inverse=True)
    printed = ids[places[:, None] + np.arange(2 * REACH + edits.size)]
    before = _summary(*_scores(model, printed))
    left = ids[edits.at[:, None] + np.arange(REACH)]
    right = ids[edits.at[:, None] + REACH + edits.size + np.arange(REACH)]
    after = _summary(*_scores(model, np.concatenate([left, edits.put, right], axis=1)))
    order = np.lexsort((-after[:, 0], edits.at))
    rank = np.empty(len(order), np.int64)
    rank[order] = _rank(edits.at[order])
    best, second = (np.full(len(places), np.float32(NO_RIVAL)) for _ in range(2))
    best[back[rank == 0]], second[back[rank == 1]] = after[rank == 0, 0], after[rank == 1, 0]
    rival = np.where(rank == 0, second[back], best[back])
    keep = np.flatnonzero((rank < JUDGED) & (after[:, 0] - before[back, 0] > GAIN))
    alone = model.arrays["alone"]
    old = before[back[keep]]
    features = np.concatenate(
        [
            old,
            after[keep],
            (after[keep] - old)[:, :8],
            edits.kind[keep][:, None],
            np.minimum(after[keep, 0] - rival[keep], np.float32(FAR_BEHIND))[:, None],
            np.bincount(back, minlength=len(places))[back[keep]][:, None],
            alone[ids[edits.at[keep] + 3]][:, None],
            alone[edits.put[keep, 0]][:, None],
        ],
        axis=1,
    )
    words = ["".join(model.characters[one] for one in row) for row in edits.put[keep].tolist()]
    return edits.at[keep], edits.at[keep] + edits.size, words, features


def likelihood(model: Model, features: Floats) -> NDArray[np.float64]:
    """How likely each proposal is what the writer meant, by the forest; 0 for those that its first trees think little of."""
    arrays = model.arrays
    trees, width = arrays["forest_column"].shape
    column, limit, value = (arrays[f"forest_{name}"].ravel() for name in ("column", "limit", "value"))
    below = arrays["forest_below"].reshape(
        -1, 2
    )  # where to go from a node, above the limit and not; a leaf leads to itself
    roots = np.arange(trees) * width

    def leaves(rows: Floats, first: int, last: int) -> NDArray[np.float64]:
        some = roots[first:last]
        node = np.broadcast_to(some, (len(rows), len(some)))
        line = np.arange(len(rows))[:, None]
        for _ in range(int(model.header["depth"])):
            node = some + below[node, (rows[line, column[node]] <= limit[node]).view(np.int8)]
        total: NDArray[np.float64] = value[node].sum(axis=1, dtype=np.float64)
        return total

    first, least = model.header["gate"]
    chances = np.zeros(len(features))
    for start in range(0, len(features), _AT_ONCE):
        rows = features[start : start + _AT_ONCE]
        total = leaves(rows, 0, first)
        passed = np.flatnonzero(total >= least)
        total = total[passed] + leaves(rows[passed], first, trees) + model.header["bias"]
        # numpy's own exponential may differ from the one of plain Python in the last bit
        chances[start + passed] = [1 / (1 + exp(-one)) for one in total.tolist()]
    return chances


def guesses(model: Model, text: str, masked: NDArray[np.bool_], least: float) -> list[Guess]:
    """The proposals that are at least so likely, the likeliest first.

    Slips come in twos: once the likely ones are mended, their neighbours are looked at again.
    """
    first = _guessed(model, text, masked, least)
    mended = list(text)
    near = np.zeros(len(text), np.bool_)
    taken = np.zeros(len(text), np.bool_)
    for guess in first:
        likely = guess.chance >= 0.5 and guess.end - guess.start == len(guess.right)
        if likely and not taken[guess.start : guess.end].any():
            mended[guess.start : guess.end] = guess.right
            near[max(0, guess.start - REACH) : guess.end + REACH] = True
            taken[guess.start : guess.end] = True
    second = _guessed(model, "".join(mended), masked | ~near | taken, least) if near.any() else []
    return sorted({*first, *second}, key=lambda guess: (-guess.chance, guess))


def _guessed(model: Model, text: str, masked: NDArray[np.bool_], least: float) -> list[Guess]:
    proposals = propose(model, text, masked)
    chances = likelihood(model, proposals.features)
    rows = np.flatnonzero(chances >= least)
    return sorted(
        (
            Guess(
                int(proposals.start[row]),
                int(proposals.end[row]),
                proposals.right[row],
                float(chances[row]),
                Kind(int(proposals.features[row, KIND])),
            )
            for row in rows
        ),
        key=lambda guess: (-guess.chance, guess),
    )
