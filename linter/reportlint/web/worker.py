"""Where checks run: one at a time, apart from the server, each with a time limit and a way to stop it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from reportlint.errors import ReportlintError
from reportlint.record import NamedTuple
from reportlint.rule import Rule

_Made = TypeVar("_Made")

#: Seconds that a check may take.
LONGEST = 60.0
#: Seconds between two words to somebody who waits, and that a check gets to notice that its time is over.
_BEAT = 0.1
_GRACE = 5.0
#: Threads that may be given up because a check in them does not end.
_MOST_LOST = 3


class StoppedError(ReportlintError):
    """A check that took too long, or that nobody waits for any more."""


class Stage(NamedTuple):
    """How far a check has got: ``waiting``, ``reading`` or ``checking``, and there how many of the rules are done."""

    name: str = "waiting"
    done: int = 0
    total: int = 0


class Course:
    """Goes through the rules of a check, tells how far it has got, and stops it when its time is over or nobody waits."""

    def __init__(self, seconds: float = LONGEST) -> None:
        self.seconds = seconds
        self.stage = Stage()
        self.stopped = False
        self._end: float | None = None

    def begin(self) -> None:
        """From now on the time counts."""
        self._end = time.monotonic() + self.seconds
        self.stage = Stage("reading")
        self.go_on()

    def go_on(self) -> None:
        """Raise :class:`StoppedError` where the check is not to go on."""
        if self.stopped:
            raise StoppedError("检查已取消")
        if self.overdue():
            raise StoppedError(f"查了 {self.seconds:g} 秒还没有查完，已经停下：请把文件分成几份再查")

    def overdue(self, more: float = 0.0) -> bool:
        """Whether its time was over ``more`` seconds ago."""
        return self._end is not None and time.monotonic() > self._end + more

    def __call__(self, rules: Sequence[Rule]) -> Iterator[Rule]:
        """``rules``, one after the other."""
        for number, rule in enumerate(rules):
            self.go_on()
            self.stage = Stage("checking", number, len(rules))
            yield rule
        self.stage = Stage("checking", len(rules), len(rules))


class Worker:
    """Does one thing at a time in a thread of its own: some readers bear no company."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, "reportlint")
        self._courses: set[Course] = set()
        self._lost = 0

    async def do(self, work: Callable[[], _Made]) -> _Made:
        """What ``work`` returns; nothing else runs meanwhile."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)

    async def follow(self, work: Callable[[], Any], course: Course) -> AsyncIterator[Stage | Future[Any]]:
        """How far ``work`` has got, now and then, and at last itself, done. Raises :class:`StoppedError`."""
        if self._lost >= _MOST_LOST:
            raise StoppedError("有几份文件一直没有查完，请结束程序（Ctrl-C）后重新运行 reportlint serve")

        def begun() -> Any:
            course.begin()
            return work()

        future = self._pool.submit(begun)
        waiting = asyncio.wrap_future(future)
        self._courses.add(course)
        try:
            while not (await asyncio.wait({waiting}, timeout=_BEAT))[0]:
                if course.overdue(_GRACE):
                    self._give_up()
                    course.go_on()
                yield course.stage
            waiting.exception()  # looked at, or the loop would complain that nobody did
            yield future
        finally:
            course.stopped = True
            self._courses.discard(course)
            waiting.cancel()

    def _give_up(self) -> None:
        """Leave the thread to a check that does not end, and go on in another."""
        self._lost += 1
        self._pool.shutdown(wait=False)
        self._pool = ThreadPoolExecutor(1, "reportlint")

    def close(self) -> None:
        """Stop what runs, as soon as it looks up."""
        for course in self._courses:
            course.stopped = True
        self._pool.shutdown(wait=False, cancel_futures=True)
