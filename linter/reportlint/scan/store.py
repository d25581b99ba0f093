"""Where the results of a scan go: three folders of Parquet, one part for each unit and folder, and a note of how it was made."""

from __future__ import annotations

import json
import os
from collections import Counter
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

from reportlint import __version__
from reportlint.errors import SettingsError
from reportlint.record import NamedTuple
from reportlint.scan import tables
from reportlint.scan.examine import Job, Rows
from reportlint.scan.source import Source, opened

NOTE = "scan.json"
#: The table whose part says that a unit is done; it is written last.
_MARK = "documents"


class Total(NamedTuple):
    """What a scan came to: documents, those of them that failed, characters, findings by rule and level."""

    documents: int = 0
    failed: int = 0
    characters: int = 0
    findings: dict[tuple[str, str], int] = {}  # noqa: RUF012  # never written to
    failures: tuple[tuple[str, str], ...] = ()


class Store(NamedTuple):
    """A folder of results, here or in an object store."""

    url: str

    def begin(self, source: Source, job: Job, *, restart: bool) -> set[str]:
        """Make the folder ready; the keys of the units that are done in it.

        Raises :class:`SettingsError` where it holds the results of another configuration or version, unless they are to go (``restart``).
        """
        system, root = opened(self.url)
        note = json.dumps(self._note(source, job), ensure_ascii=False, indent=2, sort_keys=True).encode()
        path = f"{root}/{NOTE}"
        if restart:
            for name in tables.TABLES:
                if system.exists(f"{root}/{name}"):
                    system.rm(f"{root}/{name}", recursive=True)
        elif system.exists(path) and system.cat_file(path) != note:
            raise SettingsError(
                f"{self.url} 里是另一种配置、来源或另一版本的结果：换一个文件夹，或加 --restart 重新开始"
            )
        try:
            for name in tables.TABLES:
                system.makedirs(f"{root}/{name}", exist_ok=True)
            self._put(path, note)
        except OSError as error:
            raise SettingsError(f"{self.url} 写不了：{error.strerror or error}") from error
        return set(self._parts(_MARK))

    def write(self, key: str, rows: Rows) -> None:
        """Write what came of a unit: the same rows give the same file, and a part is there whole or not at all."""
        import pyarrow as pa
        import pyarrow.parquet as parquet

        _, root = opened(self.url)
        for name, columns in tables.TABLES.items():
            schema = tables.arrow(columns)
            buffer = BytesIO()
            parquet.write_table(pa.Table.from_pylist(_clean(rows[name]), schema), buffer, compression="zstd")
            self._put(f"{root}/{name}/part-{key}.parquet", buffer.getvalue())

    def prune(self, keys: set[str]) -> int:
        """Take away the parts of units that are no more: their files changed or went. How many there were."""
        system, root = opened(self.url)
        old = {key for name in tables.TABLES for key in self._parts(name)} - keys
        for key in old:
            # The mark goes first: a unit that comes back must be done again.
            for name in (_MARK, *(name for name in tables.TABLES if name != _MARK)):
                with suppress(FileNotFoundError):
                    system.rm_file(f"{root}/{name}/part-{key}.parquet")
        return len(old)

    def total(self, most_failures: int = 10) -> Total:
        """What stands in the folder now, counted from the tables themselves, a part at a time."""
        documents = failed = characters = 0
        failures: list[tuple[str, str]] = []
        for table in self._tables("documents", ["document", "status", "error", "characters"]):
            for row in table.to_pylist():
                documents += 1
                characters += row["characters"] or 0
                if row["status"] != "ok":
                    failed += 1
                    if len(failures) < most_failures:
                        failures.append((row["document"], row["error"]))
        counts: Counter[tuple[str, str]] = Counter()
        for table in self._tables("findings", ["code", "severity"]):
            counts.update(zip(table["code"].to_pylist(), table["severity"].to_pylist(), strict=True))
        return Total(documents, failed, characters, dict(counts), tuple(failures))

    def _tables(self, name: str, columns: list[str]) -> Any:
        import pyarrow.parquet as parquet

        system, root = opened(self.url)
        for key in sorted(self._parts(name)):
            with system.open(f"{root}/{name}/part-{key}.parquet", "rb") as file:
                yield parquet.read_table(file, columns=columns)

    def _parts(self, name: str) -> list[str]:
        system, root = opened(self.url)
        system.invalidate_cache()
        found = system.glob(f"{root}/{name}/part-*.parquet")
        return [path.rsplit("part-", 1)[1].removesuffix(".parquet") for path in found]

    def _put(self, path: str, data: bytes) -> None:
        system, _ = opened(self.url)
        if "file" not in (system.protocol if isinstance(system.protocol, tuple) else (system.protocol,)):
            system.pipe_file(path, data)  # an object is there whole or not at all
            return
        beside = Path(f"{path}.{os.getpid()}.part")
        try:
            beside.write_bytes(data)
            beside.replace(path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise

    def _note(self, source: Source, job: Job) -> dict[str, Any]:
        from reportlint.cache import digest

        settings = digest(job.settings) or b""
        return {
            "reportlint": __version__,
            "source": source.url,
            "columns": [source.text, source.identity],
            "batch": source.batch,
            "facts": job.facts,
            "settings": settings.hex(),
            "lang": job.settings.lang,
        }


def _clean(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """``rows`` as Parquet can hold them: a lone surrogate, which a broken file name may bring, has no UTF-8."""
    return [
        {
            name: value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value
            for name, value in row.items()
        }
        for row in rows
    ]
