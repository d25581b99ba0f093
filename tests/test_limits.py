"""How much of a file is looked at: refused before it is parsed, in one line with the way out, and the others are checked."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from pathlib import Path

import pytest

pytest.importorskip("lxml")
pytest.importorskip("python_calamine")

from conftest import ROOT
from reportlint.cli import main
from reportlint.configuration import Configuration
from reportlint.errors import ReadError, SettingsError
from reportlint.limits import DEFAULT, MOST, Limits
from reportlint.sources import from_bytes
from test_formats import number, workbook
from wordfile import docx, p, packed

WRONG = "共26项，已完成29项。\n"


def refused(data: bytes, suffix: str, limits: Limits = DEFAULT) -> str:
    with pytest.raises(ReadError) as error:
        from_bytes(data, f"a{suffix}", suffix, limits)
    words = str(error.value)
    assert "\n" not in words
    return words


@pytest.mark.parametrize(
    ("data", "suffix", "limits", "key"),
    [
        (b"a\n" * (512 * 1024 + 1), ".txt", Limits(file_size=1), "file-size"),
        (b"<p>a<!--" + b" " * (1024 * 1024) + b"-->", ".html", Limits(html_size=1), "html-size"),
        ("总结".encode() * 30, ".txt", Limits(characters=59), "characters"),
        ("总结".encode() * 30, ".md", Limits(characters=59), "characters"),
        ("甲\n总结总结\n乙".encode(), ".txt", Limits(line_length=3), "line-length"),
        ("甲\r总结总结".encode(), ".md", Limits(line_length=3), "line-length"),
        (docx(p("甲") + p("总结总结")), ".docx", Limits(line_length=3), "line-length"),
        (docx(p("甲")), ".docx", Limits(zip_entries=3), "zip-entries"),
        (docx(p("甲") * 50_000), ".docx", Limits(unpacked_size=1), "unpacked-size"),
        (docx(p("甲") * 50_000), ".docx", Limits(part_size=1), "part-size"),
        (docx(p(" " * 6_000_000)), ".docx", DEFAULT, "zip-ratio"),
        (workbook(f'<row r="1">{number("A1", "1")}{number("C3", "1")}</row>'), ".xlsx", Limits(cells=8), "cells"),
        (b"<p>" + b"<div>" * 12, ".html", Limits(nesting=10), "nesting"),
        ((ROOT / "tests/documents/pdf/environment.pdf").read_bytes(), ".pdf", Limits(pages=1), "pages"),
        ((ROOT / "tests/documents/pdf/environment.pdf").read_bytes(), ".pdf", Limits(characters=10), "characters"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_beyond_a_limit_is_refused_with_the_key_that_raises_it(
    data: bytes, suffix: str, limits: Limits, key: str
) -> None:
    words = refused(data, suffix, limits)
    assert words.endswith(f"已拒绝打开；确要检查，请在 reportlint.toml 的 [limits] 里调大 {key}")
    if limits != DEFAULT:
        field = key.replace("-", "_")
        from_bytes(data, f"a{suffix}", suffix, limits._replace(**{field: getattr(DEFAULT, field)}))


def test_a_line_as_long_as_the_limit_is_read() -> None:
    limits = Limits(line_length=4)
    assert from_bytes("甲\n总结总结\n".encode(), "a.txt", ".txt", limits).text == "甲\n总结总结\n"


def test_a_limit_is_set_in_the_configuration_and_the_other_files_are_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "reportlint.toml").write_text("[limits]\ncharacters = 40\n", "utf-8")
    (tmp_path / "long.txt").write_text("各项工作有序推进。\n" * 20, "utf-8")
    (tmp_path / "wrong.txt").write_text(WRONG, "utf-8")
    with pytest.raises(SystemExit) as left:
        main(["check", "."])
    out, err = capsys.readouterr()
    assert left.value.code == 2
    assert "NM101" in out
    assert err.splitlines() == [
        "reportlint: long.txt: 文字超过 40 字，不会是一份报告，已拒绝打开；确要检查，请在 reportlint.toml 的 [limits] 里调大 characters"
    ]
    (tmp_path / "reportlint.toml").write_text("[limits]\ncharacters = 400\n", "utf-8")
    with pytest.raises(SystemExit) as left:
        main(["check", "."])
    assert left.value.code == 1
    with pytest.raises(SystemExit) as left:
        main(["facts", "long.txt"])
    assert left.value.code == 0


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("limits = 3", "应为表"),
        ("[limits]\nfile-sice = 3", "是不是 file-size"),
        ("[limits]\nfile-size = 0", "limits.file-size 应为 1 到"),
        ("[limits]\nfile-size = true", "应为 1 到"),
        ('[limits]\nfile-size = "9"', "应为 1 到"),
        (f"[limits]\nfile-size = {MOST + 1}", "应为 1 到"),
    ],
)
def test_a_limit_that_makes_no_sense_is_told(tmp_path: Path, table: str, words: str) -> None:
    (tmp_path / "reportlint.toml").write_text(table, "utf-8")
    with pytest.raises(SettingsError, match=re.escape(words)):
        Configuration().for_folder(tmp_path)


def test_every_limit_is_documented() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    for name, most in zip(Limits._fields, DEFAULT, strict=True):
        assert f"| `{name.replace('_', '-')}` | {most} |" in page


def lying(data: bytes, part: str, size: int) -> bytes:
    """The archive ``data`` with heads that say ``part`` unpacks to ``size`` bytes."""
    changed = bytearray(data)
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        local = opened.getinfo(part).header_offset
    changed[local + 22 : local + 26] = struct.pack("<I", size)
    central = data.index(b"PK\x01\x02")
    while data[central + 46 : central + 46 + len(part)] != part.encode():
        central = data.index(b"PK\x01\x02", central + 4)
    changed[central + 24 : central + 28] = struct.pack("<I", size)
    return bytes(changed)


@pytest.mark.parametrize(
    ("data", "part", "suffix"),
    [
        (docx(p("甲" * 100_000)), "word/document.xml", ".docx"),
        (workbook("<row/>" * 100_000), "xl/worksheets/sheet1.xml", ".xlsx"),
        (workbook("<row/>" * 100_000), "xl/workbook.xml", ".xlsx"),
    ],
)
def test_heads_that_lie_about_sizes_are_not_believed(data: bytes, part: str, suffix: str) -> None:
    assert "已损坏" in refused(lying(data, part, 10), suffix)


def test_entries_of_one_name_are_the_same_to_every_reader() -> None:
    sheet = workbook(f'<row r="1">{number("A1", "1")}</row>')
    far = f'<row r="1048576">{number("A1", "1")}{number("XFD1048576", "1")}</row>'
    out = io.BytesIO(sheet)
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(out, "a") as made:
        made.writestr(
            "xl/worksheets/sheet1.xml", zipfile.ZipFile(io.BytesIO(workbook(far))).read("xl/worksheets/sheet1.xml")
        )
    assert "单元格超过" in refused(out.getvalue(), ".xlsx")


def test_a_sheet_that_is_named_twice_is_counted_twice() -> None:
    two = {
        name: zipfile.ZipFile(io.BytesIO(workbook(""))).read(name).decode()
        for name in zipfile.ZipFile(io.BytesIO(workbook(""))).namelist()
    }
    far = f'<row r="1">{number("A1", "1")}</row><row r="1048576">{number("XFD1048576", "1")}</row>'
    far_sheet = zipfile.ZipFile(io.BytesIO(workbook(far))).read("xl/worksheets/sheet1.xml").decode()
    two["xl/worksheets/far.xml"] = far_sheet
    two["xl/workbook.xml"] = two["xl/workbook.xml"].replace(
        "<sheet ", '<sheet name="甲" sheetId="2" r:id="c"/><sheet ', 1
    )
    two["xl/_rels/workbook.xml.rels"] = two["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>",
        '<Relationship Id="c" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/far.xml"/></Relationships>',
    )
    assert "单元格超过" in refused(packed(two), ".xlsx")


@pytest.mark.parametrize("before", [b"\n", b"\xd0\xcf", b"MZ" * 40])
def test_what_stands_before_an_archive_does_not_hide_it_from_the_limits(before: bytes) -> None:
    far = f'<row r="1">{number("A1", "1")}</row><row r="1048576">{number("XFD1048576", "1")}</row>'
    assert "单元格超过" in refused(before + workbook(far), ".xlsx")


@pytest.mark.parametrize("place", ["A2222222222222222222222222222", "ZZZZ1", "1A", "A0", "A1048577", "XFE1"])
def test_a_cell_where_no_sheet_has_one_takes_nobody_along(place: str) -> None:
    cell = f'<c r="{place}" t="inlineStr"><is><t>甲</t></is></c>'
    assert "已损坏" in refused(workbook(f'<row r="1">{number("A1", "1")}</row><row>{cell}</row>'), ".xlsx")
