"""Totals that the text tells beside a table: 全年共受理投诉394件, under the four quarters."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from reportlint.analysis import Analysis
from reportlint.claims import CHANGES, Claim, Role
from reportlint.finding import Checked, Finding, Message, Outcome, Related, Severity
from reportlint.grid import POWERS, Grid, Number, is_count
from reportlint.patterns import compiled
from reportlint.phrase import clause_start
from reportlint.record import NamedTuple
from reportlint_rules.numbers.figures import show
from reportlint_rules.numbers.tables.sums import TOTAL, WHOLE, adding_columns

#: How far from the table the sentence may stand, in characters.
_NEAR = 120
#: How many terms of a sum a message spells out.
_MOST_TERMS = 6
_IN_ALL = compiled(r"(?:(?<!公)共(?!产|青|同|享|建|治)|合计|总计|累计|全年|全[市县区省])")
_PARTLY = compiled(r"其中|同期|上年|去年|计划|目标|任务|[一二三四1-4]季度|半年|\d月")
_BRACKETS = compiled(r"[(（][^()（）]*[)）]|/.*")
#: 受理投诉数, 投诉量 in a head; the text may leave that out.
_NUMBER_OF = compiled(r"(?:数量?|量)$")
#: Rows that together are the year.
_YEARS = (
    frozenset({"一季度", "二季度", "三季度", "四季度"}),
    frozenset({"第一季度", "第二季度", "第三季度", "第四季度"}),
    frozenset({"上半年", "下半年"}),
    frozenset(f"{month}月" for month in range(1, 13)),
    frozenset({"一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "十一月", "十二月"}),
)


class _Sum(NamedTuple):
    """What a column makes in all: least and greatest, how that is shown, and the figures it comes from."""

    low: Decimal
    high: Decimal
    shown: str
    numbers: tuple[Number, ...]


def told_totals(analysis: Analysis, grid: Grid) -> Iterator[Outcome]:
    """Each total told right before or after the table, against the column that bears its name."""
    spans = [cell.span for row in grid.rows for cell in row if cell is not None]
    start, end = spans[0].start, spans[-1].end
    starts, ends = _places(analysis)
    near = [
        claim
        for claim in analysis.claims[bisect_left(ends, start - _NEAR) : bisect_right(starts, end + _NEAR)]
        if -_NEAR <= claim.quantity.span.start - end <= _NEAR or 0 <= start - claim.quantity.span.end <= _NEAR
    ]
    near = [
        claim
        for claim in near
        if not start <= claim.quantity.span.start < end
        and _IN_ALL.search(claim.lead)
        and _plain(claim)
        and not _of_some(analysis, claim)
    ]
    if not near:
        return
    heads = {column: _BRACKETS.sub("", grid.text(0, column)) for column in adding_columns(grid)}
    for column, head in heads.items():
        short = _NUMBER_OF.sub("", head)
        told = [claim for claim in near if len(short) > 1 and claim.lead.endswith((head, short, short + "了"))]
        total = _sum(grid, column) if len(told) == 1 and list(heads.values()).count(head) == 1 else None
        if total is None or not _of_unit(grid, column, told[0]):
            continue
        quantity = told[0].quantity
        yield Checked(quantity.span)
        low, high = quantity.low or quantity.value, quantity.high or quantity.value
        if low > total.high or high < total.low:
            yield Finding(
                quantity.span,
                Message(
                    f"表中“{head}”{total.shown}，与文中的 {quantity.text} 不符，请核对",
                    f"the table's “{head}” makes {total.shown}; the text says {quantity.text}",
                ),
                tuple(Related(number.span, "表中") for number in total.numbers),
                severity=Severity.WARNING,
            )


@lru_cache(maxsize=1)
def _places(analysis: Analysis) -> tuple[list[int], list[int]]:
    """Where the figures begin in the document, and where they end: a document of thousands of tables is not gone through for each."""
    spans = [claim.quantity.span for claim in analysis.claims]
    return [span.start for span in spans], [span.end for span in spans]


def _plain(claim: Claim) -> bool:
    quantity = claim.quantity
    return (
        quantity.exact
        and not (quantity.ordinal or quantity.quoted or claim.planned or claim.subset)
        and claim.role not in CHANGES
        and claim.role is not Role.BASE
        and not _PARTLY.search(claim.lead)
    )


def _of_some(analysis: Analysis, claim: Claim) -> bool:
    """Whether some of the rows are named: 材料、信息、机电三个学院合计获批40项."""
    text = analysis.reading.text
    return "、" in text[clause_start(text, claim.at.start) : claim.at.start]


def _of_unit(grid: Grid, column: int, claim: Claim) -> bool:
    """Whether the claim counts in the column's unit, or the column names none."""
    _, unit = grid.unit(column)
    return unit in ("", claim.quantity.unit.name)


def _sum(grid: Grid, column: int) -> _Sum | None:
    """The printed total of a column, or what the rows of a whole year make together."""
    rows = range(1, len(grid.rows))
    printed = [row for row in rows if TOTAL.fullmatch(grid.label(row)) or WHOLE.fullmatch(grid.label(row))]
    labels = [grid.label(row) for row in rows]
    if len(printed) > 1 or (not printed and not (len(set(labels)) == len(labels) and frozenset(labels) in _YEARS)):
        return None  # a total of each half, or rows that leave something out
    numbers = [grid.number(row, column) for row in (printed or rows)]
    found = [number for number in numbers if number is not None]
    if len(found) < len(numbers) or any(number.unit for number in found):
        return None
    power = POWERS.get(grid.unit(column)[0])
    if power is None:
        return None
    total = sum((number.value for number in found), Decimal(0))
    low = high = total
    if not (all(number.step == 1 for number in found) and (is_count(grid.unit(column)) or not any(grid.unit(column)))):
        low, high = (sum(ends, Decimal(0)) for ends in zip(*((one.low, one.high) for one in found), strict=True))
    terms = "＋".join(number.text for number in found[:_MOST_TERMS]) + "…" * (len(found) > _MOST_TERMS)
    shown = f"合计 {show(total)}" if printed else f"{terms}＝{show(total)}"
    return _Sum(low.scaleb(power), high.scaleb(power), shown, tuple(found))
