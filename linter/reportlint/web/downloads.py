"""What can be taken away from a review: made when asked for, sent as a file to save, never written here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from reportlint.record import NamedTuple
from reportlint.sources import FORMATS, suffix_of
from reportlint.web.labels import renamed
from reportlint.web.review import Review, State, Upload

if TYPE_CHECKING:
    from reportlint.reporters.style import Style

_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".docm": "application/vnd.ms-word.document.macroEnabled.12",
    ".html": "text/html; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
}
#: What makes a spreadsheet read a CSV as UTF-8.
_BOM = b"\xef\xbb\xbf"


class Download(NamedTuple):
    """One thing to take away: how it is made, what it is called on the page, and why it cannot be had, if so."""

    make: Callable[[Review, Style], Upload]
    zh: str
    en: str
    obstacle: Callable[[Review, Style], str]


def media_type(name: str) -> str:
    """What a browser is told that the file ``name`` is: nothing that it would open by itself."""
    return _TYPES.get(suffix_of(name), "application/octet-stream")


def annotated(review: Review, style: Style) -> Upload:
    """The report as a Word document with the findings as comments."""
    from reportlint.annotation import annotated as made
    from reportlint.annotation import notes

    kept = review.kept()
    suffix = suffix_of(review.report.name)
    data = made(kept.document, review.report.data, list(notes(kept, style)))
    added = style.either("批注", "comments")
    return Upload(renamed(review.report.name, added, suffix if suffix == ".docm" else ".docx"), data)


def corrected(review: Review, _style: Style) -> Upload:
    """The report with the accepted fixes."""
    return review.corrected()


def report(review: Review, style: Style) -> Upload:
    """The report and its findings as one HTML file."""
    from reportlint.reporters import reporter
    from reportlint.run import Run

    page = "".join(reporter("html")(Run((review.kept(),)), style))
    name = renamed(review.report.name, style.either("校对结果", "results"), ".html")
    return Upload(name, page.encode("utf-8", "backslashreplace"))


def facts(review: Review, style: Style) -> Upload:
    """The figures that were understood, as CSV."""
    from reportlint import api
    from reportlint.reporters.facts import csv

    found = api.facts(review.document, settings=review.settings)
    data = _BOM + "".join(csv(review.document, found, style)).encode("utf-8", "backslashreplace")
    return Upload(renamed(review.report.name, style.either("数据", "figures"), ".csv"), data)


def exemptions(review: Review, _style: Style) -> Upload:
    """What was ignored, as the part of a configuration that says so."""
    tables = []
    for number in review.numbers(State.IGNORED):
        diagnostic = review.diagnostics[number - 1]
        keys = {
            "path": review.report.name,
            "code": diagnostic.rule.code,
            "text": review.document.slice(diagnostic.span),
            "reason": review.decision(number).reason,
        }
        lines = [f"{key} = {_quoted(value)}" for key, value in keys.items() if value]
        tables.append("\n".join(["[[ignore]]", *lines]))
    return Upload("reportlint.toml", ("\n\n".join(tables) + "\n").encode("utf-8", "backslashreplace"))


def _quoted(text: str) -> str:
    """``text`` as a basic string of TOML."""
    import json

    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def _none(_review: Review, _style: Style) -> str:
    return ""


def _word(_review: Review, style: Style) -> str:
    word = FORMATS[".docx"]
    return "" if word.readable else style.either(word.obstacle, "needs: pip install 'reportlint[word]'")


def _accepted(review: Review, style: Style) -> str:
    return "" if review.numbers(State.ACCEPTED) else style.either("还没有采用修改", "no fix accepted yet")


def _ignored(review: Review, style: Style) -> str:
    return "" if review.numbers(State.IGNORED) else style.either("还没有忽略", "nothing ignored yet")


DOWNLOADS: dict[str, Download] = {
    "annotated": Download(annotated, "批注稿（Word）", "Word with comments", _word),
    "corrected": Download(corrected, "改后的文件", "Corrected file", _accepted),
    "report": Download(report, "校对结果（网页）", "HTML report", _none),
    "facts": Download(facts, "数据表（CSV）", "Figures (CSV)", _none),
    "exemptions": Download(exemptions, "忽略清单（配置）", "Ignored (configuration)", _ignored),
}
