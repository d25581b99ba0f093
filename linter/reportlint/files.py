"""Files that come with the program, and those that are kept beside its byte code.

Paths are plain strings here: importing :mod:`pathlib` takes as long as looking through a page of text, and these are needed every time.
"""

from __future__ import annotations

import os
import sys


def beside(module: str, *names: str) -> str:
    """The file ``names`` in the folder of the module whose ``__file__`` is given."""
    return os.path.join(os.path.dirname(module), *names)


def lines(path: str) -> list[str]:
    """The lines of a data file, without those that are empty or begin with ``#``."""
    with open(path, "rb") as file:
        text = file.read().decode("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def kept(source: str, suffix: str) -> str:
    """Where what is made of ``source`` is kept: in the folder of its byte code, which respects ``PYTHONPYCACHEPREFIX``.

    Raises :class:`OSError` where Python keeps no byte code at all.
    """
    tag = sys.implementation.cache_tag
    if tag is None:
        raise OSError("no byte code is kept")
    folder, name = os.path.split(os.path.abspath(source))
    if sys.pycache_prefix is None:
        folder = os.path.join(folder, "__pycache__")
    else:
        folder = os.path.join(sys.pycache_prefix, os.path.splitdrive(folder)[1].lstrip(os.sep))
    return os.path.join(folder, f"{os.path.splitext(name)[0]}.{tag}{suffix}")


def keeping() -> bool:
    """Whether anything may be kept: whether Python writes byte code."""
    return not sys.dont_write_bytecode and sys.implementation.cache_tag is not None


def keep(path: str, data: bytes) -> None:
    """Write ``data`` to a file as :func:`kept` names it, whole or not at all; in silence where it cannot be written."""
    scratch = f"{path}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        try:
            with open(scratch, "wb") as file:
                file.write(data)
            os.replace(scratch, path)
        finally:
            if os.path.exists(scratch):
                os.unlink(scratch)
    except OSError:
        pass  # a read-only installation, or somebody looks into the file: it is made afresh every time
