"""What is known of the installed rules without importing them.

To find the rules, every package on the path has to be asked and every module of theirs imported; both take longer than most rules then
take to look at a report. So what a run needs to know of each rule before it looks (code, name, severity, triggers) is kept in a file
beside the byte code, under the same conditions as that (see :mod:`reportlint.patterns`): written when Python writes byte code, and never
needed. It holds as long as nothing has changed that it was made from: the folders of installed packages, and every file of the packages
that bring rules.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Iterable, Iterator

from reportlint import __version__
from reportlint.files import keep, keeping, kept
from reportlint.finding import Severity
from reportlint.record import NamedTuple
from reportlint.rule import Rule

#: Raised when the file comes to hold something else.
_LAYOUT = 1
_METADATA = (".dist-info", ".egg-info")

#: Time of the last change and size of a file or folder.
_Stamp = tuple[int, int]


class Manifest(NamedTuple):
    """The installed rules, the tables of indicators that come with them, and the packages that bring both."""

    rules: tuple[Rule, ...]
    tables: tuple[str, ...]
    packages: tuple[str, ...]


def read() -> Manifest | None:
    """What a run before has kept, if it still holds."""
    try:
        with open(kept(__file__, ".rules"), "rb") as file:
            key, installed, files, rows, tables = marshal.loads(file.read())
        if key != _key() or not _same_installed(installed) or files != {name: _files(name) for name in files}:
            return None
        rules = tuple(
            Rule.kept(code, name, Severity(severity), optional, triggers, needs, home)
            for code, name, severity, optional, triggers, needs, home in rows
        )
    except (OSError, EOFError, ValueError, TypeError):
        return None
    return Manifest(rules, tables, tuple(files))


def write(rules: Iterable[tuple[Rule, tuple[str, str | int]]], packages: Iterable[str], tables: Iterable[str]) -> None:
    """Keep ``rules``, each with its home, for later runs; ``packages`` are those that they come from."""
    if not keeping():
        return
    files = {name: _files(name) for name in packages}
    rows = tuple(
        (rule.code, rule.name, int(rule.severity), rule.optional, rule.triggers, rule.needs, home)
        for rule, home in rules
    )
    data = marshal.dumps((_key(), _installed(), files, rows, tuple(tables)))
    keep(kept(__file__, ".rules"), data)


def _key() -> tuple[int, str, int]:
    return _LAYOUT, __version__, sys.hexversion


def _stamp(path: str) -> _Stamp | None:
    try:
        status = os.stat(path or ".")
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def _holds_metadata(folder: str) -> bool:
    """Whether packages are installed in ``folder``."""
    try:
        return any(name.endswith(_METADATA) for name in os.listdir(folder or "."))
    except OSError:
        return False


def _installed() -> dict[str, _Stamp | None]:
    """The folders of the path in which packages are installed. Other folders do not count: one of them is where the user works."""
    return {entry: _stamp(entry) for entry in sys.path if _holds_metadata(entry)}


def _same_installed(known: dict[str, _Stamp | None]) -> bool:
    """Whether :func:`_installed` would say ``known``; a folder that did not change is not looked into."""
    entries = list(dict.fromkeys(sys.path))
    if [entry for entry in entries if entry in known] != [*known]:
        return False
    return all(_stamp(entry) == known[entry] if entry in known else not _holds_metadata(entry) for entry in entries)


def _files(package: str) -> tuple[tuple[str, int, int], ...]:
    """Every file of a top-level package or module, with the time of its last change and its size."""
    spec = next((found for finder in sys.meta_path if (found := finder.find_spec(package, None))), None)
    if spec is None:
        return ()
    if spec.submodule_search_locations is None:
        return ((spec.origin or "", *(_stamp(spec.origin or "") or (0, 0))),)
    return tuple(sorted(_below(spec.submodule_search_locations)))


def _below(folders: Iterable[str]) -> Iterator[tuple[str, int, int]]:
    pending = [*folders]
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in entries:
                if entry.is_dir():
                    if entry.name != "__pycache__":
                        pending.append(entry.path)
                else:
                    status = entry.stat()
                    yield entry.path, status.st_mtime_ns, status.st_size
