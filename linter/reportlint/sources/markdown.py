"""Markdown: what its marks set apart, with places in the source.

A line scanner, not a parser: a linter needs to know what is prose, what is a heading, a cell, code or a comment, and where the
words start after the marks. It follows CommonMark and GitHub's tables, but for four things that people who write reports do:

* prose indented by four spaces is a paragraph as typed in Word, not code;
* ``##一、总体情况`` without its space is a heading;
* ``---`` under a line that ends in 。 is a rule, not the underline of a heading;
* a fence or comment that is never closed does not hide the rest of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.document import NEWLINE, Block, BlockKind, Document
from reportlint.limits import DEFAULT, Limits
from reportlint.patterns import compiled
from reportlint.sources.decoding import decode
from reportlint.sources.pipes import is_delimiter, row
from reportlint.sources.plain import rewritten
from reportlint.span import Span

__all__ = ["blocks", "document", "read", "rewritten"]

_QUOTE = compiled(r" {0,3}>[ \t]?")
_FENCE = compiled(r"[ \t]*(`{3,}(?=[^`]*$)|~{3,})")
_ATX = compiled(r"[ \t]{0,3}(#{1,6})(?:[ \t]+|$|(?=[\u4e00-\u9fff（(](?!.*#[^#\s])))")
_ATX_CLOSE = compiled(r"(?<![ \t])[ \t]+#+[ \t]*$")
_SETEXT = compiled(r" {0,3}(=+|-+)[ \t]*$")
_RULE = compiled(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_ITEM = compiled(r"([ \t]*)(?:[-*+]|(\d{1,9})[.)])(?=[ \t]|$)")
_BULLET = compiled(r"[ \t]*[-*+](?:[ \t]+\[[ xX]\](?=[ \t]))?[ \t]*")
_TAG = compiled(r"[ \t]*(?:</?[A-Za-z][^<>]*>[ \t]*)+$")
_REFERENCE = compiled(r" {0,3}\[[^\]^][^\]]*\]:[ \t]*\S")
_FOOTNOTE = compiled(r" {0,3}\[\^[^\]]+\]:[ \t]*")
_FRONT_KEY = compiled(r"[\w\"' -]+:(?:\s|$)|#")
#: Code spans are matched first, so that what stands in one is not taken for a comment.
_COMMENT = compiled(r"(?<!`)(`+)(?!`)[^\r\n]*?[^`\r\n]\1(?!`)|<!--")
_HAN = compiled(r"[\u3400-\u9fff\u3000-\u303f\uff00-\uffef“”‘’]")


def read(data: bytes, shown: str, limits: Limits = DEFAULT) -> Document:
    """The document of a Markdown file; raises :class:`ReadError` where ``data`` is not text."""
    text, encoding = decode(data)
    limits.reject_text(text)
    return document(text, shown, encoding)


def document(text: str, shown: str, encoding: str = "utf-8") -> Document:
    """``text`` with its blocks."""
    return Document(text, shown, tuple(blocks(text)), encoding, "markdown")


def blocks(text: str) -> Iterator[Block]:
    """The blocks of ``text``, in order, without overlap.

    A heading's span is its words. A list item's is its first line without the bullet, but with its number, which is text; the
    lines after it are lines of prose. Empty cells have no block. Code, comments and front matter are one block each, marks
    and all.

    >>> [(block.kind.value, text[slice(*block.span)]) for text in ["# 总结\\n\\n- 其一 <!-- 注 -->"] for block in blocks(text)]
    [('heading', '总结'), ('item', '其一'), ('comment', '<!-- 注 -->')]
    """
    return _Scanner(text).blocks()


class _Scanner:
    """One pass over the lines; ``number`` is the next one."""

    def __init__(self, text: str) -> None:
        self.text = text
        breaks = [match.span() for match in NEWLINE.finditer(text)]
        starts, ends = [0, *(end for _, end in breaks)], [*(start for start, _ in breaks), len(text)]
        self.lines = [Span(start, end) for start, end in zip(starts, ends, strict=True)]
        self.number = 0
        self.tables = 0
        self.in_list = False
        #: The shortest fence of each kind of which it is known that nothing closes it: searched for once, not once a line.
        self.unclosed: dict[str, int] = {}
        self.last_comment_end = text.rfind("-->")
        #: Lines of the paragraph at hand, kept back because a setext underline would make them a heading.
        self.held: list[Block] = []

    def blocks(self) -> Iterator[Block]:
        """Every block."""
        yield from self.front_matter()
        while self.number < len(self.lines):
            line = self.lines[self.number]
            self.number += 1
            yield from self.line(line)
        yield from self.release()

    def words(self, span: Span) -> str:
        """The text of ``span``."""
        return self.text[span.start : span.end]

    def release(self) -> list[Block]:
        """End the paragraph: its blocks."""
        held, self.held = self.held, []
        return held

    def front_matter(self) -> Iterator[Block]:
        """The YAML header between ``---`` and ``---`` at the top."""
        if self.words(self.lines[0]).rstrip() != "---":
            return
        for number, line in enumerate(self.lines[1:], 1):
            words = self.words(line).rstrip()
            if words in ("---", "..."):
                if number > 1:
                    yield Block(Span(0, line.end), BlockKind.META)
                    self.number = number + 1
                return
            if number == 1 and not _FRONT_KEY.match(words):
                return

    def line(self, line: Span) -> Iterator[Block]:
        """The blocks that start on ``line``."""
        whole, line = line, self.unquoted(line)
        words = self.words(line)
        if not words or words.isspace():
            yield from self.release()
        elif self.held and (underline := _SETEXT.match(words)) and self.may_be_heading():
            level = 1 if underline[1][0] == "=" else 2
            yield from (held._replace(kind=BlockKind.HEADING, level=level) for held in self.release())
        elif (block := self.unspoken(line, words)) is not None:
            yield from self.release()
            yield block
        elif self.starts_table(words):
            yield from self.release()
            yield from self.table(line)
        elif heading := _ATX.match(words):
            yield from self.release()
            self.in_list = False
            close = _ATX_CLOSE.search(words, heading.end())
            rest = Span(line.start + heading.end(), line.start + close.start() if close else line.end)
            yield from self.prose(Block(rest, BlockKind.HEADING, level=len(heading[1])))
        elif whole == line and not self.held and not self.in_list and self.is_code(words):
            yield Block(self.indented(line), BlockKind.CODE)
        elif (item := _ITEM.match(words)) and self.may_be_item(item):
            yield from self.release()
            self.in_list = True
            bullet = _BULLET.match(words)
            rest = Span(line.start + (bullet.end() if bullet else len(item[1])), line.end)
            yield from self.prose(Block(rest, BlockKind.ITEM))
        else:
            yield from self.paragraph(line, words)

    def unspoken(self, line: Span, words: str) -> Block | None:
        """The block at ``line`` if it is none that a reader reads: code, a rule, a tag, the target of a link."""
        fence = _FENCE.match(words)
        if fence:
            first, self.number = self.number, self.fence_end(fence[1])
            return Block(
                Span(line.start, self.lines[self.number - 1].end if self.number > first else line.end), BlockKind.CODE
            )
        if _RULE.match(words):
            self.in_list = False
            return Block(line, BlockKind.RULE)
        if _TAG.match(words):
            return Block(line, BlockKind.CODE)
        return Block(line, BlockKind.META) if _REFERENCE.match(words) else None

    def paragraph(self, line: Span, words: str) -> Iterator[Block]:
        """A line of prose: held back, but for its comments."""
        if not self.held and _columns(words) == 0:
            self.in_list = False
        note = _FOOTNOTE.match(words)
        start = line.start + note.end() if note else line.start
        end = line.end - 1 if words.endswith("\\") else line.end
        for block in self.prose(Block(Span(start, end))):
            if block.kind is BlockKind.LINE:
                self.held.append(block)
            else:
                yield from self.release()
                yield block

    def may_be_heading(self) -> bool:
        """Whether the paragraph at hand is a title: a full stop makes it prose over a rule."""
        return not self.words(self.held[-1].span).endswith(("。", "；", "，", ";", ","))

    def may_be_item(self, item: re.Match[str]) -> bool:
        """Whether a list may start here: a figure that a line break put first (“……达到⏎2023. 其中”) starts none."""
        return not self.held or self.in_list or item[2] in (None, "1")

    def fence_end(self, mark: str) -> int:
        """The number of the line after the fence that closes ``mark``; where none does, of the next line."""
        if len(mark) < self.unclosed.get(mark[0], len(mark) + 1):
            for number in range(self.number, len(self.lines)):
                start, end = self.lines[number]
                bare = self.text[start:end].lstrip(" \t>").rstrip(" \t")
                if len(bare) >= len(mark) and not bare.strip(mark[0]):
                    return number + 1
            self.unclosed[mark[0]] = len(mark)
        return self.number

    def starts_table(self, words: str) -> bool:
        """Whether ``words`` is the head of a table: pipes, and a row of dashes with pipes below."""
        if "|" not in words or self.number >= len(self.lines):
            return False
        return is_delimiter(self.words(self.unquoted(self.lines[self.number])))

    def unquoted(self, line: Span) -> Span:
        """``line`` without its quotation marks."""
        while mark := _QUOTE.match(self.text, line.start, line.end):
            line = Span(mark.end(), line.end)
        return line

    def table(self, head: Span) -> Iterator[Block]:
        """The cells of the table whose head is ``head``, row 0; the row of dashes is none."""
        rows = [head]
        self.number += 1
        while self.number < len(self.lines):
            line = self.unquoted(self.lines[self.number])
            if "|" not in self.words(line):
                break
            rows.append(line)
            self.number += 1
        for number, each in enumerate(rows):
            for cell in row(self.text, each, self.tables, number):
                yield from self.prose(cell)
        self.tables += 1

    def is_code(self, words: str) -> bool:
        """Whether ``words`` is indented as code, and not Chinese prose that somebody indented with spaces."""
        return _columns(words) >= 4 and len(_HAN.findall(words)) * 2 < len("".join(words.split()))

    def indented(self, line: Span) -> Span:
        """The stretch of indented code that starts at ``line``; moves on past it."""
        end = line.end
        for number in range(self.number, len(self.lines)):
            words = self.words(self.lines[number])
            if self.is_code(words):
                end, self.number = self.lines[number].end, number + 1
            elif words and not words.isspace():
                break
        return Span(line.start, end)

    def prose(self, block: Block) -> Iterator[Block]:
        """``block`` in the pieces that comments leave of it, and the comments; moves on where one ends on a later line."""
        start, end = block.span
        at = start
        while at < end and (found := _COMMENT.search(self.text, at, end)):
            if found[0] != "<!--":
                at = found.end()
                continue
            close = self.text.find("-->", found.end()) + 3 if found.end() <= self.last_comment_end else 0
            if not close or (close > end and block.kind is BlockKind.CELL):
                break
            yield from self.piece(block, start, found.start())
            yield Block(Span(found.start(), close), BlockKind.COMMENT)
            start = at = close
            if close > end:
                self.resume(close)
                return
        yield from self.piece(block, start, end)

    def piece(self, block: Block, start: int, end: int) -> Iterator[Block]:
        """``block`` from ``start`` to ``end``, if there is anything there; a line keeps its indentation."""
        words = self.text[start:end]
        if words and not words.isspace():
            indent = 0 if block.kind is BlockKind.LINE else len(words) - len(words.lstrip())
            yield block._replace(span=Span(start + indent, start + len(words.rstrip())))

    def resume(self, at: int) -> None:
        """Go on at ``at``, after a comment that began on an earlier line: what is left there is the next line."""
        while self.lines[self.number].end < at:
            self.number += 1
        self.lines[self.number] = Span(at, self.lines[self.number].end)


def _columns(words: str) -> int:
    """By how many columns ``words`` are indented with spaces and tabs."""
    indent = words[: len(words) - len(words.lstrip(" \t"))]
    return len(indent.expandtabs(4))
