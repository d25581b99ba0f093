"""Builds ``rules/reportlint_rules/typos/collocations.tsv``, the stock of the rule ``broken-collocation``, from folders of reports.

    python tools/build_collocations.py FOLDER [FOLDER …]

Folders hold UTF-8 texts (``.txt``, ``.md``), each taken for one document; long ones are cut into several. Kept is what at least two
documents write, three times in all: two or more words of the segmenter, each of two characters or more at both ends. The texts
themselves stay out.
"""

from __future__ import annotations

import argparse
import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import jieba

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "rules" / "reportlint_rules" / "typos" / "collocations.tsv"
HAN = re.compile(r"[一-龥]+")
SIZES = range(4, 9)
#: Words of this size are kept as well.
TERM = 3
#: Times in all, and documents.
LEAST, DOCUMENTS = 3, 2
#: So long a text is one document.
DOCUMENT = 20_000
#: Words that join others: what holds one is no collocation.
_JOINS = frozenset("的了和与及或等在")
_EDGES = frozenset(
    "的地得了着过不没未与和及或是在有而之等为将由被把对从到向于也都已则即并其此该各每所按经需应可能会要再又更最较很年月日以让使给但个多近约余超"
)
#: What tells how a verb ends: 打好, 答好 are two words each.
_RESULTS = frozenset("好出到成住")
HEADER = """\
# phrase	times	documents
# source: common collocations of 15 provincial government reports of 2025, documents of the State Council, and reports written for
# the project; made by tools/build_collocations.py
"""


def documents(folders: Iterable[Path]) -> Iterator[str]:
    """The texts of the folders, long ones in parts."""
    for folder in folders:
        for path in sorted(folder.iterdir()):
            if path.suffix in (".txt", ".md"):
                text = path.read_text("utf-8")
                yield from (
                    (text[at : at + DOCUMENT] for at in range(0, len(text), DOCUMENT))
                    if len(text) > 5 * DOCUMENT
                    else (text,)
                )


def stretches(text: str) -> Iterator[str]:
    """Runs of whole words of a fit length that begin and end with a longer word."""
    for line in HAN.findall(text):
        words = list(jieba.cut(line))
        for first in range(len(words)):
            for last in range(first + 1, min(first + 5, len(words))):
                stretch = "".join(words[first : last + 1])
                if len(stretch) > SIZES[-1]:
                    break
                if words[first][-1] in _RESULTS or words[last][-1] in _RESULTS:
                    continue
                if len(stretch) >= SIZES[0] and min(len(words[first]), len(words[last])) >= 2:
                    yield stretch
            if len(words[first]) in SIZES or len(words[first]) == TERM:
                yield words[first]


def covered(stretch: str, known: set[str]) -> bool:
    """Whether shorter ones that are kept hold every character of it."""
    held = bytearray(len(stretch))
    for start in range(len(stretch)):
        for size in range(SIZES[0], min(len(stretch) - 1, len(stretch) - start) + 1):
            if stretch[start : start + size] in known:
                held[start : start + size] = b"\1" * size
    return all(held)


def main() -> None:
    """Count, choose, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    arguments = parser.parse_args()
    jieba.setLogLevel(logging.ERROR)
    times: Counter[str] = Counter()
    spread: Counter[str] = Counter()
    for text in documents(arguments.folders):
        found = Counter(stretches(text))
        times += found
        spread.update(found.keys())
    kept: set[str] = set()
    for stretch in sorted(times, key=lambda each: (len(each), each)):
        if (
            times[stretch] >= LEAST
            and spread[stretch] >= DOCUMENTS
            and stretch[0] not in _EDGES
            and stretch[-1] not in _EDGES
            and _JOINS.isdisjoint(stretch)
            and not covered(stretch, kept)
        ):
            kept.add(stretch)
    rows = "".join(f"{each}\t{times[each]}\t{spread[each]}\n" for each in sorted(kept))
    TARGET.write_text(HEADER + rows, "utf-8")
    print(f"{len(kept)} collocations")


if __name__ == "__main__":
    main()
