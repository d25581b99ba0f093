"""The language server, driven by a real client over the pipes of a real process, as VS Code and as Neovim."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pytest_lsp", reason="the extra for editors is not installed")
pytest.importorskip("tomlkit", reason="the extra for editors is not installed")

from lsprotocol import types

from conftest import SEEDS
from editor import COMMAND, PROFILES, Editor, editor

WRONG = "省级督察反馈任务26项，已完成整改29项。"
RIGHT = "省级督察反馈任务26项，已完成整改21项。"
#: A character of two UTF-16 units and four UTF-8 bytes, and words of three bytes each, before the place.
ASTRAL = f"𠮷野区{WRONG}"
SAFE = "全年完成整改任务，，共计21项。"
TYPO = "双方签定了合作协议。"

profiles = pytest.mark.parametrize("profile", PROFILES)


def drive(root: Path, story: Callable[[Editor], Awaitable[None]], profile: str = PROFILES[0], **settings: Any) -> None:
    """Play ``story`` with an editor that has ``root`` open."""

    async def play() -> None:
        async with editor(root, profile, **settings) as here:
            await story(here)

    asyncio.run(asyncio.wait_for(play(), 120))


def codes(found: list[types.Diagnostic]) -> list[str]:
    return [str(one.code) for one in found]


def configured(root: Path, text: str) -> Path:
    file = root / "reportlint.toml"
    file.write_text(text, "utf-8")
    return file


@profiles
def test_a_finding_shows_place_reason_and_the_other_place(tmp_path: Path, profile: str) -> None:
    async def story(here: Editor) -> None:
        text = f"# 总结\n\n{ASTRAL}\n"
        uri, (one,) = await here.opened("总结.md", text)
        assert (one.code, one.source, one.severity) == ("NM101", "reportlint", types.DiagnosticSeverity.Error)
        assert here.text(text, one.range) == "29项" and "26" in one.message
        (other,) = one.related_information or ()
        assert other.location.uri == uri and here.text(text, other.location.range) == "26项"

    drive(tmp_path, story, profile)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_columns_count_in_the_units_agreed_on(tmp_path: Path, encoding: str) -> None:
    async def story(here: Editor) -> None:
        assert here.encoding == encoding
        text = f"{ASTRAL}全年下发督办通知**份。"
        _, found = await here.opened("a.txt", text)
        assert [here.text(text, one.range) for one in found] == ["29项", "**"]
        column = text.index("**")
        units = {"utf-8": len(text[:column].encode()), "utf-16": column + 1, "utf-32": column}[encoding]
        assert found[1].range.start == types.Position(0, units)

    drive(tmp_path, story, encodings=[encoding])


def test_an_editor_that_says_nothing_of_encodings_gets_utf_16(tmp_path: Path) -> None:
    async def story(here: Editor) -> None:
        _, (one,) = await here.opened("a.txt", ASTRAL)
        assert one.range.start.character == ASTRAL.index("29项") + 1

    drive(tmp_path, story, "visual_studio_code")


def test_lines_end_where_they_do_in_the_editor(tmp_path: Path) -> None:
    async def story(here: Editor) -> None:
        for number, inner in enumerate(("\v", "\f", "\u2028", "\u0085", "\x1c")):
            text = f"第一段有个{inner}字符。\r\n第二段。\r{WRONG}\n"
            uri, found = await here.opened(f"{number}.txt", text)
            (one,) = [one for one in found if one.code == "NM101"]
            assert one.range.start.line == 2 and here.text(text, one.range) == "29项", repr(inner)
            version = here.change(uri, text.replace("第二段", "改写过的第二段"))
            again = await here.diagnostics(uri, version)
            assert [each.range for each in again if each.code == "NM101"] == [one.range], repr(inner)

    drive(tmp_path, story)


@profiles
def test_of_rapid_changes_only_the_last_is_told(tmp_path: Path, profile: str) -> None:
    async def story(here: Editor) -> None:
        uri, _ = await here.opened("a.txt", RIGHT)
        for number in range(60):
            last = here.change(uri, f"{WRONG}{'好。' * number}")
            await asyncio.sleep(0.005)
        last = here.change(uri, f"{RIGHT}全年下发督办通知**份。")
        assert codes(await here.diagnostics(uri, last)) == ["PH001"]
        await asyncio.sleep(0.6)
        versions = [one.version for one in here.published if one.uri == uri]
        assert versions == sorted(versions) and versions[-1] == last
        assert len(versions) <= 4, "hardly anything is told while somebody types"

    drive(tmp_path, story, profile)


def test_nothing_is_told_of_a_closed_document(tmp_path: Path) -> None:
    async def story(here: Editor) -> None:
        uri, found = await here.opened("a.txt", WRONG)
        assert found
        here.change(uri, f"{WRONG}{WRONG}")
        here.close(uri)
        assert await here.until(lambda: [] if here.published[-1].diagnostics == () else None) == []
        before = len(here.published)
        await asyncio.sleep(0.8)
        assert len(here.published) == before

    drive(tmp_path, story)


def test_an_unsaved_document_is_checked_with_the_configuration_of_the_folder(tmp_path: Path) -> None:
    configured(tmp_path, 'ignore-codes = ["PH"]\n')

    async def story(here: Editor) -> None:
        _, found = await here.opened("untitled:Untitled-1", f"{WRONG}全年下发督办通知**份。", "plaintext")
        assert codes(found) == ["NM101"]

    drive(tmp_path, story)


OTHERS = (
    ("requirements.txt", "plaintext"),
    ("requirements-dev.txt", "pip-requirements"),
    ("CMakeLists.txt", "cmake"),
    ("LICENSE.txt", "plaintext"),
    ("README.zh.md", "markdown"),
    ("CHANGELOG.md", "markdown"),
    ("a.py", "python"),
    ("a.log", "plaintext"),
    ("git:/a.md", "markdown"),
)


def test_what_is_no_report_is_left_alone(tmp_path: Path) -> None:
    async def story(here: Editor) -> None:
        for name, language in OTHERS:
            other = here.open(name, WRONG, language)
            assert await here.actions(other, types.Range(types.Position(0, 0), types.Position(0, 20))) == [], name
            assert await here.hover(other, 0, 15) == "", name
        uri, found = await here.opened("总结.txt", WRONG)
        assert codes(found) == ["NM101"]
        assert [one.uri for one in here.published if one.diagnostics] == [uri]

    drive(tmp_path, story)


def test_the_configuration_holds_as_on_the_command_line(tmp_path: Path) -> None:
    configured(
        tmp_path,
        'exclude = ["archive/**"]\nterms = ["签定"]\ndocs-url = "https://example.org/{code}/"\n'
        '[[override]]\npath = "drafts/**"\nignore-codes = ["PH"]\n'
        '[[ignore]]\npath = "/总结.txt"\ncode = "NM101"\ntext = "29项"\nreason = "含上年"\n',
    )

    async def story(here: Editor) -> None:
        text = f"{WRONG}{TYPO}全年下发督办通知**份。"
        assert codes((await here.opened("总结.txt", text))[1]) == ["PH001"]
        found = (await here.opened("drafts/总结.txt", text))[1]
        assert codes(found) == ["NM101"]
        assert found[0].code_description == types.CodeDescription("https://example.org/NM101/")
        assert codes((await here.opened("archive/总结.txt", text))[1]) == []

    drive(tmp_path, story)


def test_pyproject_counts_too(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.reportlint]\nselect = ["PH"]\n', "utf-8")

    async def story(here: Editor) -> None:
        assert codes((await here.opened("a.txt", f"{WRONG}下发**份。"))[1]) == ["PH001"]

    drive(tmp_path, story)


def test_a_baseline_silences_what_was_there(tmp_path: Path) -> None:
    configured(tmp_path, 'baseline = "known.json"\n')
    (tmp_path / "a.txt").write_text(WRONG, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "reportlint", "check", "--write-baseline", "a.txt"], cwd=tmp_path, capture_output=True
    )
    assert done.returncode == 0 and (tmp_path / "known.json").exists()

    async def story(here: Editor) -> None:
        uri, found = await here.opened("a.txt", WRONG)
        assert found == []
        version = here.change(uri, f"{WRONG}全年下发督办通知**份。")
        assert codes(await here.diagnostics(uri, version)) == ["PH001"]
        (tmp_path / "known.json").write_text('{"version": 1, "files": {}}', "utf-8")
        await here.shows(uri, ["NM101", "PH001"])

    drive(tmp_path, story)


@profiles
def test_a_change_of_the_configuration_is_seen_without_typing(tmp_path: Path, profile: str) -> None:
    (tmp_path / "terms.txt").write_text("甲乙\n", "utf-8")
    file = configured(tmp_path, 'terms-file = "terms.txt"\n')

    async def story(here: Editor) -> None:
        uri, found = await here.opened("a.txt", f"{WRONG}{TYPO}")
        assert codes(found) == ["NM101", "TY001"]
        if profile == "visual_studio_code":
            watched = [one.method for one in here.registered]
            assert watched == [types.WORKSPACE_DID_CHANGE_WATCHED_FILES]
        (tmp_path / "terms.txt").write_text("甲乙\n签定\n", "utf-8")
        await here.shows(uri, ["NM101"])
        file.write_text('select = ["TY"]\n', "utf-8")
        start = time.monotonic()
        here.saved(file)
        await here.shows(uri, ["TY001"])
        assert time.monotonic() - start < 10
        file.unlink()
        await here.shows(uri, ["NM101", "TY001"])

    drive(tmp_path, story, profile)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('select = ["NM999"]\n', "NM999"),
        ("select = [\n", "TOML"),
        ('selct = ["NM"]\n', "select"),
        ('baseline = "nowhere.json"\n', "nowhere.json"),
        ('[catalogue]\nextend = "nowhere.csv"\n', "nowhere.csv"),
    ],
)
def test_a_mistake_in_the_configuration_is_told_once_and_mended_without_restart(
    tmp_path: Path, text: str, told: str
) -> None:
    file = configured(tmp_path, text)

    async def story(here: Editor) -> None:
        uri, (one,) = await here.opened("a.txt", WRONG)
        assert one.code == "not-checked" and told in one.message, "silence would look like a clean report"
        await here.diagnostics(uri, here.change(uri, f"{WRONG}{WRONG}"))
        assert len(here.messages) == 1 and told in here.messages[0] and "Traceback" not in here.messages[0]
        assert await here.actions(uri, one.range) == []
        file.write_text('select = ["NM"]\n', "utf-8")
        here.saved(file)
        await here.shows(uri, ["NM101", "NM101"])

    drive(tmp_path, story)


@profiles
def test_safe_fixes_are_told_from_those_to_be_judged(tmp_path: Path, profile: str) -> None:
    async def story(here: Editor) -> None:
        text = f"𠮷野区{SAFE}{TYPO}\n"
        uri, found = await here.opened("a.md", text)
        assert codes(found) == ["PN003", "TY001"]
        safe = (await here.actions(uri, found[0].range, ["quickfix"]))[0]
        assert safe.is_preferred and safe.edit is not None and "请核对" not in safe.title
        assert here.applied(text, safe.edit, uri) == text.replace("，，", "，")
        judged = (await here.actions(uri, found[1].range, ["quickfix"]))[0]
        assert not judged.is_preferred and judged.title.endswith("（请核对）") and judged.edit is not None
        assert here.applied(text, judged.edit, uri) == text.replace("签定", "签订")
        assert [one.code for one in judged.diagnostics or ()] == ["TY001"]

    drive(tmp_path, story, profile)


@profiles
def test_fix_all_mends_what_is_certain_and_nothing_else(tmp_path: Path, profile: str) -> None:
    async def story(here: Editor) -> None:
        text = f"𠮷野区{SAFE}\n\n{TYPO}{WRONG}\n\n又一句，，也一样。\n"
        uri, _ = await here.opened("a.md", text)
        everywhere = types.Range(types.Position(0, 0), types.Position(0, 0))
        (action,) = await here.actions(uri, everywhere, ["source.fixAll"])
        assert action.kind == "source.fixAll.reportlint"
        resolved = await here.client.code_action_resolve_async(action)
        assert resolved.edit is not None
        assert here.applied(text, resolved.edit, uri) == text.replace("，，", "，")
        here.change(uri, RIGHT)
        assert (await here.client.code_action_resolve_async(action)).edit is None, "of a text that is gone"
        assert await here.actions(uri, everywhere, ["source.fixAll"]) == []
        assert await here.actions(uri, everywhere, ["refactor"]) == []

    drive(tmp_path, story, profile)


def test_fix_all_goes_on_until_nothing_certain_is_left(tmp_path: Path) -> None:
    async def story(here: Editor) -> None:
        text = "第一段没有问题。\n\n𠮷野区优良率比上年提高4.2个百分比，，完成任务。\n\n最后一段。\n"
        uri, _ = await here.opened("a.md", text)
        start = types.Range(types.Position(0, 0), types.Position(0, 0))
        (action,) = await here.actions(uri, start, ["source.fixAll"])
        resolved = await here.client.code_action_resolve_async(action)
        assert resolved.edit is not None
        new = here.applied(text, resolved.edit, uri)
        assert new == text.replace("个百分比，，", "个百分点，")
        await here.diagnostics(uri, here.change(uri, new))
        assert await here.actions(uri, start, ["source.fixAll"]) == []

    drive(tmp_path, story)


MARKDOWN = {
    "a paragraph": f"# 总结\n\n{ASTRAL}\n\n又一段。\n",
    "a paragraph of several lines": f"# 总结\n\n开头一句。\n{ASTRAL}\n最后一句。\n",
    "a list": f"- 第一条。\n- {ASTRAL}\n- 第三条。\n",
    "a quotation": f"> {ASTRAL}\n",
    "the end without a line break": ASTRAL,
    "windows line ends": f"# 总结\r\n\r\n{ASTRAL}\r\n又一行。\r\n",
    "a heading": f"## {WRONG.rstrip('。')}\n\n正文。\n",
    "a table": "|任务|数量|\n|---|---|\n|督察反馈任务26项，已完成整改29项|1|\n",
}


def test_ignoring_one_place_in_markdown_writes_a_comment_that_works(tmp_path: Path) -> None:
    async def story(here: Editor) -> None:
        for number, (name, text) in enumerate(MARKDOWN.items()):
            uri, found = await here.opened(f"{number}.md", text)
            (one,) = [one for one in found if one.code == "NM101"]
            titles = {one.title: one for one in await here.actions(uri, one.range, ["quickfix"])}
            (title,) = [title for title in titles if title.startswith("忽略这一处 NM101")]
            edit = titles[title].edit
            assert edit is not None
            new = here.applied(text, edit, uri)
            rest = "".join(new.split('<!-- reportlint: ignore[NM101 "29项"] 已核对 -->'))
            assert rest.split() == text.split(), name
            left = codes(await here.diagnostics(uri, here.change(uri, new)))
            assert "NM101" not in left and "RL001" not in left, name

    drive(tmp_path, story)


def test_ignoring_one_place_in_plain_text_writes_into_the_configuration(tmp_path: Path) -> None:
    file = configured(
        tmp_path,
        '# 我们的设置\r\nignore = ["TM001"]  # 不查\r\n\r\n[[override]]\r\npath = "x/**"\r\nseverity = "error"\r\n',
    )

    async def story(here: Editor) -> None:
        uri, (one,) = await here.opened("drafts/总结.txt", ASTRAL)
        actions = await here.actions(uri, one.range)
        (ignore,) = [one for one in actions if one.title.startswith("忽略这一处")]
        assert ignore.edit is None and ignore.command is not None
        await here.run(ignore.command)
        await here.shows(uri, [])
        assert file.name in here.messages[-1]

    drive(tmp_path, story)
    text = file.read_bytes().decode()
    assert text.startswith("# 我们的设置\r\n") and "\n" not in text.replace("\r\n", "")
    assert 'path = "drafts/总结.txt"' in text and 'text = "29项"' in text and 'ignore-codes = ["TM001"]' in text
    again = subprocess.run([sys.executable, "-m", "reportlint", "doctor"], cwd=tmp_path, capture_output=True)
    assert again.returncode == 0


@pytest.mark.parametrize("name", ["总结[1]!.txt", "总结.txt"])
def test_ignoring_one_place_is_about_that_file_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / "旧稿").mkdir()

    async def story(here: Editor) -> None:
        uri, (one,) = await here.opened(name, WRONG)
        twin, _ = await here.opened(f"旧稿/{name}", WRONG)
        (ignore,) = [each for each in await here.actions(uri, one.range) if each.title.startswith("忽略这一处")]
        assert ignore.command is not None
        await here.run(ignore.command)
        await here.shows(uri, [])
        found = await here.diagnostics(twin, here.change(twin, f"{WRONG}又添了一句话。"))
        assert codes(found) == ["NM101"], "the other file of that name"

    drive(tmp_path, story)


def test_other_documents_are_linked_or_named(tmp_path: Path) -> None:
    configured(tmp_path, 'together = "一起报"\n')
    (tmp_path / "一起报").mkdir()
    other = tmp_path / "一起报" / "附件.md"
    text = "# 芦汀县2024年工作总结\n\n2024年，全县共排查环境问题{}项，整改取得进展。𠮷\n"
    other.write_text(text.format(126), "utf-8")

    async def story(here: Editor) -> None:
        uri, found = await here.opened("总结.md", text.format(128))
        (one,) = [one for one in found if one.code == "LG003"]
        (place,) = one.related_information or ()
        assert place.location.uri == other.as_uri()
        assert here.text(text.format(126), place.location.range) == "126项"
        other.write_text(text.format(128), "utf-8")
        await here.shows(uri, [])

    drive(tmp_path, story)


@pytest.mark.parametrize("name", ["reportlint.toml", "pyproject.toml", None])
def test_ignoring_a_rule_writes_into_the_configuration_that_holds(tmp_path: Path, name: str | None) -> None:
    before = {
        "reportlint.toml": "# 注释\n",
        "pyproject.toml": '[tool.reportlint]\nterms = ["甲"] # 注释\n[tool.x]\ny = 1\n',
    }
    if name is not None:
        (tmp_path / name).write_text(before[name], "utf-8")
    (tmp_path / "drafts").mkdir()

    async def story(here: Editor) -> None:
        uri, found = await here.opened("drafts/a.txt", f"{WRONG}全年下发督办通知**份。")
        (action,) = [one for one in await here.actions(uri, found[0].range) if one.title.startswith("不再查 NM101")]
        assert action.command is not None
        await here.run(action.command)
        await here.shows(uri, ["PH001"])

    drive(tmp_path, story)
    written = tmp_path / (name or "reportlint.toml")
    assert 'ignore-codes = ["NM101"]' in written.read_text("utf-8")
    assert name is None or "# 注释" in written.read_text("utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["drafts", written.name], "nothing is left lying about"


def test_what_would_not_work_is_not_written(tmp_path: Path) -> None:
    text = '[[override]]\npath = "a.txt"\nselect = ["NM101"]\n'
    file = configured(tmp_path, text)

    async def story(here: Editor) -> None:
        uri, (one,) = await here.opened("a.txt", WRONG)
        (action,) = [one for one in await here.actions(uri, one.range) if one.title.startswith("不再查")]
        assert action.command is not None
        await here.run(action.command)
        assert "没有改动" in here.messages[-1]

    drive(tmp_path, story)
    assert file.read_text("utf-8") == text


@profiles
def test_hover_shows_the_page_of_the_rule(tmp_path: Path, profile: str) -> None:
    async def story(here: Editor) -> None:
        uri, (one,) = await here.opened("a.md", f"{ASTRAL}\n\n<!-- reportlint: ignore[PH001] 样稿 -->\n下发**份。\n")
        start = one.range.start
        words = await here.hover(uri, start.line, start.character)
        assert one.message in words and "**NM101** `count-exceeds-total`" in words
        shown = subprocess.run([sys.executable, "-m", "reportlint", "rule", "NM101"], capture_output=True)
        for line in shown.stdout.decode().splitlines()[1:]:
            assert line.strip().removeprefix("· ").removesuffix("：") in words
        assert "PH001" in await here.hover(uri, 2, len("<!-- reportlint: ignore[PH"))
        assert await here.hover(uri, 0, 0) == "", "nothing where there is nothing to say"

    drive(tmp_path, story, profile)


def test_facts_are_shown_only_where_they_are_switched_on(tmp_path: Path) -> None:
    async def hints(here: Editor, uri: str) -> list[types.InlayHint]:
        where = types.Range(types.Position(0, 0), types.Position(9, 0))
        params = types.InlayHintParams(types.TextDocumentIdentifier(uri), where)
        return list(await here.client.text_document_inlay_hint_async(params) or ())

    async def story(here: Editor) -> None:
        uri, _ = await here.opened("a.txt", f"𠮷野区{RIGHT}")
        assert await hints(here, uri) == [] and await here.hover(uri, 0, 14) == ""
        settings = types.DidChangeConfigurationParams({"reportlint": {"facts": True}})
        here.client.workspace_did_change_configuration(settings)
        first, second = await hints(here, uri)
        assert "总数" in str(first.label) and "完成" in str(second.label)
        assert first.position.character == len("𠮷野区省级督察反馈任务26项") + 1
        assert "总数" in await here.hover(uri, 0, first.position.character)

    drive(tmp_path, story)


def test_an_editor_that_pulls_is_not_told_unasked(tmp_path: Path) -> None:
    file = configured(tmp_path, "")

    async def story(here: Editor) -> None:
        uri = here.open("a.txt", WRONG)
        ask = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri))
        report = await here.client.text_document_diagnostic_async(ask)
        assert codes(list(report.items)) == ["NM101"]
        pending = asyncio.ensure_future(here.client.text_document_diagnostic_async(ask))
        here.change(uri, f"{RIGHT}全年下发督办通知**份。")
        assert codes(list((await pending).items)) in (["NM101"], ["PH001"])
        assert codes(list((await here.client.text_document_diagnostic_async(ask)).items)) == ["PH001"]
        file.write_text('select = ["NM"]\n', "utf-8")
        await here.until(lambda: here.refreshed or None)
        assert list((await here.client.text_document_diagnostic_async(ask)).items) == []
        assert here.published == []

    drive(tmp_path, story, pull=True)


def test_a_cancelled_request_is_answered_as_cancelled_and_harms_nothing(tmp_path: Path) -> None:
    async def story(here: Editor) -> None:
        uri = here.open("a.txt", f"{WRONG}\n" * 3000)
        where = types.Range(types.Position(0, 0), types.Position(0, 1))
        params = types.CodeActionParams(types.TextDocumentIdentifier(uri), where, types.CodeActionContext([]))
        protocol = here.client.protocol
        waiting = [
            asyncio.ensure_future(protocol.send_request_async(types.TEXT_DOCUMENT_CODE_ACTION, params, f"x{number}"))
            for number in range(20)
        ]
        await asyncio.sleep(0.05)
        for number in range(20):
            here.client.cancel_request(types.CancelParams(f"x{number}"))
        done = await asyncio.gather(*waiting, return_exceptions=True)
        assert all(isinstance(one, Exception) and "cancel" in str(one).lower() for one in done), done[:2]
        assert len(await here.diagnostics(uri, 1)) > 1000

    drive(tmp_path, story)


@pytest.mark.slow
@profiles
def test_a_megabyte_does_not_keep_the_editor_waiting(tmp_path: Path, profile: str) -> None:
    async def story(here: Editor) -> None:
        report = "\n\n".join(file.read_text("utf-8") for file in sorted(SEEDS.glob("*.txt")))
        big = f"{report * (1_000_000 // len(report.encode()) + 1)}\n\n{ASTRAL}"
        assert len(big.encode()) > 1_000_000
        small, _ = await here.opened("small.txt", WRONG)
        uri = here.open("big.txt", big)
        slowest = 0.0
        while not [one for one in here.published if one.uri == uri]:
            start = time.monotonic()
            assert "NM101" in await here.hover(small, 0, 17 if here.encoding == "utf-16" else 51)
            slowest = max(slowest, time.monotonic() - start)
            await asyncio.sleep(0.02)
        found = await here.diagnostics(uri, 1)
        (one,) = [one for one in found if one.range.start.line == big.count("\n") and one.code == "NM101"]
        assert here.text(big, one.range) == "29项"
        assert slowest < 3, "the server answers while it checks"

    drive(tmp_path, story, profile)


def test_an_editor_may_leave_in_the_middle_of_a_check(tmp_path: Path) -> None:
    start = 0.0

    async def story(here: Editor) -> None:
        nonlocal start
        here.open("big.txt", f"{RIGHT}\n" * 20000)
        await asyncio.sleep(0.3)
        start = time.monotonic()

    drive(tmp_path, story)
    assert time.monotonic() - start < 5


def message(body: bytes) -> bytes:
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


INITIALIZE = message(
    b'{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"processId":null,"rootUri":null,"capabilities":{}}}'
)
SHUTDOWN = message(b'{"jsonrpc":"2.0","id":2,"method":"shutdown"}')
EXIT = message(b'{"jsonrpc":"2.0","method":"exit"}')


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (INITIALIZE + SHUTDOWN + EXIT, 0),
        (INITIALIZE + EXIT, 1),
        (INITIALIZE, 1),
        (b"", 1),
        (INITIALIZE + b"Content-Length: 400\r\n\r\n{", 1),
        (INITIALIZE + message(b"{nonsense") + message(b"[]") + SHUTDOWN + EXIT, 0),
        (INITIALIZE + message(b"[" * 100_000) + SHUTDOWN + EXIT, 0),
        (INITIALIZE + message(b'{"jsonrpc":"2.0","id":9,"method":"workspace/executeCommand","params":{"command":"reportlint.ignoreRule","arguments":[1,2,3]}}') + SHUTDOWN + EXIT, 0),
    ],
    ids=["orderly", "exit alone", "closed", "nothing", "cut off", "nonsense", "deep", "bad arguments"],
)  # fmt: skip
def test_the_end_is_quiet_and_its_status_says_how(sent: bytes, status: int) -> None:
    done = subprocess.run(COMMAND, input=sent, capture_output=True, timeout=60)
    assert done.returncode == status, done.stderr.decode()
    assert b"Traceback" not in done.stderr
    for head in done.stdout.split(b"Content-Length: ")[1:]:
        size, _, body = head.partition(b"\r\n")
        assert len(body.partition(b"\r\n\r\n")[2]) == int(size), "nothing but messages on standard output"


def test_without_the_extra_the_way_out_is_told(tmp_path: Path) -> None:
    blocked = tmp_path / "sitecustomize.py"
    blocked.write_text("import sys\nsys.modules['pygls'] = None\n", "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(COMMAND, input=b"", env=environment, capture_output=True, timeout=60)
    assert done.returncode == 2
    assert done.stderr.decode().strip() == "reportlint: 语言服务器需要安装：pip install 'reportlint[editor]'"


def test_checking_files_loads_nothing_of_the_server() -> None:
    code = (
        "import sys\nfrom reportlint.cli import main\nsys.argv = ['reportlint', 'rule', 'NM101']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "assert not {'pygls', 'lsprotocol', 'tomlkit', 'asyncio'} & sys.modules.keys()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
