"""NM103: a rate that its own counts contradict."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal

from reportlint.analysis import Analysis
from reportlint.claims import CHANGES, Claim, Role
from reportlint.finding import Abstained, Checked, Finding, Message, Outcome, Related, Severity
from reportlint.numbers import Quantity, same_unit
from reportlint.patterns import compiled
from reportlint.rule import rule
from reportlint.span import Span
from reportlint_rules.numbers.figures import HUNDRED, fits_rate, show
from reportlint_rules.numbers.nearly import nearly_rate, share_of_told
from reportlint_rules.numbers.rates.grades import graded_rate
from reportlint_rules.numbers.rates.named_rates import named_rate
from reportlint_rules.numbers.rates.rate_counts import pair_by_deed, pair_by_object, part_and_whole
from reportlint_rules.numbers.rates.rate_wholes import (
    among_named,
    around_rate,
    counted_elsewhere,
    of_same,
    of_total,
    shared_whole,
    turned_round,
    whole_behind,
)
from reportlint_rules.numbers.rates.rate_words import (
    ACTUAL,
    BARE,
    BARE_SHARE,
    NAMED,
    OF_DONE,
    OF_PLAN,
    TAKEN_OF,
    THINGS_OF,
    counts_of,
    is_to_do,
)
from reportlint_rules.numbers.rates.remainders import left_out, remainder_of
from reportlint_rules.numbers.rates.shares_by_name import by_names, is_named_otherwise
from reportlint_rules.numbers.rates.wrong_wholes import of_the_rest

_FAR = Decimal(3)
#: How many figures back the part of a plan may have been told.
_FIGURES_BACK = 40
#: How many figures back the whole of a share may have been told by its name.
_CLAIMS_BACK = 200


def _percents(group: Sequence[Claim]) -> Iterator[tuple[int, Claim]]:
    for index, claim in enumerate(group):
        quantity = claim.quantity
        if (
            quantity.kind == "percent"
            and quantity.unit.name == "%"
            and claim.role in (Role.RATE, Role.SHARE, Role.VALUE, Role.NONE, Role.DONE, Role.TOTAL)
            and quantity.exact
            and not quantity.quoted
            and (
                "率" in claim.lead
                or "度" in claim.lead
                or "占" in claim.lead
                or "比例" in claim.lead
                or "比重" in claim.lead
                or (claim.lead.endswith(("面", "面为", "面达", "面达到")) and NAMED.fullmatch(claim.lead))
                or claim.lead in BARE
                or OF_PLAN.fullmatch(claim.lead)
                or (index and THINGS_OF.fullmatch(claim.lead) and group[index - 1].clause == claim.clause)
            )
        ):
            yield index, claim


def _fitting(counts: Sequence[Claim], rate: Claim) -> tuple[Claim, Claim] | None:
    """Any two figures in sight whose ratio the rate can be: then it was bound otherwise than we would."""
    most = 1 if rate.quantity.value <= HUNDRED else 3
    for part in reversed(counts):
        for whole in counts:
            if (
                whole is part
                or whole.quantity.kind != part.quantity.kind
                or part.quantity.value > whole.quantity.value * most
                or not whole.quantity.value
            ):
                continue
            # As it stands first: a target is a narrower number, and few figures fit at all.
            if (
                fits_rate(part.quantity, whole.quantity, rate.quantity)
                and not (_upside_down(part, whole, rate) or is_named_otherwise(part, rate))
                and fits_rate(part.quantity, _as_planned(whole), rate.quantity)
            ):
                return part, whole
    return None


def _upside_down(part: Claim, whole: Claim, rate: Claim) -> bool:
    """Whether the two are the wrong way round: 完成率 is never what was to be done over what was, 占2.8万人的87.5% is no share of another."""
    if (
        rate.lead == "的"
        and part.clause == rate.clause
        and part.at.start < rate.at.start
        and TAKEN_OF.search(part.lead)
    ):
        return True
    done = ACTUAL.search(whole.lead) or whole.role is Role.DONE or OF_DONE.search(rate.lead) or rate.lead == "的"
    return bool(done) and is_to_do(part) and not is_to_do(whole)


def _of_two(group: Sequence[Claim], part: Claim, whole: Claim) -> bool:
    """Whether the part is of two counts side by side, of which ``whole`` is only the second."""
    index = group.index(whole) if whole in group else 0
    first = group[index - 1] if index else None
    return (
        first is not None
        and part.quantity.value > whole.quantity.value
        and first.clause == whole.clause
        and same_unit(first.quantity, part.quantity)
        and part.quantity.value <= first.quantity.value + whole.quantity.value
    )


#: 占有效问卷的81%, 城镇化率: the words tell what the rate is of.
_OTHER = compiled(r"占[一-龥]{3,10}的(?:比[例重]为)?\d|(?:乡村|农村)(?:常住)?人口[^。\n]{0,40}城镇化率")


#: 本科186名（71.5%）、专科16名（6.2%）.
_BRACKETED = compiled(r"（(?:占|占比|约占)?\d[\d.]*%）[、，；和及][^。；（\n]{1,40}（(?:占|占比|约占)?\d")
#: 4.2万公顷，占年度任务6万亩的70%.
_OTHER_UNIT = compiled(r"(?:公顷，[^，。；]{1,20}亩|亩，[^，。；]{1,20}公顷|平方公里，[^，。；]{1,20}公顷)的\d")
#: 按3%预留质保金.
_TAKEN = compiled(
    r"(?:按|扣留|预留|留存|计提|提取|缴存|配套|返还|承担|其中|年利率)[^，。；\d]{0,5}\d[\d.]*%[^。；\d]{0,12}\d"
)
#: 分别占47.1%、43.9%和9%.
_SHARED_OUT = compiled(r"(?:分别|依次|各)(?:约)?(?:占|为|是|达|比)?[^，。；\d]{0,6}\d[\d.]*%")
#: What a rate leaves out, told beside it; a rate of all.
_LEAVES = compiled(
    r"率[^，。；\d]{0,3}\d[^\n]{0,80}(?:超[时期]|逾期|延期|[未不][按及合达通覆安签参入就接建公整办回答完销没])|\d[家个]、[一-龥]{2,12}\d+[家个][^。\n]{0,40}率[^，。；\d]{0,3}100%"
)


@rule(
    "NM103",
    "rate-count-mismatch",
    severity=Severity.WARNING,
    bad=(
        "排查问题47个，已整改44个，整改率为⟦91.6%⟧。",
        "全年受理群众来信156件，办结152件，办结率⟦87.4%⟧。",
    ),
    good=(
        "排查问题47个，已整改44个，整改率为93.6%。",
        "全年受理群众来信156件，办结152件，按期办结率100%。",
        "应参检216家，实际参检204家，参检率94.4%。",
        "抽检食品1200批次，不合格18批次，不合格率1.5%。",
        "抽检食品1200批次，不合格18批次，合格率98.5%。",
        "排查问题47个，已整改44个，整改率达93%以上。",
    ),
)
def rate_count_mismatch(analysis: Analysis) -> Iterator[Outcome]:
    """比率与件数不符。

    前面刚写了总数和完成数，后面的完成率、合格率、办结率应当就是两数之比。四舍五入和去尾都算对；差得多的多半是抄了别处的率。

    “占专任教师的22.3%”写明了是谁的占比，前面写着专任教师 284 人，就不能用教职工总数去除；节约率是预算的，不是成交价的，不捕率也不能用批捕的人数去除。

    比率之外的也核对：4000 件的按时办结率是 98.8%，超时的就是 48 件上下；按期办结率 100%，就不会有超期的。

    一列数后面括号里的占比，只有一个与自己的数不符，就报那一个；“按3%预留质保金”“县级配套20%”按写明的百分数乘。

    率可能另有分母（到期应办数、应参加数），所以附近任何两个数能算出这个率，就不报；“达90%以上”不核对；相差 3 个百分点以上报 error。
    """
    before_it: Sequence[Claim] = ()
    told_of: set[Span] = set()
    whole: Claim | None = None
    for group in analysis.by_sentence:
        if whole is not None and whole.paragraph != group[0].paragraph:
            whole = None
        rates = list(_percents(group))
        previous, counts_here = (counts_of(before_it), counts_of(group)) if rates else ([], [])
        for index, rate in rates:
            near = [claim for claim in previous if claim.paragraph == rate.paragraph] + counts_here
            before = group[:index]
            # even where two other figures would give the rate
            told = pair_by_deed(before, rate) or pair_by_object(before, rate, spelt=True)
            if told is None and len(near) > 2 and "率" in rate.lead:
                told = of_the_rest(near, before, rate)
            if told is None and _fitting(near, rate):
                yield Checked(rate.quantity.span)
                whole = shared_whole(group, near, rate) or whole
                continue
            graded = graded_rate(group, rate)
            if graded is not None:
                yield Checked(rate.quantity.span)
                if not graded.holds(rate):
                    yield graded.finding(rate)
                continue
            remainder = remainder_of(group, rate)
            if remainder is not None:
                yield Checked(rate.quantity.span)
                if not remainder.holds:
                    yield remainder.finding(rate)
                continue
            bound = told or counts_behind(analysis, group, index, previous, whole)
            if bound is None or (rate.planned and not OF_PLAN.fullmatch(rate.lead) and not rate.lead.endswith("的")):
                if sum(claim.at.start < rate.at.start for claim in counts_here) > 1:
                    yield Abstained(rate.quantity.span, "没有认出这个比率的分子和分母")
                continue
            if not bound[1].quantity.value:
                continue
            if _of_two(group, *bound):
                continue  # 一级预算单位52家、二级预算单位66家，已公开118家，公开率100%
            if _of_several(counts_here, *bound, rate):
                yield Checked(rate.quantity.span)
                continue  # 博士17人、硕士151人、本科268人，硕士以上占38.5%
            if left_out(bound[0], rate) or bound[0].quantity.unit.name == "年":
                continue  # years are when, not what: 两年完成的投资占五年总额的32%
            yield Checked(rate.quantity.span)
            if not _holds(*bound, rate) and not (
                _rounds_up_the_list(group, *bound, rate) or _of_more(analysis, before, *bound, rate)
            ):
                told_of.add(rate.quantity.span)
                yield _mismatch(rate, *bound)
        before_it = group
    text = analysis.reading.text
    if "%）" in text and analysis.holds(_BRACKETED):
        from reportlint_rules.numbers.rates.bracketed import bracketed

        yield from (each for each in bracketed(analysis) if not isinstance(each, Finding) or each.span not in told_of)
    if analysis.holds(_TAKEN):
        from reportlint_rules.numbers.rates.shares_taken import shares_taken

        yield from shares_taken(analysis)
    if "公顷" in text and analysis.holds(_OTHER_UNIT):
        from reportlint_rules.numbers.rates.shares_taken import other_units

        yield from other_units(analysis)
    if analysis.holds(_SHARED_OUT):
        from reportlint_rules.numbers.rates.shares_of_sum import shared_out

        for group in analysis.by_sentence:
            yield from shared_out(analysis, group)
    if analysis.holds(_OTHER):
        from reportlint_rules.numbers.rates.other_base import other_bases

        yield from other_bases(analysis)
    if analysis.holds(_LEAVES):
        from reportlint_rules.numbers.rates.complement import all_of_sum, complements

        yield from complements(analysis)
        yield from all_of_sum(analysis)


def _told_before(analysis: Analysis, rate: Claim) -> Sequence[Claim]:
    """The figures before a share that names its whole; none for others."""
    if not rate.lead.startswith("占"):
        return ()
    end = bisect_left(analysis.claim_starts, rate.at.start)
    return analysis.claims[max(0, end - _CLAIMS_BACK) : end]


def counts_behind(
    analysis: Analysis, group: Sequence[Claim], index: int, previous: Sequence[Claim], whole: Claim | None = None
) -> tuple[Claim, Claim] | None:
    """The part and the whole that the rate at ``index`` of its sentence surely speaks of; ``previous`` are the counts before it.

    ``whole`` is what the share before it was of.
    """
    text, before, rate = analysis.reading.text, group[:index], group[index]
    bound = (
        named_rate(before, rate)
        or named_rate(group[index + 1 : index + 3], rate)
        or among_named(before, rate)
        or by_names(analysis, [*previous, *before], rate)
        or part_and_whole(text, before, rate)
        or (part_and_whole(text, [*previous, *before], rate) if len(before) == 1 else None)
        or pair_by_object(before, rate)
        or turned_round(group, rate)
        or around_rate(group, rate)
        or of_total(analysis, group, rate)
        or whole_behind(group, rate)
        or counted_elsewhere(analysis, group, rate)
        or of_same(before, rate, whole)
        or nearly_rate(group, rate)
        or share_of_told(_told_before(analysis, rate), group, rate)
    )
    return None if bound is None or is_named_otherwise(bound[0], rate) else bound


def _of_several(counts: Sequence[Claim], part: Claim, whole: Claim, rate: Claim) -> bool:
    """一等奖6个、二等奖9个、三等奖12个，获奖面64.3%: whether the rate is that of the list that the part is in, or of its greatest grades."""
    listed = [
        claim
        for claim in counts
        if claim.clause == part.clause and same_unit(claim.quantity, part.quantity) and claim is not whole
    ]
    if len(listed) < 3 or any(claim.role in (Role.DONE, Role.PENDING) for claim in listed):
        return False
    for start in range(len(listed)):
        total = listed[start].quantity.value
        for claim in listed[start + 1 :]:
            total += claim.quantity.value
            if abs(total * HUNDRED / whole.quantity.value - rate.quantity.value) < rate.quantity.step:
                return True
    return False


def _holds(part: Claim, whole: Claim, rate: Claim) -> bool:
    """Whether the rate can be that of the two figures; what is more than its whole gives no rate of 100% or less."""
    if part.quantity.value > whole.quantity.value and rate.quantity.value <= HUNDRED:
        return False
    return fits_rate(part.quantity, _as_planned(whole), rate.quantity)


def _rounds_up_the_list(group: Sequence[Claim], part: Claim, whole: Claim, rate: Claim) -> bool:
    """Whether the share is one of a list that comes to exactly 100%, and off by one in its last digit: it took up what rounding left."""
    shares = [claim.quantity for claim in group if claim.quantity.unit.name == "%" and BARE_SHARE.fullmatch(claim.lead)]
    actual = part.quantity.value * HUNDRED / whole.quantity.value
    return (
        len(shares) > 2
        and rate.quantity in shares
        and sum(share.value for share in shares) == HUNDRED
        and abs(actual - rate.quantity.value) < rate.quantity.step * 3 / 2
    )


def _of_more(analysis: Analysis, before: Sequence[Claim], part: Claim, whole: Claim, rate: Claim) -> bool:
    """一季度18.36亿元，二季度20.26亿元，完成年度任务72.5亿元的53.3%: whether the rate is that of the sum, or of a figure told earlier."""
    if rate.lead != "的":
        return False
    low = high = Decimal(0)
    for claim in reversed([one for one in before if one.at.start <= part.at.start]):
        if not same_unit(claim.quantity, part.quantity) or claim.role in CHANGES:
            continue
        low += claim.quantity.low or claim.quantity.value
        high += claim.quantity.high or claim.quantity.value
        share = whole.quantity.value * rate.quantity.value / HUNDRED
        slack = whole.quantity.value * rate.quantity.step / HUNDRED
        if low - slack <= share <= high + slack:
            return True
    end = bisect_left(analysis.claim_starts, part.at.start)
    return any(
        same_unit(claim.quantity, whole.quantity)
        and claim.countable
        and claim.role not in CHANGES
        and fits_rate(claim.quantity, _as_planned(whole), rate.quantity)
        for claim in analysis.claims[max(0, end - _FIGURES_BACK) : end]
    )


def _as_planned(whole: Claim) -> Quantity:
    """A target is a round number: 2.5万人 are 25000."""
    quantity = whole.quantity
    if not quantity.exact or not is_to_do(whole):
        return quantity
    # A budget of 37.5亿元 has been rounded, a target of 5亿元 has not.
    round_sum = quantity.kind == "money" and len(quantity.value.normalize().as_tuple().digits) < 3
    if quantity.kind not in ("count", "area") and not round_sum:
        return quantity
    return Quantity(
        quantity.at,
        quantity.place,
        quantity.text,
        quantity.value,
        quantity.step,
        quantity.value,
        quantity.value,
        quantity.unit,
        quantity.bound,
        quantity.magnitude,
    )


def _mismatch(rate: Claim, part: Claim, whole: Claim) -> Finding:
    actual = part.quantity.value / whole.quantity.value * HUNDRED
    places = max(1, len(rate.quantity.text.rstrip("%").partition(".")[2]))
    shown = f"{part.quantity.text}÷{whole.quantity.text}＝{show(actual, places)}%"
    return Finding(
        rate.quantity.span,
        Message(
            f"{shown}，与写明的 {rate.quantity.text} 不符，请核对",
            f"{shown}, but the rate is given as {rate.quantity.text}",
        ),
        (Related(part.quantity.span, "分子"), Related(whole.quantity.span, "分母")),
        severity=Severity.ERROR if abs(actual - rate.quantity.value) > _FAR else Severity.WARNING,
    )
