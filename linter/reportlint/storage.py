"""Writing over a file of the user's: whole or not at all, and with everything about it kept but its contents."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from reportlint.errors import ReportlintError


def overwrite(path: Path, data: bytes, expected: bytes, otherwise: str = "或用 --diff 只看要改什么") -> None:
    """Put ``data`` in place of ``expected``, the contents of the file at ``path``.

    A link stays one: what it leads to is written. Mode and ownership are kept. Raises :class:`ReportlintError`, and then the file
    is as it was: where it may not be written, and where somebody else changed it in the meantime. ``otherwise`` is what a person
    may do instead.
    """
    try:
        target = path.resolve(strict=True)
        status = target.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ReportlintError("不是普通文件，不能改写")
        if not status.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(target, os.W_OK):
            raise ReportlintError(f"文件是只读的，没有改动：请先取消只读，{otherwise}")
        part = target.with_name(f".{target.name}.{os.getpid()}.part")
        try:
            _put(part, data, status)
            if target.read_bytes() != expected:
                raise ReportlintError("检查期间文件被别的程序改动，没有写入：请重新运行")
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise ReportlintError(f"写不回去，文件没有改动：{error.strerror or error}") from error


def _put(part: Path, data: bytes, status: os.stat_result) -> None:
    """``data`` in a new file, safely on the disk, that looks like the one of ``status``."""
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if hasattr(os, "chown"):
        with suppress(PermissionError):  # somebody else's file in a folder of ours
            os.chown(part, status.st_uid, status.st_gid)
    part.chmod(stat.S_IMODE(status.st_mode))
