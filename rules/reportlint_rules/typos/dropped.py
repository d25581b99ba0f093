"""A character that is missing: what it leaves of its word stands alone, and with it official prose often says the same on both sides."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import compress

from reportlint.analysis import Analysis
from reportlint.span import Span
from reportlint_rules.typos.coined import known
from reportlint_rules.typos.doubts import RIGHT, left_alone
from reportlint_rules.typos.pairs import LOOSE, SELDOM, bits, marks
from reportlint_rules.typos.phrases import SUFFIXES
from reportlint_rules.typos.runs import EDGE, Runs, runs
from reportlint_rules.typos.wordbook import wordbook

#: What stands before the first character and after the last.
_EDGE = chr(EDGE) * 2
#: A character that is a word of its own by so many bits less than it stands anywhere is none.
_BOUND = -0.5
#: How often both runs of four have to stand (logarithms), and the commoner of them, or where the report says so elsewhere.
_LEAST, _OFTEN, _ENOUGH = 0.5, 4.5, 2.0
#: Two characters that stand so often side by side may do so here.
_USUAL = 5.0
#: What may be there or not: words of one character, and parts that short forms leave out (救援员).
_LEFT_OUT = frozenset("的了着过和与及或并在对向为被把将等中上下一个人化性者总大口")
#: Verbs that slogans cut short: 促外贸, 提消费, 稳就业.
_CUT_SHORT = frozenset("促推提稳扩增强优抓保防惠助护补建育引招拓调控降减治")
#: These, and what stands before any word, are no halves: 按|办结件计算, 据|申报数核定.
_WHOLE = _CUT_SHORT | frozenset("按以由从据凭经依随自至因就")

#: A character that may be the first of a word, the second of one.
_FIRST, _SECOND = 1, 2


def dropped(analysis: Analysis) -> Iterator[tuple[Span, str]]:
    """The two characters between which one is missing, and the three that should stand there, in order."""
    text = analysis.reading.text
    model, marked = runs(), marks(analysis)
    log, row = model.log, f"{_EDGE}{model.read(text)}{_EDGE}"
    loose, seldom, free = bits(marked, LOOSE), bits(marked, SELDOM), ~int.from_bytes(left_alone(analysis), "little")
    halves = bytes(map(_halves().__getitem__, text))
    # A bit for each pair that is no word, of which neither character is masked, and of which the first may be the first of a word
    # (服〔务〕能力) or the second the second (市场活力〔持〕续): no pair beside it is one, or nobody writes it.
    first, second = bits(halves, _FIRST), bits(halves, _SECOND) >> 8
    open_ = free & free >> 8 & (loose & (first & loose << 8 | second & loose >> 8) | seldom & (first | second))
    for at in compress(range(len(marked)), open_.to_bytes(len(marked) + 1, "little")):
        here = row[at + 1 : at + 5]
        if log[here[1:3]] > _USUAL or log[here[:3]] >= 0 or log[here[1:]] >= 0:
            continue
        left, right = text[at], text[at + 1]
        ends = bool(halves[at] & _FIRST) and not known(text[at - 1 : at + 1])
        begins = bool(halves[at + 1] & _SECOND) and not known(right + text[at + 2 : at + 3])
        if right in SUFFIXES and known(text[max(0, at - 1) : at + 1]):
            begins = False  # 配置|力
        if (ends or begins) and not known(left + right) and (one := _missing(model, here, text, at, ends, begins)):
            yield Span(at, at + 2), left + one + right


class _Halves(dict[str, int]):
    """Of each character whether it is hardly ever a word of its own, so that it may be the first, or the second, of one."""

    def __missing__(self, one: str) -> int:
        model = runs()
        number = model.read(one)
        found = 0
        if (
            "一" <= one <= "龥"
            and one not in RIGHT
            and wordbook().words[number] - model.arrays["alone"][ord(number)] < _BOUND
        ):
            found = (one not in _WHOLE) * _FIRST | (one not in _CUT_SHORT) * _SECOND
        self[one] = found
        return found


@lru_cache(maxsize=1)
def _halves() -> _Halves:
    return _Halves()


def _missing(model: Runs, here: str, text: str, at: int, ends: bool, begins: bool) -> str:
    """What is missing in the middle of ``here``, four characters from before ``at`` on; empty if nothing is.

    ``ends`` says that what is missing may make a word with the character before it, ``begins`` with the one after.
    """
    before, left, right, after = tuple(here)
    log = model.log
    for middle in model.between(left, right):
        one = model.characters[ord(middle)]
        if one in _LEFT_OUT or not ((begins and known(one + text[at + 1])) or (ends and known(text[at] + one))):
            continue
        many = log[before + left + middle + right], log[left + middle + right + after]
        if min(many) > _LEAST and (
            max(many) >= _OFTEN or (max(many) >= _ENOUGH and text[at] + one + text[at + 1] in text)
        ):
            return one
    return ""
