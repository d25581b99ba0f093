"""The door for engines that bring their own data: a frame of texts in, a frame of findings (or facts, or documents) out.

Spark: ``df.mapInPandas(Frames("findings").map, Frames("findings").schema)``; Ray Data: ``ds.map_batches(Frames("findings").frame,
batch_format="pandas")``. What comes in is a stranger's table and is validated with pandera first, all faults at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from reportlint.errors import ReadError
from reportlint.record import NamedTuple
from reportlint.scan import tables
from reportlint.scan.examine import Item, Job, examine, together

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pa

_MOST_SHOWN = 5


class Frames(NamedTuple):
    """What to make of frames: ``table`` is ``findings``, ``facts`` or ``documents``.

    ``text`` is the column with the texts, ``identity`` the one that names them. Without it a document is called by its number in the frame,
    which an engine that cuts its data into frames gives out many times over: name them; ``job`` is how to check.
    An instance can be pickled: it is what goes to the workers.
    """

    table: str = "findings"
    text: str = "text"
    identity: str = ""
    job: Job = Job()

    @property
    def columns(self) -> tuple[tables.Column, ...]:
        """The columns of what comes out."""
        return tables.TABLES[self.table]

    @property
    def schema(self) -> str:
        """The columns of what comes out, as Spark takes them."""
        return tables.ddl(self.columns)

    def map(self, frames: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        """What comes of each of ``frames``: the function for ``mapInPandas``."""
        for frame in frames:
            yield self.frame(frame)

    def frame(self, frame: pd.DataFrame) -> pd.DataFrame:
        """What comes of one frame: the function for ``map_batches`` and for plain pandas.

        A text that is missing, or on which the program fails, is a row of the documents with its error. Raises :class:`ReadError` where a
        column is missing or holds something other than text.
        """
        import pandas as pd

        checked = _validated(frame, self.text, self.identity)
        names = checked[self.identity].tolist() if self.identity else [str(number) for number in range(len(checked))]
        job = self.job._replace(facts=self.table == "facts")
        items = (
            Item(
                str(name),
                "",
                None if self.identity else number,
                text=text if isinstance(text, str) else None,
                error="" if isinstance(text, str) else "没有正文",
            )
            for number, (name, text) in enumerate(zip(names, checked[self.text].tolist(), strict=True))
        )
        rows = together(examine(item, job) for item in items)[self.table]
        series = {
            column.name: pd.Series([row.get(column.name) for row in rows], dtype=_DTYPES[column.kind])
            for column in self.columns
        }
        return pd.DataFrame(series)


#: Types of pandas that can hold a missing value and go over Arrow unchanged.
_DTYPES = {"string": "object", "long": "Int64", "double": "float64", "boolean": "boolean"}


def _validated(frame: pd.DataFrame, text: str, identity: str) -> pd.DataFrame:
    import pandera.pandas as pa

    columns: dict[str, pa.Column] = {
        text: pa.Column(object, pa.Check(_is_text, error="不是文字"), nullable=True, coerce=True)
    }
    if identity:
        columns[identity] = pa.Column(object, nullable=False, coerce=True)
    try:
        return pa.DataFrameSchema(columns).validate(frame, lazy=True)
    except pa.errors.SchemaErrors as error:
        cases = error.failure_cases.head(_MOST_SHOWN).to_dict("records")
        said = "；".join(_said(case, text, identity) for case in cases)
        raise ReadError(f"这张表用不了：{said}") from None


def _is_text(values: pd.Series) -> pd.Series:
    return values.map(lambda value: isinstance(value, str))


def _said(case: dict[str, object], text: str, identity: str) -> str:
    if case["check"] == "column_in_dataframe":
        return f"没有“{case['failure_case']}”列"
    where = f"第 {case['index']} 行" if case["index"] is not None else ""
    return f"“{case['column']}”列{where}不能用：{case['failure_case']!r}"
