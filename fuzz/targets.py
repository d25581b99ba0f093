"""What is fuzzed: for each target a function of bytes that returns, or fails with what went wrong.

A reader may refuse its input with a :class:`ReadError`, a reader of settings with a :class:`SettingsError`; any other exception is a defect,
and so are a place outside the text, blocks that overlap, and a second look that finds something else.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

from reportlint.analysis import Analysis
from reportlint.api import check_document, facts
from reportlint.baseline import Baseline
from reportlint.catalogue_file import read_catalogue
from reportlint.configuration_file import parse
from reportlint.confusions import read as read_confusions
from reportlint.document import Document
from reportlint.errors import ReadError, ReportlintError, SettingsError
from reportlint.finding import Applicability
from reportlint.fix import fixed
from reportlint.ledger import read as read_ledger
from reportlint.lint import Result
from reportlint.registry import catalogue
from reportlint.reporters import REPORTERS, reporter
from reportlint.reporters.style import Style
from reportlint.run import Run
from reportlint.settings import Settings
from reportlint.sources import from_bytes, from_text
from reportlint.span import Span

Target = Callable[[bytes], None]
_SETTINGS = Settings().overridden(extend_select=["TY004", "TY005"])


# --- readers


def txt(data: bytes) -> None:
    """Plain text in any encoding."""
    _read(data, ".txt")


def md(data: bytes) -> None:
    """Markdown."""
    _read(data, ".md")


def html(data: bytes) -> None:
    """Web pages."""
    _read(data, ".html")


def docx(data: bytes) -> None:
    """Word files, as bytes."""
    _read(data, ".docx")


def xlsx(data: bytes) -> None:
    """Workbooks, as bytes."""
    _read(data, ".xlsx")


def xls(data: bytes) -> None:
    """Old workbooks."""
    _read(data, ".xls")


def pdf(data: bytes) -> None:
    """PDF files."""
    _read(data, ".pdf")


def word_parts(data: bytes) -> None:
    """The inside of a Word file: parts of XML, parted by a NUL, in an archive that is sound."""
    names = ("document", "styles", "numbering", "footnotes", "comments", "header1")
    _read(_word(dict(zip(names, data.split(b"\0"), strict=False))), ".docx")


def sheet_parts(data: bytes) -> None:
    """The inside of a workbook: a sheet and its styles, parted by a NUL, in an archive that is sound."""
    sheet, _, styles = data.partition(b"\0")
    _read(_workbook(sheet, styles), ".xlsx")


def word_round(data: bytes) -> None:
    """Word files of any prose: what is annotated and fixed reads as before."""
    from reportlint.annotation import notes
    from reportlint.sources.docx.comments import annotate
    from reportlint.sources.docx.draft import draft

    made = draft(from_text(data.decode("utf-8", "replace"), "a.txt", ".txt"))
    document = _read(made, ".docx")
    if document is None:
        return
    result = check_document(document, Path("a.docx"), _SETTINGS)
    commented = annotate(made, document.text, list(notes(result, Style())))
    again = from_bytes(commented, "a.docx", ".docx")
    assert again.text == document.text, "comments changed the text"
    done = fixed(made, "a.docx", ".docx", _look, Applicability.UNSAFE)
    _inside(done.result.document, (block.span for block in done.result.document.blocks))


# --- grammars and rules


def grammar(data: bytes) -> None:
    """Numbers, dates, claims and facts of any prose."""
    document = from_text(data.decode("utf-8", "replace"), "a.txt", ".txt")
    analysis = Analysis(document)
    _inside(document, (one.span for one in analysis.quantities))
    reading = analysis.reading.text
    for place in (
        *(one.at for one in analysis.quantities),
        *(one.at for one in analysis.dates),
        *(one.at for one in analysis.sentences),
    ):
        assert 0 <= place.start <= place.end <= len(reading), f"outside the reading: {place}"
    starts = [one.at.start for one in analysis.quantities]
    assert starts == sorted(starts), "quantities out of order"
    for one in analysis.quantities:
        assert one.value.is_finite(), f"no number: {one}"
        assert one.low is None or one.high is None or one.low <= one.high, f"an interval upside down: {one}"
    assert len(analysis.claims) == len(analysis.quantities)
    told, again = (
        [(one.subject, one.quantity.text, one.quantity.span, one.role) for one in found]
        for found in (analysis.facts(catalogue()), facts(Document(document.text, document.path, document.blocks)))
    )
    assert told == again, "another look, other facts"


def pipeline(data: bytes) -> None:
    """Every rule over any prose, as text and as Markdown; every reporter; fixes until nothing changes."""
    text = data.decode("utf-8", "replace")
    for suffix in (".txt", ".md"):
        document = from_text(text, f"a{suffix}", suffix)
        result = _look(document)
        _sound(result)
        again = _look(from_text(text, f"a{suffix}", suffix))
        assert _told(result) == _told(again), "another look, other findings"
        run = Run((result,), failing=bool(result.diagnostics))
        for name in REPORTERS:
            "".join(reporter(name)(run, Style())).encode("utf-8", "backslashreplace")
        try:
            done = fixed(text.encode(), f"a{suffix}", suffix, _look, Applicability.UNSAFE)
        except ReadError:
            continue  # controls and NULs are no text
        _sound(done.result)


def directive(data: bytes) -> None:
    """Comments that speak to the linter, in whatever words."""
    text = f"# 总结\n\n<!-- reportlint{data.decode('utf-8', 'replace')} -->\n共26项，已完成29项。\n"
    try:
        document = from_bytes(text.encode(), "a.md", ".md")
    except ReadError:
        return
    _sound(_look(document))


# --- what the user brings


def configuration(data: bytes) -> None:
    """Configuration files."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return
    try:
        with tempfile.TemporaryDirectory() as folder:
            settings = parse(text, Path(folder, "reportlint.toml"))
        if settings is not None:
            settings.at(Path("a/b.txt")).directives(Path("a/b.txt"))
    except SettingsError as error:
        _clear(error)


def confusion_file(data: bytes) -> None:
    """Lists of wrong forms, with patterns, and a text that they meet."""
    for one in _settings(data, "c.tsv", lambda path: read_confusions(path)):
        try:
            _inside(Document("生态环境保护大队" * 3), one.places("生态环境保护大队" * 3))
        except SettingsError as error:
            _clear(error)


def catalogue_file(data: bytes) -> None:
    """Catalogues of indicators."""
    _settings(data, "c.csv", read_catalogue)


def ledger_file(data: bytes) -> None:
    """Ledgers."""
    _settings(data, "l.csv", read_ledger)


def baseline_file(data: bytes) -> None:
    """Baselines."""
    _settings(data, "b.json", lambda path: (Baseline.read(path).stale(),))


TARGETS: dict[str, Target] = {
    "txt": txt,
    "md": md,
    "html": html,
    "docx": docx,
    "word-parts": word_parts,
    "xlsx": xlsx,
    "sheet-parts": sheet_parts,
    "xls": xls,
    "pdf": pdf,
    "grammar": grammar,
    "pipeline": pipeline,
    "word-round": word_round,
    "directive": directive,
    "configuration": configuration,
    "confusions": confusion_file,
    "catalogue": catalogue_file,
    "ledger": ledger_file,
    "baseline": baseline_file,
}


# --- what must hold


def _read(data: bytes, suffix: str) -> Document | None:
    """The document of ``data``, sound; ``None`` where it is refused in one clear line."""
    try:
        document = from_bytes(data, f"a{suffix}", suffix)
    except ReadError as error:
        _clear(error)
        return None
    at = 0
    for block in document.blocks:
        assert at <= block.span.start <= block.span.end <= len(document.text), f"a block out of place: {block}"
        at = block.span.end
    for span in (Span(0, len(document.text)), *(block.span for block in document.blocks[:50])):
        document.places(span)
    return document


def _clear(error: ReportlintError) -> None:
    """One line, in words."""
    words = str(error)
    assert words.strip() and "\n" not in words, f"no clear line: {words!r}"


def _look(document: Document) -> Result:
    return check_document(document, Path(document.path), _SETTINGS)


def _told(result: Result) -> list[tuple[object, ...]]:
    return [
        (one.rule.code, one.span, one.severity, one.fingerprint, str(one.finding.message)) for one in result.diagnostics
    ]


def _sound(result: Result) -> None:
    """Findings in order, every place inside the text, every message in words."""
    found = result.diagnostics
    assert list(found) == sorted(found, key=lambda one: (one.span, one.rule.code)), "findings out of order"
    for one in found:
        finding = one.finding
        fix = finding.fix.replacements if finding.fix else ()
        _inside(result.document, (finding.span, *(near.span for near in finding.related), *(part.span for part in fix)))
        assert finding.message.zh.strip(), f"{one.rule.code} says nothing"
        result.document.places(finding.span)


def _inside(document: Document, spans: Iterable[Span]) -> None:
    for span in spans:
        assert 0 <= span.start <= span.end <= len(document.text), f"outside the text: {span}"


def _settings(data: bytes, name: str, read: Callable[[Path], Iterable[object]]) -> tuple[object, ...]:
    """What ``read`` makes of a file with ``data``; nothing where it is refused in one clear line."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        try:
            return tuple(read(path))
        except ReportlintError as error:
            _clear(error)
            return ()


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def _word(parts: dict[str, bytes]) -> bytes:
    relations = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{name.rstrip("1")}" Target="{name}.xml"/>' for name in parts
    )
    return _zip(
        {
            "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="a" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'.encode(),
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONS}">{relations}</Relationships>'.encode(),
            **{f"word/{name}.xml": content for name, content in parts.items()},
        }
    )


def _workbook(sheet: bytes, styles: bytes) -> bytes:
    return _zip(
        {
            "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="a" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'.encode(),
            "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}"><sheets><sheet name="A" sheetId="1" r:id="b"/></sheets></workbook>'.encode(),
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="b" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="c" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'.encode(),
            "xl/worksheets/sheet1.xml": sheet,
            "xl/styles.xml": styles,
        }
    )


def _zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in parts.items():
            made.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()
