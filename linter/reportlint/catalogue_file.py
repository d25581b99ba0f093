"""Reads a catalogue of indicators: a table that comes with rules, or the user's."""

from __future__ import annotations

import os
from collections.abc import Iterator
from decimal import InvalidOperation

from reportlint.catalogue import Indicator, made
from reportlint.errors import ReportlintError, SettingsError
from reportlint.units import UNITS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: The columns of a catalogue in the order of :class:`Indicator`, by the headings that a table may give them.
HEADINGS = {
    "name": "名称", "aliases": "别名", "unit": "单位", "units": "单位写法", "direction": "方向", "hard_min": "最小值", "hard_max": "最大值",
    "plausible_min": "常见最小值", "plausible_max": "常见最大值", "statistic": "统计口径", "source": "来源",
    "context": "语境",
}  # fmt: skip
DIRECTIONS = {"higher": "越高越好", "lower": "越低越好", "none": "无"}
#: Of more faults than these the message tells the number only.
_SHOWN = 20
_LIMITS = ("hard_min", "plausible_min", "plausible_max", "hard_max")


def read_catalogue(path: str | os.PathLike[str]) -> Iterator[Indicator]:
    """The rows of a catalogue: CSV with the columns of :class:`Indicator`, lists separated by ``;``.

    Headings may be Chinese (:data:`HEADINGS`); columns that are not there are empty, but for name and unit. Raises
    :class:`SettingsError` with all that is wrong: cell by cell, as pandera finds it, which is imported for a faulty table only.
    """
    table = catalogue_rows(path)
    try:
        found = [made(cells(row)) for row in table]
        names = [name for indicator in found for name in (indicator.name, *indicator.aliases)]
        if not all(map(_sound, found)) or len(names) != len(set(names)):
            raise ValueError("范围或名称有误")
    except (KeyError, InvalidOperation, ValueError) as error:
        from reportlint.catalogue_schema import faults  # brings pandas and pandera

        listed = faults(table) or [str(error)]
        more = "" if len(listed) <= _SHOWN else "；……"
        raise SettingsError(f"指标目录 {path} 有 {len(listed)} 处错误：" + "；".join(listed[:_SHOWN]) + more) from error
    yield from found


def cells(row: dict[str, str]) -> tuple[str, ...]:
    """The cells of a row in the order of :data:`HEADINGS`."""
    return tuple(row[name] for name in HEADINGS)


def catalogue_rows(path: str | os.PathLike[str]) -> list[dict[str, str]]:
    """The cells of a catalogue as printed, by English heading; ``line`` is the row's number in the file."""
    import csv

    from reportlint.sources.decoding import decode

    try:
        with open(path, "rb") as file:
            lines = decode(file.read()).text.splitlines()
    except (OSError, ReportlintError) as error:
        raise SettingsError(f"指标目录 {path} 读不了：{error}") from error
    table = csv.reader(lines)
    try:
        return _rows(table, path)
    except csv.Error as error:
        raise SettingsError(f"指标目录 {path} 第 {table.line_num} 行不是合法的 CSV：{error}") from error


def _rows(table: Any, path: str | os.PathLike[str]) -> list[dict[str, str]]:
    """The rows of :func:`catalogue_rows`, from the reader of the file at ``path``."""
    english = {chinese: name for name, chinese in HEADINGS.items()}
    heading = [english.get(cell.strip(), cell.strip()) for cell in next(table, [])]
    unknown = [cell for cell in heading if cell and cell not in HEADINGS]
    missing = [name for name in ("name", "unit") if name not in heading]
    if unknown or missing or len(set(heading)) != len(heading):
        what = "，".join(
            [f"缺少列 {name}（{HEADINGS[name]}）" for name in missing] + [f"没有这一列：{cell}" for cell in unknown]
            or ["有两列同名"]
        )
        raise SettingsError(f"指标目录 {path} 第 1 行：{what}。可用的列：{'、'.join(HEADINGS.values())}")
    words = {chinese: name for name, chinese in DIRECTIONS.items()}
    found = []
    for cells in table:
        if not any(map(str.strip, cells)):
            continue
        row = dict.fromkeys(HEADINGS, "") | {
            name: cell.strip() for name, cell in zip(heading, cells, strict=False) if name
        }
        row["direction"] = words.get(row["direction"], row["direction"]) or "none"
        found.append({**row, "line": str(table.line_num)})
    return found


def _sound(indicator: Indicator) -> bool:
    limits = [limit for name in _LIMITS if (limit := getattr(indicator, name)) is not None]
    return (
        bool(indicator.name)
        and limits == sorted(limits)
        and all(limit.is_finite() for limit in limits)
        and indicator.direction in DIRECTIONS
        and indicator.units <= UNITS.keys()
    )
