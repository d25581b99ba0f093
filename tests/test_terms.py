"""The lexicons of the term and unit rules, and the user's own terms."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import ROOT, document
from reportlint.analysis import Analysis, Context
from reportlint_rules.terms.former import former_body
from reportlint_rules.terms.names import name_two_ways
from reportlint_rules.terms.nearwords import near_word
from reportlint_rules.terms.series import series_order
from reportlint_rules.terms.slogans import set_formula

RULES = ROOT / "rules" / "reportlint_rules"


def table(path: Path) -> list[list[str]]:
    return [row.split("\t") for row in path.read_text("utf-8").splitlines() if row and not row.startswith("#")]


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("terms/variants.tsv", 3),
        ("terms/former_bodies.tsv", 4),
        ("terms/pleonasms.tsv", 5),
        ("terms/heads.tsv", 4),
        ("terms/misnamed.tsv", 3),
        ("terms/undertakings.tsv", 3),
        ("terms/usage.tsv", 6),
        ("units/notations.tsv", 3),
        ("units/odd.tsv", 4),
    ],
)
def test_a_table_has_its_columns_and_a_source_and_no_row_twice(name: str, columns: int) -> None:
    rows = table(RULES / name)
    assert rows and all(len(row) == columns and all(row) for row in rows)
    assert len({(row[0], row[1]) for row in rows}) == len(rows)


def test_a_full_form_does_not_hold_its_short_form() -> None:
    assert not [(short, full) for short, full, _ in table(RULES / "terms/variants.tsv") if short in full]


def test_no_full_form_is_itself_a_short_form() -> None:
    rows = table(RULES / "terms/variants.tsv")
    assert not {full for _, full, _ in rows} & {short for short, _, _ in rows}


def test_a_notation_stands_for_one_unit() -> None:
    forms = [form for _, forms, _ in table(RULES / "units/notations.tsv") for form in forms.split()]
    assert len(forms) == len(set(forms))


@pytest.mark.parametrize(("name", "level"), [("terms/pleonasms.tsv", 2), ("units/odd.tsv", 2), ("terms/usage.tsv", 3)])
def test_what_is_wrong_is_nobodys_right_form_and_has_a_level(name: str, level: int) -> None:
    rows = table(RULES / name)
    assert not [row for row in rows if row[0] == row[1]]
    assert {row[level] for row in rows} <= {"info", "warning"}


def test_a_pair_of_near_words_has_one_group_for_each_reading_and_may_speak() -> None:
    for wrong, right, pattern, *_ in table(RULES / "terms/usage.tsv"):
        assert wrong in near_word.triggers and wrong != right
        assert re.compile(pattern).groups == pattern.count(f"({wrong})"), wrong


def test_a_head_of_names_is_listed_once() -> None:
    heads = [head for kind, heads, _, _ in table(RULES / "terms/heads.tsv") if kind == "head" for head in heads.split()]
    assert len(heads) == len(set(heads))


def test_a_longer_pleonasm_stands_before_the_shorter_one_it_holds() -> None:
    words = [row[0] for row in table(RULES / "terms/pleonasms.tsv")]
    assert not [(first, later) for index, first in enumerate(words) for later in words[index + 1 :] if first in later]


def test_every_formula_has_a_source_a_name_or_a_fixed_order() -> None:
    rows = table(RULES / "terms/formulas.tsv")
    assert rows and all(len(row) == 5 and row[4] and (row[0] or row[3] == "1") for row in rows)
    assert len({(row[0], row[1]) for row in rows}) == len(rows)
    assert not [row for row in rows if row[3] not in ("", "1") or (row[3] and not row[1])]


ORDERED = [row[1] for row in table(RULES / "terms/formulas.tsv") if row[3]]


@pytest.mark.parametrize("series", ORDERED)
def test_a_series_is_silent_in_its_order_and_reported_reversed(series: str) -> None:
    def found(text: str) -> list[str]:
        return [finding.suggestion or "" for finding in series_order.findings(Analysis(document(text)))]

    assert not found(f"坚持{series}，成效明显。")
    first, second, *rest = series.split("、")
    assert found(f"坚持{'、'.join((second, first, *rest))}，成效明显。") == [series]


@pytest.mark.parametrize("name", [row[0] for row in table(RULES / "terms/formulas.tsv") if row[0] and not row[2]])
def test_a_name_is_silent_and_reported_with_another_numeral(name: str) -> None:
    def found(text: str) -> list[str]:
        return [finding.suggestion or "" for finding in set_formula.findings(Analysis(document(text)))]

    assert not found(f"严格落实“{name}”要求，成效明显。")
    at = max(place for place, char in enumerate(name) if char in "一两三四五六八")
    assert found(f"严格落实“{name[:at]}七{name[at + 1 :]}”要求，成效明显。") == [name]


@pytest.mark.parametrize("former", [row[0] for row in table(RULES / "terms/former_bodies.tsv")])
def test_a_former_name_wakes_the_rule(former: str) -> None:
    assert any(trigger in former for trigger in former_body.triggers)


HOUSE = frozenset(("青岬湾保税物流中心", "岚汀先行示范片区", "青岬湾保税物流中心二期"))


@pytest.mark.parametrize(
    "wrong",
    [
        "青岬湾保税流中心",
        "青岬湾保税物物流中心",
        "青岬湾保税物流中新中心"[:6] + "留中心",
        "岚汀先形示范片区",
        "岚汀先行范示片区",
    ],
)
def test_a_near_miss_of_a_house_term_is_reported(wrong: str) -> None:
    text = f"全年{wrong}完成投资12亿元。"
    found = list(name_two_ways.findings(Analysis(document(text), Context(terms=HOUSE))))
    assert [text[slice(*finding.span)] for finding in found] == [wrong]
    assert found[0].suggestion in HOUSE


@pytest.mark.parametrize(
    "right", ["青岬湾保税物流中心", "青岬湾保税物流园区", "青岬湾保税物流中心二期", "岚汀先行示范园区", "岚汀片区"]
)
def test_a_house_term_and_its_lawful_neighbours_are_silent(right: str) -> None:
    text = f"全年{right}完成投资12亿元。"
    assert not list(name_two_ways.findings(Analysis(document(text), Context(terms=HOUSE))))


def test_a_mark_that_fills_a_page_is_told_once_with_its_lines() -> None:
    from reportlint_rules.residue.pages import markup_residue

    text = "".join(f"<U+00A0>第{number}季度各项工作有序推进。\n" for number in "一二三四一二三四一二")
    found = list(markup_residue.findings(Analysis(document(text))))
    assert len(found) == 1
    assert "全文 10 处（第 1–10 行）" in str(found[0].message)
