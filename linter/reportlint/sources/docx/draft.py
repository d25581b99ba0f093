"""A plain Word file of a text: a paragraph for each of its lines, nothing else, so that comments can be put into it."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

from reportlint.document import Document
from reportlint.patterns import compiled
from reportlint.sources.docx.names import CONTENT_TYPES, RELATIONSHIPS, TRANSITIONAL
from reportlint.span import Span

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ILLEGAL = compiled(r"[^\t\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: A4 with the margins of official documents.
_SECTION = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr>'
)
_STYLES = (
    f'{_HEAD}<w:styles xmlns:w="{TRANSITIONAL}"><w:docDefaults><w:rPrDefault><w:rPr>'
    '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体" w:cs="Times New Roman"/>'
    '<w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    '<w:pPr><w:spacing w:line="360" w:lineRule="auto"/></w:pPr></w:style></w:styles>'
)
_PARTS = {
    "[Content_Types].xml": f'{_HEAD}<Types xmlns="{CONTENT_TYPES}">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MEDIA}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_MEDIA}.styles+xml"/></Types>',
    "_rels/.rels": f'{_HEAD}<Relationships xmlns="{RELATIONSHIPS}">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
    "word/_rels/document.xml.rels": f'{_HEAD}<Relationships xmlns="{RELATIONSHIPS}">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    "word/styles.xml": _STYLES,
}


def draft(document: Document) -> bytes:
    """The lines of ``document`` as a Word file. Its text is that of :func:`reading`."""
    body = "".join(f"<w:p>{_run(line)}</w:p>" for line in _lines(document)) or "<w:p/>"
    main = f'{_HEAD}<w:document xmlns:w="{TRANSITIONAL}"><w:body>{body}{_SECTION}</w:body></w:document>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for part, content in {**_PARTS, "word/document.xml": main}.items():
            made.writestr(zipfile.ZipInfo(part, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def reading(document: Document) -> str:
    """The text that is read back from :func:`draft`: one kind of line break, and no characters that XML cannot hold."""
    return "".join(f"{line}\n" for line in _lines(document)) or "\n"


def moved(document: Document, span: Span) -> Span:
    """The place in :func:`reading` of a place in ``document``."""
    return Span(_moved(document, span.start), _moved(document, span.end))


def _moved(document: Document, offset: int) -> int:
    line, column = document.position(offset)
    before = sum(document.line(number).size + 1 for number in range(1, line))
    return before + min(column - 1, document.line(line).size)


def _lines(document: Document) -> list[str]:
    count = len(document.line_starts)
    if count and not document.line(count).size:
        count -= 1  # what follows the last line break is no line
    return [_ILLEGAL.sub(" ", document.slice(document.line(number))) for number in range(1, count + 1)]


def _run(line: str) -> str:
    if not line:
        return ""
    texts = (f'<w:t xml:space="preserve">{escape(text)}</w:t>' if text else "" for text in line.split("\t"))
    return f"<w:r>{'<w:tab/>'.join(texts)}</w:r>"
