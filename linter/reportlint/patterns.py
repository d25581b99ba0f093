"""Regular expressions that need not be compiled at every start.

The standard library turns an expression into the matcher's code in Python, afresh in every process; for the hundreds of
expressions of this program that is more than half of the time a short check takes. So the code is kept in a file beside the byte
code, under the same conditions as that: written when Python writes byte code, ignored when it stems from another Python, and never
needed. Any doubt about the file, and the expression is compiled as usual. Of the file only what is asked for is read, and nothing is
asked for before an expression meets a text: two of three never do.
"""

from __future__ import annotations

import atexit
import marshal
import re
import sys
from collections.abc import Iterable, Iterator
from mmap import ACCESS_READ, mmap

from reportlint.files import keep, keeping, kept

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from reportlint.needs import Need

#: More expressions than the program has: beyond it, those that this process did not use are dropped from the file.
_MOST = 5000
#: Raised when the file comes to look different.
_LAYOUT = 4
#: Bytes of the number that a file ends with.
_SIZE = 8


def _head(source: str, flags: int) -> bytes:
    """What the record of an expression begins with."""
    return f"{flags} {source}".encode("utf-8", "surrogatepass")


class _Store:
    """The code of every expression met so far.

    The file holds a record for each expression: its head, which tells it from others, what else the matcher wants, and the code. Behind
    them comes an index, by the length of the head where such records begin, go on and end; the last bytes say where the index begins.
    """

    def __init__(self) -> None:
        self.index: dict[int, list[tuple[int, int, int]]] = {}
        self.records: mmap | bytes = b""
        self.fresh: dict[bytes, tuple[bytes, bytes]] = {}
        self.used: set[bytes] = set()
        try:
            import _sre  # the matcher itself; private, hence all the care

            self._sre: Any = _sre
            self.key = (_LAYOUT, _sre.MAGIC, sys.hexversion, _sre.CODESIZE, sys.byteorder)
            self._load()
        except Exception:  # whatever is wrong with the store, expressions compile without it
            self._sre = None

    def _load(self) -> None:
        try:
            with open(kept(__file__, ".patterns"), "rb") as file:
                records = mmap(file.fileno(), 0, access=ACCESS_READ)
            key, index = marshal.loads(records[int.from_bytes(records[-_SIZE:], "little") : -_SIZE])
        except (OSError, EOFError, ValueError, TypeError):
            return
        if key == self.key:
            self.records, self.index = records, index

    def _record(self, source: str, flags: int) -> tuple[int, int, int] | None:
        """Where the record of an expression tells the rest, where its code begins and ends."""
        head = _head(source, flags)
        size = len(head)
        for start, middle, end in self.index.get(size, ()):
            if self.records[start : start + size] == head:
                self.used.add(head)
                return start + size, middle, end
        return None

    def get(self, source: str, flags: int) -> re.Pattern[str] | None:
        """The expression from its stored code, or ``None``."""
        record = self._record(source, flags)
        if record is None:
            return None
        start, middle, end = record
        try:
            flags, groups, names, index, _ = marshal.loads(self.records[start:middle])
            code = memoryview(self.records[middle:end]).cast("I").tolist()
            # The matcher checks the code word by word before it accepts it.
            made: re.Pattern[str] = self._sre.compile(source, flags, code, groups, names, index)
        except (RuntimeError, TypeError, ValueError, EOFError, OverflowError):
            return None
        return made

    def needs(self, source: str, flags: int) -> tuple[Need, ...]:
        """What a text must hold for the expression to match; nothing where that is not known."""
        record = self._record(source, flags)
        try:
            if record is not None:
                rest = self.records[record[0] : record[1]]
            else:
                self.add(source, flags)
                rest = self.fresh[_head(source, flags)][0]
            found: tuple[Need, ...] = marshal.loads(rest)[-1]
        except (TypeError, ValueError, EOFError, KeyError):
            return ()
        return found

    def add(self, source: str, flags: int) -> None:
        """Remember the code of an expression for the next process."""
        if self._sre is None or not keeping() or _head(source, flags) in self.fresh:
            return
        try:
            from reportlint.needs import coded

            rest, code = coded(source, flags)
            if not self.fresh:
                atexit.register(self.save)
            self.fresh[_head(source, flags)] = marshal.dumps(rest), code
        except Exception:  # the inner parts of the library may change; then nothing is stored
            self._sre = None

    def save(self) -> None:
        """Write what is known, whole or not at all."""
        records = bytearray()
        index: dict[int, list[tuple[int, int, int]]] = {}
        for head, (rest, code) in {**self._known(), **self.fresh}.items():
            middle = len(records) + len(head) + len(rest)
            index.setdefault(len(head), []).append((len(records), middle, middle + len(code)))
            records += head + rest + code
        end = len(records).to_bytes(_SIZE, "little")
        if not isinstance(self.records, bytes):
            self.records.close()  # some systems replace no file that somebody looks into
            self.records, self.index = b"", {}
        keep(kept(__file__, ".patterns"), bytes(records) + marshal.dumps((self.key, index)) + end)

    def _known(self) -> dict[bytes, tuple[bytes, bytes]]:
        """The records of the file by their heads; only those that this process used where there are too many."""
        known = {
            self.records[start : start + size]: (self.records[start + size : middle], self.records[middle:end])
            for size, places in self.index.items()
            for start, middle, end in places
        }
        if len(known) + len(self.fresh) > _MOST:
            return {head: record for head, record in known.items() if head in self.used}
        return known


_STORE = _Store()


def fresh() -> bool:
    """Whether this process has compiled expressions that have to be written to the file."""
    return bool(_STORE.fresh)


#: What is asked of expressions.
_METHODS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub")


class _Waiting:
    """An expression that is compiled when it is first asked for one of its methods; the methods are then the matcher's own."""

    __slots__ = ("_matcher", "flags", "needs", "pattern", *_METHODS)

    def __init__(self, source: str, flags: int) -> None:
        self.pattern = source
        self.flags = flags
        self._matcher: re.Pattern[str] | None = None

    def __getattr__(self, name: str) -> Any:
        # Asked for a method for the first time: from now on it is found before anything comes here.
        if name == "needs":
            self.needs = _STORE.needs(self.pattern, self.flags)
            return self.needs
        if name not in _METHODS:
            raise AttributeError(name)
        if self._matcher is None:
            source, flags = self.pattern, self.flags
            self._matcher = _STORE.get(source, flags)
            if self._matcher is None:
                self._matcher = re.compile(source, flags)
                _STORE.add(source, flags)
        method = getattr(self._matcher, name)
        setattr(self, name, method)
        return method


def needed(pattern: re.Pattern[str]) -> tuple[Need, ...]:
    """What a text must hold, each of it, for ``pattern`` to match: see :mod:`reportlint.needs`. The pattern need not be compiled for that."""
    found: tuple[Need, ...] = getattr(pattern, "needs", ())
    return found


def literal(word: str) -> str:
    """``re.escape`` for words of a lexicon, most of which hold nothing to escape: that takes ten times as long to find out.

    >>> literal("生态环境"), literal("微克/立方米"), literal("*")
    ('生态环境', '微克/立方米', '\\\\*')
    """
    return word if word.isalnum() else re.escape(word)


def any_of(words: Iterable[str]) -> str:
    """An expression for any of ``words``, the longest first.

    Each first character is looked at once, whatever the number of words that begin with it.

    >>> any_of(("人", "人次", "%"))
    '人(?:次|)|%'
    """
    rests: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        rests.setdefault(word[0], []).append(literal(word[1:]))
    return "|".join(
        literal(head) + (f"(?:{'|'.join(rest)})" if len(rest) > 1 else rest[0]) for head, rest in rests.items()
    )


def hinted(pattern: re.Pattern[str], hint: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The matches of ``pattern`` in ``text``, as its ``finditer`` gives them, tried only where ``hint`` matches.

    The matcher runs fast through a text to where the first character of an expression may be, if that is written down as a set; one that
    begins with what must stand before it, or with alternatives, is tried at every character. ``hint`` is such a set, of one character.
    """
    return tried(pattern, (place.start() for place in hint.finditer(text)), text)


def tried(pattern: re.Pattern[str], places: Iterable[int], text: str) -> Iterator[re.Match[str]]:
    """The matches of ``pattern`` in ``text``, as its ``finditer`` gives them, where all begin at some of ``places``, which ascend."""
    end = 0
    for place in places:
        if place >= end and (match := pattern.match(text, place)) is not None:
            end = match.end()
            yield match


def around(
    pattern: re.Pattern[str], core: re.Pattern[str], text: str, before: int, behind: int
) -> Iterator[re.Match[str]]:
    """The matches of ``pattern`` in ``text``, as its ``finditer`` gives them, sought only near what every one of them holds.

    That is a match of ``core``, which the matcher finds fast: it begins at most ``before`` characters behind the beginning of the match,
    and no match reaches, or looks, more than ``behind`` characters beyond it.
    """
    return near(pattern, (place.span() for place in core.finditer(text)), text, before, behind)


def near(
    pattern: re.Pattern[str], places: Iterable[tuple[int, int]], text: str, before: int, behind: int
) -> Iterator[re.Match[str]]:
    """As :func:`around`, of ``places``, which ascend: where what every match holds begins and ends."""
    last = 0
    for start, end in places:
        match = pattern.search(text, max(last, start - before), end + behind) if start >= last else None
        if match is not None and match.start() <= start:
            last = match.end()
            yield match


_KNOWN: dict[tuple[str, int], Any] = {}


def compiled(source: str, flags: int = 0) -> re.Pattern[str]:
    """``re.compile`` for expressions that are written in the program or its data files.

    Raises ``re.error`` for a faulty one only when it is first used.

    >>> compiled(r"[0-9]+").findall("共26项，已完成13项")
    ['26', '13']
    """
    key = source, int(flags)
    if key not in _KNOWN:
        _KNOWN[key] = _Waiting(*key)
    found: re.Pattern[str] = _KNOWN[key]
    return found
