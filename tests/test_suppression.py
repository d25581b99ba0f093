"""Directives: which findings they excuse, how far they reach, and what is said of useless ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import analysis
from reportlint.api import check_file, check_text
from reportlint.finding import Severity
from reportlint.result import Result
from reportlint.suppression import Directive, Malformed, directives, written

WRONG = "共26项，已完成29项。"


def check(text: str, **options: object) -> Result:
    """Only NM101 and the linter's own rules look at ``text``, as Markdown."""
    return check_text(text, "总结.md", **{"select": "NM101", **options})


def found(text: str, **options: object) -> list[tuple[str, int]]:
    """Code and line of every finding."""
    result = check(text, **options)
    return [(d.rule.code, result.document.position(d.span.start).line) for d in result.diagnostics]


def orders(comment: str) -> list[tuple[str, str, str]]:
    return [(one.code, one.text, one.reason) for one in directives(analysis(f"# 总结\n\n{comment}\n甲。\n", ".md"))]


def problems(comment: str) -> list[str]:
    return [
        one.problem.zh for one in written(analysis(f"# 总结\n\n{comment}\n甲。\n", ".md")) if isinstance(one, Malformed)
    ]


def test_a_directive_on_the_line_before_excuses_the_paragraph() -> None:
    result = check(f"<!-- reportlint: ignore[NM101] 已核对 -->\n{WRONG}\n")
    assert (result.diagnostics, result.suppressed) == ((), 1)
    assert found(f"<!-- reportlint: ignore[NM101] -->\n\n{WRONG}\n") == []


def test_a_directive_at_the_end_excuses_the_paragraph() -> None:
    assert found(f"{WRONG} <!-- reportlint: ignore[NM101] 已核对 -->\n") == []
    assert found(f"{WRONG}\n<!-- reportlint: ignore[NM101] 已核对 -->\n\n{WRONG}\n") == [("NM101", 4)]
    assert found(f"{WRONG}\n<!-- reportlint: ignore[NM101] 已核对 -->") == []


def test_a_directive_reaches_no_other_paragraph() -> None:
    assert found(f"<!-- reportlint: ignore[NM101] -->\n{WRONG}\n\n{WRONG}\n") == [("NM101", 4)]
    assert found(f"{WRONG}\n\n{WRONG} <!-- reportlint: ignore[NM101] -->\n\n{WRONG}\n") == [("NM101", 1), ("NM101", 5)]


def test_directives_in_a_row_are_about_the_same_paragraph() -> None:
    row = "<!-- reportlint: ignore[NM101] -->\n<!-- reportlint: ignore[AB999] -->"
    assert found(f"{row}\n{WRONG}\n") == [("RL002", 2)]
    assert found(f"{WRONG}\n{row}\n\n{WRONG}\n") == [("RL002", 3), ("NM101", 5)]


def test_a_directive_covers_headings_items_and_lines_that_go_on() -> None:
    assert found(f"<!-- reportlint: ignore[NM101] -->\n# {WRONG}\n") == []
    assert found(f"- {WRONG} <!-- reportlint: ignore[NM101] -->\n- {WRONG}\n") == [("NM101", 2)]
    text = "全年反馈问题涉及大气、水、土壤等多个领域，\n共26项，已完成29项。"
    assert found(f"<!-- reportlint: ignore[NM101] -->\n{text}\n") == []


def test_a_directive_before_a_table_covers_it_and_behind_a_row_the_row() -> None:
    rows = f"| 事项 | 情况 |\n|---|---|\n| 甲 | {WRONG} |\n| 乙 | {WRONG} |"
    assert found(f"{rows}\n") == [("NM101", 3), ("NM101", 4)]
    assert found(f"<!-- reportlint: ignore[NM101] -->\n\n{rows}\n\n{WRONG}\n") == [("NM101", 8)]
    assert found(rows.replace("项。 |\n| 乙", "项。 | <!-- reportlint: ignore[NM101] -->\n| 乙") + "\n") == [
        ("NM101", 4)
    ]


def test_naming_the_text_keeps_the_rest_checked() -> None:
    text = "督察反馈共26项，已完成29项。巡察反馈共15项，已完成18项。"
    assert found(f"{text}\n") == [("NM101", 1), ("NM101", 1)]
    result = check(f'<!-- reportlint: ignore[NM101 "29项"] 含上年结转 -->\n{text}\n')
    assert [result.document.slice(d.span) for d in result.diagnostics] == ["18项"]
    assert found(f"<!-- reportlint: ignore[NM101 “已完成29项”] -->\n{text}\n") == [("NM101", 2)]
    assert ("RL001", 1) in found(f'<!-- reportlint: ignore[NM101 "30项"] -->\n{text}\n')


def test_a_directive_may_name_several_rules_prefixes_and_names() -> None:
    for selector in ("NM", "NM1", "nm101", "count-exceeds-total", "NM101,TY001", "TY001 , NM101"):
        assert found(f"<!-- reportlint: ignore[{selector}] -->\n{WRONG}\n") == []


def test_the_words_of_a_directive_are_read() -> None:
    assert orders('<!-- reportlint: ignore[NM101 "29 项, ]", TY] 已 核对 -->') == [
        ("NM101", "29 项, ]", "已 核对"),
        ("TY", "", "已 核对"),
    ]
    assert orders("<!--reportlint：ignore[NM101，TY001]-->") == [("NM101", "", ""), ("TY001", "", "")]
    assert orders('<!-- reportlint: ignore[NM101\n"29项"]\n理由 -->') == [("NM101", "29项", "理由")]
    assert orders("<!-- reportlinter: ignore[NM101] -->") == []
    assert orders("<!-- 见 reportlint: ignore[NM101] -->") == []


@pytest.mark.parametrize(
    ("comment", "word"),
    [
        ("<!-- reportlint -->", "应写作"),
        ("<!-- reportlint: ignore -->", "应写作"),
        ("<!-- reportlint ignore[NM101] -->", "应写作"),
        ("<!-- reportlint: disable[NM101] -->", "应写作"),
        ("<!-- reportlint: ignore[] -->", "没有写规则代码"),
        ("<!-- reportlint: ignore[NM101 -->", "没有以 ] 结束"),
        ("<!-- reportlint: ignore[NM101 29项] -->", "看不懂"),
        ("<!-- reportlint: ignore[NM101 TY001] -->", "看不懂"),
        ('<!-- reportlint: ignore["29项"] -->', "看不懂"),
    ],
)
def test_a_malformed_directive_is_told_with_what_is_wrong(comment: str, word: str) -> None:
    assert [word in problem for problem in problems(comment)] == [True]
    assert found(f"# 总结\n\n{comment}\n甲。\n") == [("RL003", 3)]


def test_an_unused_directive_is_reported_at_its_code() -> None:
    result = check("# 总结\n\n<!-- reportlint: ignore[NM101] 已核对 -->\n各项工作有序推进。\n")
    (unused,) = result.diagnostics
    assert (unused.rule.code, unused.severity, result.document.slice(unused.span)) == (
        "RL001",
        Severity.WARNING,
        "NM101",
    )


def test_a_directive_is_unused_only_if_its_rules_ran() -> None:
    text = "# 总结\n\n<!-- reportlint: ignore[NM101, TY001] -->\n各项工作有序推进。\n"
    assert [code for code, _ in found(text)] == ["RL001"]
    assert [code for code, _ in found(text, select="NM101,TY001")] == ["RL001", "RL001"]
    assert found(text, select="PH001") == []
    assert found("<!-- reportlint: ignore[NM] -->\n各项工作有序推进。\n") == [], "other rules of the family did not run"
    assert found("<!-- reportlint: ignore[NM] -->\n各项工作有序推进。\n", select="NM") == [("RL001", 1)]


def test_an_unknown_rule_in_a_directive_is_reported_with_the_nearest_one() -> None:
    result = check(f"<!-- reportlint: ignore[NM1011] -->\n{WRONG}\n")
    unknown, wrong = result.diagnostics
    assert (unknown.rule.code, unknown.finding.suggestion, wrong.rule.code) == ("RL002", "NM101", "NM101")


def test_the_linters_own_rules_can_be_switched_off() -> None:
    text = "<!-- reportlint: ignore[NM101, AB999] --><!-- reportlint -->\n各项工作有序推进。\n"
    assert {code for code, _ in found(text)} == {"RL001", "RL002", "RL003"}
    assert found(text, ignore="RL") == []


def test_plain_text_carries_no_directives() -> None:
    result = check_text(f"<!-- reportlint: ignore[NM101] -->\n{WRONG}\n", "总结.txt", select="NM101")
    assert [d.rule.code for d in result.diagnostics] == ["NM101"]


def configured(folder: Path, **entry: str) -> list[str]:
    """The codes found in ``drafts/总结.txt`` with one exemption."""
    (folder / "drafts").mkdir(exist_ok=True)
    (folder / "drafts" / "总结.txt").write_text(WRONG, "utf-8")
    lines = "".join(f"{key} = '{value}'\n" for key, value in entry.items())
    (folder / "reportlint.toml").write_text(f"[[ignore]]\n{lines}", "utf-8")
    return [d.rule.code for d in check_file(folder / "drafts" / "总结.txt", select="NM101").diagnostics]


@pytest.mark.parametrize(
    "path",
    ["", "drafts/总结.txt", "/drafts/总结.txt", "drafts/", "drafts", "总结.txt", "*.txt", "drafts/**", "**/总结.*"],
)
def test_the_configuration_excuses_places_in_files(tmp_path: Path, path: str) -> None:
    assert configured(tmp_path, path=path, code="NM101", text="29项", reason="含上年结转") == []


@pytest.mark.parametrize("path", ["/总结.txt", "other/总结.txt", "*.md", "draft"])
def test_the_configuration_excuses_nothing_elsewhere(tmp_path: Path, path: str) -> None:
    assert configured(tmp_path, path=path, code="NM101") == ["NM101"]


def test_an_exemption_that_names_this_very_file_is_reported_when_unused(tmp_path: Path) -> None:
    assert configured(tmp_path, path="drafts/总结.txt", code="NM101", text="30项") == ["RL001", "NM101"]
    assert configured(tmp_path, path="drafts/", code="NM101", text="30项") == ["NM101"], "another file may need it"
    assert configured(tmp_path, code="NM101", text="30项") == ["NM101"]


def test_an_exemption_for_an_unknown_rule_is_an_error(tmp_path: Path) -> None:
    from reportlint.errors import SettingsError

    with pytest.raises(SettingsError, match="AB999"):
        configured(tmp_path, code="AB999")


def test_a_named_text_excuses_what_it_shares_a_character_with() -> None:
    document = analysis("共26项，已完成29项，29项。", ".md").document
    (diagnostic,) = check_text(document.text, select="NM101").diagnostics
    for text, excused in (
        ("29项", True),
        ("完成29", True),
        ("9", True),
        ("26项", False),
        ("没有", False),
        (document.text, True),
    ):
        assert Directive("NM101", text).excuses(document, diagnostic.rule, diagnostic.finding) is excused
