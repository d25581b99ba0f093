"""The user's own word lists, a line each: read in whatever encoding a report may have."""

from __future__ import annotations

import re
from pathlib import Path

from reportlint.errors import ReadError, SettingsError

_LINE_END = re.compile(r"\r\n|\n|\r")
#: A remark: a line that begins with ``#``, or what follows one after a space; 2#高炉 is a name.
_REMARK = re.compile(r"(?:^|(?<=\s))#.*")


def lines(path: Path, key: str) -> list[str]:
    """The lines of the file that the setting ``key`` names, as an editor shows them.

    Raises :class:`SettingsError` for a file that is missing or not text, with the reason.
    """
    from reportlint.sources import content
    from reportlint.sources.decoding import decode

    try:
        return _LINE_END.split(decode(content(path)).text)
    except ReadError as error:
        raise SettingsError(f"{key} 指的文件 {path} 读不了：{error}") from error


def words(path: Path, key: str) -> set[str]:
    """The words of such a file, one a line, without remarks."""
    return {word for line in lines(path, key) if (word := _REMARK.sub("", line).strip())}
