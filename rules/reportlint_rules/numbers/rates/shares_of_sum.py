"""Shares told of a list in one row: together they make up the whole, or all but one are those of their counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from reportlint.analysis import Analysis
from reportlint.claims import CHANGES, Claim
from reportlint.finding import Checked, Finding, Message, Outcome, Related
from reportlint.numbers import same_unit
from reportlint.patterns import compiled
from reportlint_rules.numbers.figures import HUNDRED, show
from reportlint_rules.numbers.nearly import slip_between

#: 分别占, 占比分别为, 三者比例依次为, 各占总数的.
_EACH_SHARE = compiled(
    r"(?:[两二三四五六七]者|各类|各自|上述|以上|数量|人数|金额)?(?:的)?(?:(?:占比|比例|比重|占总[数量]的比[例重])(?:分别|依次|各)(?:约)?(?:为|达|是|占)?"
    r"|(?:分别|依次|各)(?:约)?(?:占比?|占比为|为)(?:总[量数额]的?|全部的?)?)"
)
#: A row of shares is told of a list that ends so few clauses before.
_NEAR = 2
#: By how much a share printed to its last place may be off: rounded, cut off, or made to fit a hundred.
_SLACK = Decimal("1.5")


def shared_out(analysis: Analysis, group: Sequence[Claim]) -> Iterator[Outcome]:
    """乡镇653件、部门608件、企业125件，分别占47.1%、43.9%和9%: shares that make up the whole are those of the counts' sum."""
    for index, first in enumerate(group):
        if first.quantity.unit.name != "%" or not _EACH_SHARE.fullmatch(first.lead):
            continue
        shares = [first]
        for claim in group[index + 1 :]:
            if claim.quantity.unit.name != "%" or claim.clause != first.clause or claim.lead:
                break
            shares.append(claim)
        counts = [one for one in group[:index] if one.countable and one.role not in CHANGES][-len(shares) :]
        if (
            not len(counts) == len(shares) > 1
            or not all(same_unit(one.quantity, counts[0].quantity) for one in counts)
            or not all(one.quantity.exact for one in shares)
            or first.clause - counts[-1].clause > _NEAR
        ):
            continue
        yield from _judged(group, counts, shares)


def _judged(group: Sequence[Claim], counts: Sequence[Claim], shares: Sequence[Claim]) -> Iterator[Outcome]:
    """Each share against the printed whole, or against the sum of the counts."""
    total = sum((one.quantity.value for one in counts), Decimal(0))
    whole_sum = sum((one.quantity.value for one in shares), Decimal(0))
    whole = next(
        (
            one
            for one in reversed(group[: group.index(counts[0])])
            if one.countable and same_unit(one.quantity, counts[0].quantity)
        ),
        None,
    )
    closed = abs(whole_sum - HUNDRED) <= len(shares) * shares[0].quantity.step
    wholes = [one.quantity.value for one in (whole,) if one is not None and one.quantity.value >= total]
    for of in [*wholes, total]:
        wrong = [place for place, share in enumerate(shares) if not _fits(counts[place], of, share)]
        if wrong and not (of == total and closed and not wholes):
            place = wrong[0]
            actual = counts[place].quantity.value * HUNDRED / of
            slipped = slip_between(shares[place].quantity.value, actual, shares[place].quantity.step) is not None
            # The others hold: of two shares one says little, unless the other is a slip away.
            if len(wrong) > 1 or (len(shares) < 3 and not (slipped and (of != total or closed))):
                continue
        for place, share in enumerate(shares):
            yield Checked(share.quantity.span)
            if place in wrong:
                yield _off_share(share, counts[place], of)
        return


def _fits(count: Claim, whole: Decimal, share: Claim) -> bool:
    low, high = (
        (bound or count.quantity.value) * HUNDRED / whole for bound in (count.quantity.low, count.quantity.high)
    )
    slack = share.quantity.step * (1 if low != high else _SLACK)
    return low <= share.quantity.value + slack and high >= share.quantity.value - slack


def _off_share(share: Claim, count: Claim, total: Decimal) -> Finding:
    actual = show(count.quantity.value * HUNDRED / total, 1)
    return Finding(
        share.quantity.span,
        Message(
            f"{count.quantity.text} 占总数的 {actual}%，与写明的 {share.quantity.text} 不符，请核对",
            f"{count.quantity.text} is {actual}% of the whole, but the share is given as {share.quantity.text}",
        ),
        (Related(count.quantity.span, "分子"),),
    )
