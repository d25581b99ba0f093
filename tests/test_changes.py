"""--diff-from: only what changed since a revision of Git."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import Result

from conftest import runner
from reportlint.cli import cli

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")

WRONG = "共26项，已完成29项。\n"
RIGHT = "各项工作有序推进。\n"


def git(*args: str) -> None:
    identity = ("-c", "user.name=test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *args], check=True, capture_output=True)


def run(*args: str | Path, stdin: bytes | None = None) -> Result:
    return runner().invoke(cli, [str(arg) for arg in args], input=stdin, standalone_mode=False)


def found(*args: str, stdin: bytes | None = None) -> list[tuple[str, int, str]]:
    done = run("check", "--format", "json", "--diff-from", "HEAD", *args, stdin=stdin)
    assert done.exception is None, done.exception
    return [(one["path"], one["line"], one["code"]) for one in json.loads(done.stdout)["findings"]]


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "仓库"
    root.mkdir()
    monkeypatch.chdir(root)
    git("init", "-q")
    (root / "甲.txt").write_text(f"{WRONG}\n{RIGHT}", "utf-8")
    (root / "乙.txt").write_bytes(f"{WRONG}\n{RIGHT}".encode("gb18030"))
    git("add", "-A")
    git("commit", "-qm", "start")
    return root


def test_what_did_not_change_is_not_reported(repository: Path) -> None:
    assert found() == []
    done = run("check", "--diff-from", "HEAD")
    assert done.return_value == 0 and "没有改动 2" in done.stdout


def test_only_findings_on_changed_lines_are_reported(repository: Path) -> None:
    (repository / "甲.txt").write_text(f"新的一行。\n\n{WRONG}\n{RIGHT}2024年2月30日开会。\n", "utf-8")
    assert found() == [("甲.txt", 6, "DT001")]


def test_a_finding_that_speaks_of_a_changed_line_is_reported(repository: Path) -> None:
    (repository / "甲.txt").write_text("省级督察反馈任务26项，\n已完成整改29项。\n", "utf-8")
    git("commit", "-qam", "two lines")
    (repository / "甲.txt").write_text("省级督察反馈任务27项，\n已完成整改29项。\n", "utf-8")
    everything = json.loads(run("check", "--format", "json", "甲.txt").stdout)["findings"]
    assert [code for _, _, code in found("甲.txt")] == [one["code"] for one in everything] != []


def test_untracked_staged_and_renamed_files_are_seen(repository: Path) -> None:
    (repository / "新.txt").write_text(WRONG, "utf-8")
    (repository / "上.txt").write_text(WRONG, "utf-8")
    git("add", "上.txt")
    git("mv", "甲.txt", "丙.txt")
    with (repository / "丙.txt").open("a", encoding="utf-8") as file:
        file.write("\n2024年2月30日开会。\n")
    assert sorted(found()) == [("上.txt", 1, "NM101"), ("丙.txt", 5, "DT001"), ("新.txt", 1, "NM101")]


def test_encoding_and_line_ends_are_no_change(repository: Path) -> None:
    (repository / "甲.txt").write_bytes(f"{WRONG}\n{RIGHT}".replace("\n", "\r\n").encode("gb18030"))
    (repository / "乙.txt").write_text(f"{WRONG}\n{RIGHT}", "utf-8")
    assert found() == []


def test_it_works_from_below_and_for_standard_input(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = f"{WRONG}\n{RIGHT}2024年2月30日开会。\n"
    (repository / "甲.txt").write_text(text, "utf-8")
    assert found("-", "--stdin-filename", "甲.txt", stdin=text.encode()) == [("甲.txt", 4, "DT001")]
    (repository / "sub").mkdir()
    monkeypatch.chdir(repository / "sub")
    assert found("..") == [("../甲.txt", 4, "DT001")]


def test_outside_a_repository_and_with_an_unknown_revision_it_says_so(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for revision in ("nonsense", "--help", "HEAD..HEAD", ""):
        done = run("check", "--diff-from", revision)
        assert done.return_value == 2 and "--diff-from" in done.stderr, revision
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.txt").write_text(WRONG, "utf-8")
    monkeypatch.chdir(outside)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    done = run("check", "--diff-from", "HEAD", "a.txt")
    assert done.return_value == 2 and "不在仓库里" in done.stderr and str(outside) in done.stderr


def test_only_changed_lines_are_fixed(repository: Path) -> None:
    old = "同比提高10.5个百分比。\n"
    (repository / "甲.txt").write_text(old, "utf-8")
    git("commit", "-qam", "old")
    (repository / "甲.txt").write_text(f"{old}\n同比提高1.5个百分比。\n", "utf-8")
    done = run("fix", "--diff-from", "HEAD")
    assert done.return_value == 0
    assert (repository / "甲.txt").read_text("utf-8") == f"{old}\n同比提高1.5个百分点。\n"


def test_it_works_in_a_hook_of_git(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (repository / "sub").mkdir()
    (repository / "sub" / "新.txt").write_text(WRONG, "utf-8")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    monkeypatch.setenv("GIT_DIR", ".git")
    assert found("sub", "甲.txt") == [("sub/新.txt", 1, "NM101")]
