"""One unit of an archive: its documents checked one after the other, what came of each as rows. Nothing here raises."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath
from typing import Any

from reportlint.errors import ReportlintError
from reportlint.record import NamedTuple
from reportlint.reporters.style import Style
from reportlint.scan import tables
from reportlint.settings import Settings

Rows = dict[str, list[dict[str, Any]]]


class Item(NamedTuple):
    """A document of an archive: ``name`` is what the tables call it, its suffix the format.

    One of ``text``, ``data`` and ``error`` (why it could not be fetched) is there. ``row`` is its number in the table ``source``, from 0.
    """

    name: str
    source: str
    row: int | None = None
    text: str | None = None
    data: bytes | None = None
    error: str = ""


class Job(NamedTuple):
    """How to check: the settings, whether facts are wanted, and how many seconds a document may take (0: as many as it likes)."""

    settings: Settings = Settings()
    facts: bool = True
    timeout: float = 0.0


def empty() -> Rows:
    """No rows."""
    return {name: [] for name in tables.TABLES}


def examine(item: Item, job: Job) -> Rows:
    """What came of one document; a failure, whatever it was, is a row like any other."""
    rows = empty()
    try:
        document, found, stated = _checked(item, job)
    except ReportlintError as error:
        document, found, stated = failed(str(error)), [], []
    except Exception as error:
        from reportlint.run import crash

        document, found, stated = failed(crash(error)), [], []
    identity = {"document": item.name, "source": item.source, "row": item.row}
    rows["documents"] = [identity | document]
    rows["findings"] = [identity | row for row in found]
    rows["facts"] = [identity | row for row in stated]
    return rows


def together(many: Iterable[Rows]) -> Rows:
    """The rows of ``many`` in one."""
    rows = empty()
    for one in many:
        for name, part in one.items():
            rows[name] += part
    return rows


def failed(why: str) -> dict[str, Any]:
    """A row of the documents for one that could not be checked, without what says which it is."""
    return {"status": "failed", "error": why}


def lost(item: Item, why: str) -> Rows:
    """The rows of a document of which nothing came."""
    return {**empty(), "documents": [{"document": item.name, "source": item.source, "row": item.row, **failed(why)}]}


def _checked(item: Item, job: Job) -> tuple[dict[str, Any], list[dict[str, Any]], list[dict[str, Any]]]:
    from pathlib import Path

    from reportlint import api, sources
    from reportlint.errors import ReadError

    if item.error:
        raise ReadError(item.error)
    suffix = PurePath(item.name).suffix.lower()
    if item.data is not None:
        document = sources.from_bytes(item.data, item.name, suffix, job.settings.limits)
    else:
        document = sources.from_text(item.text or "", item.name, suffix if suffix in (".md", ".markdown") else ".txt")
    if job.facts:
        result, stated = api.check_with_facts(document, Path(item.name), job.settings)
    else:
        result, stated = api.check_document(document, Path(item.name), job.settings), ()
    style = Style(lang=job.settings.lang)
    found = [tables.finding(document, one, style) for one in result.diagnostics]
    return tables.document(result), found, [tables.fact(document, one) for one in stated]
