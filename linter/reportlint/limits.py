"""How much of a file is looked at: what lies beyond is no report but a mistake or an attack, and is refused before it is parsed.

Every limit can be set under ``[limits]`` of the configuration by the name of its field; document type declarations, entities and links to
elsewhere are refused whatever the limits say.
"""

from __future__ import annotations

from reportlint.errors import ReadError
from reportlint.record import NamedTuple

_MEGABYTE = 1024 * 1024


class Limits(NamedTuple):
    """The most that is read of one file.

    Sizes are in megabytes: of a file, of a web page, of all that an archive holds and of one part of it. ``zip_ratio`` is how far a part
    may be compressed. ``characters`` and ``line_length`` are of the text, a line being what a line break ends (a paragraph in Word);
    ``seconds`` is what a reader in a process of its own may take.
    """

    file_size: int = 64
    html_size: int = 16
    unpacked_size: int = 512
    part_size: int = 96
    zip_entries: int = 10_000
    zip_ratio: int = 400
    nesting: int = 200
    characters: int = 5_000_000
    line_length: int = 100_000
    pages: int = 2_000
    cells: int = 300_000
    seconds: int = 20

    @property
    def file_bytes(self) -> int:
        """The bytes of the largest file."""
        return self.file_size * _MEGABYTE

    def reject_file(self, size: int) -> None:
        """Raise :class:`ReadError` for a file of more bytes than are read."""
        if size > self.file_bytes:
            raise self.exceeded("file_size", f"文件超过 {self.file_size} MB")

    def reject_page(self, size: int) -> None:
        """Raise :class:`ReadError` for a web page of more bytes than are read."""
        if size > self.html_size * _MEGABYTE:
            raise self.exceeded("html_size", f"网页超过 {self.html_size} MB")

    def reject_text(self, text: str) -> None:
        """Raise :class:`ReadError` for a text, or a line of it, that is longer than any report."""
        if len(text) > self.characters:
            raise self.exceeded("characters", f"文字超过 {_counted(self.characters)}字")
        if len(text) > self.line_length:
            start = 0
            for end in _breaks(text):
                if end - start > self.line_length and len(text[start:end].strip()) > self.line_length:
                    raise self.exceeded("line_length", f"有一行（一段）超过 {_counted(self.line_length)}字")
                start = end + 1

    def reject_archive(self, entries: int, unpacked: int) -> None:
        """Raise :class:`ReadError` for an archive that says it holds more than is unpacked."""
        if entries > self.zip_entries:
            raise self.exceeded("zip_entries", f"压缩包里的文件超过 {_counted(self.zip_entries)}个")
        if unpacked > self.unpacked_size * _MEGABYTE:
            raise self.exceeded("unpacked_size", f"文件展开后超过 {self.unpacked_size} MB")

    def reject_part(self, packed: int, unpacked: int) -> None:
        """Raise :class:`ReadError` for a part of an archive that is too large, or compressed as no text is; a small one may be."""
        if unpacked > self.part_size * _MEGABYTE:
            raise self.exceeded("part_size", f"文件展开后有一部分超过 {self.part_size} MB")
        if unpacked > 4 * _MEGABYTE and unpacked > self.zip_ratio * max(1, packed):
            raise self.exceeded("zip_ratio", f"文件展开后过大（压缩超过 {self.zip_ratio} 倍）")

    def exceeded(self, name: str, what: str) -> ReadError:
        """What to say of ``what``, which goes beyond the limit ``name``: that it is refused, and the way out."""
        key = name.replace("_", "-")
        return ReadError(f"{what}，不会是一份报告，已拒绝打开；确要检查，请在 reportlint.toml 的 [limits] 里调大 {key}")


#: The highest that a limit may be set to.
MOST = 1_000_000_000
DEFAULT = Limits()
#: For what has been read within its limits and is opened again to be written.
READ_BEFORE = Limits(*(MOST for _ in Limits._fields))


def _breaks(text: str) -> list[int]:
    """Where lines of ``text`` end."""
    from reportlint.document import NEWLINE

    return [*(match.start() for match in NEWLINE.finditer(text)), len(text)]


def _counted(number: int) -> str:
    """``number`` as a person says it, with a blank where digits end.

    >>> _counted(300_000), _counted(2_500)
    ('30 万', '2500 ')
    """
    return f"{number // 10_000} 万" if number and number % 10_000 == 0 else f"{number} "
