"""Word files to documents: what a reader sees, in order, at its place; nothing unsafe opened, nothing unreadable taken for clean."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytest.importorskip("lxml")

from reportlint.api import check_document, check_file
from reportlint.document import BlockKind, Document
from reportlint.errors import ReadError
from reportlint.location import location
from reportlint.settings import Settings
from reportlint.sources import from_bytes, from_text
from reportlint.sources.docx.container import Container
from reportlint.sources.docx.numbering import formatted
from wordfile import (
    DOCUMENTS,
    REPORTS,
    W,
    box,
    comment,
    commented,
    docx,
    field,
    p,
    packed,
    parts_of,
    r,
    table,
)


def read(body: str, **parts: str) -> Document:
    return from_bytes(docx(body, **parts), "报告.docx", ".docx")


def lines(body: str, **parts: str) -> list[str]:
    """The blocks' words."""
    document = read(body, **parts)
    return [document.slice(block.span) for block in document.blocks]


def places(document: Document) -> dict[str, str]:
    """The words of every block and how its place is called."""
    return {document.slice(one.span): str(location(document, one.span.start)) for one in document.blocks}


def test_text_in_every_wrapper_is_read_and_deleted_text_is_not() -> None:
    body = p(
        "完成整改",
        f'<w:ins w:id="1" w:author="甲">{r("29项")}</w:ins>',
        '<w:del w:id="2"><w:r><w:delText>28项</w:delText></w:r></w:del>',
        f'<w:moveTo w:id="3">{r("，督促")}</w:moveTo>',
        f'<w:moveFrom w:id="4">{r("移走")}</w:moveFrom>',
        f"<w:smartTag>{r('企业')}</w:smartTag>",
        f"<w:sdt><w:sdtPr/><w:sdtContent>{r('12家')}</w:sdtContent></w:sdt>",
        f'<w:fldSimple w:instr="DATE">{r("，截至6月")}</w:fldSimple>',
        f'<w:hyperlink w:anchor="a">{r("见附件")}</w:hyperlink>',
        f"<w:customXml>{r('。')}</w:customXml>",
    )
    assert lines(body) == ["完成整改29项，督促企业12家，截至6月见附件。"]


def test_of_a_field_the_result_is_read_also_when_fields_are_nested() -> None:
    inner = field("PAGE", r("3"))
    assert lines(p("共", field(f"IF {inner} = 1", r("五"), field("REF a", r("十"))), "项")) == ["共五十项"]
    assert lines(p("无结果", '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "照读")) == ["无结果照读"]
    assert lines(p('<w:r><w:fldChar w:fldCharType="end"/></w:r>', "照读")) == ["照读"]


def test_a_field_that_spans_paragraphs_keeps_its_result() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>TOC</w:instrText><w:fldChar w:fldCharType="separate"/></w:r>'
    styles = '<w:style w:type="paragraph" w:styleId="11"><w:name w:val="toc 1"/></w:style>'
    toc = '<w:pStyle w:val="11"/>'
    body = p(begin, "一、总体情况\t1", properties=toc) + p("二、存在问题", properties=toc)
    body += p('<w:r><w:fldChar w:fldCharType="end"/></w:r>', "正文。")
    assert [block.kind for block in read(body, styles=styles).blocks] == [
        BlockKind.META,
        BlockKind.META,
        BlockKind.LINE,
    ]


def test_hidden_text_is_out_however_it_is_hidden() -> None:
    styles = (
        '<w:style w:type="character" w:styleId="h"><w:name w:val="h"/><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="P"><w:name w:val="P"/><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Q"><w:name w:val="Q"/><w:basedOn w:val="P"/></w:style>'
    )
    shown = '<w:vanish w:val="0"/>'
    body = p("甲", r("乙", "<w:vanish/>"), r("丙", shown), r("丁", '<w:rStyle w:val="h"/>'))
    body += p(r("戊"), r("己", shown), r("庚", '<w:rStyle w:val="h"/>'), properties='<w:pStyle w:val="Q"/>')
    assert lines(body, styles=styles) == ["甲丙", "己庚"], "a style of the run cancels that of the paragraph"


def test_tabs_breaks_hyphens_and_symbols_are_characters() -> None:
    run = "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:noBreakHyphen/><w:softHyphen/><w:t>丙</w:t><w:br/><w:t>丁</w:t>"
    run += '<w:sym w:font="Wingdings" w:char="F0FC"/><w:sym w:font="Symbol" w:char="F0B3"/><w:sym w:font="楷体" w:char="2103"/>'
    run += '<w:sym w:font="Webdings" w:char="F021"/></w:r>'
    document = read(p(run) + p("下一段"))
    assert document.text == "甲\t乙-丙\n丁√≥℃\n下一段\n"
    assert places(document) == {"甲\t乙-丙": "第 1 段", "丁√≥℃": "第 1 段", "下一段": "第 2 段"}


def test_a_symbol_named_in_two_ways_is_read_once_and_stays_whole() -> None:
    symbol = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="w16se"><w16se:symEx xmlns:w16se="urn:se" w16se:char="2460"/></mc:Choice>'
        "<mc:Fallback><w:t>①</w:t></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert lines(p("任务", symbol, "完成")) == ["任务①完成"]


def test_white_space_of_the_file_is_not_text() -> None:
    assert lines(p("<w:r><w:t>\n  甲\n乙 </w:t></w:r>", r(" 丙 "))) == ["甲 乙 丙 "]


def test_the_words_of_a_deleted_paragraph_mark_belong_together() -> None:
    deleted = '<w:rPr><w:del w:id="1" w:author="甲"/></w:rPr>'
    gone = '<w:del w:id="2"><w:r><w:delText>删去</w:delText></w:r></w:del>'
    document = read(
        p("限期整改的88个已", properties=deleted) + p(gone, properties=deleted) + p("全部销号。") + p("下一段")
    )
    assert document.text == "限期整改的88个已全部销号。\n下一段\n"


def test_text_boxes_are_read_once_after_their_paragraph() -> None:
    document = read(p("前文", box(p("咨询电话"), table(("甲", "乙"))), "后文。") + p(r("另起"), box(p("第二框"))))
    assert [document.slice(one.span) for one in document.blocks] == [
        "前文后文。",
        "咨询电话",
        "甲",
        "乙",
        "另起",
        "第二框",
    ]
    assert places(document)["咨询电话"] == "文本框 1" and places(document)["第二框"] == "文本框 2"
    assert places(document)["另起"] == "第 2 段"


def test_merged_and_nested_cells_keep_their_places() -> None:
    tall = "<w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr>" + p("县") + "</w:tc>"
    covered = "<w:tc><w:tcPr><w:vMerge/></w:tcPr>" + p() + "</w:tc>"
    wide = "<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>" + p("任务") + "</w:tc>"
    nested = "<w:tc>" + p("外") + table(("内一", "内二")) + p("外二") + "</w:tc>"
    body = table((tall, wide), (covered, "总数", nested)) + p("完")
    document = read(body)
    cells = [(document.slice(b.span), b.table, b.row, b.column) for b in document.blocks if b.kind is BlockKind.CELL]
    assert cells == [
        ("县", 0, 0, 0),
        ("任务", 0, 0, 1),
        ("总数", 0, 1, 1),
        ("外", 0, 1, 2),
        ("内一", 1, 0, 0),
        ("内二", 1, 0, 1),
        ("外二", 0, 1, 2),
    ]
    assert places(document)["完"] == "第 1 段" and places(document)["内二"] == "表 2 第 1 行第 2 列"


def test_deleted_rows_are_out_and_rows_in_controls_are_in() -> None:
    gone = f'<w:tr><w:trPr><w:del w:id="1"/></w:trPr><w:tc>{p("删")}</w:tc></w:tr>'
    kept = f'<w:sdt><w:sdtContent><w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr><w:tc>{p("留")}</w:tc></w:tr></w:sdtContent></w:sdt>'
    document = read(f"<w:tbl>{gone}{kept}</w:tbl>")
    assert [(document.slice(b.span), b.row, b.column) for b in document.blocks] == [("留", 0, 1)]


def test_a_sum_in_a_word_table_is_recomputed() -> None:
    rows = (("单位", "件数"), ("东河县", "13"), ("西河县", "6"), ("南河县", "4"), ("合计", "24"))
    document = read(table(*rows))
    found = check_document(document, Path("a.docx"), Settings().overridden(select="NM122")).diagnostics
    assert [(document.slice(one.span), str(location(document, one.span.start))) for one in found] == [
        ("24", "表 1 第 5 行第 2 列")
    ]


def test_headers_footers_and_notes_follow_the_body_under_their_names() -> None:
    reference = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    notes = "".join(
        f'<w:footnote w:id="{number}">{p(text)}</w:footnote>'
        for number, text in ((0, "分隔线"), (7, "注七"), (3, "注三"))
    )
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="header1"/><w:headerReference w:type="first" r:id="header2"/>'
        '<w:footerReference w:type="default" r:id="footer1"/></w:sectPr>'
    )
    document = read(
        p("正文", reference.format(7), "续", reference.format(3)) + section,
        footnotes=notes,
        header1=p("机密"),
        header2=p("首页页眉"),
        footer1=p("第", field("PAGE", r("3")), "页"),
    )
    assert places(document) == {
        "正文续": "第 1 段",
        "注七": "脚注 1",
        "注三": "脚注 2",
        "机密": "页眉",
        "第3页": "页脚",
    }
    first = section.replace("</w:sectPr>", "<w:titlePg/></w:sectPr>")
    shown = lines(p("正文") + first, header1=p("机密"), header2=p("首页页眉"), footer1=p("页脚"))
    assert shown == ["正文", "机密", "首页页眉", "页脚"]
    assert lines(p("正文") + first, header1=p("机密"), header2=p("机密"), footer1=p("机密")) == ["正文", "机密", "机密"]


def numbering(*levels: tuple[str, str], extra: str = "", first: str = "") -> str:
    made = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{first if at == 0 else ""}<w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(levels)
    )
    return f'<w:abstractNum w:abstractNumId="0">{made}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{extra}'


def item(text: str, level: int = 0, number: int = 1) -> str:
    return p(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def test_automatic_numbers_are_read_as_they_are_printed() -> None:
    made = numbering(
        ("chineseCounting", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3."), ("decimal", "%1.%3.%4")
    )
    body = (
        item("总体")
        + item("甲", 1)
        + item("3辆车", 2)
        + item("乙车", 2)
        + item("乙", 1)
        + item("丙车", 2)
        + item("其二")
        + item("丁", 1)
    )
    assert lines(body, numbering=made) == [
        "一、总体",
        "（一）甲",
        "1、3辆车",
        "2. 乙车",
        "（二）乙",
        "1. 丙车",
        "二、其二",
        "（一）丁",
    ]
    assert lines(item("跳级", 3), numbering=made) == ["一.1.1 跳级"]


def test_numbering_restarts_continues_and_follows_styles() -> None:
    again = '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    again += '<w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num>'
    styles = '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    made = numbering(("decimalEnclosedCircleChinese", "%1"), extra=again, first='<w:pStyle w:val="H"/>')
    heading = p("甲", properties='<w:pStyle w:val="H"/>')
    off = p("无号", properties='<w:pStyle w:val="H"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    body = heading + off + p() + heading + item("乙", number=3) + item("丙", number=2) + item("丁", number=2)
    document = read(body, numbering=made, styles=styles)
    shown = [document.slice(block.span) for block in document.blocks]
    assert shown == ["①甲", "无号", "②甲", "③乙", "①丙", "②丁"]
    assert [block.level for block in document.blocks] == [1, 1, 1, 0, 0, 0]


def test_a_number_stands_before_blanks_however_runs_are_cut() -> None:
    made = numbering(("decimal", "%1."))
    listed = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    for runs in (("　甲",), ("　", "甲"), ("", "　", "", "甲")):
        assert read(p(*map(r, runs), properties=listed), numbering=made).text == "1. 　甲\n"
    assert read(p("　", properties=listed), numbering=made).text == "　\n"


def test_bullets_and_empty_items_show_no_number() -> None:
    document = read(item("水厂") + item(""), numbering=numbering(("bullet", "●")))
    assert [(document.slice(one.span), one.kind) for one in document.blocks] == [("水厂", BlockKind.ITEM)]


@pytest.mark.parametrize(
    ("form", "value", "shown"),
    [
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 21, "二十一"),
        ("chineseCountingThousand", 103, "一百零三"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("decimalEnclosedCircle", 20, "⑳"),
        ("decimalEnclosedCircle", 21, "21"),
        ("decimalEnclosedParen", 3, "⑶"),
        ("upperRoman", 49, "XLIX"),
        ("lowerLetter", 28, "bb"),
        ("ideographTraditional", 2, "乙"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalZero", 7, "07"),
        ("somethingElse", 5, "5"),
    ],
)
def test_numbers_are_formatted_as_word_does(form: str, value: int, shown: str) -> None:
    assert formatted(value, form) == shown


def test_headings_are_known_by_style_and_by_outline_level() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="own"/><w:basedOn w:val="1"/></w:style>'
    )
    styled = '<w:pStyle w:val="2"/>'
    long = "今年以来，全市上下齐心协力。各项工作取得新的成效，主要指标好于预期。"
    body = (
        p("一、概况", properties=styled)
        + p("二、措施", properties='<w:outlineLvl w:val="0"/>')
        + p(long, properties=styled)
        + p("文")
    )
    assert [(one.kind.value, one.level) for one in read(body, styles=styles).blocks] == [
        ("heading", 2),
        ("heading", 1),
        ("line", 0),
        ("line", 0),
    ]


def test_a_sentence_cut_by_an_empty_paragraph_is_seen() -> None:
    body = p("督察反馈问题共108个，限期整改的88个已") + p() + p("全部整改销号，长期坚持的20个均达到时序进度。")
    found = check_document(read(body), Path("a.docx"), Settings().overridden(select="ST001")).diagnostics
    assert [one.rule.code for one in found] == ["ST001"]


WRONG = "共26项，已完成29项。"


def found(body: str, **parts: str) -> list[str]:
    settings = Settings().overridden(select="NM101")
    return [one.rule.code for one in check_document(read(body, **parts), Path("a.docx"), settings).diagnostics]


def test_a_word_comment_may_excuse_a_finding_in_its_paragraph() -> None:
    for words in ("reportlint: ignore[NM101] 含上年结转", "Reportlint：ignore[NM101 “29项”] 含结转"):
        assert found(p(commented(1, r(WRONG))), comments=comment(1, words)) == []
    other = 'reportlint: ignore[NM101 "18项"]'
    assert found(p(commented(1, r(WRONG))), comments=comment(1, other)) == ["NM101", "RL001"]
    assert found(p(commented(1, r(WRONG))) + p(WRONG), comments=comment(1, "reportlint: ignore[NM101] 已核")) == [
        "NM101"
    ]
    cells = table(("甲", f"<w:tc>{p(commented(1, r(WRONG)))}</w:tc>"), ("乙", WRONG))
    assert found(cells, comments=comment(1, "reportlint: ignore[NM101]")) == ["NM101"]


def test_other_comments_say_nothing_and_ours_are_no_directives() -> None:
    assert lines(p(commented(1, r(WRONG))), comments=comment(1, "请核对 reportlint: ignore[NM101]")) == [WRONG]
    assert found(p(commented(1, r(WRONG))), comments=comment(1, "reportlint: ignore[NM101]", "reportlint")) == ["NM101"]
    assert found(p(commented(1, r(WRONG))), comments=comment(1, "reportlint: ignore[NM101")) == ["NM101", "RL003"]


def test_the_strict_form_of_the_format_is_read_too() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    parts = {
        name: content.replace(W, strict)
        for name, content in parts_of(p("严格模式", r("，隐藏", "<w:vanish/>"))).items()
    }
    assert from_bytes(packed(parts), "a.docx", ".docx").text == "严格模式\n"


def test_offsets_lead_to_the_characters_that_the_file_holds() -> None:
    document = read(item("甲乙") + p("丙"), numbering=numbering(("chineseCounting", "%1、")))
    assert document.text == "一、甲乙\n丙\n"
    assert document.offsets is not None
    assert [document.offsets.at(at) for at in (0, 2, 3, 5)] == [0, 0, 1, 2]


def test_a_file_made_by_libreoffice_is_read_whole() -> None:
    document = from_bytes((DOCUMENTS / "report.docx").read_bytes(), "report.docx", ".docx")
    assert places(document) == {
        "云岭市水务局2024年上半年工作总结": "第 1 段",
        "一、整改工作": "第 2 段",
        "上半年，省级督察反馈任务26项，已完成整改29项，其余任务正在推进。": "第 3 段",
        "全市建成供水工程12处，惠及群众3.2万人。": "第 4 段",
        "二、供水工作": "第 5 段",
        "（一）抓好水源地保护。全年巡查400次。": "第 6 段",
        "1. 设置界碑20座。": "第 7 段",
        "2. 清理违建3处。": "第 8 段",
        "（二）抓好管网改造。改造管网30公里。": "第 9 段",
        "咨询电话**转办公室": "文本框 1",
        "水厂供水保证率98%。": "第 10 段",
        "各县任务完成情况见下表。": "第 11 段",
        "县": "表 1 第 1 行第 1 列",
        "任务（项）": "表 1 第 1 行第 2 列",
        "总数": "表 1 第 2 行第 2 列",
        "完成": "表 1 第 2 行第 3 列",
        "东河县": "表 1 第 3 行第 1 列",
        "15": "表 1 第 3 行第 2 列",
        "共15项，已完成18项。": "表 1 第 3 行第 3 列",
        "详见布署方案。": "第 12 段",
        "督察反馈问题共108个，涉及大气、水、土壤，限期整改的88个已": "第 13 段",
        "全部整改销号，长期坚持的20个均达到时序进度。": "第 14 段",
        "统计截至2024年2月30日。": "脚注 1",
        "云岭市水务局内部资料": "页眉",
        "— 1 —": "页脚",
    }


@pytest.mark.parametrize("path", sorted(REPORTS.glob("*.docx")), ids=lambda path: path.stem)
def test_real_reports_give_what_their_text_gives(path: Path) -> None:
    word = check_file(path)
    text = check_document(from_text(word.document.text, "a.txt", ".txt"), Path("a.txt"), Settings())
    assert len(word.document.text) > 10_000
    assert [(one.rule.code, one.span) for one in word.diagnostics] == [
        (one.rule.code, one.span) for one in text.diagnostics
    ]


# Files that are none, or that nobody should open


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空的"),
        (b"PK\x03\x04\x14\0\x06\0", "已损坏"),
        (b"hello", "已损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "另存为"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (b"%PDF-1.7", "PDF"),
        (b"{\\rtf1", "RTF"),
        (b"<html><body>", "网页"),
        (b'<?xml version="1.0"?><w:wordDocument/>', "另存为"),
        (packed({"xl/workbook.xml": "<a/>"}), "Excel"),
        (packed({"mimetype": "application/vnd.oasis.opendocument.text"}), "ODF"),
        (packed({"a.txt": "x"}), "没有 Word 正文"),
        (packed({"word/document.xml": "<a"}), "已损坏"),
        (packed({"word/document.xml": f'<w:document xmlns:w="{W}"/>'}), "没有正文"),
        (docx("<w:altChunk/>"), "嵌有"),
        (docx(p("<w:subDoc/>")), "子文档"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(data: bytes, words: str) -> None:
    with pytest.raises(ReadError, match=words):
        from_bytes(data, "a.docx", ".docx")


def test_entities_and_declarations_are_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("秘密", "utf-8")
    for declaration in (f'<!ENTITY x SYSTEM "{secret.as_uri()}">', '<!ENTITY x "共26项">', ""):
        text = f'<!DOCTYPE w:document [{declaration}]><w:document xmlns:w="{W}"><w:body>{p("&x;" if declaration else "a")}</w:body></w:document>'
        with pytest.raises(ReadError, match=r"DTD|损坏"):
            from_bytes(packed({"word/document.xml": text.replace("&amp;", "&")}), "a.docx", ".docx")


def test_a_part_without_end_of_nesting_is_refused() -> None:
    deep = "<w:sdt><w:sdtContent>" * 3000 + p("底") + "</w:sdtContent></w:sdt>" * 3000
    with pytest.raises(ReadError, match="损坏"):
        from_bytes(docx(deep), "a.docx", ".docx")
    near = "<w:sdt><w:sdtContent>" * 110 + p("底") + "</w:sdtContent></w:sdt>" * 110
    assert from_bytes(docx(near), "a.docx", ".docx").text == "底\n"


def test_bombs_are_refused_before_they_are_unpacked() -> None:
    bomb = packed({"word/document.xml": " " * (8 * 1024 * 1024)})
    assert len(bomb) < 20_000
    with pytest.raises(ReadError, match="展开后过大"):
        from_bytes(bomb, "a.docx", ".docx")
    with pytest.raises(ReadError, match="压缩包里的文件超过 1 万个"):
        from_bytes(packed({f"{number}": "" for number in range(10_001)}), "a.docx", ".docx")


def test_an_encrypted_entry_and_a_damaged_one_are_told() -> None:
    data = bytearray(docx(p("正文")))
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    with pytest.raises(ReadError, match="加密"):
        from_bytes(bytes(data), "a.docx", ".docx")
    whole = docx(p("正文" * 500))
    start = whole.find(b"word/document.xml") + 30
    with pytest.raises(ReadError, match="损坏"):
        from_bytes(whole[:start] + b"\0" * 40 + whole[start + 40 :], "a.docx", ".docx")
    for size in range(0, len(whole), 211):
        with pytest.raises(ReadError):
            from_bytes(whole[:size], "a.docx", ".docx")


def test_names_with_the_wrong_slash_and_case_are_found() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in parts_of(p("正文")).items():
            entry = zipfile.ZipInfo("x")
            entry.filename = name.replace("/", "\\").replace("document", "Document")
            made.writestr(entry, content)
    assert from_bytes(out.getvalue(), "a.docx", ".docx").text == "正文\n"


def test_checking_text_loads_no_library_for_word(tmp_path: Path) -> None:
    (tmp_path / "总结.txt").write_text(WRONG, "utf-8")
    code = (
        "import sys; from reportlint.cli import main\n"
        f"try: main(['check', {str(tmp_path / '总结.txt')!r}])\n"
        "except SystemExit: pass\n"
        "assert not {'lxml', 'docx', 'zipfile'} & set(sys.modules), sorted(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_name_in_no_encoding_is_a_damaged_file() -> None:
    name = "word/注.xml"
    data = packed({**parts_of(p("甲。")), name: "<a/>"})
    # Damaged in the head of the entry, which is read with it, not in the list of all entries.
    container = Container(data.replace(name.encode(), b"word/\xff\xff\xff.xml", 1))
    with pytest.raises(ReadError, match="损坏"):
        container.archive.content(name)
    with pytest.raises(ReadError, match="损坏"):
        container.saved({})
