"""Which characters look alike."""

from __future__ import annotations

import pytest

from conftest import ROOT
from reportlint.shapes import lookalike

TABLE = ROOT / "linter" / "reportlint" / "data" / "shapes.tsv"


@pytest.mark.parametrize("pair", ["己已", "坏环", "治冶", "未末", "拨拔", "暑署", "侯候"])
def test_what_the_eye_confuses_looks_alike(pair: str) -> None:
    assert lookalike(*pair)
    assert lookalike(*reversed(pair))


@pytest.mark.parametrize("pair", ["政府", "党国", "一鼎", "A甲", "\t\n"])
def test_what_nobody_confuses_does_not(pair: str) -> None:
    assert not lookalike(*pair)


def test_the_table_has_its_form() -> None:
    rows = [line.split("\t") for line in TABLE.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert all(len(row) == 3 and len(row[0]) == 1 and (row[1] or row[2]) for row in rows)
    assert len({row[0] for row in rows}) == len(rows)
    assert not any(row[0] in row[1] + row[2] for row in rows)
