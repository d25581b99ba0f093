"""Builds ``linter/reportlint/data/sounds.tsv``: which common characters sound alike.

    pip install pypinyin && python tools/build_sounds.py

The readings are pypinyin's (MIT); the characters are the 6,763 of GB 2312. Tones are dropped and the pairs that input methods confuse
(zh/z, ch/c, sh/s, n/l, ing/in, eng/en, ang/an, h/f) are folded, so that one row holds what one slip of the keyboard may give.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from pypinyin import Style, pinyin

TARGET = Path(__file__).parent.parent / "linter" / "reportlint" / "data" / "sounds.tsv"


def fold(syllable: str) -> str:
    """The class of syllables that are typed for one another."""
    syllable = re.sub(r"^([zcs])h", r"\1", syllable)
    syllable = re.sub(r"^l(?=[^v])", "n", syllable)
    return re.sub(r"(?<=[aei])ng$", "n", syllable)


def characters() -> list[str]:
    """The characters of GB 2312, in its order."""
    found = []
    for high in range(0xB0, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                found.append(bytes((high, low)).decode("gb2312"))
            except UnicodeDecodeError:
                continue
    return found


def main() -> None:
    """Write the table, one folded syllable a line."""
    rows: dict[str, list[str]] = defaultdict(list)
    for character in characters():
        readings = pinyin(character, style=Style.NORMAL, heteronym=True)[0]
        for syllable in sorted({fold(reading) for reading in readings}):
            rows[syllable].append(character)
    lines = [
        "# syllable	characters",
        "# Built by tools/build_sounds.py from pypinyin's readings (MIT) of the GB 2312 characters.",
    ]
    lines += [f"{syllable}\t{''.join(rows[syllable])}" for syllable in sorted(rows)]
    TARGET.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
