"""Directives: what a text or the configuration excuses, and which of them excused something.

In Markdown a comment ``<!-- reportlint: ignore[NM101 "29 项"] 理由 -->`` stands on the line before a paragraph or at its end and
excuses what lies in that paragraph; with a text named, only where that text stands. A comment with several codes is several
directives: each may turn out to be unused on its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from reportlint.document import BlockKind
from reportlint.finding import Message
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint.selection import matches
from reportlint.span import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from reportlint.analysis import Analysis
    from reportlint.document import Document
    from reportlint.finding import Finding
    from reportlint.rule import Rule

#: A comment that speaks to us, perhaps not quite in our words.
_ADDRESS = compiled(r"<!--\s*reportlint\b(?P<rest>.*)-->\Z", re.DOTALL | re.IGNORECASE)
_HEAD = compiled(r"\s*[:：]\s*ignore\s*\[")
_ENTRY = compiled(
    r"""\s*(?P<code>[A-Za-z][\w-]*)(?:\s+(?:"(?P<text>[^"]+)"|“(?P<quoted>[^”]+)”))?\s*(?P<end>[,，\]])"""
)


class Directive(NamedTuple):
    """``code`` is excused within ``scope`` (``None``: the whole document) where ``text`` stands (empty: anywhere).

    ``code`` may be any selector. ``span`` is where the directive is written; without one it comes from the configuration file
    ``origin``, and ``exact`` tells whether it names this very file. ``comment`` is the comment that says only this.
    """

    code: str
    text: str = ""
    reason: str = ""
    scope: Span | None = None
    span: Span | None = None
    origin: str = ""
    exact: bool = False
    comment: Span | None = None

    def excuses(self, document: Document, rule: Rule, finding: Finding) -> bool:
        """Whether the directive is about this finding."""
        if not matches(self.code, rule):
            return False
        if self.scope is not None and not self.scope.start <= finding.span.start <= self.scope.end:
            return False
        return not self.text or self._names(document, finding.span)

    def _names(self, document: Document, span: Span) -> bool:
        """Whether one of the places of :attr:`text` shares a character with ``span`` (or, if that is empty, holds it)."""
        first = max(0, span.start - len(self.text) + 1)
        last = max(span.end, span.start + 1) + len(self.text) - 1
        return self.text in document.text[first:last]


class Malformed(NamedTuple):
    """A comment that speaks to us in words that mean nothing, and what is wrong with them."""

    span: Span
    problem: Message


def written(analysis: Analysis) -> Iterator[Directive | Malformed]:
    """The directives in the comments of the document, in order."""
    text = analysis.document.text
    surroundings = None
    for block in analysis.document.blocks:
        if block.kind is BlockKind.COMMENT and (comment := _ADDRESS.match(text, *block.span)):
            surroundings = surroundings or _Surroundings(analysis)
            yield from _directives(comment, surroundings.scope(block.span))


def directives(analysis: Analysis) -> list[Directive]:
    """Only those that mean something."""
    return [one for one in written(analysis) if isinstance(one, Directive)]


def _directives(comment: re.Match[str], scope: Span) -> Iterator[Directive | Malformed]:
    """What a comment addressed to us says."""
    text, span, end = comment.string, Span(*comment.span()), comment.end("rest")
    head = _HEAD.match(text, comment.start("rest"), end)
    if head is None:
        yield Malformed(
            span, Message("应写作 reportlint: ignore[规则代码] 理由", "write reportlint: ignore[CODE] reason")
        )
        return
    found: list[tuple[str, str, Span]] = []
    at = head.end()
    while entry := _ENTRY.match(text, at, end):
        at = entry.end()
        place = (
            Span(entry.start("code"), entry.start("end"))
            if entry["text"] or entry["quoted"]
            else Span(*entry.span("code"))
        )
        found.append((entry["code"], entry["text"] or entry["quoted"] or "", place))
        if entry["end"] == "]":
            reason = text[at:end].strip()
            alone = span if len(found) == 1 else None
            yield from (Directive(code, words, reason, scope, place, comment=alone) for code, words, place in found)
            return
    close = text.find("]", at, end)
    if close < 0:
        yield Malformed(span, Message("ignore[ 没有以 ] 结束", "ignore[ is not closed by ]"))
    elif bad := text[at:close].strip():
        yield Malformed(span, Message(f"看不懂 ignore[ ] 里的“{bad}”", f"“{bad}” inside ignore[ ] makes no sense"))
    else:
        yield Malformed(span, Message("ignore[ ] 里没有写规则代码", "no rule is named inside ignore[ ]"))


class _Surroundings:
    """What stands around comments: which paragraph each is about."""

    def __init__(self, analysis: Analysis) -> None:
        self.document = analysis.document
        self.paragraphs = [one for one in analysis.paragraphs if one.kind not in (BlockKind.COMMENT, BlockKind.RULE)]
        self.words: set[int] = set()
        self.comments: set[int] = set()
        for block in self.document.blocks:
            lines = self.comments if block.kind is BlockKind.COMMENT else self.words
            lines.update(range(self.line(block.span.start), self.line(block.span.end) + 1))
        self.comments -= self.words

    def line(self, offset: int) -> int:
        """The number of the line at ``offset``."""
        return self.document.position(offset).line

    def scope(self, comment: Span) -> Span:
        """The paragraph that ``comment`` is about; the comment itself where there is none.

        It is the one before, if that has words on the same line, or if the comment (or a row of them) follows it closely and a
        blank line comes next; otherwise it is the one after. A comment behind a row of a table is about that row, one before
        or after the table about all of it.
        """
        before = next((one for one in reversed(self.paragraphs) if one.span.end <= comment.start), None)
        after = next((one for one in self.paragraphs if one.span.start >= comment.end), None)
        first, last = self.line(comment.start), self.line(comment.end)
        if before is not None and self.line(before.span.end) == first:
            row = before.block if before.kind is BlockKind.CELL else None
            return before.span if row is None else self.cells(row.table, row.row)
        above = first - 1
        below = last if after is not None and self.line(after.span.start) == last else last + 1
        while above in self.comments:
            above -= 1
        while below in self.comments:
            below += 1
        about = before if before is not None and above in self.words and below not in self.words else after
        if about is None:
            return comment
        table = about.block if about.kind is BlockKind.CELL else None
        return about.span if table is None else self.cells(table.table)

    def cells(self, table: int, row: int | None = None) -> Span:
        """From the first to the last cell of a table, or of one of its rows."""
        cells = [
            block.span
            for block in self.document.blocks
            if block.kind is BlockKind.CELL and block.table == table and row in (None, block.row)
        ]
        return Span(cells[0].start, cells[-1].end)


def excuse(
    document: Document, raw: Iterable[tuple[Rule, Finding]], orders: Sequence[Directive]
) -> tuple[list[tuple[Rule, Finding]], set[Directive]]:
    """The findings that no directive excuses, and the directives that excused one."""
    kept: list[tuple[Rule, Finding]] = []
    used: set[Directive] = set()
    for rule, finding in raw:
        at_work = [order for order in orders if order.excuses(document, rule, finding)]
        used.update(at_work)
        if not at_work:
            kept.append((rule, finding))
    return kept, used
