"""A sample report in every encoding it may come in: the same findings at the same places."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import SEEDS

SAMPLE = SEEDS / "emergency-half-year.txt"


def findings(path: Path) -> list[dict[str, object]]:
    command = [sys.executable, "-m", "reportlint", "check", "--format", "json", "--no-cache", str(path)]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 1, done.stderr.decode()
    found = json.loads(done.stdout)["findings"]
    for finding in found:
        del finding["path"]
    return found


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_another_encoding_gives_the_same_findings(tmp_path: Path, encoding: str) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_bytes(SAMPLE.read_text("utf-8").encode(encoding))
    assert findings(copy) == findings(SAMPLE)


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_other_line_ends_give_the_same_lines(tmp_path: Path, newline: str) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_bytes(SAMPLE.read_text("utf-8").replace("\n", newline).encode())
    assert [(f["line"], f["column"], f["code"]) for f in findings(copy)] == [
        (f["line"], f["column"], f["code"]) for f in findings(SAMPLE)
    ]
