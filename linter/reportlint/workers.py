"""Processes that check files for a run: how many pay, handing out, taking in, and what to do when one of them dies.

Each is a fresh interpreter that is spoken to through pipes, the same on every system: nothing is inherited but the search path. A
thread here waits for each. A process works on one file at a time, so that its death names the file; another one takes its place.
"""

from __future__ import annotations

import pickle
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from struct import Struct
from threading import Thread
from typing import IO, TYPE_CHECKING, Any

from reportlint.record import NamedTuple

if TYPE_CHECKING:
    from types import TracebackType

    from reportlint.discovery import Target

#: What goes before a message: how long it is.
_LENGTH = Struct(">Q")
_START = "import sys; sys.path[:] = {path!a}; from reportlint.worker import main; main()"


class _Task(NamedTuple):
    number: int
    target: Target
    data: bytes


class Workers:
    """Some processes at work. What they are sent comes back as a packed result or as what went wrong, in any order."""

    def __init__(self, number: int, file: Path | None, options: dict[str, Any]) -> None:
        """``file`` and ``options`` are the configuration named, and what stands on top of it."""
        self._hello = pickle.dumps((file, options))
        self._tasks: SimpleQueue[_Task | None] = SimpleQueue()
        self._answers: SimpleQueue[tuple[int, bytes | str]] = SimpleQueue()
        self._under_way = 0
        #: Enough to keep everybody busy, and no more of them in memory.
        self._most = 2 * number + 2
        self._processes: list[subprocess.Popen[bytes]] = []
        self._closing = False
        self._threads = [Thread(target=self._attend, daemon=True) for _ in range(number)]

    def __enter__(self) -> Workers:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nobody is left behind, whatever happened: after an interruption they are not waited for."""
        self._closing = True
        for _ in self._threads:
            self._tasks.put(None)
        if kind is not None:
            for process in self._processes:
                process.kill()
        for thread in self._threads:
            thread.join()

    def send(self, number: int, target: Target, data: bytes) -> None:
        """Have ``data``, the contents of ``target``, checked; ``number`` is what the answer will be called by."""
        self._under_way += 1
        self._tasks.put(_Task(number, target, data))

    def answers(self, *, enough: bool) -> Iterator[tuple[int, bytes | str]]:
        """What has come back; waits for an answer if ``enough`` is under way, or so much that everybody is busy."""
        while self._under_way:
            try:
                # The wait has an end so that Ctrl-C is heard on every system.
                answer = self._answers.get(timeout=1) if enough or self._under_way >= self._most else None
                answer = answer or self._answers.get_nowait()
            except Empty:
                if enough or self._under_way >= self._most:
                    continue
                return
            self._under_way -= 1
            yield answer
            if enough:
                return

    def _attend(self) -> None:
        """Pass tasks to a process of its own, one at a time, until there are no more."""
        process: subprocess.Popen[bytes] | None = None
        while (task := self._tasks.get()) is not None:
            if self._closing:
                continue
            answer: bytes | str
            try:
                process = process or self._started()
                answer = _asked(process, task)
            except Exception as error:  # a thread that ends without an answer would be waited for
                answer = _death(process, error)
                process = None
            self._answers.put((task.number, answer))
        if process is not None:
            _dismiss(process)

    def _started(self) -> subprocess.Popen[bytes]:
        """A new process that knows what it needs."""
        process = subprocess.Popen(
            [sys.executable, "-c", _START.format(path=sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            **_apart(),
        )
        self._processes.append(process)
        if self._closing:
            process.kill()
        write(_pipe(process.stdin), self._hello)
        return process


def _apart() -> dict[str, Any]:
    """Ctrl-C is for us alone; who is told to stop by us must not complain about it on the terminal."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}


def _asked(process: subprocess.Popen[bytes], task: _Task) -> bytes | str:
    pipe = _pipe(process.stdin)
    write(pipe, pickle.dumps(task.target))
    write(pipe, task.data)
    done, said = read(_pipe(process.stdout)), read(_pipe(process.stdout))
    return said if done == b"result" else said.decode("utf-8", "surrogatepass")


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise OSError("no pipe")
    return stream


def _death(process: subprocess.Popen[bytes] | None, error: Exception) -> str:
    """What to say of the file that a process died over."""
    if process is None:
        return f"检查用的进程启动不了（{error}）：请用 --jobs 1 再试"
    process.kill()
    status = process.wait()
    for stream in (process.stdin, process.stdout):
        with suppress(OSError):
            _pipe(stream).close()
    if status < 0:
        name = signal.Signals(-status).name if -status in set(signal.Signals) else str(-status)
        hint = "，多半是内存不够" if status == -9 else ""
        why = f"被系统终止（{name}{hint}）"
    else:
        why = f"意外退出（退出码 {status}）"
    return f"检查这个文件的进程{why}。其他文件照常检查了；请用 --jobs 1 单独再查这一个"


def _dismiss(process: subprocess.Popen[bytes]) -> None:
    """Let a process go that has nothing more to do."""
    with suppress(OSError):
        _pipe(process.stdin).close()
    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    _pipe(process.stdout).close()


def write(stream: IO[bytes], message: bytes) -> None:
    """Send ``message``."""
    stream.write(_LENGTH.pack(len(message)) + message)
    stream.flush()


def read(stream: IO[bytes]) -> bytes:
    """The next message. Raises ``EOFError`` where there is none."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    message = stream.read(length)
    if len(message) < length:
        raise EOFError
    return message
