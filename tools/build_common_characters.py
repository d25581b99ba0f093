"""Rebuild ``linter/reportlint/data/common_characters.txt``: the characters by which Chinese official prose is known.

    python tools/build_common_characters.py FOLDER

FOLDER holds UTF-8 texts (``.txt``, or ``.txt.xz``). Every text counts alike, so that a large one does not drown the others.
"""

from __future__ import annotations

import lzma
import sys
from collections import Counter
from pathlib import Path

HOW_MANY = 1000
#: Lists of names are reports too: the hundred most frequent surnames (general knowledge).
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许邓冯韩曹曾彭肖蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖"
    "范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武戚莫孔向汤"
)
TARGET = Path(__file__).resolve().parent.parent / "linter/reportlint/data/common_characters.txt"
HEADER = f"""\
# The {HOW_MANY} most frequent Han characters of Chinese official prose and the commonest surnames, in code-point order.
# A GB18030 file is read as one only if most of its Han characters stand here (see sources/decoding.py).
# Source: PRC statutes, State Council documents and provincial government work reports of 2025; counts only, no text.
# Rebuild: python tools/build_common_characters.py FOLDER
"""


def main(folder: Path) -> None:
    """Count the characters of ``folder`` and write the table."""
    shares: Counter[str] = Counter()
    for path in sorted(folder.glob("*.txt*")):
        text = (lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()).decode("utf-8")
        han = Counter(character for character in text if "\u4e00" <= character <= "\u9fff")
        for character, count in han.items():
            shares[character] += count / han.total()  # type: ignore[assignment]  # a Counter of floats
    common = "".join(sorted({character for character, _ in shares.most_common(HOW_MANY)} | set(SURNAMES)))
    rows = [common[at : at + 50] for at in range(0, len(common), 50)]
    TARGET.write_text(HEADER + "\n".join(rows) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
