"""What inputs are made of, by kind of input: words that readers and rules know, and what stands between them.

Flipped bits of UTF-8 mostly give what is no text, and rules never see it. So text is changed piece by piece: pieces are put in, taken out,
doubled and swapped, and the pieces are the product's own lexicons, figures in every writing, marks, tags.
"""

from __future__ import annotations

import json
import random
from functools import cache, lru_cache
from pathlib import Path

import reportlint
import reportlint_rules

_ENGINE = Path(reportlint.__file__).parent / "data"
_RULES = Path(reportlint_rules.__file__).parent


@lru_cache(maxsize=1)
def words() -> tuple[str, ...]:
    """What reports are made of: what frames a text, then the first cells of every row of every lexicon."""
    tables = sorted([*_ENGINE.glob("*.tsv"), *_RULES.glob("*/*.tsv"), *_RULES.glob("*/*.csv")])
    found = [
        word
        for table in tables
        if table.name not in ("shapes.tsv", "sounds.tsv")
        for line in table.read_text("utf-8-sig").splitlines()
        if line.strip() and not line.startswith("#")
        for cell in line.replace(",", "\t").split("\t")[:2]
        for word in cell.split(";")[:3]
        if 0 < len(word) <= 24
    ]
    return (*_listed("frame"), *dict.fromkeys(found))


@cache
def pieces(target: str) -> tuple[str, ...]:
    """What inputs of ``target`` are made of, the frequent ones several times; nothing for those that are no text."""
    frame = _listed("frame")
    match target:
        case "md" | "directive":
            return (*_listed("markdown") * 3, *frame)
        case "html":
            return (*_listed("web") * 2, *frame)
        case "word-parts":
            return (*_listed("word") * 2, *frame)
        case "sheet-parts":
            return (*_listed("sheet") * 2, *frame)
        case "configuration":
            return _listed("settings")
        case "confusions" | "catalogue" | "ledger" | "baseline":
            return _listed("cells")
        case "grammar" | "pipeline" | "word-round" | "txt":
            return (*frame * 12, *_listed("markdown") * 2, *words())
        case _:
            return ()


def _listed(name: str) -> tuple[str, ...]:
    """The pieces of one kind, a JSON string a line."""
    lines = Path(__file__).with_name("pieces").joinpath(f"{name}.jsonl").read_text("utf-8").split("\n")
    return tuple(json.loads(line) for line in lines if line)


def changed(text: str, target: str, seed: int) -> str:
    """``text`` with one to four changes that ``seed`` decides."""
    dice = random.Random(seed)
    known = pieces(target)
    for _ in range(dice.randint(1, 4)):
        at = dice.randint(0, len(text))
        end = min(len(text), at + dice.choice((1, 1, 2, 4, 16)))
        match dice.randrange(6):
            case 0:
                text = text[:at] + text[end:]
            case 1:
                text = text[:end] + text[at:end] * dice.choice((1, 1, 2, 30)) + text[end:]
            case 2:
                other = dice.randint(0, len(text))
                text = text[:at] + text[other : other + end - at] + text[end:]
            case 3 if digits := [place for place, one in enumerate(text) if one.isdigit()]:
                place = dice.choice(digits)
                text = text[:place] + dice.choice("0123456789") + text[place + 1 :]
            case _:
                text = text[:at] + dice.choice(known) + text[at:]
    return text
