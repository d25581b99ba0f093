"""Columns of a table one of which cannot exceed the other: 整改 beside 发现."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from reportlint.grid import Grid, Number
from reportlint.patterns import compiled

_FOUND = compiled(r"(?:发现|排查|反馈|交办|转办|受理|收到|应[一-龥]{1,3}|抽检|抽查|总)[一-龥]{0,6}(?:[(（].*|/.*)?")
_DONE = compiled(r"(?:其中)?(?:已|完成)?(?:整改|办结|销号|结案|合格|化解|实[一-龥]{1,2})[一-龥]{0,4}?(?:[(（].*|/.*)?")
_OTHER = compiled(r"率|比|占|%|计划|任务|目标|人次|费|金额|上年|去年|同比|未|不")


def surpassing(grid: Grid) -> Iterator[tuple[Number, Number]]:
    """The cells done and found of each row, for every pair of such columns that agree in most rows."""
    heads = {column: grid.text(0, column) for column in grid.columns()}
    for part, whole in permutations(heads, 2):
        due = heads[whole].startswith("应") and heads[part].startswith(("已", "实"))
        if not (due or (_DONE.fullmatch(heads[part]) and _FOUND.fullmatch(heads[whole]))) or grid.unit(
            part
        ) != grid.unit(whole):
            continue
        if _OTHER.search(heads[part]) or _OTHER.search(heads[whole]) or whole > part:
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
