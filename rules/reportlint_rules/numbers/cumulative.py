"""NM115: what was counted over a period against what was counted over part of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from reportlint.analysis import Analysis
from reportlint.claims import CHANGES, Claim, Role
from reportlint.day import date, timedelta
from reportlint.finding import Abstained, Checked, Finding, Message, Outcome, Severity
from reportlint.moment import Period, month_days
from reportlint.numbers import same_unit
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint.rule import rule
from reportlint.span import Span
from reportlint.subject import area_of, lead_of, noun_of
from reportlint.timing import SOME_YEAR, mentions, timing, timing_of
from reportlint_rules.numbers.figures import related, scaled

#: Kinds of unit in which one period's count adds to another's.
_ADDS = frozenset({"count", "money", "area", "length", "mass", "volume", "energy"})
#: What can fall as time goes on, or does not add: balances, stocks, net flows, profits, means, rates.
_NO_SUM = compiled(
    r"净|结余|余额|结存|存款|各项贷款|新增贷款|本外币|差额|顺差|逆差|利润|盈利|亏损|收益|债务|均(?![衡已为有]|等|价值)|率|占|比重|指数|单价|价格|标准|最高|最低|高峰|峰值|在册|在库|在岗|在园|在校|在建|在保|库存|存量|保有|"
    r"现有|实有|常住|户籍|人口|剩余|其余|尚有|还有|仍有|降至|减至|减少到|下降到|压减|监测对象|重点企业|参评|在线|容量|能力|规模(?!以上)|注册资本|市值|(?<!完成)总投资|投资总额|概算|估算|总造价|合同价"
)
_SUMMED = compiled(r"累计|总数|总量|总计|合计|共计|(?<![公中])共(?!产|同|建|享)")
_FRESH = compiled(r"新[一-龥]{1,2}|新$|[当本](?:月|季度?|周|年|旬)|年内|又|再")
_ONE_SPELL = compiled(r"[当本](?:月|季度|周|旬)")
_FLOW = compiled(r"累计|完成|新增|办理|办结|受理|查处|发放|争取|实现|建成|改造|接待|处理|共")
_LIST = compiled(r"、|和|及|以及|，")
_QUARTERS = compiled(
    r"(?<!前)(?P<count>[二两三四2-4])个季度|前(?P<first>[二两三2-3])个季度|(?P<listed>第?[一二三四1-4](?:季度)?(?:(?:、|和|及)第?[一二三四1-4](?:季度)?){1,3}(?<=季度))"
)
_RESPECTIVELY = compiled(r"分别|依次")
_YEARS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "2": 2, "3": 3, "4": 4, "5": 5, "6": 6}
_NUMBER = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
#: A sentence to be checked names two times, or says what is new and what there is in all.
_SEVERAL = compiled(r"[年月季][^。]*?[年月季]|新|本(?:[月周]|季度)|，累计")
#: 加装电梯42部，累计317部: of the same thing, all that there ever were.
_EVER = compiled(r"累计(?:已)?(?:达到?|建成|完成|有|共)?")
#: Words that explain why the figures need not agree.
_REVISED = compiled(
    r"快报|核实|修订|核减|调整后|初步核算|重复|剔除|去重|撤销|退出|注销|[两二三四]个?(?:季度|月|次|批)都"
)
_FAR = Decimal("0.5")


class Sum(NamedTuple):
    """A figure that counts what happened in a period."""

    claim: Claim
    period: Period
    cutoff: bool = False


def least(claim: Claim) -> Decimal:
    """The least that a figure stands for."""
    return claim.quantity.low or claim.quantity.value


def most(claim: Claim) -> Decimal:
    """The most it stands for; a figure cut off behind its last place stands for almost one step more."""
    quantity = claim.quantity
    return quantity.value if quantity.low == quantity.value else quantity.value + quantity.step


def _countable(claim: Claim) -> bool:
    quantity = claim.quantity
    return (
        quantity.kind in _ADDS
        and quantity.exact
        and not (quantity.ordinal or quantity.quoted or claim.planned)
        and claim.role not in CHANGES
        and claim.role not in (Role.BASE, Role.RATE, Role.SHARE, Role.PENDING)
        and quantity.value > 0
    )


def _adds(claim: Claim) -> bool:
    """Whether the figure counts what happened, not what there is or how it stands."""
    return _countable(claim) and _NO_SUM.search(claim.lead + claim.trail[:6]) is None


def sums(analysis: Analysis, group: Sequence[Claim]) -> list[Sum]:
    """The figures of a sentence that add up over time, each with its period."""
    found: list[Sum] = []
    index = 0
    while index < len(group):
        claim = group[index]
        if not _adds(claim):
            index += 1
            continue
        run = _run(analysis, group, index)
        when = timing(analysis, claim)
        periods = _spread(analysis, run[0], len(run)) if len(run) > 1 else None
        if periods is not None:
            found.extend(Sum(each, period) for each, period in zip(run, periods, strict=True))
        elif len(run) == 1 and claim.lead and when is not None and when.near:
            found.append(Sum(claim, when.period, when.cutoff))
        index += len(run)
    return found


def _run(analysis: Analysis, group: Sequence[Claim], index: int) -> list[Claim]:
    """The figures that ``group[index]`` begins a list of: 2.1亿元、3.4亿元和3.8亿元."""
    text, run = analysis.reading.text, [group[index]]
    for claim in group[index + 1 :]:
        between = text[run[-1].at.end : claim.at.start]
        if (
            not _LIST.fullmatch(between)
            or not same_unit(claim.quantity, run[0].quantity)
            or (between == "，" and claim.lead)
        ):
            break
        run.append(claim)
    return run


def _spread(analysis: Analysis, first: Claim, count: int) -> list[Period] | None:
    """The periods that a list of ``count`` figures runs through, where 分别 gives each its own: 一至四季度分别, 1月至3月分别."""
    sentence = analysis.sentences[first.sentence].at
    words = analysis.reading.text[sentence.start : first.at.start]
    if not _RESPECTIVELY.search(words):
        return None
    told = [
        each
        for mention in mentions(analysis, Span(sentence.start, first.at.start))
        if (each := timing_of(analysis, mention))
    ]
    numbers = _quarters(words)
    if len(numbers) == count:
        year = told[-1].period.end.year if told else analysis.period.year if analysis.period else SOME_YEAR
        return [stretch(year, 3 * number - 2, 3 * number) for number in numbers]
    if told and (pieces := _pieces(told[-1].period, count)):
        return pieces
    return [each.period for each in told[-count:]] if len(told) >= count else None


def _quarters(words: str) -> list[int]:
    """The quarters that the words name one by one or count (四个季度)."""
    numbers: list[int] = []
    for match in _QUARTERS.finditer(words):
        if match["listed"]:
            numbers = [_NUMBER[character] for character in match["listed"] if character in _NUMBER]
        else:
            numbers = list(range(1, _NUMBER[match["count"] or match["first"]] + 1))
    return numbers


def _pieces(period: Period, count: int) -> list[Period] | None:
    """The months or quarters of a period of whole months, where there are so many."""
    start, end = period
    months = end.month - start.month + 1
    if start.year != end.year or start.day != 1 or end.day != month_days(end.year, end.month) or months % count:
        return None
    size = months // count
    if size not in (1, 3) or (size == 3 and start.month % 3 != 1):
        return None
    return (
        [stretch(start.year, month, month + size - 1) for month in range(start.month, end.month + 1, size)]
        if count > 1
        else None
    )


def stretch(year: int, first: int, last: int) -> Period:
    """The months from ``first`` to ``last`` of a year."""
    return Period(date(year, first, 1), date(year, last, month_days(year, last)))


def same_matter(analysis: Analysis, part: Claim, whole: Claim, *, named: bool = False) -> bool:
    """Whether two figures count the same thing in the same area.

    A whole that names nothing counts what was counted before it, unless both must be ``named``.
    """
    if not same_unit(part.quantity, whole.quantity):
        return False
    mine, its = (_pairs(noun_of(analysis, each)) for each in (part, whole))
    if not (mine & its) and (named or (mine and its)):
        return False
    areas = [area_of(analysis, each) for each in (part, whole)]
    return areas[0] == areas[1] or not all(areas)


def _pairs(noun: str) -> set[str]:
    return {noun[index : index + 2] for index in range(len(noun) - 1)}


def partition(whole: Sum, parts: Sequence[Sum]) -> list[Sum] | None:
    """The parts that follow each other and fill the period of ``whole``; ``None`` where they leave a gap."""
    at, found = whole.period.start, []
    for part in sorted(parts, key=lambda each: each.period):
        if part.period.start != at:
            continue
        found.append(part)
        if part.period.end == whole.period.end:
            return found if len(found) > 1 else None
        at = part.period.end + timedelta(days=1)
    return None


@rule(
    "NM115",
    "cumulative-below-period",
    severity=Severity.WARNING,
    bad=(
        "6月当月新增就业0.42万人，1—6月累计新增就业⟦0.39万人⟧。",
        "上半年查处违法案件136件，下半年查处142件，全年共查处⟦268件⟧。",
    ),
    good=(
        "6月当月新增就业0.42万人，1—6月累计新增就业2.39万人。",
        "上半年查处违法案件136件，下半年查处142件，全年共查处278件。",
        "6月PM2.5平均浓度22微克/立方米，1—6月平均浓度35微克/立方米。",
        "5月存款净增加12.6亿元，1—5月净增加9.8亿元。",
        "截至3月底在库监测对象412户，截至6月底365户。",
    ),
)
def cumulative_below_period(analysis: Analysis) -> Iterator[Outcome]:
    """累计数与各期数对不上。

    件数、金额、产量一类的累计数，不会比其中某一个月、某一季还少；几个季度、两个半年印全了，加起来就应当等于全年；截至 6 月底的累计数
    不会比截至 3 月底的少。月报改成季报、半年报时忘了更新累计数，就会这样。

    平均值、比率、增速不累加；结余、存款、净增、利润有正有负；在册、在库、现有是时点数，都不核对。地区不同、事项不同的不比；各期按印出的位数
    当作区间来加。
    """
    for group in analysis.by_sentence:
        if len(group) < 2 or not any(claim.quantity.kind in _ADDS for claim in group):
            continue
        if any(claim.quantity.value < 0 for claim in group):
            continue  # 6月当月-0.3亿元: what is paid back makes the sum smaller
        at = analysis.sentences[group[0].sentence].at
        words = analysis.reading.slice(at)
        if not _SEVERAL.search(words) or _REVISED.search(words):
            continue
        if len(list(mentions(analysis, at))) < 2 and not ("季度" in words or _SUMMED.search(words)):
            continue
        found = sums(analysis, group)
        seen = set()
        for outcome in (
            *_check_wholes(analysis, found),
            *_check_years(analysis, group, found),
            *_check_stock(analysis, group),
            *_check_new(group),
        ):
            if outcome.span not in seen or isinstance(outcome, Finding):
                seen.add(outcome.span)
                yield outcome
    yield from _across_sentences(analysis)


#: A paragraph may tell the periods one sentence each: these words must be there, as far apart as five sentences are long.
_HALVES = compiled(
    r"上半年[^\n]{0,600}下半年|下半年[^\n]{0,600}上半年|一季度[^\n]{0,600}二季度|四季度[^\n]{0,600}三季度"
)
_WINDOW = 5


def _across_sentences(analysis: Analysis) -> Iterator[Outcome]:
    """上半年38次。下半年45次。全年共83次: the parts of a year and the year, a sentence each."""
    if _HALVES.search(analysis.reading.text) is None:
        return
    window: list[list[Claim]] = []
    for group in analysis.by_sentence:
        if window and (
            group[0].paragraph != window[-1][0].paragraph or group[0].sentence != window[-1][0].sentence + 1
        ):
            window = []
        window = [*window[1 - _WINDOW :], group] if len(window) >= _WINDOW else [*window, group]
        if len(window) < 2:
            continue
        found = [each for one in window for each in sums(analysis, one)]
        for whole in found:
            newest = {whole.claim.sentence}
            parts = [
                part
                for part in found
                if part.period != whole.period
                and whole.period.holds(part.period)
                and same_matter(analysis, part.claim, whole.claim, named=True)
            ]
            newest.update(part.claim.sentence for part in parts)
            pieces = partition(whole, parts) if len({part.period for part in parts}) == len(parts) else None
            # Each is checked once, when its last sentence comes; what stands in one sentence has been.
            if pieces is not None and len(newest) > 1 and max(newest) == group[0].sentence:
                yield Checked(whole.claim.quantity.span)
                yield from _check_sum(whole, pieces)


def _check_wholes(analysis: Analysis, found: Sequence[Sum]) -> Iterator[Outcome]:
    for whole in found:
        if whole.claim.subset:
            continue
        parts = [
            part
            for part in found
            if part is not whole
            and part.period != whole.period
            and whole.period.holds(part.period)
            and _comparable(analysis, part, whole)
            and same_matter(analysis, part.claim, whole.claim)
        ]
        if not parts:
            continue
        yield Checked(whole.claim.quantity.span)
        pieces = partition(whole, parts)
        if pieces is not None:
            yield from _check_sum(whole, pieces)
        else:
            largest = max(parts, key=lambda part: part.claim.quantity.value)
            if most(whole.claim) < least(largest.claim):
                yield _below(whole.claim, largest.claim)


#: 两年累计完成, 三年共: what so many years came to.
_YEARS_SUMMED = compiled(
    r"(?P<count>[两二三四五六2-6])(?P<spell>年|个月|个季度)(?:来|间)?(?:累计|合计|共计|总计|总共|(?<![公中])共)"
)


def _check_years(analysis: Analysis, group: Sequence[Claim], found: Sequence[Sum]) -> Iterator[Outcome]:
    """2023年完成4.2万亩，2024年完成5.1万亩，两年累计完成9.3万亩: years one after another, and what they come to."""
    text = analysis.reading.text
    for whole in group:
        start = whole.at.start - len(whole.lead)
        said = (
            _YEARS_SUMMED.search(text, max(0, start - 4), whole.at.start)
            if "计" in whole.lead or "共" in whole.lead
            else None
        )
        if said is None or not _adds(whole):
            continue
        yield from _years_before(analysis, whole, _YEARS[said["count"]], said["spell"], found)


def _years_before(analysis: Analysis, whole: Claim, count: int, spell: str, found: Sequence[Sum]) -> Iterator[Outcome]:
    """So many years, quarters or months right before their sum."""
    months = {"年": 12, "个季度": 3, "个月": 1}[spell]
    years = [
        part
        for part in found
        if part.claim.at.start < whole.at.start
        and part.period
        == stretch(part.period.start.year, part.period.start.month, part.period.start.month + months - 1)
        and same_matter(analysis, part.claim, whole)
    ][-count:]
    follow = all(a.period.end + timedelta(days=1) == b.period.start for a, b in zip(years, years[1:], strict=False))
    if len(years) == count and follow:
        yield Checked(whole.quantity.span)
        yield from _check_sum(Sum(whole, Period(years[0].period.start, years[-1].period.end)), years)


def _comparable(analysis: Analysis, part: Sum, whole: Sum) -> bool:
    """Whether neither is a level at a day: 截至6月底 counts what was done by then only where a word says that it was done."""
    return all(not each.cutoff or _FLOW.search(lead_of(analysis, each.claim)) for each in (part, whole))


def _check_sum(whole: Sum, pieces: Sequence[Sum]) -> Iterator[Outcome]:
    low = sum((least(piece.claim) for piece in pieces), Decimal(0))
    high = sum((piece.claim.quantity.high or piece.claim.quantity.value for piece in pieces), Decimal(0))
    printed = whole.claim.quantity
    if low <= most(whole.claim) and least(whole.claim) <= high:
        return
    total = sum((piece.claim.quantity.value for piece in pieces), Decimal(0))
    if abs(total - printed.value) > total * _FAR:
        yield Abstained(printed.span, "各期之和与累计数相差太远，未必是同一口径")
        return
    terms = "＋".join(piece.claim.quantity.text for piece in pieces)
    shown = f"{terms}＝{scaled(total, printed)}"
    yield Finding(
        printed.span,
        Message(
            f"{shown}，与累计数 {printed.text} 不符，请核对",
            f"{shown}, but the cumulative figure is {printed.text}",
        ),
        related([piece.claim for piece in pieces], "各期"),
    )


def _below(whole: Claim, part: Claim) -> Finding:
    return Finding(
        whole.quantity.span,
        Message(
            f"累计数 {whole.quantity.text} 少于其中一段时间的 {part.quantity.text}，请核对",
            f"the cumulative {whole.quantity.text} is less than the {part.quantity.text} of a part of the period",
        ),
        related([part], "其中一段时间"),
    )


def _is_fresh(fresh: str, summed: str) -> bool:
    """Whether the sum, too, is of what is new: 新增 in both, unless one month's is set against 累计新增."""
    match = _FRESH.search(summed)
    return match is not None and not (match.start() > summed.find("累计") >= 0 and _ONE_SPELL.search(fresh) is not None)


_NEW_OF_IT = compiled(r"(?:其中)?(?:[今当本]年|当期|本期)?新增")


def _check_new(group: Sequence[Claim]) -> Iterator[Outcome]:
    """累计安置1037人，新增187人: what is new is in what there is in all."""
    for whole, new in zip(group, group[1:], strict=False):
        if not whole.lead.startswith("累计") or not _NEW_OF_IT.fullmatch(new.lead) or new.clause - whole.clause != 1:
            continue
        if _adds(whole) and _adds(new) and same_unit(whole.quantity, new.quantity):
            yield Checked(whole.quantity.span)
            if most(whole) < least(new):
                yield _below(whole, new)


def _check_stock(analysis: Analysis, group: Sequence[Claim]) -> Iterator[Outcome]:
    """今年新建24座，累计达到18座: all that was ever built is no less than what was built this year, or this month."""
    counted = [claim for claim in group if _adds(claim)]
    for new, whole in zip(counted, counted[1:], strict=False):
        fresh, summed = lead_of(analysis, new), lead_of(analysis, whole)
        ever = _EVER.fullmatch(whole.lead) and whole.clause - new.clause == 1 and new.lead and "累计" not in fresh
        told = _FRESH.search(fresh) and _SUMMED.search(summed) and not _is_fresh(fresh, summed)
        if whole.subset or not (told or ever):
            continue
        times = timing(analysis, new), timing(analysis, whole)
        if times[0] and times[1] and times[1].at.start > new.at.end and not times[1].period.holds(times[0].period):
            continue
        if same_matter(analysis, new, whole, named=whole.clause - new.clause > 1):
            yield Checked(whole.quantity.span)
            if most(whole) < least(new):
                yield _below(whole, new)
