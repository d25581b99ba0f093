"""NM105, NM113: percentages that cannot be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from reportlint.analysis import Analysis
from reportlint.claims import CHANGES, Claim, Role
from reportlint.finding import Checked, Finding, Message, Outcome, Related, Severity
from reportlint.numbers import Quantity
from reportlint.rule import rule
from reportlint.span import Span
from reportlint_rules.numbers.binding import by_sentence, countable
from reportlint_rules.numbers.figures import HUNDRED, fits_rate, show

_POPULATION = re.compile(r"断面|点位|水源地|水功能区|湖库|水体|样品|批次|地块|排污口|河流|湖泊|水库")
_OF_THEM = re.compile(r"优良|达标|合格|达到或优于|Ⅲ类|III类|水质|安全利用|整治|劣")
_MONTHLY = re.compile(r"断面|点位|水源地|水功能区|湖库|河流|湖泊|水库")
_MOST = 50


def possible(n: int, rate: Quantity, months: Sequence[int] = (1,)) -> bool:
    """Whether some whole number of ``n`` things (or of n things in so many months) gives the printed percentage."""
    for count in {n * month for month in months}:
        nearest = int(rate.value * count / HUNDRED)
        for k in (nearest - 1, nearest, nearest + 1, nearest + 2):
            if 0 <= k <= count:
                exact = Decimal(k) * HUNDRED / count
                if rate.value - rate.step / 2 <= exact < rate.value + rate.step:
                    return True
    return False


def _bound_rates(group: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Counts and the rates that are surely of them: N个断面…率P%, and lists with 分别 in which both sides are as long."""
    for index, rate in enumerate(group):
        if not _is_rate(rate):
            continue
        run = [rate]
        for claim in group[index + 1 :]:
            if claim.quantity.unit.name == "%" and claim.clause == rate.clause and not claim.lead.strip("、和"):
                run.append(claim)
            else:
                break
        before = [claim for claim in group[:index] if rate.clause - claim.clause <= 1 and claim.depth == rate.depth]
        counts = [claim for claim in before if countable(claim) and claim.quantity.kind == "count" and claim.role not in CHANGES]
        if len(counts) != len(before) or not counts:
            continue
        if len(run) == len(counts) == 1 or ("分别" in rate.lead and len(run) == len(counts)):
            yield from zip(counts, run, strict=True)


def _is_rate(claim: Claim) -> bool:
    return (
        claim.quantity.unit.name == "%"
        and claim.quantity.exact
        and not claim.planned
        and claim.role not in CHANGES
        and claim.role is not Role.BASE
        and re.search(r"率|比例|占比|比重", claim.lead) is not None
        and _OF_THEM.search(claim.lead) is not None
    )


@rule(
    "NM105",
    "impossible-percentage",
    severity=Severity.ERROR,
    bad=("全市6个国控断面水质优良率为⟦85%⟧。", "6个国控、9个省控断面水质优良率分别83.3%、⟦90%⟧。"),
    good=(
        "全市6个国控断面水质优良率为83.3%。",
        "6个国控、9个省控断面水质优良率分别83.3%、88.9%。",
        "6个国控断面水质优良率达85%以上。",
        "全市12所学校学生体质健康合格率为93.7%。",
    ),
)
def impossible_percentage(analysis: Analysis) -> Iterator[Outcome]:
    """不可能的百分数。

    6 个断面的优良率只能是 0、16.7%、33.3%、50%、66.7%、83.3%、100%，不会是 85%。总数不大时，每个百分数都要能由某个整数得出。

    逐月评价的断面按“断面数×月数”也核对一遍，能得出就不报；“达85%以上”“约”不核对；总数超过 50 的不核对；只核对断面、点位、水源地、样品等以自身为总体的比率。
    """
    for group in by_sentence(analysis.claims):
        for count, rate in _bound_rates(group):
            n = int(count.quantity.value)
            words = count.lead[-10:] + count.trail + rate.lead
            if not 2 <= n <= _MOST or not _POPULATION.search(words) or count.quantity.step != 1:
                continue
            yield Checked(rate.quantity.span)
            monthly = _MONTHLY.search(words) is not None
            if possible(n, rate.quantity) or any(_explains(other, count, rate) for other in group):
                continue
            span_of_months = _period_months(analysis) if monthly else (1,)
            if span_of_months and possible(n, rate.quantity, span_of_months):
                continue
            # Where nothing tells the period, a mean over some months might still give it: a person must look.
            doubtful = not span_of_months and possible(n, rate.quantity, range(1, 13))
            yield _impossible(n, count, rate, Severity.WARNING if doubtful else Severity.ERROR)


def _period_months(analysis: Analysis) -> Sequence[int]:
    """Over how many months a monthly mean may run, as the title announces; empty where it announces nothing."""
    title = analysis.reading.text[:80]
    if "上半年" in title:
        return (5, 6)
    if "季度" in title:
        return (7, 8, 9) if "三季度" in title and "前" in title else (2, 3)
    return (10, 11, 12) if re.search(r"年度?(?:工作)?(?:总结|报告|情况|述职)|年度", title) else ()


def _explains(other: Claim, count: Claim, rate: Claim) -> bool:
    return other is not count and countable(other) and other.quantity.value > 0 and (
        fits_rate(other.quantity, count.quantity, rate.quantity)
        or (other.quantity.value > count.quantity.value and other.quantity.unit.name == count.quantity.unit.name and possible(int(other.quantity.value), rate.quantity))
    )


def _impossible(n: int, count: Claim, rate: Claim, severity: Severity) -> Finding:
    step = HUNDRED / n
    below = int(rate.quantity.value / step)
    places = max(1, len(rate.quantity.text.rstrip("%").partition(".")[2]))
    near = "、".join(f"{k}÷{n}＝{show(Decimal(k) * step, places)}%" for k in (below, below + 1) if 0 <= k <= n)
    return Finding(
        rate.quantity.span,
        Message(
            f"{count.quantity.text}里得不出 {rate.quantity.text}：最接近的是 {near}，请核对",
            f"no whole number out of {n} gives {rate.quantity.text}; nearest: {near}",
        ),
        (Related(count.quantity.span, "总数"),),
        severity=severity,
    )


_RATIO = re.compile(r"(\d+(?:\.\d+)?)[∶:：](\d+(?:\.\d+)?)[∶:：](\d+(?:\.\d+)?)")
_RATIO_OF = re.compile(r"(?:结构|比例|构成|占比|之比|比重)[^，。；]{0,10}$")


@rule(
    "NM113",
    "shares-not-100",
    severity=Severity.WARNING,
    bad=(
        "Ⅰ至Ⅲ类、Ⅳ至Ⅴ类、劣Ⅴ类断面占比分别为78.1%、8.2%和⟦15.7%⟧。",
        "三次产业结构调整为10.1∶40.2∶⟦52.7⟧。",
        "投诉中，噪声类占45.2%，油烟类占31.6%，其余占⟦25.2%⟧。",
    ),
    good=(
        "Ⅰ至Ⅲ类、Ⅳ至Ⅴ类、劣Ⅴ类断面占比分别为78.1%、8.2%和13.7%。",
        "三次产业结构调整为10.1∶40.2∶49.7。",
        "投诉中，噪声类占45.2%，油烟类占31.6%，其余占23.2%。",
        "男生占52%，团员占63%，住校生占41%。",
    ),
)
def shares_not_100(analysis: Analysis) -> Iterator[Outcome]:
    """各部分所占比重之和不等于 100%。

    三次产业结构、各类水质占比、带“其余占”的一组比重，合起来应当是 100%，每个数允许末位进位的误差。

    可以兼属几类的比重（团员、住校生）不核对；没有收尾词、也不是固定分类的不核对。
    """
    for group in by_sentence(analysis.claims):
        run: list[Claim] = []
        for claim in group:
            if claim.quantity.unit.name == "%" and claim.quantity.exact and claim.role not in CHANGES and not claim.planned:
                related = claim.role is Role.SHARE or (run and run[-1].clause == claim.clause) or "占比" in claim.lead or "其余" in claim.lead
                run = [*run, claim] if related else [claim] if "占" in claim.lead else []
                if len(run) >= 3 and _complete(run):
                    yield from _judge(run)
                    run = []
            elif claim.quantity.unit.name == "%":
                run = []
    text = analysis.reading.text
    for match in _RATIO.finditer(text):
        if not _RATIO_OF.search(text[max(0, match.start() - 24) : match.start()]):
            continue
        values = [Decimal(match[group]) for group in (1, 2, 3)]
        step = max(Decimal(1).scaleb(-len(match[group].partition(".")[2])) for group in (1, 2, 3))
        if sum(values) < 90 or sum(values) > 110:
            continue
        span = analysis.span(Span(*match.span(3)))
        yield Checked(span)
        if abs(sum(values) - HUNDRED) > step * 2:
            yield _not_hundred(span, [match[group] for group in (1, 2, 3)], sum(values), ())


_LAST_CLASS = re.compile(r"劣|其余|其他|剩余")


def _complete(run: Sequence[Claim]) -> bool:
    """Whether the list is closed: by 其余 before its last share, or by classes of which none is left out."""
    last = run[-1]
    if _LAST_CLASS.search(last.lead):
        return True
    first = run[0]
    subjects = first.lead.partition("分别")[0]
    return "分别" in first.lead and _LAST_CLASS.search(subjects) is not None and subjects.count("、") + 1 == len(run)


def _judge(run: Sequence[Claim]) -> Iterator[Outcome]:
    total = sum((claim.quantity.value for claim in run), Decimal(0))
    slack = sum((claim.quantity.step for claim in run), Decimal(0))
    if abs(total - HUNDRED) > 30:
        return
    yield Checked(run[-1].quantity.span)
    if abs(total - HUNDRED) > slack:
        yield _not_hundred(
            run[-1].quantity.span,
            [claim.quantity.text for claim in run],
            total,
            tuple(Related(claim.quantity.span, "比重") for claim in run[:-1]),
        )


def _not_hundred(span: Span, terms: Sequence[str], total: Decimal, others: tuple[Related, ...]) -> Finding:
    shown = "＋".join(terms)
    return Finding(
        span,
        Message(f"{shown}＝{show(total)}%，合起来不是 100%，请核对", f"{shown}＝{show(total)}%, not 100%"),
        others,
    )
