"""Output: the words of the contract, carets right under wide characters, nothing that commands a terminal."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportlint.api import check_text
from reportlint.finding import Applicability, Finding, Fix, Message, Related, Replacement, Severity
from reportlint.lint import lint
from reportlint.reporters import REPORTERS, reporter
from reportlint.reporters.snippet import snippet
from reportlint.reporters.style import Style, wants_color, wants_links
from reportlint.result import Result
from reportlint.rule import Rule
from reportlint.run import Failure, Run
from reportlint.settings import Settings
from reportlint.sources import from_text
from reportlint.span import Span
from reportlint.width import visible, visible_cells, width

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
LINE = "省级督察反馈任务 26 项，已完成整改 29 项。"
WIDE = st.text(
    alphabet=st.sampled_from(list("完成整改29 项，“”—①％abc。\u3000\tе́é\u200b\x1b")), min_size=1, max_size=60
)


def finding(text: str, marked: str, *others: str, **more: object) -> Finding:
    """A finding at ``marked``, related to ``others``."""

    def place(word: str) -> Span:
        start = text.index(word)
        return Span(start, start + len(word))

    related = tuple(Related(place(word), "总数") for word in others)
    return Finding(place(marked), Message("不符", "wrong"), related, **more)  # type: ignore[arg-type]


def drawn(text: str, one: Finding, style: Style | None = None) -> list[str]:
    return list(snippet(from_text(text), one, "1;31", style or Style()))


def run_of(text: str, *found: Finding, path: str = "a.txt", **more: object) -> Run:
    """A run in which one rule found ``found`` in ``text``."""
    made = Rule("XX001", "test-rule", Severity.ERROR, lambda _: iter(found), "测试。", (), ())
    result = lint(from_text(text, path), [made])
    return Run((result,), **more)  # type: ignore[arg-type]


def text_of(run: Run, **style: object) -> str:
    return "".join(reporter("text")(run, Style(**style)))  # type: ignore[arg-type]


def json_of(run: Run, **style: object) -> dict[str, object]:
    parsed: dict[str, object] = json.loads("".join(reporter("json")(run, Style(**style))))  # type: ignore[arg-type]
    return parsed


def under(line: str, marks: str, character: str, ambiguous: int = 1) -> str:
    """What of ``line`` stands right over the ``character`` of ``marks``."""
    start, end = marks.index(character), marks.rindex(character) + 1
    at, over = 0, ""
    for one in line:
        if start <= at < end:
            over += one
        at += width(one, ambiguous)
    return over


def test_a_finding_is_printed_as_the_contract_says() -> None:
    printed = text_of(run_of(LINE, finding(LINE, "29 项", "26 项")))
    assert printed.splitlines()[:3] == [
        "a.txt:1:21: error XX001 test-rule 不符",
        "    1 | 省级督察反馈任务 26 项，已完成整改 【29 项】。",
        "      |                  -----               ^^^^^",
    ]


def test_on_a_terminal_the_place_is_coloured_and_no_brackets_are_added() -> None:
    line, marks = drawn(LINE, finding(LINE, "29 项", "26 项"), Style(color=True))
    assert "\x1b[1;31;4m29 项\x1b[0m" in line
    assert ESCAPE.sub("", line) == f"    1 | {LINE}"
    assert under(ESCAPE.sub("", line), ESCAPE.sub("", marks), "^") == "29 项"
    assert under(ESCAPE.sub("", line), ESCAPE.sub("", marks), "-") == "26 项"


@pytest.mark.parametrize("ambiguous", [1, 2])
def test_carets_allow_for_characters_of_ambiguous_width(ambiguous: int) -> None:
    text = "“三个创建”——①完成29项。"
    line, marks = drawn(text, finding(text, "29项"), Style(ambiguous=ambiguous))
    assert under(line, marks, "^", ambiguous) == "29项"
    assert marks.index("^") == 8 + 10 + ambiguous * 5 + 4 + 2 - 2


def test_a_related_place_on_another_line_has_its_own_snippet_and_says_what_it_is() -> None:
    text = f"共 26 项。\n\n{LINE[14:]}"
    assert drawn(text, finding(text, "29 项", "26 项")) == [
        "    3 | 已完成整改 【29 项】。",
        "      |              ^^^^^",
        "    1 | 共 【26 项】。",
        "      |      ----- 总数",
    ]


def test_long_lines_are_cut_to_the_neighbourhood() -> None:
    text = "甲" * 300 + "共26项" + "乙" * 300 + "已完成29项" + "丙" * 300
    lines = drawn(text, finding(text, "29项", "26项"), Style(columns=60))
    assert [width(line) <= 60 for line in lines] == [True] * 4
    assert lines[0].startswith("    1 | …乙")
    assert lines[0].endswith("丙…")
    assert under(lines[0], lines[1], "^") == "29项"
    assert under(lines[2], lines[3].removesuffix(" 总数"), "-") == "26项"


def test_a_finding_longer_than_the_line_shows_its_beginning() -> None:
    text = "甲" * 20 + "乙" * 200 + "丙"
    line, marks = drawn(text, finding(text, "乙" * 200), Style(columns=60))
    assert set(under(line, marks, "^")) == {"乙"}
    assert width(line) <= 60


def test_a_finding_over_several_lines_marks_each_of_them() -> None:
    text = "里程3.\n3万公里\n以上。"
    assert drawn(text, finding(text, "3.\n3万公里")) == [
        "    1 | 里程【3.】",
        "      |       ^^",
        "    2 | 【3万公里】",
        "      |   ^^^^^^^",
    ]
    many = "\n".join("一二三四五")
    assert drawn(many, finding(many, many))[-1] == "      | …"


def test_an_insertion_has_a_caret_of_its_own() -> None:
    text = "新增20问题。"
    one = Finding(Span(4, 4), Message("缺量词"))
    assert drawn(text, one) == ["    1 | 新增20【】问题。", "      |         ^"]
    assert drawn(text, Finding(Span(len(text), len(text)), Message("缺")))[1].endswith("^")


def test_many_related_places_are_not_all_shown() -> None:
    text = "\n".join(f"第{number}项" for number in range(12))
    one = Finding(Span(0, 2), Message("不符"), tuple(Related(Span(at * 4, at * 4 + 2), "部分") for at in range(1, 9)))
    lines = drawn(text, one)
    assert lines[-1] == "      | … 另有 2 处"
    assert len(lines) == 2 + 6 * 2 + 1


@given(WIDE, st.data())
def test_carets_always_stand_under_what_was_found(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    ambiguous = data.draw(st.sampled_from([1, 2]))
    columns = data.draw(st.sampled_from([40, 60, 200]))
    line, marks = drawn(text, Finding(Span(start, end), Message("不符")), Style(ambiguous=ambiguous, columns=columns))
    before, inside = line[: line.index("【") + 1], line[line.index("【") + 1 : line.rindex("】")]
    assert marks.index("^") == width(before, ambiguous)
    assert marks.count("^") == max(1, width(inside, ambiguous))
    assert visible(text[start:end]).startswith(inside)
    assert inside == visible(text[start:end]) or width(line, ambiguous) > columns - 14
    assert width(line, ambiguous) <= columns


@given(st.text(max_size=80))
def test_nothing_printed_commands_a_terminal(text: str) -> None:
    shown = visible(text)
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b-\u200f\ud800-\udfff]", shown)
    shown.encode("utf-8")
    run = run_of(f"甲{text}乙", Finding(Span(0, 1), Message(text or "空"), suggestion=text), path=text or "a")
    printed = text_of(run, color=True)
    assert "\x1b" not in ESCAPE.sub("", printed)
    assert ESCAPE.sub("", printed).count("\n") == len(printed.splitlines())
    printed.encode("utf-8")


@given(WIDE)
def test_width_is_the_sum_of_its_characters(text: str) -> None:
    assert width(text) == sum(map(width, text))
    assert sum(visible_cells(text)) == width(visible(text))
    assert width(text) <= width(text, 2)


def test_cells_of_some_characters() -> None:
    assert [width(one) for one in "a完，Ａ①“é"] == [1, 2, 2, 2, 1, 1, 1]
    assert [width(one, 2) for one in "a①“—×"] == [1, 2, 2, 2, 2]
    assert width("e\u0301") == 1


def test_width_is_that_of_unicode() -> None:
    for character in map(chr, (*range(0xD800), *range(0xE000, 0x10000))):
        kind = unicodedata.east_asian_width(character)
        for ambiguous in (1, 2):
            cells = 2 if kind in "WF" else ambiguous if kind == "A" else 1
            if unicodedata.category(character) in ("Mn", "Me", "Cf") and not character.isascii():
                cells = 0
            assert width(character, ambiguous) == cells, ascii(character)


def test_the_last_line_sums_up_and_says_what_was_left_out() -> None:
    from collections import Counter

    from reportlint.discovery import Reason

    skipped = Counter({Reason.NO_READER: 2, Reason.IGNORED: 1})
    run = run_of(LINE, finding(LINE, "29 项"), failures=(Failure("b.txt", "文件不存在"),), skipped=skipped)
    assert text_of(run).splitlines()[-1] == (
        "检查 2 个文件（1 个未能检查）：错误 1，警告 0，提示 0；识别数据 2 个，核对关系 0 处，0 处未能核对；"
        "跳过 3 个（忽略清单中 1，暂不能读取的文档 2）"
    )
    assert text_of(run, lang="en").splitlines()[-1] == (
        "Checked 2 files (1 failed): 1 error, 0 warnings, 0 infos; 2 figures recognised, 0 relations checked, 0 not checkable; "
        "skipped 3 (listed as ignored: 1, no reader for this format: 2)"
    )
    assert text_of(run, quiet=True).splitlines()[-1] == ""
    assert "没有发现问题" in text_of(run_of(LINE))
    assert "没有发现问题" not in text_of(Run(failures=(Failure("b.txt", "文件不存在"),))), "unreadable is never clean"


def test_english_output_has_english_messages() -> None:
    assert "test-rule wrong" in text_of(run_of(LINE, finding(LINE, "29 项")), lang="en")
    (found,) = json_of(run_of(LINE, finding(LINE, "29 项")), lang="en")["findings"]  # type: ignore[misc]
    assert found["message"] == "wrong"


def test_stats_name_every_rule_that_did_something() -> None:
    run = Run((check_text("共26项，已完成29项。", "a.txt", select="NM101"),))
    assert text_of(run, stats=True).splitlines()[4:6] == [
        "规则                        发现  核对关系  未能核对",
        "NM101  count-exceeds-total     1         1         0",
    ]
    (row,) = json_of(run, stats=True)["stats"]  # type: ignore[misc]
    assert row == {"code": "NM101", "rule": "count-exceeds-total", "findings": 1, "checked": 1, "abstained": 0}


def test_json_is_as_the_contract_says() -> None:
    text = "\ufeff总结\r\n" + LINE
    fix = Fix("改为 26", Applicability.DISPLAY, (Replacement(Span(25, 27), "26"),))
    one = finding(text, "29 项", "26 项", fix=fix, suggestion="26 项")
    report = json_of(run_of(text, one))
    assert list(report) == ["version", "tool", "files", "findings", "summary"]
    assert report["version"] == 1
    (found,) = report["findings"]  # type: ignore[misc]
    assert len(found.pop("fingerprint")) == 16
    assert found == {
        **{"path": "a.txt", "line": 2, "column": 21, "end_line": 2, "end_column": 25},
        **{
            "code": "XX001",
            "rule": "test-rule",
            "severity": "error",
            "message": "不符",
            "text": "29 项",
            "suggestion": "26 项",
        },
        "related": [{"line": 2, "column": 10, "end_line": 2, "end_column": 14, "message": "总数"}],
        "fix": {
            "title": "改为 26",
            "applicability": "display",
            "replacements": [{"line": 2, "column": 21, "end_line": 2, "end_column": 23, "text": "26"}],
        },
    }
    assert report["files"] == [
        {
            **{"path": "a.txt", "encoding": "utf-8", "characters": len(text), "status": "ok", "skipped": None},
            **{"quantities": 2, "relations_checked": 0, "relations_abstained": 0},
        }
    ]
    assert report["summary"] == {
        **{"files": 1, "failed": 0, "error": 1, "warning": 0, "info": 0, "fixable": 0, "suppressed": 0, "baselined": 0},
        "skipped": {},
    }


def test_json_counts_columns_in_code_points_and_keeps_every_character() -> None:
    text = "𠮷野家“共\u202829项”\x0b\ud83d"
    report = json_of(run_of(text, finding(text, "29项")))
    (found,) = report["findings"]  # type: ignore[misc]
    assert (found["column"], found["end_column"], found["text"]) == (7, 10, "29项")


def test_findings_and_files_are_sorted() -> None:
    results: list[Result] = []
    for path in ("b.txt", "a.txt", "A.txt"):
        results.extend(run_of(LINE, finding(LINE, "29 项"), finding(LINE, "26 项"), path=path).results)
    report = json_of(Run(tuple(sorted(results, key=lambda result: result.document.path)), (Failure("aa", "坏"),)))
    assert [file["path"] for file in report["files"]] == ["A.txt", "a.txt", "aa", "b.txt"]  # type: ignore[attr-defined]
    places = [(found["path"], found["column"]) for found in report["findings"]]  # type: ignore[attr-defined]
    assert places == sorted(places)


def test_colour_follows_the_option_then_the_environment_then_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert wants_color("auto", terminal=True)
    assert not wants_color("auto", terminal=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert wants_color("auto", terminal=False)
    monkeypatch.setenv("NO_COLOR", "1")
    assert not wants_color("auto", terminal=True)
    assert wants_color("always", terminal=False)
    assert not wants_color("never", terminal=True)


def test_every_reporter_in_the_table_can_be_had() -> None:
    for name in REPORTERS:
        assert "".join(reporter(name)(Run(problem="没有规则"), Style()))


def test_documents_of_a_real_report_are_drawn_without_a_slip(seeds: Path) -> None:
    for path in sorted(seeds.glob("*.txt")):
        text = path.read_text("utf-8")
        result = check_text(text, path.name)
        for diagnostic in result.diagnostics:
            line, marks, *_ = snippet(result.document, diagnostic.finding, "1;31", Style(ambiguous=2))
            first = result.document.line(result.document.position(diagnostic.span.start).line)
            place = visible(result.document.slice(Span(diagnostic.span.start, min(diagnostic.span.end, first.end))))
            assert place.startswith(under(line, marks, "^", 2).rstrip("】")) or not place


def test_rule_codes_are_links_only_where_the_terminal_can_show_them(monkeypatch: pytest.MonkeyPatch) -> None:
    run = run_of(LINE, finding(LINE, "29 项"))
    url = "https://docs.test/rules/{code}/{name}"
    link = "\x1b]8;;https://docs.test/rules/XX001/test-rule\x1b\\XX001\x1b]8;;\x1b\\"
    assert link in text_of(run, color=True, links=True, docs_url=url)
    for style in ({"links": False, "docs_url": url}, {"links": True}):
        assert "\x1b]" not in text_of(run, color=True, **style)
    for name in ("FORCE_HYPERLINK", "TMUX", "CI", "VTE_VERSION", "WT_SESSION", "TERM_PROGRAM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert not wants_links(terminal=True)
    monkeypatch.setenv("VTE_VERSION", "4900")
    assert not wants_links(terminal=True)
    monkeypatch.setenv("VTE_VERSION", "7600")
    assert wants_links(terminal=True)
    assert not wants_links(terminal=False)
    monkeypatch.setenv("TMUX", "1")
    assert not wants_links(terminal=True)
    monkeypatch.setenv("FORCE_HYPERLINK", "1")
    assert wants_links(terminal=False)
    assert Style.of(Settings(color="never"), None).links is False, "without colour no links"
