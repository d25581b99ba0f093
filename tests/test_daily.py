"""What makes daily use good: init, doctor, completion, hints, progress, profile."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import Result

from conftest import runner
from reportlint.cli import cli, progress
from reportlint.configuration import Configuration
from reportlint.configuration_file import _KEYS
from reportlint.discovery import Target
from reportlint.registry import rules
from reportlint.settings import Settings

WRONG = "共26项，已完成29项。\n"


def run(*args: str | Path, stdin: bytes | None = None) -> Result:
    return runner().invoke(cli, [str(arg) for arg in args], input=stdin, standalone_mode=False)


def call(*args: str, cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "reportlint", *args],
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **env},
        timeout=120,
        check=False,
    )


def test_init_writes_a_configuration_that_changes_nothing(tmp_path: Path) -> None:
    assert run("init", tmp_path).exception is None
    found = Configuration().for_folder(tmp_path)
    assert found.root == tmp_path
    assert found.chosen(rules()) == Settings().chosen(rules()) and not found.overrides and not found.exemptions


def test_every_line_of_the_template_is_right_once_its_mark_is_gone(tmp_path: Path) -> None:
    run("init", tmp_path)
    file = tmp_path / "reportlint.toml"
    text = re.sub(r"^#(?! )", "", file.read_text("utf-8"), flags=re.MULTILINE)
    file.write_text(text, "utf-8")
    found = Configuration().for_folder(tmp_path)
    assert found.overrides and found.exemptions and found.terms and found.baseline
    found.chosen(rules())
    assert set(re.findall(r"^\[?\[?([a-z-]+)\b", text, flags=re.MULTILINE)) - {"path", "code", "text", "reason"} <= {
        *_KEYS
    }


def test_init_touches_no_configuration_that_is_there(tmp_path: Path) -> None:
    file = tmp_path / "reportlint.toml"
    file.write_text("quiet = true\n", "utf-8")
    done = call("init", str(tmp_path))
    assert done.returncode == 2 and "已经有了" in done.stderr
    assert file.read_text("utf-8") == "quiet = true\n"
    file.unlink()
    (tmp_path / "pyproject.toml").write_text("[tool.reportlint]\n", "utf-8")
    done = call("init", str(tmp_path))
    assert done.returncode == 2 and "pyproject.toml" in done.stderr and not file.exists()
    assert call("init", str(tmp_path / "no")).returncode == 2


def test_init_below_a_configuration_says_that_it_takes_over(tmp_path: Path) -> None:
    (tmp_path / "reportlint.toml").write_text("quiet = true\n", "utf-8")
    (tmp_path / "drafts").mkdir()
    done = run("init", tmp_path / "drafts")
    assert (tmp_path / "drafts" / "reportlint.toml").exists() and "不再生效" in done.stdout


def test_doctor_tells_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "reportlint.toml").write_text("ignore-codes = ['NM101']\n", "utf-8")
    done = run("doctor", tmp_path)
    assert done.return_value == 0, done.stdout
    assert str(tmp_path / "reportlint.toml") in done.stdout and f"规则 {len(rules())} 条" in done.stdout
    assert "Python" in done.stdout and "word" in done.stdout and "缓存文件夹" in done.stdout


def test_doctor_names_only_extras_that_can_be_installed() -> None:
    from importlib.metadata import metadata

    from reportlint.cli.doctor import _EXTRAS

    assert set(_EXTRAS) <= set(metadata("reportlint").get_all("Provides-Extra") or ())


@pytest.mark.parametrize("text", ["ignore-codes = ['NM1011']\n", "slect = 3\n", "baseline = 'no.json'\n"])
def test_doctor_names_what_is_wrong_and_fails(tmp_path: Path, text: str) -> None:
    (tmp_path / "reportlint.toml").write_text(text, "utf-8")
    done = run("doctor", tmp_path)
    assert done.return_value == 2
    assert any(line.startswith("✗") for line in done.stdout.splitlines())


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_ask_us(shell: str) -> None:
    done = run("completion", shell)
    assert done.exception is None and "_REPORTLINT_COMPLETE" in done.stdout


@pytest.mark.parametrize(
    ("words", "number", "expected"),
    [
        ("reportlint ch", "1", "check"),
        ("reportlint check --diff-f", "2", "--diff-from"),
        ("reportlint check --select NM10", "3", "NM101"),
        ("reportlint check --select PH,NM10", "3", "PH,NM101"),
        ("reportlint check --ignore count-ex", "3", "count-exceeds-total"),
        ("reportlint check --format js", "3", "json"),
        ("reportlint rule NM10", "2", "NM101"),
    ],
)
def test_a_shell_completes_commands_options_rules_and_formats(words: str, number: str, expected: str) -> None:
    done = call(_REPORTLINT_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD=number)
    assert f"plain,{expected}" in done.stdout.splitlines()


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["check", "总节.txt"], ["总节.txt", "文件不存在", "是不是", "总结.txt"]),
        (["check", "总结.docx"], ["是不是", "总结.txt"]),
        (["check", "no/总结.txt"], ["no/总结.txt", "没有文件夹 no"]),
        (["check", "--selct", "NM"], ["--selct", "--select"]),
        (["check", "--format", "jsno"], ["--format", "json"]),
        (["check", "--select", "NM1O1", "总结.txt"], ["NM1O1", "NM101"]),
        (["check", "--output"], ["--output"]),
        (["chekc", "总结.txt"], ["chekc", "check"]),
        (["rule", "NM1O1"], ["NM1O1", "NM101"]),
        (["facts"], ["路径"]),
    ],
)
def test_a_slip_on_the_command_line_is_told_in_chinese_with_the_near_word(
    tmp_path: Path, args: list[str], words: list[str]
) -> None:
    (tmp_path / "总结.txt").write_text(WRONG, "utf-8")
    done = call(*args, cwd=tmp_path)
    assert done.returncode == 2
    assert all(word in done.stderr for word in words), done.stderr
    assert "Error" not in done.stderr and "Usage" not in done.stderr and "Traceback" not in done.stderr


def test_a_folder_with_nothing_to_check_says_what_was_left(tmp_path: Path) -> None:
    (tmp_path / "a.doc").write_bytes(b"\xd0\xcf")
    (tmp_path / "requirements.txt").write_text("x", "utf-8")
    done = call("check", ".", cwd=tmp_path)
    assert done.returncode == 2
    assert "不是报告的文本 1" in done.stderr and "另存为" in done.stderr


def test_without_arguments_it_shows_how_to_begin() -> None:
    done = call()
    assert done.returncode == 0
    assert "reportlint check 总结.docx" in done.stdout and "reportlint doctor" in done.stdout


@pytest.mark.parametrize("command", ["", "check", "fix", "facts", "rule", "init", "doctor", "completion", "version"])
def test_help_is_in_chinese(command: str) -> None:
    done = run(*command.split(), "--help")
    assert done.stdout.startswith("用法：") and "选项" in done.stdout and "显示这份说明" in done.stdout
    for word in ("Usage", "Options", "Commands", "Show this", "OPTIONS", "COMMAND", "ARGS"):
        assert word not in done.stdout


def test_profile_is_a_table_on_standard_error_and_changes_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(WRONG, "utf-8")
    plain, timed = run("check", file), run("check", "--profile", file)
    assert timed.stdout == plain.stdout and timed.return_value == plain.return_value == 1
    row = next(line for line in timed.stderr.splitlines() if line.endswith("NM101 count-exceeds-total"))
    assert row.split()[2:4] == ["1", "1"]
    assert not plain.stderr


def test_progress_waits_and_then_shows_every_target_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("rich")
    targets = [Target(Path(f"{number}.txt"), f"{number}.txt") for number in range(20)]
    assert list(progress.watched(targets)) == targets
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(progress, "_PATIENCE", 0.0)
    monkeypatch.setenv("FORCE_COLOR", "1")
    seen = []
    for target in progress.watched(targets):
        seen.append(target)
        time.sleep(0.02)
    captured = capsys.readouterr()
    assert seen == targets and captured.out == "" and "20" in captured.err


def test_progress_is_for_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not progress.wanted()
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert progress.wanted()
    monkeypatch.setenv("CI", "true")
    assert not progress.wanted()


class Terminal:
    def isatty(self) -> bool:
        return True


def test_a_file_without_a_command_is_checked(tmp_path: Path) -> None:
    (tmp_path / "总结.txt").write_text(WRONG, "utf-8")
    done = call("总结.txt", "--format", "json", cwd=tmp_path)
    assert done.returncode == 1 and "NM101" in done.stdout
    assert call(str(tmp_path)).returncode == 1


def test_documents_that_a_walk_left_are_named_with_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("各项工作有序推进。\n", "utf-8")
    for name in ("b.doc", "c.doc"):
        (tmp_path / name).write_bytes(b"\xd0\xcf")
    done = call("check", cwd=tmp_path)
    assert done.returncode == 0
    assert "没有检查 b.doc 等 2 个" in done.stderr and "另存为" in done.stderr
    assert call("check", "-q", cwd=tmp_path).stderr == ""
    assert call("check", "--format", "json", cwd=tmp_path).stderr == ""
