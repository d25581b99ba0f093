"""Writing: to the standard streams and to files, and what to do when nobody reads any more."""

from __future__ import annotations

import io
import os
import sys

from reportlint.errors import ReportlintError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import TextIO


def complain(message: str) -> None:
    """One line on standard error, harmless for a terminal."""
    from reportlint.width import visible  # `reportlint version` has nothing to neutralise

    _never_fail(sys.stderr)
    _say(f"reportlint: {visible(message)}\n")


def put(text: str, *, color: bool = False) -> None:
    """``text`` on standard output, characters that its encoding lacks as escapes."""
    _never_fail(sys.stdout)
    _write(text, color=color)


def aside(text: str, *, color: bool = False) -> None:
    """``text`` on standard error, where standard output holds something else."""
    _never_fail(sys.stderr)
    _say(text, color=color)


def _say(text: str, *, color: bool = False) -> None:
    try:
        _echo(text, sys.stderr, color=color)
    except OSError:
        pass  # nobody listens: the exit status says enough


def put_bytes(data: bytes) -> None:
    """``data`` on standard output as it is."""
    _write(data)


def save(path: Path, data: bytes) -> None:
    """``data`` in the file at ``path``, whole or not at all. Raises :class:`ReportlintError`."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        try:
            if path.exists() and not path.is_file():
                path.write_bytes(data)  # a device or a pipe: there is nothing to put in its place
                return
            part.write_bytes(data)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except (OSError, ValueError) as error:
        raise ReportlintError(f"写不了 {path}：{getattr(error, 'strerror', None) or error}") from error


def _write(data: str | bytes, *, color: bool = False) -> None:
    if sys.stdout is None:
        return  # closed by the caller: there is nobody to tell
    try:
        _echo(data, sys.stdout, color=color)
    except BrokenPipeError:
        _forget_reader()  # ``| head`` has seen enough: no error
    except OSError as error:
        raise ReportlintError(f"结果写不出去：{error.strerror}") from error


def _echo(data: str | bytes, stream: TextIO | None, *, color: bool = False) -> None:
    """``data`` to a stream, at once."""
    if stream is None:
        return
    if os.name == "nt":
        import click  # knows how to speak to a console of Windows

        click.echo(data, stream, nl=False, color=color)
    elif isinstance(data, bytes):
        stream.flush()
        stream.buffer.write(data)
        stream.buffer.flush()
    else:
        stream.write(data)
        stream.flush()


def _forget_reader() -> None:
    """Let what is still buffered go nowhere, so that the interpreter does not complain on its way out."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _never_fail(stream: object) -> None:
    # A terminal in GBK cannot show everything that a report holds; a missing character must not cost the result.
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")
