"""A proposal of the language model: what may be proposed, where, and how wordings are weighed.

Every number here is a sum of powers of two, and so are those of the model's file: both ways of reading it, with numpy and without, come to
the same scores to the last bit.
"""

from __future__ import annotations

from enum import IntEnum

from reportlint.record import NamedTuple

#: What a run costs that has to be judged by a shorter one, in bits.
PENALTY = 1.3125
#: Characters left and right of a slip that its score looks at: no run is longer than four.
REACH = 3
#: A place is looked at where the four scores that hold its character add up to less, in bits.
DOUBTFUL = -30.0
#: The same for proposals that have nothing to do with the character printed, and for a missing one: two scores that span the gap.
LOST, GAP = -34.0, -17.0
#: Characters that are written twice on purpose: 人人享有, 层层压实, 常常.
REPEATED = "人天年时处事家户层步常往渐好多仅刚明默频屡种纷源生等"
#: Two characters that hold together by more bits than this are a word; a pair that stands this often, in bits, is one that everybody knows.
WORD, WELL_KNOWN = 3.0, 9.0
#: How many candidates of a place are scored in full, and what the frequency of a character counts in the rough score that picks them.
BEST, FREQUENT = 8, 2.0**-7
#: How many of them are judged, and by how many bits a wording has to be the likelier one to be judged at all.
JUDGED, GAIN = 3, 2.0
#: What stands for the score of a rival where there is none, and the most that a rival may be behind.
NO_RIVAL, FAR_BEHIND = -200.0, 60.0
#: The column of the features that holds the kind of proposal.
KIND = 32


class Kind(IntEnum):
    """What was done to the character: the values are part of the trained forest."""

    SOUND = 0
    NEARLY = 1
    SHAPE = 2
    SWAPPED = 3
    DOUBLED = 4
    PAIR = 5
    FREE = 6
    MISSING = 7
    KIN = 8


class Guess(NamedTuple):
    """The printed characters from ``start`` to ``end`` should be ``right``: how likely, and what was done to them."""

    start: int
    end: int
    right: str
    chance: float
    kind: Kind
