"""Threads for the checks: the server goes on listening meanwhile, and ends without waiting for one that nobody needs any more."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread
from typing import Any, TypeVar

_T = TypeVar("_T")
_Job = tuple[asyncio.AbstractEventLoop, "asyncio.Future[Any]", Callable[[], Any]]


class Workers:
    """A few threads that do one job after the other.

    Unlike those of ``concurrent.futures`` they do not keep the process alive: an editor that closes does not wait for the check of a
    megabyte.
    """

    def __init__(self, number: int = 2) -> None:
        self._jobs: SimpleQueue[_Job] = SimpleQueue()
        self._number = number
        self._threads: list[Thread] = []

    async def run(self, job: Callable[[], _T]) -> _T:
        """What ``job`` returns or raises. A job whose waiter has gone before it started is not done."""
        if len(self._threads) < self._number:
            thread = Thread(target=self._work, name="reportlint-check", daemon=True)
            self._threads.append(thread)
            thread.start()
        loop = asyncio.get_running_loop()
        future: asyncio.Future[_T] = loop.create_future()
        self._jobs.put((loop, future, job))
        return await future

    def _work(self) -> None:
        while True:
            loop, future, job = self._jobs.get()
            if future.cancelled():
                continue
            try:
                result, error = job(), None
            except Exception as raised:
                result, error = None, raised
            try:
                loop.call_soon_threadsafe(_settle, future, result, error)
            except RuntimeError:
                return  # the loop is closed: the server has ended


def _settle(future: asyncio.Future[Any], result: Any, error: Exception | None) -> None:
    if future.done():
        return
    if error is None:
        future.set_result(result)
    else:
        future.set_exception(error)
