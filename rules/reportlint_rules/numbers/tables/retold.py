"""Figures of a table told again in the text with another value: 12.86 in the row, 产值12.68亿元 below it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from reportlint.analysis import Analysis
from reportlint.claims import CHANGES, Claim, Role
from reportlint.finding import Checked, Finding, Message, Outcome, Related, Severity
from reportlint.grid import POWERS, Grid, Number
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint.units import UNIT_PATTERN
from reportlint_rules.numbers.tables.sums import TOTAL, WHOLE

#: Columns of changes, shares and aims: what the text tells of a row is none of these.
_ASIDE = compiled(r"增|减|降|升|幅|同比|环比|比重|占比|率|%|位|排|名|计划|目标|任务|预算|序")
_PERCENT = compiled(r"增|减|降|升|幅|同比|环比")
_UNIT_HEAD = compiled(r"(?:计量)?单位")
_UNIT_CELL = compiled(rf"(?P<magnitude>万亿|[百千]?万|亿|千|百)?(?P<unit>{UNIT_PATTERN})")
_BRACKETS = compiled(r"[(（][^()（）]*[)）]|[:：].*|^\d+[.、]|^[一二三四五六七八九十]+、|^其中")
#: What may stand between the name of a row and its figure.
_IS = compiled(r"(?:总额|总量)?(?:已)?(?:完成|实现|达到|达|为|是|共)?$")
_OTHER_TIME = compiled(r"去年|上年|同期|[上下]半年|[一二三四]季度|\d月|年初|累计")
#: A shorter name is that of too many things.
_SHORTEST = 4
#: How many claims with the same words before them are compared with a table: no report tells a row so often.
_MOST_TOLD = 200


class _Cell(NamedTuple):
    number: Number
    value: Decimal


def retold(analysis: Analysis, grid: Grid) -> Iterator[Outcome]:
    """Each claim in the text that bears the name of a row, against the row's figures."""
    spans = [cell.span for row in grid.rows for cell in row if cell is not None]
    start, end = spans[0].start, spans[-1].end
    rows: dict[str, int | None] = {}
    for row in range(1, len(grid.rows)):
        name = _BRACKETS.sub("", grid.label(row))
        if len(name) >= _SHORTEST and not (TOTAL.fullmatch(name) or WHOLE.fullmatch(name)):
            rows[name] = None if name in rows else row
    names = {name: row for name, row in rows.items() if row is not None}
    if not names:
        return
    told: dict[int, tuple[str, str]] = {}
    by_beginning = _by_beginning(analysis)
    for name in names:
        for index, words in by_beginning.get(name[:_SHORTEST], ()):
            if index not in told and name in words:
                told[index] = name, words
    table = _Table(grid)
    for index, (name, words) in sorted(told.items()):
        claim, row = analysis.claims[index], names[name]
        if start <= claim.quantity.span.start < end:
            continue
        rest = words.rpartition(name)[2]
        if not rest or claim.quantity.kind == "count":
            cells = list(_headed(table, row, rest) if rest else _values(table, row, claim))
            following = analysis.claims[index + 1] if index + 1 < len(analysis.claims) else None
            yield from _compared(claim, name, cells, _same_growth(table, row, claim, following))


class _Table:
    """A grid, with what is asked of it for every claim."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.heads = {column: grid.text(0, column) for column in grid.columns()}
        self.units = [column for column in range(grid.width) if _UNIT_HEAD.fullmatch(grid.text(0, column))]


@lru_cache(maxsize=1)
def _by_beginning(analysis: Analysis) -> dict[str, list[tuple[int, str]]]:
    """The claims that may tell of a row, by every run of characters before them that its name may begin with: place and words."""
    found: dict[str, list[tuple[int, str]]] = {}
    for index, claim in enumerate(analysis.claims):
        if len(claim.lead) >= _SHORTEST and _plain(claim):
            words = _IS.sub("", claim.lead)
            for piece in {words[at : at + _SHORTEST] for at in range(len(words) - _SHORTEST + 1)}:
                places = found.setdefault(piece, [])
                if len(places) < _MOST_TOLD:
                    places.append((index, words))
    return found


def _plain(claim: Claim) -> bool:
    quantity = claim.quantity
    return (
        quantity.exact
        and len(_digits(quantity.text)) > 1
        and not (quantity.ordinal or quantity.quoted or claim.planned)
        and claim.role not in CHANGES
        and claim.role is not Role.BASE
        and not _OTHER_TIME.search(claim.lead)
    )


def _values(table: _Table, row: int, claim: Claim) -> Iterator[_Cell]:
    """The figures of the row that count what the claim counts."""
    for column, head in table.heads.items():
        number = table.grid.number(row, column)
        if number is None or _ASIDE.search(head):
            continue
        magnitude, unit = _unit(table, row, column)
        if unit and unit == claim.quantity.unit.name and magnitude in POWERS:
            yield _Cell(number, number.value.scaleb(POWERS[magnitude]))


def _headed(table: _Table, row: int, words: str) -> Iterator[_Cell]:
    """The figure of the row in the one column whose head begins with ``words``: 东城大队事故34起, under 事故起数."""
    columns = [column for column, head in table.heads.items() if head.startswith(words)]
    number = table.grid.number(row, columns[0]) if len(columns) == 1 and len(words) > 1 else None
    if number is not None and not any(table.grid.unit(columns[0])):
        yield _Cell(number, number.value)


def _unit(table: _Table, row: int, column: int) -> tuple[str, str]:
    """The magnitude and unit of a cell: from a column of units, else as the grid says."""
    for other in table.units:
        said = _UNIT_CELL.fullmatch(table.grid.text(row, other))
        if said is not None:
            return said["magnitude"] or "", said["unit"]
    return table.grid.unit(column)


def _same_growth(table: _Table, row: int, claim: Claim, following: Claim | None) -> bool:
    """Whether the growth told behind the claim is that of the row."""
    if (
        following is None
        or following.role not in CHANGES
        or following.quantity.unit.name != "%"
        or following.clause - claim.clause != 1
    ):
        return False
    numbers = [table.grid.number(row, column) for column, head in table.heads.items() if _PERCENT.search(head)]
    return any(number is not None and abs(number.value) == following.quantity.value for number in numbers)


def _compared(claim: Claim, name: str, cells: list[_Cell], same_growth: bool) -> Iterator[Outcome]:
    quantity = claim.quantity
    low, high = quantity.low or quantity.value, quantity.high or quantity.value
    if not cells:
        return
    yield Checked(quantity.span)
    if any(low <= cell.value <= high for cell in cells):
        return
    told = _digits(quantity.text)
    for cell in cells:
        printed = _digits(cell.number.text)
        swapped = len(told) > 1 and len(set(told)) > 1 and told != printed and sorted(told) == sorted(printed)
        slipped = same_growth and len(told) == len(printed) and sum(map(str.__ne__, told, printed)) == 1
        if swapped or slipped:
            yield Finding(
                quantity.span,
                Message(
                    f"表中“{name}”是 {cell.number.text}，这里写作 {quantity.text}，请核对",
                    f"the table has {cell.number.text} for {name}; the text says {quantity.text}",
                ),
                (Related(cell.number.span, "表中"),),
                severity=Severity.WARNING,
            )
            return


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit()).lstrip("0")
