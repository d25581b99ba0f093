"""Workbooks, PDF and web pages to documents: what a reader sees, at its place; nothing unreadable taken for clean."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("python_calamine")
pytest.importorskip("pypdfium2")

from conftest import ROOT
from reportlint.analysis import Analysis
from reportlint.api import check_document
from reportlint.document import BlockKind, Document
from reportlint.errors import ReadError
from reportlint.location import location
from reportlint.result import Result
from reportlint.settings import Settings
from reportlint.sources import from_bytes, from_text
from reportlint.sources.xlsx import formats

DOCUMENTS = ROOT / "tests" / "documents"
XLSX = DOCUMENTS / "sheets" / "rectification.xlsx"
XLS = DOCUMENTS / "sheets" / "rectification.xls"
PDF = DOCUMENTS / "pdf" / "environment.pdf"
WATER = DOCUMENTS / "web" / "water-gb2312.html"
TABLE = DOCUMENTS / "web" / "table.html"


def opened(path: Path) -> Document:
    return from_bytes(path.read_bytes(), path.name, path.suffix)


def checked(document: Document) -> Result:
    return check_document(document, Path(document.path), Settings())


def found(document: Document) -> list[tuple[str, str]]:
    return [(one.rule.code, document.slice(one.span)) for one in checked(document).diagnostics]


def where(document: Document, words: str) -> str:
    return str(location(document, document.text.index(words)))


# --- workbooks


def test_a_sheet_reads_as_it_is_shown_row_by_row() -> None:
    document = opened(XLSX)
    assert document.text.splitlines() == [
        "2024年各乡镇环境整治情况",
        "单位：处",
        "乡镇 | 排查 | 整改 | 整改率 | 投资（万元）",
        "芦汀镇 | 12 | 10 | 83.3% | 12.30",
        "松陂镇 | 9 | 8 | 88.9% | 8.50",
        "望岫镇 | 15 | 15 | 100.0% | 20.00",
        "合计 | 35 | 33 | 91.7% | 40.80",
        "注：数据截至2024年12月31日",
        "",
        "会议 | 日期 | 人数",
        "调度会 | 2024年2月28日 | 30",
        "",
    ]


def test_the_old_binary_format_gives_the_same_cells_with_numbers_as_stored() -> None:
    document = opened(XLS)
    assert "芦汀镇 | 12 | 10 | 0.8333 | 12.3" in document.text
    assert "调度会 | 2024年2月28日 | 30" in document.text


@pytest.mark.parametrize("path", [XLSX, XLS], ids=lambda path: path.suffix)
def test_a_cell_is_named_as_the_sheet_numbers_it(path: Path) -> None:
    document = opened(path)
    assert where(document, "35 |") == "工作表 整治台账 第 7 行第 2 列"
    assert str(location(document, document.text.index(" 30\n") + 1)) == "工作表 整治台账 第 11 行第 3 列"
    assert where(document, "注：") == "工作表 整治台账 第 8 行"


@pytest.mark.parametrize("path", [XLSX, XLS], ids=lambda path: path.suffix)
def test_a_wrong_total_is_found_in_a_workbook(path: Path) -> None:
    assert found(opened(path)) == [("NM122", "35")]


def test_hidden_sheets_are_not_read_and_that_is_said() -> None:
    document = opened(XLSX)
    assert "待补充" not in document.text
    assert document.notes == ("隐藏的工作表没有检查：底稿",)


def test_titles_and_notes_around_a_table_are_no_cells() -> None:
    kinds = {opened(XLSX).slice(block.span): block.kind for block in opened(XLSX).blocks}
    assert kinds["2024年各乡镇环境整治情况"] is kinds["注：数据截至2024年12月31日"] is BlockKind.PARAGRAPH
    assert kinds["乡镇"] is kinds["12.30"] is BlockKind.CELL


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (12.3, "0.00", "12.30"),
        (12.3, "", "12.3"),
        (12.0, "General", "12"),
        (0.1 + 0.2, "", "0.3"),
        (0.883, "0.0%", "88.3%"),
        (0.8835, "0%", "88%"),
        (1234567.891, "#,##0.00", "1234567.89"),
        (1234.5, '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "1234.50"),
        (-0.19, "0.00;[Red]-0.00", "-0.19"),
        (2.5, "0", "3"),
        (5.0, '0"处"', "5"),
        (3.14159, "0.0?", "3.14159"),
        (float("nan"), "0", ""),
    ],
)
def test_numbers_are_shown_as_their_format_says(value: float, form: str, shown: str) -> None:
    assert formats.shown_number(value, form) == shown


def workbook(sheet: str, name: str = "xl/worksheets/sheet1.xml") -> bytes:
    """A workbook of one sheet whose data are ``sheet``."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{relations}"><Relationship Id="a" Type="{kinds}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{kinds}"><sheets><sheet name="甲" sheetId="1" r:id="b"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{relations}"><Relationship Id="b" Type="{kinds}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        name: f'<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData></worksheet>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for part, text in parts.items():
            made.writestr(part, text)
    return out.getvalue()


def number(place: str, value: str) -> str:
    return f'<c r="{place}"><v>{value}</v></c>'


def test_a_small_workbook_made_by_hand_is_read() -> None:
    document = from_bytes(workbook(f'<row r="1">{number("A1", "1")}{number("B1", "2.5")}</row>'), "a.xlsx", ".xlsx")
    assert document.text == "1 | 2.5\n\n"


def test_a_sheet_that_claims_a_million_rows_is_refused_before_it_is_laid_out() -> None:
    rows = f'<row r="1">{number("A1", "1")}</row><row r="1048576">{number("XFD1048576", "1")}</row>'
    with pytest.raises(ReadError, match="单元格超过 30 万个"):
        from_bytes(workbook(rows), "a.xlsx", ".xlsx")


def test_an_empty_workbook_says_so() -> None:
    document = from_bytes(workbook(""), "a.xlsx", ".xlsx")
    assert (document.text, document.notes) == ("", ("工作簿里没有内容",))


def test_a_bomb_is_not_unpacked() -> None:
    with pytest.raises(ReadError, match="展开后过大"):
        from_bytes(workbook("<!--" + " " * 40_000_000 + "-->"), "a.xlsx", ".xlsx")


def test_entities_are_refused() -> None:
    data = workbook("").replace(b"PK", b"PK")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as made:
        for entry in old.infolist():
            text = old.read(entry)
            if entry.filename == "xl/workbook.xml":
                text = b'<!DOCTYPE a [<!ENTITY b "c">]>' + text
            made.writestr(entry, text)
    with pytest.raises(ReadError, match="工作簿已损坏"):
        from_bytes(out.getvalue(), "a.xlsx", ".xlsx")


@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".pdf"])
@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.7\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600])
def test_what_is_damaged_is_one_clear_line(data: bytes, suffix: str) -> None:
    with pytest.raises(ReadError, match="已损坏"):
        from_bytes(data, f"a{suffix}", suffix)


def test_an_old_workbook_that_asks_for_terabytes_takes_nobody_along() -> None:
    whole = XLS.read_bytes()
    at = 4010  # within a record of the sheet: one byte, and the reader of the format aborts its process
    with pytest.raises(ReadError, match="已损坏"):
        from_bytes(whole[:at] + b"\x6f" + whole[at + 1 :], "a.xls", ".xls")


def test_a_locked_workbook_says_what_to_do() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600
    with pytest.raises(ReadError, match="去掉打开密码"):
        from_bytes(data, "a.xlsx", ".xlsx")


@given(st.binary(max_size=400), st.integers(0, 7000), st.sampled_from([XLSX, XLS, PDF]))
def test_a_file_with_damage_anywhere_reads_or_raises_a_read_error(noise: bytes, at: int, path: Path) -> None:
    data = path.read_bytes()
    with suppress(ReadError):
        from_bytes(data[:at] + noise + data[at + len(noise) :], path.name, path.suffix)


# --- PDF


def test_lines_are_joined_to_paragraphs_also_over_a_page() -> None:
    text = opened(PDF).text
    assert "涉气问题 52项，涉固废问题 28 项" in text
    assert "县级集中式饮用水水源地水质达标率" in text
    assert len(text.splitlines()) == 20
    assert "三、水污染防治\n加强水污染防治" in text


def test_latin_words_keep_their_blank_at_a_line_end() -> None:
    assert (
        "The monitoring programme was carried out with support from the provincial centre and covered"
        in opened(PDF).text
    )


def test_running_headers_and_page_numbers_are_no_text() -> None:
    document = opened(PDF)
    assert "芦汀县生态环境局工作总结" not in document.text
    assert "— 1 —" not in document.text
    assert document.text.startswith("芦汀县生态环境局 2024 年工作总结\n一、总体情况")


def test_a_place_in_a_pdf_is_its_page() -> None:
    document = opened(PDF)
    assert where(document, "一、总体情况") == "第 1 页"
    assert where(document, "县级集中式") == "第 1 页"
    assert where(document, "集中式饮用水水源地") == "第 2 页"
    assert where(document, "128") == "第 2 页表 1 第 5 行第 2 列"


def test_a_paragraph_over_two_pages_is_read_as_one() -> None:
    read = Analysis(opened(PDF)).reading.text
    assert "水质优良比例达到100%，县级集中式饮用水水源地" in read.replace("\n", "")
    assert "县级\n集中式" not in read


def test_a_table_in_a_pdf_is_cells_and_its_wrong_total_is_found() -> None:
    # The sample fills its pages by saying everything twice, which is reported too.
    others = [one for one in found(opened(PDF)) if one[0] != "ST006"]
    assert others == [("NM122", "128"), ("DT001", "2 月 30 日")]


def pdf(*pages: str) -> bytes:
    """A PDF whose pages have these contents; ``/I Do`` draws a picture."""
    kids = " ".join(f"{10 + index} 0 R" for index in range(len(pages)))
    objects = [
        "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
        f"2 0 obj<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>endobj",
        "3 0 obj<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length 1>>stream\nx\nendstream endobj",
        "4 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj",
    ]
    for index, content in enumerate(pages):
        objects.append(
            f"{10 + index} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 700]/Resources<</XObject<</I 3 0 R>>/Font<</F 4 0 R>>>>/Contents {50 + index} 0 R>>endobj"
        )
        objects.append(f"{50 + index} 0 obj<</Length {len(content)}>>stream\n{content}\nendstream endobj")
    return ("%PDF-1.4\n" + "\n".join(objects) + "\ntrailer<</Root 1 0 R>>\n%%EOF").encode()


SCAN = "q 500 0 0 700 0 0 cm /I Do Q"
PRINT = "BT /F 12 Tf 50 600 Td (Plain words of a page) Tj ET"


def test_a_scan_is_an_error_and_a_scanned_page_is_said() -> None:
    with pytest.raises(ReadError, match="PDF 共 2 页，都没有可用的文字层"):
        from_bytes(pdf(SCAN, SCAN), "a.pdf", ".pdf")
    document = from_bytes(pdf(PRINT, SCAN, PRINT.replace("12 Tf", "24 Tf").replace("Plain", "Other")), "a.pdf", ".pdf")
    assert document.text == "Plain words of a page\nOther words of a page"
    assert document.notes[0].startswith("第 2 页没有文字层，没有检查")


def test_an_empty_page_is_no_scan() -> None:
    assert from_bytes(pdf(PRINT, ""), "a.pdf", ".pdf").notes == ()


# --- web pages


def test_the_main_text_of_a_page_is_read_and_nothing_around_it() -> None:
    document = opened(WATER)
    assert document.encoding == "gb18030"
    assert document.text.startswith("芦汀县水利局2024年工作总结\n")
    for around in ("首页", "互动交流", "分享到", "相关文章", "2月30日", "承办单位", "XX项", "机构职能"):
        assert around not in document.text


def test_what_stands_around_the_text_raises_no_alarm_and_what_stands_in_it_does() -> None:
    assert found(opened(WATER)) == [("NM101", "29项"), ("RS001", "我要纠错")]


def test_line_and_column_are_those_of_the_source() -> None:
    document = opened(WATER)
    source = WATER.read_bytes().decode("gb18030").splitlines()
    for one in checked(document).diagnostics:
        start, end = document.places(one.span)
        assert source[start.line - 1][start.column - 1 :].startswith(document.slice(one.span)[:2])
        assert source[end.line - 1][: end.column - 1].endswith(document.slice(one.span)[-1])
    assert document.place(document.text.index("29项")) == (21, 20)


def test_entities_are_characters_and_their_place_is_where_they_are_written() -> None:
    document = opened(WATER)
    at = document.text.index("“四乱”")
    line, column = document.place(at)
    assert WATER.read_bytes().decode("gb18030").splitlines()[line - 1][column - 1 :].startswith("&ldquo;四乱")


def test_a_table_of_a_page_is_cells_under_its_caption() -> None:
    document = opened(TABLE)
    assert found(document) == [("NM122", "0.54")]
    cells = [(b.row, b.column, document.slice(b.span)) for b in document.blocks if b.kind is BlockKind.CELL]
    assert cells[:5] == [(0, 0, "科目"), (0, 1, "本年"), (0, 2, "上年同期"), (0, 3, "增减额"), (1, 0, "增值税")]
    assert "分科目收入（单位：亿元）\n科目 | 本年" in document.text


def test_headings_and_items_are_told() -> None:
    document = opened(TABLE)
    kinds = [
        (b.kind.value, b.level, document.slice(b.span)[:4]) for b in document.blocks if b.kind is not BlockKind.CELL
    ]
    assert ("heading", 1, "松陂县2") in kinds
    assert ("heading", 2, "一、收入") in kinds
    assert ("item", 0, "教育支出") in kinds


def page(body: str) -> Document:
    return from_text(f"<html><head><title>标题</title></head><body>{body}</body></html>", "a.html", ".html")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>共26项，已整改。<p>共29项，已办结。", "共26项，已整改。\n共29项，已办结。\n"),
        ("<div>完成<b>2</b><b>6</b>项，\n   同比增长。</div>", "完成26项， 同比增长。\n"),
        ("<p>A&amp;B公司，&nbsp;完成。&copy</p>", "A&B公司，\xa0完成。©\n"),
        ("<p>甲，乙。<!-- 丙，丁。 --></p>", "甲，乙。\n"),
        ('<p>甲，乙。</p><p style="display:none">丙，丁。</p>', "甲，乙。\n"),
        ("<p>参数?id=1&type=2，不改。</p>", "参数?id=1&type=2，不改。\n"),
        ("<table><tr><td>甲<td><tr><td><td>2</table><p>完成，好。</p>", "甲\n2\n完成，好。\n"),
        ("<ul><li>一，甲<ul><li>二，乙</ul><li>三，丙</ul>", "一，甲\n二，乙\n三，丙\n"),
        ("<p>甲，乙", "甲，乙\n"),
        ("</div></p>甲，乙。</b>", "甲，乙。\n"),
    ],
)
def test_pages_as_people_write_them(body: str, text: str) -> None:
    assert page(body).text == text


def test_spanned_cells_keep_the_columns_below_them() -> None:
    document = page(
        "<table><tr><td rowspan=2>甲</td><td colspan=2>乙</td></tr><tr><td>1</td><td>2</td></tr></table><p>完成，好。</p>"
    )
    cells = [(b.row, b.column, document.slice(b.span)) for b in document.blocks if b.kind is BlockKind.CELL]
    assert cells == [(0, 0, "甲"), (0, 1, "乙"), (1, 1, "1"), (1, 2, "2")]


def test_a_page_made_by_scripts_says_that_there_is_no_text() -> None:
    document = page("<div id=app></div><script>draw('完成，好。')</script>")
    assert document.text == ""
    assert "没有找到正文" in document.notes[0]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_pages_in_every_known_encoding(codec: str) -> None:
    source = "<html><head><meta charset=gbk></head><body><p>全市完成整改29项，同比下降。</p></body></html>"
    assert from_bytes(source.encode(codec), "a.html", ".html").text == "全市完成整改29项，同比下降。\n"


def test_a_declared_encoding_holds_where_guessing_would_refuse() -> None:
    source = '<meta charset="big5"><p>完成整改，環境品質逐年改善，細懸浮微粒濃度下降。</p>'
    assert from_bytes(source.encode("big5"), "a.html", ".html").encoding == "big5"


def test_nesting_without_end_is_refused() -> None:
    with pytest.raises(ReadError, match="嵌套超过"):
        page("<div>" * 5000)


PIECES = """<p> </p> <div> </div> <table> <tr> <td> </td> </table> <b> </b> <li> <br> &nbsp; & &#8220; < <!-- --> <script> </script> 甲，乙。 12"""
TAGS = st.lists(st.sampled_from([*PIECES.split(), " ", "\n", "\r\n", "\t"]), max_size=40).map("".join)


@given(TAGS)
def test_blocks_of_any_page_ascend_and_lead_back_to_the_source(source: str) -> None:
    document = from_text(source, "a.html", ".html")
    end = 0
    for block in document.blocks:
        assert end <= block.span.start < block.span.end <= len(document.text)
        end = block.span.end
    assert document.offsets is not None
    for at, character in enumerate(document.text):
        if character in "甲乙，。12":
            assert source[document.offsets.at(at)] == character


# --- all of them


def reportlint(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "reportlint", *args], capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_notes_are_seen_in_text_and_json() -> None:
    shown = reportlint("check", str(XLSX))
    assert "注意: 隐藏的工作表没有检查：底稿" in shown.stdout
    done = json.loads(reportlint("check", str(XLSX), "--format", "json").stdout)
    assert done["files"][0]["skipped"] == "隐藏的工作表没有检查：底稿"
    assert done["findings"][0]["location"] == "工作表 整治台账 第 7 行第 2 列"


def test_a_scan_fails_the_run_in_one_line(tmp_path: Path) -> None:
    file = tmp_path / "扫描.pdf"
    file.write_bytes(pdf(SCAN))
    done = reportlint("check", str(file))
    assert done.returncode == 2
    assert "文字识别" in done.stderr and "Traceback" not in done.stderr
