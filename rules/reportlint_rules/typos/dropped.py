"""A character that is missing: what it leaves of its word stands alone, and with it official prose often says the same on both sides."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.span import Span
from reportlint_rules.typos.coined import known
from reportlint_rules.typos.doubts import left_alone
from reportlint_rules.typos.pairs import SELDOM, marks, where
from reportlint_rules.typos.runs import EDGE, runs
from reportlint_rules.typos.wordbook import wordbook

#: What stands before the first character and after the last.
_EDGE = chr(EDGE) * 2
#: A character that is a word of its own by so many bits less than it stands anywhere is none.
_BOUND = -0.5
#: How often both runs of four have to stand (logarithms), and the commoner of them.
_LEAST, _OFTEN = 0.5, 5.0
#: What may be there or not: words of one character, and parts that short forms leave out (救援员).
_LEFT_OUT = frozenset("的了着过和与及或并在对向为被把将等中上下一个人化性者")
#: Verbs that slogans cut short: 促外贸, 提消费, 稳就业.
_CUT_SHORT = frozenset("促推提稳扩增强优抓保防惠助护补建育引招拓调控降减治")
#: What stands before any word, so that it is no half of one: 按|办结件计算, 据|申报数核定.
_PREPOSITIONS = frozenset("按以由从据凭经依随自至因就")


def dropped(analysis: Analysis) -> Iterator[tuple[Span, str]]:
    """The two characters between which one is missing, and the three that should stand there, in order."""
    text, away = analysis.reading.text, left_alone(analysis)
    model, words = runs(), wordbook().words
    log, pair, alone = model.log, model.pair, model.arrays["alone"]
    row = f"{_EDGE}{model.read(text)}{_EDGE}"

    def stub(one: str, with_neighbour: str, printed: str) -> bool:
        return words[one] - alone[ord(one)] < _BOUND and words[with_neighbour] < 0 and not known(printed)

    for at in where(marks(analysis), SELDOM):
        if away[at] or away[at + 1] or known(text[at : at + 2]):
            continue
        before, left, right, after = tuple(row[at + 1 : at + 5])
        ends = (
            text[at] not in _CUT_SHORT
            and text[at] not in _PREPOSITIONS
            and stub(left, before + left, text[max(0, at - 1) : at + 1])
        )
        begins = stub(right, right + after, text[at + 1 : at + 3])
        if not (ends or begins) or log[before + left + right] >= 0 or log[left + right + after] >= 0:
            continue
        if pair(before, left) < 0 or pair(right, after) < 0:
            continue
        for middle in model.between(left, right):
            one = model.characters[ord(middle)]
            if one in _LEFT_OUT or not ((begins and known(one + text[at + 1])) or (ends and known(text[at] + one))):
                continue
            many = log[before + left + middle + right], log[left + middle + right + after]
            if min(many) > _LEAST and max(many) > _OFTEN:
                yield Span(at, at + 2), text[at] + one + text[at + 1]
                break
