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
from pathlib import Path

from reportlint import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def table(source: Path, build: Callable[[Path], Any], layout: int = 1) -> Any:
    """What ``build`` makes of the file ``source``: plain tuples, dicts, sets, strings and numbers.

    ``layout`` is raised when ``build`` comes to make something else of the same file.
    """
    from importlib.util import cache_from_source

    try:
        status = source.stat()
        key = (__version__, sys.hexversion, layout, status.st_mtime_ns, status.st_size)
        kept = Path(cache_from_source(str(source.with_suffix(".py")))).with_suffix(".table")
    except (OSError, NotImplementedError):
        return build(source)
    try:
        found, value = marshal.loads(kept.read_bytes())
        if found == key:
            return value
    except (OSError, EOFError, ValueError, TypeError):
        pass
    value = build(source)
    if not sys.dont_write_bytecode:
        scratch = kept.with_name(f"{kept.name}.{os.getpid()}")
        try:
            kept.parent.mkdir(exist_ok=True)
            scratch.write_bytes(marshal.dumps((key, value)))
            scratch.replace(kept)
        except OSError:
            scratch.unlink(missing_ok=True)
    return value


def rows(source: Path) -> list[dict[str, str]]:
    """The rows of a CSV file that comes with the program, by heading."""
    found: list[dict[str, str]] = table(source, _read)
    return found


def _read(source: Path) -> list[dict[str, str]]:
    import csv  # only where the file has changed

    with source.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
