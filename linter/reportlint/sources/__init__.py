"""Files to documents: one module per format, found by suffix and imported when the first such file comes.

A format's module offers ``read(data, shown, limits) -> Document``; text formats also ``document(text, shown) -> Document``; formats that
can be fixed also ``rewritten``, a :class:`Rewriter`: the file with ``replacements`` (places in the document's text,
which do not meet) put in and everything else as it was. A new format is that module and its lines in :data:`FORMATS`.
"""

from __future__ import annotations

import os
import sys

from reportlint.errors import ReadError
from reportlint.limits import DEFAULT, Limits
from reportlint.record import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from types import ModuleType
    from typing import Protocol

    from reportlint.document import Document
    from reportlint.finding import Replacement

    Rewritten = tuple[bytes, tuple[Replacement, ...]]

    class Rewriter(Protocol):
        """Puts replacements into a file, as tracked changes where its format has them and ``tracked`` asks for them."""

        def __call__(
            self, data: bytes, document: Document, replacements: Sequence[Replacement], *, tracked: bool
        ) -> Rewritten:
            """The new bytes, and the replacements that could not be put in."""


#: The largest file read unless a configuration says otherwise, in bytes.
LARGEST = DEFAULT.file_bytes
_CHUNK = 1024 * 1024


class Format(NamedTuple):
    """How files of a suffix are read.

    ``module`` is the reader below this package; without one the format is known, cannot be read, and ``advice`` says what to
    do. ``needs`` is the third-party module that the reader imports, ``extra`` the option that installs it.
    """

    name: str
    module: str = ""
    advice: str = "请另存为 .txt 或 .md 后再检查"
    needs: str = ""
    extra: str = ""

    @property
    def readable(self) -> bool:
        """Whether files of this format can be read here and now."""
        if not self.module or not self.needs:
            return bool(self.module)
        from importlib.util import find_spec

        return find_spec(self.needs) is not None

    @property
    def obstacle(self) -> str:
        """Why files of this format cannot be read, and what to do about it."""
        if self.module:
            return f"读取 {self.name} 需要安装：pip install 'reportlint[{self.extra}]'"
        return f"暂不能读取 {self.name}：{self.advice}"


_PLAIN = Format("纯文本", "plain")
_MARKDOWN = Format("Markdown", "markdown")
_DOCX = Format("Word 文档（.docx）", "docx", needs="lxml", extra="word")
_XLSX = Format("Excel 工作簿（.xlsx）", "xlsx", needs="python_calamine", extra="excel")
_HTML = Format("网页（.html）", "html")
_WORD = "请在 Word 或 WPS 中另存为 .docx 或纯文本（.txt，UTF-8）后再检查"

#: Every suffix under which reports circulate.
FORMATS: dict[str, Format] = {
    ".txt": _PLAIN,
    ".text": _PLAIN,
    ".md": _MARKDOWN,
    ".markdown": _MARKDOWN,
    ".docx": _DOCX,
    ".docm": _DOCX,
    ".doc": Format("旧版 Word 文档（.doc）", advice=_WORD),
    ".wps": Format("WPS 文档（.wps）", advice=_WORD),
    ".rtf": Format("RTF 文档（.rtf）", advice=_WORD),
    ".odt": Format("ODT 文档（.odt）", advice=_WORD),
    ".pdf": Format("PDF（.pdf）", "pdf", needs="pypdfium2", extra="pdf"),
    ".ofd": Format("OFD 版式文件（.ofd）", advice="请导出为纯文本（.txt，UTF-8）后再检查"),
    ".xlsx": _XLSX,
    ".xlsm": _XLSX,
    ".xls": Format("旧版 Excel 工作簿（.xls）", "xlsx", needs="python_calamine", extra="excel"),
    ".et": Format("WPS 表格（.et）", advice="请在 WPS 中另存为 .xlsx 后再检查"),
    ".html": _HTML,
    ".htm": _HTML,
}


def suffix_of(name: str) -> str:
    """The suffix of a file name, in lower case with its dot, or the empty string.

    >>> suffix_of("drafts/总结.DOCX")
    '.docx'
    """
    name = os.path.basename(name.rstrip("/"))
    at = name.rfind(".")
    return name[at:].lower() if 0 < at < len(name) - 1 else ""


def read(path: Path, shown: str, limits: Limits = DEFAULT) -> Document:
    """The document in the file at ``path``; ``shown`` is how messages call it.

    A suffix that no format claims is read as plain text, whose reader refuses what is not text. Raises :class:`ReadError`.
    """
    return from_bytes(content(path, limits), shown, path.suffix, limits)


def content(path: str | os.PathLike[str], limits: Limits = DEFAULT) -> bytes:
    """The bytes of the file at ``path``, one more than the limit at most. Raises :class:`ReadError`."""
    try:
        with open(path, "rb") as file:
            _reader(suffix_of(os.fspath(path)))
            # Not ``stat``: pipes and devices have no size, and /dev/zero has no end.
            left, parts = limits.file_bytes + 1, []
            while left > 0 and (part := file.read(min(left, _CHUNK))):
                parts.append(part)
                left -= len(part)
            return b"".join(parts)
    except (OSError, ValueError) as error:
        from pathlib import Path

        raise ReadError(_why(error, Path(path))) from error


def from_bytes(data: bytes, shown: str, suffix: str = ".txt", limits: Limits = DEFAULT) -> Document:
    """The document in ``data``, a file with ``suffix``, as far as ``limits`` go. Raises :class:`ReadError`."""
    limits.reject_file(len(data))
    document: Document = _reader(suffix.lower()).read(data, shown, limits)
    return document


def from_text(text: str, shown: str = "<text>", suffix: str = ".txt") -> Document:
    """The document of a text that is already decoded, as a file with ``suffix`` would hold it.

    Raises :class:`ReadError` where the format is not a text format.
    """
    reader = _reader(suffix.lower())
    if not hasattr(reader, "document"):
        raise ReadError(f"{FORMATS[suffix.lower()].name} 不是文本格式，要按字节读取")
    document: Document = reader.document(text, shown)
    return document


def rewriter(suffix: str) -> Rewriter | None:
    """What puts fixes into files with ``suffix``; ``None`` where the format can only be read. Raises :class:`ReadError`."""
    found: Rewriter | None = getattr(_reader(suffix.lower()), "rewritten", None)
    return found


def _reader(suffix: str) -> ModuleType:
    """The module that reads ``suffix``."""
    form = FORMATS.get(suffix, _PLAIN)
    if not form.readable:
        raise ReadError(form.obstacle)
    name = f"reportlint.sources.{form.module}"
    __import__(name)
    return sys.modules[name]


def _why(error: OSError | ValueError, path: Path) -> str:
    """What a person can do something with, instead of an errno."""
    match error:
        case FileNotFoundError() | NotADirectoryError():
            return f"文件不存在{_instead(path)}"
        case IsADirectoryError():
            return "是文件夹，不是文件"
        case PermissionError():
            return "没有读取权限"
        case OSError(strerror=str() as reason):
            return f"读取失败：{reason}"
        case _:
            return f"读取失败：{error}"


def _instead(path: Path) -> str:
    """The file beside it that was probably meant, or where the path breaks off."""
    from reportlint.selection import hint, nearest

    folder = path.parent
    if not folder.is_dir():
        return f"：没有文件夹 {folder}" if not folder.exists() else f"：{folder} 不是文件夹"
    try:
        names = [one.name for one in folder.iterdir() if not one.name.startswith(".")]
    except OSError:
        return ""
    # The same name in another format is meant more often than another name in the same.
    close = next((name for name in sorted(names) if os.path.splitext(name)[0] == path.stem), None) or nearest(
        path.name, names
    )
    return hint(str(path.with_name(close))) if close and close != path.name else ""
