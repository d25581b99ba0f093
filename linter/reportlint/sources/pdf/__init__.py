"""PDF with a text layer: pages, lines re-joined to paragraphs, tables as cells.

A page is read as rows of segments (:mod:`~reportlint.sources.pdf.page`); running headers, footers and page numbers are dropped; rows that
stand in columns are a table, the rest is prose (:mod:`~reportlint.sources.pdf.layout`). A page that is only a picture cannot be read, and
that is said.
"""

from __future__ import annotations

from reportlint.document import Document
from reportlint.errors import ReadError
from reportlint.limits import DEFAULT, Limits
from reportlint.sources.pdf.layout import laid_out
from reportlint.sources.pdf.page import Page, pages

_SCANNED = "请先做文字识别（OCR），或者向起草人要 Word 原文"
_MOST_NAMED = 12


def read(data: bytes, shown: str, limits: Limits = DEFAULT) -> Document:
    """The document of a PDF; raises :class:`ReadError` where ``data`` is none, is locked, or holds pictures of text only."""
    found: list[Page] = []
    characters = 0
    for page in pages(data, limits):
        found.append(page)
        characters += page.characters
        if characters > limits.characters:
            raise limits.exceeded("characters", f"PDF 的文字超过 {limits.characters} 字")
    without = [page.number for page in found if page.scanned]
    if without and not any(page.rows for page in found):
        raise ReadError(f"PDF 共 {len(found)} 页，都没有可用的文字层（扫描件，或字体没有编码）：{_SCANNED}")
    notes = [f"{_named(without)}没有文字层，没有检查：{_SCANNED}"] if without else []
    if not any(page.rows for page in found):
        notes.append("PDF 里没有文字")
    text, blocks = laid_out(found)
    limits.reject_text(text)
    return Document(text, shown, tuple(blocks), "utf-8", "pdf", notes=tuple(notes))


def _named(numbers: list[int]) -> str:
    """The pages in words.

    >>> _named([3]), _named([1, 2, 5])
    ('第 3 页', '第 1、2、5 页')
    """
    words = "、".join(map(str, numbers[:_MOST_NAMED]))
    return f"第 {words} 页" if len(numbers) <= _MOST_NAMED else f"第 {words} 等 {len(numbers)} 页"
