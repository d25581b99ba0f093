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

from reportlint import __version__
from reportlint.files import keep, keeping, kept

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def table(source: str, build: Callable[[str], Any], layout: int = 1) -> Any:
    """What ``build`` makes of the file ``source``: plain tuples, dicts, sets, strings and numbers.

    ``layout`` is raised when ``build`` comes to make something else of the same file.
    """
    try:
        status = os.stat(source)
        key = (__version__, sys.hexversion, layout, status.st_mtime_ns, status.st_size)
        place = kept(source, ".table")
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


def rows(source: str) -> list[dict[str, str]]:
    """The rows of a CSV file that comes with the program, by heading."""
    found: list[dict[str, str]] = table(source, _read)
    return found


def _read(source: str) -> list[dict[str, str]]:
    import csv  # only where the file has changed

    with open(source, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
