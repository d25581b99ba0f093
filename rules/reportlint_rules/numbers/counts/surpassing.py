"""Columns of a table one of which cannot exceed the other: 整改 beside 发现."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.grid import Grid, Number
from reportlint.patterns import compiled

_FOUND = compiled(r"(?:发现|排查|反馈|交办|转办|受理|收到|应[一-龥]{1,3}|抽检|抽查|总)[一-龥]{0,6}(?:[(（].*|/.*)?")
_DONE = compiled(r"(?:其中)?(?:已|完成)?(?:整改|办结|销号|结案|合格|化解|实[一-龥]{1,2})[一-龥]{0,4}?(?:[(（].*|/.*)?")
_OTHER = compiled(r"率|比|占|%|计划|任务|目标|人次|费|金额|上年|去年|同比|未|不")
#: A table with more pairs of such columns is a data set, in which heads of one kind say nothing about each other.
_MOST = 400


def surpassing(grid: Grid) -> Iterator[tuple[Number, Number]]:
    """The cells done and found of each row, for every pair of such columns that agree in most rows."""
    heads = {column: grid.text(0, column) for column in grid.columns()}
    heads = {column: head for column, head in heads.items() if not _OTHER.search(head)}
    parts, wholes = ({column for column, head in heads.items() if kind.fullmatch(head)} for kind in (_DONE, _FOUND))
    due = {column for column, head in heads.items() if head.startswith("应")}
    met = {column for column, head in heads.items() if head.startswith(("已", "实"))}
    pairs = [
        (part, whole)
        for part in heads
        if part in parts or part in met
        for whole in heads
        if whole < part and ((part in parts and whole in wholes) or (part in met and whole in due))
    ]
    for part, whole in pairs if len(pairs) <= _MOST else ():
        if grid.unit(part) != grid.unit(whole):
            continue
        rows = [
            (done, found)
            for row in range(1, len(grid.rows))
            if (done := grid.number(row, part)) is not None
            and (found := grid.number(row, whole)) is not None
            and done.unit == found.unit
            and done.step == found.step == 1
        ]
        if sum(done.value > found.value for done, found in rows) * 2 <= len(rows):
            yield from rows
