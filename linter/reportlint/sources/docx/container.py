"""The file as a container: its parts, read within limits, and written back with all others untouched.

A document comes from strangers. What is looked at before anything is unpacked or parsed: the number and the size of entries and
how far they are compressed; what is refused while parsing: document type declarations, entities, nesting without end.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Mapping
from functools import cached_property
from urllib.parse import unquote

from lxml import etree

from reportlint.errors import ReadError
from reportlint.limits import DEFAULT, Limits
from reportlint.record import NamedTuple
from reportlint.sources.archive import DAMAGE, OLE, Archive, key
from reportlint.sources.docx.names import CONTENT_TYPES, RELATIONSHIPS, Element

_CONVERT = "请在 Word 或 WPS 中打开，另存为“Word 文档（*.docx）”后再检查"
_LOCKED = "文档已加密：请在 Word 或 WPS 中去掉打开密码，另存后再检查"
_BROKEN = "文件已损坏，读不出内容：请在 Word 或 WPS 中打开并修复，另存为 .docx 后再检查"


class Relationship(NamedTuple):
    """A part that another one names: the last word of its type and where it is."""

    kind: str
    target: str


class Container:
    """The parts of a docx file. Raises :class:`ReadError` for what is none, or is not safe to open."""

    def __init__(self, data: bytes, limits: Limits = DEFAULT) -> None:
        self.data = data
        _reject_others(data)
        self.archive = Archive(data, _BROKEN, _LOCKED, limits)
        self.has = self.archive.has

    def name(self, part: str) -> str:
        """How the file itself writes the name of a part."""
        entry = self.archive.entries.get(key(part))
        return part if entry is None else entry.filename

    def xml(self, part: str) -> Element:
        """The root of a part, freshly parsed."""
        return parse(self.archive.content(part))

    @cached_property
    def main(self) -> str:
        """The part that holds the body."""
        for one in self.relationships("").values():
            if one.kind == "officeDocument" and self.has(one.target):
                return one.target
        if self.has("word/document.xml"):
            return "word/document.xml"
        raise ReadError(self._foreign())

    def relationships(self, part: str) -> dict[str, Relationship]:
        """What ``part`` (the empty string: the file as a whole) refers to inside the file, by identifier."""
        where = relationships_part(part)
        if not self.has(where):
            return {}
        folder = posixpath.dirname(part)
        found: dict[str, Relationship] = {}
        for one in self.xml(where).iter(f"{{{RELATIONSHIPS}}}Relationship"):
            if one.get("TargetMode") == "External":
                continue
            target = unquote(one.get("Target", ""))
            target = (
                target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            )
            found[one.get("Id", "")] = Relationship(one.get("Type", "").rpartition("/")[2], target)
        return found

    def related(self, kind: str) -> str | None:
        """The part of that kind that the body refers to, if it is there."""
        for one in self.relationships(self.main).values():
            if one.kind == kind and self.has(one.target):
                return one.target
        return None

    def saved(self, changes: Mapping[str, bytes]) -> bytes:
        """The file with some parts changed or added; every other entry keeps its bytes, order and attributes."""
        left = {key(part): content for part, content in changes.items()}
        out = io.BytesIO()
        try:
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
                made.comment = self.archive.zip.comment
                for entry in self.archive.zip.infolist():
                    content = left.pop(key(entry.filename), None)
                    copy = _copied(entry)
                    made.writestr(copy, self.archive.unpacked(entry) if content is None else content)
                    copy.external_attr = entry.external_attr  # zipfile puts its own where there are none
                for part, content in changes.items():
                    if key(part) in left:
                        made.writestr(zipfile.ZipInfo(part, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
        except DAMAGE as error:
            raise ReadError(_BROKEN) from error
        return out.getvalue()

    def _foreign(self) -> str:
        """What to say of an archive that holds no Word document."""
        if self.has("xl/workbook.xml"):
            return "这是 Excel 工作簿，不是 Word 文档：请把扩展名改为 .xlsx 后再检查"
        if self.has("mimetype"):
            return f"这是 ODF 文档（.odt 等），不是 .docx：{_CONVERT}"
        if self.has("OFD.xml"):
            return "这是 OFD 版式文件，不是 .docx：请导出为纯文本（.txt，UTF-8）后再检查"
        return f"压缩包里没有 Word 正文，不是 .docx 文档：{_CONVERT}"


def parse(data: bytes) -> Element:
    """The root of an XML text from a stranger. Raises :class:`ReadError`."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(_BROKEN) from error
    if root is None or root.getroottree().docinfo.doctype:
        raise ReadError("文档里有不该有的 XML 声明（DTD），已拒绝打开")
    return root


def serialized(root: Element) -> bytes:
    """A part as bytes, declared as Word declares it."""
    data: bytes = etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def relationships_part(part: str) -> str:
    """Where the relationships of ``part`` stand.

    >>> relationships_part("word/document.xml"), relationships_part("")
    ('word/_rels/document.xml.rels', '_rels/.rels')
    """
    folder, base = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def typed(types: Element, part: str, content_type: str) -> None:
    """Declare in ``[Content_Types].xml`` what ``part`` holds, if it is not declared."""
    wanted = "/" + part
    for one in types.iter(f"{{{CONTENT_TYPES}}}Override"):
        if one.get("PartName", "").lower() == wanted.lower():
            return
    etree.SubElement(types, f"{{{CONTENT_TYPES}}}Override", PartName=wanted, ContentType=content_type)


def _copied(entry: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """The head of an entry, as a new file needs it."""
    made = zipfile.ZipInfo(entry.filename, entry.date_time)
    made.compress_type = entry.compress_type if entry.compress_type == zipfile.ZIP_STORED else zipfile.ZIP_DEFLATED
    made.comment, made.create_system = entry.comment, entry.create_system
    made.internal_attr = entry.internal_attr
    return made


def _reject_others(data: bytes) -> None:
    """Say of what is no archive what it is."""
    if data.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise ReadError("文档设有打开密码：请在 Word 或 WPS 中去掉密码，另存后再检查")
        raise ReadError(f"这是旧版 Word（.doc）或 WPS（.wps）的文件，不是 .docx：{_CONVERT}")
    if data.startswith(b"%PDF-"):
        raise ReadError("这是 PDF，不是 Word 文档：请把扩展名改为 .pdf 后再检查")
    if data.startswith(b"{\\rtf"):
        raise ReadError(f"这是 RTF，不是 .docx：{_CONVERT}")
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith((b"<?xml", b"<html", b"<!DOCTYPE", b"<HTML", b"<!doctype", b"MIME-Version")):
        raise ReadError(f"这是另存成 .docx 扩展名的网页或 XML，不是 Word 文档：{_CONVERT}")
    if not data.startswith(b"PK"):
        raise ReadError(_BROKEN if data else "文件是空的，里面没有 Word 文档")
