"""The settings and the baseline that hold for a file, read again when anything they came from has changed on the disk."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any

from reportlint.baseline import Baseline
from reportlint.beyond import MOST_RELATED, forget
from reportlint.configuration import FILE, PYPROJECT, Configuration
from reportlint.record import NamedTuple
from reportlint.settings import Settings

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

#: Seconds for which an answer about the disk is good enough.
_GOOD_FOR = 0.5
#: The keys of a configuration that name other files, or a folder.
_NAMING = ("terms-file", "confusions-file", "baseline", "ledger", "previous", "together")

_Stamp = tuple[int, ...] | None


class Configured(NamedTuple):
    """What a file is checked with."""

    settings: Settings
    baseline: Baseline | None


class Configurations:
    """Finds what holds for a file. Several threads may ask at once."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._configuration = Configuration()
        self._baselines: dict[Path, Baseline] = {}
        self._stamps: dict[Path, _Stamp] = {}
        self._asked = 0.0
        self._generation = 0

    def for_file(self, path: Path) -> Configured:
        """What holds for the file at ``path``. Raises :class:`SettingsError`."""
        with self._lock:
            folder = path.parent.resolve()
            for here in (folder, *folder.parents):
                self._remember(here / FILE)
                self._remember(here / PYPROJECT)
                for file in (here / FILE, here / PYPROJECT):
                    for named in _named(file) if self._stamps[file] else ():
                        self._remember(named)
            settings = self._configuration.for_file(path)
            return Configured(settings, self._baseline(settings.baseline))

    @property
    def generation(self) -> int:
        """A number that is another one once something was seen to have changed; asking never waits for a disk."""
        return self._generation

    def renewed(self, *, now: bool = False) -> int:
        """The generation after a look at the disk; ``now`` looks even if it has just looked."""
        with self._lock:
            if now or monotonic() - self._asked > _GOOD_FOR:
                self._asked = monotonic()
                if any(_stamp(file) != stamp for file, stamp in self._stamps.items()):
                    self._forget()
            return self._generation

    def _remember(self, file: Path) -> None:
        if file not in self._stamps:
            self._stamps[file] = _stamp(file)

    def _baseline(self, file: Path | None) -> Baseline | None:
        if file is None:
            return None
        if file not in self._baselines:
            self._baselines[file] = Baseline.read(file)
        return self._baselines[file]

    def _forget(self) -> None:
        self._configuration = Configuration()
        self._baselines.clear()
        self._stamps.clear()
        forget()
        self._generation += 1


def _stamp(path: Path) -> _Stamp:
    """What changes when the file at ``path`` does, or a file in the folder there; ``None`` where there is nothing."""
    try:
        status = path.stat()
        if not path.is_dir():
            return status.st_mtime_ns, status.st_size
        files = sorted(one for one in path.rglob("*") if one.is_file())[:MOST_RELATED]
        return tuple(number for file in files for number in (file.stat().st_mtime_ns, file.stat().st_size))
    except OSError:
        return None


def _named(file: Path) -> Iterator[Path]:
    """The files that the configuration in ``file`` names; none where it makes no sense, which is told elsewhere."""
    try:
        table: Any = tomllib.loads(file.read_text("utf-8-sig"))
    except (OSError, ValueError):
        return
    own = table.get("tool", {})
    own = own.get("reportlint", {}) if isinstance(own, dict) else {}
    for one in (own, table if file.name == FILE else {}):
        if not isinstance(one, dict):
            continue
        catalogue = one.get("catalogue", {})
        values = [one.get(key) for key in _NAMING]
        values += list(catalogue.values()) if isinstance(catalogue, dict) else []
        for value in values:
            value = value.get("file") if isinstance(value, dict) else value
            for name in value if isinstance(value, list) else [value]:
                if isinstance(name, str) and name:
                    yield file.parent / name
