"""What a report is compared with beyond its own file: the ledger, the last report, related documents; each read once in a run."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from reportlint.analysis import Analysis, Context
from reportlint.errors import ReadError, SettingsError
from reportlint.record import NamedTuple
from reportlint.sources import FORMATS, read, suffix_of

if TYPE_CHECKING:
    from reportlint.document import Document
    from reportlint.ledger import Entry
    from reportlint.limits import Limits
    from reportlint.settings import Settings

#: Documents of a folder that are read to be compared with.
MOST_RELATED = 200


class Beside(NamedTuple):
    """What a report is compared with where it is already at hand, not in files: the last report, the rows of a ledger and its name."""

    previous: Document | None = None
    ledger: tuple[Entry, ...] = ()
    ledger_name: str = ""

    def joined(self, context: Context) -> Context:
        """``context`` with what is given here."""
        if self.previous is not None:
            context = context._replace(previous=Analysis(self.previous))
        if self.ledger:
            context = context._replace(ledger=self.ledger, ledger_name=self.ledger_name)
        return context


def with_others(context: Context, settings: Settings, path: Path) -> Context:
    """``context`` with everything that the report at ``path`` is compared with. Raises :class:`SettingsError`."""
    ledger = _ledger(settings.ledger, settings.ledger_columns) if settings.ledger else ()
    place = path.resolve()
    previous = (
        _previous(settings.previous, settings.limits)
        if settings.previous and settings.previous.resolve() != place
        else None
    )
    related = _together(settings.together, settings.limits) if settings.together else ()
    return context._replace(
        ledger=ledger,
        ledger_name=settings.ledger.name if settings.ledger else "",
        previous=previous,
        together=tuple(analysis for where, analysis in related if where != place),
    )


@lru_cache(maxsize=8)
def _ledger(path: Path, columns: tuple[tuple[str, str], ...]) -> tuple[Entry, ...]:
    from reportlint.ledger import read as read_ledger

    return read_ledger(path, dict(columns))


@lru_cache(maxsize=8)
def _previous(path: Path, limits: Limits) -> Analysis:
    try:
        return Analysis(read(path, path.as_posix(), limits))
    except ReadError as error:
        raise SettingsError(f"上期报告 {path} 读不了：{error}") from error


def related(folder: Path) -> list[Path]:
    """The documents in ``folder`` and below that must agree, by name."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and suffix_of(path.name) in FORMATS
        and not any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
    )


@lru_cache(maxsize=8)
def _together(folder: Path, limits: Limits) -> tuple[tuple[Path, Analysis], ...]:
    """The documents of the folder with their places. One that cannot be read fails the run: silence about it would look like agreement."""
    if not folder.is_dir():
        raise SettingsError(f"together 应为文件夹：{folder}")
    found = []
    names = related(folder)
    if len(names) > MOST_RELATED:
        raise SettingsError(
            f"together 的文件夹 {folder} 里有 {len(names)} 个文件，超过 {MOST_RELATED} 个：请指到要一起核对的那几份"
        )
    for path in names:
        try:
            found.append((path.resolve(), Analysis(read(path, path.as_posix(), limits))))
        except ReadError as error:
            raise SettingsError(f"一起核对的文件 {path} 读不了：{error}") from error
    return tuple(found)


def forget() -> None:
    """Read everything again when it is next asked for: a program that stays sees the files change."""
    for read_once in (_ledger, _previous, _together):
        read_once.cache_clear()
