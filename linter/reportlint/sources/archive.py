"""Archives of strangers: what is looked at before anything is unpacked, and unpacking that believes nothing."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib

from reportlint.errors import ReadError
from reportlint.limits import DEFAULT, Limits

#: What unpacking damaged data may raise.
DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(OSError, EOFError, KeyError, ValueError, RuntimeError, IndexError),
)
#: How a file begins that is a folder of its own: of the old binary formats, and the new ones encrypted.
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CHUNK = 1024 * 1024


class Archive:
    """A zip file within limits. ``broken`` and ``locked`` are what to say of one that is damaged or encrypted.

    Names are compared without regard to case, and some programs write the wrong slash.
    """

    def __init__(self, data: bytes, broken: str, locked: str, limits: Limits = DEFAULT) -> None:
        self.broken = broken
        self.limits = limits
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(data))
        except DAMAGE as error:
            raise ReadError(broken) from error
        entries = self.zip.infolist()
        limits.reject_archive(len(entries), sum(entry.file_size for entry in entries))
        if any(entry.flag_bits & 1 for entry in entries):
            raise ReadError(locked)
        self.entries = {key(entry.filename): entry for entry in entries}

    def has(self, part: str) -> bool:
        """Whether there is such a part."""
        return key(part) in self.entries

    def content(self, part: str) -> bytes:
        """The content of a part that is to be parsed."""
        entry = self.entries.get(key(part))
        if entry is None:
            raise ReadError(self.broken)
        self.limits.reject_part(entry.compress_size, entry.file_size)
        return self.unpacked(entry)

    def unpacked(self, entry: zipfile.ZipInfo) -> bytes:
        """The content of ``entry``, not a byte more than its head says."""
        try:
            return self.zip.read(entry)
        except DAMAGE as error:
            raise ReadError(self.broken) from error

    def xml_only(self) -> bytes:
        """An archive of the XML parts of this one, for a reader that would believe what the heads of a stranger's archive say."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as made:
            for entry in self.entries.values():
                if entry.filename.lower().endswith((".xml", ".rels")):
                    made.writestr(zipfile.ZipInfo(entry.filename.replace("\\", "/")), self.content(entry.filename))
        return out.getvalue()


def key(part: str) -> str:
    """What the part called ``part`` is looked up by."""
    return part.replace("\\", "/").lstrip("/").lower()
