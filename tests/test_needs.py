"""What a text must hold for an expression to match: never more than every match does hold."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from reportlint import patterns
from reportlint.analysis import Analysis
from reportlint.api import check_text
from reportlint.needs import needs
from reportlint.sources import from_text

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))


def needed(source: str, flags: int = 0) -> list[set[str]]:
    """The needs of an expression, pairs and single characters together."""
    return [{*pairs, *singles} for pairs, singles in needs(patterns._internals()[1].parse(source, flags))]


@pytest.mark.parametrize(
    ("source", "need"),
    [
        ("[一二](?:字诀|字经)", {"字诀", "字经"}),
        ("(?:为|达到)类(?=[，。])", {"为类", "到类"}),
        ("为?(?:较|比)同比", {"较同", "比同"}),
        ("[于在]年(?=[0-9])", {"于年", "在年"}),
        (r"\d时(?!间)", {f"{digit}时" for digit in range(10)}),
        ("(?<=[季旬])度", {"季度", "旬度"}),
        ("(?P<one>甲乙)丙(?P=one)", {"丙甲"}),
        ("(?:甲乙){2,}", {"甲乙"}),
        ("#+|NaN", {"#", "Na"}),
    ],
)
def test_a_need_is_what_every_match_holds_one_of(source: str, need: set[str]) -> None:
    assert need in needed(source)


@pytest.mark.parametrize(
    "source", ["[一-龥]{2}", "(?:甲乙)?", "甲乙|[一-龥]", "(?!甲乙)[一-龥]", "(?i)ab", "(?i:ab)", "(甲)?(?(1)乙丙|丁)"]
)
def test_what_may_match_without_it_is_no_need(source: str) -> None:
    assert all(not need & {"甲乙", "乙丙", "ab"} for need in needed(source))


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_no_expression_of_the_program_matches_where_its_needs_are_not_met(path: Path) -> None:
    text = path.read_text("utf-8")
    check_text(text)  # meets most expressions
    analysis = Analysis(from_text(text))
    for pattern in list(patterns._KNOWN.values()):
        if pattern.search(analysis.reading.text) is not None:
            assert analysis.may_match(pattern), pattern.pattern


def test_other_digits_than_those_of_ascii_are_not_overlooked() -> None:
    pattern = patterns.compiled(r"\d时(?!间)")
    assert [match[0] for match in Analysis(from_text("至٣时结束")).matches(pattern)] == ["٣时"]
    assert list(Analysis(from_text("及时结束")).matches(pattern)) == []


def test_a_text_without_the_needs_of_an_expression_does_not_make_it_compile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(patterns, "_STORE", patterns._Store())
    monkeypatch.setattr(patterns._STORE, "save", lambda: None)
    pattern = patterns.compiled("从未见过的(?:甲戌|乙亥)字样")
    assert list(Analysis(from_text("全县各项工作有序推进。")).matches(pattern)) == []
    assert not isinstance(pattern._matcher, re.Pattern)
    assert [match[0] for match in Analysis(from_text("从未见过的乙亥字样。")).matches(pattern)] == [
        "从未见过的乙亥字样"
    ]


def test_where_nothing_may_be_kept_expressions_match_as_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.setattr(patterns, "_STORE", patterns._Store())
    pattern = patterns.compiled("从未见过的(?:丙寅|丁卯)字样")
    assert patterns.needed(pattern) == ()
    assert list(Analysis(from_text("全县各项工作有序推进。")).matches(pattern)) == []
    assert [match[0] for match in Analysis(from_text("从未见过的丁卯字样。")).matches(pattern)] == [
        "从未见过的丁卯字样"
    ]
