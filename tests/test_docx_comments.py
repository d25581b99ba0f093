"""Findings as Word comments: on exactly their characters, beside those of people, with all else as it was."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("lxml")

from lxml import etree

from reportlint.annotation import Note
from reportlint.errors import ReadError
from reportlint.sources import from_bytes
from reportlint.sources.docx.comments import annotate
from reportlint.span import Span
from wordfile import DOCUMENTS, REPORTS, W, box, comment, commented, docx, field, p, packed, parts_of, r, table

NOW = datetime(2024, 7, 1, 9, 30)
MARKS = ("commentRangeStart", "commentRangeEnd", "commentReference")


def read(data: bytes) -> str:
    return from_bytes(data, "a.docx", ".docx").text


def noted(data: bytes, *words: str) -> bytes:
    """``data`` with a comment on the first place of each of ``words``."""
    text = read(data)
    places = [Span(text.index(word), text.index(word) + len(word)) for word in words]
    return annotate(data, text, [Note(place, (f"查 {text[slice(*place)]}",)) for place in places], date=NOW)


def part(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        return etree.fromstring(made.read(name))


def entries(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        return {entry.filename: made.read(entry) for entry in made.infolist()}


def local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def name_of(name: str) -> str:
    return f"{{{W}}}{name}"


def whole(data: bytes) -> bytes:
    """``data``, after every rule that comments have to keep was checked on it."""
    parts = entries(data)
    assert zipfile.ZipFile(io.BytesIO(data)).testzip() is None
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(content)
    comments = part(data, "word/comments.xml")
    identifiers = [one.get(name_of("id")) for one in comments]
    assert len(set(identifiers)) == len(identifiers)
    marks: dict[str, Counter[str | None]] = {}
    order: list[tuple[str, str | None]] = []
    for one in part(data, "word/document.xml").iter():
        if local(one) in MARKS:
            marks.setdefault(local(one), Counter())[one.get(name_of("id"))] += 1
            order.append((local(one), one.get(name_of("id"))))
            ancestors = {local(above) for above in one.iterancestors()}
            assert not {"txbxContent", "rPr", "footnote", "hdr", "ftr"} & ancestors
            assert (local(one.getparent()) == "r") == (local(one) == "commentReference")
    for kind in MARKS:
        assert marks.get(kind, Counter()) == Counter(identifiers), kind
    for identifier in identifiers:
        assert [kind for kind, about in order if about == identifier] == list(MARKS)
    for name, content in parts.items():
        if name.startswith("word/") and name not in ("word/document.xml", "word/comments.xml"):
            assert b"commentR" not in content
    assert b"/word/comments.xml" in parts["[Content_Types].xml"]
    assert parts["word/_rels/document.xml.rels"].count(b'relationships/comments"') == 1
    return data


def ranges(data: bytes) -> dict[str, str]:
    """What each comment says and the characters between its marks."""
    text: dict[str | None, str] = {}
    open_: set[str | None] = set()
    for one in part(data, "word/document.xml").iter():
        identifier = one.get(name_of("id")) if local(one) in MARKS else None
        if local(one) == "commentRangeStart":
            open_.add(identifier)
            text[identifier] = ""
        elif local(one) == "commentRangeEnd":
            open_.discard(identifier)
        elif local(one) in ("t", "tab", "br"):
            for about in open_:
                text[about] += (one.text or "") if local(one) == "t" else {"tab": "\t", "br": "\n"}[local(one)]
    said = {
        one.get(name_of("id")): "\n".join("".join(t.text for t in p.iter(name_of("t"))) for p in one.iter(name_of("p")))
        for one in part(data, "word/comments.xml")
    }
    return {said[identifier]: words for identifier, words in text.items()}


def canonical(data: bytes, *, author: str | None = "reportlint") -> bytes:
    """The body without the comments of ``author`` (``None``: of anybody), runs of one format joined again."""
    root = part(data, "word/document.xml")
    known = entries(data).get("word/comments.xml")
    gone = {
        one.get(name_of("id"))
        for one in (etree.fromstring(known) if known else ())
        if author is None or one.get(name_of("author")) == author
    }
    for one in list(root.iter(*map(name_of, MARKS))):
        if one.get(name_of("id")) in gone:
            out = one.getparent() if local(one) == "commentReference" else one
            out.getparent().remove(out)
    for run in list(root.iter(name_of("r"))):
        before = run.getprevious()
        if before is not None and before.tag == run.tag and _format(before) == _format(run):
            for one in run:
                if local(one) != "rPr":
                    before.append(one)
            run.getparent().remove(run)
    for text in list(root.iter(name_of("t"))):
        text.attrib.pop("{http://www.w3.org/XML/1998/namespace}space", None)
        before = text.getprevious()
        if before is not None and before.tag == text.tag:
            before.text = (before.text or "") + (text.text or "")
            text.getparent().remove(text)
    return etree.tostring(root, method="c14n")


def _format(run: etree._Element) -> tuple[bytes, tuple[tuple[str, str], ...]]:
    properties = run.find(name_of("rPr"))
    about = b"" if properties is None else etree.tostring(properties, method="c14n")
    return about, tuple(sorted(run.attrib.items()))


def same_but_for_comments(before: bytes, after: bytes) -> None:
    """Nothing but comments differs."""
    assert canonical(after) == canonical(before)
    old, new = entries(before), entries(after)
    touched = {"word/document.xml", "word/comments.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"}
    assert [name for name in new if name in old] == list(old)
    assert set(new) - set(old) <= {"word/comments.xml"}
    assert {name for name in old if old[name] != new[name]} <= touched
    heads = [
        {
            entry.filename: (entry.date_time, entry.external_attr)
            for entry in zipfile.ZipFile(io.BytesIO(one)).infolist()
        }
        for one in (before, after)
    ]
    assert heads[0].items() <= heads[1].items()


BOLD = "<w:b/>"


def test_a_comment_covers_its_characters_and_no_others() -> None:
    data = docx(p(r("共26项，已完成29项。", BOLD)))
    made = whole(noted(data, "29项", "26"))
    assert ranges(made) == {"查 29项": "29项", "查 26": "26"}
    runs = [
        ("".join(one.itertext()), one.find(name_of("rPr")) is not None)
        for one in part(made, "word/document.xml").iter(name_of("r"))
    ]
    assert [words for words, _ in runs] == ["共", "26", "", "项，已完成", "29项", "", "。"]
    same_but_for_comments(data, made)


def test_ranges_run_over_runs_insertions_links_fields_and_tabs() -> None:
    body = p(
        "共26",
        r("项，已", BOLD),
        f'<w:ins w:id="9" w:author="甲">{r("完成29项")}</w:ins>',
        f'<w:hyperlink r:id="rId9">{r("见附件一")}</w:hyperlink>',
        "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r>",
        field("REF", r("域结果")),
    )
    data = docx(body)
    made = whole(noted(data, "26项", "成29", "项见附", "附件", "甲\t", "乙\n丙", "果", "\n丙域"))
    assert ranges(made) == {
        **{f"查 {words}": words for words in ("26项", "成29", "项见附", "附件", "甲\t", "乙\n丙")},
        **{"查 果": "域结果", "查 \n丙域": "\n丙域结果"},
    }
    same_but_for_comments(data, made)
    assert read(made) == read(data)


def test_a_comment_stands_outside_of_fields_and_beside_others() -> None:
    simple = f'<w:fldSimple w:instr="DATE">{r("七月")}</w:fldSimple>'
    nested = field("IF", r("甲"), field("REF", r("乙")), r("丙"))
    data = docx(p("前", field("REF", r("一")), "中", nested, "后", field("REF", r("二")), simple, "末"))
    expected = {
        "前": "前",
        "一": "一",
        "中": "中",
        "乙": "甲乙丙",
        "后": "后",
        "二": "二",
        "月末": "七月末",
        "末": "末",
    }
    made = whole(noted(data, *expected))
    assert ranges(made) == {f"查 {words}": about for words, about in expected.items()}
    same_but_for_comments(data, made)


def test_overlapping_findings_each_get_their_range() -> None:
    data = docx(p("甲乙丙", r("丁戊己", BOLD)))
    words = ("甲乙丙丁戊己", "乙丙丁", "丙丁戊", "丙丁", "丙", "丁", "己")
    made = whole(noted(data, *words))
    assert ranges(made) == {f"查 {one}": one for one in words}
    same_but_for_comments(data, made)


def test_a_range_that_leaves_its_cell_ends_there() -> None:
    data = docx(table(("共26项", "完成29项")))
    assert ranges(whole(noted(data, "6项\n完成"))) == {"查 6项\n完成": "6项"}
    data = docx(p("共26项") + p("完成29项"))
    assert ranges(whole(noted(data, "6项\n完成"))) == {"查 6项\n完成": "6项完成"}


def test_what_lies_outside_the_body_is_commented_at_its_reference() -> None:
    reference = '<w:r><w:t>正文</w:t><w:footnoteReference w:id="2"/><w:t>后文</w:t></w:r>'
    section = '<w:sectPr><w:headerReference w:type="default" r:id="header1"/></w:sectPr>'
    data = docx(
        p("标题一行") + p(reference) + p("框前", box(p("框内")), "框后") + section,
        footnotes=f'<w:footnote w:id="2">{p("注文")}</w:footnote>',
        header1=p("页眉文字", box(p("眉内框"))),
    )
    made = whole(noted(data, "注文", "框内", "页眉", "眉内框"))
    assert ranges(made) == {
        "查 注文": "正文后文",
        "查 框内": "框内框内",
        "查 页眉": "标题一行",
        "查 眉内框": "标题一行",
    }
    assert entries(made)["word/header1.xml"] == entries(data)["word/header1.xml"]
    same_but_for_comments(data, made)


def test_numbers_that_word_shows_and_empty_places_have_a_comment_too() -> None:
    numbering = '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    data = docx(p("整改工作", properties='<w:numPr><w:numId w:val="1"/></w:numPr>') + p(), numbering=numbering)
    text = read(data)
    places = [Span(0, 2), Span(3, 3), Span(6, 6), Span(len(text), len(text))]
    made = whole(annotate(data, text, [Note(place, (f"{place.start}",)) for place in places], date=NOW))
    assert ranges(made) == {"0": "整改工作", "3": "改", "6": "整改工作", "8": ""}
    empty = docx("")
    assert ranges(whole(annotate(empty, "", [Note(Span(0, 0), ("空",))], date=NOW))) == {"空": ""}


def test_a_comment_says_all_in_paragraphs_and_drops_what_xml_cannot_hold() -> None:
    data = docx(p("甲乙"))
    made = whole(annotate(data, read(data), [Note(Span(0, 1), ("错误 NM101：甲\x0b<乙>&", "总数：第 1 段"))], date=NOW))
    (only,) = part(made, "word/comments.xml")
    assert ["".join(t.text for t in one.iter(name_of("t"))) for one in only] == [
        "错误 NM101：甲 <乙>&",
        "总数：第 1 段",
    ]
    assert dict(only.attrib) == {
        name_of("id"): "0",
        name_of("author"): "reportlint",
        name_of("initials"): "RL",
        name_of("date"): "2024-07-01T09:30:00Z",
    }


def test_the_documents_own_styles_for_comments_are_used() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="annotation text"/></w:style><w:style w:type="character" w:styleId="a5"><w:name w:val="annotation reference"/></w:style>'
    made = whole(noted(docx(p("甲乙"), styles=styles), "乙"))
    assert b'<w:pStyle w:val="a3"/>' in entries(made)["word/comments.xml"]
    assert b'<w:rStyle w:val="a5"/>' in entries(made)["word/document.xml"]
    assert entries(made)["word/styles.xml"] == entries(docx(p("甲乙"), styles=styles))["word/styles.xml"]


def test_peoples_comments_stay_and_ours_are_replaced() -> None:
    data = docx(p("共", commented(7, r("26项")), "，完成29项。"), comments=comment(7, "请核对口径"))
    once = whole(noted(data, "29项", "26"))
    assert ranges(once) == {"请核对口径": "26项", "查 29项": "29项", "查 26": "26"}
    twice = whole(noted(once, "29项", "26"))
    assert ranges(twice) == ranges(once)
    assert entries(twice)["word/document.xml"] == entries(once)["word/document.xml"]
    assert twice == noted(twice, "29项", "26"), "a third run changes nothing"
    fewer = whole(noted(twice, "完成"))
    assert ranges(fewer) == {"请核对口径": "26项", "查 完成": "完成"}
    none = whole(noted(fewer))
    assert ranges(none) == {"请核对口径": "26项"}
    same_but_for_comments(data, none)


def test_without_findings_the_file_stays_as_it_is() -> None:
    data = docx(p("甲乙"))
    assert noted(data) is data


def companions(body: str, comments: str, extended: str) -> bytes:
    parts = parts_of(body, comments=comments)
    w15 = "http://schemas.microsoft.com/office/word/2012/wordml"
    parts["word/commentsExtended.xml"] = f'<w15:commentsEx xmlns:w15="{w15}">{extended}</w15:commentsEx>'
    kind = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
    relation = f'<Relationship Id="e" Type="{kind}" Target="commentsExtended.xml"/></Relationships>'
    parts["word/_rels/document.xml.rels"] = parts["word/_rels/document.xml.rels"].replace("</Relationships>", relation)
    return packed(parts)


def ours(identifier: int, text: str, paragraph: str) -> str:
    w14 = "http://schemas.microsoft.com/office/word/2010/wordml"
    author = "reportlint" if text.startswith("查") else "王科"
    return f'<w:comment w:id="{identifier}" w:author="{author}"><w:p xmlns:w14="{w14}" w14:paraId="{paragraph}">{r(text)}</w:p></w:comment>'


def test_a_comment_of_ours_that_people_answered_or_resolved_stays_once() -> None:
    body = p(commented(1, commented(2, r("26项"))), commented(3, r("29项")), commented(4, r("15项")))
    comments = ours(1, "查 26项", "0A") + ours(2, "已核实", "0B") + ours(3, "查 29项", "0C") + ours(4, "查 15项", "0D")
    extended = (
        '<w15:commentEx w15:paraId="0A" w15:done="0"/><w15:commentEx w15:paraId="0B" w15:paraIdParent="0A" w15:done="0"/>'
        '<w15:commentEx w15:paraId="0C" w15:done="1"/><w15:commentEx w15:paraId="0D" w15:done="0"/>'
    )
    data = companions(body, comments, extended)
    made = whole(noted(data, "26项", "29项", "15项"))
    assert ranges(made) == {"查 26项": "26项", "已核实": "26项", "查 29项": "29项", "查 15项": "15项"}
    left = [one.get(one.keys()[0]) for one in part(made, "word/commentsExtended.xml")]
    assert left == ["0A", "0B", "0C"], "what Word kept about the replaced comment is gone with it"


def test_a_document_that_has_changed_meanwhile_is_not_annotated() -> None:
    with pytest.raises(ReadError, match="改动过"):
        annotate(docx(p("甲乙")), "甲乙丙\n", [])


def test_tracked_formatting_keeps_its_own_number_in_a_divided_run() -> None:
    changed = '<w:b/><w:rPrChange w:id="5" w:author="甲"><w:rPr/></w:rPrChange>'
    made = whole(noted(docx(p(r("甲乙丙", changed))), "乙"))
    assert [one.get(name_of("id")) for one in part(made, "word/document.xml").iter(name_of("rPrChange"))] == [
        "5",
        "7",
        "6",
    ]


FORMATS = ["", "<w:b/>", "<w:i/>", '<w:sz w:val="32"/>', '<w:rFonts w:eastAsia="仿宋"/><w:b/>']
RUNS = st.lists(
    st.tuples(
        st.text(alphabet="甲乙丙丁 26项。，", max_size=8),
        st.sampled_from(FORMATS),
        st.sampled_from(
            ["{}", '<w:ins w:id="1">{}</w:ins>', "<w:hyperlink>{}</w:hyperlink>", "<w:smartTag>{}</w:smartTag>"]
        ),
    ),
    max_size=8,
)


def characters(data: bytes) -> list[tuple[str, bytes, str]]:
    """Every character of the body with its formatting and what wraps its run."""
    return [
        (character, _format(one.getparent())[0], local(one.getparent().getparent()))
        for one in part(data, "word/document.xml").iter(name_of("t"))
        for character in one.text or ""
    ]


@settings(max_examples=150, deadline=None)
@given(st.lists(RUNS, min_size=1, max_size=3), st.data())
def test_however_runs_are_cut_text_and_formatting_stay(
    paragraphs: list[Sequence[tuple[str, str, str]]], data: st.DataObject
) -> None:
    body = "".join(p(*(wrap.format(r(text, about)) for text, about, wrap in runs)) for runs in paragraphs)
    before = docx(body)
    text = read(before)
    offsets = st.integers(0, len(text))
    places = data.draw(
        st.lists(st.tuples(offsets, offsets).map(sorted).map(lambda pair: Span(*pair)), min_size=1, max_size=5)
    )
    after = whole(
        annotate(before, text, [Note(place, (f"{number}",)) for number, place in enumerate(places)], date=NOW)
    )
    assert characters(after) == characters(before)
    assert read(after) == text
    same_but_for_comments(before, after)
    assert entries(annotate(after, text, [], date=NOW))["word/document.xml"].count(b"comment") == 0
    found = ranges(after)
    for number, place in enumerate(places):
        if place.size and not text[slice(*place)].isspace():
            assert found[f"{number}"] == text[slice(*place)].replace("\n", ""), place


# Files of other programs


def test_a_file_by_libreoffice_keeps_all_but_its_comments() -> None:
    data = (DOCUMENTS / "report.docx").read_bytes()
    made = whole(noted(data, "29项", "布署", "2024年2月30日", "18项", "**", "内部"))
    assert ranges(made) == {
        "请核对口径": "供水工程12处",
        "查 29项": "29项",
        "查 布署": "布署",
        "查 2024年2月30日": "",
        "查 18项": "18项",
        "查 **": "咨询电话**转办公室" * 2,
        "查 内部": "云岭市水务局",
    }
    same_but_for_comments(data, made)


@pytest.mark.parametrize("path", sorted(REPORTS.glob("*.docx")), ids=lambda path: path.stem)
def test_real_reports_keep_all_but_their_comments(path: Path) -> None:
    data = path.read_bytes()
    text = read(data)
    places = [Span(*match.span()) for match in list(re.finditer(r"\d+(?:\.\d+)?%|[，。]\w{1,3}", text))[::7]]
    assert len(places) > 50
    made = whole(annotate(data, text, [Note(place, (f"{place}",)) for place in places], date=NOW))
    assert ranges(made) == {f"{place}": text[slice(*place)] for place in places}
    assert read(made) == text
    same_but_for_comments(data, made)


# The command


WRONG = "上半年工作总结\n\n共26项，已完成29项。\n"


def run(*arguments: str | Path) -> tuple[int, str]:
    command = [sys.executable, "-m", "reportlint", "check", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, check=False, env={**os.environ, "PYTHONUTF8": "1"})
    return done.returncode, (done.stdout + done.stderr).decode()


def test_a_word_file_is_annotated_beside_itself_or_in_place(tmp_path: Path) -> None:
    source, target = tmp_path / "总结.docx", tmp_path / "批注.docx"
    data = docx(p("共26项，已完成29项。"))
    source.write_bytes(data)
    source.chmod(0o640)
    status, output = run(source, "--annotate", target)
    assert status == 1 and "批注 1 条" in output
    assert source.read_bytes() == data
    (said,) = ranges(whole(target.read_bytes()))
    assert said.startswith("错误 NM101：") and said.endswith("\n总数：“26项”")
    assert run(source, "--annotate", source)[0] == 1
    assert ranges(whole(source.read_bytes())) == ranges(target.read_bytes())
    assert source.stat().st_mode & 0o777 == 0o640
    assert sorted(one.name for one in tmp_path.iterdir()) == ["总结.docx", "批注.docx"], "nothing half-written is left"


def test_another_place_is_named_where_it_is_another(tmp_path: Path) -> None:
    before, after = "督察反馈问题共108个，限期整改的88个已", "全部整改销号，长期坚持的20个均达到时序进度。"
    (tmp_path / "总结.docx").write_bytes(docx(p(before) + p() + p(after)))
    (tmp_path / "总结.txt").write_text(f"{before}\n\n{after}\n", "utf-8")
    for name, place in (("总结.docx", "第 2 段"), ("总结.txt", "原文第 3 行")):
        run(tmp_path / name, "--select", "ST001", "--annotate", tmp_path / "a.docx")
        ((said, words),) = ranges(whole((tmp_path / "a.docx").read_bytes())).items()
        assert said.endswith(f"\n下半句：{place}“全部整改销号”") and words == "个已"


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\r"])
def test_a_text_becomes_a_plain_word_file_with_its_comments(tmp_path: Path, break_: str) -> None:
    (tmp_path / "总结.txt").write_bytes(("  缩进\t制表\x0b。" + break_ + WRONG.replace("\n", break_)).encode())
    assert run(tmp_path / "总结.txt", "--annotate", tmp_path / "总结.docx")[0] == 1
    made = whole((tmp_path / "总结.docx").read_bytes())
    assert read(made) == "  缩进\t制表 。\n" + WRONG
    ((said, words),) = [one for one in ranges(made).items() if "NM101" in one[0]]
    assert words == "29项" and said.endswith("\n总数：“26项”")


def test_markdown_and_an_empty_text_become_word_files_too(tmp_path: Path) -> None:
    (tmp_path / "总结.md").write_text("# 总结\n\n共26项，**已完成29项**。", "utf-8")
    assert run(tmp_path / "总结.md", "--annotate", tmp_path / "a.docx")[0] == 1
    assert "29项" in ranges(whole((tmp_path / "a.docx").read_bytes())).values()
    (tmp_path / "空.txt").write_text("", "utf-8")
    assert run(tmp_path / "空.txt", "--annotate", tmp_path / "b.docx")[0] == 0
    assert read((tmp_path / "b.docx").read_bytes()) == "\n"


def test_what_cannot_be_annotated_is_said_and_nothing_is_written(tmp_path: Path) -> None:
    source, other = tmp_path / "总结.docx", tmp_path / "b.txt"
    source.write_bytes(docx(p("共26项，已完成29项。")))
    other.write_text(WRONG, "utf-8")
    for arguments, words in (
        ((source, other, "--annotate", tmp_path / "c.docx"), "一个文件"),
        ((tmp_path, "--annotate", tmp_path / "c.docx"), "一个文件"),
        (("--annotate", tmp_path / "c.docx"), "一个文件"),
        ((source, "--annotate", tmp_path / "c.pdf"), ".docx 结尾"),
        ((source, "--annotate", tmp_path / "c.docm"), ".docx 结尾"),
        ((source, "--fix", "--annotate", tmp_path / "c.docx"), "不修正"),
        ((tmp_path / "没有.docx", "--annotate", tmp_path / "c.docx"), "没有检查完"),
        ((source, "--annotate", tmp_path / "没有" / "c.docx"), "写不了"),
    ):
        status, output = run(*arguments)
        assert (status, words in output) == (2, True), output
    assert not list(tmp_path.glob("c.*"))


@pytest.mark.parametrize(
    ("name", "lock"),
    [
        ("总结.docx", "~$总结.docx"),
        ("2024年总结.docx", "~$024年总结.docx"),
        ("2024上半年总结.docx", "~$24上半年总结.docx"),
        ("总结.docx", ".~总结.docx"),
        ("总结.docx", ".~lock.总结.docx#"),
    ],
)
def test_a_file_that_another_program_has_open_is_not_overwritten(tmp_path: Path, name: str, lock: str) -> None:
    data = docx(p("共26项，已完成29项。"))
    (tmp_path / name).write_bytes(data)
    (tmp_path / lock).write_bytes(b"")
    status, output = run(tmp_path / name, "--annotate", tmp_path / name)
    assert status == 2 and "正在别的程序中打开" in output
    assert (tmp_path / name).read_bytes() == data


def test_a_link_is_followed_and_not_replaced(tmp_path: Path) -> None:
    source, link = tmp_path / "总结.docx", tmp_path / "链接.docx"
    source.write_bytes(docx(p("共26项，已完成29项。")))
    link.symlink_to(source)
    assert run(link, "--annotate", link)[0] == 1
    assert link.is_symlink() and ranges(source.read_bytes())


# What another program makes of it


SOFFICE = shutil.which("soffice")
needs_soffice = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")


def converted(data: bytes, folder: Path, form: str) -> Path:
    """``data`` as LibreOffice converts it, under a profile of its own."""
    (folder / "a.docx").write_bytes(data)
    command = [str(SOFFICE), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", form, "--outdir", str(folder), str(folder / "a.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120, env={**os.environ, "LANG": "C.UTF-8"})
    (made,) = set(folder.glob("a.*")) - {folder / "a.docx"}
    return made


PDF = 'pdf:writer_pdf_Export:{"ExportNotes":{"type":"boolean","value":"true"}}'


def annotations(pdf: Path) -> list[tuple[str, str]]:
    reader = pytest.importorskip("pypdf").PdfReader(pdf)
    found = [one.get_object() for page in reader.pages for one in page.get("/Annots") or ()]
    return sorted(
        (str(one["/T"]).partition(",")[0], str(one["/Contents"])) for one in found if one["/Subtype"] == "/Text"
    )


@needs_soffice
def test_libreoffice_shows_the_comments(tmp_path: Path) -> None:
    made = noted((DOCUMENTS / "report.docx").read_bytes(), "29项", "布署", "2024年2月30日", "18项", "**", "内部")
    assert annotations(converted(made, tmp_path, PDF)) == [
        *(("reportlint", f"查 {words}") for words in ("**", "18项", "2024年2月30日", "29项", "内部", "布署")),
        ("王科", "请核对口径"),
    ]


def shown(data: bytes, folder: Path) -> dict[str, str]:
    """What LibreOffice takes each comment to be about."""
    root = etree.fromstring(converted(data, folder, "fodt").read_bytes())
    office = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
    found: dict[str, str] = {}
    names: dict[str, str] = {}
    open_: set[str] = set()

    def walk(element: etree._Element) -> None:
        if element.tag == f"{office}annotation":
            said = "".join("".join(one.itertext()) for one in element if local(one) == "p")
            found[said] = ""
            if (name := element.get(f"{office}name")) is not None:
                names[name] = said
                open_.add(name)
        elif element.tag == f"{office}annotation-end":
            open_.discard(element.get(f"{office}name"))
        else:
            add(element.text)
            for one in element:
                walk(one)
                add(one.tail)

    def add(text: str | None) -> None:
        for name in open_:
            found[names[name]] += text or ""

    walk(root.find(f"{office}body"))
    return found


@needs_soffice
@pytest.mark.libreoffice
def test_libreoffice_takes_the_comments_to_be_about_the_same_characters(tmp_path: Path) -> None:
    words = ("29项", "26项，已完", "布署", "18项", "督察反馈问题共108个", "30公里")
    made = noted((DOCUMENTS / "report.docx").read_bytes(), *words)
    assert {said: about for said, about in shown(made, tmp_path).items() if said.startswith("查")} == {
        f"查 {word}": word for word in words
    }


@needs_soffice
@pytest.mark.libreoffice
@pytest.mark.parametrize("path", sorted(REPORTS.glob("*.docx")), ids=lambda path: path.stem)
def test_libreoffice_opens_annotated_real_reports(tmp_path: Path, path: Path) -> None:
    data = path.read_bytes()
    text = read(data)
    places = [Span(*match.span()) for match in list(re.finditer(r"\d+(?:\.\d+)?%|[，。]\w{1,3}", text))[::9]]
    made = annotate(data, text, [Note(place, (f"{place.start}",)) for place in places], date=NOW)
    assert shown(made, tmp_path) == {f"{place.start}": text[slice(*place)] for place in places}


@needs_soffice
@pytest.mark.libreoffice
def test_libreoffice_loses_no_comment_on_a_field(tmp_path: Path) -> None:
    made = noted(docx(p("截至", field("DATE", r("2024年7月1日")), "，完成29项。")), "7月1日", "29项")
    assert {said: bool(about) for said, about in shown(made, tmp_path).items()} == {"查 7月1日": True, "查 29项": True}


@needs_soffice
@pytest.mark.libreoffice
def test_libreoffice_opens_a_word_file_made_of_a_text(tmp_path: Path) -> None:
    (tmp_path / "总结.txt").write_text(WRONG, "utf-8")
    run(tmp_path / "总结.txt", "--annotate", tmp_path / "made.docx")
    data = (tmp_path / "made.docx").read_bytes()
    (tmp_path / "lo").mkdir()
    assert list(shown(data, tmp_path / "lo").values()) == ["29项"]
