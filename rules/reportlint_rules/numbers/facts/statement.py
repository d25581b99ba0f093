"""What a figure states: everything that must be the same for two figures to be one figure."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from reportlint.analysis import Analysis
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint.span import Span
from reportlint.timing import Timing
from reportlint_rules.values.catalogue import catalogue

#: Kinds of unit of what reports state as facts; times and ranks are said of too many things.
STATED = frozenset(
    {"count", "money", "area", "length", "mass", "volume", "energy", "power", "percent", "concentration", "flow"}
)
#: The shortest noun phrase that names one thing.
SHORTEST = 4
#: A shorter one (行政村) does where the values differ in the order of their digits alone.
_BARELY = 3
#: A noun phrase of so many characters is the same thing wherever it stands in a report.
_AT_LENGTH = 6
#: Verbs and general nouns that name no one thing: any number of figures of these may stand in a report.
_VAGUE = compiled(
    r"(?:发现|存在|排查|整改|解决|办理|受理|检查|抽查|监督|巡查|出动|开展|组织|举办|召开|印发|下发|发放|投入|争取|安排|支持|惠及|带动|涉及|覆盖|服务|培训|参加|参与|新增|新建|建成|改造|建设|各类|各级|专项|重点|相关|有关|全年|…)*"
    r"(?:问题|隐患|企业|单位|项目|资金|人员|人次|群众|干部|活动|会议|文件|次数|场次|线索|案件|事项|任务|措施|意见|建议|材料|资料|车辆|场所|点位|数量|金额|总额|面积|里程|比例|比重|占比|总投资|投资|收入|支出|产量|人数|户数|执法人员|党员|学生|教师)*"
)
#: What areas the report's own is called by; nothing said means it too.
OWN = frozenset({"", "全国", "全省", "全市", "全县", "全区", "全州", "全镇", "全乡", "全村", "全校", "全局"})
#: Two values of one fact differ by a slip, not by a multiple; a slip in the order of digits excepted.
_MULTIPLE = Decimal("1.5")


class Statement(NamedTuple):
    """A figure with everything that must be the same for another figure to state the same fact.

    ``label`` is how the words read; ``value`` and ``step`` are in the unit's base; ``sentence`` is -1 in a table. ``titled``
    figures stand in a title or heading and leave the time to the text.
    """

    noun: str
    label: str
    area: str
    when: Timing | None
    context: str
    span: Span
    text: str
    value: Decimal
    step: Decimal
    sentence: int
    titled: bool = False
    cumulative: bool = False

    @property
    def tabled(self) -> bool:
        """Whether the figure stands in a table."""
        return self.sentence < 0


def canonical(noun: str) -> str:
    """One name for an indicator that goes by several.

    >>> canonical("细颗粒物年均浓度"), canonical("空气质量优良率"), canonical("粮食总产量")
    ('PM2.5', '优良天数比例', '粮食总产量')
    """
    return _known_as(noun) or noun


@lru_cache(maxsize=4096)
def _known_as(noun: str) -> str:
    """What the catalogue calls an indicator; empty where it does not know it."""
    known = catalogue().named(noun)
    return known.name if known is not None else ""


def _catalogued(noun: str) -> bool:
    """Whether ``noun`` is an indicator's own name."""
    return bool(noun) and _known_as(noun) == noun


def names_one_thing(noun: str) -> bool:
    """Whether a noun phrase is full enough that two figures of it must be the same figure."""
    if _catalogued(noun):
        return len(noun) >= SHORTEST or not noun.endswith("率")  # 办结率 and 合格率 are said of everything
    return len(noun) >= _BARELY and _VAGUE.fullmatch(noun) is None


def same(analysis: Analysis, one: Statement, other: Statement) -> bool:
    """Whether two facts of one noun speak of the same thing, place and time, as far as the words say."""
    if len(one.noun) < SHORTEST and not (_catalogued(one.noun) or permuted(one, other)):
        return False
    if one.sentence == other.sentence or one.context != other.context or not _same_area(one, other):
        return False
    if one.when is None or other.when is None:
        if one.cumulative != other.cumulative or one.tabled or other.tabled:
            return False
        told = one.when or other.when
        return told is None or _is_default(analysis, told, titled=one.titled or other.titled)
    return one.when.period == other.when.period and one.when.cutoff == other.when.cutoff


def _same_area(one: Statement, other: Statement) -> bool:
    """Whether both name the same area; a table without one is of the report's own.

    Where neither names one, only what looks like a slip of the hand is sure enough: the order of digits (36.8 and 38.6), or one
    digit (52 and 56) of something named at length.
    """
    if one.tabled or other.tabled:
        return one.area == other.area or {one.area, other.area} <= OWN
    if {one.area, other.area} <= OWN and not (one.area and other.area and one.area != other.area):
        if one.area and one.area == other.area:
            return True
        if (
            one.when is not None
            and other.when is not None
            and one.when.near
            and other.when.near
            and permuted(one, other)
        ):
            return True
        named = _catalogued(one.noun) or len(one.noun) >= _AT_LENGTH
        return (
            named
            and not (one.titled or other.titled)
            and (permuted(one, other) or _one_digit_off(one, other) or slipped(one, other))
        )
    return one.area == other.area


def _is_default(analysis: Analysis, when: Timing, *, titled: bool) -> bool:
    """Whether a period is the one meant where nothing is said: what the title announces, or this year for the title itself."""
    if when.cutoff:
        return False
    start, end = when.period
    if titled and (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return True
    announced = analysis.period
    return announced is not None and announced.results is not None and announced.results == when.period


def agree(one: Statement, other: Statement) -> bool:
    """Whether two figures can be one value: as fine as the coarser is printed, rounded or truncated."""
    gap, coarser = abs(one.value - other.value), max(one.step, other.step)
    return gap == 0 if coarser == 1 else gap < coarser


def comparable(one: Statement, other: Statement) -> bool:
    """Whether the values are near enough to be one value miswritten."""
    low, high = sorted((one.value, other.value))
    return low > 0 and (high / low <= _MULTIPLE or permuted(one, other) or slipped(one, other))


def slipped(one: Statement, other: Statement) -> bool:
    """Whether two figures are the same but for the point, or for 万 and 亿: 36.8亿元 and 36800万元."""
    low, high = sorted((one.value, other.value))
    if low <= 0 or high == low:
        return False
    digits = [str(value.normalize().as_tuple().digits) for value in (low, high)]
    return digits[0] == digits[1] and len(low.normalize().as_tuple().digits) > 1


def _one_digit_off(one: Statement, other: Statement) -> bool:
    """Whether two figures are printed alike but for one digit."""
    return len(one.text) == len(other.text) and sum(a != b for a, b in zip(one.text, other.text, strict=True)) == 1


def permuted(one: Statement, other: Statement) -> bool:
    """Whether two figures are printed with the same digits in another order."""
    digits = [sorted(filter(str.isdigit, fact.text)) for fact in (one, other)]
    return one.text != other.text and digits[0] == digits[1]
