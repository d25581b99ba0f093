"""The list of common pairs, and what it spares."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import reportlint.segment
from reportlint.segment import common


def test_the_list_is_sorted_pairs_each_once() -> None:
    file = Path(reportlint.segment.__file__).with_name("data") / "pairs.txt"
    head, *pairs = file.read_text("utf-8").splitlines()
    assert head.startswith("# ") and "jieba" in head, "the source is named"
    assert pairs == sorted(set(pairs))
    assert {len(pair) for pair in pairs} == {2}


def test_half_a_word_is_no_word() -> None:
    assert common("质量") and not common("可质") and not common("质")


def test_what_a_common_pair_answers_loads_no_dictionary() -> None:
    code = (
        "import sys\nfrom reportlint.segment import stands_alone\n"
        "assert not stands_alone('组织排污许可质量审核', 6)\n"
        "assert not {'jieba', 'rjieba'} & sys.modules.keys()\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
