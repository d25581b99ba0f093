"""A process of its own for documents of a unit that killed a worker: what dies or hangs there takes one document with it, not the unit.

Run as ``python -m reportlint.scan.child``: pickles come in on standard input, a job first and then documents, and the rows of each go out.
Both ends are this program; nothing of a stranger's is ever unpickled.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from typing import IO, cast

from reportlint.scan.examine import Item, Job, Rows, examine, lost


def isolated(items: Iterable[Item], job: Job) -> Iterator[Rows]:
    """What came of each of ``items``; for one that kills its process, or takes longer than ``job.timeout``, a row that says so."""
    child: subprocess.Popen[bytes] | None = None
    try:
        for item in items:
            if child is None:
                child = _started(job)
            slow = threading.Event()
            rows = _asked(child, item, job.timeout, slow)
            if rows is None:
                status = _ended(child)
                child = None
                rows = lost(
                    item,
                    f"检查超过 {job.timeout:g} 秒，已中止"
                    if slow.is_set()
                    else f"检查时进程异常退出（{_status(status)}）",
                )
            yield rows
    finally:
        if child is not None:
            _ended(child)


def _started(job: Job) -> subprocess.Popen[bytes]:
    child = subprocess.Popen(
        [sys.executable, "-m", "reportlint.scan.child"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    _send(child, job)
    return child


def _ended(child: subprocess.Popen[bytes]) -> int:
    """Make an end of ``child``, if it is not dead yet; its exit status."""
    child.kill()
    with child:  # closes the pipes and waits
        pass
    return child.returncode


def _asked(child: subprocess.Popen[bytes], item: Item, timeout: float, slow: threading.Event) -> Rows | None:
    """What ``child`` answers; ``None`` where it dies, or is killed for being ``slow``."""

    def give_up() -> None:
        slow.set()
        child.kill()

    timer = threading.Timer(timeout, give_up) if timeout else None
    try:
        if timer:
            timer.start()
        _send(child, item)
        return cast("Rows", pickle.load(cast("IO[bytes]", child.stdout)))
    except (EOFError, OSError, pickle.UnpicklingError):
        return None
    finally:
        if timer:
            timer.cancel()


def _send(child: subprocess.Popen[bytes], what: Job | Item) -> None:
    stream = cast("IO[bytes]", child.stdin)
    pickle.dump(what, stream)
    stream.flush()


def _status(status: int) -> str:
    return f"信号 {-status}" if status < 0 else f"退出码 {status}"


def main() -> None:
    """Answer until nobody asks."""
    # Whatever a library prints must not get between the pickles.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    questions = sys.stdin.buffer
    job: Job = pickle.load(questions)
    while True:
        try:
            item: Item = pickle.load(questions)
        except EOFError:
            return
        pickle.dump(examine(item, job), answers)
        answers.flush()


if __name__ == "__main__":
    main()
