"""What the program is at this moment: two runs with the same stamp find the same things in the same bytes.

Versions alone would not do: whoever works on a rule, or mends a lexicon in place, changes what is found without a new version.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b
from importlib.util import find_spec

from reportlint import __version__
from reportlint.registry import entry_points


@lru_cache(maxsize=1)
def stamp() -> bytes:
    """A hash over the version, the interpreter, what is installed, and every file of the program and of the packages of rules."""
    points = sorted(entry_points().items())
    parts = [__version__, sys.version, sys.platform, *(f"{name}={module}" for name, module in points)]
    parts += sorted(set(_installed()))
    for package in sorted({"reportlint", *(module.partition(".")[0] for _, module in points)}):
        parts += _files(package)
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _installed() -> Iterator[str]:
    """Names and versions of the distributions: readers and segmenters are among them."""
    for entry in sys.path:
        try:
            names = os.listdir(entry or ".")  # hundreds of names on the way to a quick answer
        except OSError:
            continue
        yield from (name for name in names if name.endswith((".dist-info", ".egg-info")))


def _files(package: str) -> list[str]:
    """Every file of a top-level package or module, with its size and the time of its last change."""
    try:
        spec = find_spec(package)
    except (ImportError, ValueError):
        spec = None
    if spec is None:
        return [f"{package} is missing"]
    if spec.submodule_search_locations is None:
        try:
            return [_told(spec.origin or package, os.stat(spec.origin or package))]
        except OSError:
            return [f"{package} {spec.origin}"]  # in an archive, whose name has the version
    found: list[str] = []
    pending = list(spec.submodule_search_locations)
    while pending:
        folder = pending.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.is_dir():
                        if entry.name != "__pycache__":
                            pending.append(entry.path)
                    else:
                        found.append(_told(entry.path, entry.stat()))
        except OSError as error:
            found.append(f"{folder} {error.errno}")
    return sorted(found)


def _told(path: str, status: os.stat_result) -> str:
    return f"{path} {status.st_size} {status.st_mtime_ns}"
