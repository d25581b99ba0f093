"""What was looked at besides the findings: figures understood, relations checked, relations that could not be, findings excused."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from reportlint.api import facts as facts_of
from reportlint.finding import Abstained
from reportlint.location import location
from reportlint.reporters.facts import head, rows
from reportlint.width import visible

if TYPE_CHECKING:
    from reportlint.document import Document
    from reportlint.reporters.style import Style
    from reportlint.result import Result
    from reportlint.span import Span

#: Rows of a table beyond this many are counted, not shown.
_MOST = 1000
#: What a reader must act on stands unfolded if it is no longer than this.
_SHORT = 20


def coverage(result: Result, style: Style) -> Iterator[str]:
    """Foldable tables, each left out where it would be empty."""
    left = [(rule, one) for rule, one in result.looked if isinstance(one, Abstained)]
    say, document = style.either, result.document
    titles = {rule.code: rule.title.rstrip("。") for rule, _ in result.looked}
    yield from _table(
        say(f"未能核对的关系（{len(left)} 处）", f"Relations that could not be checked ({len(left)})"),
        (say("位置", "Place"), say("原文", "Text"), say("原因", "Reason"), say("规则", "Rule")),
        [
            (
                _place(document, one.span, style),
                document.slice(one.span),
                style.label(one.reason, one.en),
                f"{rule.code} {titles[rule.code]}",
            )
            for rule, one in left
        ],
        style,
    )
    yield from _table(
        say(f"核对过的关系（{result.checked} 处）", f"Relations checked ({result.checked})"),
        (say("规则", "Rule"), say("核对", "Checked"), say("未能核对", "Not checkable")),
        [
            (f"{code} {titles[code]}", str(tally.checked), str(tally.abstained))
            for code, tally in sorted(result.relations.items())
            if code in titles
        ],
        style,
        counted=True,
    )
    facts = facts_of(document, settings=result.settings)
    cells = list(rows(document, facts, style))
    names = head(style)
    filled = [at for at in range(len(names)) if any(row[at] for row in cells)]
    yield from _table(
        say(f"读出的数据（{len(facts)} 个）", f"Figures understood ({len(facts)})"),
        tuple(names[at].capitalize() for at in filled),
        [tuple(row[at] for at in filled) for row in cells],
        style,
        counted=True,
    )
    yield from _table(
        say(f"按说明忽略的（{len(result.excused)} 处）", f"Excused by directives ({len(result.excused)})"),
        (say("位置", "Place"), say("原文", "Text"), say("问题", "Finding"), say("理由", "Reason")),
        [
            (
                _place(document, one.span, style),
                document.slice(one.span),
                f"{one.rule.code} {style.say(one.finding.message)}",
                order.reason,
            )
            for one, order in result.excused
        ],
        style,
    )


def _place(document: Document, span: Span, style: Style) -> str:
    where = location(document, span.start)
    if where is not None:
        return style.say(where)
    line, column = document.place(span.start)
    return f"{line}:{column}"


def _table(
    title: str, heads: tuple[str, ...], cells: list[tuple[str, ...]], style: Style, *, counted: bool = False
) -> Iterator[str]:
    if not cells:
        return
    unfolded = " open" if len(cells) <= _SHORT and not counted else ""
    yield f'<details{unfolded}>\n<summary>{escape(title)}</summary>\n<div class="scroll" tabindex="0" role="region" aria-label="{escape(title)}"><table>\n'
    yield "<thead><tr>" + "".join(f'<th scope="col">{escape(cell)}</th>' for cell in heads) + "</tr></thead>\n<tbody>\n"
    for row in cells[:_MOST]:
        yield "<tr>" + "".join(f"<td>{escape(visible(cell))}</td>" for cell in row) + "</tr>\n"
    yield "</tbody></table></div>\n"
    if len(cells) > _MOST:
        more = len(cells) - _MOST
        yield f"<p>{style.either(f'另有 {more} 行，未列出', f'… and {more} more rows')}</p>\n"
    yield "</details>\n"
