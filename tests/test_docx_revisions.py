"""Fixes in Word files: the new text in the format of the old, everything else as it was, and a way back."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("lxml")

from lxml import etree

from conftest import runner
from reportlint.api import check_document
from reportlint.cli import cli
from reportlint.document import Document
from reportlint.errors import ReadError
from reportlint.finding import Applicability, Replacement
from reportlint.fix import fixed, spliced
from reportlint.result import Result
from reportlint.settings import Settings
from reportlint.sources import from_bytes
from reportlint.sources.docx.revisions import UnfitError, apply
from reportlint.span import Span
from test_docx_comments import RUNS, canonical, characters, converted, entries, local, name_of, needs_soffice, part
from wordfile import DOCUMENTS, REPORTS, box, docx, p, r, table

NOW = datetime(2024, 7, 1, 9, 30)
BOLD = "<w:b/>"


def changed(data: bytes, *pairs: tuple[str, str], tracked: bool = False) -> bytes:
    """``data`` with the first place of each old text replaced by the new one."""
    document = from_bytes(data, "a.docx", ".docx")
    found = [Replacement(Span(at, at + len(old)), new) for old, new in pairs for at in [document.text.index(old)]]
    made = apply(document, data, found, tracked=tracked, date=NOW)
    assert from_bytes(made, "a.docx", ".docx").text == spliced(document.text, found)
    return made


def runs(data: bytes) -> list[tuple[str, bool]]:
    """The runs' words and whether they are bold."""
    return [
        (
            "".join(t.text or "" for t in one.iter(name_of("t"))),
            one.find(f"{name_of('rPr')}/{name_of('b')}") is not None,
        )
        for one in part(data, "word/document.xml").iter(name_of("r"))
    ]


def rejected(data: bytes) -> bytes:
    """``data`` after a person has rejected all that reportlint proposes."""
    parts = entries(data)
    root = part(data, "word/document.xml")
    for one in list(root.iter(name_of("ins"), name_of("del"))):
        if one.get(name_of("author")) != "reportlint":
            continue
        mark = local(one.getparent()) == "rPr"
        if local(one) == "del" and not mark:
            for run in list(one):
                one.addprevious(run)
            for text in list(one.getparent().iter(name_of("delText"))):
                if not any(above.tag == name_of("del") for above in text.iterancestors()):
                    text.tag = name_of("t")
        one.getparent().remove(one)
    for one in reversed(list(root.iter(name_of("rPr"), name_of("pPr")))):
        if not len(one) and local(one.getparent()) in ("p", "pPr"):
            one.getparent().remove(one)
    for one in list(root.iter(name_of("ins"))):  # what was divided is one again
        before = one.getprevious()
        if before is not None and before.tag == one.tag and before.get(name_of("author")) == one.get(name_of("author")):
            before.extend(list(one))
            one.getparent().remove(one)
    parts["word/document.xml"] = etree.tostring(root)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def test_a_word_is_replaced_inside_its_run() -> None:
    made = changed(docx(p(r("各单位要布署工作。", BOLD), "已布置。")), ("布署", "部署"))
    assert runs(made) == [("各单位要部署工作。", True), ("已布置。", False)]


def test_new_text_looks_like_the_first_of_the_old() -> None:
    made = changed(docx(p("要", r("布", BOLD), "署工作。")), ("布署", "部署"))
    assert runs(made) == [("要", False), ("部署", True), ("工作。", False)]


def test_text_is_put_in_and_taken_out() -> None:
    data = docx(p("甲乙", r("丙", BOLD)) + p(r("丁")))
    assert runs(changed(data, ("丙", ""))) == [("甲乙", False), ("丁", False)]
    document = from_bytes(data, "a.docx", ".docx")
    for at, expected in (
        (0, ["己甲乙", "丙", "丁"]),
        (2, ["甲乙己", "丙", "丁"]),
        (3, ["甲乙", "丙己", "丁"]),
        (4, ["甲乙", "丙", "己丁"]),
    ):
        made = apply(document, data, [Replacement(Span(at, at), "己")], tracked=False)
        assert [words for words, _ in runs(made)] == expected
    made = apply(document, data, [Replacement(Span(1, 1), "一\t二\n三")], tracked=False)
    assert from_bytes(made, "a.docx", ".docx").text == "甲一\t二\n三乙丙\n丁\n"


def test_several_replacements_in_one_run_do_not_shift_each_other() -> None:
    data = docx(p("<w:r><w:t> 布署一，布署二，布署三 </w:t></w:r>"))
    document = from_bytes(data, "a.docx", ".docx")
    found = [Replacement(Span(at, at + 2), "周密部署") for at in (0, 4, 8)]
    for tracked in (False, True):
        made = apply(document, data, found, tracked=tracked)
        assert from_bytes(made, "a.docx", ".docx").text == "周密部署一，周密部署二，周密部署三\n"


def test_a_tracked_change_can_be_accepted_and_rejected() -> None:
    data = docx(p("要", r("布署", BOLD), "工作。"))
    made = changed(data, ("布署", "部署"), tracked=True)
    root = part(made, "word/document.xml")
    assert [local(one) for one in root[0][0]] == ["r", "del", "ins", "r"]
    deleted, inserted = root[0][0][1:3]
    assert deleted.get(name_of("author")) == "reportlint"
    assert deleted.get(name_of("date")) == "2024-07-01T09:30:00Z"
    assert inserted.find(f".//{name_of('b')}") is not None
    assert len({one.get(name_of("id")) for one in (deleted, inserted)}) == 2
    assert canonical(rejected(made)) == canonical(data)


def test_what_somebody_else_put_in_stays_theirs() -> None:
    data = docx(p("要", f'<w:ins w:id="3" w:author="甲">{r("周密布署好")}</w:ins>', "工作。"))
    made = changed(data, ("布署", "部署"), tracked=True)
    paragraph = part(made, "word/document.xml")[0][0]
    shown = [(local(one), one.get(name_of("author")), "".join(one.itertext())) for one in paragraph]
    assert shown == [
        ("r", None, "要"),
        ("ins", "甲", "周密布署"),
        ("ins", "reportlint", "部署"),
        ("ins", "甲", "好"),
        ("r", None, "工作。"),
    ]
    identifiers = [one.get(name_of("id")) for one in paragraph.iter(name_of("ins"), name_of("del"))]
    assert len(set(identifiers)) == len(identifiers)
    assert canonical(rejected(made)).replace(b' w:id="3"', b"") == canonical(data).replace(b' w:id="3"', b"")


def test_two_halves_of_a_sentence_are_joined() -> None:
    data = docx(p("限期整改的88个已", properties='<w:jc w:val="both"/>') + p() + p("　　全部销号。"))
    document = from_bytes(data, "a.docx", ".docx")
    fix = [Replacement(Span(9, 13), "")]
    for tracked in (False, True):
        made = apply(document, data, fix, tracked=tracked, date=NOW)
        assert from_bytes(made, "a.docx", ".docx").text == "限期整改的88个已全部销号。\n"
        assert len(list(part(made, "word/document.xml").iter(name_of("p")))) == (3 if tracked else 1)
    assert canonical(rejected(made)) == canonical(data)


def test_notes_headers_cells_links_and_boxes_are_fixed_too() -> None:
    section = '<w:sectPr><w:headerReference w:type="default" r:id="header1"/></w:sectPr>'
    link = f'<w:hyperlink r:id="x">{r("见布署乙")}</w:hyperlink>'
    body = (
        p("文", '<w:r><w:footnoteReference w:id="2"/></w:r>', link, box(p("布署丁")))
        + table(("布署丙", "乙"))
        + section
    )
    data = docx(body, footnotes=f'<w:footnote w:id="2">{p("布署甲")}</w:footnote>', header1=p("布署戊"))
    pairs = [(f"布署{one}", f"部署{one}") for one in "甲乙丙丁戊"]
    for tracked in (False, True):
        made = changed(data, *pairs, tracked=tracked)
        assert from_bytes(made, "a.docx", ".docx").text.count("部署") == 5
        assert (b"reportlint" in entries(made)["word/footnotes.xml"]) is tracked
        assert (b"reportlint" in entries(made)["word/header1.xml"]) is tracked


def test_what_the_file_does_not_hold_as_text_is_not_fixed() -> None:
    numbering = '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    numbered = p("甲乙", properties='<w:numPr><w:numId w:val="1"/></w:numPr>')
    formula = p("丙", "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>")
    last = p("丁", properties="<w:sectPr/>") + p("戊") + table(("己", "庚"))
    data = docx(numbered + formula + last, numbering=numbering)
    document = from_bytes(data, "a.docx", ".docx")
    for old in ("1、", "1、甲", "x=", "丁\n戊", "戊\n己", "己\n庚"):
        at = document.text.index(old)
        one = Replacement(Span(at, at + len(old)), "改")
        with pytest.raises(UnfitError):
            apply(document, data, [one], tracked=True)
        left: list[Replacement] = []
        assert apply(document, data, [one], tracked=True, left=left) is data and left == [one]
    other = Replacement(Span(2, 3), "改")
    assert from_bytes(apply(document, data, [one, other], tracked=True, left=[]), "a", ".docx").text.startswith(
        "1、改乙"
    )


def test_a_file_that_was_changed_meanwhile_is_not_fixed() -> None:
    document = from_bytes(docx(p("甲")), "a.docx", ".docx")
    with pytest.raises(ReadError, match="改动过"):
        apply(document, docx(p("乙")), [], tracked=False)


@settings(max_examples=150, deadline=None)
@given(st.lists(RUNS, min_size=1, max_size=3), st.data(), st.booleans())
def test_however_runs_are_cut_the_rest_keeps_text_and_formatting(
    paragraphs: list[Sequence[tuple[str, str, str]]], data: st.DataObject, tracked: bool
) -> None:
    before = docx("".join(p(*(wrap.format(r(text, about)) for text, about, wrap in each)) for each in paragraphs))
    document = from_bytes(before, "a.docx", ".docx")
    offsets = sorted(data.draw(st.lists(st.integers(0, len(document.text)), min_size=2, max_size=6, unique=True)))
    found: list[Replacement] = []
    for start, end in zip(offsets[::2], offsets[1::2], strict=False):
        if "\n" not in document.text[start:end] and (not found or found[-1].span.end < start):
            found.append(Replacement(Span(start, end), data.draw(st.text(alphabet="新文 ", max_size=3))))
    after = apply(document, before, found, tracked=tracked, date=NOW)
    assert from_bytes(after, "a.docx", ".docx").text == spliced(document.text, found)
    old, expected, at = characters(before), [], 0
    broken = [index for index, character in enumerate(document.text) if character == "\n"]

    def held(offset: int) -> int:
        return offset - sum(index < offset for index in broken)

    for (start, end), text in found:
        expected += old[at : held(start)]
        expected += [(character, old[held(start)][1], "") for character in text]
        at = held(end)
    expected += old[at:]
    now = characters(after)
    assert [one[:2] for one in now] == [one[:2] for one in expected]
    if tracked:
        assert characters(rejected(after)) == old


@pytest.mark.parametrize("path", sorted(REPORTS.glob("*.docx")), ids=lambda path: path.stem)
def test_real_reports_keep_all_but_their_fixes(path: Path) -> None:
    data = path.read_bytes()
    document = from_bytes(data, path.name, ".docx")
    places = [at for at in range(0, len(document.text) - 2, 97) if "\n" not in document.text[at : at + 2]]
    found = [Replacement(Span(at, at + 2), "改字") for at in places]
    for tracked in (False, True):
        made = apply(document, data, found, tracked=tracked, date=NOW)
        assert from_bytes(made, path.name, ".docx").text == spliced(document.text, found)
        old, new = entries(data), entries(made)
        assert {name for name in old if old[name] != new[name]} == {"word/document.xml"}
    assert canonical(rejected(made)) == canonical(data)


def test_the_command_proposes_fixes_as_tracked_changes(tmp_path: Path) -> None:
    path = tmp_path / "总结.docx"
    data = docx(p("各单位要", r("布署", BOLD), "工作。"))
    path.write_bytes(data)
    command = [sys.executable, "-m", "reportlint", "fix", "--unsafe-fixes", str(path)]
    done = subprocess.run(command, capture_output=True, check=False, env={**os.environ, "PYTHONUTF8": "1"})
    assert done.returncode == 0, done.stderr.decode()
    made = path.read_bytes()
    assert from_bytes(made, "a", ".docx").text == "各单位要部署工作。\n"
    assert canonical(rejected(made)) == canonical(data)


@needs_soffice
@pytest.mark.libreoffice
def test_libreoffice_shows_the_changes_as_ours(tmp_path: Path) -> None:
    made = changed((DOCUMENTS / "report.docx").read_bytes(), ("布署", "部署"), ("29项", "26项"), tracked=True)
    root = etree.fromstring(converted(made, tmp_path, "fodt").read_bytes())
    text = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
    creators = [
        (local(one[0]), "".join(one[0].find(".//{http://purl.org/dc/elements/1.1/}creator").itertext()))
        for one in root.iter(f"{text}changed-region")
    ]
    assert creators.count(("insertion", "reportlint")) >= 2 and ("deletion", "reportlint") in creators


def test_fixes_may_go_in_without_a_trace(tmp_path: Path) -> None:
    file = tmp_path / "总结.docx"
    data = docx(p("与各乡镇签定目标责任书。"))
    for args, tracked in (((), True), (("--tracked",), True), (("--no-tracked",), False)):
        file.write_bytes(data)
        done = runner().invoke(cli, ["fix", "--unsafe-fixes", *args, str(file)], standalone_mode=False)
        assert done.exception is None and "修正 1 处" in done.stdout
        body = entries(file.read_bytes())["word/document.xml"]
        assert (b"<w:ins " in body and b"<w:del " in body) is tracked
        assert from_bytes(file.read_bytes(), "a", ".docx").text.startswith("与各乡镇签订目标责任书。")
    file.write_bytes(data)
    (tmp_path / "reportlint.toml").write_text("tracked = false\nunsafe-fixes = true\n", "utf-8")
    runner().invoke(cli, ["fix", str(file)], standalone_mode=False)
    assert b"<w:ins " not in entries(file.read_bytes())["word/document.xml"]


def test_only_what_could_be_put_in_counts_as_fixed() -> None:
    formula = p("与各县签", "<m:oMath><m:r><m:t>定</m:t></m:r></m:oMath>", "目标责任书。")
    data = docx(p("与各乡镇签定目标责任书。") + formula)

    def check(document: Document) -> Result:
        return check_document(document, Path("a.docx"), Settings().overridden(select="TY001"))

    assert [one.finding.fix is not None for one in check(from_bytes(data, "a", ".docx")).diagnostics] == [True, True]
    done = fixed(data, "a", ".docx", check, Applicability.UNSAFE)
    assert done.applied == 1 and len(done.result.diagnostics) == 1
    assert "签订" in done.result.document.text and done.result.document.text.count("签定") == 1
