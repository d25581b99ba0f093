"""How many processes a run is shared among: told before anything is imported that processes need."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress

from reportlint.sources import suffix_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from reportlint.discovery import Target

#: Bytes of plain text that take about as long to check as a process to start, twice over; and how much more others hold.
_SHARE = 400_000
_DENSE = {".docx": 4, ".docm": 4, ".xlsx": 4, ".xlsm": 4, ".pdf": 2}
#: More processes than this help nobody, whatever is asked for.
MOST = 64


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def worthwhile(targets: Sequence[Target], jobs: int | None) -> int:
    """How many processes to share ``targets`` among: ``jobs`` at most, or, for ``None``, as many as pay."""
    if jobs is not None:
        return max(1, min(jobs, len(targets), MOST))
    most = min(processors(), len(targets), MOST)
    wanted = work = 0
    for target in targets:
        if wanted >= most:
            break
        with suppress(OSError, ValueError):
            size = os.stat(target.file).st_size if target.file is not None else 0
            work += size * _DENSE.get(suffix_of(target.name), 1)
        wanted = work // _SHARE
    return max(1, min(most, wanted))
