"""Runs that do more than look: they fix, or show what fixing would do."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from reportlint.cli.check import lament, report
from reportlint.cli.output import aside, complain, put, put_bytes, save
from reportlint.configuration import Configuration
from reportlint.discovery import STDIN
from reportlint.finding import Applicability
from reportlint.reporters import reporter
from reportlint.reporters.style import Style
from reportlint.run import Run, run
from reportlint.settings import Settings
from reportlint.width import visible
from reportlint.workflow import Workflow


def work(
    paths: Iterable[str],
    configuration: Configuration,
    settings: Settings,
    given: dict[str, Any],
    stdin_name: str | None,
    *,
    diff: bool = False,
) -> int:
    """Fix ``paths``, or with ``diff`` show what fixing would change, and say how it went with the exit status."""
    paths = tuple(paths)
    work = Workflow(unsafe=settings.unsafe_fixes, diff=diff)
    done = run(paths, configuration, given, stdin_name, work)
    done = replace(done, fixed=0 if diff else work.applied)
    if diff:
        _show(work, settings)
        lament(done)
    elif STDIN in paths:
        if work.output is not None:
            put_bytes(work.output)
        _aside(done, settings)
    else:
        report(done, settings)
    _hint(done, work, settings)
    for shown in work.unwritable:
        complain(f"{shown}: 这种格式还不能直接修正，请按提示在原文件里改")
    return 2 if done.status == 2 else int(bool(work.diffs)) if diff else done.status


def _show(work: Workflow, settings: Settings) -> None:
    """The changes, and on standard error how many they are."""
    text = "".join(sorted(work.diffs))
    if settings.output is not None:
        save(settings.output, text.encode("utf-8", "backslashreplace"))
    elif settings.format == "text" and sys.stdout is not None and sys.stdout.isatty():
        put("".join(f"{visible(line)}\n" for line in text.split("\n")[:-1]))
    else:
        put_bytes(text.encode("utf-8", "backslashreplace"))
    if not settings.quiet:
        complain(f"可以修正 {work.applied} 处（{work.files} 个文件），没有写文件" if work.applied else "没有可以修正的")


def _aside(done: Run, settings: Settings) -> None:
    """The findings where they do not mix with the fixed text: in the output file or on standard error."""
    if settings.output is not None:
        report(done, settings)
        return
    style = Style.of(settings, sys.stderr)
    aside("".join(reporter("text")(done, style)), color=style.color)
    lament(done)


def _hint(done: Run, work: Workflow, settings: Settings) -> None:
    """What more could be fixed, and how."""
    more = sum(
        diagnostic.finding.fix is not None and diagnostic.finding.fix.applicability is Applicability.UNSAFE
        for result in done.results
        for diagnostic in result.diagnostics
        if result.document.path not in work.unwritable
    )
    if more and not settings.unsafe_fixes and not settings.quiet and settings.format == "text":
        complain(f"另有 {more} 处可以用 --unsafe-fixes 修正，改后请过目（先用 --diff 看）")
