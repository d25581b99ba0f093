"""What claims and facts cost beside the rest of a check.

python benchmarks/facts.py drafts/ --repeat 5
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

from reportlint.analysis import Analysis
from reportlint.api import check_document
from reportlint.document import Document
from reportlint.registry import catalogue
from reportlint.settings import Settings
from reportlint.sources import read


def best(times: int, work: Callable[[], object]) -> float:
    """The shortest of several runs, in seconds."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken)


def main() -> None:
    """Print the cost of each stage over all files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--repeat", type=int, default=3)
    arguments = parser.parse_args()
    documents = [read(path, path.name) for path in sorted(arguments.folder.glob("*.txt"))]
    characters = sum(len(document.text) for document in documents)

    def prepared(document: Document) -> Analysis:
        analysis = Analysis(document)
        _ = analysis.quantities, analysis.sentences
        return analysis

    def claims() -> None:
        for analysis in ready:
            _ = analysis.claims

    def facts() -> None:
        for analysis in ready:
            analysis.facts(catalogue())

    check = best(arguments.repeat, lambda: [check_document(d, Path(d.path), Settings()) for d in documents])
    spent: dict[str, float] = {}
    for _ in range(arguments.repeat):
        ready = [prepared(document) for document in documents]
        for name, work in (("claims", claims), ("facts", facts)):
            spent[name] = min(spent.get(name, 1e9), best(1, work))
    print(f"{len(documents)} files, {characters} characters")
    print(f"check, all rules  {check * 1000:8.1f} ms")
    for name, seconds in spent.items():
        print(f"{name:17} {seconds * 1000:8.1f} ms  {seconds / check * 100:5.1f} % of check")


if __name__ == "__main__":
    main()
