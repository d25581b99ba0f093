"""Results of files that have not changed since a run before.

A result is kept under a hash of everything that it depends on: the bytes of the file and what it is called, the settings, what it is
compared with, and the program itself (:mod:`reportlint.stamp`). So nothing ever has to be declared stale; what is no longer asked for
grows old and is dropped.

The store is one SQLite file, for its owner alone. It holds what findings say, with the words they quote and what the output showed of
their surroundings, and no text of reports beyond that. Whatever is wrong with it (unwritable, locked, damaged), the run goes on without it.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from decimal import Decimal
from enum import Enum
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

from reportlint.kept import packed, unpacked
from reportlint.sources import suffix_of
from reportlint.stamp import stamp

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportlint.document import Document
    from reportlint.result import Result
    from reportlint.settings import Settings

#: The store; another layout gets another name, so that two versions of the program do not fight over one file.
FILE = "results-1.db"
#: How large the store may grow, in bytes, and after how many days without use an entry goes.
LIMIT = 200 << 20
DAYS = 60
#: How long the sum is that stands before each entry.
_CHECK = 4
#: Entries that are written together.
_BATCH = 200
#: How long to wait for another run that writes, in seconds.
_PATIENCE = 2.0
#: The settings on which a result depends; the others say how it is shown, or which results are made.
MATTERING = (
    *("layers", "exemptions", "severity", "overrides", "terms", "confusions"),
    *("indicators", "only_own_indicators", "ledger_columns", "limits", "origin"),
)
#: Settings that name files whose contents matter.
COMPARED = ("ledger", "previous", "together")


def folder() -> Path | None:
    """Where results are kept unless another place is named; ``None`` where the machine has no such place."""
    if sys.platform == "linux":  # in two lines: the package takes ten milliseconds to import
        place = os.environ.get("XDG_CACHE_HOME", "")
        path = Path(place if os.path.isabs(place) else os.path.expanduser("~/.cache"), "reportlint")
    else:
        import platformdirs

        path = Path(platformdirs.user_cache_dir("reportlint"))
    return path if path.is_absolute() else None


class Cache:
    """A store of results. It never raises: what cannot be read is not there, what cannot be written is not kept."""

    def __init__(self, place: Path, limit: int = LIMIT) -> None:
        self.file = place / FILE
        self.limit = limit
        self._day = int(time.time()) // 86400
        self._fresh: dict[bytes, bytes] = {}
        self._used: list[bytes] = []
        self._settings: dict[int, tuple[Settings, bytes | None]] = {}
        self._store = self._opened()

    # What it is asked by

    def key(self, data: bytes, shown: str, place: str, settings: Settings) -> bytes | None:
        """What the result for ``data``, the file at ``place`` called ``shown``, is kept under; ``None`` where it cannot be kept."""
        told = self._told(settings)
        if told is None:
            return None
        made = blake2b(told, digest_size=20)
        orders = json.dumps([list(one) for one in settings.directives(place)]) if settings.exemptions else ""
        here = os.path.realpath(place) if settings.together or settings.previous else ""
        for part in (orders, here, shown, suffix_of(place)):
            made.update(part.encode("utf-8", "surrogatepass") + b"\0")
        made.update(data)
        return made.digest()

    def _told(self, settings: Settings) -> bytes | None:
        """A hash of the program and of what matters of ``settings``, files named there included."""
        known = self._settings.get(id(settings))
        if known is None or known[0] is not settings:
            known = self._settings[id(settings)] = (settings, digest(settings))
        return known[1]

    # Results

    def get(self, key: bytes, path: str, load: Callable[[], Document]) -> Result | None:
        """The result under ``key`` for the document ``path`` that ``load`` reads."""
        data = self.read(key)
        if data is None:
            return None
        try:
            result = unpacked(data, path, load)
        except (ValueError, TypeError, IndexError, KeyError):
            return None
        return result._replace(shown=_Shown(self, key))

    def put(self, key: bytes, result: Result, data: bytes | None = None) -> Result:
        """Keep ``result`` (``data``, if it is packed already), and give it back with a place for what outputs make of it."""
        self.put_packed(key, packed(result) if data is None else data)
        return result._replace(shown=_Shown(self, key))

    def put_packed(self, key: bytes, data: bytes) -> None:
        """Keep ``data`` under ``key``."""
        self._fresh[key] = data
        if len(self._fresh) >= _BATCH:
            self._write()

    def vouches(self, settings: Settings) -> bool:
        """Whether a run before has found that ``settings`` can be used."""
        told = self._told(settings)
        return told is not None and self.read(b"settings" + told) is not None

    def vouch(self, settings: Settings) -> None:
        """Remember that ``settings`` can be used."""
        told = self._told(settings)
        if told is not None:
            self._fresh[b"settings" + told] = b""

    def close(self) -> None:
        """Write what is new, and let go of the file."""
        self._write()
        if self._store is not None:
            self._store.close()
            self._store = None

    # The file

    def _opened(self, *, again: bool = False) -> sqlite3.Connection | None:
        try:
            _prepare(self.file)
            store = sqlite3.connect(self.file, timeout=_PATIENCE, isolation_level=None)
            # After a crash of the machine the file may be damaged; then it is made anew. No entry is believed without its check.
            store.execute("PRAGMA synchronous = OFF")
            # An entry is tens of kilobytes: of a new file each page holds more of it than SQLite's four.
            store.execute("PRAGMA page_size = 32768")
            store.execute(
                "CREATE TABLE IF NOT EXISTS result (key BLOB PRIMARY KEY, day INTEGER NOT NULL, data BLOB NOT NULL)"
            )
            store.execute("CREATE INDEX IF NOT EXISTS age ON result (day)")
        except sqlite3.OperationalError:
            return None  # locked, read-only, no such folder
        except sqlite3.DatabaseError:
            return None if again or not self._removed() else self._opened(again=True)
        except OSError:
            return None
        return store

    def _removed(self) -> bool:
        """The damaged file is gone."""
        try:
            self.file.unlink(missing_ok=True)
        except OSError:
            return False
        return True

    def _give_up(self, error: sqlite3.Error) -> None:
        """Do without the store for the rest of the run; the next one begins a new one if this is damaged."""
        if self._store is not None:
            with suppress(sqlite3.Error):
                self._store.close()
            self._store = None
        if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
            self._removed()

    def read(self, key: bytes) -> bytes | None:
        """What is kept under ``key``, if it is sound."""
        if key in self._fresh:
            return self._fresh[key]
        if self._store is None:
            return None
        try:
            row = self._store.execute("SELECT day, data FROM result WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error as error:
            self._give_up(error)
            return None
        if row is None or not isinstance(row[1], bytes):
            return None
        day, (check, data) = row[0], (row[1][:_CHECK], row[1][_CHECK:])
        if check != _check(key, data):
            return None
        if day != self._day:
            self._used.append(key)
        return data

    def _write(self) -> None:
        store, fresh, used = self._store, self._fresh, self._used
        self._fresh, self._used = {}, []
        if store is None or not (fresh or used):
            return
        try:
            store.execute("BEGIN IMMEDIATE")
            store.executemany("UPDATE result SET day = ? WHERE key = ?", [(self._day, key) for key in used])
            store.executemany(
                "INSERT OR REPLACE INTO result VALUES (?, ?, ?)",
                [(key, self._day, _check(key, data) + data) for key, data in fresh.items()],
            )
            if fresh:
                store.execute("DELETE FROM result WHERE day < ?", (self._day - DAYS,))
                self._shrink(store)
            store.execute("COMMIT")
        except sqlite3.Error as error:
            self._give_up(error)

    def _shrink(self, store: sqlite3.Connection) -> None:
        """Drop what was used longest ago until the rest is well below the limit."""
        while _size(store) > self.limit:
            gone = store.execute(
                "DELETE FROM result WHERE rowid IN (SELECT rowid FROM result ORDER BY day, rowid LIMIT"
                " 1 + (SELECT count(*) FROM result) / 4)"
            )
            if gone.rowcount <= 0:
                return


class _Shown:
    """What outputs made of the result under ``key``."""

    def __init__(self, cache: Cache, key: bytes) -> None:
        self._cache = cache
        self._key = key

    def _name(self, mark: str) -> bytes:
        return b"shown" + blake2b(mark.encode("utf-8", "surrogatepass"), digest_size=20, key=self._key).digest()

    def get(self, mark: str) -> str | None:
        """What was kept under ``mark``."""
        data = self._cache.read(self._name(mark))
        return None if data is None else data.decode("utf-8", "surrogatepass")

    def put(self, mark: str, made: str) -> None:
        """Keep ``made``."""
        self._cache.put_packed(self._name(mark), made.encode("utf-8", "surrogatepass"))


def clear(place: Path) -> tuple[int, int]:
    """Remove the store in ``place``; how many files and bytes that were. Raises ``OSError``."""
    files = [path for path in place.glob("results-*.db*") if path.is_file()]
    size = sum(path.stat().st_size for path in files)
    for path in files:
        path.unlink(missing_ok=True)
    return len(files), size


def entries(place: Path) -> tuple[int, int] | None:
    """How many results the store in ``place`` holds, and its bytes; ``None`` where there is none."""
    file = place / FILE
    try:
        size = file.stat().st_size
        store = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=_PATIENCE)
        try:
            (count,) = store.execute("SELECT count(*) FROM result WHERE length(key) = 20").fetchone()
        finally:
            store.close()
    except (OSError, sqlite3.Error):
        return None
    return int(count), size


def _prepare(file: Path) -> None:
    """Folder and file, for their owner alone. Raises ``OSError``."""
    if not file.parent.is_dir():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Backup programs and searches leave such a folder alone, Git too, wherever it was put.
        (file.parent / "CACHEDIR.TAG").write_bytes(b"Signature: 8a477f597d28d172789f06886806bc55\n")
        (file.parent / ".gitignore").write_text("*\n", "utf-8")
    if not file.exists():
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))


def _size(store: sqlite3.Connection) -> int:
    pages, free, size = (
        int(store.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("page_count", "freelist_count", "page_size")
    )
    return (pages - free) * size


def _check(key: bytes, data: bytes) -> bytes:
    """What tells an entry from a damaged one."""
    return crc32(data, crc32(key)).to_bytes(_CHECK, "big")


def digest(settings: Settings) -> bytes | None:
    """A hash of the program and of what matters of ``settings``, files named there included; ``None`` where one cannot be read."""
    made = blake2b(stamp(), digest_size=16)
    try:
        value = {name: getattr(settings, name) for name in MATTERING}
        made.update(json.dumps(value, default=_plain, sort_keys=True).encode("utf-8", "surrogatepass"))
        for name in COMPARED:
            for path in _compared(getattr(settings, name)):
                made.update(f"\0{name} {path}\0".encode("utf-8", "surrogatepass"))
                made.update(blake2b(path.read_bytes(), digest_size=16).digest())
    except OSError:
        return None  # told by the run itself
    return made.digest()


def _compared(path: Path | None) -> Iterable[Path]:
    """The files behind a setting that names a file or a folder."""
    if path is None:
        return ()
    if not path.is_dir():
        return (path,)
    from reportlint.beyond import related

    return related(path)


def _plain(value: Any) -> Any:
    """What JSON can hold, for the few kinds of values that settings are made of besides. Raises ``TypeError``."""
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Decimal | Path):
        return str(value)
    if isinstance(value, Enum):
        return value.name
    if hasattr(value, "pattern") and hasattr(value, "flags"):
        return [value.pattern, int(value.flags)]
    raise TypeError(f"{type(value).__name__} in the settings")
