"""Shares told in words whose counts stand before them: 68个项目已开工33个，开工面过半; 9名硕士、8名本科生，研究生占比不足一半."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from reportlint.analysis import Analysis
from reportlint.claims import Claim, by_sentence, claims
from reportlint.numbers import Bound, Quantity
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint.span import Span
from reportlint.units import UNITS
from reportlint_rules.numbers.rates.rule import counts_behind

#: What leads to a share: 占, 占比, 开工率, 盈利面, 占全省的.
_LEADS_TO = compiled(r"(?:占|[率面]|比例|比重|占比|占[^，。；、（）\d]{1,10}的)(?:为|达|达到|已|仅|约|均|是)?$")
_ENDS = compiled(r"(?:的)?(?=[，。；、）\n]|$)")
_NEAR = 16


class Told(NamedTuple):
    """A share in words, by its match, with the counts that it is of; ``about`` and ``start`` where more words belong to it."""

    match: re.Match[str]
    part: Claim
    whole: Claim
    about: str = ""
    start: int = -1


def told_of_counts(analysis: Analysis, matches: Iterable[re.Match[str]]) -> Iterator[Told]:
    """The ``matches`` (groups ``about``, ``share``, ``more``) that are the share of two counts printed before them."""
    text = analysis.reading.text
    found: dict[int, re.Match[str]] = {}
    for match in matches:
        start = match.start("about") if match["about"] else match.start("share")
        if _LEADS_TO.search(text, max(0, start - _NEAR), start) and _ENDS.match(text, match.end()):
            found[start] = match
    if not found:
        return
    for group in by_sentence(_claims_around(analysis, found)):
        for index, rate in enumerate(group):
            told = found.get(rate.at.start)
            if told is not None and index and not rate.planned:
                pair = counts_behind(analysis, group, index, [])
                if pair is not None and _passed_over(group[:index], rate, *pair):
                    continue
                if pair is not None and pair[1].quantity.value and pair[0].quantity.exact and pair[1].quantity.exact:
                    yield Told(told, *pair)


def _passed_over(before: Sequence[Claim], rate: Claim, part: Claim, whole: Claim) -> bool:
    """Whether a bare share has another figure before it than its part: 可以减少三千六百多人，占三个单位职工总数的四分之一."""
    bare = rate.lead.startswith("占") or whole.clause == rate.clause
    last = next((claim for claim in reversed(before) if claim is not whole), None)
    return bare and last is not None and last is not part


def _claims_around(analysis: Analysis, found: dict[int, re.Match[str]]) -> list[Claim]:
    """The claims of the sentences that hold the shares, each share among them as a percentage."""
    starts = analysis.sentence_starts
    held = {bisect_right(starts, start) - 1 for start in found}
    shares = [
        Quantity(
            Span(start, match.end()),
            analysis.span,
            match[0],
            Decimal(0),
            Decimal(1),
            None,
            None,
            UNITS["%"],
            Bound.EXACT,
        )
        for start, match in found.items()
    ]
    quantities = [
        quantity
        for quantity in analysis.quantities
        if bisect_right(starts, quantity.at.start) - 1 in held
        and not any(share.at.start <= quantity.at.start < share.at.end for share in shares)
    ]
    told = sorted((*quantities, *shares), key=lambda quantity: quantity.at.start)
    return list(claims(analysis.reading.text, told, analysis.sentences))
