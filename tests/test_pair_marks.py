"""What is known of pairs of characters: the table says what the tables it was made of say."""

from __future__ import annotations

import random
from operator import add
from pathlib import Path

import pytest

from reportlint.errors import RegistryError
from reportlint_rules.typos.lexicon import phrases
from reportlint_rules.typos.pairs import (
    BEGINNING,
    DOUBLED,
    FILE,
    INSIDE,
    LOOSE,
    SLIPPERY,
    STRANGE,
    Pairs,
    Table,
    counts,
    pairs,
    where,
)
from reportlint_rules.typos.runs import runs
from reportlint_rules.typos.wordbook import wordbook


def one_by_one() -> Pairs:
    """Marks without the table."""
    return Pairs(counts(runs()), runs(), wordbook())


def test_the_table_says_what_it_was_made_of() -> None:
    dice = random.Random(7)
    model = runs()
    every = model.characters[4:] + "07aZ\n，。“ \U00020000é\ud800"
    common = sorted(every, key=lambda one: -model.arrays["alone"][ord(model.ids[one])])[:2400]
    some = {dice.choice(letters) + dice.choice(letters) for letters in (every, common, common) for _ in range(15_000)}
    slow = one_by_one()
    slow.learn(some)
    fast = Pairs(counts(model), model, wordbook(), Table(model))
    fast.learn(some)
    assert [pair for pair in some if fast[pair] != slow[pair]] == []


def test_marks_lie_where_the_pairs_do() -> None:
    text = "不容乐观，的的确确贯切落实。"
    marks = pairs().marks(text)
    assert len(marks) == len(text) - 1
    assert list(marks) == [pairs()[pair] for pair in map(add, text, text[1:])]
    assert [text[at : at + 2] for at in where(marks, DOUBLED)] == ["的的", "确确"]
    assert 0 in where(marks, BEGINNING) and 2 in where(marks, INSIDE)
    assert "不容" in phrases().inner("乐观")
    assert set(where(marks, SLIPPERY)) <= set(where(marks, LOOSE)) >= set(where(marks, STRANGE))


def test_a_text_without_pairs_has_no_marks() -> None:
    assert pairs().marks("") == pairs().marks("的") == b""


@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "other"])
def test_a_damaged_table_is_told_in_one_line(damage: str, tmp_path: Path) -> None:
    file = tmp_path / "pairs.bin"
    data = Path(FILE).read_bytes()
    if damage != "missing":
        file.write_bytes({"empty": b"", "cut": data[:100_000], "other": b"x" * 4096}[damage])
    with pytest.raises(RegistryError, match="重新安装"):
        Table(runs(), file)
