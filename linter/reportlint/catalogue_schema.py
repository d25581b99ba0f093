"""What is wrong with a user's catalogue of indicators, every cell at once.

pandera does the checking. It takes a second to import, so it is asked only about a table that the quick reader has refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from reportlint.catalogue_file import DIRECTIONS, HEADINGS
from reportlint.units import UNITS

LIMITS = ("hard_min", "plausible_min", "plausible_max", "hard_max")


def schema() -> Any:
    """The form of a catalogue, for a table of strings with the columns of :class:`~reportlint.catalogue.Indicator`."""
    import pandera.pandas as pa

    def check(passes: Any, error: str) -> Any:
        return pa.Check(passes, element_wise=True, error=error)

    number = check(_is_number, "应为数字")
    known = check(lambda unit: not unit or unit in UNITS, "不是认得的单位")
    direction = check(DIRECTIONS.__contains__, f"应为 {'、'.join(DIRECTIONS.values())}")
    return pa.DataFrameSchema(
        {
            "name": pa.Column(str, [check(bool, "不能空着"), pa.Check(_is_unique, error="与别的行重复")]),
            "unit": pa.Column(str, known),
            "units": pa.Column(
                str,
                check(lambda units: all(unit in UNITS for unit in filter(None, units.split(";"))), "有不认得的单位"),
            ),
            "direction": pa.Column(str, direction),
            **{limit: pa.Column(str, number) for limit in LIMITS},
            "names": pa.Column(str, pa.Check(_names_are_unique, error="有别名与别的行重复")),
            "limits": pa.Column(str, check(_ascend, "范围颠倒：应当 最小值≤常见最小值≤常见最大值≤最大值")),
        }
    )


def faults(rows: Sequence[dict[str, str]]) -> list[str]:
    """Every bad cell of ``rows`` (:func:`~reportlint.catalogue_file.catalogue_rows`), by line and column, in words."""
    import pandas as pd
    import pandera.pandas as pa

    table = pd.DataFrame(list(rows), columns=[*HEADINGS, "line"])
    table["names"] = table["name"] + ";" + table["aliases"]
    table["limits"] = table[list(LIMITS)].agg(";".join, axis=1) if len(table) else ""
    try:
        schema().validate(table, lazy=True)
    except pa.errors.SchemaErrors as error:
        found = {
            (int(case["index"]), str(case["column"]), str(case["check"]))
            for _, case in error.failure_cases.iterrows()
            if case["index"] is not None
        }
        return [
            f"第 {table['line'][index]} 行“{HEADINGS.get(column, '别名' if column == 'names' else '范围')}”"
            f"{table[column][index] if column in HEADINGS else ''} {why}"
            for index, column, why in sorted(found)
        ]
    return []


def _is_number(cell: str) -> bool:
    try:
        return not cell or Decimal(cell).is_finite()
    except InvalidOperation:
        return False


def _is_unique(names: Any) -> Any:
    return ~names.duplicated(keep=False) | (names == "")


def _names_are_unique(cells: Any) -> Any:
    """Whether the other names of a row are no other row's, and none stands twice; the first names are looked at by themselves."""
    lists = [[name for name in cell.split(";") if name] for cell in cells]
    every = [name for names in lists for name in names]
    return cells.map(lambda cell: all(every.count(name) == 1 for name in cell.split(";")[1:] if name))


def _ascend(cell: str) -> bool:
    limits = [limit for limit in cell.split(";") if limit]
    if not all(map(_is_number, limits)):
        return True  # told of the cell itself
    numbers = [Decimal(limit) for limit in limits]
    return numbers == sorted(numbers)
