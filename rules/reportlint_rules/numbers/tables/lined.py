"""Tables and lists that stand in lines of plain text: 合计 200 183 17 under the rows; 共1260吨，明细如下： above them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from reportlint.analysis import Analysis
from reportlint.finding import Checked, Finding, Message, Outcome, Related, Severity
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint.span import Span
from reportlint_rules.numbers.figures import show
from reportlint_rules.numbers.nearly import slip_between
from reportlint_rules.numbers.tables.sums import NO_SUM

_CELL = compiled(r"\S+")
_NUMBER = compiled(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?")
_TOTAL = compiled(r"(?:合计|总计|共计|总和)")
_MOST_ROWS = 60
#: 第一批 420吨: a name and how much.
_ITEM = compiled(
    r"(?P<name>[^\d\s，。；：]{1,12}[一-龥）)]|第[一二三四五六七八九十\d]{1,2}[批期次类组])[ 　：:\t]+(?P<value>\d+(?:\.\d+)?)(?P<unit>[万亿]?[一-龥]{1,4})[；;。，,]?"
)
_LEADS = compiled(
    r"(?P<value>(?<![\d.])\d{1,15}(?:\.\d{1,6})?)(?P<unit>[万亿]?[一-龥]{1,4}?)[^\d，。；]{0,12}(?:，|。)?(?:明细|分布|情况|清单|具体|分项|构成|各批|各类)[^\d。；]{0,8}(?:如下|为)?[：:]$"
)


class _Row(NamedTuple):
    """A line: what it is called, and its figures with their places in the text."""

    label: str
    cells: tuple[tuple[str, int], ...]


def lined(analysis: Analysis) -> Iterator[Outcome]:
    """Every total line of such a table, and every total told above such a list."""
    text = analysis.document.text
    rows: list[_Row] = []
    lead: tuple[Decimal, str, Span] | None = None
    items: list[tuple[Decimal, str, Span]] = []
    place = 0
    for line in text.split("\n"):
        row = _row(line, place)
        if row is None:
            rows = []
        elif _TOTAL.fullmatch(row.label):
            yield from _added(rows, row)
            rows = []
        else:
            rows = [*rows[-_MOST_ROWS:], row]
        item = _ITEM.fullmatch(line.strip())
        if item is not None and lead is not None:
            start = place + line.index(item["value"], line.index(item["name"]) + len(item["name"]))
            items.append((Decimal(item["value"]), item["unit"], Span(start, start + len(item["value"] + item["unit"]))))
        else:
            yield from _listed(lead, items)
            items = []
            said = _LEADS.search(line)
            lead = None
            if said is not None:
                at = Span(place + said.start("value"), place + said.end("unit"))
                lead = (Decimal(said["value"]), said["unit"], at)
        place += len(line) + 1
    yield from _listed(lead, items)


def _row(line: str, place: int) -> _Row | None:
    """A line of a name and figures; ``None`` for any other, but a head of names alone, which has the label ""."""
    if not 3 <= len(line) <= 120 or "。" in line or "，" in line:
        return None
    cells = [(match[0], place + match.start()) for match in _CELL.finditer(line)]
    if len(cells) < 2:
        return None
    figures = 0
    while figures < len(cells) and _NUMBER.fullmatch(cells[-1 - figures][0]):
        figures += 1
    if figures == len(cells):
        return None
    if not figures:
        return _Row("", tuple(cells))
    return _Row("".join(cell for cell, _ in cells[: len(cells) - figures]), tuple(cells[len(cells) - figures :]))


def _added(rows: Sequence[_Row], total: _Row) -> Iterator[Outcome]:
    size = len(total.cells)
    parts = [row for row in rows if row.label and len(row.cells) == size]
    heads = [row for row in rows if not row.label]
    if len(parts) < 2 or any(row.label and len(row.cells) != size for row in rows):
        return
    names = [cell for cell, _ in heads[-1].cells][-size:] if heads and len(heads[-1].cells) > size else [""] * size
    verdicts = []
    for column in range(size):
        values = [_value(row.cells[column][0]) for row in parts]
        said = _value(total.cells[column][0])
        if NO_SUM.search(names[column]) and names[column]:
            continue
        slack = sum((_step(row.cells[column][0]) for row in parts), _step(total.cells[column][0])) / 2
        exact = all("." not in row.cells[column][0] for row in (*parts, total))
        gap = abs(sum(values, Decimal(0)) - said)
        verdicts.append((column, sum(values, Decimal(0)), said, gap == 0 if exact else gap <= slack))
    right = sum(holds for *_, holds in verdicts)
    for column, summed, said, holds in verdicts:
        cell, at = total.cells[column]
        span = Span(at, at + len(cell))
        near = said != 0 and abs(summed - said) <= abs(said) / 2
        if holds or (near and (right or (size == 1 and slip_between(said, summed, _step(cell))))):
            yield Checked(span)
        if not holds and near and (right or (size == 1 and slip_between(said, summed, _step(cell)))):
            shown = "＋".join(row.cells[column][0] for row in parts)
            yield Finding(
                span,
                Message(
                    f"{shown}＝{show(summed)}，与{total.label} {cell} 不符，请核对",
                    f"{shown}＝{show(summed)}, not {cell}",
                ),
                tuple(
                    Related(Span(row.cells[column][1], row.cells[column][1] + len(row.cells[column][0])), "分项")
                    for row in parts
                ),
                severity=Severity.WARNING,
            )


def _listed(lead: tuple[Decimal, str, Span] | None, items: Sequence[tuple[Decimal, str, Span]]) -> Iterator[Outcome]:
    if lead is None or len(items) < 2:
        return
    said, unit, at = lead
    if {one for _, one, _ in items} != {unit}:
        return
    total = sum((value for value, *_ in items), Decimal(0))
    yield Checked(at)
    if total != said and abs(total - said) <= said / 5 and all(value < said for value, *_ in items):
        shown = "＋".join(show(value) for value, *_ in items)
        yield Finding(
            at,
            Message(
                f"下面各行 {shown}＝{show(total)}{unit}，与 {show(said)}{unit} 不符，请核对", f"{shown}＝{show(total)}"
            ),
            tuple(Related(each, "分项") for *_, each in items),
            severity=Severity.WARNING,
        )


def _value(cell: str) -> Decimal:
    return Decimal(cell.replace(",", ""))


def _step(cell: str) -> Decimal:
    return Decimal(1).scaleb(-len(cell.partition(".")[2]))
