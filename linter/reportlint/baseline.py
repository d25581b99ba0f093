"""Known findings: what was there when a folder was first checked is not reported again.

A baseline is JSON: per file, rule and fingerprint the number of findings. It holds no line numbers and no text, so it survives
edits elsewhere in a report and may be shared; paths are seen from its own folder, so that the working folder does not matter.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from reportlint.errors import SettingsError
from reportlint.finding import Diagnostic
from reportlint.record import NamedTuple

#: The file where neither option nor configuration names one.
FILE = "reportlint-baseline.json"
_VERSION = 1


class Entry(NamedTuple):
    """``findings`` of the rule ``code`` with ``fingerprint`` in the file ``path``, as the baseline calls it."""

    path: str
    code: str
    fingerprint: str
    findings: int


_Known = dict[str, Counter[tuple[str, str]]]


class Baseline:
    """The known findings of many files, and what became of them in this run."""

    def __init__(self, file: Path, known: _Known | None = None) -> None:
        """``file`` is where it lies, or will."""
        self.file = file
        self.known: _Known = known or {}
        self._found: _Known = {}
        self._ran: dict[str, frozenset[str]] = {}

    @classmethod
    def read(cls, file: Path) -> Baseline:
        """The baseline in ``file``. Raises :class:`SettingsError`."""
        try:
            content = json.loads(file.read_text("utf-8-sig"))
        except FileNotFoundError as error:
            raise SettingsError(f"找不到基线文件 {file}：第一次请用 --write-baseline 生成") from error
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(f"基线文件 {file} 读不了：{error}") from error
        except (ValueError, RecursionError) as error:
            raise SettingsError(f"基线文件 {file} 不是合法的 JSON，请用 --write-baseline 重新生成") from error
        return cls(file, _known(content, file))

    def name(self, place: Path) -> str:
        """What the baseline calls the file at ``place``."""
        path = os.path.realpath(place)
        try:
            return os.path.relpath(path, os.path.realpath(self.file.parent)).replace(os.sep, "/")
        except ValueError:  # another drive
            return path.replace(os.sep, "/")

    def new(self, place: Path, diagnostics: Iterable[Diagnostic], ran: Iterable[str]) -> tuple[Diagnostic, ...]:
        """Those of ``diagnostics``, all that the rules ``ran`` found in ``place``, that are not known."""
        name = self.name(place)
        left = Counter(self.known.get(name))
        found: Counter[tuple[str, str]] = Counter()
        kept = []
        for diagnostic in diagnostics:
            key = (diagnostic.rule.code, diagnostic.fingerprint)
            found[key] += 1
            if left[key] > 0:
                left[key] -= 1
            else:
                kept.append(diagnostic)
        self._found[name] = found
        self._ran[name] = frozenset(ran)
        return tuple(kept)

    @property
    def matched(self) -> int:
        """How many findings of this run were known."""
        return sum((self._found[name] & self.known.get(name, Counter())).total() for name in self._found)

    def stale(self) -> list[Entry]:
        """What is known but was not found: mended, or in a file that is gone. Rules that did not run are not judged."""
        gone: list[Entry] = []
        for name, known in self.known.items():
            if name in self._found:
                left = known - self._found[name]
                gone += (Entry(name, *key, count) for key, count in left.items() if key[0] in self._ran[name])
            elif not self._exists(name):
                gone += (Entry(name, *key, count) for key, count in known.items())
        return sorted(gone)

    def updated(self) -> bytes:
        """The baseline after this run: what was found, and what was known of files and rules that were not looked at."""
        files: dict[str, Any] = {}
        for name in sorted({*self.known, *self._found}):
            known, found = self.known.get(name, Counter()), self._found.get(name)
            if found is None:
                counts = known if self._exists(name) else Counter()
            else:
                counts = found + Counter({key: count for key, count in known.items() if key[0] not in self._ran[name]})
            for (code, fingerprint), count in sorted(counts.items()):
                files.setdefault(name, {}).setdefault(code, {})[fingerprint] = count
        report = {"version": _VERSION, "files": files}
        return (json.dumps(report, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "surrogateescape")

    @property
    def recorded(self) -> int:
        """How many findings of this run :meth:`updated` records."""
        return sum(found.total() for found in self._found.values())

    def _exists(self, name: str) -> bool:
        try:
            return (self.file.parent / name).exists()
        except (OSError, ValueError):  # a name that no file can have
            return False


def _known(content: Any, file: Path) -> _Known:
    """The counts in ``content``."""
    known: _Known = {}
    try:
        if content["version"] != _VERSION:
            raise SettingsError(
                f"基线文件 {file} 的版本是 {content['version']}，这里只认 {_VERSION}：请升级 reportlint"
            )
        for name, rules in content["files"].items():
            counts = known.setdefault(name, Counter())
            for code, fingerprints in rules.items():
                for fingerprint, count in fingerprints.items():
                    counts[code, fingerprint] += int(count)
    except (KeyError, TypeError, AttributeError, ValueError, OverflowError) as error:
        raise SettingsError(f"基线文件 {file} 的内容不对，请用 --write-baseline 重新生成") from error
    return known
