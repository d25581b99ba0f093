"""What tables state: figures with the noun of their row and the period of their column."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from reportlint.analysis import Analysis
from reportlint.dates import dates
from reportlint.grid import POWERS, Grid, Number, grids
from reportlint.patterns import compiled
from reportlint.subject import areas_in, noun_in, own_names
from reportlint.timing import Timing, timing_of
from reportlint.units import NO_UNIT, UNITS, Unit
from reportlint_rules.numbers.facts.statement import STATED, Statement, canonical, names_one_thing

_BRACKETS = compiled(r"[(（][^()（）]*[)）]|/.*")
_UNIT_OF_LABEL = compiled(r"[(（](?P<magnitude>万亿|[百千]?万|亿|千|百)?(?P<unit>[^()（）]+)[)）]$")


def tabled(analysis: Analysis) -> Iterator[tuple[str, Statement]]:
    """The facts of every table whose columns are periods, each with the base of its unit."""
    for grid in grids(analysis.document):
        # A table of some other place says so above itself.
        if all(area.startswith("全") for area in areas_in(grid.caption, own_names(analysis))):
            for column in grid.columns():
                when = _time(analysis, grid, column)
                if when is not None:
                    yield from _column(analysis, grid, column, when)


def _time(analysis: Analysis, grid: Grid, column: int) -> Timing | None:
    """The period that a column's head is; ``None`` where it is anything else, or an earlier period by its relation to this."""
    head = _BRACKETS.sub("", grid.text(0, column))
    found = list(dates(head))
    if len(found) != 1 or found[0].at.size != len(head) or (found[0].start.offset or 0) < 0:
        return None
    return timing_of(analysis, found[0])


def _column(analysis: Analysis, grid: Grid, column: int, when: Timing) -> Iterator[tuple[str, Statement]]:
    for row in range(1, len(grid.rows)):
        number, label = grid.number(row, column), grid.label(row)
        words = _BRACKETS.sub("", label)
        noun = canonical(noun_in(words))
        if number is None or not names_one_thing(noun):
            continue
        power, unit = _unit(grid, row, column, number)
        if unit.kind in STATED:
            factor = (unit.factor or Decimal(1)).scaleb(power)
            area = next(iter(areas_in(words, own_names(analysis))[-1:]), "")
            magnitude = next(word for word, each in POWERS.items() if each == power)
            shown = number.text if number.unit else f"{number.text}（{magnitude}{unit.name}）"
            yield (
                unit.base or unit.name,
                Statement(
                    noun, label, area, when, "", number.span, shown, number.value * factor, number.step * factor, -1
                ),
            )


def _unit(grid: Grid, row: int, column: int, number: Number) -> tuple[int, Unit]:
    """The magnitude, as a power of ten, and the unit of a cell: its own, that of its row's label, else its column's."""
    magnitude, name = ("", "")
    if number.unit:
        magnitude = next((each for each in sorted(POWERS, key=len, reverse=True) if number.unit.startswith(each)), "")
        name = number.unit[len(magnitude) :]
    elif labelled := _UNIT_OF_LABEL.search(grid.label(row)):
        magnitude, name = labelled["magnitude"] or "", labelled["unit"]
    else:
        magnitude, name = grid.unit(column)
    return POWERS.get(magnitude, 0), UNITS.get(name, NO_UNIT)
