"""Regular expressions that need not be compiled at every start.

The standard library turns an expression into the matcher's code in Python, afresh in every process; for the two hundred
expressions of this program that is more than half of the time a short check takes. So the code is kept in a file beside the byte
code, under the same conditions as that: written when Python writes byte code, ignored when it stems from another Python, and never
needed. Any doubt about the file, and the expression is compiled as usual.
"""

from __future__ import annotations

import atexit
import marshal
import os
import re
import sys
from pathlib import Path
from typing import Any

#: More expressions than the program has: beyond it, those that this process did not use are dropped from the file.
_MOST = 2000


def _file() -> Path:
    """Where the code is kept: the byte code's own folder, which respects ``PYTHONPYCACHEPREFIX``."""
    from importlib.util import cache_from_source

    return Path(cache_from_source(__file__)).with_suffix(".patterns")


class _Store:
    """The code of every expression met so far, by source and flags."""

    def __init__(self) -> None:
        # Each expression's code is packed by itself: only those that are asked for are unpacked.
        self.known: dict[tuple[str, int], bytes] = {}
        self.fresh: dict[tuple[str, int], bytes] = {}
        self.used: set[tuple[str, int]] = set()
        self._compiler: Any = None
        try:
            import _sre  # the matcher itself; private, hence all the care

            self._sre: Any = _sre
            self.key = (_sre.MAGIC, sys.hexversion, _sre.CODESIZE)
            self._load()
        except Exception:  # whatever is wrong with the store, expressions compile without it
            self._sre = None

    def _load(self) -> None:
        try:
            data = _file().read_bytes()
        except OSError:
            return
        key, known = marshal.loads(data)
        if key == self.key:
            self.known = known

    def get(self, source: str, flags: int) -> re.Pattern[str] | None:
        """The expression from its stored code, or ``None``."""
        packed = self.known.get((source, flags))
        if packed is None or self._sre is None:
            return None
        try:
            # The matcher checks the code word by word before it accepts it.
            made: re.Pattern[str] = self._sre.compile(source, *marshal.loads(packed))
        except (RuntimeError, TypeError, ValueError, EOFError, OverflowError):
            return None
        self.used.add((source, flags))
        return made

    def add(self, source: str, flags: int) -> None:
        """Remember the code of an expression for the next process."""
        if self._sre is None or sys.dont_write_bytecode:
            return
        try:
            if self._compiler is None:
                self._compiler = _internals()
            compiler, parser = self._compiler
            parsed = parser.parse(source, flags)
            state = parsed.state
            index: list[str | None] = [None] * state.groups
            for name, number in state.groupdict.items():
                index[number] = name
            code = [int(word) for word in compiler._code(parsed, flags)]
            if not self.fresh:
                atexit.register(self.save)
            self.fresh[source, flags] = marshal.dumps(
                (flags | state.flags, code, state.groups - 1, state.groupdict, tuple(index))
            )
        except Exception:  # the inner parts of the library may change; then nothing is stored
            self._sre = None

    def save(self) -> None:
        """Write what is known, whole or not at all."""
        target = _file()
        scratch = target.with_name(f"{target.name}.{os.getpid()}")
        every = {**self.known, **self.fresh}
        if len(every) > _MOST:
            every = {name: code for name, code in every.items() if name in self.used or name in self.fresh}
        try:
            target.parent.mkdir(exist_ok=True)
            scratch.write_bytes(marshal.dumps((self.key, every)))
            scratch.replace(target)
        except OSError:
            scratch.unlink(missing_ok=True)


def _internals() -> tuple[Any, Any]:
    """The library's compiler and parser, by the names of this Python."""
    if sys.version_info >= (3, 11):
        from re import _compiler, _parser  # type: ignore[attr-defined]

        return _compiler, _parser
    import sre_compile
    import sre_parse

    return sre_compile, sre_parse


_STORE = _Store()


def compiled(source: str, flags: int = 0) -> re.Pattern[str]:
    """``re.compile`` for expressions that are written in the program or its data files.

    >>> compiled(r"[0-9]+").findall("共26项，已完成13项")
    ['26', '13']
    """
    flags = int(flags)
    stored = _STORE.get(source, flags)
    if stored is not None:
        return stored
    made = re.compile(source, flags)
    _STORE.add(source, flags)
    return made
