"""How good the typo rules are, layer by layer: recall, precision, false alarms, speed.

    python benchmarks/typos.py pairs FILE.tsv [--part 1/2] [--without FOLDER]   # errors, wrong, right, with tabs between
    python benchmarks/typos.py clean FOLDER                 # alarms per 100,000 characters of sound text
    python benchmarks/typos.py generated FOLDER [--seed 1]  # slips put into sound text at known places
    python benchmarks/typos.py slips                        # the collected slips in benchmarks/slips/
    python benchmarks/typos.py speed FOLDER                 # characters a second and peak memory, all layers

Layers: ``L1`` the lexicon of words (TY001), ``L2`` set phrases and measure words (TY002, TY003), ``L3`` the language model (TY006, TY009 what is
sure, TY004 further warnings, TY005 suggestions); ``default`` what runs without being asked for. A sentence counts as corrected if it comes out exactly right; a slip counts as found if a finding touches it.
``--part K/N`` measures on every N-th pair from the K-th (from 0) on, ``--without`` leaves out pairs whose right sentence stands in a text there.
"""

from __future__ import annotations

import argparse
import lzma
import random
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))

from reportlint.api import check_document, check_text  # noqa: E402
from reportlint.finding import Severity  # noqa: E402
from reportlint.settings import Settings  # noqa: E402
from reportlint.sources import from_text, read  # noqa: E402
from slips import HAN, KINDS, Slip, Slips  # noqa: E402

LAYERS = {
    "L1": ("TY001",),
    "L2": ("TY002", "TY003", "TY007", "TY008"),
    "L3": ("TY006", "TY009", "TY010", "TY011", "TY004", "TY005"),
}
LAYERS["default"] = ("TY001", "TY002", "TY003", "TY006", "TY007", "TY008", "TY009", "TY010", "TY011")
LAYERS["all"] = (*LAYERS["default"], "TY004", "TY005")
SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
SPACE = re.compile(r"[ \t\u3000]+")


class Found(NamedTuple):
    """A finding in a text: its place, what should stand there, which rule says so, how gravely."""

    start: int
    end: int
    right: str | None
    code: str
    severity: Severity


def found(text: str) -> list[Found]:
    """Everything all typo rules say of ``text``."""
    return [
        Found(*one.span, one.finding.suggestion, one.rule.code, one.severity)
        for one in check_text(text, select=LAYERS["all"]).diagnostics
    ]


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """The reports of ``folder`` with their names."""
    for path in sorted(folder.iterdir()):
        if path.suffix in (".txt", ".md"):
            yield path.name, read(path, path.name).text


def corrected(text: str, findings: Iterable[Found]) -> str:
    """``text`` with what the findings propose, from the end on; the first of two that meet."""
    edge = len(text) + 1
    for one in sorted(findings, key=lambda each: -each.start):
        if one.right is not None and one.end <= edge:
            text, edge = text[: one.start] + one.right + text[one.end :], one.start
    return text


def ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def f1(precision: float, recall: float) -> float:
    return ratio(2 * precision * recall, precision + recall)


def pairs(arguments: argparse.Namespace) -> None:
    """Sentence and character P/R/F1 on a file of pairs, and alarms on its right sentences."""
    first, step = map(int, arguments.part.split("/"))
    rows = [line.split("\t")[1:3] for line in arguments.file.read_text("utf-8").splitlines()][first::step]
    if arguments.without:
        known = "\n".join(
            (lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()).decode("utf-8")
            for path in sorted(arguments.without.iterdir())
        )
        rows = [row for row in rows if row[1].rstrip("。") not in known]
    wrong = [row for row in rows if row[0] != row[1]]
    slips = sum(changes(*row) for row in wrong)
    print(f"{len(rows)} sentences, {len(wrong)} with slips, {slips} wrong characters")
    every = [(one, right, found(one)) for one, right in rows]
    sound = [found(right) for _, right in rows]
    for least in (Severity.WARNING, Severity.INFO):
        print(f"at {least.label}:   sentence P / R / F1      character P / R / F1     right sentences alarmed")
        for name, codes in LAYERS.items():
            chosen = [
                (one, right, [f for f in all_found if f.code in codes and f.severity >= least])
                for one, right, all_found in every
            ]
            fixed = [(one, right, corrected(one, findings)) for one, right, findings in chosen if findings]
            good = sum(result == right != one for one, right, result in fixed)
            changed = sum(max(1, changes(one, result)) for one, _, result in fixed)
            mended = sum(
                changes(one, right) - changes(result, right)
                for one, right, result in fixed
                if len(result) == len(right)
            )
            mended = max(mended, 0)
            sentence = ratio(good, len(fixed)), ratio(good, len(wrong))
            character = ratio(mended, changed), ratio(mended, slips)
            alarmed = sum(any(f.code in codes and f.severity >= least for f in findings) for findings in sound)
            print(
                f"  {name:7} "
                + "  ".join(" ".join(f"{value:6.3f}" for value in (*both, f1(*both))) for both in (sentence, character))
                + f"   {alarmed} of {len(rows)}"
            )


def changes(one: str, other: str) -> int:
    """How many characters differ between two texts of one length; 1 where the lengths differ."""
    return sum(a != b for a, b in zip(one, other, strict=True)) if len(one) == len(other) else 1


def clean(arguments: argparse.Namespace) -> None:
    """Alarms per 100,000 characters, by layer and level; ``--show`` prints each."""
    size, alarms = 0, Counter[tuple[str, Severity]]()
    for name, text in texts(arguments.folder):
        size += len(SPACE.sub("", text))
        for one in found(text):
            alarms[one.code, one.severity] += 1
            if arguments.show and one.severity >= Severity.WARNING:
                around = (
                    text[max(0, one.start - 10) : one.start]
                    + "【"
                    + text[one.start : one.end]
                    + "】"
                    + text[one.end : one.end + 10]
                )
                print(f"  {name}: {one.code} {around} → {one.right}".replace("\n", "/"))
    print(f"{size:,} characters; per 100,000:   error  warning     info")
    for name, codes in LAYERS.items():
        counts = [sum(alarms[code, level] for code in codes) for level in reversed(Severity)]
        print(f"  {name:7}                       " + "  ".join(f"{many * 1e5 / size:7.2f}" for many in counts))


def phrase_slip(slips: Slips, line: str) -> Slip | None:
    """A slip inside a word of four characters or more that stands in the lexicon of set phrases."""
    from reportlint_rules.typos.lexicon import phrases

    standing = [(line.find(form), form) for form in sorted(phrases().lawful_forms()) if len(form) >= 4 and form in line]
    if not standing:
        return None
    start, form = slips.random.choice(standing)
    at = start + slips.random.randrange(1, len(form) - 1)
    return slips.put(line, at, slips.random.choice(KINDS)) if HAN.match(line[at]) else None


def generated(arguments: argparse.Namespace) -> None:
    """Recall by kind of slip, one slip in every third sentence of whole documents, and alarms elsewhere in them."""
    made: Counter[str] = Counter()
    hits: Counter[tuple[str, str, Severity]] = Counter()
    exact: Counter[tuple[str, Severity]] = Counter()
    for kind in (*KINDS, "phrase"):
        for number, (_, text) in enumerate(texts(arguments.folder)):
            slips = Slips(Counter(text), arguments.seed * 1000 + number)
            for document, places in broken_documents(SPACE.sub("", text), slips, kind, arguments.documents):
                findings = found(document)
                for start, end, right in places:
                    made[kind] += 1
                    near = [f for f in findings if f.start <= max(end, start + 1) and f.end >= start]
                    for layer, codes in LAYERS.items():
                        for least in (Severity.WARNING, Severity.INFO):
                            told = [f for f in near if f.code in codes and f.severity >= least]
                            hits[kind, layer, least] += bool(told)
                            if layer == "all" and told:
                                sound = document[:start] + right + document[end:]
                                exact[kind, least] += any(
                                    document[: f.start] + (f.right or "") + document[f.end :] == sound for f in told
                                )
    print(
        "kind           slips   found at warning: "
        + "".join(f"{name:>8}" for name in LAYERS)
        + "   all, info   mended at warning"
    )
    for kind, many in made.items():
        shares = "".join(f"{ratio(hits[kind, name, Severity.WARNING], many):8.2f}" for name in LAYERS)
        print(
            f"  {kind:12} {many:5}                     {shares}   {ratio(hits[kind, 'all', Severity.INFO], many):9.2f}   {ratio(exact[kind, Severity.WARNING], many):9.2f}"
        )


def broken_documents(text: str, slips: Slips, kind: str, most: int) -> Iterator[tuple[str, list[tuple[int, int, str]]]]:
    """Documents of which every third sentence has a slip, and where; ``most`` variants of a text."""
    for _ in range(most):
        parts: list[str] = []
        places: list[tuple[int, int, str]] = []
        length = after = 0
        for match in SENTENCE.finditer(text):
            parts.append(text[after : match.start()])
            length += match.start() - after
            after = match.end()
            line = match[0]
            slip = None
            if slips.random.random() < 1 / 3 and len(line) >= 8:
                slip = phrase_slip(slips, line) if kind == "phrase" else next(slips.each([line], (kind,)), None)
            if slip is not None and slip.text != line:
                places.append((length + slip.start, length + slip.end, slip.right))
                line = slip.text
            parts.append(line)
            length += len(line)
        yield "".join(parts), places


def collected(_: argparse.Namespace) -> None:
    """The slips that people make, as collected: how many are found, and on how many right wordings there is an alarm."""
    for path in sorted((ROOT / "benchmarks" / "slips").glob("*.tsv")):
        rows = [line.split("\t")[1:3] for line in path.read_text("utf-8").splitlines()]
        for least in (Severity.WARNING, Severity.INFO):
            shares = []
            for name, codes in LAYERS.items():
                told = sum(any(f.code in codes and f.severity >= least for f in found(wrong)) for wrong, _ in rows)
                shares.append(f"{name} {told:3}")
            alarmed = sum(any(f.severity >= least for f in found(right)) for _, right in rows)
            print(
                f"{path.stem:9} {len(rows)} slips, found at {least.label:8} {'  '.join(shares)}   right ones alarmed {alarmed}"
            )


def speed(arguments: argparse.Namespace) -> None:
    """Characters a second on one core with all typo rules, after the first document, and peak memory."""
    documents = [(from_text(text, name, ".txt"), len(text)) for name, text in texts(arguments.folder)]
    settings = Settings().overridden(select=LAYERS["all"])
    check_document(documents[0][0], Path("x"), settings)
    start = time.process_time()
    for document, _ in documents:
        check_document(from_text(document.text, document.path, ".txt"), Path("x"), settings)
    seconds = time.process_time() - start
    size = sum(length for _, length in documents)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{size:,} characters in {seconds:.2f} s: {size / seconds:,.0f} a second; peak memory {peak:.0f} MB")


def main() -> None:
    """Run one measurement."""
    random.seed(0)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("pairs")
    command.add_argument("file", type=Path)
    command.add_argument("--part", default="0/1")
    command.add_argument("--without", type=Path)
    command.set_defaults(run=pairs)
    command = commands.add_parser("clean")
    command.add_argument("folder", type=Path)
    command.add_argument("--show", action="store_true")
    command.set_defaults(run=clean)
    command = commands.add_parser("generated")
    command.add_argument("folder", type=Path)
    command.add_argument("--seed", type=int, default=1)
    command.add_argument("--documents", type=int, default=1, help="variants of each text")
    command.set_defaults(run=generated)
    commands.add_parser("slips").set_defaults(run=collected)
    command = commands.add_parser("speed")
    command.add_argument("folder", type=Path)
    command.set_defaults(run=speed)
    arguments = parser.parse_args()
    arguments.run(arguments)


if __name__ == "__main__":
    main()
