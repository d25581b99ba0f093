"""A progress bar on standard error, for runs that take longer than a person likes to look at nothing."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Sequence

from reportlint.discovery import Target
from reportlint.width import visible

#: Seconds after which the bar comes, and the fewest files that must then be left for it.
_PATIENCE = 1.0
_FEW = 5


def wanted() -> bool:
    """Whether somebody looks at standard error: a terminal, and no pipeline that only pretends to be one."""
    terminal = sys.stderr is not None and sys.stderr.isatty()
    return terminal and not os.environ.get("CI") and os.environ.get("TERM") != "dumb"


def watched(targets: Sequence[Target]) -> Iterator[Target]:
    """``targets``, one after the other; a bar shows how many are done once that has taken a while, if ``rich`` is there."""
    start = time.monotonic()
    for number, target in enumerate(targets):
        if time.monotonic() - start >= _PATIENCE and len(targets) - number >= _FEW:
            yield from _shown(targets, number)
            return
        yield target


def _shown(targets: Sequence[Target], done: int) -> Iterator[Target]:
    """The targets from number ``done`` on, under a bar."""
    try:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
    except ImportError:  # the extra is not installed: as quiet as before
        yield from targets[done:]
        return
    columns = (TextColumn("检查"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    name = TextColumn("{task.fields[name]}", markup=False)
    with Progress(*columns, name, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=len(targets), completed=done, name="")
        for target in targets[done:]:
            progress.update(task, name=visible(target.shown))
            yield target
            progress.advance(task)
