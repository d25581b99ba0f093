"""Rows of changes: the sizes that stand side by side, and what they are measured from.

A row has one change for every member of a list: 分别增长4.0%、9.1%. Where the words before it bring in another subject or another
comparison (同比 beside a base of last month) the row is not the base's.
"""

from __future__ import annotations

from reportlint.movements import Movement, bare_change, change_of, kind_of
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint.span import Span
from reportlint_rules.numbers.growth.bases import BEYOND, Base, Figure, Passage

#: What was added need not be what there came to be more.
_ADDED = compiled(r"[^，；。\d]{0,4}，新增(?:了|加了)?")
#: What leads from a change to the value it ends in: ，达到, ，为.
REACHES = compiled(
    r"[^，；。\d]{0,3}，(?:目前|现|已|总[数量]|今年|累计|全年|实际)*(?:达到|达|增至|升至|降至|减至|增加到|提高到|提升到|上升到|降低到|下降到|减少到|压减到|至|到|为)"
)
Row = list[tuple[int, Movement]]


class Change(NamedTuple):
    """The size of a change, the word that says which way it went, and where that stands in the reading."""

    figure: Figure
    movement: Movement
    at: Span


def outside(passage: Passage, index: int, end: int) -> int:
    """The first figure after the bracket that the bases open: 较上年同期（91.4%，58项中整改53项）提高3.9个百分点."""
    if not passage.figures[index].gap.endswith("（") or passage.figures[index].unit.kind != "percent":
        return end
    depth = passage.figures[index].claim.depth
    while (
        end < len(passage.figures)
        and passage.figures[end].claim.depth >= depth
        and "）" not in passage.figures[end].gap
    ):
        end += 1
    return end


def row_at(passage: Passage, at: int, size: int, words: str = "") -> Row | None:
    """The ``size`` changes that stand at ``at``, or ``None`` where the words there bring in something else than ``words``."""
    if at >= len(passage.figures) or passage.end_of_list(at) != at + size:
        return None
    movement = bare_change(passage.figures[at].gap, words)
    if movement is None or any(one.quantity.ordinal or one.quantity.quoted for one in passage.figures[at : at + size]):
        return None
    return [(place, movement) for place in range(at, at + size)]


def rows_after(passage: Passage, at: int, size: int, base: Base | None) -> list[Row]:
    """The rows of changes from ``at`` on that are measured from the base."""
    rows: list[Row] = []
    kind = base.kind if base else ""
    while at < len(passage.figures):
        if base and _ADDED.fullmatch(passage.figures[at].gap):  # what was added need not be what came to be more
            at += size
            continue
        row = row_at(passage, at, size, base.subject if base and size == 1 else "")
        if row is None:
            break
        kind = kind_of(row[0][1].comparator) or kind
        if base is None or _fits_kind(base.kind, kind, fresh=not rows):
            rows.append(row)
        at += size
    return rows


def _fits_kind(mine: str, kind: str, *, fresh: bool) -> bool:
    """Whether a change said to be 同比, 环比 or against some date is measured from a base of the kind ``mine``."""
    return not mine or kind == mine or (fresh and mine.isdigit() and kind == "year")


def rows_before(passage: Passage, index: int, size: int, base: Base) -> list[Row]:
    """Changes that the base comes behind: 同比下降6.5%（上年同期为31微克/立方米）."""
    figure = passage.figures[index]
    if base.shape != "own" or not (figure.bracketed or figure.gap.startswith("，")):
        return []
    rows: list[Row] = []
    at = index - size
    while at >= passage.first and (row := row_at(passage, at, size)):
        rows.insert(0, row)
        at -= size
    kind = next((kind_of(row[0][1].comparator) for row in rows if row[0][1].comparator), base.kind)
    return rows if _fits_kind(base.kind, kind, fresh=True) else []


def ratio_row(passage: Passage, at: int) -> list[Row]:
    """是上年同期B的N倍: the N."""
    if (
        at < len(passage.figures)
        and passage.figures[at].gap == "的"
        and passage.figures[at].unit.kind in ("fold", "percent")
    ):
        return [[(at, Movement("是", ""))]]
    return []


def beyond(passage: Passage, index: int, end: int) -> list[Row]:
    """高于B（90.6%）C: the C."""
    verb = next((verb for verb in BEYOND if verb in passage.figures[index].lead), "")
    if end == index + 1 and verb and end < len(passage.figures) and passage.figures[end].gap == "）":
        return [[(end, Movement(BEYOND[verb], ""))]]
    return []


def led_to(passage: Passage, index: int) -> list[Row]:
    """The change that leads to a value: 受理量同比减少1860件，为14240件."""
    if index <= passage.first or not REACHES.fullmatch(passage.figures[index].gap):
        return []
    movement = change_of(passage.figures[index - 1].lead)
    if movement is None:
        return []
    rows: list[Row] = [[(index - 1, movement)]]
    before = passage.figures[index - 2] if index - 2 >= passage.first else None
    # 增加126件，增长18.4%，达到1062件: by how much, and by what share.
    if before is not None and before.unit.kind != "percent" and passage.figures[index - 1].gap.startswith("，"):
        earlier = change_of(before.lead)
        if (
            earlier is not None
            and earlier.sign == movement.sign
            and not passage.figures[index - 1].lead.strip("增长下降提高减少幅度率了为")
        ):
            rows.insert(0, [(index - 2, earlier)])
    return rows


def change_of_row(passage: Passage, row: Row, member: int) -> Change:
    """A member of a row of changes; the word that moves it stands before the row's first."""
    index, movement = row[member]
    first = passage.figures[row[0][0]]
    start = passage.analysis.reading.text.rfind(movement.word, first.at.start - len(first.gap), first.at.start)
    at = Span(start, start + len(movement.word)) if start >= 0 else passage.figures[index].at
    return Change(passage.figures[index], movement, at)
