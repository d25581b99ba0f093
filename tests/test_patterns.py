"""Expressions from the store do what compiled ones do, and nothing hangs on the store."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import reportlint_rules
from reportlint import patterns
from reportlint.patterns import compiled

SAMPLES = (
    (r"(?P<number>[0-9]+)(?:项|家)", 0, "共26项，已完成13家"),
    (r"(?<=截至)\s*(6|六)月", 0, "截至 6月底"),
    (r"^[a-z]+$", int(re.IGNORECASE | re.MULTILINE), "PM\n颗粒物"),
    ("甲|乙\ud800", 0, "乙\ud800"),
)
TRY = """
import sys
from reportlint import patterns
source, flags, text = {sample!r}
found = patterns.compiled(source, flags)
print(len(patterns._STORE.index), [m.span() for m in found.finditer(text)], sorted(m.groupdict().items()) if (m := found.search(text)) else None)
"""


def run(cache: Path, sample: object) -> tuple[int, str]:
    """How many lengths of record the store of a new process knows, and what an expression finds there."""
    environment = {"PYTHONPYCACHEPREFIX": str(cache), "PYTHONPATH": str(Path(patterns.__file__).parents[1])}
    done = subprocess.run(
        [sys.executable, "-c", TRY.format(sample=sample)], capture_output=True, text=True, check=False, env=environment
    )
    assert done.returncode == 0, done.stderr
    known, _, found = done.stdout.partition(" ")
    return int(known), found


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: ascii(sample[0]))
def test_a_stored_expression_finds_what_it_found_when_compiled(sample: tuple[str, int, str], tmp_path: Path) -> None:
    first, found = run(tmp_path, sample)
    again, same = run(tmp_path, sample)
    assert (first, found) == (0, same)
    assert again > 0
    source, flags, text = sample
    assert found.startswith(str([match.span() for match in re.finditer(source, text, flags)]))


@pytest.mark.parametrize("damage", [b"", b"\0" * 64, b"other bytes altogether" * 20])
def test_a_damaged_store_is_written_anew(damage: bytes, tmp_path: Path) -> None:
    _, found = run(tmp_path, SAMPLES[0])
    (store,) = tmp_path.rglob("*.patterns")
    store.write_bytes(damage)
    known, same = run(tmp_path, SAMPLES[0])
    assert (known, same) == (0, found)
    assert run(tmp_path, SAMPLES[0])[0] > 0


def test_an_expression_waits_until_it_meets_a_text() -> None:
    waiting = compiled(r"第[一二三四]季度(?:以来)?")
    matcher = waiting._matcher  # type: ignore[attr-defined]
    assert matcher is None
    assert waiting.pattern == r"第[一二三四]季度(?:以来)?"
    assert waiting.search("第三季度以来") is not None
    assert waiting.search == waiting._matcher.search  # type: ignore[attr-defined]
    assert waiting.sub("", "第三季度完成2项") == "完成2项"


def test_a_faulty_expression_is_told_when_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "_KNOWN", {})
    faulty = compiled(r"(?P<open>[0-9]")
    for _ in range(2):
        with pytest.raises(re.error):
            faulty.search("26项")


def test_every_expression_of_the_rules_is_sound() -> None:
    for module in walk_packages(reportlint_rules.__path__, "reportlint_rules."):
        import_module(module.name)
    for waiting in list(patterns._KNOWN.values()):
        re.compile(waiting.pattern, int(waiting.flags))
