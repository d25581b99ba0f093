"""The sample reports: exactly the findings that a careful reader listed, nothing else at warning or above."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from conftest import SEEDS
from reportlint.api import check_file
from reportlint.finding import Severity

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

LISTS = sorted(SEEDS.glob("*.toml"))


def report_of(listing: Path) -> Path:
    return next(listing.with_suffix(suffix) for suffix in (".txt", ".md") if listing.with_suffix(suffix).exists())


def place(lines: list[str], entry: dict[str, object]) -> tuple[int, int, str, str]:
    """Line, column, text and rule of an expected finding."""
    line, text = int(str(entry["line"])), str(entry["text"])
    column = -1
    for _ in range(int(str(entry.get("occurrence", 1)))):
        column = lines[line - 1].index(text.split("\n")[0], column + 1)  # it may go on over further lines
    return line, column + 1, text, str(entry.get("rule", ""))


@pytest.mark.parametrize("listing", LISTS, ids=lambda path: path.stem)
def test_a_sample_report_has_exactly_the_listed_findings(listing: Path) -> None:
    report = report_of(listing)
    expected = tomllib.loads(listing.read_text("utf-8"))
    lines = report.read_text("utf-8").split("\n")
    result = check_file(report)
    found = set()
    for diagnostic in result.diagnostics:
        if diagnostic.severity >= Severity.WARNING:
            start = result.document.position(diagnostic.span.start)
            found.add((start.line, start.column, result.document.slice(diagnostic.span), diagnostic.rule.code))
    wanted = {place(lines, entry) for entry in expected.get("finding", ())}
    assert found - wanted == set(), "reported, but not listed"
    assert wanted - found == set(), "listed, but not reported"


@pytest.mark.parametrize("listing", LISTS, ids=lambda path: path.stem)
def test_look_alikes_are_left_alone(listing: Path) -> None:
    report = report_of(listing)
    expected = tomllib.loads(listing.read_text("utf-8"))
    lines = report.read_text("utf-8").split("\n")
    result = check_file(report)
    wanted = {place(lines, entry)[:2] for entry in expected.get("finding", ())}
    for entry in expected.get("lookalike", ()):
        line, column, text, _ = place(lines, entry)
        start = result.document.line_starts[line - 1] + column - 1
        for diagnostic in result.diagnostics:
            if (
                diagnostic.severity < Severity.WARNING
                or tuple(result.document.position(diagnostic.span.start)) in wanted
            ):
                continue
            assert not (diagnostic.span.start < start + len(text) and start < diagnostic.span.end), (
                diagnostic.finding.message,
                text,
            )


def test_there_are_samples_from_several_domains() -> None:
    assert len(LISTS) >= 8
