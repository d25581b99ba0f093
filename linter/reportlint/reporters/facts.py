"""The facts of a document as a table for a person, as CSV for a spreadsheet, as JSON for a program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from reportlint.location import WITH_LINES, location
from reportlint.record import NamedTuple
from reportlint.reporters.style import BOLD, DIM, Style
from reportlint.width import visible, width

if TYPE_CHECKING:
    from reportlint.document import Document
    from reportlint.fact import Comparison, Fact
    from reportlint.moment import Period

VERSION = 1
ROLES = {
    "total": "总数", "part": "其中", "done": "完成", "pending": "未完成", "rate": "比率", "share": "占比", "base": "基数",
    "value": "数值", "change": "变化", "rank": "名次", "target": "目标", "limit": "限值",
}  # fmt: skip
REASONS = {
    "no subject": "前后没有说明是什么",
    "no figure to refer to": "找不到它所说的数",
}
_BOUNDS = {"exact": "", "about": "约", "more": "余", "less": "近", "at least": "以上", "at most": "以内"}
_MEASURES = {"percent": "%", "points": "百分点", "times": "倍", "units": ""}
#: What a spreadsheet takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MIDDLE = "、".join
#: The widest cell of the text table, in columns of a terminal.
_WIDEST = 36


class Row(NamedTuple):
    """A fact as words, one for each column."""

    place: str
    subject: str
    figure: str
    role: str
    area: str
    scope: str
    period: str
    comparison: str
    note: str


_HEAD = Row("位置", "主语或指标", "数据", "角色", "地区", "范围", "时段", "比较", "说明")
_HEAD_EN = Row("PLACE", "SUBJECT", "FIGURE", "ROLE", "AREA", "SCOPE", "PERIOD", "COMPARISON", "NOTE")


def head(style: Style) -> Row:
    """What the columns are called."""
    return _HEAD_EN if style.lang == "en" else _HEAD


def rows(document: Document, facts: Sequence[Fact], style: Style) -> Iterator[Row]:
    """A row for each of ``facts``."""
    for fact in facts:
        yield _row(document, fact, style)


def _row(document: Document, fact: Fact, style: Style) -> Row:
    english = style.lang == "en"
    notes = [fact.verb] if fact.verb and fact.verb != fact.subject else []
    if fact.cell:
        notes.append(fact.cell[1])
    bound = fact.quantity.bound.value
    if not english and _BOUNDS[bound] and _BOUNDS[bound] not in fact.quantity.text:
        notes.append(_BOUNDS[bound])
    elif english and bound != "exact":
        notes.append(bound)
    if fact.unbound:
        notes.append(fact.unbound.value if english else REASONS[fact.unbound.value])
    return Row(
        _place(document, fact, style),
        fact.subject,
        fact.quantity.text,
        fact.role.value if english else ROLES[fact.role.value],
        fact.area,
        _MIDDLE(fact.scope.values()),
        period(fact.period),
        comparison(fact.comparison),
        "；".join(filter(None, notes)),
    )


def _place(document: Document, fact: Fact, style: Style) -> str:
    where = location(document, fact.span.start)
    if where is not None:
        return style.say(where)
    line, column = document.place(fact.span.start)
    return f"{line}:{column}"


def period(days: Period | None) -> str:
    """A period as short as it can be said: 2023, 2023-01..06, 2023-06-18, 2023-01-01..06-18."""
    if days is None:
        return ""
    start, end = days
    whole_months = start.day == 1 and (end.month == 12 and end.day == 31 or _next_is_first(days))
    if start == end:
        return start.isoformat()
    if not whole_months:
        return f"{start.isoformat()}..{end.isoformat()[5:] if start.year == end.year else end.isoformat()}"
    if (start.month, end.month) == (1, 12):
        return str(start.year) if start.year == end.year else f"{start.year}..{end.year}"
    first = f"{start:%Y-%m}"
    if (start.year, start.month) == (end.year, end.month):
        return first
    return f"{first}..{end:%m}" if start.year == end.year else f"{first}..{end:%Y-%m}"


def _next_is_first(days: Period) -> bool:
    from reportlint.day import timedelta

    return (days.end + timedelta(days=1)).day == 1


def comparison(one: Comparison | None) -> str:
    """A comparison as its words: 同比改善, 较上年同期."""
    return f"{one.against}{one.word}" if one else ""


def text(document: Document, facts: Sequence[Fact], style: Style, *, names: int = 0) -> Iterator[str]:
    """An aligned table and a line that sums up; columns that are empty throughout are left out."""
    table = [tuple(map(visible, row)) for row in rows(document, facts, style)]
    names_of = tuple(head(style))
    columns = [at for at in range(len(names_of)) if any(row[at] for row in table)]
    shown = [tuple(_cut(row[at], style.ambiguous) for at in columns) for row in (names_of, *table)] if table else []
    widths = [max(width(row[at], style.ambiguous) for row in shown) for at in range(len(columns))]
    for number, row in enumerate(shown):
        cells = [_padded(cell, widths[at], style.ambiguous, right=columns[at] == 2) for at, cell in enumerate(row)]
        yield style.paint("  ".join(cells).rstrip(), BOLD if number == 0 else "") + "\n"
    yield summary(facts, style, names=names) + "\n"


def _cut(cell: str, ambiguous: int) -> str:
    if width(cell, ambiguous) <= _WIDEST:
        return cell
    kept = ""
    for character in cell:
        if width(kept + character, ambiguous) > _WIDEST - 2:
            break
        kept += character
    return f"{kept}…"


def _padded(cell: str, columns: int, ambiguous: int, *, right: bool) -> str:
    padding = " " * (columns - width(cell, ambiguous))
    return padding + cell if right else cell + padding


def summary(facts: Sequence[Fact], style: Style, *, names: int = 0) -> str:
    """How many figures there are, how many of them are bound, and why the others are not."""
    reasons = Counter(fact.unbound for fact in facts if fact.unbound)
    bound = len(facts) - reasons.total()
    if style.lang == "en":
        parts = [
            f"{len(facts)} figures, {bound} bound",
            *(f"{count} unbound: {one.value}" for one, count in reasons.items()),
        ]
        return style.paint("; ".join(parts) + (f"; {names} names and ordinals left out" if names else ""), DIM)
    parts = [f"数据 {len(facts)} 个，弄清 {bound} 个"]
    parts += [f"未能弄清 {count} 个（{REASONS[one.value]}）" for one, count in reasons.items()]
    if names:
        parts.append(f"序号、名称中的数字 {names} 个不计")
    return style.paint("；".join(parts), DIM)


def csv(document: Document, facts: Sequence[Fact], style: Style, *, names: int = 0) -> Iterator[str]:
    """Comma-separated values with a head; a cell that a spreadsheet would run as a formula is quoted with an apostrophe."""
    import csv as table
    import io

    def line(cells: Sequence[str]) -> str:
        buffer = io.StringIO()
        table.writer(buffer, lineterminator="\r\n").writerow([harmless(cell) for cell in cells])
        return buffer.getvalue()

    extra = ("value", "unit", "low", "high", "line", "column", "text") if style.lang == "en" else (
        "值", "单位", "下限", "上限", "行", "列", "原文",
    )  # fmt: skip
    yield line((*head(style), *extra))
    for fact, row in zip(facts, rows(document, facts, style), strict=True):
        quantity, where = fact.quantity, document.place(fact.span.start)
        numbers = (f"{quantity.value:f}", quantity.unit.name, _number(quantity.low), _number(quantity.high))
        yield line((*row, *numbers, str(where.line), str(where.column), context(document, fact)))


def harmless(cell: str) -> str:
    """``cell`` so that no spreadsheet runs it: numbers stay, what begins like a formula gets an apostrophe.

    >>> harmless("=1+1"), harmless("-3.5"), harmless("同比")
    ("'=1+1", '-3.5', '同比')
    """
    cell = visible(cell)
    if cell.lstrip(" ").startswith(_FORMULA) and not _is_number(cell):
        return f"'{cell}"
    return cell


def _is_number(cell: str) -> bool:
    return cell.lstrip("+-").replace(".", "", 1).isdigit()


def _number(value: object) -> str:
    return "" if value is None else f"{value:f}"


def context(document: Document, fact: Fact, before: int = 24, after: int = 12) -> str:
    """The words around the figure, on one line."""
    start, end = max(0, fact.span.start - before), min(len(document.text), fact.span.end + after)
    return " ".join(document.text[start:end].split())


def json(document: Document, facts: Sequence[Fact], style: Style, *, names: int = 0) -> Iterator[str]:
    """One object: the document, counts, and a list of facts; numbers are strings, so that 12.30 stays 12.30."""
    import json as notation

    whole = {
        "version": VERSION,
        "path": document.path,
        "figures": len(facts),
        "bound": sum(fact.unbound is None for fact in facts),
        "unbound": sum(fact.unbound is not None for fact in facts),
        "names": names,
        "facts": [figure(document, fact) for fact in facts],
    }
    yield notation.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def figure(document: Document, fact: Fact) -> dict[str, Any]:
    """The fact as an object of JSON."""
    quantity, compared = fact.quantity, fact.comparison
    start, end = document.places(fact.span)
    where = None if document.format in WITH_LINES else location(document, fact.span.start)
    return {
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
        "location": str(where) if where is not None else None,
        "text": document.slice(fact.span),
        "subject": fact.subject or None,
        "indicator": fact.indicator.name if fact.indicator else None,
        "verb": fact.verb or None,
        "area": fact.area or None,
        "scope": fact.scope,
        "role": fact.role.value,
        "quantity": {
            "value": f"{quantity.value:f}",
            "unit": quantity.unit.name,
            "low": _number(quantity.low) or None,
            "high": _number(quantity.high) or None,
            "bound": quantity.bound.value,
            "range": quantity.ranged,
        },
        "period": {"start": fact.period.start.isoformat(), "end": fact.period.end.isoformat()} if fact.period else None,
        "cutoff": fact.timing.cutoff if fact.timing else False,
        "period_from": ("sentence" if fact.timing.near else "paragraph")
        if fact.timing
        else "title"
        if fact.period
        else None,
        "comparison": compared._asdict() if compared else None,
        "of": fact.of,
        "cell": list(fact.cell) if fact.cell else None,
        "unbound": fact.unbound.value if fact.unbound else None,
    }


FORMATS = {"text": text, "csv": csv, "json": json}
