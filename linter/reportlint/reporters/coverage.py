"""What was looked at besides the findings: figures understood, relations checked, relations that could not be, findings excused."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from reportlint.analysis import Analysis
from reportlint.claims import Claim, Role
from reportlint.finding import Abstained, Message
from reportlint.location import location
from reportlint.width import visible

if TYPE_CHECKING:
    from reportlint.document import Document
    from reportlint.lint import Result
    from reportlint.reporters.style import Style
    from reportlint.span import Span

#: Rows of a table beyond this many are counted, not shown.
_MOST = 1000
_ROLES: dict[Role, Message] = {
    Role.TOTAL: Message("总数", "total"),
    Role.PART: Message("其中", "part"),
    Role.DONE: Message("完成数", "done"),
    Role.PENDING: Message("未完成数", "pending"),
    Role.RATE: Message("比率", "rate"),
    Role.SHARE: Message("占比", "share"),
    Role.BASE: Message("上期", "base"),
    Role.VALUE: Message("本期", "value"),
    Role.UP: Message("增加", "up"),
    Role.DOWN: Message("减少", "down"),
    Role.BETTER: Message("改善", "better"),
    Role.WORSE: Message("变差", "worse"),
    Role.NONE: Message("", ""),
}


def coverage(result: Result, style: Style) -> Iterator[str]:
    """Foldable tables, each left out where it would be empty."""
    left = [(rule, one) for rule, one in result.looked if isinstance(one, Abstained)]
    say, document = style.either, result.document
    yield from _table(
        say(f"未能核对的关系（{len(left)} 处）", f"Relations that could not be checked ({len(left)})"),
        (say("位置", "Place"), say("原文", "Text"), say("原因", "Reason"), say("规则", "Rule")),
        [
            (_place(document, one.span, style), document.slice(one.span), one.reason, f"{rule.code} {rule.title}")
            for rule, one in left
        ],
        style,
    )
    names = {rule.code: rule.title for rule, _ in result.looked}
    yield from _table(
        say(f"核对过的关系（{result.checked} 处）", f"Relations checked ({result.checked})"),
        (say("规则", "Rule"), say("核对", "Checked"), say("未能核对", "Not checkable")),
        [
            (f"{code} {names[code]}", str(tally.checked), str(tally.abstained))
            for code, tally in sorted(result.relations.items())
            if code in names
        ],
        style,
    )
    claims = Analysis(document).claims
    yield from _table(
        say(f"读出的数据（{len(claims)} 个）", f"Figures understood ({len(claims)})"),
        (
            say("位置", "Place"),
            say("数据", "Figure"),
            say("是什么", "Part"),
            say("说的是", "Of what"),
            say("前文", "Words before"),
        ),
        [_fact(document, claim, style) for claim in claims],
        style,
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


def _fact(document: Document, claim: Claim, style: Style) -> tuple[str, ...]:
    """A row of the table of figures."""
    part = style.say(_ROLES[claim.role])
    if claim.planned:
        part = " ".join(filter(None, (part, style.either("（计划）", "(planned)"))))
    span = claim.quantity.span
    return (_place(document, span, style), document.slice(span), part, claim.noun[:24], claim.lead[-24:])


def _place(document: Document, span: Span, style: Style) -> str:
    where = location(document, span.start)
    if where is not None:
        return style.say(where)
    line, column = document.position(span.start)
    return f"{line}:{column}"


def _table(title: str, head: tuple[str, ...], rows: list[tuple[str, ...]], style: Style) -> Iterator[str]:
    if not rows:
        return
    yield f'<details>\n<summary>{escape(title)}</summary>\n<div class="scroll" tabindex="0" role="region" aria-label="{escape(title)}"><table>\n'
    yield "<thead><tr>" + "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head) + "</tr></thead>\n<tbody>\n"
    for row in rows[:_MOST]:
        yield "<tr>" + "".join(f"<td>{escape(visible(cell))}</td>" for cell in row) + "</tr>\n"
    yield "</tbody></table></div>\n"
    if len(rows) > _MOST:
        more = len(rows) - _MOST
        yield f"<p>{style.either(f'另有 {more} 行，未列出', f'… and {more} more rows')}</p>\n"
    yield "</details>\n"
