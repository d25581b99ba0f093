"""An open document: its text as the editor has it, and the check of it, never more than one at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import monotonic

from reportlint.lsp.checking import Checked, Place
from reportlint.lsp.worker import Workers

#: Checks a text in the state of that number.
Check = Callable[[str, int], Checked]


class Session:
    """A document between its opening and its closing. Only the event loop touches it; the check runs elsewhere."""

    def __init__(
        self,
        uri: str,
        place: Place,
        text: str,
        version: int | None,
        check: Check,
        workers: Workers,
        generation: Callable[[], int],
    ) -> None:
        """``generation`` tells apart the states of the configuration."""
        self.uri = uri
        self.place = place
        self.text = text
        self.version = version
        self.revision = 0
        self.closed = False
        self._changed = 0.0
        self._check = check
        self._workers = workers
        self._generation = generation
        self._done: Checked | None = None
        self._running: asyncio.Task[None] | None = None
        self._waiting: asyncio.Task[None] | None = None

    def change(self, text: str, version: int | None) -> None:
        """The text is another one now."""
        self.text = text
        self.version = version
        self.revision += 1
        self._changed = monotonic()

    def close(self) -> None:
        """Nobody looks any more."""
        self.closed = True
        self.then(None)

    def then(self, task: asyncio.Task[None] | None) -> None:
        """``task`` tells the editor; the one that was about to is no longer needed."""
        if self._waiting is not None:
            self._waiting.cancel()
        self._waiting = task

    async def settled(self, delay: float) -> None:
        """Wait until nothing has been typed for ``delay`` seconds."""
        while (left := self._changed + delay - monotonic()) > 0:
            await asyncio.sleep(left)

    async def checked(self) -> Checked:
        """The check of the text as it is now. Whoever waits may be cancelled; the check goes on for the others."""
        while True:
            done = self._done
            if done is not None and (done.revision, done.generation) == (self.revision, self._generation()):
                return done
            if self._running is None:
                self._running = asyncio.create_task(self._run())
            await asyncio.shield(self._running)

    async def _run(self) -> None:
        text, revision = self.text, self.revision
        try:
            self._done = await self._workers.run(lambda: self._check(text, revision))
        finally:
            self._running = None
