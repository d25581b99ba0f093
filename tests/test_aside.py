"""Half of a check in a copy of the process: the same findings, whatever becomes of the copy."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT, document
from reportlint.analysis import Analysis
from reportlint.aside import _flat, _made
from reportlint.finding import Abstained, Checked, Elsewhere, Finding, Message
from reportlint.registry import rules
from reportlint.span import Span

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="copies are made on Linux only")

SAMPLE = ROOT / "seeds" / "env-half-year.txt"
#: Runs a check with ``os.fork`` replaced, and says how often that was called and whether a child is left.
RUN = """
import os, sys
real, calls = os.fork, []
def fork():
    calls.append(1)
    how = {how!r}
    if how == "none":
        raise OSError("no room")
    number = real()
    if number == 0 and how == "dies":
        os.kill(os.getpid(), 9)
    return number
os.fork = fork
os.sched_getaffinity = lambda number: {{0, 1}}
from reportlint.cli import _status
if {how!r} == "interrupted":
    from reportlint import lint
    told = lint._told
    def interrupted(rules, analysis):
        if not any(rule.code.startswith("TY") for rule in rules):
            raise KeyboardInterrupt
        return told(rules, analysis)
    lint._told = interrupted
status = _status({args!r})
sys.stdout.flush()
try:
    left = os.waitpid(-1, os.WNOHANG)
except ChildProcessError:
    left = None
print(len(calls), left, status, file=sys.stderr)
import atexit
atexit._run_exitfuncs()
"""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which everything that is kept between runs has been kept."""
    place = tmp_path_factory.mktemp("kept")
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    env |= {"PYTHONPYCACHEPREFIX": str(place), "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1"}
    for options in (("--jobs", "1"), (), ()):
        _run(env, "", *options)
    return env


def _run(env: dict[str, str], how: str, *options: str) -> tuple[list[Any], str]:
    args = ["check", "--no-cache", "--format", "json", *options, str(SAMPLE)]
    done = subprocess.run(
        [sys.executable, "-c", RUN.format(how=how, args=args)], env=env, capture_output=True, encoding="utf-8"
    )
    said = done.stderr.strip().splitlines()[-1]
    return (json.loads(done.stdout)["findings"] if done.stdout else []), said


def test_a_copy_takes_a_part_and_the_findings_are_the_same(kept: dict[str, str]) -> None:
    alone, said = _run(kept, "", "--jobs", "1")
    assert said == "0 None 1" and any(found["code"].startswith("TY") for found in alone)
    together, said = _run(kept, "")
    assert said == "1 None 1"
    assert together == alone


@pytest.mark.parametrize("how", ["dies", "none"])
def test_without_the_copy_the_findings_are_the_same(kept: dict[str, str], how: str) -> None:
    alone, _ = _run(kept, "", "--jobs", "1")
    found, said = _run(kept, how)
    assert (found, said) == (alone, "1 None 1")


def test_after_an_interruption_no_copy_is_left(kept: dict[str, str]) -> None:
    assert _run(kept, "interrupted") == ([], "1 None 130")


def test_what_has_not_been_kept_is_kept_before_a_copy_is_made(kept: dict[str, str], tmp_path: Path) -> None:
    env = {**kept, "PYTHONPYCACHEPREFIX": str(tmp_path)}
    assert [_run(env, "")[1] for _ in range(3)][::2] == ["0 None 1", "1 None 1"]


def test_an_outcome_comes_back_as_it_was() -> None:
    analysis = Analysis(document(SAMPLE.read_text("utf-8")))
    told = [outcome for rule in rules() if not rule.needs for outcome in rule.check(analysis)]
    assert {type(outcome) for outcome in told} >= {Finding, Checked, Abstained}
    assert any(isinstance(one, Finding) and one.fix for one in told)
    assert [_made(_flat(outcome)) for outcome in told] == told


def test_what_speaks_of_another_document_is_not_for_a_copy() -> None:
    place = Elsewhere(document("共26项。"), Span(0, 1), "前一处")
    with pytest.raises(ValueError, match="another document"):
        _flat(Finding(Span(0, 1), Message("不符"), elsewhere=(place,)))
