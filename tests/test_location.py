"""Where a finding lies, in a reader's words."""

from __future__ import annotations

import pytest

from reportlint.document import Block, BlockKind, Document
from reportlint.location import location
from reportlint.span import Span

_BLOCKS = (
    Block(Span(0, 2), BlockKind.PARAGRAPH),
    Block(Span(3, 5), BlockKind.CELL, table=1, row=2, column=1),
    Block(Span(6, 8), BlockKind.PARAGRAPH),
    Block(Span(9, 11), BlockKind.PARAGRAPH, page=4),
    Block(Span(12, 14), BlockKind.CELL, row=2, part="工作表 台账"),
    Block(Span(15, 17), BlockKind.PARAGRAPH, part="脚注 2"),
)


@pytest.mark.parametrize(
    ("offset", "zh", "en"),
    [
        (0, "第 1 段", "paragraph 1"),
        (4, "表 2 第 3 行第 2 列", "table 2, row 3, column 2"),
        (6, "第 2 段", "paragraph 2"),
        (10, "第 4 页", "page 4"),
        (12, "工作表 台账 第 3 行第 1 列", "工作表 台账, row 3, column 1"),
        (16, "脚注 2", ""),
    ],
)
def test_place_is_named_as_the_format_has_it(offset: int, zh: str, en: str) -> None:
    assert location(Document("甲" * 17, blocks=_BLOCKS, format="docx"), offset) == (zh, en)


def test_formats_with_lines_need_no_words() -> None:
    assert location(Document("甲" * 17, blocks=_BLOCKS), 4) is None
