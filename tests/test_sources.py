"""Bytes to documents: encodings told apart, nothing unreadable taken for text, blocks at their places."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reportlint import sources
from reportlint.document import BlockKind, Document
from reportlint.errors import ReadError
from reportlint.limits import Limits
from reportlint.sources import FORMATS, from_bytes, from_text, read
from reportlint.sources.decoding import common_characters, decode, encode

REPORT = "今年以来，全市空气质量持续改善，完成整改29项，同比下降5.3%。\r\n各单位要按期完成任务，报送结果。\n"
NAMES = "参会人员：\n王淑芬 李嘉怡 张睿哲 刘梓涵 陈雨桐 杨皓轩 黄嫣然 赵晟睿\n"
#: Traditional Chinese as Taiwan writes it, Japanese, Korean.
TAIWAN = "今年以來，本局持續推動空氣污染防制工作，完成稽查一千二百件，裁處三百五十件。環境品質逐年改善，細懸浮微粒平均濃度較去年下降。"
JAPAN = "本日は、令和五年度の環境白書について説明します。二酸化炭素の排出量は前年度より三パーセント減少しました。委員長は報告書の内容を確認した。"
KOREA = "올해 상반기 대기질 개선 사업을 추진하여 초미세먼지 농도가 지난해보다 감소하였다. 각 기관은 기한 내에 개선을 완료하여야 한다."

CHINESE = st.text(
    alphabet=st.sampled_from(
        "今年以来全市空气质量持续改善完成整改任务各单位要按期报送结果，。、；“”《》0123456789 \n\r%"
    ),
    min_size=1,
)
UNMARKED = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff"))


def kinds(text: str) -> list[tuple[str, str]]:
    """Kind and words of every block of ``text`` as Markdown."""
    return [
        (block.kind.value, text[block.span.start : block.span.end]) for block in from_text(text, suffix=".md").blocks
    ]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (REPORT.encode("utf-8"), "utf-8"),
        (REPORT.encode("utf-8-sig"), "utf-8-sig"),
        (b"\xff\xfe" + REPORT.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + REPORT.encode("utf-16-be"), "utf-16-be"),
        (b"\xff\xfe\0\0" + REPORT.encode("utf-32-le"), "utf-32-le"),
        (b"\0\0\xfe\xff" + REPORT.encode("utf-32-be"), "utf-32-be"),
        (REPORT.encode("gb18030"), "gb18030"),
        (REPORT.encode("gbk"), "gb18030"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_known_encoding_gives_the_same_text_without_its_mark(data: bytes, encoding: str) -> None:
    assert decode(data) == (REPORT, encoding)
    assert encode(REPORT, encoding) == data if encoding != "gbk" else True


@pytest.mark.parametrize(
    "text",
    [
        "完成",
        "刘嫣",
        "，。",
        NAMES,
        "我市生態環境質量持續改善，各單位要進一步壓實責任，完成整改任務。",
        "甲：1项\n乙：2项",
    ],
)
def test_short_texts_names_and_traditional_characters_are_read_as_gb18030(text: str) -> None:
    assert decode(text.encode("gb18030")) == (text, "gb18030")


def test_a_rare_character_somebody_drew_does_not_make_a_report_unreadable() -> None:
    text = REPORT * 4 + "副主任王\ue000"
    assert decode(text.encode("gb18030")).text == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (TAIWAN, "big5"),
        (TAIWAN, "big5hkscs"),
        (JAPAN, "shift_jis"),
        (JAPAN, "euc_jp"),
        (JAPAN, "iso2022_jp"),
        (KOREA, "euc_kr"),
        (KOREA, "johab"),
        (REPORT, "utf-16-le"),
        (REPORT, "utf-16-be"),
        ("今年以来全市空气质量持续改善", "utf-16-le"),
        ("Отчёт о состоянии окружающей среды", "koi8-r"),
        ("Отчёт о состоянии окружающей среды", "cp1251"),
        ("Le rapport annuel a été présenté à l’assemblée générale", "cp1252"),
    ],
)
def test_other_encodings_are_refused_instead_of_read_as_gibberish(text: str, encoding: str) -> None:
    with pytest.raises(ReadError):
        decode(text.encode(encoding))


@pytest.mark.parametrize(("text", "encoding"), [(TAIWAN, "big5"), (JAPAN, "shift_jis")])
@pytest.mark.parametrize("size", [6, 12, 24])
def test_a_few_words_in_another_encoding_are_refused_too(text: str, encoding: str, size: int) -> None:
    for at in range(0, len(text) - size, size):
        with pytest.raises(ReadError):
            decode(text[at : at + size].encode(encoding))


def test_a_damaged_utf_8_file_is_told_with_its_line() -> None:
    data = REPORT.encode() * 3
    with pytest.raises(ReadError, match="UTF-8 编码在第 7 行"):
        decode(data + "结束".encode()[:-1])


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "不是文本文件"),
        (b"PK\x03\x04\x14\0\x06\0", "docx"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "旧版"),
        ("完成\0整改".encode(), "空字节"),
        (bytes(range(1, 32)) * 10, "控制字符"),
        (b"\xff\xfe\x00", "UTF-16"),
        (b"\xff\xfe\x00\xd8", "UTF-16"),
        (b"\xff\xff\xff\xff", "无法识别编码"),
    ],
)
def test_what_is_not_text_is_refused_with_a_reason(data: bytes, word: str) -> None:
    with pytest.raises(ReadError, match=word):
        decode(data)


def test_no_bytes_are_an_empty_document() -> None:
    for suffix in (".txt", ".md"):
        document = from_bytes(b"", "空.txt", suffix)
        assert (document.text, document.blocks) == ("", ())
        assert from_bytes(b"\xef\xbb\xbf", "空.txt", suffix).text == ""


@given(CHINESE)
def test_chinese_survives_gb18030(text: str) -> None:
    data = text.encode("gb18030")
    assume(not is_utf_8(data))  # two bytes of GBK may well be one character of UTF-8: 位 is λ
    assert decode(data) == (text, "gb18030")


def is_utf_8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


@given(UNMARKED, st.sampled_from(["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]))
def test_encode_is_the_way_back(text: str, encoding: str) -> None:
    data = encode(text, encoding)
    try:
        decoded = decode(data)
    except ReadError:
        assert text.startswith(("%PDF-", "{\\rtf"))
    else:
        assert decoded == (text, encoding)


@given(st.binary(max_size=300))
def test_any_bytes_either_read_or_raise_a_read_error(data: bytes) -> None:
    for suffix in (".txt", ".md"):
        try:
            document = from_bytes(data, "a", suffix)
        except ReadError:
            continue
        assert encode(document.text, document.encoding) == data


def test_the_common_characters_are_sorted_and_unique() -> None:
    table = Path(sources.__file__).parent.parent / "data" / "common_characters.txt"
    rows = "".join(row for row in table.read_text("utf-8").splitlines() if not row.startswith("#"))
    assert len(rows) == len(common_characters()) > 1000
    assert list(rows) == sorted(rows)


def test_line_breaks_and_indentation_are_kept() -> None:
    text = "\u3000\u3000甲\r\n\r\n乙\r丙\u2028丁\n \n"
    document = from_bytes(text.encode(), "a.txt")
    assert document.text == text
    assert [document.slice(block.span) for block in document.blocks] == ["\u3000\u3000甲", "乙", "丙\u2028丁"]


def test_a_missing_file_a_folder_and_a_strange_suffix_say_what_they_are(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="文件不存在"):
        read(tmp_path / "没有.txt", "没有.txt")
    with pytest.raises(ReadError, match="文件不存在"):
        read(tmp_path / "没有.docx", "没有.docx")
    with pytest.raises(ReadError, match="是文件夹"):
        read(tmp_path, "夹")
    (tmp_path / "总结.log").write_text("完成整改。", "utf-8")
    assert read(tmp_path / "总结.log", "总结.log").format == "plain"
    (tmp_path / "总结.MD").write_text("# 总结", "utf-8")
    assert read(tmp_path / "总结.MD", "总结.MD").format == "markdown"


@pytest.mark.parametrize("suffix", [suffix for suffix, form in FORMATS.items() if not form.readable])
def test_a_known_format_without_a_reader_says_what_to_do(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"总结{suffix.upper()}"
    path.write_bytes(b"PK\x03\x04")
    with pytest.raises(ReadError, match=r"另存为|导出|安装"):
        read(path, path.name)


def test_a_file_without_end_is_not_read_to_its_end() -> None:
    if not Path("/dev/zero").exists():
        pytest.skip("no such device")
    with pytest.raises(ReadError, match="超过 1 MB"):
        read(Path("/dev/zero"), "/dev/zero", Limits(file_size=1))


def test_headings_are_their_words_with_their_level() -> None:
    text = "# 总结 #\n##一、无空格\n#1机组\n#碳达峰#行动\n\n标题\n===\n\n小标题\n---\n全文完。\n---\n"
    blocks = from_text(text, suffix=".md").blocks
    assert [(b.kind.value, b.level, text[b.span.start : b.span.end]) for b in blocks] == [
        ("heading", 1, "总结"),
        ("heading", 2, "一、无空格"),
        ("line", 0, "#1机组"),
        ("line", 0, "#碳达峰#行动"),
        ("heading", 1, "标题"),
        ("heading", 2, "小标题"),
        ("line", 0, "全文完。"),
        ("rule", 0, "---"),
    ]


def test_list_items_lose_their_bullet_and_keep_their_number() -> None:
    assert kinds("- 其一\n  续行\n- [x] 其二\n\n1. 第一\n2. 第二\n  * 嵌套\n*不是列表*\n") == [
        ("item", "其一"),
        ("line", "  续行"),
        ("item", "其二"),
        ("item", "1. 第一"),
        ("item", "2. 第二"),
        ("item", "嵌套"),
        ("line", "*不是列表*"),
    ]


def test_a_number_that_a_line_break_put_first_starts_no_list() -> None:
    assert [kind for kind, _ in kinds("全年完成投资\n2023. 其中一季度")] == ["line", "line"]


def test_table_cells_carry_their_place_and_the_row_of_dashes_is_none() -> None:
    text = "| 项目 | 数 |\n|:--|--:|\n| 甲\\|乙 | **3** |\n| 丙 |  |\n\n完。\n\na|b\n-|-\n1|2\n不是表格\n"
    blocks = from_text(text, suffix=".md").blocks
    cells = [(b.table, b.row, b.column, text[b.span.start : b.span.end]) for b in blocks if b.kind is BlockKind.CELL]
    assert cells == [
        (0, 0, 0, "项目"),
        (0, 0, 1, "数"),
        (0, 1, 0, "甲\\|乙"),
        (0, 1, 1, "**3**"),
        (0, 2, 0, "丙"),
        (1, 0, 0, "a"),
        (1, 0, 1, "b"),
        (1, 1, 0, "1"),
        (1, 1, 1, "2"),
    ]
    assert kinds(text)[-1] == ("line", "不是表格")


def test_code_is_set_apart_and_indented_prose_is_not_code() -> None:
    assert kinds("```py\nx = 1 <!-- a -->\n```\n\n    x = 1\n\n    y = 2\n\n    这是缩进的一段话。\n") == [
        ("code", "```py\nx = 1 <!-- a -->\n```"),
        ("code", "    x = 1\n\n    y = 2"),
        ("line", "    这是缩进的一段话。"),
    ]


def test_what_is_never_closed_does_not_hide_the_rest() -> None:
    assert kinds("```\n共26项。\n\n<!-- 注\n共29项。\n") == [
        ("code", "```"),
        ("line", "共26项。"),
        ("line", "<!-- 注"),
        ("line", "共29项。"),
    ]


def test_comments_are_cut_out_of_prose_headings_items_and_rows() -> None:
    text = "# 总结 <!-- a -->\n前文<!-- b -->后文 `<!-- 不是 -->`\n- 其一 <!-- c\n还是 --> 接着\n\n|甲|乙|<!-- d -->\n|-|-|\n"
    assert kinds(text) == [
        ("heading", "总结"),
        ("comment", "<!-- a -->"),
        ("line", "前文"),
        ("comment", "<!-- b -->"),
        ("line", "后文 `<!-- 不是 -->`"),
        ("item", "其一"),
        ("comment", "<!-- c\n还是 -->"),
        ("line", " 接着"),
        ("cell", "甲"),
        ("cell", "乙"),
        ("comment", "<!-- d -->"),
    ]


def test_front_matter_links_and_tags_are_not_prose() -> None:
    text = "---\ntitle: 总结\n---\n> 引用\n\n[1]: http://example.org\n\n<div align=center>\n[^1]: 注释\n***\n"
    assert [kind for kind, _ in kinds(text)] == ["meta", "line", "meta", "code", "line", "rule"]
    assert ("line", "引用") in kinds(text)
    assert kinds("---\n今年以来\n---\n")[0] == ("rule", "---")


MARKS = [
    "#",
    "# ",
    "-",
    "- ",
    "1. ",
    "|",
    "|-|-|",
    "```",
    "~~~",
    "<!--",
    "-->",
    "---",
    "===",
    "> ",
    "    ",
    "\t",
    "`",
    "\\",
    "[^1]: ",
]
MARKDOWN = st.lists(
    st.sampled_from([*MARKS, "\n", "\r\n", "\r", "甲乙", "一、", "abc", " ", "**", "。"]), max_size=60
).map("".join)


@given(MARKDOWN)
def test_markdown_blocks_ascend_without_overlap_and_lose_no_words(text: str) -> None:
    document = from_text(text, suffix=".md")
    assert isinstance(document, Document)
    end = 0
    for block in document.blocks:
        assert end <= block.span.start < block.span.end <= len(text)
        assert not set("甲乙一、。") & set(text[end : block.span.start])
        end = block.span.end
    assert not set("甲乙一、。") & set(text[end:])


@pytest.mark.parametrize(
    "unit", ["```a\n", "<!--\n", "<!--a-->\n", "|", "|a|\n|-|\n", "`", "> ", "- ", " ", "**", "#", "-->\n<!--", "`a "]
)
def test_hostile_markdown_is_scanned_in_linear_time(unit: str) -> None:
    from time import process_time

    def cost(size: int) -> float:
        started = process_time()
        from_text(unit * size, suffix=".md")
        return process_time() - started

    small = min(cost(2_000) for _ in range(3))
    assert cost(16_000) < max(40 * small, 0.5), "twice the size must not cost four times as much"
