"""Names of files that a browser sends: labels to show and to call a download by, never paths to open."""

from __future__ import annotations

from pathlib import PurePath
from urllib.parse import quote

from reportlint.patterns import compiled
from reportlint.width import visible

#: What no file system, header or reader of a list should meet: separators, what Windows forbids, braces of our own escapes.
_UNFIT = compiled(r'[\\/:*?"<>|\x00-\x1f\x7f]')
_DEVICES = frozenset(("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))))
_LONGEST = 120


def label(name: str, otherwise: str = "未命名.txt") -> str:
    r"""``name`` as the name of a file and nothing more: its last part, without what commands a path, a terminal or a reader.

    >>> label(r"..\..\evil\总结.docx"), label("a\u202etxt.exe"), label("NUL"), label("/")
    ('总结.docx', 'aU+202Etxt.exe', '_NUL', '未命名.txt')
    """
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    clean = _UNFIT.sub("_", visible(last).replace("<U+", "U+").replace(">", "")).strip(" .")
    if not clean:
        return otherwise
    if clean.partition(".")[0].lower() in _DEVICES:
        clean = f"_{clean}"
    if len(clean) > _LONGEST:
        suffix = PurePath(clean).suffix[:12]
        clean = f"{clean[: _LONGEST - len(suffix)]}{suffix}"
    return clean


def renamed(name: str, addition: str, suffix: str) -> str:
    """What a download made of the file ``name`` is called.

    >>> renamed("总结.docx", "批注", ".docx")
    '总结（批注）.docx'
    """
    return label(f"{PurePath(name).stem}（{addition}）{suffix}")


def attachment(name: str) -> str:
    """The header that makes a browser save what it gets, as ``name``.

    >>> attachment("总结.txt")
    'attachment; filename="download.txt"; filename*=UTF-8\\'\\'%E6%80%BB%E7%BB%93.txt'
    """
    suffix = "".join(
        letter for letter in PurePath(name).suffix if letter.isascii() and (letter.isalnum() or letter == ".")
    )
    return f"attachment; filename=\"download{suffix}\"; filename*=UTF-8''{quote(name, safe='')}"
