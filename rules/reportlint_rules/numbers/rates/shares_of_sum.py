"""Shares told of a list with 分别: together they make up the whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from reportlint.analysis import Analysis
from reportlint.claims import Claim
from reportlint.finding import Checked, Finding, Message, Outcome, Related
from reportlint.numbers import same_unit
from reportlint.patterns import compiled
from reportlint_rules.numbers.figures import HUNDRED, show

_EACH_SHARE = compiled(r"(?:分别|依次)(?:占|占比为?|为)(?:总[量数]的?)?")


def shared_out(analysis: Analysis, group: Sequence[Claim]) -> Iterator[Outcome]:
    """乡镇653件、部门608件、企业125件，分别占47.1%、43.9%和9%: shares that make up the whole are those of the counts' sum."""
    for index, first in enumerate(group):
        if not first.lead.startswith(("分别", "依次")) or first.quantity.unit.name != "%":
            continue
        if not _EACH_SHARE.fullmatch(first.lead):
            continue
        shares = [first]
        for claim in group[index + 1 :]:
            if claim.quantity.unit.name != "%" or claim.clause != first.clause or claim.lead:
                break
            shares.append(claim)
        counts = [*group[max(0, index - len(shares)) : index]]
        alike = len(counts) == len(shares) > 1 and all(
            one.countable and same_unit(one.quantity, counts[0].quantity) for one in counts
        )
        whole_sum = sum((one.quantity.value for one in shares), Decimal(0))
        if (
            not alike
            or abs(whole_sum - HUNDRED) > len(shares) * shares[0].quantity.step
            or not all(one.quantity.exact for one in shares)
        ):
            continue
        total = sum((one.quantity.value for one in counts), Decimal(0))
        for count, share in zip(counts, shares, strict=True):
            yield Checked(share.quantity.span)
            low, high = (
                (bound or count.quantity.value) * HUNDRED / total for bound in (count.quantity.low, count.quantity.high)
            )
            if low > share.quantity.value + share.quantity.step or high < share.quantity.value - share.quantity.step:
                yield _off_share(share, count, total)


def _off_share(share: Claim, count: Claim, total: Decimal) -> Finding:
    actual = show(count.quantity.value * HUNDRED / total, 1)
    return Finding(
        share.quantity.span,
        Message(
            f"{count.quantity.text} 占合计的 {actual}%，与写明的 {share.quantity.text} 不符，请核对",
            f"{count.quantity.text} is {actual}% of the sum, but the share is given as {share.quantity.text}",
        ),
        (Related(count.quantity.span, "分子"),),
    )
