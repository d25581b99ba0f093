"""The language model of the typo rules: its file, its masks, and what a document says for itself."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT, analysis
from reportlint.analysis import Analysis, Context
from reportlint.api import check_file
from reportlint.errors import RegistryError
from reportlint.examples import read_cases, unmark
from reportlint.finding import Severity
from reportlint.registry import rules
from reportlint.selection import Layer, chosen
from reportlint.sources import from_text
from reportlint_rules.typos import glimpse, likelihood, look, ngrams
from reportlint_rules.typos.improbable import improbable_character
from reportlint_rules.typos.pairs import pairs
from reportlint_rules.typos.runs import Runs, runs
from reportlint_rules.typos.unlikely import doubtful_character, unlikely_character

sys.path.insert(0, str(ROOT / "tools"))

from slips import KINDS, Slips

CASES = ROOT / "rules" / "reportlint_rules" / "typos" / "cases.md"
SLIP = "全县上下要引导社会资本参与项目建设和运莹，确保各项任务按期完成。"


def told(text: str, terms: frozenset[str] = frozenset()) -> list[str]:
    found = Analysis(from_text(text, "x.txt", ".txt"), Context(terms=terms))
    return [
        text[finding.span.start : finding.span.end]
        for rule in (improbable_character, unlikely_character, doubtful_character)
        for finding in rule.findings(found)
    ]


def test_the_model_is_small_and_says_what_it_was_made_from() -> None:
    assert ngrams.FILE.stat().st_size <= 13_000_000
    header = ngrams.model().header
    assert header["sources"] and all(size > 0 for size in header["sources"].values())
    assert set(header["thresholds"]) == {kind.name for kind in likelihood.Kind}


def test_a_run_that_everybody_writes_is_known_and_nonsense_is_not() -> None:
    model = ngrams.model()
    seen = model.seen(np.stack([model.read("人民政府"), model.read("民人府政"), model.read("膑囿猊舁")]))
    assert seen[0] > 10
    assert seen[2] == -1
    assert seen[1] < seen[0]


@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "other"])
def test_a_damaged_model_is_told_in_one_line(damage: str, tmp_path: Path) -> None:
    file = tmp_path / "ngrams.bin"
    data = ngrams.FILE.read_bytes()
    if damage != "missing":
        file.write_bytes({"empty": b"", "cut": data[:100_000], "other": b"x" * 4096}[damage])
    for load in (ngrams.load, Runs):
        with pytest.raises(RegistryError, match="重新安装"):
            load(file)


def test_both_readers_of_the_file_agree() -> None:
    text = "县人民政府印发实施方案，膑囿猊舁不成话。"
    model, plain = ngrams.model(), runs()
    ids = plain.read(text)
    assert [ord(one) for one in ids] == model.read(text).tolist()
    for size in (2, 3, 4):
        rows = [ids[at : at + size] for at in range(len(ids) - size + 1)]
        keys = np.array([[ord(one) for one in row] for row in rows])
        assert [plain.log[row] for row in rows] == model.seen(keys).tolist()


def test_a_run_is_known_only_if_those_inside_it_are() -> None:
    model = ngrams.model()
    two, three, four = model.surroundings(model.read("县人民政府印发，膑囿猊舁实施方案")[None, :])
    for size, inner, outer in ((3, two, three), (4, three, four)):
        known = (inner[0, :-1] >= 0) & (inner[0, 1:] >= 0)
        assert not (outer[0] >= 0)[~known].any(), size
    assert (four >= 0).any()


def test_what_a_glimpse_is_sure_of_the_whole_look_says_as_well() -> None:
    text = "\n".join(unmark(case.text)[0] for case in read_cases(CASES) if case.code in ("TY004", "TY006") and case.bad)
    look_at = glimpse.Glimpse(runs(), text, bytearray(len(text)), pairs().marks(text))
    sure = list(look_at.guesses(look_at.doubtful(), 0.9))
    whole = look.guesses(runs(), text, bytearray(len(text)), 0.5)
    assert len(sure) >= 10
    assert set(sure) <= set(whole)


def slipped(seed: int) -> str:
    """A sample report with a slip of some kind in every third sentence."""
    sound = (ROOT / "seeds" / "env-annual-clean.txt").read_text("utf-8")
    slips = Slips(Counter(sound), seed)
    lines = [line for line in re.split(r"(?<=[。；\n])", sound) if line]
    for at in range(0, len(lines), 3):
        made = next(slips.each([lines[at]], (KINDS[(at // 3 + seed) % len(KINDS)],)), None)
        lines[at] = made.text if made else lines[at]
    return "".join(lines)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_numpy_and_plain_python_say_the_same(seed: int) -> None:
    text = slipped(seed)
    masked = bytearray(len(text))
    masked[100:140] = b"\1" * 40
    plain = look.guesses(runs(), text, masked, 0.3)
    assert len(plain) > 15
    assert plain == likelihood.guesses(ngrams.model(), text, np.frombuffer(masked, np.bool_), 0.3)
    assert not any(100 <= guess.start < 140 or 100 < guess.end <= 140 for guess in plain)


def test_the_default_rules_load_neither_numpy_nor_a_segmenter() -> None:
    code = (
        f"import sys; from reportlint.api import check_text; found = check_text({SLIP!r}).diagnostics;"
        "print([one.rule.code for one in found], sorted({'numpy', 'jieba'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['TY006'] []"


def test_a_slip_is_told_with_its_correction() -> None:
    finding = next(improbable_character.findings(analysis(SLIP)))
    assert (SLIP[finding.span.start : finding.span.end], finding.suggestion) == ("莹", "营")
    assert finding.fix is not None


def test_quotations_titles_and_the_users_terms_are_left_alone() -> None:
    assert told(SLIP)
    assert not told(SLIP, terms=frozenset(["运莹"]))
    assert not told("会议传阅了《关于引导社会资本参与项目建设和运莹的通知》。")
    assert not told("会议提出“项目建设和运莹”的说法。")


def test_what_the_document_writes_twice_is_accepted() -> None:
    assert not told(SLIP + "各单位要对照运莹抓好整改。")


def test_one_place_gets_one_typo_finding() -> None:
    text = "加强核与幅射安全监管，当前形势不容客观，引导社会资本参与项目建设和运莹。"
    found = analysis(text)
    spans = [finding.span for rule in rules() if rule.family == "TY" for finding in rule.findings(found)]
    assert len(spans) >= 3
    assert not any(one.meets(other) for at, one in enumerate(spans) for other in spans[at + 1 :])


def test_the_model_never_speaks_of_errors() -> None:
    for rule in (improbable_character, unlikely_character, doubtful_character):
        assert rule.severity < Severity.ERROR
        assert all(finding.severity is None for finding in rule.findings(analysis(SLIP)))


def test_an_optional_rule_runs_only_where_it_is_named() -> None:
    every = rules()

    def running(*layers: Layer) -> set[str]:
        return {rule.code for rule in chosen(every, layers)} & {"TY001", "TY004", "TY005"}

    assert running() == {"TY001"}
    assert running(Layer(select=("TY",))) == {"TY001"}
    assert running(Layer(select=("ALL",))) == {"TY001"}
    assert running(Layer(extend_select=("TY004",))) == {"TY001", "TY004"}
    assert running(Layer(select=("doubtful-character",))) == {"TY005"}
    assert running(Layer(extend_select=("TY004",)), Layer(ignore=("TY",))) == set()


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        st.characters(codec="utf-8") | st.sampled_from("的一是在不了有和人这中大为上个国我以要部署暑，。\n"),
        max_size=60,
    )
)
def test_any_text_is_judged_and_every_guess_lies_inside_it(text: str) -> None:
    found = likelihood.guesses(ngrams.model(), text, np.zeros(len(text), np.bool_), 0.3)
    assert found == look.guesses(runs(), text, bytearray(len(text)), 0.3)
    for guess in found:
        assert 0 <= guess.start < guess.end <= len(text)
        assert text[guess.start : guess.end] != guess.right
        assert 0 <= guess.chance <= 1


def test_the_collected_slips_are_in_two_halves_without_repeats() -> None:
    rows = [
        line.split("\t")
        for path in sorted((ROOT / "benchmarks" / "slips").glob("*.tsv"))
        for line in path.read_text("utf-8").splitlines()
    ]
    assert len(rows) == 120 == len({tuple(row) for row in rows})
    assert all(wrong != right for _, wrong, right in rows)


def test_the_command_line_runs_the_model_only_where_it_is_asked_to(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text(SLIP + "提高煤矸石综合用利水平。", "utf-8")

    def codes(*options: str) -> list[str]:
        command = [sys.executable, "-m", "reportlint", "check", "--format", "json", *options, str(report)]
        done = subprocess.run(command, capture_output=True, cwd=tmp_path, check=False)
        assert done.returncode in (0, 1), done.stderr.decode("utf-8", "replace")
        return [finding["code"] for finding in json.loads(done.stdout)["findings"]]

    assert codes() == ["TY006"]
    assert codes("--extend-select", "TY004") == ["TY006", "TY004"]
    (tmp_path / "reportlint.toml").write_text('extend-select = ["unlikely-character"]\n', "utf-8")
    assert codes() == ["TY006", "TY004"]


def test_one_report_is_judged_without_numpy_and_many_with_it() -> None:
    code = (
        "import sys; from pathlib import Path; from reportlint.api import check_text\n"
        f"text = Path({str(ROOT / 'seeds' / 'env-annual-clean.txt')!r}).read_text('utf-8') + '提高煤矸石综合用利水平。'\n"
        "def told(): return [(one.rule.code, one.finding.span) for one in check_text(text, extend_select=('TY004', 'TY005')).diagnostics]\n"
        "first = told(); assert 'numpy' not in sys.modules and any(code == 'TY004' for code, _ in first)\n"
        "for _ in range(30): assert told() == first\n"
        "print('numpy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True"


def test_an_unused_directive_for_the_family_is_told_though_optional_rules_stay_away(tmp_path: Path) -> None:
    report = tmp_path / "report.md"
    report.write_text("<!-- reportlint: ignore[TY] 已核 -->\n全县上下要坚决贯彻落实党中央决策部署。\n", "utf-8")
    assert [one.rule.code for one in check_file(report).diagnostics] == ["RL001"]
