"""Recall and false alarms of the number rules on generated text.

    python benchmarks/relations.py --seed 7 --texts 2000

Sentences and small reports with random figures that all agree, each relation in many wordings, and the same sentences with exactly one
printed figure moved beyond rounding, by themselves and inside a report that is right otherwise. Printed: recall per relation (a number
rule's finding with a place in the changed sentence), and every error or warning on the consistent texts.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence

from makers import MAKERS, Sample
from reportlint.api import check_text
from reportlint.finding import Severity
from reportlint.span import Span


def alarms(text: str, sentence: str | None = None) -> list[str]:
    """What the linter says of ``text`` at warning or above; only what touches ``sentence``, where one is given."""
    result = check_text(text, path="sample.txt")
    start = text.find(sentence) if sentence else 0
    place = Span(start, start + len(sentence or text))
    return [
        f"{one.rule.code} {one.finding.message.zh}"
        for one in result.diagnostics
        if one.severity >= Severity.WARNING
        and any(span.meets(place) for span in (one.span, *(other.span for other in one.finding.related)))
    ]


def reports(rng: random.Random, sentences: Sequence[str]) -> Iterator[str]:
    """Small reports made of some of ``sentences``, a paragraph for every two."""
    fitting = [text for text in sentences if "2023年" not in text]
    for _ in range(6):
        chosen = rng.sample(fitting, 8)
        pairs = ("".join(chosen[at : at + 2]) for at in range(0, len(chosen), 2))
        yield "全县2024年工作总结\n\n" + "\n".join(pairs)


def spoilt(rng: random.Random, batch: Sequence[Sample]) -> Iterator[tuple[Sample, str]]:
    """Reports in which exactly one sentence is wrong."""
    fitting = [sample for sample in batch if "2023年" not in sample.right and "\n" not in sample.right]
    for sample in rng.sample(fitting, 12):
        others = [other.right for other in rng.sample(fitting, 6) if other.relation != sample.relation]
        others.insert(rng.randint(0, len(others)), sample.wrong)
        yield sample, "全县2024年工作总结\n\n" + "\n".join(others)


def main() -> int:
    """Print the table; exit 1 where a consistent text is reported."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--texts", type=int, default=2000, help="how many consistent texts")
    parser.add_argument("--show", type=int, default=2, help="how many misses to show per relation")
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    found, total, shown = Counter[str](), Counter[str](), Counter[str]()
    texts: list[str] = []
    false: list[str] = []

    def seek(relation: str, text: str, sentence: str) -> None:
        total[relation] += 1
        if any(alarm.startswith("NM") for alarm in alarms(text, sentence)):
            found[relation] += 1
        elif shown[relation] < arguments.show:
            shown[relation] += 1
            print(f"missed {relation}: {sentence}", file=sys.stderr)

    while len(texts) < arguments.texts:
        batch = [sample for maker in MAKERS for sample in maker(rng)]
        for sample in batch:
            seek(sample.relation, sample.wrong, sample.wrong)
        for sample, text in spoilt(rng, batch):
            seek("in a report", text, sample.wrong)
        single = [sample.right for sample in batch]
        for text in (*single, *reports(rng, single)):
            texts.append(text)
            false += [f"{alarm} | {text}" for alarm in alarms(text)]
    for relation in sorted(total):
        print(
            f"{relation:17} {found[relation]:5}/{total[relation]:<5} {100 * found[relation] / total[relation]:6.1f} %"
        )
    print(
        f"{'all':17} {sum(found.values()):5}/{sum(total.values()):<5} {100 * sum(found.values()) / sum(total.values()):6.1f} %"
    )
    print(f"consistent texts {len(texts)}, findings on them {len(false)}")
    for line in false[:20]:
        print("  ", line[:300])
    return 1 if false else 0


if __name__ == "__main__":
    sys.exit(main())
