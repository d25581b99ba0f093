"""Two neighbouring characters the other way round: three pairs of which none is a word, and once turned what official prose often says."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import compress

from reportlint.analysis import Analysis
from reportlint.span import Span
from reportlint_rules.typos.coined import known
from reportlint_rules.typos.doubts import SUBSTANCES, left_alone
from reportlint_rules.typos.pairs import LOOSE, bits, counts, marks
from reportlint_rules.typos.runs import EDGE, runs
from reportlint_rules.typos.wordbook import wordbook

#: Two turned characters that stand so much oftener than the printed ones, with what is before and behind (sum of logarithms), are meant.
_CLEAR = 4.0
#: By how many bits more than chance two characters are a word's.
_HOLD = 3.0
#: How often those with what is before and behind have to stand, behind a figure and elsewhere, where both may as well be words by
#: themselves, and by how much oftener so than as printed.
_NUMBERED, _PROVEN, _OFTENER = 5.0, 3.0, 2.0
#: What stands before the first character and after the last.
_EDGE = chr(EDGE) * 2
#: Words of one character: they stand before and after anything, so that more has to speak for a slip: 工年作, 中其.
_WORDS = frozenset(
    "的了已将约等对和与在有为是就也都至到从被把不及或其中上下前后各每年月日部市省县区乡镇村比由又还再更最很太较超达"
)


def turned(analysis: Analysis) -> Iterator[tuple[Span, str]]:
    """The places of two characters each, and the two the other way round, in order."""
    text, away = analysis.reading.text, left_alone(analysis)
    marked = marks(analysis)
    model, known_words = runs(), wordbook().words
    log, pair = model.log, counts(model).pair
    alone, total = model.arrays["alone"], model.header["total"]
    row = f"{_EDGE}{model.read(text)}{_EDGE}"
    loose, free = bits(marked, LOOSE), ~int.from_bytes(away, "little")
    # A bit for each place where three loose pairs begin of which the middle one is not masked.
    three = loose & loose >> 8 & loose >> 16 & free >> 8 & free >> 16
    for at in compress(range(len(marked)), three.to_bytes(len(marked), "little")):
        one, two = text[at + 1], text[at + 2]
        if one == two or one in SUBSTANCES or not ("一" <= one <= "龥" and "一" <= two <= "龥"):
            continue
        # 51名|多为: a measure word goes with its number, and words of one character with anything.
        numbered = text[at].isdigit()
        anywhere = numbered or one in _WORDS or two in _WORDS
        here = at + 3  # of the first in the row
        left, x, y, right = tuple(row[here - 1 : here + 3])
        # Most are part of something that somebody writes.
        if log[row[here - 1 : here + 2]] >= 0 or log[row[here : here + 3]] >= 0:
            continue
        many = pair(y, x)
        if many < 1 or (before := pair(left, y)) < 0 and pair(x, right) < 0 or known_words[x + y] >= 0:
            continue
        if any(known(text[each : each + 2]) for each in (at, at + 1, at + 2)):
            continue
        first = log[left + y + x] if before >= 0 else -1.0
        second = log[y + x + right] if pair(x, right) >= 0 else -1.0
        if anywhere:
            whole = log[left + y + x + right] if first >= 0 and second >= 0 else -1.0
            least = _NUMBERED if numbered else _PROVEN
            meant = whole >= least and min(first, second) >= _PROVEN and many - max(pair(x, y), 0.0) >= _OFTENER
        elif first >= 0 and second >= 0:
            both = first + second - max(pair(x, y), 0.0)
            meant = log[left + y + x + right] > 0 or (both >= _CLEAR and known_words[y + x] >= 0)
        else:
            meant = False
        if not meant and many - alone[ord(x)] - alone[ord(y)] + total > _HOLD and not anywhere:  # a word
            meant = (first >= 0 and pair(row[here - 2], left) >= 0 and log[row[here - 2] + left + y + x] > 0) or (
                second >= 0 and log[y + x + right + row[here + 3]] > 0
            )
        if meant:
            yield Span(at + 1, at + 3), two + one
