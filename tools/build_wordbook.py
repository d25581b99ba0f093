"""Builds ``rules/reportlint_rules/typos/wordbook.bin``, what the rule ``broken-word`` knows beside the language model.

    pip install -e . scikit-learn pypinyin
    python tools/build_wordbook.py --genre FOLDER [--genre FOLDER] [--prose FOLDER] [--unseen FOLDER] [--common FOLDER]

Run it after ``tools/build_typo_model.py``: ids and counts are those of ``ngrams.bin``. The forest learns from slips put into the genre texts that the
model was built from (those its list of sources names), each judged as if the model had never read that text: its own runs are taken off the
counts; slips in ``--unseen`` text, which the model never counted, come to these. Sound text of ``--common`` (statutes) shows it more of what is rare and
right, and the words that no dictionary has are those that hold together in ``--prose`` and ``--genre``. The texts themselves stay out.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import chain, pairwise
from math import log2
from pathlib import Path
from typing import Any

import numpy as np
from build_sounds import characters, fold
from build_typo_model import LEAST, PROSE, SENTENCE, WEIGHT, forest, texts
from pypinyin import Style, pinyin

from reportlint_rules.typos import packed
from reportlint_rules.typos.misprints import Misprints
from reportlint_rules.typos.pairs import BOUND, SEEN, Counts, Pairs, counts
from reportlint_rules.typos.runs import EDGE, LETTER, SLOTS, STEPS, Runs, runs
from reportlint_rules.typos.wordbook import FILE, MAGIC, NO_WORD, RARE, Wordbook, bucket
from slips import Slips

ROOT = Path(__file__).resolve().parent.parent
TYPOS = ROOT / "rules" / "reportlint_rules" / "typos"
#: Most that are taken for a character by ear, exactly and nearly, and how far down the other's list one may stand to be taken for it.
MOST_SOUND, MOST_NEARLY, MOST_BACK = 32, 16, 8
#: A character may stand in a word that is so frequent: of two characters, of more.
COMMON_PAIR, COMMON_LONGER = 10, 5
#: The dictionary's frequency of a word of the project's own lexicons, and how much more text it counts than the model.
LISTED, MORE_TEXT = 50, 2.6
#: A run is a word of its own that stands so often, holds together by so many bits (of two characters, of more) and stands in such changing
#: company (bits of entropy on either side), and has none of these in it.
OFTEN, TIGHT_PAIR, TIGHT, CHANGING = 10, 4.0, 5.0, 1.8
LOOSE = frozenset(
    "的了在和与及是将被把从为以并对于由也都就不我你他她这那其该此或着过地得而之又再还更最很已要使让向到个们等中上下每各较超达比均占约"
)
#: Characters in the table of pairs, by frequency, and by how many bits another has to fit better beside a neighbour to be worth a look.
RANKED, FITS = 2600, 6.0
#: Slips put into each text, a round each; ``near`` takes them from the table that is built here.
ROUNDS = ("homophone", "look-alike", "near", "homophone", "near", "look-alike")
MORE_ROUNDS = ("homophone", "look-alike", "near")
#: How many pieces of common text are shown, of how many characters; a genre text is judged in pieces of this size.
PIECES, PIECE, TEXT = 60, 30_000, 15_000
#: What sound text counts against slipped text, and common text.
SOUND, COMMON = 3.0, 0.5
TREES, DEPTH = 160, 5
#: Of the pieces of prose every so many-th is slipped, once.
SLIPPED = 4


class Held(dict[str, float]):
    """The model's counts without those of one text."""

    def __init__(self, whole: Runs, text: str, weight: int) -> None:
        super().__init__()
        self._whole, self._weight = whole, weight
        row = chr(EDGE) + whole.read(text) + chr(EDGE)
        self._own = Counter(row[at : at + size] for size in (2, 3, 4) for at in range(len(row) - size + 1))

    def __missing__(self, run: str) -> float:
        many = self._whole.log[run]
        if many >= 0 and (own := self._own.get(run)):
            left = 2**many * 1.02 - self._weight * own  # counts are rounded down to an eighth of a doubling
            many = log2(left) if left >= LEAST[len(run)] else -1.0
        self[run] = many
        return many


def without(whole: Runs, text: str, weight: int) -> Counts:
    """The model's counts as they would be without one text."""
    held = Held(whole, text, weight)
    return counts(whole)._replace(log=held, pair=lambda one, other: held[one + other])


def grown(text: str) -> dict[str, int]:
    """The words of two to four characters that ``text`` makes: what holds together and stands in changing company."""
    phrases = re.findall("[一-龥]+", text)
    many = Counter(
        phrase[at : at + size] for phrase in phrases for size in (1, 2, 3, 4) for at in range(len(phrase) - size + 1)
    )
    total = sum(count for run, count in many.items() if len(run) == 1)
    found = {
        run: count
        for run, count in many.items()
        if count >= OFTEN
        and len(run) > 1
        and LOOSE.isdisjoint(run)
        and min(log2(count * total / many[run[:at]] / many[run[at:]]) for at in range(1, len(run)))
        >= (TIGHT_PAIR if len(run) == 2 else TIGHT)
    }
    sides: dict[str, tuple[Counter[str], Counter[str]]] = {run: (Counter(), Counter()) for run in found}
    for number, phrase in enumerate(phrases):
        edged = f"\n{phrase}\n"
        for size in (2, 3, 4):
            for at in range(1, len(edged) - size):
                if beside := sides.get(edged[at : at + size]):
                    for side, other in zip(beside, (edged[at - 1], edged[at + size]), strict=True):
                        side[other if other != "\n" else str(number)] += (
                            1  # the edge of a phrase is as good as one more neighbour
                        )
    return {run: count for run, count in found.items() if min(map(entropy, sides[run])) >= CHANGING}


def entropy(counts: Counter[str]) -> float:
    """In bits."""
    total = sum(counts.values())
    return -sum(count / total * log2(count / total) for count in counts.values())


def lexicon(whole: Runs, text: str) -> dict[str, float]:
    """The logarithm of how often each word of one to four characters is written, in ids: by jieba's dictionary, the model, the lexicons, ``text``."""
    import jieba

    with (TYPOS / "confusables.csv").open(encoding="utf-8", newline="") as file:
        confusables = [row for row in csv.DictReader(file) if not row["pattern"]]
    wrong = {row["wrong"] for row in confusables}
    many: dict[str, float] = {}
    for line in jieba.get_module_res("dict.txt").read().decode("utf-8").splitlines():
        word, count, _ = line.split(" ")
        inside = (word[a : b + 1] for a in range(len(word)) for b in range(a + 1, len(word)))
        if len(word) <= 4 and not wrong.intersection(inside):  # the dictionary is no judge of spelling
            many[word] = max(int(count), 1)
    for word, count in grown(text).items():
        many.setdefault(word, count)
    listed = {row["right"] for row in confusables}
    with (TYPOS / "phrases.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            listed.update((row["phrase"], *filter(None, row["variants"].split(";"))))
    for line in (ROOT / "tools" / "typo_terms.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            listed.update(line.split())
    for word in listed:
        if 2 <= len(word) <= 4:
            many[word] = max(many.get(word, 0), LISTED)
    found = {}
    for word, count in many.items():
        run = whole.read(word)
        if all("一" <= one <= "龥" for one in word) and min(run) > chr(LETTER):
            if len(run) > 1 and (written := whole.log[run]) > 0:
                share = 1.0 if len(run) > 2 else min(1.0, 2 ** (hold(whole, run) - BOUND))
                count = max(count, min(MORE_TEXT * share * 2**written, 1e5))
            found[run] = log2(count)
    return found


def hold(whole: Runs, pair: str) -> float:
    """How much oftener two characters stand together than chance would have it, in bits."""
    return (
        whole.log[pair]
        - whole.arrays["alone"][ord(pair[0])]
        - whole.arrays["alone"][ord(pair[1])]
        + whole.header["total"]
    )


def likenesses(letters: str, whole: Runs) -> dict[str, dict[str, int]]:
    """For each character, in ids, those it may be meant for, with how: see :class:`reportlint_rules.typos.wordbook.Likeness`."""
    known = {one: chr(at) for at, one in enumerate(letters) if at > LETTER and "一" <= one <= "龥"}
    written = [one for one in known if whole.arrays["alone"][ord(known[one])] >= 1.5]
    toned = {one: set(pinyin(one, style=Style.TONE3, heteronym=True)[0]) for one in known}
    plain = {one: set(pinyin(one, style=Style.NORMAL, heteronym=True)[0]) for one in known}
    typed: dict[str, list[str]] = defaultdict(list)
    for one in sorted(written, key=lambda each: -whole.arrays["alone"][ord(known[each])]):
        for syllable in {fold(each) for each in plain[one]}:
            typed[syllable].append(one)
    shapes: dict[str, dict[str, int]] = defaultdict(dict)
    for line in (ROOT / "tools" / "resemblances.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            one, _, row = line.partition("\t")
            for place, other in enumerate(row.split()):
                shapes[one][other[0]] = int(other[1:])
                if place < MOST_BACK:
                    shapes[other[0]].setdefault(one, int(other[1:]))
    for line in (ROOT / "linter/reportlint/data/shapes.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            one, _, row = line.split("\t")
            for other in row:
                shapes[one].setdefault(other, 60)
                shapes[other].setdefault(one, 60)
    able = set(written)
    found = {}
    for one in characters():
        if one not in known:
            continue
        rows: dict[str, int] = {}
        counts = [0, 0]
        for other in sorted(
            {other for syllable in plain[one] for other in typed[fold(syllable)]} - {one},
            key=lambda each: (not plain[each] & plain[one], -whole.arrays["alone"][ord(known[each])]),
        ):
            kind = 0 if toned[other] & toned[one] else 1 if plain[other] & plain[one] else 2
            counts[kind == 2] += 1
            if counts[kind == 2] <= (MOST_NEARLY if kind == 2 else MOST_SOUND):
                rows[known[other]] = kind << 6 | shapes[one].get(other, 0) * 63 // 100
        for other, likeness in shapes[one].items():
            if other in able:
                rows.setdefault(known[other], 3 << 6 | likeness * 63 // 100)
        found[known[one]] = dict(sorted(rows.items()))
    return found


def neighbours(words: dict[str, float]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """What follows and what precedes each character in a common word."""
    follow: dict[str, set[str]] = defaultdict(set)
    precede: dict[str, set[str]] = defaultdict(set)
    for word, many in words.items():
        if len(word) > 1 and many >= log2(COMMON_PAIR if len(word) == 2 else COMMON_LONGER):
            for one, other in pairwise(word):
                follow[one].add(other)
                precede[other].add(one)
    return follow, precede


def slippery(
    whole: Runs, ranks: np.ndarray, near: dict[str, dict[str, int]], follow: dict[str, set[str]]
) -> np.ndarray:
    """For each two ranked characters a bit: whether another in place of one of them would be a common word and fit far better."""
    ranked = {chr(at): int(rank) for at, rank in enumerate(ranks) if rank != RARE}
    taken: dict[str, list[str]] = defaultdict(list)  # what is printed for a character
    for printed, row in near.items():
        for meant in row:
            taken[meant].append(printed)
    table = np.zeros((len(ranked), len(ranked)), bool)
    log = whole.log
    for left, rights in follow.items():
        for right in rights:
            enough = log[left + right] - FITS
            if enough < 0:
                continue
            for pair in chain((left + each for each in taken[right]), (each + right for each in taken[left])):
                one, other = ranked.get(pair[0]), ranked.get(pair[1])
                if one is not None and other is not None and not table[one, other] and log[pair] <= enough:
                    bound = log[pair] >= SEEN and hold(whole, pair) >= BOUND
                    table[one, other] = not bound
    print(f"slippery pairs: {table.mean():.3f}")
    return np.packbits(table.ravel(), bitorder="little")


def hashed(words: dict[str, float]) -> tuple[np.ndarray, np.ndarray]:
    """The buckets of the words of two and more: fingerprints and logarithms; the rarest of a full bucket is left out."""
    longer = {word: many for word, many in words.items() if len(word) > 1}
    buckets = int(len(longer) / SLOTS / 0.8)
    marks, logs = np.zeros(buckets * SLOTS, np.uint16), np.zeros(buckets * SLOTS, np.uint8)
    filled = Counter[int]()
    for word, many in sorted(longer.items(), key=lambda each: (-each[1], each[0])):
        place, mark = bucket(word, buckets)
        if filled[place] < SLOTS:
            at = place * SLOTS + filled[place]
            marks[at], logs[at] = mark, min(int(many * STEPS), 254)
            filled[place] += 1
    return marks, logs


def rows(of: dict[str, Any], size: int) -> tuple[np.ndarray, np.ndarray]:
    """Where the row of each id begins, and all rows one after the other."""
    starts, row = [0], []
    for at in range(size):
        row += sorted(map(ord, of.get(chr(at), ())))
        starts.append(len(row))
    return np.array(starts, np.uint32), np.array(row, np.uint16)


def pieces(named: dict[str, str]) -> Iterator[str]:
    """The texts, long ones in parts of whole lines."""
    for text in named.values():
        part: list[str] = []
        for line in text.split("\n"):
            part.append(line)
            if sum(map(len, part)) > TEXT:
                yield "\n".join(part)
                part = []
        if part:
            yield "\n".join(part)


class Slipped:
    """Puts one slip into every third sentence."""

    def __init__(self, book: Wordbook, whole: Runs, frequency: Counter[str]) -> None:
        self.random = random.Random(3)
        self.slips = Slips(frequency, 11)
        self.book, self.whole, self.frequency = book, whole, frequency

    def other(self, one: str, kind: str) -> str | None:
        """What is printed for ``one``."""
        if kind != "near":
            return self.slips.other(one, kind)
        id_ = self.whole.read(one)
        choices = [self.book.characters[ord(each)] for each in self.book.near[id_]]
        how = [self.book.near.how(id_, each) for each in self.book.near[id_]]
        weights = [
            (self.frequency[each] + 1) ** 0.5
            * ((1.0, 1.0, 0.5)[to.kind] if to.kind < 3 else max(0.0, to.shape - 0.6) * 4)
            for each, to in zip(choices, how, strict=True)
        ]
        return self.random.choices(choices, weights)[0] if sum(weights) > 0 else None

    def put(self, text: str, kind: str) -> tuple[str, dict[int, str]]:
        """``text`` with its slips, and what should stand at their places."""
        printed, meant = list(text), {}
        for match in SENTENCE.finditer(text):
            places = [at for at in range(*match.span()) if "一" <= text[at] <= "龥"]
            if len(match[0]) >= 8 and places and self.random.random() < 1 / 3:
                at = self.random.choice(places)
                other = self.other(text[at], kind)
                if other and other != text[at]:
                    printed[at], meant[at] = other, text[at]
        return "".join(printed), meant


def examples(
    book: Wordbook, whole: Runs, known: Counts, text: str, meant: dict[int, str]
) -> Iterator[tuple[tuple[float, ...], bool]]:
    """The proposals in ``text`` with their truth; those beside a slip are neither right nor a false alarm on sound text."""
    beside = {at + step for at in meant for step in range(-3, 4)}
    look = Misprints(known, book, whole.read(text), bytearray(len(text)))
    for at in look.places(Pairs(known, whole, book).marks(text)):
        for proposal in look.proposals(at):
            if at in meant:
                yield proposal.features, book.characters[ord(proposal.put)] == meant[at]
            elif at not in beside and not meant:
                yield proposal.features, False


def trained(features: np.ndarray, truth: np.ndarray, weights: np.ndarray) -> Any:
    """The forest as scikit-learn has it."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    return HistGradientBoostingClassifier(
        max_iter=TREES, max_depth=DEPTH, learning_rate=0.08, max_leaf_nodes=24, min_samples_leaf=40, l2_regularization=2.0,
        random_state=0, early_stopping=False,
    ).fit(features, truth, sample_weight=weights)  # fmt: skip


def main() -> None:
    """Build the tables, write them, let the forest learn with them, write again."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--genre", type=Path, action="append", required=True)
    for option in ("--common", "--prose", "--unseen"):
        parser.add_argument(option, type=Path, action="append", default=[])
    parser.add_argument("--output", type=Path, default=Path(FILE))
    arguments = parser.parse_args()
    whole = runs()
    letters = whole.characters
    named, prose, common = (
        {name: text for folder in folders for name, text in texts(folder).items() if name in whole.header["sources"]}
        for folders in (arguments.genre, arguments.prose, arguments.common)
    )
    unseen = {name: text for folder in arguments.unseen for name, text in texts(folder).items()}
    words = lexicon(whole, "\n".join((*named.values(), *prose.values())))
    near = likenesses(letters, whole)
    follow, precede = neighbours(words)
    order = sorted(
        (at for at in range(LETTER + 1, len(letters)) if chr(at) in near),
        key=lambda at: (-whole.arrays["alone"][at], at),
    )
    ranks = np.full(len(letters), RARE, np.uint16)
    ranks[order[:RANKED]] = np.arange(min(RANKED, len(order)))
    marks, logs = hashed(words)
    arrays: dict[str, np.ndarray] = {
        "word_marks": marks,
        "word_logs": logs,
        "single": np.array(
            [min(int(words.get(chr(at), NO_WORD) * STEPS), NO_WORD) for at in range(len(letters))], np.uint8
        ),
        "ranks": ranks,
        "slippery": slippery(whole, ranks, near, follow),
    }
    for name, of in (("near", near), ("follow", follow), ("precede", precede)):
        arrays[f"{name}_from"], arrays[name] = rows(of, len(letters))
    arrays["near_how"] = np.array(
        [how for at in range(len(letters)) for how in near.get(chr(at), {}).values()], np.uint8
    )
    header: dict[str, Any] = {"characters": letters, "total": log2(60e6), "ranked": int((ranks != RARE).sum())}
    scratch = arguments.output.with_suffix(".tables")
    packed.save(
        scratch,
        MAGIC,
        {**header, "bias": 0.0, "depth": DEPTH, "hopes": (), "gate": (-1, 0.0)},
        {**arrays, "forest_column": np.zeros((0, 0), np.uint8)},
    )
    book = Wordbook(scratch)
    slipped = Slipped(book, whole, Counter("".join(named.values())))
    features: list[tuple[float, ...]] = []
    truth: list[bool] = []
    weights: list[float] = []

    def take(known: Counts, text: str, meant: dict[int, str], weight: float) -> None:
        for row, right in examples(book, whole, known, text, meant):
            features.append(row)
            truth.append(right)
            weights.append(weight)

    for text in pieces(named):
        held = without(whole, text, WEIGHT)
        take(held, text, {}, SOUND)
        for kind in ROUNDS:
            take(held, *slipped.put(text, kind), 1.0)
    for number, text in enumerate(pieces(prose)):
        held = without(whole, text, PROSE)
        take(held, text, {}, SOUND)
        if number % SLIPPED == 0:
            take(held, *slipped.put(text, MORE_ROUNDS[number // SLIPPED % len(MORE_ROUNDS)]), 1.0)
    for text in pieces(unseen):
        take(counts(whole), text, {}, SOUND)
        for kind in MORE_ROUNDS:
            take(counts(whole), *slipped.put(text, kind), 1.0)
    statutes = "\n".join(common.values())
    for start in range(0, len(statutes) - PIECE, max(PIECE, len(statutes) // PIECES)):
        text = statutes[start : start + PIECE]
        take(without(whole, text, 1), text, {}, COMMON)
    print(f"examples {len(truth):,}, slips {sum(truth):,}", flush=True)
    fitted = trained(np.array(features, np.float32), np.array(truth), np.array(weights))
    trees, bias = forest(fitted)
    most = trees["forest_value"].max(axis=1)
    header |= {
        "bias": bias,
        "depth": DEPTH,
        "gate": (-1, 0.0),
        "hopes": tuple(float(most[at:].sum()) for at in range(len(most))),
    }
    header["sources"] = sorted({*named, *prose})
    packed.save(arguments.output, MAGIC, header, {**arrays, **trees})
    print(f"{arguments.output.name}: {arguments.output.stat().st_size:,} bytes")
    scratch.unlink()


if __name__ == "__main__":
    main()
