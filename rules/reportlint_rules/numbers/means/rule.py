"""NM116: means outside their own range, and means that their total and number contradict."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from reportlint.analysis import Analysis
from reportlint.claims import CHANGES, Claim, Role
from reportlint.day import date
from reportlint.finding import Abstained, Checked, Finding, Message, Outcome, Related, Severity
from reportlint.numbers import Bound, Quantity, same_unit
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint.rule import rule
from reportlint.span import Span
from reportlint.subject import SIGHT, areas, last_area
from reportlint.timing import SOME_YEAR, Timing, timing
from reportlint.units import NO_UNIT
from reportlint_rules.numbers.figures import show
from reportlint_rules.numbers.means.per import MU, PER, SAME, SCALES, YIELD
from reportlint_rules.numbers.nearly import slip_between

_HIGHEST = compiled(r"最(?:[高大长快][一-龥（）]{0,6}|多(?:的|为|达)[一-龥（）]{0,6})$")
_LOWEST = compiled(r"最(?:[低小短慢][一-龥（）]{0,6}|少(?:的|为|仅)[一-龥（）]{0,6})$")
_EXTREME = compiled(r"最[高大长多快低小短少慢]")
#: 最高日门诊量、最低日, and the mean of a day.
_OF_A_DAY = compiled(r"最[高低大小多少][一-龥]{0,2}?(?:单)?日")
_MEAN = compiled(r"(?:平均|均值|年均|月均值?|总体均)[一-龥A-Za-z0-9.（）]{0,10}$")
_RANGE = compiled(r"(?:范围|区间|介于|分布)(?:为|在|是)?$")
#: 为6.9～8.1，均值7.6: the mean of what a span was just given of.
_BARE_MEAN = compiled(r"(?:平均(?:值|浓度)?|均值)(?:约?为|是)?")
_BETWEEN = compiled(r"(?:至|到|—|-|–|~)")
#: What is told by its unit: 36.04/10万, 人/平方公里, 平均时速, 每15户配一名.
_QUOTIENTS = compiled(
    r"[率度](?:约?为|达到?了?|是|：)?\d[\d.]*万?(?:[人公米辆户个家张里]{0,2}/|‰)|万[车人][一-龥]{2,4}率|平均(?:时|车|行|航|运|速)|每\d{1,4}[户人名亩家个][一-龥]{0,6}[一1两2]名"
)
_PARTLY = compiled(r"多数|部分|主要|大多|一般|个别|左右|集中在|近[三五]年")
_FILLER = compiled(r"平均|拥有|配备|约|近|超过|超|逾|达到?|为|是|仅|只有|只|有|了|的|可|实现|达|，|、|：")
#: What stands in for them where nothing counts the thing itself: 963人次，人均; 处罚决定书73份，平均每件.
_INSTEAD = {"人": ("人次",), "件": ("份",), "案": ("份",), "家": ("家次",), "户": ("户次",)}
#: Means of time or of two things at once (每人每月), prices and standards: their total is another.
_OTHER = compiled(
    r"每[^，。；]{0,4}每|[月年日周]人均|标准|可支配|收入|增收|GDP|地区生产总值|单价|均价|工资|薪|提高|增加|下降|减少|不少于|不低于"
)
#: 人均每月, 每人每年: for how long.
_SPELL = compiled(r"(?:[人户]均|每[人名户])每?个?[月年]")
#: 均价, 单价: so much each, whatever follows the figure.
_PRICE = frozenset("价租费")
_MEAN_WORD = compiled(r"平均|约|不少于|不超过|以上|至少|标准")
_MONTHLY = compiled(r"月均|每个?月")
_DAILY = compiled(r"日均|天均|每[天日]")
_PEOPLE = compiled(r"人口|户籍|常住|居民")
_STANDING_IN = frozenset(unit for units in _INSTEAD.values() for unit in units)


def _plain(claim: Claim) -> bool:
    quantity = claim.quantity
    return (
        not (quantity.ordinal or quantity.quoted or quantity.ranged)
        and claim.role not in CHANGES
        and claim.role is not Role.BASE
        and quantity.value > 0
    )


@rule(
    "NM116",
    "mean-outside-range",
    severity=Severity.WARNING,
    triggers=("均", "每", "单价", "亩产", "单产", "密度", "/10万", "/十万", "‰", "万车", "万人"),
    bad=(
        "参保率最高为98.2%，最低为92.4%，平均为⟦99.1%⟧。",
        "投入1200万元改造薄弱学校40所，平均每所投入⟦35万元⟧。",
        "2023年接报警情48910起，日均接报⟦184起⟧。",
    ),
    good=(
        "参保率最高为98.2%，最低为92.4%，平均为96.1%。",
        "投入1200万元改造薄弱学校40所，平均每所投入30万元。",
        "3个县PM2.5浓度在24至29微克/立方米之间，中心城区为35微克/立方米，全市平均浓度为31微克/立方米。",
        "走访慰问困难群众94户，发放慰问金9.4万元，户均1000元。",
        "全市收入最高的县为21480元，最低的为16320元，全省平均为22150元。",
    ),
)
def mean_outside_range(analysis: Analysis) -> Iterator[Outcome]:
    """平均数不可能。

    平均数一定在最低与最高之间；“平均每所投入”等于总投入除以所数，“日均”等于总数除以这段时间的天数。总数、个数、平均数都印在一句里，一除就知道。

    平均数的范围比最高最低的范围大（全省平均）、区间只是多数、另有单位不在区间里的不核对；总数、个数认不准的，人均收入、每人每月一类另有来源的不核对。
    约数按约数的宽窄来比。
    """
    previous: list[Sequence[Claim]] = []  # the sentences of the paragraph, the latest first
    for group in analysis.by_sentence:
        if previous and previous[0][0].paragraph != group[0].paragraph:
            previous = []
        yield from _within_range(analysis, group)
        for index, claim in enumerate(group):
            if "均" in claim.lead or "每" in claim.lead or "单价" in claim.lead or "产" in claim.lead:
                yield from _of_total(analysis, group, index, previous)
                if PER.search(claim.lead) or not _PRICE.isdisjoint(claim.lead) or YIELD.search(claim.lead):
                    from reportlint_rules.numbers.means.products import products

                    yield from products(group, index)
                if ("月" in claim.lead or "年" in claim.lead) and _SPELL.search(claim.lead):
                    from reportlint_rules.numbers.means.monthly import monthly

                    yield from monthly(group, index)
        previous = [group, *previous[:_SENTENCES_BACK]]
    if analysis.holds(_QUOTIENTS):
        from reportlint_rules.numbers.means.densities import densities, posts, speeds

        yield from densities(analysis)
        yield from speeds(analysis)
        yield from posts(analysis)


def _within_range(analysis: Analysis, group: Sequence[Claim]) -> Iterator[Outcome]:
    """A mean between the least and the greatest of what it is the mean of."""
    for index, mean in enumerate(group):
        if (
            "均" not in mean.lead
            or not (_MEAN.search(mean.lead) or _DAILY.match(mean.lead))
            or (
                (per := PER.search(mean.lead))
                and not (per["yield"] or per["year"])
                and not _daily_beside_extremes(analysis, group, mean)
            )
            or not _plain(mean)
            or mean.quantity.bound is not Bound.EXACT
        ):
            continue
        yield from _in_span(analysis, group, index)
        yield from _of_listed(analysis, group, index)
        ends = _ends(analysis, group, mean)
        if ends is None:
            continue
        low, high = ends
        area = last_area(analysis, Span(mean.at.start - len(mean.lead), mean.at.start))
        start = max(analysis.sentences[mean.sentence].at.start, mean.at.start - SIGHT)
        if area and area not in areas(analysis, Span(start, min(low.at.start, high.at.start))):
            yield Abstained(mean.quantity.span, "平均数与最高、最低值的范围不同")
            continue
        yield Checked(mean.quantity.span)
        if _above(mean.quantity, high.quantity) or _above(low.quantity, mean.quantity):
            yield _outside(mean, low, high)


def _daily_beside_extremes(analysis: Analysis, group: Sequence[Claim], mean: Claim) -> bool:
    """Whether the mean of a day stands beside the greatest and the least of one: 最高日3268人次、最低日1124人次，日均2586人次."""
    ends = _ends(analysis, group, mean)
    return _DAILY.match(mean.lead) is not None and ends is not None and all(_OF_A_DAY.search(end.lead) for end in ends)


def _in_span(analysis: Analysis, group: Sequence[Claim], index: int) -> Iterator[Outcome]:
    """浓度在0.04—0.09mg/L之间，平均0.12mg/L: the span printed as one figure."""
    text = analysis.reading.text
    mean = group[index]
    first_near = index
    while first_near > 0 and mean.clause - group[first_near - 1].clause <= 2:
        first_near -= 1
    near = group[max(0, first_near - 1) : index]
    for first, claim in zip(near, near[1:], strict=False):
        low, high = first.quantity, claim.quantity
        if first.quantity.unit is not NO_UNIT or claim is mean or mean.clause - claim.clause not in (1, 2):
            continue
        said = (
            text.startswith(("之间", "不等"), claim.at.end)
            or _RANGE.search(first.lead)
            or (first.quantity.ranged and mean.clause - claim.clause == 1 and _BARE_MEAN.fullmatch(mean.lead))
        )
        span = _BETWEEN.fullmatch(text[first.at.end : claim.at.start]) and low.value < high.value
        if not (said and span and same_unit(high, mean.quantity)) or _PARTLY.search(first.lead + claim.trail):
            continue
        area = last_area(analysis, Span(mean.at.start - len(mean.lead), mean.at.start))
        opening = analysis.sentences[mean.sentence].at.start
        if area and area not in areas(analysis, Span(max(opening, first.at.start - SIGHT), first.at.start)):
            continue
        yield Checked(mean.quantity.span)
        if _above(mean.quantity, high) or _above(low, mean.quantity):
            yield _outside(mean, first, claim)


#: Between the values of a list.
_NEXT = compiled(r"、|，|和|及")
_IN_TURN = compiled(r"依次|分别")
#: No mean is of a longer list.
_MOST_LISTED = 100


def _of_listed(analysis: Analysis, group: Sequence[Claim], index: int) -> Iterator[Outcome]:
    """四个季度得分依次为86.2分、87.9分、88.4分、90.1分，全年平均: the values one by one, and their mean."""
    text = analysis.reading.text
    mean = group[index]
    run: list[Claim] = []
    for place in range(index - 1, -1, -1):
        claim = group[place]
        if not same_unit(claim.quantity, mean.quantity) or not _plain(claim):
            break
        if run and not _NEXT.fullmatch(text[claim.at.end : run[0].at.start]):
            break
        if len(run) == _MOST_LISTED:
            return
        run.insert(0, claim)
    if len(run) < 3 or not _IN_TURN.search(run[0].lead) or mean.clause - run[-1].clause != 1:
        return
    low = min(run, key=lambda claim: claim.quantity.value)
    high = max(run, key=lambda claim: claim.quantity.value)
    yield Checked(mean.quantity.span)
    if _above(mean.quantity, high.quantity) or _above(low.quantity, mean.quantity):
        yield _outside(mean, low, high)


def _ends(analysis: Analysis, group: Sequence[Claim], mean: Claim) -> tuple[Claim, Claim] | None:
    """The least and the greatest value beside a mean, where nothing else of their unit is in the sentence."""
    same = [
        claim
        for claim in group
        if claim is not mean
        and same_unit(claim.quantity, mean.quantity)
        and (_EXTREME.search(claim.lead) or (claim.role not in CHANGES and claim.role is not Role.BASE))
    ]
    if len(same) != 2:
        return None
    one, other = same
    text = analysis.reading.text
    if _PARTLY.search(text, analysis.sentences[mean.sentence].at.start, max(other.at.end, mean.at.end)):
        return None
    if _HIGHEST.search(one.lead) and _LOWEST.search(other.lead):
        return other, one
    if _LOWEST.search(one.lead) and _HIGHEST.search(other.lead):
        return one, other
    between = _BETWEEN.fullmatch(text[one.at.end : other.at.start]) and (
        text.startswith(("之间", "不等"), other.at.end) or _RANGE.search(one.lead)
    )
    return (one, other) if between and one.quantity.value < other.quantity.value else None


def _above(one: Quantity, other: Quantity) -> bool:
    """Whether ``one`` is surely greater than ``other``."""
    return one.low is not None and other.high is not None and one.low > other.high


def _outside(mean: Claim, low: Claim, high: Claim) -> Finding:
    return Finding(
        mean.quantity.span,
        Message(
            f"平均数 {mean.quantity.text} 不在最低 {low.quantity.text} 与最高 {high.quantity.text} 之间，请核对",
            f"the mean {mean.quantity.text} lies outside {low.quantity.text} to {high.quantity.text}",
        ),
        (Related(low.quantity.span, "最低"), Related(high.quantity.span, "最高")),
    )


class Divisor(NamedTuple):
    """What a total is divided by: how many at least and at most, as printed or as the calendar says."""

    low: Decimal
    high: Decimal
    value: Decimal
    text: str
    claim: Claim | None = None


_CROP = compiled(r"夏粮|秋粮|早稻|中稻|晚稻|小麦|玉米|水稻|大豆|油菜|油料|棉花|蔬菜|花生|薯类|粮食")


def _one_crop(total: Claim, area: Claim) -> bool:
    """Whether the harvest may be that of the field: 夏粮总产 is none of 粮食播种面积."""
    if area.quantity.kind != "area":
        return True
    crops, grown = set(_CROP.findall(total.lead)), set(_CROP.findall(area.lead))
    return not crops or not grown or not crops.isdisjoint(grown)


def _of_total(
    analysis: Analysis, group: Sequence[Claim], index: int, previous: Sequence[Sequence[Claim]]
) -> Iterator[Outcome]:
    """A mean per unit against its total and its number; the sentence before may have told the number."""
    mean = group[index]
    match = next(reversed(list(PER.finditer(mean.lead))), None)
    if match is None or not _plain(mean) or mean.planned or mean.subset or _OTHER.search(mean.lead):
        return
    words = _FILLER.sub("", mean.lead[match.end() :])
    before = [claim for claim in group[:index] if _plain(claim) and not claim.subset and mean.beat - claim.beat <= 4]
    divisors = list(_divisors(analysis, before, mean, match, words))
    if not divisors and index + 1 < len(group) and group[index + 1].depth == mean.depth + 1:
        # 法官人均结案317件（员额法官38名）: the number in a bracket right behind
        told = group[index + 1]
        divisors = list(_divisors(analysis, [told], mean, match, words)) if told.clause - mean.clause == 1 else []
    if not divisors:
        earlier = (
            _told_before(analysis, sentence, mean, match, words, near=not place)
            for place, sentence in enumerate(previous)
        )
        divisors = next(filter(None, earlier), [])
    named = [
        each for each in divisors if each.claim is not None and words[:2] and each.claim.trail.startswith(words[:2])
    ]
    divisors = named or divisors
    counted = {each.claim.at for each in named if each.claim is not None}
    if match["each"] == "个" and len(divisors) == 1 and divisors[0].claim is not None:
        only = divisors[0].claim
        words = _own_words(words, only.trail[:6] + "，" + only.lead[-4:])
    alone = sum(claim.quantity.kind == "count" for claim in before) <= 1  # else the money is for several things
    totals = [
        claim
        for claim in before
        if (_is_total(claim, mean, words, match) or (alone and _is_cost(claim, mean, words)))
        and claim.at not in counted
    ]
    pairs = [
        (total, divisor)
        for total in totals
        for divisor in divisors
        if divisor.claim is not total and (divisor.claim is None or _one_crop(total, divisor.claim))
    ]
    if not pairs:
        return
    if len(pairs) > 1 and not any(_fits(total.quantity, divisor, mean.quantity, match) for total, divisor in pairs):
        # 授权312件，转化48件，转化金额2640万元，平均每件: the number that shares a word with the total
        pairs = [pair for pair in pairs if _shares_deed(*pair)] or pairs
    if any(_fits(total.quantity, divisor, mean.quantity, match) for total, divisor in pairs) or any(
        _fits(total.quantity, _together(divisors), mean.quantity, match) for total in totals if len(divisors) > 1
    ):
        yield Checked(mean.quantity.span)
        return
    slipped = [pair for pair in pairs if _slipped(pair[0].quantity, pair[1], mean.quantity, match)]
    pairs = slipped if len(slipped) == 1 else pairs
    number = pairs[0][1].claim
    own = SAME.get(match["each"] or match["head"] or "", ())
    instead = number is not None and number.quantity.unit.name in _STANDING_IN.difference(own)
    if len(pairs) > 1 or (instead and not slipped) or _far(pairs[0][0].quantity, pairs[0][1], mean.quantity, match):
        yield Abstained(mean.quantity.span, "没有认准平均数的总数和个数")
        return
    yield Checked(mean.quantity.span)
    yield _not_total(mean, *pairs[0], match)


def _divisors(
    analysis: Analysis, before: Sequence[Claim], mean: Claim, match: re.Match[str], words: str
) -> Iterator[Divisor]:
    """The numbers that the mean may be per, among the figures before it."""
    if match["day"] or match["each"] in ("天", "日"):
        counted = [claim for claim in before if claim.quantity.unit.name in _DAYS]
        yield from map(_divisor, counted)
        if not counted:
            yield from _days(analysis, mean)
        return
    if match["month"] or match["monthly"]:
        when = timing(analysis, mean)
        if when is not None and _is_of(analysis, when):
            months = round(when.period.days / 30.4)
            if 2 <= months <= 12:
                yield Divisor(Decimal(months), Decimal(months), Decimal(months), f"{months}个月")
        return
    if match["year"]:
        counted = [
            claim for claim in before if claim.quantity.unit.name == "年" and claim.quantity.value <= _MOST_YEARS
        ]
        yield from map(_divisor, counted)
        if not counted:
            yield from _years(analysis, mean)
        return
    name = "亩" if match["yield"] else match["each"] or match["head"]
    scaled_by = match["scale"]
    noun = compiled(r"[一-龥]{0,4}").match(words)
    units = SAME.get(name, (name,))
    if name in _INSTEAD and not any(claim.quantity.unit.name in units for claim in before):
        units = _INSTEAD[name]
    for claim in before:
        of_them = claim.quantity.unit.name == "个" and (
            claim.trail.startswith(name) or (name == "班" and _CLASSES.search(claim.lead) is not None)
        )  # 90个村, 每村; 教学班48个, 每班
        if claim.quantity.unit.name not in units and not of_them:
            continue
        if scaled_by and "人" in units and not _PEOPLE.search(claim.lead + claim.trail[:4]):
            continue
        if name == "个" and not (noun and noun[0] and noun[0][:2] in claim.trail[:6] + "，" + claim.lead[-4:]):
            continue
        yield _divisor(claim)


_CLASSES = compiled(r"班(?:级)?(?:达到?了?|增至|增加到|共有?|有|为)?$")
#: Two years of the calendar are no such number.
_MOST_YEARS = 50
_FULL_YEARS = compiled(r"(?P<first>20\d\d)年?(?:—|-|–|－|～|~|至|到)(?P<last>20\d\d)年(?!\d)")


def _years(analysis: Analysis, mean: Claim) -> Iterator[Divisor]:
    """The years of 2021—2024年, the last such words of the sentence before the mean."""
    start = analysis.sentences[mean.sentence].at.start
    said = list(_FULL_YEARS.finditer(analysis.reading.text, max(start, mean.at.start - SIGHT), mean.at.start))
    if said:
        years = Decimal(int(said[-1]["last"]) - int(said[-1]["first"]) + 1)
        if years > 1:
            yield Divisor(years, years, years, f"{years}年")


_DAYS = frozenset({"天", "个工作日", "工作日", "日"})
#: How many sentences back a mean may look for its number.
_SENTENCES_BACK = 2
#: Units in which so many things are counted that one told a sentence before must share a word with the mean.
_ANYTHING = frozenset({"人", "个", "家", "户", "件", "项", "次", "处", "起", "名"})


def _told_before(
    analysis: Analysis, previous: Sequence[Claim], mean: Claim, match: re.Match[str], words: str, *, near: bool
) -> list[Divisor]:
    """The one number of the sentence before that the mean may be per: 救助儿童486名，…。拨付救助资金729万元，人均救助1.5万元."""
    if match["day"] or match["month"] or match["monthly"] or match["year"] or match["each"] in ("天", "日", "个"):
        return []
    told = [claim for claim in previous if _plain(claim) and not (claim.subset or claim.planned)]
    found = list(_divisors(analysis, told, mean, match, words))
    if len(found) != 1 or found[0].claim is None:
        return []
    number = found[0].claim
    named = len(words) > 1 and words[:2] in number.lead + number.trail[:8]
    return found if (named and near) or number.quantity.counted_in not in _ANYTHING else []


def _together(divisors: Sequence[Divisor]) -> Divisor:
    """All of them as one number: 新建3.2万亩、改造1.5万亩，亩均投入."""
    none = Decimal(0)
    low, high = sum((each.low for each in divisors), none), sum((each.high for each in divisors), none)
    return Divisor(low, high, sum((each.value for each in divisors), none), "＋".join(each.text for each in divisors))


def _shares_deed(total: Claim, divisor: Divisor) -> bool:
    """Whether the words that lead to the total open as those that lead to the number: 转化金额, 转化."""
    return divisor.claim is not None and len(divisor.claim.lead) > 1 and total.lead.startswith(divisor.claim.lead)


def _own_words(words: str, trail: str) -> str:
    """The words of a mean without the name of what it is per: 每个村投入 beside 63个重点村."""
    size = next((size for size in range(min(4, len(words)), 0, -1) if words[:size] in trail), 0)
    return words[size:]


def _divisor(claim: Claim) -> Divisor:
    quantity = claim.quantity
    factor = quantity.unit.factor / MU if quantity.kind == "area" and quantity.unit.factor else Decimal(1)
    low, high = quantity.low or quantity.value, quantity.high or quantity.value
    return Divisor(low * factor, high * factor, quantity.value * factor, quantity.text, claim)


def _is_of(analysis: Analysis, when: Timing) -> bool:
    """Whether a total may be of just that period; 占全年的14.3% only names what a share is of."""
    before = analysis.reading.text[max(0, when.at.start - 1) : when.at.start]
    return when.near and before != "占" and analysis.reading.slice(when.at) not in ("今年", "去年", "本年")


def _days(analysis: Analysis, mean: Claim) -> Iterator[Divisor]:
    """The days of the period that the sentence names."""
    when = timing(analysis, mean)
    if when is None or not _is_of(analysis, when):
        return
    days = when.period.days
    # The year of no name is a leap year: one day less is as likely.
    leap = when.period.start <= date(SOME_YEAR, 2, 29) <= when.period.end
    yield Divisor(Decimal(days - leap), Decimal(days), Decimal(days - leap), f"{days - leap}天")


#: 总投资3780万元，每栋平均造价30万元: what a thing cost, in other words.
_COST = compiled(r"造价|成本|费用|投资|投入")
_SPENT = compiled(r"总投资|总造价|投入|投资|总费用|资金")


def _is_cost(claim: Claim, mean: Claim, words: str) -> bool:
    """Whether the figure is the money that a mean cost is made of."""
    money = claim.quantity.kind == mean.quantity.kind == "money"
    return money and _COST.match(words) is not None and _SPENT.search(claim.lead) is not None


def _is_total(claim: Claim, mean: Claim, words: str, match: re.Match[str]) -> bool:
    """Whether the figure is what the mean was made of: of its unit, and with its words or right before it."""
    one, other = claim.quantity, mean.quantity
    convertible = one.unit.base and one.unit.base == other.unit.base
    convertible = convertible or one.counted_in == other.counted_in + "次"  # 976人次, 平均每批16.3人
    if not (same_unit(one, other) or convertible) or (one.kind == "percent") or PER.search(claim.lead):
        return False
    if match["yield"]:
        return "产" in claim.lead
    said = claim.lead + claim.trail[:8]
    if words == "产量" and one.kind == "mass" and "产" in claim.lead:
        return True  # 总产2.48万吨，亩均产量400公斤
    if len(words) < 2:
        # 日均（按122个工作日）316笔: the bracket makes two clauses of its own.
        return mean.clause - claim.clause - 2 * (mean.lead in ("日均", "月均", "人均")) <= 2 and (
            not words or words in said
        )
    shared = any(words[place : place + 2] in said for place in range(len(words) - 1))
    return shared or (len(words) == 2 and all(character in said for character in words))  # 办结执行案件, 人均办案


def _scale(total: Quantity, mean: Quantity, match: re.Match[str]) -> Decimal:
    """By what a total must be multiplied to be in the mean's unit and scale."""
    factor = Decimal(SCALES[match["scale"] or ""])
    if total.unit.name != mean.unit.name and total.unit.factor and mean.unit.factor:
        factor *= total.unit.factor / mean.unit.factor
    return factor


def _quotient(total: Quantity, divisor: Divisor, mean: Quantity, match: re.Match[str]) -> tuple[Decimal, Decimal]:
    factor = _scale(total, mean, match)
    low, high = total.low or total.value, total.high or total.value
    return low * factor / divisor.high, high * factor / divisor.low


def _fits(total: Quantity, divisor: Divisor, mean: Quantity, match: re.Match[str]) -> bool:
    """Whether the quotient can be printed as the mean: rounded, from any values the figures stand for, or truncated."""
    low, high = _quotient(total, divisor, mean, match)
    if mean.bound is Bound.EXACT:
        point = total.value * _scale(total, mean, match) / divisor.value
        truncated = mean.value <= point < mean.value + mean.step
        return truncated or (high >= mean.value - mean.step / 2 and low <= mean.value + mean.step / 2)
    return (mean.low is None or high >= mean.low) and (mean.high is None or low <= mean.high)


def _far(total: Quantity, divisor: Divisor, mean: Quantity, match: re.Match[str]) -> bool:
    """Whether the quotient is so far off that it is another mean, unless the point or a 万 has slipped."""
    ratio = _ratio(total, divisor, mean, match)
    return not _slipped(total, divisor, mean, match) and not Decimal("0.33") < ratio < Decimal(3)


def _ratio(total: Quantity, divisor: Divisor, mean: Quantity, match: re.Match[str]) -> Decimal:
    low, high = _quotient(total, divisor, mean, match)
    return (low + high) / 2 / mean.value


def _slipped(total: Quantity, divisor: Divisor, mean: Quantity, match: re.Match[str]) -> bool:
    """Whether the quotient is the mean but for the place of its point, a 万 or one slip of the hand."""
    ratio = _ratio(total, divisor, mean, match)
    moved = any(
        abs(ratio / power - 1) < Decimal("0.02")
        for power in (Decimal("1e4"), Decimal("1e-4"), Decimal(10), Decimal("0.1"))
    )
    return moved or slip_between(mean.value, ratio * mean.value, mean.step) is not None


def _not_total(mean: Claim, total: Claim, divisor: Divisor, match: re.Match[str]) -> Finding:
    actual = total.quantity.value * _scale(total.quantity, mean.quantity, match) / divisor.value
    power = {"万": 4, "亿": 8}.get(mean.quantity.magnitude, 0)
    shown = f"{show(actual.scaleb(-power).quantize(Decimal('0.01')))}{mean.quantity.magnitude}{mean.quantity.unit.name}"
    others = [Related(total.quantity.span, "总数")]
    if divisor.claim is not None:
        others.append(Related(divisor.claim.quantity.span, "个数"))
    return Finding(
        mean.quantity.span,
        Message(
            f"{total.quantity.text}÷{divisor.text}＝{shown}，与平均数 {mean.quantity.text} 不符，请核对",
            f"{total.quantity.text} over {divisor.text} is {shown}; the mean is given as {mean.quantity.text}",
        ),
        tuple(others),
    )
