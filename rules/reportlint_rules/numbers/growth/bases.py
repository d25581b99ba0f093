"""The figures of a sentence, and how the words make one of them the base of a comparison."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlint.analysis import Analysis
from reportlint.claims import Claim
from reportlint.moment import Period
from reportlint.movements import EARLIER, SHORT_BRACKET, change_of, ends_in_change, kind_of
from reportlint.patterns import compiled
from reportlint.record import NamedTuple, cached_property
from reportlint.units import NO_UNIT, Unit
from reportlint_rules.numbers.spells import is_before, spell

#: What joins figures into a list.
JOINS = frozenset(("、", "，", *(mark + word for mark in ("", "、", "，") for word in ("和", "及", "与", "以及"))))
_CLAUSE_ENDS = "，；：。（）\n"
#: Every name of an earlier period has one of these.
_OF_TIME = compiled(r"[年月期季周轮初前原现此往去]")
#: What may stand between the name of the base's period and the base: nothing that moves.
_STILL = r"(?:(?![增减降升提改涨多少高低快慢])[^，；。（）\d])"
_COMPARED = compiled(
    rf"(?P<subject>.*?)(?P<verb>低于|高于|高出|优于|好于|多于|少于|超过|相当于|比|较|与|和|同|是|为|达到?)(?P<earlier>{EARLIER})(?P<rest>的?(?:{_STILL}{{0,8}}的?)?)"
)
_COMPARED_OTHER = compiled(
    r"(?P<subject>.*?)(?P<verb>比|较(?!好|快|大|高|强)|高于|低于|高出|优于|好于|多于|少于)(?P<earlier>[^，；。、（）\d]{2,14}?)(?P<rest>的?)"
)
#: A lead without one of its verbs compares nothing.
_COMPARES = compiled(r"[于出过比较与和同是为达]")
_SET_AGAINST = compiled(r"[^，；。]{0,6}?(?:相比|相较|比较|持平)|）[^，；。]{0,2}相比")
_IS_MORE = compiled(r"）?(?:[高低多少快慢]|偏)")
_ON_BASIS = compiled(r"[^，；。\d]{0,4}的?基础上|[^，；。\d]{0,4}为基[数期准]")
_EARLIER = compiled(EARLIER)
_OWN = compiled(rf"(?P<subject>[^，；：。（）]{{0,20}}?)(?P<earlier>{EARLIER})(?P<rest>{_STILL}{{0,16}})")
_FROM = compiled(
    r"(?P<subject>.*?)(?<![自理缘经事来])(?<!(?<![提议])案)(?:由(?!于)|从(?!事|业|严|轻|此|而))(?P<rest>[^，；。由从]{0,14})"
)
_IN = compiled(rf"(?P<subject>.*?)(?:在|以)(?P<earlier>{EARLIER}|[^，；。（）\d]{{0,10}})(?P<rest>的?{_STILL}{{0,6}})")
_OF_PLAN = compiled(
    r"(?:占|完成|为|是|达到?)(?:了)?(?:全[年市县省]|年度|年初|调整|本年)?(?:预算|计划|任务|目标|预期)(?:数|值|任务|目标)?的?"
)
_DATED = compiled(r"20\d\d年|\d{1,2}月|[一二三四]季度")
#: Everything after 上年同期 belongs to it until a word for the present comes.
_GOVERNED = compiled(
    r"(?:.*，)?(?:上年|去年|上一年)(?:同期|一季度|上半年|前三季度)(?:(?!今年|本期|本年|目前|同比|环比|较|比上|比去)[^。；])*，[^，]*"
)
_FAR = 80
#: 高于全省平均水平（90.6%）2.6个百分点: verbs that carry the change themselves, each with its plain word.
BEYOND = {"高于": "高", "高出": "高", "多于": "多", "低于": "低", "少于": "少", "优于": "改善", "好于": "改善"}
#: Words that say nothing of what is measured.
SAYS_NOTHING = compiled(
    r"为|是|仅|只|有|分别|依次|平均|均|约|达到|达|的|同期|共|时|完成|实现|全[市县区省年州]|我[市县区]|[上去今]年|度|（|）|、|和"
)
_UNCOUNTED = frozenset({"年", "日", "周", "周年", "级"})


class Figure:
    """A figure of a sentence: its claim, its unit with what a list leaves out filled in, the words since the figure before.

    ``quantity`` is the figure as printed, ``at`` its place in the reading.
    """

    def __init__(self, claim: Claim, unit: Unit, gap: str) -> None:
        self.claim = claim
        self.unit = unit
        self.gap = gap
        self.quantity = claim.quantity
        self.at = claim.quantity.at

    @cached_property
    def lead(self) -> str:
        """The words of its clause that lead to it; for 比上年（458起 those before the bracket."""
        words = self._gap.removesuffix("（").removesuffix("\n")
        return words[max(map(words.rfind, _CLAUSE_ENDS)) + 1 :]

    @cached_property
    def bracketed(self) -> bool:
        """Whether the figure or its clause opens a bracket."""
        words = self._gap
        return "（" in words and words.rfind("（") > max(words.rfind(mark) for mark in "），；")

    @property
    def _gap(self) -> str:
        return SHORT_BRACKET.sub("", self.gap) if "（" in self.gap else self.gap

    @cached_property
    def moved(self) -> bool:
        """Whether the words make it the size of a change."""
        return ends_in_change(self.lead)

    @cached_property
    def usable(self) -> bool:
        """Whether it can be a value or a base: printed exactly, and no rank, name or year."""
        quantity = self.quantity
        if not quantity.exact or quantity.ordinal or quantity.quoted or quantity.value < 0:
            return False
        return quantity.unit.name not in _UNCOUNTED or quantity.step < 1


class Base(NamedTuple):
    """How a figure is made a base: the shape, what is measured, the kind of comparison.

    The shapes: ``from`` 由B到V; ``in`` 在B的基础上, 以B为基数; ``compared`` 比上年的B; ``ratio`` 是上年B的N倍; ``own`` 上年同期为B.
    ``dated`` says that a date names the period (8月份为B), which tells the order only beside another.
    """

    shape: str
    subject: str
    kind: str
    dated: bool = False


class Passage:
    """The figures of a sentence, after those of the sentence before in the same paragraph; ``first`` is where its own begin."""

    def __init__(self, analysis: Analysis, figures: tuple[Figure, ...], first: int, start: int) -> None:
        self.analysis = analysis
        self.figures = figures
        self.first = first
        self.start = start
        self._bases: dict[int, Base | None] = {}

    def end_of_list(self, index: int) -> int:
        """The index after the last figure of the list that begins at ``index``."""
        end = index + 1
        while end < len(self.figures) and self.figures[end].gap in JOINS:
            # （12起，7人） is a list; in 整改率91.4%，58项 something else begins.
            if self.figures[end].gap == "，" and (self.figures[end].unit.kind == "percent") != (
                self.figures[end - 1].unit.kind == "percent"
            ):
                break
            end += 1
        return end

    def in_list(self, index: int) -> bool:
        """Whether figures of the same unit are joined to the one at ``index``."""
        unit = self.figures[index].unit.name
        before = index > 0 and self.figures[index].gap in JOINS and self.figures[index - 1].unit.name == unit
        return before or (self.end_of_list(index) > index + 1 and self.figures[index + 1].unit.name == unit)

    def after(self, index: int) -> str:
        """The words between the figure at ``index`` and the next, or what follows the last."""
        if index + 1 < len(self.figures):
            return self.figures[index + 1].gap
        end = self.figures[index].at.end
        return self.analysis.reading.text[end : end + 12]

    def spell(self, index: int) -> Period | None:
        """The period that the figure at ``index`` is of, where a date says it."""
        return spell(self.analysis, self.figures[index].at)

    def base(self, index: int) -> Base | None:
        """How the figure at ``index`` is made a base, if it is."""
        if index not in self._bases:
            self._bases[index] = self._base(index)
        return self._bases[index]

    def _base(self, index: int) -> Base | None:
        figure = self.figures[index]
        if not figure.usable or figure.quantity.value <= 0 or figure.moved:
            return None
        lead, after = figure.lead, self.after(self.end_of_list(index) - 1)
        moved = _FROM.fullmatch(lead) if "由" in lead or "从" in lead else None
        if moved:
            changed = (
                _EARLIER.search(moved["rest"])
                and index + 1 < len(self.figures)
                and change_of(self.figures[index + 1].gap)
            )
            if changed and self.figures[index + 1].unit.name == "%" and "，" not in self.figures[index + 1].gap:
                return Base("compared", moved["subject"], kind_of(moved["rest"]))  # 8.67亿元，由上年的8.52亿元增长1.8%
            return Base("from", moved["subject"], "")
        within = _IN.fullmatch(lead) if "在" in lead or "以" in lead else None
        if within and _ON_BASIS.match(after):
            return Base("in", within["subject"], kind_of(within["earlier"]))
        timed = _OF_TIME.search(lead) is not None
        compared = _COMPARED.fullmatch(lead) if timed and _COMPARES.search(lead) else None
        if compared:
            shape = _compared_shape(compared["verb"], after)
            return Base(shape, compared["subject"], kind_of(compared["earlier"])) if shape else None
        own = _OWN.fullmatch(lead) if timed and not self.is_aside(index) else None
        if own and not (own["earlier"].endswith("前") and SAYS_NOTHING.sub("", own["rest"])):
            return Base(
                "own", own["subject"] + own["rest"], kind_of(own["earlier"]), _DATED.match(own["earlier"]) is not None
            )
        # What follows tells whether it is compared at all; that is seen at once.
        moves = _IS_MORE.match(after) is not None
        other = _COMPARED_OTHER.fullmatch(lead) if moves or after == "）" else None
        if other and (moves or other["verb"] in BEYOND):
            return Base("compared", other["subject"], other["earlier"])
        return self._within_earlier(index)

    def _within_earlier(self, index: int) -> Base | None:
        """A base by the words at the head of its sentence: 上年同期审结82件，败诉率9.8%，同比降低2.9个百分点."""
        figure = self.figures[index]
        words = self.analysis.reading.text[max(self.start, figure.at.start - _FAR) : figure.at.start]
        if "上年" not in words and "去年" not in words and "上一年" not in words:
            return None
        governed = _GOVERNED.fullmatch(words.rpartition("；")[2])
        name = SAYS_NOTHING.sub("", figure.lead)
        return Base("own", figure.lead, "year") if governed and len(name) > 1 else None

    def is_aside(self, index: int) -> bool:
        """Whether the figure measures the value before it against a plan: 完成24627万元，为预算60999万元的40.4%，比上年减收1070万元."""
        figure = self.figures[index]
        if figure.unit.kind == "percent":
            return figure.gap == "的" or _OF_PLAN.fullmatch(figure.lead) is not None
        return (
            index + 1 < len(self.figures)
            and self.figures[index + 1].gap == "的"
            and self.figures[index + 1].unit.kind == "percent"
        )

    def is_base(self, index: int) -> bool:
        """Whether the figure is one of an earlier period, and so no value."""
        if index < self.first:
            return _EARLIER.search(self.figures[index].lead) is not None
        base = self.base(index)
        if base is None or not base.dated:
            return base is not None and (base.shape != "from" or index + 1 < len(self.figures))
        unit = self.figures[index].unit.name
        before = [place for place in range(index) if self.figures[place].unit.name == unit]
        return bool(before) and is_before(self.spell(index), self.spell(before[-1]))


def _compared_shape(verb: str, after: str) -> str:
    if verb in ("与", "和", "同"):
        return "compared" if _SET_AGAINST.match(after) else ""
    if verb in ("是", "为", "相当于", "达", "达到"):
        return "ratio" if after.startswith("的") else ""
    return "compared"


#: So much of the words before a figure is looked at; in a sentence of a hundred thousand characters each look costs.
_LONGEST_GAP = 500


def figures(analysis: Analysis, group: Sequence[Claim]) -> Iterator[Figure]:
    """The figures of a sentence; a list's unit is that of its last member (2.1个和1.7个百分点)."""
    text = analysis.reading.text
    end = analysis.sentences[group[0].sentence].at.start
    # 比2023年多调解310件: the year that 多 keeps from being a date is one all the same.
    # 由31.5%提高到46.2%，两年提高14.7个百分点: how long it took is no figure of the comparison.
    group = [
        claim
        for claim in group
        if claim.quantity.unit.name != "年"
        or not (1900 <= claim.quantity.value <= 2100 or (not claim.lead and claim.quantity.han))
    ]
    gaps = []
    for claim in group:
        gaps.append(text[max(end, claim.at.start - _LONGEST_GAP) : claim.at.start])
        end = claim.at.end
    units = [claim.quantity.unit for claim in group]
    for index in range(len(group) - 2, -1, -1):
        following = units[index + 1]
        short = units[index] is NO_UNIT or (units[index].name == "个" and following.kind == "point")
        if short and following is not NO_UNIT and gaps[index + 1] in JOINS:
            units[index] = following
    return map(Figure, group, units, gaps)
