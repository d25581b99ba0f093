"""Sums in tables: which rows a 合计 row adds up, and whether it does.

Columns are treated as rows of the table turned on its side, so that a 合计 column is checked by the same means.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from reportlint.grid import Grid, Number, is_count
from reportlint.patterns import compiled
from reportlint.record import NamedTuple

#: What a row or column of totals is called.
TOTAL = compiled(r"(?:总计|合计|共计|总和|累计|总数)(?:[(（].*|/.*)?|[一-龥]{1,8}(?:合计|总计|共计)(?:[(（].*|/.*)?")
_SUBTOTAL = compiled(r"(?:[一-龥]{0,8})小计(?:[(（].*|/.*)?")
#: 全市 in a table of counties is a total where its columns add up.
WHOLE = compiled(r"全[国省市县区州镇乡局校院]|总体|总量")
_PART_OF = compiled(r"[#└├·•]|[-—]{1,2}[一-龥]|其中|#|①|②|③|④|⑤")
_LEVELS = (
    compiled(r"[一二三四五六七八九十]{1,3}、"),
    compiled(r"[(（][一二三四五六七八九十]{1,3}[)）]"),
    compiled(r"\d{1,3}[.、](?!\d)"),
    compiled(r"[(（]\d{1,3}[)）]"),
)
#: What does not add up: rates, means, indices, prices, ranks, changes in per cent.
NO_SUM = compiled(
    r"率|比(?!选|武|赛)|均|指数|浓度|排名|名次|位次|单价|价格|得分|分数|评分|评价|等级|级别|年份|年度(?!任务|计划|目标|投资)|时间|日期|编号|代码|电话|增幅|增速|增长(?!额|量|数)|同比|环比|占|密度|亩产|单产|每|±|%|％|标准|人口密度|序|进度|"
    r"最[高低大小]|水位|温度|湿度|pH|AQI|PM|系数|频次|周期|期限|时长"
)
_FAR = Decimal("0.5")

#: Row and column.
Place = tuple[int, int]


class Addition(NamedTuple):
    """A total and the parts that should make it up, in one column."""

    total: Number
    parts: tuple[Number, ...]
    exact: bool

    @property
    def sum(self) -> Decimal:
        """The parts added up as printed."""
        return sum((part.value for part in self.parts), Decimal(0))

    @property
    def holds(self) -> bool:
        """Whether the total can be what the parts add up to."""
        if self.exact:
            return self.sum == self.total.value
        low = sum((part.low for part in self.parts), Decimal(0))
        high = sum((part.high for part in self.parts), Decimal(0))
        return low <= self.total.value + self.total.step and high >= self.total.low

    @property
    def near(self) -> bool:
        """Whether sum and total are of one size, so that the one is likely meant to be the other."""
        return abs(self.sum - self.total.value) <= abs(self.total.value) * _FAR

    @property
    def like_a_mean(self) -> bool:
        """Whether the total lies among its parts, as the mean of a column does that does not add up."""
        values = [part.value for part in self.parts]
        return min(values) >= 0 and min(values) <= self.total.value <= max(values)


def additions(grid: Grid) -> Iterator[list[Addition]]:
    """The additions of each total row, then of each total column."""
    yield from _of_rows(grid)
    yield from _of_columns(grid)


def adding_columns(grid: Grid) -> list[int]:
    """The columns whose figures can be added up."""
    return [
        column
        for column in grid.columns()
        if not NO_SUM.search(grid.text(0, column)) and not _has_percent(grid, column)
    ]


def _has_percent(grid: Grid, column: int) -> bool:
    return any(
        (number := grid.number(row, column)) is not None and "%" in number.unit for row in range(1, len(grid.rows))
    )


def _addition(grid: Grid, total: Place, parts: Sequence[Place]) -> Addition | None:
    """A total and its parts; ``None`` where a cell is missing or in another unit."""
    printed = grid.number(*total)
    numbers = [grid.number(*part) for part in parts]
    present = [number for number in numbers if number is not None]
    gaps = [grid.rows[row][column] for (row, column), number in zip(parts, numbers, strict=True) if number is None]
    if printed is None or len(present) < 2 or any(cell is None or not cell.empty for cell in gaps):
        return None
    if len({number.unit for number in (printed, *present)}) > 1:
        return None
    unit = ("", printed.unit) if printed.unit else grid.unit(total[1])
    exact = all(number.step == 1 for number in (printed, *present)) and (is_count(unit) or unit == ("", ""))
    addition = Addition(printed, tuple(present), exact)
    # A dash may stand for a value that is not to be told.
    return addition if not gaps or addition.holds else None


def _of_rows(grid: Grid) -> Iterator[list[Addition]]:
    columns = adding_columns(grid)
    rows = [row for row in range(1, len(grid.rows)) if grid.label(row) and not NO_SUM.search(grid.label(row))]
    for total, readings in _blocks({row: grid.label(row) for row in rows}):
        found = []
        for column in columns:
            tried = [_addition(grid, (total, column), [(row, column) for row in parts]) for parts in readings]
            if tried[0] is not None:
                found.append(next((each for each in tried if each is not None and each.holds), tried[0]))
        if found and (len(readings) == 1 or any(each.holds for each in found)):
            yield found


def _blocks(labels: dict[int, str]) -> Iterator[tuple[int, list[list[int]]]]:
    """Every total row with the rows it adds up, in each way that these may be understood, the likeliest first."""
    rows = list(labels)
    totals = [row for row in rows if TOTAL.fullmatch(labels[row]) or WHOLE.fullmatch(labels[row])]
    subtotals = [row for row in rows if _SUBTOTAL.fullmatch(labels[row])]
    if not (totals or subtotals):
        return
    if rows[0] in totals or rows[0] in subtotals:
        if len(totals) + len(subtotals) == 1:
            yield rows[0], _readings(labels, rows[1:])
        return
    open_rows: list[int] = []
    added: list[int] = []
    every: list[int] = []
    for row in rows:
        inner = row in subtotals or (row in totals and row != totals[-1])
        if not inner and row not in totals:
            open_rows.append(row)
            every.append(row)
        elif inner:
            yield row, _readings(labels, open_rows)
            added.append(row)
            open_rows = []
        elif added:
            yield row, [[*added, *_top_level(labels, open_rows)], _top_level(labels, every)]
            open_rows, added, every = [], [], []
        else:
            yield row, _readings(labels, open_rows)
            open_rows, every = [], []


def _readings(labels: dict[int, str], rows: Sequence[int]) -> list[list[int]]:
    """The ways to take rows of which some are parts of another: after 其中：增值税 the next row may or may not be one too."""
    kept = _top_level(labels, rows)
    readings = [kept]
    for row in rows:
        if row in kept or row + 1 not in kept:
            continue
        after = [each for each in kept if each > row]
        readings += [[each for each in kept if each not in after[:count]] for count in range(1, len(after) + 1)]
    return readings


def _top_level(labels: dict[int, str], rows: Sequence[int]) -> list[int]:
    """The rows that are no parts of another: not 其中, and of the highest numbering where there are several."""
    kept = [row for row in rows if not _PART_OF.match(labels[row])]
    levels = {
        row: next((depth for depth, level in enumerate(_LEVELS) if level.match(labels[row])), None) for row in kept
    }
    numbered = [depth for depth in levels.values() if depth is not None]
    if len(set(numbered)) > 1 and len(numbered) == len(kept):
        return [row for row in kept if levels[row] == min(numbered)]
    return kept


def _of_columns(grid: Grid) -> Iterator[list[Addition]]:
    """Total columns: the run of columns next to them that adds up in most rows."""
    columns = adding_columns(grid)
    rows = [row for row in range(1, len(grid.rows)) if not NO_SUM.search(grid.label(row))]
    totals = [column for column in columns if _is_total(grid.text(0, column))]
    for total in totals:
        others = [column for column in columns if column not in totals and grid.unit(column) == grid.unit(total)]
        before = [column for column in others if column < total]
        after = [column for column in others if column > total]
        runs = [before[start:] for start in range(len(before) - 1)] + [after[:end] for end in range(len(after), 1, -1)]
        found = [_along(grid, rows, total, parts) for parts in runs]
        best = max(found, key=_score, default=[])
        if best:
            yield best


def _is_total(label: str) -> bool:
    return bool(TOTAL.fullmatch(label) or _SUBTOTAL.fullmatch(label))


def _along(grid: Grid, rows: Sequence[int], total: int, parts: Sequence[int]) -> list[Addition]:
    return [each for row in rows if (each := _addition(grid, (row, total), [(row, column) for column in parts]))]


def _score(found: Sequence[Addition]) -> tuple[int, int]:
    """How well a run of columns explains a total: in how many rows, then over how many columns."""
    return sum(each.holds for each in found), len(found[0].parts) if found else 0
