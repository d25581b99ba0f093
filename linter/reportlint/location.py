"""Places in words, for formats whose text has no lines that a person could see: 第 12 段, 表 2 第 3 行第 2 列, 第 4 页."""

from __future__ import annotations

from bisect import bisect_right

from reportlint.document import BlockKind, Document
from reportlint.finding import Message

#: Formats in which lines are those that a person's editor shows.
WITH_LINES = frozenset(("plain", "markdown", "html"))


def location(document: Document, offset: int) -> Message | None:
    """Where ``offset`` lies as a reader of the original would say; ``None`` where line and column say it.

    A cell has its table (or sheet), row and column; text with pages its page; other text the number of its paragraph, counted
    over the blocks of the running text that are not cells.
    """
    if document.format in WITH_LINES or not document.blocks:
        return None
    number = max(0, bisect_right(document.blocks, offset, key=lambda block: block.span.start) - 1)
    block = document.blocks[number]
    if block.kind is BlockKind.CELL:
        row, column = block.row + 1, block.column + 1
        if block.part:
            return Message(f"{block.part} 第 {row} 行第 {column} 列", f"{block.part}, row {row}, column {column}")
        table = block.table + 1
        page = Message(f"第 {block.page} 页", f"page {block.page}, ") if block.page else Message("", "")
        return Message(
            f"{page.zh}表 {table} 第 {row} 行第 {column} 列", f"{page.en}table {table}, row {row}, column {column}"
        )
    if block.part and document.format == "xlsx":
        return Message(f"{block.part} 第 {block.row + 1} 行", f"{block.part}, row {block.row + 1}")
    if block.part:
        return Message(block.part)
    if block.page:
        return Message(f"第 {block.page} 页", f"page {block.page}")
    if block.paragraph:
        return Message(f"第 {block.paragraph} 段", f"paragraph {block.paragraph}")
    counted = sum(one.kind is not BlockKind.CELL and not one.part for one in document.blocks[: number + 1])
    return Message(f"第 {counted} 段", f"paragraph {counted}")
