"""Texts and documents made to keep a reader busy for hours: their time grows with their length, their memory not beyond it."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("lxml")
pytest.importorskip("python_calamine")

from reportlint.analysis import Analysis
from reportlint.api import check_document
from reportlint.document import BlockKind
from reportlint.errors import ReadError
from reportlint.finding import Applicability
from reportlint.fix import fixed
from reportlint.grid import grids
from reportlint.registry import rules
from reportlint.settings import Settings
from reportlint.sources import from_bytes, from_text
from test_cli import call, err, out
from test_formats import number, workbook
from wordfile import docx, p

_HAN = "".join(map(chr, range(0x4E00, 0x9FA6)))

#: Texts by size, each of which once took the square of it (the first: 57 seconds for a paragraph of 96,000 characters).
FLOODS: dict[str, Callable[[int], str]] = {
    "figures without a comma": lambda size: "全市完成投资十二亿元增长百分之三" * (size // 16),
    "people of one family": lambda size: "".join(
        f"王小{_HAN[at % 20000]}书记、李大{_HAN[at * 7 % 20000]}局长出席会议。\n" for at in range(size // 20)
    ),
    "quotes in quotes": lambda size: "“" * (size // 2) + "甲" + "”" * (size // 2),
    "brackets around quotes": lambda size: "（" * (size // 2) + "“甲”" * (size // 6),
    "quotes that end in the next paragraph": lambda size: "“《" * (size // 4) + "甲。\n乙" + "》”" * (size // 4),
    "lines behind a table": lambda size: "项目 | 数\n--- | ---\n甲 | 1\n" + "甲乙。\n" * (size // 4),
    "dates in one sentence": lambda size: "".join(
        f"{2000 + at % 26}年{at % 12 + 1}月至{at % 11 + 2}月完成{at}个，" for at in range(size // 17)
    ),
    "means in one sentence": lambda size: "，".join(
        f"3个县浓度在{at % 20}至{at % 20 + 9}微克/立方米之间，中心城区为35微克/立方米，全市平均浓度为31微克/立方米"
        for at in range(size // 50)
    ),
    "values behind one name": lambda size: (
        "省控断面水质优良率分别" + "、".join(f"{at % 97}.{at % 10}%" for at in range(size // 6)) + "。"
    ),
    "rates and counts in one sentence": lambda size: "".join(
        f"公交准点率{101 + at % 97}%，投诉{at + 40}件，办结{at % 37}件，" for at in range(size // 24)
    ),
    "units in one sentence": lambda size: "".join(f"{at % 97}mg/L，{at % 89}km2、" for at in range(size // 10)),
}


@pytest.mark.parametrize("what", FLOODS)
def test_the_time_grows_with_the_length(what: str) -> None:
    def spent(size: int) -> float:
        best = 1e9
        for _ in range(2):
            document = from_text(FLOODS[what](size), "a.txt", ".txt")
            start = time.process_time()
            check_document(document, Path("a.txt"), Settings())
            best = min(best, time.process_time() - start)
        return best

    spent(800)  # what is read once
    small, large = spent(6_000), spent(48_000)
    assert large < 20 * small + 0.3, f"{small:.2f} s and, for eight times the length, {large:.2f} s"


def test_the_time_of_a_comparison_with_the_last_report_grows_with_the_length() -> None:
    rule = next(rule for rule in rules() if rule.code == "LG002")
    assert rule.given is not None
    context = rule.given()

    def spent(count: int) -> float:
        text = "芦汀县2024年工作总结\n" + "2024年，全县森林覆盖率47.3%，同比提高0.5个百分点，" * count
        analysis = Analysis(from_text(text, "a.txt", ".txt"), context)
        assert analysis.claims
        start = time.process_time()
        list(rule.check(analysis))
        return time.process_time() - start

    spent(10)
    small, large = spent(200), spent(1_600)  # a minute when every figure looked through its whole sentence for an area
    assert large < 20 * small + 0.5, f"{small:.2f} s and {large:.2f} s"


def test_ten_thousand_fixes_take_ten_times_a_thousand() -> None:
    def spent(count: int) -> float:
        start = time.process_time()
        done = fixed(
            ("各项工作有序推进。。\n" * count).encode(),
            "a.txt",
            ".txt",
            lambda document: check_document(document, Path("a.txt"), Settings()),
            Applicability.SAFE,
        )
        assert done.applied == count and "。。" not in done.data.decode()
        return time.process_time() - start

    spent(10)
    small, large = spent(1_000), spent(10_000)
    assert large < 25 * small, f"{small:.2f} s and {large:.2f} s"


def test_a_table_of_thousands_of_columns_takes_no_square(tmp_path: Path) -> None:
    def spent(columns: int) -> float:
        head, dashes, row = ("|" + cell * columns + "\n" for cell in ("发现数|整改数|", "---|---|", "12|9|"))
        document = from_text(head + dashes + row * 3, "a.md", ".md")
        start = time.process_time()
        check_document(document, Path("a.md"), Settings())
        return time.process_time() - start

    spent(10)
    small, large = spent(400), spent(3_200)
    assert large < 20 * small + 0.3, f"{small:.2f} s and {large:.2f} s"


def test_a_table_of_thousands_of_rows_takes_no_square() -> None:
    def spent(rows: int) -> float:
        lines = "".join(f"|{_HAN[at % 3000]}项|{at % 997}|{at % 97}%|\n" for at in range(rows))
        text = f"|项目|数量|占比|\n|---|---|---|\n{lines}|合计|12345|100%|\n"
        document = from_text(text, "a.md", ".md")
        start = time.process_time()
        check_document(document, Path("a.md"), Settings())
        return time.process_time() - start

    spent(10)
    small, large = spent(200), spent(1_600)  # the larger took a minute when every row looked for the totals anew
    assert large < 20 * small + 0.3, f"{small:.2f} s and {large:.2f} s"


def table(heads: list[str], rows: list[list[object]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join("|" + "|".join(map(str, line)) + "|\n" for line in lines)


#: Tables by size, in cells or so, each of which once took its square or its cube.
TABLES: dict[str, Callable[[int], str]] = {
    "其中 over and over": lambda size: table(
        ["科目", "本年"],
        [[f"其中：甲{at}" if at % 3 == 1 else f"乙{at}", at * 7 % 997] for at in range(size // 2)] + [["合计", 77]],
    ),
    "columns of totals": lambda size: table(
        ["科目", *("甲", "合计", "乙") * (size // 12)],
        [["丙", *(at * 7 % 997 for at in range(size // 4))] for _ in range(4)],
    ),
    "columns before a total": lambda size: table(
        ["科目", *("甲",) * (size // 4), "合计"],
        [["丙", *(at * 7 % 997 for at in range(size // 4 + 1))] for _ in range(4)],
    ),
    "columns of rates": lambda size: table(
        ["科目", *("受理", "办结", "办结率") * (size // 18)],
        [["丙", *(at * 7 % 997 for at in range(size // 6))] for _ in range(6)],
    ),
    "columns of changes": lambda size: table(
        ["科目", *("本年", "上年同期", "增减额") * (size // 18)],
        [["丙", *(at * 7 % 997 for at in range(size // 6))] for _ in range(6)],
    ),
    "rows that are wrong": lambda size: table(
        ["科目", "本年", "上年", "增减额"],
        [[f"甲{at}", at % 9, 5, 3] if at % 4 == 0 else [f"甲{at}", 8, 5, 3] for at in range(size // 4)]
        + [["合计", 8 * size // 4, 5 * size // 4, 3 * size // 4]],
    ),
    "table after table": lambda size: "".join(
        table(
            ["指标名称", "受理投诉（件）"], [["工业投资额", at * 7 % 997], [f"乙丙丁戊{at}", 5], ["合计", at * 7 % 997]]
        )
        + f"\n全市共受理投诉{at}件，工业投资额{at * 5 % 997}件。\n\n"
        for at in range(size // 8)
    ),
}


@pytest.mark.parametrize("what", TABLES)
def test_the_time_of_a_table_grows_with_its_cells(what: str) -> None:
    settings = Settings().overridden(select=["NM122"])

    def spent(size: int) -> float:
        document = from_text(TABLES[what](size), "a.md", ".md")
        start = time.process_time()
        check_document(document, Path("a.md"), settings)
        return time.process_time() - start

    spent(60)
    small, large = spent(2_000), spent(16_000)
    assert large < 20 * small + 1, f"{small:.2f} s and, for eight times the cells, {large:.2f} s"


def test_what_a_finding_shows_of_nested_quotes_is_bounded(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("“" * 3_000 + "甲" + "”" * 3_000 + "\n", "utf-8")
    done = call("check", "a.txt", cwd=tmp_path)
    assert done.returncode == 1 and "PN002" in out(done)
    assert len(done.stdout) < 2_000_000  # 2 GB for twenty thousand once


# --- documents


def cell(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


@pytest.mark.parametrize("properties", ['<w:gridSpan w:val="1000000000"/>', '<w:gridSpan w:val="-7"/>'])
def test_a_cell_over_a_billion_columns_takes_no_memory(properties: str) -> None:
    row = (
        f'<w:tr><w:trPr><w:gridBefore w:val="1000000000"/></w:trPr>{cell(p("发现"), properties)}{cell(p("12"))}</w:tr>'
    )
    document = from_bytes(docx(f"<w:tbl>{row * 3}</w:tbl>"), "a.docx", ".docx")
    (grid,) = grids(document)
    assert grid.width <= 64


def test_a_table_that_is_nearly_empty_is_no_grid() -> None:
    wide = "".join(cell(p("甲"), '<w:gridSpan w:val="63"/>') for _ in range(400))
    rows = f"<w:tr>{wide}</w:tr>" + f"<w:tr>{cell(p('1'))}</w:tr>" * 2_000
    document = from_bytes(docx(f"<w:tbl>{rows}</w:tbl>"), "a.docx", ".docx")
    assert sum(block.kind is BlockKind.CELL for block in document.blocks) == 2_400
    assert list(grids(document)) == []  # fifty million places


def test_a_cell_of_many_paragraphs_is_read_once() -> None:
    rows = f"<w:tr>{cell(p('甲12') * 4_000)}{cell(p('1'))}</w:tr>"
    document = from_bytes(docx(f"<w:tbl>{rows}</w:tbl>"), "a.docx", ".docx")
    start = time.process_time()
    (grid,) = grids(document)
    assert time.process_time() - start < 2
    assert grid.number(0, 1) is not None and grid.text(0, 0).startswith("甲12甲12")


@pytest.mark.parametrize("level", [9, 99_999_999, -1])
def test_a_list_has_nine_levels(level: int) -> None:
    numbered = p("甲", properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>')
    numbering = (
        f'<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="{level}"><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    assert from_bytes(docx(numbered, numbering=numbering), "a.docx", ".docx").text == "甲\n"


def test_the_number_of_a_list_is_no_longer_than_a_line() -> None:
    numbered = p("甲", properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1000000"/><w:numFmt w:val="chineseCounting"/>'
        f'<w:lvlText w:val="{"%1" * 20_000}"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    assert len(from_bytes(docx(numbered, numbering=numbering), "a.docx", ".docx").text) < 3_000


def with_strings(strings: str, rows: str) -> bytes:
    """A workbook whose cells may take their text from ``strings``."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(rows))) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name).decode()
            if name.endswith("workbook.xml.rels"):
                content = content.replace(
                    "</Rel", f'<Relationship Id="z" Type="{kind}" Target="sharedStrings.xml"/></Rel'
                )
            new.writestr(name, content)
        new.writestr("xl/sharedStrings.xml", strings)
    return made.getvalue()


_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_FIRST = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'


@pytest.mark.parametrize(
    "strings",
    [
        f'<sst {_MAIN} count="4000000000" uniqueCount="4000000000"><si><t>甲</t></si></sst>',
        f"<x:a xmlns:x=\"b\"><x:sst {_MAIN} uniqueCount = '4000000000'><x:si><x:t>甲</x:t></x:si></x:sst></x:a>",
        f'<sst {_MAIN} about="<" uniqueCount="4000000000"><si><t>甲</t></si></sst>',
        f'<sst {_MAIN}><si><t>甲</t></si><sst uniqueCount="4000000000"/></sst>',
    ],
)
def test_a_workbook_that_claims_billions_of_strings_takes_nobody_along(tmp_path: Path, strings: str) -> None:
    (tmp_path / "a.xlsx").write_bytes(with_strings(strings, _FIRST))
    (tmp_path / "b.txt").write_text("共26项，已完成29项。\n", "utf-8")
    done = call("check", ".", cwd=tmp_path)
    assert done.returncode == 2 and "NM101" in out(done)
    assert err(done).count("\n") == 1 and "a.xlsx" in err(done)


def test_a_string_about_a_count_is_read() -> None:
    strings = f'<sst {_MAIN} count="1" uniqueCount="1"><si><t>count="4000000000"</t></si></sst>'
    assert from_bytes(with_strings(strings, _FIRST), "a.xlsx", ".xlsx").text == 'count="4000000000"\n\n'


def test_a_long_string_in_very_many_cells_takes_nobody_along() -> None:
    cells = "".join(f'<row r="{at}"><c r="A{at}" t="s"><v>0</v></c></row>' for at in range(1, 100_000))
    data = with_strings(f'<sst {_MAIN} count="1"><si><t>{"总结" * 15_000}</t></si></sst>', cells)  # 9 GB
    with pytest.raises(ReadError) as refused:
        from_bytes(data, "a.xlsx", ".xlsx")
    assert "\n" not in str(refused.value)


def test_strings_that_are_shared_as_usual_are_read_here() -> None:
    rows = "".join(f'<row r="{at}"><c r="A{at}" t="s"><v>0</v></c>{number(f"B{at}", "3")}</row>' for at in range(1, 90))
    strings = f'<sst {_MAIN} count="89" uniqueCount="1"><si><t>办结件数</t></si></sst>'
    assert from_bytes(with_strings(strings, rows), "a.xlsx", ".xlsx").text.startswith("办结件数 | 3\n办结件数 | 3\n")


def test_a_catalogue_of_nothing_but_faults_is_told_in_a_few_words(tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text("name,unit\n" + "".join(f"指标{at},斗\n" for at in range(3_000)), "utf-8")
    (tmp_path / "reportlint.toml").write_text('[catalogue]\nextend = "c.csv"\n', "utf-8")
    (tmp_path / "a.txt").write_text("各项工作有序推进。\n", "utf-8")
    done = call("check", "a.txt", cwd=tmp_path)
    assert done.returncode == 2 and "3000 处错误" in err(done)
    assert len(err(done)) < 3_000
