"""Lists that are whole by what their parts are called, and what reads them: brought only where the text may hold one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from reportlint.analysis import Analysis
from reportlint.claims import Claim
from reportlint.patterns import compiled
from reportlint_rules.numbers.parts.partition import Partition

#: 优秀5个、良好7个; A级11家、B级12家.
_GRADES = compiled(
    r"(?:优秀|优等|优级|称职|优|[A甲][级类等])[^。；\n]{0,24}(?:(?<!优)良好?|合格|称职|较好|达标|中等|[B-C乙][级类等])[一-龥]{0,6}\d+(?![\d天.])"
)
#: 31至40岁, 50至100毫米: a band between two others.
_BANDS = compiled(
    r"\d[一-龥]{0,2}[至到—~～-]\d[\d.]*[岁年分毫米万元亩人户平吨床小天个月℃度级][^，。；、\d]{0,8}\d[^。\n]{0,40}以[上下]"
)
_NAMED_REST = compiled(r"已[一-龥]{2,6}\d+[^，。；\d]{1,4}，(?:其余|剩余|余下|剩下)的?\d")
#: What figures beside others are told in.
_REMARKS = frozenset({"", "%", "个百分点", "天", "次"})


def _may_pair(claims: Sequence[Claim]) -> bool:
    """Whether figures of two units stand side by side often enough for a total and two parts."""
    units = [claim.quantity.counted_in for claim in claims]
    pairs = Counter(zip(units, units[1:], strict=False))
    return any(
        count > 2 and one != other and one not in _REMARKS and other not in _REMARKS
        for (one, other), count in pairs.items()
    )


def further_lists(analysis: Analysis) -> Iterator[Partition]:
    """Grades, bands, what is left of something named, and totals told in two units."""
    if analysis.holds(_GRADES):
        from reportlint_rules.numbers.parts.ballots import graded

        for group in analysis.by_sentence:
            if len(group) > 2:
                yield from graded(group)
    if analysis.holds(_BANDS):
        from reportlint_rules.numbers.parts.bands import banded

        yield from banded(analysis)
    if analysis.holds(_NAMED_REST):
        from reportlint_rules.numbers.parts.named_rests import named_rests

        yield from named_rests(analysis)
    if _may_pair(analysis.claims):
        from reportlint_rules.numbers.parts.several import paired_totals

        yield from paired_totals(analysis)
