"""How a workbook shows its numbers: 12.3 under the format ``0.00`` is printed 12.30, and 0.883 under ``0.0%`` 88.3%.

The values come from elsewhere; here only styles and extents are read from the XML, which also tells how large a sheet claims to be before
anything is laid out.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from xml.parsers import expat

from reportlint.errors import ReadError
from reportlint.limits import DEFAULT, Limits
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint.sources.archive import OLE, Archive, key

BROKEN = "工作簿已损坏，读不出内容：请在 Excel 或 WPS 中打开并修复，另存为 .xlsx 后再检查"
LOCKED = "工作簿已加密：请在 Excel 或 WPS 中去掉打开密码，另存后再检查"
#: The formats that every workbook knows by number.
_BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
}
_NOISE = compiled(r'"[^"]*"|\\.|_.|\*.|\[[^\[\]]*\]|\s')
_FIXED = compiled(r"[#0,]*[0#](?P<decimals>\.0+)?(?P<percent>%)?")
#: The rows and columns of the largest sheet that Excel knows.
_ROWS, _COLUMNS = 1_048_576, 16_384
#: What may say that shared strings are ten million and more, and where one of them ends.
_BOAST = re.compile(rb"[Cc]ount\s*=\s*[\"'][^\"']{8}")
_STRING_END = re.compile(rb"</(?:[^\s<>/:]+:)?si\s*>")
#: Bytes of shared strings, each counted as often as a cell may show the longest.
_MOST_REPEATED = 256 << 20
_PLACE = compiled(r"([A-Za-z]{1,3})([0-9]{1,7})")


def shown_number(value: float, form: str) -> str:
    """``value`` under the format ``form``, without parting thousands; with fifteen digits where the format does not fix them.

    >>> shown_number(12.3, "0.00"), shown_number(0.883, "0.0%"), shown_number(0.1 + 0.2, ""), shown_number(5.0, "General")
    ('12.30', '88.3%', '0.3', '5')
    """
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    number = Decimal(f"{value:.15g}")
    fixed = _FIXED.fullmatch(_NOISE.sub("", form.partition(";")[0]))
    if fixed is None:
        return f"{number.normalize():f}"
    if fixed["percent"]:
        number *= 100
    step = Decimal(1).scaleb(1 - len(fixed["decimals"])) if fixed["decimals"] else Decimal(1)
    printed = f"{number.quantize(step, ROUND_HALF_UP):f}" if abs(number) < Decimal(10) ** 20 else f"{number:f}"
    return printed + (fixed["percent"] or "")


class Formats:
    """The number formats of a workbook's cells; none for the old binary format, whose numbers are shown as they are stored."""

    def __init__(self, archive: Archive | None) -> None:
        self.archive = archive
        self.boasting: list[str] = []
        self.longest = 0

    @classmethod
    def of(cls, data: bytes, limits: Limits = DEFAULT) -> Formats:
        """The formats of the workbook in ``data``. Raises :class:`ReadError` where it is neither an archive nor in the old format."""
        # Not told by how an archive begins: its reader looks for the end, whatever stands before.
        return cls(None if data.startswith(OLE) else Archive(data, BROKEN, LOCKED, limits))

    @cached_property
    def cells(self) -> int:
        """How many cells the sheets lay out, from the first to the last used one: every sheet of the file, named or not."""
        return sum(scan.cells for scan in self._scans.values())

    def of_sheet(self, name: str) -> dict[tuple[int, int], str]:
        """Row and column, from 0, of each cell of sheet ``name`` whose format fixes its digits, with that format."""
        scan = self._scans.get(key(self._parts.get(name, "")))
        return scan.forms if scan else {}

    @cached_property
    def _scans(self) -> dict[str, _Scan]:
        """What a pass over each part with a sheet found."""
        archive = self.archive
        if archive is None:
            return {}
        found = {}
        for part in archive.entries:
            if part.endswith(".xml"):
                content = archive.content(part)
                if b"sheetData" in content:
                    found[part] = _scan(self, part)
                if b"sst" in content:
                    self.boasting += [part] if _BOAST.search(content) else []
                    self.longest = max(self.longest, *map(len, _STRING_END.split(content)))
        return found

    @property
    def greedy(self) -> bool:
        """Whether its reader may ask for more memory than there is: for strings that it only claims to hold, or that many cells repeat."""
        repeated = sum(scan.shared for scan in self._scans.values())
        return bool(self.boasting) or repeated * self.longest > _MOST_REPEATED

    @property
    def claimed(self) -> int:
        """How many shared strings the workbook says it holds, where these may be ten million and more; older readers reserve no room for them."""
        archive, most = self.archive, 0

        def strings(tag: str, attributes: dict[str, str]) -> None:
            nonlocal most
            if tag == "sst":
                most = max(most, _whole(attributes.get("count")), _whole(attributes.get("uniqueCount")))

        if archive is not None:
            for part in self.boasting:
                _each(archive, part, strings)
        return most

    @cached_property
    def _parts(self) -> dict[str, str]:
        """The sheets and the parts that hold them."""
        archive = self.archive
        if archive is None or not archive.has("xl/workbook.xml"):
            return {}
        targets: dict[str, str] = {}
        names: dict[str, str] = {}

        def relation(tag: str, attributes: dict[str, str]) -> None:
            if tag == "Relationship":
                target = attributes.get("Target", "")
                targets[attributes.get("Id", "")] = (
                    target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
                )

        def sheet(tag: str, attributes: dict[str, str]) -> None:
            if tag == "sheet":
                names[attributes.get("name", "")] = attributes.get("id", "")

        if archive.has("xl/_rels/workbook.xml.rels"):
            _each(archive, "xl/_rels/workbook.xml.rels", relation)
        _each(archive, "xl/workbook.xml", sheet)
        return {name: targets[key] for name, key in names.items() if key in targets and archive.has(targets[key])}

    @cached_property
    def styles(self) -> tuple[str, ...]:
        """The format of each style."""
        archive = self.archive
        if archive is None or not archive.has("xl/styles.xml"):
            return ()
        own: dict[int, str] = {}
        found: list[int] = []
        inside = False

        def style(tag: str, attributes: dict[str, str]) -> None:
            nonlocal inside
            if tag == "numFmt":
                own[_whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
            elif tag in ("cellXfs", "cellStyleXfs", "cellStyles"):
                inside = tag == "cellXfs"
            elif tag == "xf" and inside:
                found.append(_whole(attributes.get("numFmtId")))

        _each(archive, "xl/styles.xml", style)
        return tuple(own.get(number, _BUILT_IN.get(number, "")) for number in found)


class _Scan(NamedTuple):
    """What a pass over a sheet found: how many cells it lays out, the formats that fix digits, and how many cells take a shared string."""

    cells: int
    forms: dict[tuple[int, int], str]
    shared: int = 0


def _scan(formats: Formats, part: str) -> _Scan:
    archive = formats.archive
    if archive is None:
        return _Scan(0, {})
    styles = formats.styles
    forms: dict[tuple[int, int], str] = {}
    row, column, shared = -1, -1, 0
    top, left, bottom, right = 1 << 30, 1 << 30, -1, -1

    def cell(tag: str, attributes: dict[str, str]) -> None:
        nonlocal row, column, shared, top, left, bottom, right
        if tag == "row":
            row, column = _whole(attributes.get("r"), row + 2) - 1, -1
        elif tag == "c":
            place = _PLACE.fullmatch(attributes.get("r", "")) if "r" in attributes else None
            row, column = (int(place[2]) - 1, _column(place[1])) if place else (row, column + 1)
            if "r" in attributes and not (place and 0 <= row < _ROWS and column < _COLUMNS):
                raise ReadError(BROKEN)  # a place that no sheet has makes the reader ask for more memory than there is
            top, bottom = min(top, row), max(bottom, row)
            left, right = min(left, column), max(right, column)
            shared += attributes.get("t") == "s"
            number = _whole(attributes.get("s"))
            if 0 <= number < len(styles) and styles[number]:
                forms[row, column] = styles[number]

    _each(archive, part, cell)
    return _Scan(max(0, bottom - top + 1) * max(0, right - left + 1), forms, shared)


def _each(archive: Archive, part: str, seen: Callable[[str, dict[str, str]], None]) -> None:
    """Call ``seen`` with the name and attributes of every element of ``part``, prefixes left out."""
    parser = expat.ParserCreate()

    def start(tag: str, attributes: dict[str, str]) -> None:
        seen(tag.rpartition(":")[2], {key.rpartition(":")[2]: value for key, value in attributes.items()})

    def doctype(*_: object) -> None:
        raise ReadError(BROKEN)

    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(archive.content(part), True)
    except (expat.ExpatError, ValueError) as error:
        raise ReadError(BROKEN) from error


def _whole(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() else otherwise


def _column(letters: str) -> int:
    """The number of a column, from 0.

    >>> _column("A"), _column("AB")
    (0, 27)
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1
