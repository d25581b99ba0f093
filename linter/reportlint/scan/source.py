"""Where the documents of an archive are: files and tables below a path that fsspec can read, cut into units of work."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from reportlint.discovery import never_a_report
from reportlint.errors import ReadError
from reportlint.record import NamedTuple
from reportlint.scan.examine import Item
from reportlint.sources import FORMATS, LARGEST

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

#: What tells one state of a file from another, as far as a file system knows it.
_STAMPS = ("size", "mtime", "ETag", "etag", "md5Hash", "LastModified", "last_modified", "updated", "created")
_TABLE = ".parquet"
#: A unit of files has half as many as asked for on the average, and never so many times more. That it has to be cut there, and not where
#: a name says so, must be next to impossible: such a cut moves with every new file before it.
_MOST = 4


class Unit(NamedTuple):
    """Documents that are checked together: ``files``, or ``rows`` rows from ``first`` in a row group of the table ``files[0]``.

    ``key`` is made of names, sizes and times: the same unit has the same key in every run, another state of a file gives another key.
    ``error`` says why nothing can be fetched.
    """

    key: str
    files: tuple[str, ...]
    group: int | None = None
    first: int = 0
    rows: int = 0
    start: int = 0
    error: str = ""

    @property
    def size(self) -> int:
        """How many documents it has."""
        return self.rows if self.group is not None else len(self.files)


class Source(NamedTuple):
    """An archive: a path or address, the columns of its tables, and about how many documents make a unit."""

    url: str
    text: str = "text"
    identity: str | None = None
    batch: int = 500

    def units(self) -> Iterator[Unit]:
        """Everything there is to check, one unit after the other, without holding the list of all files.

        Files are cut where their names say so, not after every so many: one file more changes one unit and leaves the others as they
        were. Raises :class:`ReadError` where there is no such path.
        """
        system, root = opened(self.url)
        if not system.exists(root):
            raise ReadError(f"{self.url}：没有这个文件或文件夹")
        gathered: list[tuple[str, str]] = []
        for path, stamp in _files(system, root):
            if isinstance(stamp, Exception):
                yield Unit(_key(path, str(stamp)), (path,), error=f"文件夹读不了：{stamp}")
            elif path.endswith(_TABLE):
                yield from self._rows(system, path, stamp)
            else:
                gathered.append((path, stamp))
                if (
                    len(gathered) >= _MOST * self.batch
                    or int(_key(path[len(root) :]), 16) % max(1, self.batch // 2) == 0
                ):
                    yield _of_files(gathered)
                    gathered = []
        if gathered:
            yield _of_files(gathered)

    def _rows(self, system: AbstractFileSystem, path: str, stamp: str) -> Iterator[Unit]:
        """The units of a table."""
        try:
            with system.open(path, "rb") as file:
                table = _table(file)
                _check_columns(table.schema_arrow, self)
                sizes = [table.metadata.row_group(number).num_rows for number in range(table.num_row_groups)]
        except ReadError as error:
            yield Unit(_key(path, stamp), (path,), error=str(error))
            return
        except Exception as error:  # whatever pyarrow and the file system of a stranger may raise
            yield Unit(_key(path, stamp), (path,), error=f"读不了这个 Parquet 文件：{error}")
            return
        start = 0
        for group, size in enumerate(sizes):
            for first in range(0, size, self.batch):
                count = min(self.batch, size - first)
                key = _key(path, stamp, str(group), str(first), str(count), self.text, self.identity or "")
                yield Unit(key, (path,), group, first, count, start + first)
            start += size

    def items(self, unit: Unit) -> Iterator[Item]:
        """The documents of ``unit``; one that cannot be fetched says why."""
        if unit.error:
            yield Item(unit.files[0], unit.files[0], error=unit.error)
        elif unit.group is None:
            system, _ = opened(self.url)
            for path in unit.files:
                yield _file(system, path)
        else:
            yield from self._row_items(unit)

    def _row_items(self, unit: Unit) -> Iterator[Item]:
        system, _ = opened(self.url)
        (path,) = unit.files
        columns = [self.text, *([self.identity] if self.identity else [])]
        done = 0
        try:
            with system.open(path, "rb") as file:
                batches = _table(file).iter_batches(self.batch, row_groups=[unit.group], columns=columns)
                # Units begin at multiples of the batch.
                for batch in islice(batches, unit.first // self.batch, None):
                    for row in batch.to_pylist()[: unit.rows - done]:
                        yield self._row(path, unit.start + done, row)
                        done += 1
                    if done >= unit.rows:
                        return
        except Exception as error:
            for number in range(done, unit.rows):
                yield Item(f"{path}#{unit.start + number}", path, unit.start + number, error=f"读不了这一行：{error}")

    def _row(self, path: str, number: int, row: dict[str, Any]) -> Item:
        name = str(row[self.identity]) if self.identity and row[self.identity] is not None else f"{path}#{number}"
        text = row[self.text]
        if text is None:
            return Item(name, path, number, error=f"“{self.text}”列是空的")
        return Item(name, path, number, text=text)


@lru_cache(maxsize=8)
def opened(url: str) -> tuple[AbstractFileSystem, str]:
    """The file system of an address, and the path in it. Raises :class:`ReadError` where its kind is not known here."""
    from fsspec.core import url_to_fs

    try:
        system, path = url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise ReadError(f"{url}：不能读写这种地址（{error}）") from error
    return system, str(path)


def _files(system: AbstractFileSystem, root: str) -> Iterator[tuple[str, str | Exception]]:
    """Every file below ``root`` that may be a report or a table, in the order of names, and what state it is in.

    A folder that cannot be read comes with its error. Hidden files and folders are left, as ``check`` leaves them.
    """
    if system.isfile(root):
        yield root, _stamp(system.info(root))
        return
    broken: list[Exception] = []
    for folder, folders, files in system.walk(root, detail=True, on_error=broken.append):
        while broken:
            yield folder, broken.pop()
        for name in [name for name in folders if name.startswith(".")]:
            del folders[name]
        for name in sorted(files):
            suffix = PurePosixPath(name).suffix.lower()
            if name.startswith((".", "~$")) or never_a_report(name):
                continue
            if suffix == _TABLE or suffix in FORMATS:
                yield files[name]["name"], _stamp(files[name])
    while broken:
        yield root, broken.pop()


def _file(system: AbstractFileSystem, path: str) -> Item:
    try:
        with system.open(path, "rb") as file:
            return Item(path, path, data=file.read(LARGEST + 1))
    except Exception as error:
        return Item(path, path, error=f"读取失败：{error}")


def _table(file: Any) -> Any:
    import pyarrow.parquet as parquet

    return parquet.ParquetFile(file)


def _check_columns(schema: Any, source: Source) -> None:
    """Raise :class:`ReadError` unless the table has the columns that were named, the first of them text."""
    import pyarrow.types as kinds

    for name in filter(None, (source.text, source.identity)):
        if name not in schema.names:
            raise ReadError(f"没有“{name}”列，有的是：{'、'.join(schema.names)}。用 --text-column 和 --id-column 指明")
    kind = schema.field(source.text).type
    if not (kinds.is_string(kind) or kinds.is_large_string(kind)):
        raise ReadError(f"“{source.text}”列不是文字，是 {kind}。用 --text-column 指明正文在哪一列")


def _of_files(gathered: Iterable[tuple[str, str]]) -> Unit:
    pairs = list(gathered)
    return Unit(_key(*(part for pair in pairs for part in pair)), tuple(path for path, _ in pairs))


def _stamp(info: dict[str, Any]) -> str:
    return "|".join(f"{name}={info[name]}" for name in _STAMPS if info.get(name) is not None)


def _key(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:20]
