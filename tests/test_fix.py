"""Fixes: what is changed, what never is, and what the command line says of it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from click.testing import Result
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import runner
from reportlint.api import check_document
from reportlint.cli import cli
from reportlint.document import Document
from reportlint.examples import unmark
from reportlint.finding import Applicability, Replacement
from reportlint.fix import fixed, narrow
from reportlint.registry import rules
from reportlint.rule import Rule
from reportlint.settings import Settings
from reportlint.sources import from_bytes
from reportlint.sources.decoding import encode
from reportlint.span import Span

POINTS = "优良率为68.5%，同比提高10.5个百分比。"
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "gb18030")


def run(*args: str | Path, stdin: bytes | None = None) -> Result:
    return runner().invoke(cli, [str(arg) for arg in args], input=stdin, standalone_mode=False)


def status(done: Result) -> int:
    assert done.exception is None, done.exception
    assert isinstance(done.return_value, int)
    return done.return_value


def mended(
    text: str, least: Applicability = Applicability.UNSAFE, suffix: str = ".txt", encoding: str = "utf-8"
) -> str:
    def check(document: Document) -> object:
        return check_document(document, Path("a" + suffix), Settings())

    done = fixed(encode(text, encoding), "a" + suffix, suffix, check, least)  # type: ignore[arg-type]
    return from_bytes(done.data, "a", suffix).text


def test_safe_fixes_are_written_and_unsafe_ones_left(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(f"{POINTS}与各乡镇签定目标责任书。\n", "utf-8")
    done = run("fix", file)
    assert status(done) == 1  # 签定 remains
    assert file.read_text("utf-8") == f"{POINTS.replace('百分比', '百分点')}与各乡镇签定目标责任书。\n"
    assert "修正 1 处" in done.stdout
    assert "--unsafe-fixes" in done.stderr
    assert status(run("check", "--fix", "--unsafe-fixes", file)) == 0
    assert "签订" in file.read_text("utf-8")


def test_a_number_is_never_changed(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    text = "共26项，已完成29项。2024年2月30日，信访总量同比下降120%。\n"
    file.write_text(text, "utf-8")
    assert status(run("fix", "--unsafe-fixes", file)) == 1
    assert file.read_text("utf-8") == text


def test_diff_shows_the_change_and_writes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(f"第一行\r\n{POINTS}".encode("gb18030"))
    before = file.read_bytes()
    done = run("fix", "--diff", file)
    assert status(done) == 1
    assert f"-{POINTS}\n\\ No newline at end of file\n" in done.stdout
    assert f"+{POINTS.replace('百分比', '百分点')}\n" in done.stdout
    assert file.read_bytes() == before
    file.write_text("各项工作有序推进。\n", "utf-8")
    done = run("fix", "--diff", file)
    assert status(done) == 0 and done.stdout == ""
    assert status(run("fix", "--diff", file, tmp_path / "missing.txt")) == 2


def test_standard_input_comes_back_fixed_byte_for_byte() -> None:
    data = ("\ufeff" + f"甲\r\n{POINTS}\r").encode("utf-16-le")
    done = run("fix", "-", stdin=data)
    assert done.stdout_bytes == data.replace("百分比".encode("utf-16-le"), "百分点".encode("utf-16-le"))
    assert status(done) == 0 and "修正 1 处" in done.stderr


def test_clean_standard_input_comes_back_as_it_was() -> None:
    data = "各项工作有序推进。\n".encode()
    done = run("fix", "-", stdin=data)
    assert done.stdout_bytes == data and status(done) == 0


@pytest.mark.skipif(os.name == "nt", reason="modes and links of Unix")
def test_mode_and_links_are_kept_and_nothing_is_left_behind(tmp_path: Path) -> None:
    real = tmp_path / "real.txt"
    real.write_text(POINTS, "utf-8")
    real.chmod(0o640)
    link = tmp_path / "link.txt"
    link.symlink_to(real)
    assert status(run("fix", link)) == 0
    assert link.is_symlink() and "个百分点" in real.read_text("utf-8")
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.txt", "real.txt"]


def test_a_read_only_file_is_told_and_left(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(POINTS, "utf-8")
    file.chmod(0o444)
    done = run("fix", file)
    assert status(done) == 2
    assert "a.txt" in done.stderr and "只读" in done.stderr
    assert file.read_text("utf-8") == POINTS


def test_a_file_without_fixes_is_not_written(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("共26项，已完成29项。\n", "utf-8")
    os.utime(file, (1, 1))
    run("fix", file)
    assert file.stat().st_mtime == 1


def test_a_file_that_cannot_be_read_is_an_error_and_the_others_are_fixed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\x89PNG\0\0\0")
    (tmp_path / "b.txt").write_text(POINTS, "utf-8")
    assert status(run("fix", tmp_path)) == 2
    assert "个百分点" in (tmp_path / "b.txt").read_text("utf-8")


def test_an_excused_place_is_not_fixed(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    text = f"<!-- reportlint: ignore[NM104] 原文如此 -->\n{POINTS}\n"
    file.write_text(text, "utf-8")
    assert status(run("fix", "--unsafe-fixes", file)) == 0
    assert file.read_text("utf-8") == text


def test_the_configuration_may_ask_for_fixes(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(POINTS, "utf-8")
    (tmp_path / "reportlint.toml").write_text("fix = true\n", "utf-8")
    assert status(run("check", file)) == 0
    assert "个百分点" in file.read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "span", "new", "expected"),
    [
        ("执法大便兵", (0, 5), "执法大练兵", ((3, 4), "练")),
        ("执法大\n便兵", (0, 6), "执法大练兵", ((4, 5), "练")),
        ("签**定**", (0, 4), "签订", ((3, 4), "订")),
        ("新污染治理", (0, 5), "新污染物治理", ((3, 3), "物")),
        ("督督察", (0, 3), "督察", ((1, 2), "")),
        ("甲 a\nb 乙", (0, 7), "甲cd乙", None),
        ("&nbsp;", (0, 6), "", ((0, 6), "")),
    ],
)
def test_a_fix_is_narrowed_to_what_differs(
    text: str, span: tuple[int, int], new: str, expected: tuple[tuple[int, int], str] | None
) -> None:
    narrowed = narrow(text, Replacement(Span(*span), new))
    assert narrowed == (None if expected is None else Replacement(Span(*expected[0]), expected[1]))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("出动执法人员&nbsp;120人次。", "出动执法人员120人次。"),
        ("他说&ldquo;好&rdquo;，温差3&#176;。", "他说“好”，温差3°。"),
        ("A&nbsp;B组", "A B组"),
        ("全市PM_{2.5}浓度改善。", "全市PM2.5浓度改善。"),
    ],
)
def test_marks_of_web_pages_become_what_they_stand_for(text: str, expected: str) -> None:
    assert mended(text, Applicability.SAFE) == expected


def test_in_markdown_a_character_reference_may_be_meant() -> None:
    assert mended("当x&lt;3时预警。", suffix=".md") == "当x&lt;3时预警。"


BAD = [(rule, bad) for rule in rules() for bad in rule.bad if rule.family != "RL"]


@pytest.mark.parametrize(("rule", "bad"), BAD, ids=lambda one: one.code if isinstance(one, Rule) else "")
def test_a_fix_leaves_its_rule_silent(rule: Rule, bad: str) -> None:
    text, _ = unmark(bad)
    only = Settings().overridden(select=[rule.code])

    def check(document: Document) -> object:
        return check_document(document, Path("a.txt"), only)

    data = text.encode()
    done = fixed(data, "a.txt", ".txt", check, Applicability.UNSAFE)  # type: ignore[arg-type]
    left = [one for one in done.result.diagnostics if one.rule is rule]
    assert not [one for one in left if one.finding.fix and one.finding.fix.applicability > Applicability.DISPLAY]
    assert (done.data == data) == (done.applied == 0)


PIECES = st.sampled_from(
    [
        "同比提高10.5个百分比。",
        "与各乡镇签定目标责任书，",
        "出动执法人员&nbsp;120人次。",
        "截止6月底，共26项，已完成29项。",
        "开展执法大便兵活动，",
        "长期坚持的20问题均达到时序进度。",
        "各项工作有序推进。",
        "\n",
        "\r\n",
        "\r",
        "　　",
        "\u2028",
        "**重点**",
        "A&B公司",
        "𠮷",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=8).map("".join), st.sampled_from(ENCODINGS), st.sampled_from([".txt", ".md"]))
def test_fixes_converge_and_keep_encoding_and_line_ends(text: str, encoding: str, suffix: str) -> None:
    data = encode(text + "全市工作总结。", encoding)

    def check(document: Document) -> object:
        return check_document(document, Path("a" + suffix), Settings())

    once = fixed(data, "a", suffix, check, Applicability.UNSAFE)  # type: ignore[arg-type]
    twice = fixed(once.data, "a", suffix, check, Applicability.UNSAFE)  # type: ignore[arg-type]
    assert twice.data == once.data and twice.applied == 0
    after = once.result.document
    assert after.encoding == once.before.encoding == encoding or text == ""
    breaks = [len(document.line_starts) for document in (once.before, after)]
    codes = {one.rule.code for one in check_document(once.before, Path("a"), Settings()).diagnostics}
    # Lines are joined by one rule (once marks are gone, too), and passages taken out, with the line that they stand on, by another.
    assert codes & {"ST001", "ST006", "RS002"} or breaks[0] == breaks[1]
    digits = ["".join(filter(str.isdigit, document.text)) for document in (once.before, after)]
    assert "ST006" in codes or digits[0] == digits[1]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["个百分比", "签定", "好", "\r\n", "\n", "，", "同比提高3"]), max_size=10).map("".join),
    st.sampled_from(ENCODINGS),
)
def test_every_byte_outside_a_replacement_stays(text: str, encoding: str) -> None:
    from reportlint.sources.plain import rewritten

    data = encode(text, encoding)
    document = from_bytes(data, "a", ".txt") if data else Document("")
    places = [Span(at, at + 2) for at in range(len(text)) if text.startswith("签定", at)]
    changed, left = rewritten(data, document, [Replacement(span, "签订") for span in places], tracked=True)
    assert not left
    assert changed == encode(text.replace("签定", "签订"), encoding)


def test_a_directive_that_excuses_nothing_can_be_taken_out() -> None:
    text = "# 总结\n\n<!-- reportlint: ignore[NM101] 已核对 -->\n各项工作有序推进。\n"
    assert mended(text, suffix=".md") == "# 总结\n\n\n各项工作有序推进。\n"
    assert mended(text, Applicability.SAFE, suffix=".md") == text
    two = text.replace("[NM101]", "[NM101, NM102]")
    assert mended(two, suffix=".md") == two


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("字号：大 中 小\r\n打印本页\r\n全市质量改善。\r\n关闭窗口", "全市质量改善。\r\n"),
        ("5个工作日，<br>免费刻制印章。<br>办结率提高。<br>", "5个工作日，免费刻制印章。\n办结率提高。"),
    ],
)
def test_what_a_web_page_left_goes_without_a_trace(text: str, expected: str) -> None:
    assert mended(text) == expected
