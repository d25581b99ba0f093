"""Shares in brackets behind the counts of a list: 硕士58名（22.3%）、本科186名（71.5%）、专科16名（6.2%）."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from reportlint.analysis import Analysis
from reportlint.claims import Claim
from reportlint.finding import Checked, Finding, Message, Outcome
from reportlint.numbers import same_unit
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint_rules.numbers.figures import HUNDRED, related, show

_SHARE = compiled(r"(?:占|占比|比例|占比为|约占)?")
#: By how much a share printed to its last place may be off: rounded, cut off, or made to fit a hundred.
_SLACK = Decimal("1.5")
_FEWEST = 2


class _Share(NamedTuple):
    """A count of a list and the share in the bracket behind it."""

    part: Claim
    share: Claim


def bracketed(analysis: Analysis) -> Iterator[Outcome]:
    """The one share of a list that is not that of its count, where all the others are."""
    for group in analysis.by_sentence:
        run: list[_Share] = []
        for count, share in zip(group, group[1:], strict=False):
            if not _is_share(count, share):
                continue
            last = run[-1].part if run else None
            if last is not None and (
                not same_unit(last.quantity, count.quantity)
                or count.clause - last.clause > 3
                or count.subset != last.subset
            ):
                yield from _judged(group, run)
                run = []
            run.append(_Share(count, share))
        yield from _judged(group, run)


def _is_share(count: Claim, share: Claim) -> bool:
    return (
        share.quantity.unit.name == "%"
        and share.depth == count.depth + 1
        and share.clause - count.clause == 1
        and _SHARE.fullmatch(share.lead) is not None
        and share.quantity.exact
        and count.countable
        and not count.planned
    )


def _judged(group: Sequence[Claim], run: Sequence[_Share]) -> Iterator[Outcome]:
    if len(run) < _FEWEST:
        return
    total = sum((each.part.quantity.value for each in run), Decimal(0))
    index = group.index(run[0].part)
    before = next((claim for claim in reversed(group[:index]) if claim.quantity.unit.name != "%"), None)
    wholes = [total]
    if before is not None and before.countable and same_unit(before.quantity, run[0].part.quantity):
        wholes.insert(0, before.quantity.value)
    for whole in wholes:
        if whole < max(each.part.quantity.value for each in run) or not whole:
            continue
        wrong = [each for each in run if not _fits(each, whole)]
        # Of two shares one tells nothing, unless both counts are all there is.
        enough = len(run) > _FEWEST or (whole == total and len(wholes) > 1)
        if len(wrong) > 1 or not enough:
            continue
        for each in run:
            yield Checked(each.share.quantity.span)
        if wrong:
            count, share = wrong[0]
            actual = show(count.quantity.value * HUNDRED / whole, 1)
            yield Finding(
                share.quantity.span,
                Message(
                    f"{count.quantity.text} 占 {actual}%，与写明的 {share.quantity.text} 不符，请核对",
                    f"{count.quantity.text} is {actual}% of the whole, but the share is given as {share.quantity.text}",
                ),
                related([count], "分子"),
            )
        return


def _fits(each: _Share, whole: Decimal) -> bool:
    actual = each.part.quantity.value * HUNDRED / whole
    return abs(actual - each.share.quantity.value) <= each.share.quantity.step * _SLACK
