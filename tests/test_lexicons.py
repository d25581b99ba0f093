"""The typo lexicons: their form, and that every entry does what it is there for."""

from __future__ import annotations

import csv
import random
import re
from functools import lru_cache
from pathlib import Path

import pytest

from conftest import ROOT, analysis
from reportlint.sounds import alike
from reportlint_rules.typos.phrases import broken_set_phrase
from reportlint_rules.typos.words import slips

TYPOS = ROOT / "rules" / "reportlint_rules" / "typos"
CONFUSABLES = TYPOS / "confusables.csv"
PHRASES = TYPOS / "phrases.csv"
COMMON = ROOT / "linter" / "reportlint" / "data" / "common_characters.txt"
HAN = re.compile(r"[一-龥]+")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def parts(cell: str) -> list[str]:
    return [part for part in cell.split(";") if part]


def found_words(text: str) -> list[str]:
    found = analysis(text)
    return [found.reading.text[at.start : at.end] for at, _ in slips(found)]


def found_phrases(text: str) -> list[str]:
    return [text[finding.span.start : finding.span.end] for finding in broken_set_phrase.findings(analysis(text))]


def in_a_sentence(words: str) -> str:
    return f"会上，{words}。\n"


def test_the_confusables_have_their_form() -> None:
    import pandas
    import pandera.pandas as pandera

    def compiles(pattern: str) -> bool:
        try:
            re.compile(pattern)
        except re.error:
            return False
        return True

    text = pandera.Column(str)
    schema = pandera.DataFrameSchema(
        {
            "wrong": pandera.Column(str, pandera.Check.str_length(min_value=2)),
            "right": pandera.Column(str, pandera.Check.str_length(min_value=2)),
            "pattern": pandera.Column(str, pandera.Check(compiles, element_wise=True)),
            "severity": pandera.Column(str, pandera.Check.isin(["error", "warning"])),
            "good": text,
            "source": pandera.Column(str, pandera.Check.str_length(min_value=1)),
        },
        checks=[
            pandera.Check(lambda table: table.apply(lambda row: row["wrong"] != row["right"], axis=1)),
            pandera.Check(
                lambda table: table.apply(lambda row: bool(row["pattern"]) or row["wrong"] not in row["right"], axis=1),
                error="only a guard tells 执法人35人 from 执法人员",
            ),
            pandera.Check(
                lambda table: table.apply(lambda row: not row["pattern"] or row["wrong"] in row["pattern"], axis=1),
                error="a guard holds its literal",
            ),
        ],
        unique=["wrong", "pattern"],
        strict=True,
        ordered=True,
    )
    schema.validate(pandas.read_csv(CONFUSABLES, dtype=str, keep_default_na=False))


def test_the_phrases_have_their_form() -> None:
    import pandas
    import pandera.pandas as pandera

    text = pandera.Column(str)
    schema = pandera.DataFrameSchema(
        {
            "phrase": pandera.Column(str, pandera.Check.str_length(min_value=2), unique=True),
            "variants": text,
            "wrong": text,
            "mode": pandera.Column(str, pandera.Check.isin(["closed", "sound", "idiom", "literal"])),
            "source": pandera.Column(str, pandera.Check.str_length(min_value=1)),
        },
        checks=[
            pandera.Check(lambda table: table.apply(lambda row: row["phrase"] not in parts(row["wrong"]), axis=1)),
            pandera.Check(
                lambda table: table.apply(
                    lambda row: not set(parts(row["variants"])) & set(parts(row["wrong"])), axis=1
                )
            ),
            pandera.Check(
                lambda table: table.apply(lambda row: row["mode"] != "literal" or bool(row["wrong"]), axis=1),
                error="a literal phrase lists what is wrong",
            ),
        ],
        strict=True,
        ordered=True,
    )
    schema.validate(pandas.read_csv(PHRASES, dtype=str, keep_default_na=False))


def test_the_collocations_have_their_form() -> None:
    lines = (TYPOS / "collocations.tsv").read_text("utf-8").splitlines()
    table = [line.split("\t") for line in lines if not line.startswith("#")]
    assert any(line.startswith("# source:") for line in lines)
    assert all(HAN.fullmatch(phrase) and 3 <= len(phrase) <= 8 for phrase, *_ in table)
    assert all(int(times) >= int(documents) >= 2 for _, times, documents in table)
    words = [phrase for phrase, *_ in table]
    assert words == sorted(set(words))


def test_the_lexicons_are_sorted() -> None:
    words = [(row["wrong"], row["pattern"]) for row in rows(CONFUSABLES)]
    assert words == sorted(words)
    phrases = [row["phrase"] for row in rows(PHRASES)]
    assert phrases == sorted(phrases)


def test_nothing_is_wrong_and_a_correction() -> None:
    table = rows(CONFUSABLES)
    wrong = {row["wrong"] for row in table}
    assert not wrong & {row["right"] for row in table}
    phrases = rows(PHRASES)
    lawful = {form for row in phrases for form in (row["phrase"], *parts(row["variants"]))}
    assert not lawful & {form for row in phrases for form in parts(row["wrong"])}
    assert not lawful & wrong


def test_no_correction_is_reported() -> None:
    rights = sorted({row["right"] for row in rows(CONFUSABLES)})
    loud = {right: found for right in rights if (found := found_words(in_a_sentence(right)))}
    assert not loud


def test_an_innocent_neighbour_is_silent() -> None:
    loud = []
    for row in rows(CONFUSABLES):
        for good in parts(row["good"]):
            assert row["wrong"] in good
            if row["wrong"] in found_words(in_a_sentence(good)):
                loud.append((row["wrong"], good))
    assert not loud


def test_a_wrong_form_is_found_in_a_neutral_sentence() -> None:
    missed = []
    for row in rows(CONFUSABLES):
        sentence = in_a_sentence(row["wrong"])
        if row["pattern"] and not re.search(row["pattern"], sentence):
            continue  # its guard wants more context than that
        # The place is that of the shortest entry inside: 幅射 in 幅射安全.
        if not any(found in row["wrong"] for found in found_words(sentence)):
            missed.append(row["wrong"])
    assert not missed


def test_a_phrase_and_its_variants_are_silent() -> None:
    loud = []
    for row in rows(PHRASES):
        for form in (row["phrase"], *parts(row["variants"])):
            if found := found_phrases(in_a_sentence(form)):
                loud.append((row["phrase"], form, found))
    assert not loud


def test_a_listed_form_of_a_phrase_is_reported() -> None:
    missed = []
    for row in rows(PHRASES):
        for wrong in parts(row["wrong"]):
            sentence = in_a_sentence(wrong)
            # One that is in the other lexicon as well is told there.
            if not found_phrases(sentence) and not found_words(sentence):
                missed.append((row["phrase"], wrong))
    assert not missed


@lru_cache(maxsize=1)
def common_characters() -> str:
    return "".join(HAN.findall(COMMON.read_text("utf-8")))


def homophone(character: str) -> str | None:
    return next((other for other in common_characters() if other != character and alike(character, other)), None)


def slipped(phrase: str, kind: str, at: int) -> str | None:
    """``phrase`` with one slip of a ``kind`` at its inner character ``at``; ``None`` where that gives nothing to see."""
    one = phrase[at]
    if kind == "homophone":
        other = homophone(one)
        return phrase[:at] + other + phrase[at + 1 :] if other else None
    if kind == "dropped":
        return phrase[:at] + phrase[at + 1 :]
    if kind == "doubled":
        return phrase[:at] + one + phrase[at:]
    swapped = phrase[:at] + phrase[at + 1] + one + phrase[at + 2 :]
    return swapped if at + 1 < len(phrase) - 1 and swapped != phrase else None


@pytest.mark.parametrize("kind", ["homophone", "dropped", "doubled", "swapped"])
def test_a_slip_inside_a_closed_phrase_is_reported(kind: str) -> None:
    table = [
        row
        for row in rows(PHRASES)
        if row["mode"] == "closed" and len(row["phrase"]) >= 5 and HAN.fullmatch(row["phrase"])
    ]
    lawful = {form for row in rows(PHRASES) for form in (row["phrase"], *parts(row["variants"]))}
    chosen = random.Random(20).sample(table, 60)
    tried, missed = 0, []
    for row in chosen:
        phrase = row["phrase"]
        for at in range(1, len(phrase) - 1):
            broken = slipped(phrase, kind, at)
            if broken is None or any(form in broken for form in lawful):
                continue
            tried += 1
            sentence = in_a_sentence(broken)
            if not found_phrases(sentence) and not found_words(sentence):
                missed.append((phrase, broken))
    assert tried > 60
    assert not missed


def test_every_data_file_is_told_of() -> None:
    told = "".join((ROOT / "docs" / name).read_text("utf-8") for name in ("data.md", "typos.md"))
    files = [
        path
        for top in ("linter/reportlint/data", "rules/reportlint_rules")
        for path in (ROOT / top).rglob("*")
        if path.suffix in (".tsv", ".csv", ".txt")
    ]
    assert len(files) > 30
    assert not [path.name for path in files if f"{path.name}`" not in told]
