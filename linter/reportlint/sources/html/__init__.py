"""Web pages (.html, .htm): the main text with its headings, lists and tables; what a site puts around it is left out.

The page is read with the parser of the standard library, which tells where in the source each piece stands: line and column of a finding
are those of the file. Only what stands outside the main text is dropped, navigation, footers, lists of links; a share button inside the
article is part of what a reader would copy and stays, for rules to report.
"""

from __future__ import annotations

from reportlint.document import Document
from reportlint.errors import ReadError
from reportlint.limits import DEFAULT, Limits
from reportlint.patterns import compiled
from reportlint.sources.decoding import decode
from reportlint.sources.html.page import parse
from reportlint.sources.html.prose import main_text
from reportlint.sources.html.writer import Writer

_DECLARED = compiled(
    r"<meta[^>]{0,200}?charset\s{0,8}=\s{0,8}[\"']?\s{0,8}([\w-]+)|<\?xml[^>]{0,80}encoding\s{0,8}=\s{0,8}[\"']([\w-]+)"
)
_CHINESE = frozenset({"gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80", "hz-gb-2312"})
_OTHERS = {"big5": "big5hkscs", "big5-hkscs": "big5hkscs"}


def read(data: bytes, shown: str, limits: Limits = DEFAULT) -> Document:
    """The document of a saved web page; raises :class:`ReadError` where ``data`` is not text."""
    limits.reject_page(len(data))
    text, encoding = _decoded(data)
    made = document(text, shown, encoding, limits)
    limits.reject_text(made.text)
    return made


def document(text: str, shown: str, encoding: str = "utf-8", limits: Limits = DEFAULT) -> Document:
    """The main text of the page whose source is ``text``."""
    page = parse(text, limits)
    found = main_text(page)
    writer = Writer()
    for node in found:
        writer.node(node)
    writer.end()
    notes = () if writer.blocks else ("网页里没有找到正文（可能由脚本生成）：请另存为纯文本后再检查",)
    return Document(
        "".join(writer.text), shown, tuple(writer.blocks), encoding, "html", writer.offsets, source=text, notes=notes
    )


def _decoded(data: bytes) -> tuple[str, str]:
    """The source: by its byte order mark, as UTF-8, else as what its head declares, else as GB18030 if that makes sense."""
    found = _DECLARED.search(data[:8192].decode("latin-1").lower())
    declared = (found[1] or found[2]) if found else ""
    try:
        return decode(data)
    except ReadError:
        if declared in _CHINESE:
            codec, name = "gb18030", "gb18030"
        elif declared in _OTHERS:
            codec, name = _OTHERS[declared], declared
        else:
            raise
        try:
            return data.decode(codec), name
        except UnicodeDecodeError as error:
            raise ReadError(
                f"网页写明编码是 {declared.upper()}，但第 {error.start + 1} 个字节之后无法解码，请重新保存后再检查"
            ) from error
