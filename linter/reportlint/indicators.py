"""Indicators and the values a text gives them.

Which indicators there are is data that comes with the rules or from the user (:mod:`~reportlint.catalogue`); here is how a
figure is bound to the indicator it is the value of. Binding goes by clause structure: between the name and its figure stand
only words that lead from one to the other (平均浓度为, 同比下降5%，达到); where anything else stands, the figure is left unbound.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence, Set
from decimal import Decimal

from reportlint.catalogue import Catalogue, Indicator
from reportlint.claims import CHANGES, Claim, Role
from reportlint.numbers import Quantity
from reportlint.patterns import compiled
from reportlint.phrase import clause_start
from reportlint.record import NamedTuple
from reportlint.span import Span
from reportlint.units import NO_UNIT, Unit


class IndicatorValue(NamedTuple):
    """A figure that is the value of an indicator.

    ``name`` is where the indicator is named; ``claim`` the figure with what the sentence says of it. ``inherited`` marks a
    figure that takes its unit from the end of its list (分别为35、62微克/立方米), ``base`` one of an earlier period, ``target`` one to
    be reached. ``words`` are those of the sentence so far, for rules that must know what kind of mean it is.
    """

    indicator: Indicator
    name: Span
    claim: Claim
    unit: Unit
    words: str
    inherited: bool = False

    @property
    def quantity(self) -> Quantity:
        """The figure as printed."""
        return self.claim.quantity

    @property
    def base(self) -> bool:
        """Whether the figure is that of an earlier period."""
        return self.claim.role is Role.BASE

    @property
    def target(self) -> bool:
        """Whether the figure is to be reached, or limits what may be."""
        return self.claim.planned

    @property
    def canonical(self) -> Decimal | None:
        """The value in the indicator's own unit, or ``None`` where its unit does not convert to that."""
        own = self.indicator.unit
        if self.unit.name == own.name or (own.kind == "count" and self.unit.name in self.indicator.units):
            return self.quantity.value
        if {self.unit.name, own.name} == {"%", "‰"}:
            return self.quantity.value * (10 if own.name == "‰" else Decimal("0.1"))
        if self.unit.kind == own.kind and self.unit.base == own.base and self.unit.factor and own.factor:
            return self.quantity.value * self.unit.factor / own.factor
        return None


#: Kinds of unit that an indicator's figure may have, right or wrong; 个, 家 and 天 count other things.
_MEASURED = frozenset({"concentration", "deposition", "percent", "noise", "area", "none", "other"})
#: Kinds that are printed for one another by a character left out: 4万米 for 4万立方米.
_CONFUSED = {"volume": frozenset({"volume", "mass", "flow", "length"})}
#: A name that says itself that its figure is a change: 地区生产总值增长6.2%.
_GROWTH = compiled(r"(?:增长|上涨|增速|涨幅)$")
#: 提高到每人每月786元: the level reached, not the change.
_RAISED_TO = compiled(r"(?:提高|提升|增加|上调|调整|下降|降低|上升|降|增)[到至为](?=每)")
#: What leads from a name to its figure. No piece is made of others, or there would be many ways to read one lead.
_LEADS = compiled(
    r"(?:[六6]项(?:主要)?(?:污染物|指标)|日?最大|滑动|(?:年|月|季)(?:度)?(?:平均|评价)|评价|仅|只|第?9[05](?:百)?分位(?:数(?!值))?|24小时|8小时|日均|年均|月均|平均|累计|综合|实时|质量|浓度|数值|指标|指数|水平|比例|比率|值|整体|总体|全部|"
    r"同比|环比|较?(?:上一?年度?|去年|上月)(?:同期)?|相比|分别|依次|均|都|也|又|已|仍|再|约|近|超过|超|逾|不足|高达|达|为|是|在|于|到|至|由|从|保持|维持|稳定|控制|始终|连续|基本|大幅|明显|小幅|持续|"
    r"下降|降低|降|减少|上升|升高|升|提高|提升|提前|增长|增加|改善|反弹|回升|回落|优化|恶化|幅度|了|的|地|不低于|不高于|不超过|不少于|力争|确保|目标|要求|预计|计划|完成|实现|介于|昼间|夜间|全市|全县|全区|全省|我市|我县|我区|城区|"
    r"上半年|下半年|全年|今年|以来|[一二三四]季度|前三季度|其中|以上|以下|左右|（[^（）\d]{1,12}）|[（：:，、。\s]){0,40}"
)
#: A base without a subject of its own.
_COMPARES = compiled(r"(?:，|（|而)?(?:同比|较|比|与|和|低于|高于|优于|上年|去年|同期|年初|前年|20\d\d年)")
_DESCRIBES = compiled(r"(?:8|24)小时|[六6]项(?=主要|污染物|指标)|(?:[5-9]\d)?百?分位|[5-9]\d百分位")
#: What joins names, or figures, into a list.
_JOINS = compiled(r"(?:平均)?(?:浓度|均值|比例)?(?:、|和|及|与|以及)[一-龥A-Za-z]{0,10}")
_LIST = frozenset(("、", "和", "及", "与", "以及"))
_LONGEST_JOIN = max(map(len, _LIST))
#: What joins the ends of a range: 6.9至17.6.
_RANGE = compiled(r"至|到|[—–~～-]{1,2}")
_ALIGNED = compiled(r"分别|依次")
_LONGEST_LEAD = 40
_WORDS = 120


def indicator_values(
    text: str, catalogue: Catalogue, claims: Sequence[Claim], grams: Set[str]
) -> Iterator[IndicatorValue]:
    """The values that the reading ``text`` gives to indicators of ``catalogue``, in order.

    Figures that count things or money are nobody's value unless an indicator is given in their kind of unit; then they are looked at by
    themselves.
    """
    names = catalogue.names(text, grams)
    yield from sorted(
        (
            value
            for kind in {indicator.unit.kind for _, indicator in names} | {""}
            if kind not in _MEASURED
            for value in _values(
                text,
                [
                    item
                    for item in names
                    if (item[1].unit.kind == kind or (not kind and item[1].unit.kind in _MEASURED))
                ],
                [claim for claim in claims if claim.quantity.kind in _CONFUSED.get(kind, (kind,))] if kind else claims,
            )
        ),
        key=lambda value: value.claim.at.start,
    )


def _values(text: str, names: Sequence[tuple[Span, Indicator]], claims: Sequence[Claim]) -> Iterator[IndicatorValue]:
    """The values that ``claims`` are of indicators that ``names`` name."""
    starts = [name.end for name, _ in names]
    index = 0
    latest: IndicatorValue | None = None
    while index < len(claims):
        claim = claims[index]
        named = bisect_right(starts, claim.at.start) - 1
        if latest is None and (named < 0 or claim.at.start - starts[named] > 2 * _LONGEST_LEAD):
            index += 1  # far from any name
            continue
        size = _run(text, claims, index)
        bound: list[IndicatorValue] = []
        if named >= 0 and _leads(text, starts[named], claims, index):
            bound = list(_bind(text, _named_before(text, names, named), claims[index : index + size]))
        if not bound and latest and latest.name == names[named][0] and _is_its_base(text, latest, claim):
            bound = list(_bind(text, names[named : named + 1], [claim]))
        if bound:
            yield from bound
            if other := _other_end(text, bound[-1], claims, index + size):
                yield other
            latest = bound[-1]
        elif claim.role not in CHANGES:
            latest = None  # 亩产412公斤，总产量39.8万吨，比上年的39.2万吨: the base is that of another figure
        index += size


def _other_end(text: str, first: IndicatorValue, claims: Sequence[Claim], index: int) -> IndicatorValue | None:
    """The value at the other end of a range that ``first`` begins: 在6.9至17.6之间."""
    if index >= len(claims) or claims[index].quantity.kind != first.unit.kind:
        return None
    claim = claims[index]
    if not (first.quantity.ranged and claim.quantity.ranged):
        return None
    if _RANGE.fullmatch(text, first.claim.at.end, claim.at.start) is None:
        return None
    return IndicatorValue(first.indicator, first.name, claim, claim.quantity.unit, first.words, first.inherited)


def _is_its_base(text: str, latest: IndicatorValue, claim: Claim) -> bool:
    """Whether ``claim`` is what ``latest`` is compared with: 36微克/立方米，较上年同期的39微克/立方米下降7.7%."""
    return (
        claim.role is Role.BASE
        and _COMPARES.match(claim.lead) is not None
        and claim.sentence == latest.claim.sentence
        and claim.at.start - latest.claim.at.end <= _LONGEST_LEAD
    )


def _run(text: str, claims: Sequence[Claim], index: int) -> int:
    """How many claims from ``index`` on form a list of figures: 35、62微克/立方米."""
    end = index + 1
    while (
        end < len(claims)
        and claims[end].at.start - claims[end - 1].at.end <= _LONGEST_JOIN
        and text[claims[end - 1].at.end : claims[end].at.start] in _LIST
        and claims[end].quantity.kind in _MEASURED
    ):
        end += 1
    return end - index


def _named_before(text: str, names: Sequence[tuple[Span, Indicator]], last: int) -> Sequence[tuple[Span, Indicator]]:
    """The list of names that ends with name ``last``: PM2.5、PM10."""
    first = last
    while first > 0 and _JOINS.fullmatch(text, names[first - 1][0].end, names[first][0].start):
        first -= 1
    return names[first : last + 1]


def _leads(text: str, at: int, claims: Sequence[Claim], index: int) -> bool:
    """Whether nothing but leading words stands between a name that ends at ``at`` and claim ``index``; changes and bases are passed over."""
    end = claims[index].at.start
    if end - at > 2 * _LONGEST_LEAD:
        return False
    pieces = []
    while index > 0 and claims[index - 1].at.start >= at:
        index -= 1
        before = claims[index]
        if not (before.role in CHANGES or before.role is Role.BASE or _part_of_lead(text, before)):
            return False
        if not _part_of_lead(text, before):
            pieces.append(text[before.at.end : end])
            end = before.at.start
    pieces.append(text[at:end])
    return sum(map(len, pieces)) <= _LONGEST_LEAD and all(_LEADS.fullmatch(piece) for piece in pieces)


def _part_of_lead(text: str, claim: Claim) -> bool:
    """8小时 and 95百分位 describe the mean and are no figures of their own."""
    return _DESCRIBES.match(text, claim.at.start) is not None


def _bind(text: str, group: Sequence[tuple[Span, Indicator]], run: Sequence[Claim]) -> Iterator[IndicatorValue]:
    """Names and figures in pairs: in order where there are as many of one as of the other, all figures to a single name."""
    if (
        run[0].role in CHANGES
        and not _GROWTH.search(text, group[-1][0].start, group[-1][0].end)
        and not _RAISED_TO.search(run[0].lead)
    ):
        return  # 分别下降19.4%、14.9%: what is said of the first holds for all
    last = run[-1].quantity.unit
    pairs: list[tuple[tuple[Span, Indicator], Claim]] = []
    if len(run) == 1:
        pairs = [(group[-1], run[0])]
    elif len(run) == 2 and len(group) == 1 and text.startswith("之间", run[-1].at.end):
        pairs = [(group[-1], claim) for claim in run]  # 介于6.8与7.8之间
    elif len(group) == len(run):
        pairs = list(zip(group, run, strict=True))
    elif len({indicator.name for _, indicator in group}) == 1 and _ALIGNED.search(
        text, group[-1][0].end, run[0].at.start
    ):
        pairs = [(group[-1], claim) for claim in run]
    for (name, indicator), claim in pairs:
        inherited = claim.quantity.unit is NO_UNIT and claim is not run[-1] and indicator.unit is not NO_UNIT
        unit = last if inherited else claim.quantity.unit
        if claim.quantity.ordinal or unit.kind not in _kinds(indicator) or _part_of_lead(text, claim):
            continue
        if (unit.kind == "none") != (indicator.unit.kind == "none") and unit.kind == "none":
            continue
        words = _words(text, name, claim)
        if not indicator.context or _in_context(text, name, indicator, words):
            yield IndicatorValue(indicator, name, claim, unit, words, inherited)


#: What may open the clause of a name without saying what it is of.
_OPENING = compiled(r"(?:全[市县区省州镇乡村]|平均|预计|实收|测产|经|实测|其中|、|和|\s){0,8}")


def _in_context(text: str, name: Span, indicator: Indicator, words: str) -> bool:
    """Whether a word of the indicator's context stands in the clause of its name, or before it where the clause says nothing itself."""
    clause = text[clause_start(text, name.start, "，；。：\n（") : name.start]
    return any(word in (words if _OPENING.fullmatch(clause) else clause) for word in indicator.context)


def _kinds(indicator: Indicator) -> frozenset[str]:
    """The kinds of unit that a figure of ``indicator`` may be printed with, right or wrong."""
    return _MEASURED | {indicator.unit.kind} | _CONFUSED.get(indicator.unit.kind, frozenset())


#: No list of values behind one name is longer, in characters.
_FARTHEST = 2_000


def _words(text: str, name: Span, claim: Claim) -> str:
    """The words from the beginning of the sentence, if that is not far, to just behind the figure."""
    far = max(0, name.start - _WORDS)
    start = max(text.rfind(mark, far, name.start) for mark in "。\n")
    return text[max(start + 1, far) : min(claim.at.end + 12, name.end + _FARTHEST)]
