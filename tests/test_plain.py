"""The short way in: it understands a plain check as click does, and leaves everything else to click."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from reportlint.cli import COMMANDS, plain
from reportlint.cli.check_command import check
from reportlint.settings import CHOICES

LINES = (
    (),
    ("a.txt",),
    ("a.txt", "b c.txt", "-"),
    ("--quiet", "a.txt"),
    ("-q", "a.txt", "--stats", "--no-cache"),
    ("a.txt", "--select", "NM,TY001", "--select=PH", "--ignore", ""),
    ("--extend-select=TM", "a.txt", "--ignore", "NM101"),
    ("--format", "json", "--format=sarif", "--lang=en", "--color", "never", "--severity=error", "--fail-on", "never"),
    ("",),
    ("a.txt", "-"),
    ("-j", "1", "a.txt"),
    ("a.txt", "--jobs=12", "--jobs", "auto"),
)
LEFT = (
    ("--help",),
    ("-h",),
    ("--", "-q"),
    ("a.txt", "--fix"),
    ("a.txt", "-qq"),
    ("a.txt", "--quiet=yes"),
    ("a.txt", "--format"),
    ("a.txt", "--format", "word"),
    ("a.txt", "--format="),
    ("a.txt", "--select", "--quiet"),
    ("a.txt", "--no-such"),
    ("a.txt", "--output", "b.txt"),
    ("a.txt", "--stat"),
    ("a.txt", "-j"),
    ("a.txt", "-j=1"),
    ("a.txt", "-j2"),
    ("a.txt", "--jobs", "0"),
    ("a.txt", "--jobs", "many"),
    ("a.txt", "--jobs="),
)


@pytest.mark.parametrize("line", LINES)
def test_a_plain_check_is_understood_as_by_click(line: tuple[str, ...]) -> None:
    by_click = check.make_context("check", [*line]).params
    given = {name: value for name, value in by_click.items() if value not in (None, False)}
    assert plain.understood(("check", *line)) == given


@pytest.mark.parametrize("line", LEFT)
def test_anything_else_is_left_to_click(line: tuple[str, ...]) -> None:
    assert plain.understood(("check", *line)) is None


def test_other_commands_and_questions_of_the_shell_are_left_to_click(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*COMMANDS, "--version", "no-such-command"):
        assert name == "check" or plain.understood((name, "a.txt")) is None
    assert plain.understood(()) is None
    monkeypatch.setenv("_REPORTLINT_COMPLETE", "bash_complete")
    assert plain.understood(("check", "a.txt")) is None


def test_a_file_alone_is_checked(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    assert plain.understood((str(file),)) is None
    file.write_text("总结。\n", "utf-8")
    assert plain.understood((str(file), "-q")) == {"paths": (str(file),), "quiet": True}


def test_every_option_it_knows_is_one_of_click_of_the_same_kind() -> None:
    known = {name: option for option in check.params if isinstance(option, click.Option) for name in option.opts}
    for name, setting in {**plain.FLAGS, **plain.CHOSEN, **plain.LISTS}.items():
        assert known[name].name == setting
        assert known[name].is_flag == (name in plain.FLAGS)
        assert known[name].multiple == (name in plain.LISTS)
    for name in plain.CHOSEN:
        kind = known[name].type
        assert isinstance(kind, click.Choice) and list(kind.choices) == list(CHOICES[name.removeprefix("--")])


def test_what_is_written_is_the_same_either_way(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("共26项，已完成29项。\n完成投资XX亿元。\n", "utf-8")
    run = "import sys; from reportlint.cli import plain, main; {}; main(sys.argv[1:])"
    for options in ((), ("--format", "json"), ("--quiet", "--ignore", "NM"), ("--color", "always")):
        said = [
            subprocess.run(
                [sys.executable, "-c", run.format(how), "check", "a.txt", "missing.txt", *options],
                cwd=tmp_path,
                capture_output=True,
                check=False,
                env={**os.environ, "PYTHONHASHSEED": "1"},
            )
            for how in ("pass", "plain.understood = lambda words: None")
        ]
        assert said[0].returncode == said[1].returncode == 2
        assert (said[0].stdout, said[0].stderr) == (said[1].stdout, said[1].stderr)
