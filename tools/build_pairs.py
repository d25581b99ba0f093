"""Write ``linter/reportlint/data/pairs.txt``: the two-character words that the segmenter's dictionary knows well.

    python tools/build_pairs.py

Loading that dictionary costs more than a whole check; whether two neighbouring characters are a common word can be told without it.
The words and their frequencies are those of jieba (MIT licence); its dictionary is no judge of spelling and is not used as one.
"""

from __future__ import annotations

from pathlib import Path

import jieba

TARGET = Path(__file__).resolve().parent.parent / "linter" / "reportlint" / "data" / "pairs.txt"
#: What is rarer is as often a chance neighbourhood as a word.
LEAST = 30


def main() -> None:
    """Write the list."""
    rows = (line.split(" ") for line in Path(jieba.__file__).with_name("dict.txt").read_text("utf-8").splitlines())
    pairs = sorted({word for word, count, *_ in rows if len(word) == 2 and int(count) >= LEAST})
    head = f"# Two-character words of jieba's dictionary (MIT licence) with a frequency of {LEAST} or more; made by tools/build_pairs.py\n"
    TARGET.write_text(head + "\n".join(pairs) + "\n", "utf-8")


if __name__ == "__main__":
    main()
