"""Data files that need not be parsed at every start.

A lexicon of a thousand rows takes longer to parse than a report takes to check. So what was made of it is kept in a file beside the
byte code, under the same conditions as that (see :mod:`reportlint.patterns`): written when Python writes byte code, ignored as soon as
the data file or this package has changed, and never needed.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Callable
from mmap import ACCESS_READ, mmap

from reportlint import __version__
from reportlint.files import keep, keeping, kept

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


#: Bytes of the number that a file with data ends with.
_SIZE = 8


def table(source: str, build: Callable[[str], Any], layout: int = 1) -> Any:
    """What ``build`` makes of the file ``source``: plain tuples, dicts, sets, strings and numbers.

    ``layout`` is raised when ``build`` comes to make something else of the same file.
    """
    try:
        key, place = _place(source, layout)
    except OSError:
        return build(source)
    try:
        with open(place, "rb") as file:
            found, value = marshal.loads(file.read())  # at once: piece by piece takes ten times as long
        if found == key:
            return value
    except (OSError, EOFError, ValueError, TypeError):
        pass
    value = build(source)
    if keeping():
        keep(place, marshal.dumps((key, value)))
    return value


def table_with_data(
    source: str, build: Callable[[str], tuple[Any, bytes]], layout: int = 1
) -> tuple[Any, bytes | memoryview]:
    """As :func:`table`, where ``build`` makes data besides, which stay in the file: of them only what is looked at is read."""
    try:
        key, place = _place(source, layout)
    except OSError:
        return build(source)
    try:
        with open(place, "rb") as file:
            whole = memoryview(mmap(file.fileno(), 0, access=ACCESS_READ))
        size = int.from_bytes(whole[-_SIZE:], "little")
        found, value = marshal.loads(whole[size:-_SIZE])
        if found == key:
            return value, whole[:size]
    except (OSError, EOFError, ValueError, TypeError):
        pass
    value, data = build(source)
    if keeping():
        keep(place, b"".join((data, marshal.dumps((key, value)), len(data).to_bytes(_SIZE, "little"))))
    return value, data


def _place(source: str, layout: int) -> tuple[tuple[str, int, int, int, int], str]:
    """What has to be kept with what is made of ``source``, and where. Raises :class:`OSError`."""
    status = os.stat(source)
    return (__version__, sys.hexversion, layout, status.st_mtime_ns, status.st_size), kept(source, ".table")


def rows(source: str) -> list[dict[str, str]]:
    """The rows of a CSV file that comes with the program, by heading."""
    found: list[dict[str, str]] = table(source, _read)
    return found


def _read(source: str) -> list[dict[str, str]]:
    import csv  # only where the file has changed

    with open(source, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
