"""Sums in tables: which rows a 合计 row adds up, and whether it does.

Columns are treated as rows of the table turned on its side, so that a 合计 column is checked by the same means.
"""

from __future__ import annotations

from bisect import bisect_right
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
#: How many rows the readings of one total may have together, and how many readings there may be whatever their length: thousands of 其中 over
#: thousands of rows could be read in the cube of ways. A budget of fifty rows with a dozen 其中 stays within.
_READ_ROWS, _FEWEST_READINGS = 20_000, 8
#: How far from a total column its parts may begin or end, and for how many such columns they are looked for.
_NEAR_COLUMNS, _MOST_TOTALS = 64, 24

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
    subtotals = {row for row in rows if _SUBTOTAL.fullmatch(labels[row])}
    if not (totals or subtotals):
        return
    last = totals[-1] if totals else None
    total_rows = set(totals)
    if rows[0] in totals or rows[0] in subtotals:
        if len(totals) + len(subtotals) == 1:
            yield rows[0], _readings(labels, rows[1:])
        return
    open_rows: list[int] = []
    added: list[int] = []
    every: list[int] = []
    for row in rows:
        inner = row in subtotals or (row in total_rows and row != last)
        if not inner and row not in total_rows:
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
    own = set(kept)
    most = max(_FEWEST_READINGS, _READ_ROWS // max(1, len(kept)))
    for row in rows:
        if row in own or row + 1 not in own:
            continue
        at = bisect_right(kept, row)
        last = min(len(kept), at + most - len(readings))
        readings += [kept[:at] + kept[end:] for end in range(at + 1, last + 1)]
        if len(readings) >= most:
            break
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
    aside = set(totals)
    units = {column: grid.unit(column) for column in columns} if totals else {}
    for total in totals[:_MOST_TOTALS]:
        others = [column for column in columns if column not in aside and units[column] == units[total]]
        at = bisect_right(others, total)
        before, after = others[max(0, at - _NEAR_COLUMNS) : at], others[at : at + _NEAR_COLUMNS]
        runs = [(before[::-1], count) for count in range(len(before), 1, -1)]
        runs += [(after, count) for count in range(len(after), 1, -1)]
        scores = _scores(grid, rows, total, before[::-1]) + _scores(grid, rows, total, after)
        if scores:
            parts, count = runs[max(range(len(runs)), key=scores.__getitem__)]
            best = _along(grid, rows, total, sorted(parts[:count]))
            if best:
                yield best


def _is_total(label: str) -> bool:
    return bool(TOTAL.fullmatch(label) or _SUBTOTAL.fullmatch(label))


def _along(grid: Grid, rows: Sequence[int], total: int, parts: Sequence[int]) -> list[Addition]:
    return [each for row in rows if (each := _addition(grid, (row, total), [(row, column) for column in parts]))]


def _scores(grid: Grid, rows: Sequence[int], total: int, parts: Sequence[int]) -> list[tuple[int, int]]:
    """How well the first two, three … of ``parts`` explain a total, the longest run first: in how many rows, over how many columns.

    As many :class:`Addition` as there are columns, rows and runs would be made of the same figures again and again: here they are added up as
    the run grows.
    """
    scores = [(0, 0)] * (len(parts) + 1)
    named = grid.unit(total)
    for row in rows:
        printed = grid.number(row, total)
        if printed is None:
            continue
        unit = ("", printed.unit) if printed.unit else named
        exact = printed.step == 1 and (is_count(unit) or unit == ("", ""))
        value = low = high = Decimal(0)
        present, gaps = 0, False
        for count, column in enumerate(parts, 1):
            number = grid.number(row, column)
            if number is None:
                cell = grid.rows[row][column]
                if cell is None or not cell.empty:
                    break
                gaps = True
            elif number.unit != printed.unit:
                break
            else:
                exact = exact and number.step == 1
                value, low, high = value + number.value, low + number.low, high + number.high
                present += 1
            if present < 2:
                continue
            holds = value == printed.value if exact else low <= printed.value + printed.step and high >= printed.low
            if holds or not gaps:
                held, columns = scores[count]
                scores[count] = (held + holds, columns or present)
    return scores[:1:-1]
