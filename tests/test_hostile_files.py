"""Files that are meant to do harm: macros, pages in circles, escape sequences, formulas. They are read as data, or refused in one line."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from pathlib import Path

import pytest

from test_cli import call, err, out

WRONG = "共26项，已完成29项。"


def told(done: object) -> None:
    """Refused or read: one line for a file that is refused, and nothing of our own inside."""
    said = err(done)  # type: ignore[arg-type]
    assert done.returncode in (0, 1, 2) and "Traceback" not in said, said  # type: ignore[attr-defined]
    if done.returncode == 2:  # type: ignore[attr-defined]
        assert said.count("\n") == 1 and "a." in said, said


# --- macros


def with_macros(data: bytes, *, main: str, macros: str) -> bytes:
    """The same file with a macro project that opens a document at once, as Office marks one."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "[Content_Types].xml":
                content = content.replace(
                    b"</Types>",
                    b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>',
                )
                content = content.replace(main.encode(), macros.encode())
            new.writestr(name, content)
        folder = "word" if "word/document.xml" in old.namelist() else "xl"
        new.writestr(f"{folder}/vbaProject.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1Auto_Open Shell calc" * 200)
    return made.getvalue()


def test_macros_of_a_word_file_are_left_as_they_are(tmp_path: Path) -> None:
    pytest.importorskip("lxml")
    from wordfile import docx, p

    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    data = with_macros(docx(p(WRONG)), main=kind, macros="application/vnd.ms-word.document.macroEnabled.main+xml")
    (tmp_path / "a.docm").write_bytes(data)
    (tmp_path / "a.docx").write_bytes(docx(p(WRONG)))
    with_, without = (
        json.loads(call("check", name, "--format", "json", cwd=tmp_path).stdout)["findings"]
        for name in ("a.docm", "a.docx")
    )
    assert [one["code"] for one in with_] == ["NM101"]
    assert [{**one, "path": "", "fingerprint": ""} for one in with_] == [
        {**one, "path": "", "fingerprint": ""} for one in without
    ]
    done = call("check", "a.docm", "--annotate", "b.docm", cwd=tmp_path)
    assert done.returncode == 1, err(done)
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(tmp_path / "b.docm") as new:
        assert new.read("word/vbaProject.bin") == old.read("word/vbaProject.bin")
        assert "word/comments.xml" in new.namelist()


def test_macros_of_a_workbook_are_not_run(tmp_path: Path) -> None:
    pytest.importorskip("python_calamine")
    sheets = Path(__file__).parent / "documents" / "sheets"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    data = (sheets / "rectification.xlsx").read_bytes()
    (tmp_path / "a.xlsx").write_bytes(data)
    (tmp_path / "a.xlsm").write_bytes(
        with_macros(data, main=kind, macros="application/vnd.ms-excel.sheet.macroEnabled.main+xml")
    )
    with_, without = (
        [(one["code"], one["location"], one["text"]) for one in json.loads(done.stdout)["findings"]]
        for done in (call("check", name, "--format", "json", cwd=tmp_path) for name in ("a.xlsm", "a.xlsx"))
    )
    assert with_ == without and with_


# --- pages in circles

_PAGE = "/MediaBox[0 0 500 700]/Resources<</XObject<</X 6 0 R>>/Font<</F 5 0 R>>>>/Contents 7 0 R"
_FONT = "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj"
_WORDS = "BT /F 12 Tf 50 600 Td (Plain words of a page, enough of them to be no scan) Tj ET"


def pdf(*objects: str, content: str = _WORDS) -> bytes:
    """A PDF of ``objects`` besides a font and the contents of its page."""
    stream = f"7 0 obj<</Length {len(content)}>>stream\n{content}\nendstream endobj"
    return ("%PDF-1.4\n" + "\n".join((*objects, _FONT, stream)) + "\ntrailer<</Root 1 0 R>>\n%%EOF").encode()


_CATALOG = "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj"
_TREE = "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj"
_ONE = f"3 0 obj<</Type/Page/Parent 2 0 R{_PAGE}>>endobj"
_FORM = "6 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>/Length 5>>stream\n/X Do\nendstream endobj"
CIRCLES = {
    "a page that is its own parent": pdf(_CATALOG, "2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj"),
    "two levels of pages that hold each other": pdf(
        _CATALOG,
        "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 2>>endobj",
        "3 0 obj<</Type/Pages/Parent 2 0 R/Kids[2 0 R]/Count 2>>endobj",
    ),
    "an object that refers to itself": pdf("1 0 obj 1 0 R endobj", _TREE, _ONE),
    "contents that refer to themselves": pdf(
        _CATALOG, _TREE, _ONE.replace("7 0 R", "8 0 R"), "8 0 obj[8 0 R 8 0 R]endobj"
    ),
    "a form that draws itself": pdf(_CATALOG, _TREE, _ONE, _FORM, content=f"/X Do {_WORDS}"),
    "a billion pages, it says": pdf(_CATALOG, _TREE.replace("Count 1", "Count 1000000000"), _ONE),
    "less than no pages": pdf(_CATALOG, _TREE.replace("Count 1", "Count -1"), _ONE),
    "one page a hundred thousand times": pdf(
        _CATALOG, f"2 0 obj<</Type/Pages/Kids[{'3 0 R ' * 100_000}]/Count 100000>>endobj", _ONE
    ),
    "a tree of pages ten thousand deep": pdf(
        _CATALOG,
        "2 0 obj<</Type/Pages/Kids[10 0 R]/Count 1>>endobj",
        *(
            f"{number} 0 obj<</Type/Pages/Parent {number - 1} 0 R/Kids[{number + 1} 0 R]/Count 1>>endobj"
            for number in range(10, 10_010)
        ),
        f"10010 0 obj<</Type/Page/Parent 10009 0 R{_PAGE}>>endobj",
    ),
    "brackets without end": b"%PDF-1.4\n1 0 obj" + b"[" * 200_000 + b"\ntrailer<</Root 1 0 R>>\n%%EOF",
    "a table of references that follows itself": b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"xref\n0 1\n0000000000 65535 f \ntrailer<</Root 1 0 R/Size 2/Prev 56>>\nstartxref\n56\n%%EOF",
}


@pytest.mark.parametrize("what", CIRCLES)
def test_a_pdf_in_circles_is_read_or_refused_in_one_line(tmp_path: Path, what: str) -> None:
    pytest.importorskip("pypdfium2")
    (tmp_path / "a.pdf").write_bytes(CIRCLES[what])
    told(call("check", "a.pdf", cwd=tmp_path))


def test_the_same_page_without_circles_is_read(tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2")
    (tmp_path / "a.pdf").write_bytes(pdf(_CATALOG, _TREE, _ONE))
    done = call("check", "a.pdf", "--format", "json", cwd=tmp_path)
    assert done.returncode == 0 and json.loads(done.stdout)["files"][0]["characters"] > 40, err(done)


# --- words that command others

COMMANDS = ("\x1b[2J", "\x1b]0;title\x07", "\x1b]8;;http://evil.example\x1b\\", "\x9b31m", "\u202e", "\u2066", "\x07")


@pytest.mark.parametrize("form", ["text", "markdown", "github", "gitlab", "rdjson", "sarif", "json", "html", "junit"])
def test_no_escape_sequence_of_a_text_reaches_the_terminal(tmp_path: Path, form: str) -> None:
    text = "".join(f"全市{command}共26项，已完成{command}29项{command}。\n\n" for command in COMMANDS[4:6])
    (tmp_path / "a.txt").write_text(text, "utf-8")
    done = call("check", "a.txt", "--format", form, cwd=tmp_path)
    assert done.returncode == 1
    shown = out(done) if form in ("text", "markdown", "github") else ""  # data keep what they are data of
    assert not any(command in shown + err(done) for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS, ids=ascii)
def test_a_text_of_controls_is_refused_or_shown_harmless(tmp_path: Path, command: str) -> None:
    (tmp_path / "a.txt").write_text(f"全市共26项，已完成{command}29项。\n", "utf-8")
    done = call("check", "a.txt", "--color", "always", cwd=tmp_path)
    told(done)
    ours = out(done).replace("\x1b[0m", "")
    assert command not in ours and command not in err(done)


def test_facts_in_any_form_start_no_formula_and_no_script(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        '=HYPERLINK("http://evil.example")共26项。\n+1投资12万元。\n<script>alert(1)</script>完成3件。\n', "utf-8"
    )
    for form in ("csv", "text", "json"):
        done = call("facts", "a.txt", "--format", form, cwd=tmp_path)
        assert done.returncode == 0, err(done)
        if form == "csv":
            assert not any(line.startswith(("=", "+", "@", "-")) for line in out(done).splitlines())
            assert ",=" not in out(done) and ",+" not in out(done)


@pytest.mark.skipif(sys.platform == "win32", reason="names as Unix has them")
@pytest.mark.parametrize(
    "name",
    [
        "-rf.txt",
        "--output=x.txt",
        "=cmd.txt",
        "a b.txt",
        "'; touch pwned; '.txt",
        "$(touch pwned).txt",
        "%s%n.txt",
        "{0}.txt",
    ],
)
def test_names_are_names_and_nothing_else(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(f"{WRONG}\n", "utf-8")
    for form in ("text", "json", "html", "junit", "github"):
        done = call("check", ".", "--format", form, cwd=tmp_path)
        assert done.returncode == 1 and "Traceback" not in err(done), (form, err(done))
    assert [one.name for one in tmp_path.iterdir()] == [name]


# --- archives that are not what they seem


def altered(what: str) -> bytes:
    """A sound Word file, made unsound or odd in one way."""
    pytest.importorskip("lxml")
    from wordfile import docx, p

    data = docx(p(WRONG))
    parts = {
        name: zipfile.ZipFile(io.BytesIO(data)).read(name) for name in zipfile.ZipFile(io.BytesIO(data)).namelist()
    }
    heads = [info.header_offset for info in zipfile.ZipFile(io.BytesIO(data)).infolist()]
    made, out_ = bytearray(data), io.BytesIO()
    central = [at for at in range(len(data)) if data.startswith(b"PK\x01\x02", at)]
    if what == "checksums that are wrong":
        for at in (*(head + 14 for head in heads), *(at + 16 for at in central)):
            made[at] ^= 0xFF
    elif what == "said to be encrypted":
        for at in (*(head + 6 for head in heads), *(at + 8 for at in central)):
            made[at] |= 1
    elif what == "a report within an archive":
        with zipfile.ZipFile(out_, "w") as new:
            new.writestr("a.docx", data)
        return out_.getvalue()
    elif what == "sizes of 64 bits":
        with zipfile.ZipFile(out_, "w") as new:
            for name, content in parts.items():
                with new.open(zipfile.ZipInfo(name), "w", force_zip64=True) as file:
                    file.write(content)
        return out_.getvalue()
    elif what == "a PDF in front":
        return b"%PDF-1.4\n<script>alert(1)</script>\n" + data
    elif what == "something behind":
        return data + b"MZ\x90\0" * 500
    elif what == "a password of Office":
        return bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2_000) + "EncryptedPackage".encode("utf-16-le") + bytes(3_000)
    return bytes(made)


@pytest.mark.parametrize(
    ("what", "status", "said"),
    [
        ("checksums that are wrong", 2, "损坏"),
        ("said to be encrypted", 2, "加密"),
        ("a password of Office", 2, "密码"),
        ("a report within an archive", 2, "没有 Word 正文"),
        ("a PDF in front", 2, "PDF"),
        ("sizes of 64 bits", 1, ""),
        ("something behind", 1, ""),
    ],
)
def test_an_archive_that_is_not_what_it_seems(tmp_path: Path, what: str, status: int, said: str) -> None:
    (tmp_path / "a.docx").write_bytes(altered(what))
    done = call("check", "a.docx", cwd=tmp_path)
    told(done)
    assert done.returncode == status and said in err(done), err(done)
    assert status == 2 or "NM101" in out(done)
