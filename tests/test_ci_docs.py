"""The commands of docs/ci.md, each run on a folder of drafts: what the page promises a pipeline gets."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from conftest import ROOT

BAD = "省级督察反馈任务26项，已完成整改29项。\n"
GOOD = "省级督察反馈任务26项，已完成整改21项。\n"
PAGE = (ROOT / "docs" / "ci.md").read_text("utf-8")
COMMANDS = sorted(
    {found.strip("' ") for found in re.findall(r"reportlint (check [^\n'&|#`<]*drafts/[^\n'&|#`<]*)", PAGE)}
)
READERS = {
    ".sarif": json.loads,
    ".json": json.loads,
    ".rdjson": json.loads,
    ".xml": ElementTree.fromstring,
    ".html": str,
}


def run(command: str, folder: Path) -> int:
    arguments, _, into = command.partition(">")
    done = subprocess.run(
        [sys.executable, "-m", "reportlint", *shlex.split(arguments)], cwd=folder, capture_output=True, check=False
    )
    if into:
        (folder / into.strip()).write_bytes(done.stdout)
    return done.returncode


def test_the_page_has_a_command_for_each_format_that_it_shows_in_use() -> None:
    used = {found for command in COMMANDS for found in re.findall(r"--format (\w+)", command)}
    assert used == {"github", "sarif", "gitlab", "junit", "html", "rdjson"}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_page_does_what_it_says(command: str, tmp_path: Path) -> None:
    drafts = tmp_path / "drafts"
    drafts.mkdir()
    (drafts / "a.txt").write_text(GOOD, "utf-8")
    never = "--fail-on never" in command
    assert run(command, tmp_path) == 0
    (drafts / "b.txt").write_text(BAD, "utf-8")
    assert run(command, tmp_path) == (0 if never else 1)
    (drafts / "c.txt").write_bytes(b"\x00\x01\x02\xff" * 50)
    assert run(command, tmp_path) == 2, "what cannot be checked fails whatever the gate"
    if match := re.search(r"(?:--output|>) (\S+)", command):
        target = tmp_path / match[1]
        READERS[target.suffix](target.read_text("utf-8"))
        assert re.search(r"c\.txt", target.read_text("utf-8"))
