"""Output for servers and reviews: each format read back by a reader of that format; what failed shows in every one."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportlint.api import check_text
from reportlint.discovery import Failure
from reportlint.document import Block, BlockKind, Document
from reportlint.finding import Applicability, Finding, Fix, Message, Related, Replacement, Severity
from reportlint.lint import lint
from reportlint.reporters import REPORTERS, reporter
from reportlint.reporters.style import Style
from reportlint.result import Result
from reportlint.rule import Rule
from reportlint.run import Run
from reportlint.sources import from_text
from reportlint.span import Span
from reportlint.suppression import Directive

LINE = "省级督察反馈任务 26 项，已完成整改 29 项。"
HOSTILE = "草稿/a,b:c%\n::error::]]>--><script>alert(1)</script>|`@所有人`<!--&\u202e\x00\"'.txt"
FAILED = (Failure("坏.txt", "不是文本文件"),)


def result_of(text: str, *found: Finding, path: str = "a.txt", document: Document | None = None, **more: Any) -> Result:
    made = Rule("XX001", "test-rule", Severity.ERROR, lambda _: iter(found), "测试。\n\n说明。", ("错⟦了⟧",), ("对",))
    return lint(document or from_text(text, path), [made], **more)


def out(name: str, run: Run, **style: Any) -> str:
    return "".join(reporter(name)(run, Style(**style)))


def seeds_run(seeds: Path) -> Run:
    return Run(
        tuple(
            check_text(path.read_text("utf-8"), f"seeds/{path.name}")
            for path in sorted(seeds.iterdir())
            if path.suffix in (".txt", ".md")
        ),
        FAILED,
        (Failure("表.xlsx", "没有读取器"),),
        failing=True,
    )


def word_document() -> Document:
    text = "标题\n第二段写错了\n第三段"
    blocks = tuple(Block(Span(*match.span()), BlockKind.PARAGRAPH) for match in re.finditer(r".+", text))
    return Document(text, "稿.docx", blocks, format="docx")


@pytest.mark.parametrize("name", REPORTERS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_could_not_be_checked_shows_in_every_format(name: str, lang: str) -> None:
    run = Run((result_of(LINE),), FAILED)
    written = out(name, run, lang=lang)
    if name != "text":  # the terminal has it on standard error
        assert "坏.txt" in unquote(written)
        assert "不是文本文件" in written
        problem = out(name, Run(problem="配置有误"), lang=lang)
        assert "配置有误" in problem
        assert "没有发现问题" not in problem


def validated(log: str) -> Any:
    jsonschema = pytest.importorskip("jsonschema")
    parsed = json.loads(log)
    schema = json.loads((Path(__file__).parent / "sarif.schema.json").read_text("utf-8"))
    jsonschema.Draft7Validator(schema).validate(parsed)
    if full := os.environ.get("SARIF_SCHEMA"):  # the published schema, where somebody has a copy
        jsonschema.Draft7Validator(json.loads(Path(full).read_text("utf-8"))).validate(parsed)
    return parsed["runs"][0]


def test_sarif_of_the_sample_reports_is_valid(seeds: Path) -> None:
    run = validated(out("sarif", seeds_run(seeds)))
    assert run["invocations"][0]["executionSuccessful"] is False
    assert [one["level"] for one in run["invocations"][0]["toolExecutionNotifications"]] == ["error", "note"]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    places = [
        (
            one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
            one["partialFingerprints"]["primaryLocationLineHash"],
        )
        for one in run["results"]
    ]
    assert len(set(places)) == len(places)


def test_sarif_regions_cut_out_exactly_the_text(seeds: Path) -> None:
    for result in validated(out("sarif", seeds_run(seeds)))["results"]:
        place = result["locations"][0]["physicalLocation"]
        region = place["region"]
        text = (seeds / Path(unquote(place["artifactLocation"]["uri"])).name).read_text("utf-8")
        lines = text.splitlines(keepends=True)
        start = sum(map(len, lines[: region["startLine"] - 1])) + region["startColumn"] - 1
        end = sum(map(len, lines[: region["endLine"] - 1])) + region["endColumn"] - 1
        assert text[start:end] == region["snippet"]["text"]


def test_sarif_names_places_in_words_where_there_are_no_lines() -> None:
    document = word_document()
    at = document.text.index("写错")
    one = Finding(Span(at, at + 2), Message("不符"), (Related(Span(0, 2), "标题"),), suggestion="对")
    (result,) = validated(out("sarif", Run((result_of("", one, document=document),))))["results"]
    assert result["message"]["text"] == "第 2 段：不符（建议：对）"
    assert "region" not in result["locations"][0]["physicalLocation"]
    assert result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "第 2 段"
    assert result["relatedLocations"][0]["message"]["text"] == "标题"


def test_sarif_holds_fixes_that_may_be_applied_and_what_was_excused() -> None:
    span = Span(0, 2)
    fixes = [
        Fix("改", applicability, (Replacement(span, "市级"),))
        for applicability in (Applicability.UNSAFE, Applicability.DISPLAY)
    ]
    found = [Finding(span, Message("不符"), fix=fixes[0]), Finding(Span(2, 4), Message("不符"), fix=fixes[1])]
    result = result_of(LINE, *found, configured=[Directive("XX001", "督察", "已核对", origin="reportlint.toml")])
    first, second = validated(out("sarif", Run((result,))))["results"]
    assert first["fixes"][0]["artifactChanges"][0]["replacements"] == [
        {
            "deletedRegion": {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 3},
            "insertedContent": {"text": "市级"},
        }
    ]
    assert "suppressions" not in first
    assert "fixes" not in second
    assert second["suppressions"] == [{"kind": "external", "status": "accepted", "justification": "已核对"}]


def test_sarif_messages_hold_no_links() -> None:
    one = Finding(Span(0, 2), Message("见[附件](1)与[表]"))
    (result,) = validated(out("sarif", Run((result_of(LINE, one, path=HOSTILE),))))["results"]
    assert result["message"]["text"] == r"见\[附件\](1)与[表]"


def test_junit_is_read_back_case_by_case(seeds: Path, tmp_path: Path) -> None:
    junitparser = pytest.importorskip("junitparser")
    run = seeds_run(seeds)
    target = tmp_path / "junit.xml"
    target.write_text(out("junit", run, fail_on=Severity.ERROR), "utf-8")
    (suite,) = junitparser.JUnitXml.fromfile(str(target))
    cases = {case.name: case for case in suite}
    assert len(cases) == suite.tests == len(run.results) + 2
    assert suite.errors == suite.skipped == 1
    assert cases["坏.txt"].result[0].message == "不是文本文件"
    assert isinstance(cases["表.xlsx"].result[0], junitparser.Skipped)
    for result in run.results:
        case = cases[result.document.path]
        errors = [one for one in result.diagnostics if one.severity is Severity.ERROR]
        assert bool(case.result) == bool(errors)
        if errors:
            assert case.result[0].text.count(" 错误 ") == len(errors)
        if len(errors) < len(result.diagnostics):
            assert case.system_out
    assert suite.failures == sum(bool(case.result) for case in cases.values()) - 2


@given(st.text(max_size=60))
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_anything_may_stand_in_xml_and_json(words: str) -> None:
    one = Finding(Span(0, 1), Message(words or "空"), suggestion=words)
    run = Run((result_of(f"甲{words}乙", one, path=words or "a"),), (Failure(words, words),), failing=True)
    ElementTree.fromstring(out("junit", run).encode("utf-8", "backslashreplace"))
    for name in ("sarif", "gitlab", "rdjson"):
        json.loads(out(name, run).encode("utf-8", "backslashreplace"))
    for line in out("github", run).splitlines():
        assert line.startswith(("::error ", "::error::")) or not (line.lstrip().startswith("::") or "##[" in line)


def commands(log: str) -> list[tuple[str, dict[str, str], str]]:
    """Workflow commands as the runner reads them."""

    def plain(value: str, *, prop: bool = False) -> str:
        for code, one in (("%0D", "\r"), ("%0A", "\n"), *((("%3A", ":"), ("%2C", ",")) if prop else ()), ("%25", "%")):
            value = value.replace(code, one)
        return value

    found = []
    for line in log.split("\n"):
        if match := re.fullmatch(r"::(\w+)(?: ([^:]*))?::(.*)", line):
            pairs = (pair.split("=", 1) for pair in (match[2] or "").split(",") if pair)
            found.append((match[1], {key: plain(value, prop=True) for key, value in pairs}, plain(match[3])))
    return found


def test_github_commands_say_where_and_what(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    one = Finding(Span(20, 24), Message("完成率 97.5%：\n不符"))
    assert commands(out("github", Run((result_of(LINE, one, path="草稿/a,b:c.txt"),)))) == [
        (
            "error",
            {
                "file": "草稿/a,b:c.txt",
                **{"line": "1", "endLine": "1", "col": "21", "endColumn": "25"},
                "title": "XX001 test-rule",
            },
            "完成率 97.5%：\n不符",
        )
    ]


def test_github_annotates_the_gravest_first_up_to_its_cap_and_logs_the_rest(
    seeds: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    target = tmp_path / "summary.md"
    target.write_text("before\n", "utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(target))
    run = seeds_run(seeds)
    log = out("github", run)
    kinds = [kind for kind, _, _ in commands(log)]
    assert kinds.count("error") == 10
    assert kinds.count("warning") == 10
    assert kinds == sorted(kinds, key=("error", "warning", "notice").index)
    total = sum(len(result.diagnostics) for result in run.results) + 1
    assert len(log.splitlines()) == total + 1
    assert target.read_text("utf-8").startswith("before\n### reportlint")


def test_github_file_names_cannot_give_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    found = [Finding(Span(at, at + 1), Message("##[error]不符")) for at in range(14)]
    log = out("github", Run((result_of(LINE, *found, path=HOSTILE),)))
    assert len(commands(log)) == 10
    assert all(line.startswith("::error file=") or line.startswith(("错误 ", "检查 ")) for line in log.splitlines())
    assert not any("##[" in line for line in log.splitlines()[10:])


def test_gitlab_issues_have_unique_fingerprints_that_edits_elsewhere_leave_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("CI_PROJECT_DIR", raising=False)
    text = f"{LINE}\n{LINE}\n"

    def issues(text: str) -> Any:
        starts = [match.start() for match in re.finditer("29 项", text)]
        found = [Finding(Span(at, at + 4), Message("不符")) for at in starts]
        return json.loads(out("gitlab", Run((result_of(text, *found, path="./草稿/a.txt"),), FAILED)))

    first, second = issues(text), issues("新的一段。\n\n" + text)
    prints = [one["fingerprint"] for one in first]
    assert len(set(prints)) == 3
    assert prints == [one["fingerprint"] for one in second]
    assert [one["location"]["lines"]["begin"] for one in second] == [3, 4, 1]
    assert [one["severity"] for one in first] == ["critical", "critical", "blocker"]
    for one in first:
        assert set(one) == {"description", "check_name", "fingerprint", "severity", "location"}
    assert first[0]["location"]["path"] == "草稿/a.txt"


def test_gitlab_paths_are_seen_from_the_project(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CI_PROJECT_DIR", str(tmp_path))
    one = Finding(Span(0, 1), Message("不符"))
    path = f"{tmp_path.as_posix()}/drafts/../drafts/a.txt"
    (issue,) = json.loads(out("gitlab", Run((result_of(LINE, one, path=path),))))
    assert issue["location"]["path"] == "drafts/a.txt"


def test_rdjson_columns_count_bytes_and_suggestions_mend_the_file() -> None:
    text = "𠮷市“截止6月底\u2028”\n" + LINE
    at = text.index("截止")
    fix = Fix("改为截至", Applicability.SAFE, (Replacement(Span(at, at + 2), "截至"),))
    run = Run((result_of(text, Finding(Span(at, at + 2), Message("不符"), (Related(Span(0, 1), "市"),), fix=fix)),))
    report = json.loads(out("rdjson", run))
    (one,) = report["diagnostics"]
    assert report["source"]["name"] == "reportlint"
    assert one["severity"] == "ERROR"

    def cut(bounds: dict[str, Any]) -> tuple[int, int]:
        lines = text.encode().split(b"\n")
        return tuple(  # type: ignore[return-value]
            sum(len(line) + 1 for line in lines[: bounds[edge]["line"] - 1]) + bounds[edge]["column"] - 1
            for edge in ("start", "end")
        )

    start, end = cut(one["location"]["range"])
    assert text.encode()[start:end].decode() == "截止"
    (suggestion,) = one["suggestions"]
    start, end = cut(suggestion["range"])
    assert (text.encode()[:start] + suggestion["text"].encode() + text.encode()[end:]).decode() == text.replace(
        "截止", "截至"
    )


def test_rdjson_suggests_nothing_where_it_would_spoil_the_file() -> None:
    fix = Fix("改", Applicability.SAFE, (Replacement(Span(0, 1), "甲"),))
    one = Finding(Span(0, 1), Message("不符"), fix=fix)
    for document, suggested in (
        (Document(LINE, "a.txt", encoding="gb18030"), False),
        (Document(LINE, "a.txt"), True),
        (word_document(), False),
    ):
        (found,) = json.loads(out("rdjson", Run((result_of("", one, document=document),))))["diagnostics"]
        assert ("suggestions" in found) is suggested
    marked = Document(LINE, "a.txt", encoding="utf-8-sig")
    (found,) = json.loads(out("rdjson", Run((result_of("", one, document=marked),))))["diagnostics"]
    assert found["location"]["range"]["start"] == {"line": 1, "column": 4}


def test_markdown_is_bounded_folded_and_escaped(seeds: Path) -> None:
    found = [Finding(Span(at, at + 1), Message("|`<b>@all`|[x](http://a)\n" * 20)) for at in range(20)]
    one = result_of(LINE, *found, path=HOSTILE)
    written = out("markdown", Run((one,) * 40, FAILED * 200, failing=True))
    assert len(written) < 65_000
    assert "另有" in written
    assert written.count("<details>") == written.count("</details>") == written.count("<summary>")
    assert set(re.findall(r"<[^>]+>", written)) == {"<details>", "<summary>", "</summary>", "</details>"}
    assert not re.search(r"[@`]", written.replace("### reportlint", ""))
    rows = [line for line in written.splitlines() if line.startswith("| ") and "XX001" in line]
    assert {line.count("|") for line in rows} == {6}
    assert "<details><summary>seeds/" in out("markdown", seeds_run(seeds))


def test_the_address_of_a_rule_goes_where_the_format_has_room_for_it() -> None:
    run = Run((result_of(LINE, Finding(Span(0, 2), Message("不符"))),))
    style = {"docs_url": "https://docs.test/{code}/"}
    assert validated(out("sarif", run, **style))["tool"]["driver"]["rules"][0]["helpUri"] == "https://docs.test/XX001/"
    assert json.loads(out("rdjson", run, **style))["diagnostics"][0]["code"]["url"] == "https://docs.test/XX001/"
    assert 'href="https://docs.test/XX001/"' in out("html", run, **style)
