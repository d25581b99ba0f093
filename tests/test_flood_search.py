"""The search for rules that drown finds those whose time grows with the square of the text, and lets the others be."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from subprocess import run

import pytest

from conftest import ROOT
from reportlint.analysis import Analysis, Context
from reportlint.finding import Outcome, Severity
from reportlint.rule import Check, rule

sys.path.insert(0, str(ROOT / "tools"))
import floods

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="clocks as Unix has them")


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    before = signal.signal(signal.SIGVTALRM, floods._stop)
    yield
    signal.signal(signal.SIGVTALRM, before)


def every_pair(analysis: Analysis) -> Iterator[Outcome]:
    """每两个数都比一遍。"""
    figures = analysis.quantities
    if sum(one.value == other.value for one in figures for other in figures) < 0:
        yield from ()


def each_once(analysis: Analysis) -> Iterator[Outcome]:
    """每个数看一遍。"""
    if sum(one.value * 3 % 7 for one in analysis.quantities for _ in range(60)) < 0:
        yield from ()


@pytest.mark.parametrize(("check", "found"), [(every_pair, ["ZZ001"]), (each_once, [])])
def test_a_rule_that_compares_every_two_figures_is_found(
    check: Check, found: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = rule("ZZ001", "every-pair", severity=Severity.INFO, bad=("⟦1⟧",), good=("1",))(check)
    monkeypatch.setattr(floods, "rules", lambda: (made,))
    slow = floods.slow("共排查隐患12处，整改9处。", "lines, figures", 1_800, Context(), set())
    assert [one.code for one in slow] == found


def test_copies_have_other_figures_and_other_words_but_their_own_layout() -> None:
    sentence = "全市共排查隐患26处，其中学校12处、医院9处。"
    made = {name: lay(sentence, 40) for name, lay in floods.LAYOUTS.items()}
    assert len(set(made.values())) == len(made)
    for name, text in made.items():
        assert text.count("隐患") >= 20 or name in ("clauses", "last clause"), name
        assert text.count("\n") == (40 if name.startswith("lines") else 1), name
    assert made["clauses"].count("学校") == 40 and made["last clause"].count("医院") == 40
    assert len(set(made["lines, figures"].splitlines())) > 30
    assert len({line[:2] for line in made["lines, words"].splitlines()}) == 40


def test_a_table_is_made_longer_below_its_head() -> None:
    made = floods.LAYOUTS["clauses"]("| 乡镇 | 排查 |\n|---|---|\n| 甲镇 | 12 |\n| 合计 | 22 |", 30)
    assert made.startswith("| 乡镇 | 排查 |\n|---|---|\n| 甲镇 | 12 |\n| 合计 | 22 |\n")
    assert made.count("甲镇") == made.count("合计") == 30


@pytest.mark.slow
def test_a_sample_of_floods_drowns_no_rule(tmp_path: Path) -> None:
    done = run(
        [sys.executable, str(ROOT / "tools" / "floods.py"), "--sample", "12", "--copies", "400"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]
    assert "floods of 12 sentences, 0 slow" in done.stdout
