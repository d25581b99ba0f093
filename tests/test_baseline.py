"""The baseline: what is known stays quiet, what is new is told, what is gone is told too."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result

from conftest import runner
from reportlint.cli import cli

WRONG = "共26项，已完成29项。\n"
OTHER = "2024年2月30日召开会议。\n"


def run(*args: str | Path, stdin: bytes | None = None) -> Result:
    return runner().invoke(cli, [str(arg) for arg in args], input=stdin, standalone_mode=False)


def status(done: Result) -> object:
    assert done.exception is None, done.exception
    return done.return_value


def report(*args: str | Path) -> dict[str, object]:
    parsed: dict[str, object] = json.loads(run("check", "--format", "json", *args).stdout)
    return parsed


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "a.txt").write_text(WRONG, "utf-8")
    (tmp_path / "b.txt").write_text("各项工作有序推进。\n", "utf-8")
    (tmp_path / "reportlint.toml").write_text('baseline = "known.json"\n', "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_what_is_known_is_not_reported_and_is_counted(folder: Path) -> None:
    assert status(run("check", "--write-baseline")) == 0
    done = run("check")
    assert status(done) == 0 and "基线中已有 1 处" in done.stdout
    assert report()["summary"]["baselined"] == 1  # type: ignore[index]


def test_a_new_finding_and_a_second_one_like_a_known_one_are_reported(folder: Path) -> None:
    run("check", "--write-baseline")
    draft = folder / "drafts" / "a.txt"
    draft.write_text(f"加了一行。\n{WRONG}{OTHER}", "utf-8")
    assert [one["code"] for one in report()["findings"]] == ["DT001"]  # type: ignore[attr-defined]
    draft.write_text(f"{WRONG}\n{WRONG}", "utf-8")
    found = report()
    assert [one["code"] for one in found["findings"]] == ["NM101"]  # type: ignore[attr-defined]
    assert found["summary"]["baselined"] == 1  # type: ignore[index]


def test_the_file_holds_counts_and_neither_lines_nor_text(folder: Path) -> None:
    run("check", "--write-baseline")
    text = (folder / "known.json").read_text("utf-8")
    content = json.loads(text)
    assert list(content) == ["version", "files"] and list(content["files"]) == ["drafts/a.txt"]
    assert list(content["files"]["drafts/a.txt"]) == ["NM101"]
    assert list(content["files"]["drafts/a.txt"]["NM101"].values()) == [1]
    assert "29" not in "".join(one for one in text.splitlines() if "29项" in one) and "项" not in text
    run("check", "--write-baseline")
    assert (folder / "known.json").read_text("utf-8") == text


def test_it_works_from_another_working_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("check", "--write-baseline")
    monkeypatch.chdir(folder / "drafts")
    assert status(run("check", "a.txt")) == 0
    assert status(run("check", "--baseline", "../known.json", folder)) == 0


def test_what_is_mended_or_gone_is_told(folder: Path) -> None:
    (folder / "c.txt").write_text(OTHER, "utf-8")
    run("check", "--write-baseline")
    (folder / "drafts" / "a.txt").write_text("共26项，已完成26项。\n", "utf-8")
    (folder / "c.txt").unlink()
    done = run("check")
    assert status(done) == 0
    assert "有 2 处已经不在" in done.stderr and "drafts/a.txt NM101" in done.stderr and "c.txt DT001" in done.stderr
    stale = report()["stale_baseline"]
    assert [(one["path"], one["code"], one["findings"]) for one in stale] == [  # type: ignore[attr-defined]
        ("c.txt", "DT001", 1),
        ("drafts/a.txt", "NM101", 1),
    ]
    assert status(run("check", "--write-baseline")) == 0
    assert json.loads((folder / "known.json").read_text("utf-8"))["files"] == {}


def test_files_and_rules_that_were_not_looked_at_are_neither_stale_nor_lost(folder: Path) -> None:
    (folder / "c.txt").write_text(OTHER + WRONG, "utf-8")
    run("check", "--write-baseline")
    before = (folder / "known.json").read_text("utf-8")
    done = run("check", "b.txt")
    assert "已经不在" not in done.stderr
    done = run("check", "--select", "DT", "c.txt")
    assert status(done) == 0 and "已经不在" not in done.stderr
    run("check", "--select", "DT", "c.txt", "--write-baseline")
    assert (folder / "known.json").read_text("utf-8") == before


def test_the_least_level_shown_makes_nothing_stale(folder: Path) -> None:
    (folder / "c.txt").write_text("截止6月底，工作有序推进。\n", "utf-8")
    run("check", "--write-baseline")
    done = run("check", "--severity", "error")
    assert status(done) == 0 and "已经不在" not in done.stderr


def test_a_missing_or_broken_file_is_told_with_the_way_out(folder: Path) -> None:
    done = run("check")
    assert status(done) == 2 and "known.json" in done.stderr and "--write-baseline" in done.stderr
    for content in ("{", "[]", '{"version": 1, "files": {"a": 3}}', '{"version": 9, "files": {}}'):
        (folder / "known.json").write_text(content, "utf-8")
        done = run("check")
        assert status(done) == 2 and "known.json" in done.stderr, content


def test_without_a_name_it_lies_beside_the_configuration_or_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text(WRONG, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert status(run("check", "--write-baseline", "a.txt")) == 0
    assert (tmp_path / "reportlint-baseline.json").exists()
    assert status(run("check", "a.txt")) == 1  # nobody asked for it
    assert status(run("check", "--baseline", "reportlint-baseline.json", "a.txt")) == 0


def test_an_unreadable_file_makes_writing_an_error_and_keeps_what_was_known(folder: Path) -> None:
    run("check", "--write-baseline")
    (folder / "drafts" / "a.txt").write_bytes(b"\x89PNG\0\0")
    assert status(run("check", "--write-baseline")) == 2
    assert "drafts/a.txt" in json.loads((folder / "known.json").read_text("utf-8"))["files"]


def test_known_findings_are_not_fixed(folder: Path) -> None:
    draft = folder / "drafts" / "a.txt"
    draft.write_text("同比提高10.5个百分比。\n", "utf-8")
    run("check", "--write-baseline")
    assert status(run("fix")) == 0
    assert "个百分比" in draft.read_text("utf-8")


def test_writing_and_fixing_at_once_is_refused(folder: Path) -> None:
    done = run("fix", "--write-baseline")
    assert status(done) == 2 and "--write-baseline" in done.stderr


def test_standard_input_has_no_baseline_to_write(folder: Path) -> None:
    done = run("check", "-", "--write-baseline", stdin=WRONG.encode())
    assert status(done) == 2 and "标准输入" in done.stderr and not (folder / "known.json").exists()


def test_a_configuration_that_fixes_does_not_hinder_writing(folder: Path) -> None:
    (folder / "reportlint.toml").write_text('baseline = "known.json"\nfix = true\n', "utf-8")
    draft = folder / "drafts" / "a.txt"
    draft.write_text("同比提高10.5个百分比。\n", "utf-8")
    assert status(run("check", "--write-baseline")) == 0
    assert "个百分比" in draft.read_text("utf-8") and "NM104" in (folder / "known.json").read_text("utf-8")
