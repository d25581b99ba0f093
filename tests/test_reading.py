"""The reading: what is folded, dropped and joined, and that every place leads back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from conftest import analysis, document
from reportlint.analysis import Analysis
from reportlint.document import BlockKind
from reportlint.emphasis import bold_marks
from reportlint.span import Span

MIXED = st.text(
    alphabet=st.sampled_from(list("共已完成29项，。；（）() ,.*_{}[]０１２％％PM25\u3000\u00a0\r\nＸ“”#|-一、二")),
    max_size=120,
)


def read(text: str) -> str:
    return analysis(text).reading.text


def test_spaces_around_numbers_are_dropped() -> None:
    assert read("截至 6 月 27 日，共 26 项。") == "截至6月27日，共26项。"


def test_full_width_digits_and_percent_are_folded() -> None:
    assert read("优良率８５．３％。") == "优良率85.3%。"


def test_half_width_punctuation_between_chinese_is_widened() -> None:
    assert (
        read("任务共15项,已完成13项;其中(国控)6个,抽检1,297辆,会议10:25开始。")
        == "任务共15项，已完成13项；其中（国控）6个，抽检1,297辆，会议10:25开始。"
    )


def test_a_full_width_comma_within_a_figure_parts_thousands() -> None:
    assert read("受理1，806件，金额1，234，567.5元，共１，７５３人。") == "受理1,806件，金额1,234,567.5元，共1,753人。"
    same = "位列第12，300户受益；PM2.5，120个点位；增长85%，100户；3.5，210；1，20户，1，2345户。"
    assert read(same) == same


def test_a_number_broken_over_lines_is_whole_again() -> None:
    lines = (
        "五年来全省新增公路里程持续增长，路网结构明显优化，其中高速公路3.\n3万公里，新建机场12个，各项工程按期推进。"
    )
    assert "3.3万公里" in read(lines)


def test_subscript_markup_is_dropped() -> None:
    assert read("PM_{2.5}浓度为PM₂.₅的监测值。") == "PM2.5浓度为PM2.5的监测值。"


def test_words_of_latin_letters_keep_their_space() -> None:
    assert read("采用 Chl a 和 GB 3095 标准。") == "采用Chl a和GB 3095标准。"


def test_bold_marks_are_dropped_and_placeholders_stay() -> None:
    assert read("**大气方面**，完成整改**项。") == "大气方面，完成整改**项。"


def test_bold_and_placeholder_are_told_apart() -> None:
    assert len(list(bold_marks("组织学习**次，干部集中学习**次。"))) == 0
    assert len(list(bold_marks("**1.压实责任。**强化督导，**重点**企业全部达标。"))) == 4


@given(MIXED)
def test_every_reading_character_stands_in_the_document(text: str) -> None:
    found = analysis(text)
    for at in range(len(found.reading.text)):
        span = found.span(Span(at, at + 1))
        assert 0 <= span.start <= span.end <= len(text)


@given(MIXED)
def test_places_in_the_reading_ascend_in_the_document(text: str) -> None:
    found = analysis(text)
    starts = [found.span(Span(at, at + 1)).start for at in range(len(found.reading.text))]
    assert starts == sorted(starts)


@given(MIXED)
def test_sentences_cover_the_reading_without_overlap(text: str) -> None:
    found = analysis(text)
    end = 0
    for sentence in found.sentences:
        assert sentence.at.start >= end
        assert not found.reading.text[end : sentence.at.start].strip("\n")
        end = sentence.at.end
    assert not found.reading.text[end:].strip("\n")


def kinds(text: str) -> list[tuple[str, int]]:
    return [(paragraph.kind.value, len(paragraph.spans)) for paragraph in analysis(text).paragraphs]


def test_headings_are_not_joined_with_what_follows() -> None:
    assert kinds("一、工作开展情况\n\n今年以来，全局上下齐心协力，各项工作有序推进。") == [
        ("heading", 1),
        ("paragraph", 1),
    ]


def test_a_sentence_cut_by_a_blank_line_is_one_paragraph() -> None:
    text = "督察反馈问题共108个，限期整改的88个已\n\n全部整改销号，长期坚持的20个均达到时序进度。"
    (paragraph,) = analysis(text).paragraphs
    assert paragraph.cut == (1,)


def test_signatures_stay_apart() -> None:
    text = "以上报告，请予审议，不足之处请批评指正，我们将继续努力。\n临溪县民政局\n2025年1月15日"
    assert kinds(text) == [("paragraph", 1)] * 3


def test_page_numbers_do_not_cut_a_sentence() -> None:
    text = "督察反馈问题共108个，涉及大气、水、土壤等多个领域，限期整改的88个已\n\n- 3 -\n\n全部整改销号，长期坚持的20个均达到时序进度。"
    assert len(analysis(text).paragraphs) == 1


def test_hard_wrapped_text_becomes_paragraphs() -> None:
    body = "今年以来全县生态环境保护工作在县委县政府的坚强领导下紧紧围绕年度目标任务，" * 6
    wrapped = "\n".join(body[at : at + 30] for at in range(0, len(body), 30))
    assert len(analysis(wrapped).paragraphs) == 1


def test_metadata_of_a_web_page_is_set_apart() -> None:
    found = analysis("发布日期:2023-07-17 10:25 来源:某市生态环境局\n\n今年以来，各项工作有序推进。")
    assert found.paragraphs[0].kind is BlockKind.META


def test_an_empty_document_has_no_paragraphs() -> None:
    assert Analysis(document("")).paragraphs == ()
    assert Analysis(document("\n \n")).reading.text == ""
