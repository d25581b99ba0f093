"""Every rule against its own examples and the cases of its family, at the exact place."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from conftest import ROOT, analysis, document
from reportlint.analysis import Analysis, Context
from reportlint.examples import Case, read_cases, unmark
from reportlint.finding import Severity
from reportlint.registry import rules
from reportlint.rule import Rule

RULES = {rule.code: rule for rule in rules()}
#: Cases that no mechanism reaches yet, each with its reason; a case that begins to hold must leave the list.
OPEN = ROOT / "tests" / "open_cases.txt"


def own_examples() -> list[Case]:
    return [
        Case(rule.code, bad, text, 0)
        for rule in RULES.values()
        for bad, texts in ((True, rule.bad), (False, rule.good))
        for text in texts
    ]


def case_files() -> list[Path]:
    return sorted((ROOT / "rules" / "reportlint_rules").glob("*/*.md"))


def family_cases() -> list[Case]:
    return [case for path in case_files() for case in read_cases(path) if case.code in RULES]


def open_cases() -> frozenset[str]:
    lines = OPEN.read_text("utf-8").splitlines()
    return frozenset(line.partition("\t")[2] for line in lines if line and not line.startswith("#"))


def name(case: Case) -> str:
    return f"{case.code}-{'bad' if case.bad else 'good'}-{case.line}"


def reported(rule: Rule, text: str) -> list[tuple[int, int]]:
    suffix = ".md" if text.lstrip().startswith(("|", "#")) or "\n|" in text else ".txt"
    context = rule.given() if rule.given is not None else Context()
    return sorted({tuple(finding.span) for finding in rule.findings(Analysis(document(text, suffix), context))})


@pytest.mark.parametrize("case", own_examples(), ids=lambda case: f"{name(case)}-{case.text[:12]}")
def test_a_rules_own_example_holds(case: Case) -> None:
    text, marked = unmark(case.text)
    assert bool(marked) == case.bad
    assert reported(RULES[case.code], text) == [tuple(span) for span in marked]


@pytest.mark.parametrize("case", family_cases(), ids=name)
def test_a_case_is_reported_where_marked_or_not_at_all(case: Case) -> None:
    text, marked = unmark(case.text)
    assert bool(marked) == case.bad
    holds = reported(RULES[case.code], text) == [tuple(span) for span in marked]
    if case.text.replace("\n", "⏎") in open_cases():
        assert not holds, "this case holds now: take it off tests/open_cases.txt"
        assert not reported(RULES[case.code], text) or case.bad
    else:
        assert holds, f"{reported(RULES[case.code], text)} in {text}"


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_a_rule_has_a_page_and_examples_a_person_can_read(rule: Rule) -> None:
    assert rule.title.endswith("。")
    assert len(rule.doc.splitlines()) >= 3, "the page says why and what does not count"
    assert any("\u4e00" <= character <= "\u9fff" for character in rule.doc)


@pytest.mark.parametrize("rule", [rule for rule in RULES.values() if rule.family != "RL"], ids=lambda rule: rule.code)
def test_a_rule_has_ten_wrong_and_ten_right_sentences(rule: Rule) -> None:
    cases = [case for case in [*own_examples(), *family_cases()] if case.code == rule.code]
    assert sum(case.bad for case in cases) >= 10
    assert sum(not case.bad for case in cases) >= 10


def test_no_right_sentence_is_an_error_for_any_other_rule() -> None:
    loud = []
    for case in family_cases():
        if case.bad:
            continue
        text, _ = unmark(case.text)
        found = analysis(text)
        for rule in RULES.values():
            for finding in rule.findings(found):
                severity = rule.severity if finding.severity is None else finding.severity
                if severity is Severity.ERROR:
                    loud.append(f"{rule.code} in {name(case)}: {finding.message} | {text}")
    assert not loud, "\n".join(loud)


def test_families_export_what_the_entry_points_name() -> None:
    for path in sorted((ROOT / "rules" / "reportlint_rules").glob("*/__init__.py")):
        module = importlib.import_module(f"reportlint_rules.{path.parent.name}")
        missing = [rule.code for rule in module.RULES if rule.code not in RULES]
        assert not missing, f"{missing} are not installed: the entry points are stale, run pip install -e ."
        assert all(RULES[rule.code].check is rule.check for rule in module.RULES)
