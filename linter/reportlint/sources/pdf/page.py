"""A page of a PDF as rows of segments: what stands at one height, parted where the gap is wider than a blank."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from reportlint.errors import ReadError
from reportlint.limits import Limits
from reportlint.record import NamedTuple

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

#: A gap wider than this share of the character's height parts two segments.
_GAP = 1.6
#: A text layer in which more than this share of characters has no meaning is none.
_MOST_UNKNOWN = 0.2
_FEW = 4
_BROKEN = "PDF 已损坏，读不出内容：请重新导出后再检查"
_LOCKED = "PDF 已加密，需要打开密码：请去掉密码或导出为 Word、纯文本后再检查"


class Segment(NamedTuple):
    """Characters of a row that stand together, with their box; the bottom of the page is 0."""

    text: str
    left: float
    right: float
    bottom: float
    top: float

    @property
    def height(self) -> float:
        """How tall its characters are."""
        return self.top - self.bottom

    @property
    def middle(self) -> float:
        """The height at which it stands."""
        return (self.top + self.bottom) / 2


class Row(NamedTuple):
    """Segments at one height, from left to right."""

    segments: tuple[Segment, ...]

    @property
    def text(self) -> str:
        """All its words."""
        return " ".join(segment.text for segment in self.segments)

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.segments[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.segments[-1].right

    @property
    def height(self) -> float:
        """How tall its characters are."""
        return max(segment.height for segment in self.segments)

    @property
    def middle(self) -> float:
        """The height at which it stands."""
        return self.segments[0].middle


class Page(NamedTuple):
    """A page: its number from 1, its height, its rows from top to bottom; ``scanned`` where it shows something that is no text."""

    number: int
    height: float
    rows: tuple[Row, ...]
    characters: int = 0
    scanned: bool = False


class _Character(NamedTuple):
    text: str
    left: float
    right: float
    bottom: float
    top: float


def pages(data: bytes, limits: Limits) -> Iterator[Page]:
    """The pages of the PDF in ``data``. Raises :class:`ReadError`."""
    import pypdfium2
    from pypdfium2 import raw

    try:
        file = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD or "assword" in str(error)
        raise ReadError(_LOCKED if locked else _BROKEN) from error
    try:
        if len(file) > limits.pages:
            raise limits.exceeded("pages", f"PDF 超过 {limits.pages} 页")
        for number in range(len(file)):
            try:
                page = file[number]
                yield _page(page, number + 1)
                page.close()
            except pypdfium2.PdfiumError as error:
                raise ReadError(f"PDF 第 {number + 1} 页已损坏，读不出内容：请重新导出后再检查") from error
    finally:
        file.close()


def _page(page: PdfPage, number: int) -> Page:
    words = page.get_textpage()
    runs = list(_runs(words.raw, words.count_chars()))
    words.close()
    characters = [character for run in runs for character in run if not character.text.isspace()]
    unknown = sum(character.text == "\ufffd" or "\ue000" <= character.text <= "\uf8ff" for character in characters)
    if unknown > _MOST_UNKNOWN * len(characters) and unknown > _FEW:
        return Page(number, page.get_height(), (), len(characters), scanned=True)
    rows = _rows([segment for run in runs for segment in _segments(run)])
    return Page(number, page.get_height(), rows, len(characters), len(characters) < _FEW and _shows_pictures(page))


def _shows_pictures(page: PdfPage) -> bool:
    """Whether a picture, or a drawing of many strokes, fills the page in place of text."""
    from pypdfium2 import raw

    strokes = 0
    for shape in page.get_objects(max_depth=3):
        if shape.type == raw.FPDF_PAGEOBJ_IMAGE:
            return True
        strokes += shape.type == raw.FPDF_PAGEOBJ_PATH
    return strokes > 200


def _runs(page: Any, count: int) -> Iterator[list[_Character]]:
    """The characters in the order of the file, in the runs that its line breaks make."""
    from pypdfium2 import raw

    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    run: list[_Character] = []
    for index in range(count):
        code = raw.FPDFText_GetUnicode(page, index)
        if code in (10, 13):
            if run:
                yield run
                run = []
            continue
        if code in (0, 2, 0xFFFE, 0xAD) or 0xD800 <= code <= 0xDFFF:
            continue  # nothing, or the hyphen that a line break made
        text = "\ufffd" if raw.FPDFText_HasUnicodeMapError(page, index) == 1 else chr(code)
        raw.FPDFText_GetLooseCharBox(page, index, box := raw.FS_RECTF())
        if text.isspace():
            run.append(_Character(" ", box.left, box.right, box.bottom, box.top))
            continue
        if not (box.right > box.left and box.top > box.bottom):
            raw.FPDFText_GetCharBox(page, index, left, right, bottom, top)
            box.left, box.right, box.bottom, box.top = left.value, right.value, bottom.value, top.value
        run.append(_Character(text, box.left, box.right, box.bottom, box.top))
    if run:
        yield run


def _segments(run: Sequence[_Character]) -> Iterator[Segment]:
    """A run cut at wide gaps and where it leaves its height."""
    held: list[_Character] = []
    spaced = False
    for character in run:
        if character.text == " ":
            spaced = True
            continue
        if held:
            last = held[-1]
            height = max(last.top - last.bottom, character.top - character.bottom)
            gap = character.left - last.right
            level = abs((character.top + character.bottom) - (last.top + last.bottom)) / 2
            if gap > _GAP * height or character.left < last.left - _GAP * height or level > 0.7 * height:
                yield _segment(held)
                held = []
            elif spaced:
                held.append(_Character(" ", last.right, character.left, last.bottom, last.top))
        spaced = False
        held.append(character)
    if held:
        yield _segment(held)


def _segment(held: Sequence[_Character]) -> Segment:
    return Segment(
        "".join(character.text for character in held),
        min(character.left for character in held),
        max(character.right for character in held),
        min(character.bottom for character in held),
        max(character.top for character in held),
    )


def _rows(segments: Sequence[Segment]) -> tuple[Row, ...]:
    """Segments gathered by height, from top to bottom."""
    rows: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda one: -one.middle):
        if rows and abs(rows[-1][0].middle - segment.middle) < 0.5 * min(rows[-1][0].height, segment.height):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return tuple(Row(tuple(sorted(row, key=lambda one: one.left))) for row in rows)
