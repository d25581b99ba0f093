"""The list of common pairs, and what it spares."""

from __future__ import annotations

from pathlib import Path

import reportlint.segment
from reportlint.segment import common, dictionary, stands_alone


def test_the_list_is_sorted_pairs_each_once() -> None:
    file = Path(reportlint.segment.__file__).with_name("data") / "pairs.txt"
    head, *pairs = file.read_text("utf-8").splitlines()
    assert head.startswith("# ") and "jieba" in head, "the source is named"
    assert pairs == sorted(set(pairs))
    assert {len(pair) for pair in pairs} == {2}


def test_half_a_word_is_no_word() -> None:
    assert common("质量") and not common("可质") and not common("质")


def test_what_a_common_pair_answers_loads_no_dictionary() -> None:
    dictionary.cache_clear()
    assert not stands_alone("组织排污许可质量审核", 6)
    assert dictionary.cache_info().currsize == 0
    assert stands_alone("组织排污可许质量审核", 5)
    assert dictionary.cache_info().currsize == 1
