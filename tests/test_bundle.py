"""Byte code kept in one file: used where it may be, and never instead of a source that has changed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT

CHECK = """
import sys
from reportlint import cli
try:
    cli.main(["check", "--no-cache", "--quiet", "--select", "NM", sys.argv[1]])
except SystemExit as done:
    status = done.code
kept = sorted(name for name, one in sys.modules.items() if type(getattr(one, "__loader__", None)).__name__ == "_Loader")
sys.stderr.write("\\n".join([str(status), *kept]))
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the program, without byte code."""
    for name in ("linter", "rules"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "*.bin", "*.md"))
    (tmp_path / "总结.txt").write_text("共排查问题26项，已完成整改29项。", "utf-8")
    return tmp_path


def check(tree: Path, **more: str) -> tuple[str, str, list[str]]:
    """What a process prints of the report, its exit status, and the modules that came out of the file."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    environment |= {"PYTHONPATH": os.pathsep.join((str(tree / "linter"), str(tree / "rules"))), **more}
    done = subprocess.run(
        [sys.executable, "-c", CHECK, tree / "总结.txt"], capture_output=True, check=False, env=environment
    )
    status, *kept = done.stderr.decode().splitlines()
    return done.stdout.decode(), status, kept


def test_the_second_run_finds_its_modules_in_the_file(tree: Path) -> None:
    first, status, kept = check(tree)
    assert (status, kept) == ("1", [])
    second, status, kept = check(tree)
    assert (second, status) == (first, "1")
    assert {"reportlint.lint", "reportlint.cli.check", "reportlint_rules.numbers.counts.rule"} <= set(kept)
    assert all(name.startswith(("reportlint.", "reportlint_rules.")) for name in kept)


def test_a_source_that_has_changed_is_what_counts(tree: Path) -> None:
    check(tree)
    source = tree / "rules" / "reportlint_rules" / "numbers" / "counts" / "rule.py"
    text = source.read_text("utf-8")
    source.write_text(text.replace("超过总数", "多于总数"), "utf-8")
    assert "多于总数" not in text
    printed, _, kept = check(tree)
    assert "多于总数" in printed
    assert "reportlint_rules.numbers.counts.rule" not in kept
    assert "reportlint.lint" in kept
    printed, _, kept = check(tree)
    assert "多于总数" in printed
    assert "reportlint_rules.numbers.counts.rule" in kept


def test_a_tree_that_has_moved_is_not_looked_for_where_it_was(tree: Path) -> None:
    check(tree)
    moved = tree.with_name(f"{tree.name}-moved")
    shutil.copytree(tree, moved)
    shutil.rmtree(tree)
    assert check(moved)[1:] == ("1", [])
    assert check(moved)[2]


@pytest.mark.parametrize("damage", [b"", b"\0" * 64, b"other bytes altogether" * 20])
def test_a_damaged_file_is_written_anew(tree: Path, damage: bytes) -> None:
    first = check(tree)[0]
    (file,) = tree.rglob("*.modules")
    file.write_bytes(damage)
    assert check(tree) == (first, "1", [])
    assert check(tree)[2]


def test_nothing_is_written_where_python_writes_no_byte_code(tree: Path) -> None:
    check(tree, PYTHONDONTWRITEBYTECODE="1")
    assert not list(tree.rglob("*.modules"))
    assert not list(tree.rglob("*.patterns"))


def test_a_traceback_shows_the_source(tree: Path) -> None:
    check(tree)
    look = "from reportlint import bundle; bundle.use(); import inspect, reportlint.lint as m; print(inspect.getsource(m.worst))"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(tree / "linter"), str(tree / "rules")))}
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, check=False, env=environment)
    assert done.stdout.decode().startswith("def worst(")
