"""Words of which one character is misprinted: the tables, the places, the rule."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportlint.analysis import Analysis, Context
from reportlint.errors import RegistryError
from reportlint.finding import Applicability, Finding
from reportlint.sources import from_text
from reportlint_rules.typos.broken_word import LIKELY, broken_word
from reportlint_rules.typos.misprints import Misprints
from reportlint_rules.typos.pairs import counts, marks
from reportlint_rules.typos.runs import runs
from reportlint_rules.typos.wordbook import FILE, MAGIC, Wordbook, wordbook

SLIP = "开通定制公交线路5条，方便学生上下学，延长运营时闻。"


def told(text: str, terms: frozenset[str] = frozenset()) -> list[Finding]:
    return list(broken_word.findings(Analysis(from_text(text, "x.txt", ".txt"), Context(terms=terms))))


def ids(text: str) -> str:
    return runs().read(text)


def test_the_tables_belong_to_the_model_and_are_small() -> None:
    assert wordbook().characters == runs().characters
    assert Path(FILE).stat().st_size < 5_000_000


@pytest.mark.parametrize("data", [b"", b"something else", MAGIC, Path(FILE).read_bytes()[:100_000]])
def test_a_damaged_file_is_told_in_one_line(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "wordbook.bin"
    file.write_bytes(data)
    with pytest.raises(RegistryError, match=r"wordbook\.bin.*重新安装"):
        Wordbook(file)


def test_words_are_known_and_what_is_none_is_not() -> None:
    words = wordbook().words
    assert words[ids("区域")] > words[ids("城域")] or words[ids("城域")] < 0
    assert words[ids("区域")] > 8
    assert words[ids("无私奉献")] > 0
    assert words[ids("区城")] < 0


def test_a_character_is_taken_for_another_by_ear_or_by_eye() -> None:
    near = wordbook().near
    assert near.how(ids("城"), ids("域")).shape > 0.8
    assert near.how(ids("员"), ids("援")).kind == 0
    assert ids("水") not in near[ids("域")]


def test_a_slip_is_told_with_its_correction() -> None:
    finding = told(SLIP)[0]
    assert (SLIP[finding.span.start : finding.span.end], finding.suggestion) == ("闻", "间")
    assert finding.fix is not None and finding.fix.applicability is Applicability.UNSAFE
    assert finding.severity is None


def test_quotations_terms_and_what_is_written_twice_are_left_alone() -> None:
    assert not told(SLIP.replace("时闻", "“时闻”"))
    assert not told(SLIP, terms=frozenset(["时闻"]))
    assert not told(SLIP + "各单位按时闻报送。")


def test_short_names_of_provinces_and_repeated_verbs_are_no_slips() -> None:
    assert not told("支持冀货出海，办好晋菜美食交流活动。遇事多问一问、多掂一掂。")


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("的一是在区城视频公共员助法律，。\n1A俊\U0002a6a5\ud800"), max_size=40))
def test_any_text_is_judged_and_every_misprint_lies_inside_it(text: str) -> None:
    analysis = Analysis(from_text(text, "x.txt", ".txt"))
    reading = analysis.reading.text
    look = Misprints(counts(runs()), wordbook(), ids(reading), bytearray(len(reading)))
    for one in look.found(look.places(marks(analysis)), 0.3):
        assert 0 <= one.at < len(reading)
        assert one.right != reading[one.at]
        assert 0.3 <= one.chance <= 1


def test_the_rule_needs_neither_numpy_nor_a_segmenter() -> None:
    code = (
        f"import sys; from reportlint.api import check_text; found = check_text({SLIP!r}).diagnostics;"
        "print([one.rule.code for one in found], sorted({'numpy', 'jieba'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['TY009'] []"


def test_the_least_chance_is_that_of_the_documentation() -> None:
    assert 0.9 <= LIKELY < 1
