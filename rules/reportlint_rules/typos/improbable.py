"""TY006: characters that nobody would put where they stand, found without numpy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from reportlint.analysis import Analysis
from reportlint.finding import Outcome, Severity
from reportlint.rule import rule
from reportlint.segment import common
from reportlint.span import Span
from reportlint_rules.typos.coined import known
from reportlint_rules.typos.collocations import missed
from reportlint_rules.typos.doubled import doubled
from reportlint_rules.typos.doubts import RIGHT, Doubt, accepted, echoed, in_use, left_alone, out_of_scope, told
from reportlint_rules.typos.dropped import dropped
from reportlint_rules.typos.glimpse import Glimpse
from reportlint_rules.typos.pairs import marks, pairs
from reportlint_rules.typos.phrases import OFFICES, broken
from reportlint_rules.typos.proposal import REACH, Guess, Kind
from reportlint_rules.typos.runs import REMEMBERED, runs
from reportlint_rules.typos.turned import turned
from reportlint_rules.typos.wordbook import wordbook
from reportlint_rules.typos.words import slips

#: How likely a proposal has to be, and one that turns two characters into what is no word.
SURE, SURER = 0.94, 0.99
#: What stands for the characters before the first and after the last.
_EDGE = "\n" * REACH


@lru_cache(maxsize=1)
def sure(analysis: Analysis) -> tuple[Doubt, ...]:
    """The places of which the model is all but certain and the lexicons say nothing, in order."""
    text = analysis.reading.text
    glimpse = Glimpse(runs(), text, left_alone(analysis), marks(analysis))
    padded = _EDGE + text + _EDGE
    places = (
        each
        for each in glimpse.doubtful()
        if each[1] > 1 or not (text[each[0]] in RIGHT or echoed(text, each[0]) or in_use(analysis, each[0]))
    )
    found: list[Guess] = []
    for near in _stretches(places):
        # What is made of words is not reported, but may have the likelier proposal beside what is.
        if any(_no_words(text, *each) and _proposed(padded, *each) for each in near):
            found += (guess for each in near for guess in _proposed(padded, *each))
    words = wordbook().words
    found = [
        guess
        for guess in found
        if guess.kind is not Kind.SWAPPED
        or (
            not known(text[guess.start : guess.end])  # 补奖 beside 奖补
            and (guess.chance >= SURER or words[runs().read(guess.right)] >= 0)
        )
    ]
    found += (Guess(*at, right, SURE, Kind.SWAPPED) for at, right in turned(analysis))
    found += (Guess(*at, right, SURE, Kind.MISSING) for at, right in dropped(analysis))
    found.sort(key=lambda guess: -guess.chance)
    if not found:
        return ()
    taken = _Places()
    for at, _ in (*slips(analysis), *doubled(analysis)):
        taken.add(at)
    for at in (*(slip.at for slip in broken(analysis)), *(miss.whole for miss in missed(analysis))):
        taken.add(at)
    kept: list[Doubt] = []
    for guess in found:
        at = Span(guess.start, guess.end)
        doubt = Doubt(at, guess.right, guess.chance, SURE, ())
        if taken.meet(at) or out_of_scope(text, doubt) or accepted(text, doubt):
            continue
        taken.add(at)  # a rival of a sure proposal is no finding of its own
        if guess.kind is Kind.MISSING or _no_words(text, at.start, at.size):
            kept.append(doubt)
    return tuple(sorted(kept))


class _Places:
    """Places of a text, found again by where they lie: a text of slips and nothing else is not gone through for each of them."""

    _SIZE = 64

    def __init__(self) -> None:
        self._near: dict[int, list[Span]] = {}

    def add(self, at: Span) -> None:
        for part in range(at.start // self._SIZE, at.end // self._SIZE + 1):
            self._near.setdefault(part, []).append(at)

    def meet(self, at: Span) -> bool:
        """Whether one of them shares a character with ``at``."""
        parts = range(at.start // self._SIZE, at.end // self._SIZE + 1)
        return any(at.meets(other) for part in parts for other in self._near.get(part, ()))


def _proposed(padded: str, at: int, size: int) -> list[Guess]:
    """The sure proposals for so many characters at ``at``; ``padded`` is the text with something before it and after."""
    found = _sure(padded[at : at + size + 2 * REACH])
    return [guess._replace(start=guess.start - REACH + at, end=guess.end - REACH + at) for guess in found]


@lru_cache(maxsize=REMEMBERED)
def _sure(around: str) -> tuple[Guess, ...]:
    """The sure proposals for all but the first and the last three characters of ``around``: no others matter, and the same come again."""
    look = Glimpse(runs(), around, bytearray(len(around)), pairs().marks(around))
    return tuple(look.guesses(((REACH, len(around) - 2 * REACH),), SURE))


def _stretches(places: Iterable[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Places that lie side by side, together; proposals for those of different stretches do not meet."""
    near: list[tuple[int, int]] = []
    for place in places:
        if near and place[0] > near[-1][0] + 1:
            yield near
            near = []
        near.append(place)
    if near:
        yield near


def _no_words(text: str, at: int, size: int) -> bool:
    """Whether what is printed, a character or two, does not itself make words with its neighbours."""
    end = at + size
    left, right = text[at - 1 : at + 1] if at else "", text[end - 1 : end + 1]
    if size > 1 and text[at] == text[at + 1]:  # 全国|国有, 执法队|队伍: two words that meet
        return text[at] not in OFFICES and not (common(left) and common(right))
    return not (known(left) or known(right))


@rule(
    "TY006",
    "improbable-character",
    severity=Severity.WARNING,
    bad=(
        "县水利局对全县水库开展汛前检⟦杏⟧，发现的问题已整改。",
        "推进镇村公交一体⟦画⟧运营。",
    ),
    good=(
        "县水利局对全县水库开展汛前检查，发现的问题已整改。",
        "会议由副县长覃昱衡主持，部署硖石街道饮水工程管护。",
        "加大对困难群众的救助力度，实现全国国有林场改革全覆盖。",
    ),
)
def improbable_character(analysis: Analysis) -> Iterator[Outcome]:
    """词表里没有、但几乎可以断定写错的字。

    由随包的语言模型判断：一个字与前后文连在一起，两千三百万字的法规、文件、报告和时政新闻里从没有这样写过；换成一个音近、形近的字，或与邻字对调、
    去掉重复的一个，就处处常见。对调的两个字另看前后各两个字：哪一边都不成词，倒过来就是常说的，也报；词里漏了一个字、剩下的那个字不能单用（服能力），
    补上就是常说的，同样报。只报最有把握的，大约每二十万字正确的公文误报一处；
    把握小一些的，另用 unlikely-character、doubtful-character。

    不看：引号、书名号里的字，地名、单位名、人名，配置的 terms，以及文中两次以上同样写法的词。
    """
    for doubt in sure(analysis):
        yield told(analysis, doubt)
