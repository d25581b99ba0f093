"""The ledger (台账): the user's table of indicator, scope, period, value and unit that a report is compared with.

It is a stranger's table: every cell is text until it has been looked at (12.30 keeps its precision), and all that is wrong with it is told at
once, each with its row and column.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportlint.dates import dates
from reportlint.errors import ReadError, SettingsError
from reportlint.moment import Period
from reportlint.numbers import Quantity, quantities
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint.sources import content, suffix_of
from reportlint.sources.decoding import decode

if TYPE_CHECKING:
    from pandas import DataFrame

#: The columns and the heads they go by; a configuration may name others.
COLUMNS: dict[str, tuple[str, ...]] = {
    "indicator": ("指标", "指标名称", "名称", "项目", "事项"),
    "scope": ("范围", "口径", "地区", "区域", "范围口径"),
    "period": ("时段", "时期", "期间", "时间", "统计期", "年份"),
    "value": ("数值", "值", "数据", "数", "完成值"),
    "unit": ("单位", "计量单位"),
}
_NEEDED = ("indicator", "period", "value")
MOST_ROWS = 50_000
#: How many mistakes one line of a message tells.
_SHOWN = 3
_ISO = compiled(r"(20\d\d)(?:[-./](0?[1-9]|1[0-2]))?")
_NUMBER = compiled(r"[-+]?\d+(?:,\d{3})*(?:\.\d+)?[^\d]{0,12}")


class Entry(NamedTuple):
    """A row of the ledger: what it says, and the row of the file, from 1, that says it."""

    indicator: str
    scope: str
    period: Period
    quantity: Quantity
    row: int
    shown: str

    @property
    def step(self) -> Decimal:
        """The worth of the last printed place."""
        return self.quantity.step


class Mistake(NamedTuple):
    """A cell that will not do: its row in the file, the head of its column, and why."""

    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        return " ".join(f"第 {self.row} 行“{self.column}”：{self.reason}".split())  # a cell may hold lines


class Table(NamedTuple):
    """The cells of a ledger as text, by our names for its columns, and how the file calls these; ``rows`` are the file's, from 1."""

    cells: tuple[dict[str, str], ...]
    rows: tuple[int, ...]
    heads: dict[str, str]


def read(path: Path, columns: Mapping[str, str] | None = None) -> tuple[Entry, ...]:
    """The rows of the ledger at ``path``; ``columns`` says how the file calls the columns of :data:`COLUMNS`.

    Raises :class:`SettingsError` with the mistakes of a table that will not do.
    """
    table = opened(path, columns)
    found = mistakes(table)
    if found:
        more = f"等 {len(found)} 处；" if len(found) > _SHOWN else "。"
        words = "；".join(map(str, found[:_SHOWN]))
        raise SettingsError(f"台账 {path} 有误：{words}{more}用 reportlint ledger check {path} 看全部")
    return entries(table)


def entries(table: Table) -> tuple[Entry, ...]:
    """The rows of a table without :func:`mistakes`."""
    return tuple(_entry(cells, row) for cells, row in zip(table.cells, table.rows, strict=True))


def opened(path: Path, columns: Mapping[str, str] | None = None) -> Table:
    """The cells of the ledger at ``path``. Raises :class:`SettingsError` for a file that is no table or lacks a column."""
    try:
        data = content(path)
    except ReadError as error:
        raise SettingsError(f"台账 {path} 读不了：{error}") from error
    return parsed(data, str(path), columns)


def parsed(data: bytes, path: str, columns: Mapping[str, str] | None = None) -> Table:
    """The cells of the ledger ``data``, a file that is called ``path``. Raises :class:`SettingsError` as :func:`opened` does."""
    try:
        lines = _lines(data, suffix_of(path))
    except (ReadError, csv.Error) as error:
        raise SettingsError(f"台账 {path} 读不了：{error}") from error
    wanted = {
        name: ((columns or {}).get(name),) if (columns or {}).get(name) else heads for name, heads in COLUMNS.items()
    }
    for at, (_, cells) in enumerate(lines):
        heads = [cell.strip() for cell in cells]
        places = {
            name: next((heads.index(head) for head in each if head in heads), -1) for name, each in wanted.items()
        }
        if all(places[name] >= 0 for name in _NEEDED):
            return _table(lines[at + 1 :], places, heads, path)
    missing = "、".join(f"“{wanted[name][0]}”" for name in _NEEDED)
    raise SettingsError(f"台账 {path} 没有表头：要有一行写明 {missing} 等列名（列名不同时在配置的 [ledger] 里写明）")


def _table(lines: Sequence[tuple[int, list[str]]], places: Mapping[str, int], heads: Sequence[str], path: str) -> Table:
    cells, rows = [], []
    for row, line in lines:
        if any(cell.strip() for cell in line):
            cells.append({name: line[at].strip() if 0 <= at < len(line) else "" for name, at in places.items()})
            rows.append(row)
    if len(rows) > MOST_ROWS:
        raise SettingsError(f"台账 {path} 超过 {MOST_ROWS // 10_000} 万行，已拒绝打开")
    return Table(
        tuple(cells), tuple(rows), {name: heads[at] if at >= 0 else COLUMNS[name][0] for name, at in places.items()}
    )


def _lines(data: bytes, suffix: str) -> list[tuple[int, list[str]]]:
    """The rows of the file with their numbers, from 1; of a workbook those of its first sheet with something in it."""
    if suffix in (".xlsx", ".xlsm", ".xls"):
        from importlib.util import find_spec

        if find_spec("python_calamine") is None:
            raise SettingsError("读取工作簿形式的台账需要安装：pip install 'reportlint[excel]'")
        from reportlint.sources.xlsx import sheets

        rows = next((sheet.rows for sheet in sheets(data)[0] if sheet.rows), ())
        return [(row.number + 1, _filled(row.cells)) for row in rows]
    text = decode(data).text
    return list(enumerate(csv.reader(io.StringIO(text, newline="")), 1))


def _filled(cells: Sequence[Any]) -> list[str]:
    line = [""] * (cells[-1].column + 1)
    for cell in cells:
        line[cell.column] = cell.text
    return line


def mistakes(table: Table) -> list[Mistake]:
    """Everything that is wrong with ``table``, by row."""
    if not table.cells:
        return [Mistake(1, table.heads["indicator"], "台账里没有数据")]
    found = _checked(table)
    found += _repeated(table, {mistake.row for mistake in found})
    return sorted(found)


def _checked(table: Table) -> list[Mistake]:
    """The cells that the schema refuses: all of them, each once."""
    import os

    os.environ.setdefault("DISABLE_PANDERA_IMPORT_WARNING", "True")
    import pandas
    import pandera.pandas as pandera

    def column(check: Any, reason: str) -> Any:
        return pandera.Column(str, pandera.Check(lambda cells: cells.map(check), error=reason), nullable=False)

    frame = _frame(pandas, table)
    schema = pandera.DataFrameSchema(
        {
            "indicator": column(bool, "没有写指标名称"),
            "period": column(
                lambda text: period_of(text) is not None,
                "时段认不出，要写明年份，如 2024年、2024年上半年、2024年1—6月、2024-06",
            ),
            "value": column(lambda text: _NUMBER.fullmatch(text) is not None, "不是数"),
            "whole": column(
                lambda text: (
                    not _NUMBER.fullmatch(text.partition("\t")[0]) or quantity_of(*text.split("\t")) is not None
                ),
                "数值和单位合起来认不出",
            ),
        }
    )
    try:
        schema.validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as error:
        cases = error.failure_cases.drop_duplicates(["column", "check", "index"])
        return [
            Mistake(
                table.rows[int(case.index)],
                table.heads["unit" if case.column == "whole" else case.column],
                _reason(str(case.check), str(case.failure_case).replace("\t", "")),
            )
            for case in cases.itertuples(index=False, name="Case")
            if case.index is not None
        ]
    return []


def _frame(pandas: Any, table: Table) -> DataFrame:
    frame: DataFrame = pandas.DataFrame(list(table.cells), dtype=object).astype(str)
    frame["whole"] = frame["value"] + "\t" + frame["unit"]
    return frame


def _reason(check: str, cell: str) -> str:
    return f"“{cell}”{check}" if cell else check if check.startswith("没有") else f"空着，{check}"


def _repeated(table: Table, wrong: set[int]) -> list[Mistake]:
    """Rows that say the same thing as an earlier one with another value."""
    seen: dict[tuple[str, str, Period | None], tuple[int, Entry]] = {}
    found = []
    for cells, row in zip(table.cells, table.rows, strict=True):
        if row in wrong:
            continue
        entry = _entry(cells, row)
        key = (entry.indicator, entry.scope, entry.period)
        earlier = seen.setdefault(key, (row, entry))
        one, other = earlier[1].quantity, entry.quantity
        if (one.value, one.unit.name) != (other.value, other.unit.name):
            found.append(
                Mistake(
                    row,
                    table.heads["value"],
                    f"“{entry.shown}”与第 {earlier[0]} 行的“{earlier[1].shown}”不同，指标、范围、时段却一样",
                )
            )
    return found


def period_of(text: str) -> Period | None:
    """The days that a period of the ledger means; ``None`` where it is none or names no year.

    >>> period_of("2024年上半年").end.month, period_of("2024-06").days, period_of("上半年")
    (6, 30, None)
    """
    iso = _ISO.fullmatch(text)
    if iso:
        text = f"{iso[1]}年" + (f"{int(iso[2])}月" if iso[2] else "")
    if text.endswith("年度"):
        text = text[:-1]
    found = list(dates(text))
    if len(found) != 1 or found[0].at.size != len(text):
        return None
    year = next((point.year for point in found[0].points if point.year is not None), None)
    return found[0].period(year) if year is not None else None


def quantity_of(value: str, unit: str) -> Quantity | None:
    """The one quantity that value and unit make; ``None`` where they make none."""
    text = f"{value}{unit}"
    found = list(quantities(text))
    if len(found) != 1 or found[0].at.size != len(text.lstrip("+-")):
        return None
    return found[0]


def _entry(cells: Mapping[str, str], row: int) -> Entry:
    period, quantity = period_of(cells["period"]), quantity_of(cells["value"], cells["unit"])
    if period is None or quantity is None:
        raise SettingsError(f"台账第 {row} 行认不出")
    return Entry(cells["indicator"], cells["scope"], period, quantity, row, f"{cells['value']}{cells['unit']}")
