"""What a text must hold for an expression to match: never more than every match does hold."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from reportlint import patterns
from reportlint.analysis import Analysis
from reportlint.api import check_text
from reportlint.needs import headed, internals, needs
from reportlint.sources import from_text

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))


def needed(source: str, flags: int = 0) -> list[set[str]]:
    """The needs of an expression, pairs and single characters together."""
    return [{*pairs, *singles} for pairs, singles in needs(internals()[1].parse(source, flags))]


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


def with_its_beginning(source: str, flags: int = 0) -> re.Pattern[str] | None:
    """An expression with the set of its first characters at the head of its code; ``None`` where none was put there."""
    library, parser = internals()
    parsed = parser.parse(source, flags)
    code, state = library._code(parsed, flags), parsed.state
    made = headed(code, parsed, library)
    if made == code:
        return None
    names: list[str | None] = [None] * state.groups
    for name, number in state.groupdict.items():
        names[number] = name
    matcher: re.Pattern[str] = library._sre.compile(
        source, flags | state.flags, made, state.groups - 1, state.groupdict, tuple(names)
    )
    return matcher


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("(?:甲|[乙丙]丁)戊", "甲乙丁戊甲戊丙戊"),
        (r"(?<=[共有])(?:\d|[两三])项|(?:家|个)(?=[，。])", "共3项，有٣项，有三项，5个，4家。"),
        ("(?P<one>甲|乙)?丙(?P=one)", "甲丙甲丙乙丙乙"),
        ("(?:第[一二]|(?!下)[上下])?季", "第一季，上季，下季，季"),
        ("(?:#{1,3})?(?:一|𠀀)、", "##一、𠀀、"),
        ("(?:^|，)(?:甲|[乙丙]丁)", "甲，丙丁"),
    ],
)
def test_an_expression_told_where_to_look_finds_the_same(source: str, text: str) -> None:
    matcher = with_its_beginning(source)
    assert matcher is not None
    found = [match.span() for match in matcher.finditer(text)]
    assert found == [match.span() for match in re.finditer(source, text)] != []


@pytest.mark.parametrize(
    "source",
    ["[甲乙]丙", "甲乙", "(?:甲|[乙丙])?", "(?i)(?:a|[bc]d)e", "[一-龥](?<=甲)乙", "(?:[^甲]|乙)丙", "(?=甲|[乙丙]丁)"],
)
def test_no_set_is_put_where_there_is_one_or_none_is_known(source: str) -> None:
    assert with_its_beginning(source) is None


def test_no_expression_of_the_program_matches_otherwise_for_it() -> None:
    text = "".join(path.read_text("utf-8") for path in SEEDS)
    check_text(text)
    for pattern in list(patterns._KNOWN.values()):
        if pattern._matcher is not None and (matcher := with_its_beginning(pattern.pattern, pattern.flags)) is not None:
            plain = re.compile(pattern.pattern, pattern.flags)
            assert [match.span() for match in matcher.finditer(text)] == [
                match.span() for match in plain.finditer(text)
            ]


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
