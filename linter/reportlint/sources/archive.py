"""Archives of strangers: what is looked at before anything is unpacked."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from reportlint.errors import ReadError

#: Entries, bytes of all entries together, and how far a large one may be compressed.
MOST_ENTRIES = 10_000
LARGEST_TOTAL = 512 * 1024 * 1024
HIGHEST_RATIO = 400
_SMALL = 4 * 1024 * 1024


class Archive:
    """A zip file within limits. ``broken`` and ``locked`` are what to say of one that is damaged or encrypted."""

    def __init__(self, data: bytes, broken: str, locked: str) -> None:
        self.broken = broken
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, struct.error) as error:
            raise ReadError(broken) from error
        entries = self.zip.infolist()
        if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > LARGEST_TOTAL:
            raise ReadError("压缩包里的内容过多或过大，不会是一份报告，已拒绝打开")
        for entry in entries:
            if entry.flag_bits & 1:
                raise ReadError(locked)
            if entry.file_size > _SMALL and entry.file_size > HIGHEST_RATIO * max(1, entry.compress_size):
                raise ReadError("文件展开后过大，不会是一份报告，已拒绝打开")
        self.entries = {entry.filename.replace("\\", "/").lstrip("/").lower(): entry for entry in entries}

    def has(self, part: str) -> bool:
        """Whether there is such a part."""
        return part.lstrip("/").lower() in self.entries

    def content(self, part: str) -> bytes:
        """The content of a part; document type declarations are refused."""
        entry = self.entries.get(part.lstrip("/").lower())
        if entry is None:
            raise ReadError(self.broken)
        try:
            data = self.zip.read(entry)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError, struct.error) as error:
            raise ReadError(self.broken) from error
        if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data[:4096]:
            raise ReadError(self.broken)
        return data
