"""Builds ``rules/reportlint_rules/typos/pairs.bin`` from ``ngrams.bin`` and ``wordbook.bin`` beside it: run it when either has been built anew.

    python tools/build_pair_marks.py

What the rules want to know of two neighbouring characters, for all pairs of common ones: two cells of four bits to a byte. It says nothing
that the other files do not say, but in one place.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "rules"), str(ROOT / "linter")]

from reportlint_rules.typos import packed  # noqa: E402
from reportlint_rules.typos.pairs import ELSEWHERE, FILE, MAGIC, Pairs, counts  # noqa: E402
from reportlint_rules.typos.runs import UNKNOWN, runs  # noqa: E402
from reportlint_rules.typos.wordbook import wordbook  # noqa: E402

#: So many characters are common, with digits, letters and punctuation.
COMMON = 2047


def main() -> None:
    """Write the table."""
    model = runs()
    known = Pairs(counts(model), model, wordbook())
    alone = model.arrays["alone"]
    common = sorted((at for at in range(len(alone)) if at != UNKNOWN), key=lambda at: -alone[at])[:COMMON]
    classes = np.full(len(alone), COMMON, np.uint16)
    classes[common] = range(COMMON)
    cells = np.full((COMMON + 1, COMMON + 1), ELSEWHERE, np.uint8)
    for row, left in enumerate(common):
        one = model.characters[left]
        for column, right in enumerate(common):
            cells[row, column] = known.looked_up(one + model.characters[right])
    flat = cells.ravel()
    packed.save(
        Path(FILE), MAGIC, {"size": COMMON + 1}, {"classes": classes, "marks": flat[::2] | flat[1::2] << np.uint8(4)}
    )
    print(f"{Path(FILE).stat().st_size} bytes")


if __name__ == "__main__":
    main()
