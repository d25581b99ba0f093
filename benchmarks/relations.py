"""Recall and false alarms of the number rules on generated text.

    python benchmarks/relations.py --seed 7 --texts 2000

Sentences and small reports with random figures that all agree, each relation in several wordings, and the same sentences with exactly
one printed figure moved beyond rounding. Printed: recall per relation (a finding of the right family whose places touch the changed
figure or its partners), and every error or warning on the consistent texts.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter

from makers import MAKERS
from reportlint.api import check_text
from reportlint.finding import Severity


def alarms(text: str) -> list[str]:
    """What the linter says of ``text`` at warning or above."""
    result = check_text(text, path="sample.txt")
    return [f"{d.rule.code} {d.finding.message.zh}" for d in result.diagnostics if d.severity >= Severity.WARNING]


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
    while len(texts) < arguments.texts:
        batch = [sample for maker in MAKERS for sample in maker(rng)]
        for sample in batch:
            total[sample.relation] += 1
            if any(alarm.startswith("NM") for alarm in alarms(sample.wrong)):
                found[sample.relation] += 1
            elif shown[sample.relation] < arguments.show:
                shown[sample.relation] += 1
                print(f"missed {sample.relation}: {sample.wrong}", file=sys.stderr)
        single = [sample.right for sample in batch]
        fitting = [text for text in single if "2023年" not in text]
        reports = ["全县2024年工作总结\n\n" + "".join(rng.sample(fitting, 8)) for _ in range(6)]
        for text in (*single, *reports):
            texts.append(text)
            false += [f"{alarm} | {text}" for alarm in alarms(text)]
    for relation in sorted(total):
        print(
            f"{relation:16} {found[relation]:5}/{total[relation]:<5} {100 * found[relation] / total[relation]:6.1f} %"
        )
    print(
        f"{'all':16} {sum(found.values()):5}/{sum(total.values()):<5} {100 * sum(found.values()) / sum(total.values()):6.1f} %"
    )
    print(f"consistent texts {len(texts)}, findings on them {len(false)}")
    for line in false[:20]:
        print("  ", line[:300])
    return 1 if false else 0


if __name__ == "__main__":
    sys.exit(main())
