"""Builds ``rules/reportlint_rules/typos/ngrams.bin``, the language model of the rule ``unlikely-character``, from folders of text.

    pip install -e . scikit-learn pypinyin
    python tools/build_typo_model.py --common FOLDER --genre FOLDER [--genre FOLDER] [--prose FOLDER] [--unseen FOLDER] [--pairs FILE.tsv]

Folders hold UTF-8 texts (``.txt``, ``.md``, ``.txt.xz``). ``--common`` text (statutes: plenty, but another kind of prose) counts once, ``--prose`` (news of
the day as official media tell it) twice, ``--genre`` text (reports, policy: scarce) several times; slips put into genre text, judged by a model that has
not read it, train the forest, and so do slips in ``--unseen`` text, which is not counted at all, and every second of the labelled pairs of ``--pairs``
(errors, wrong, right, with tabs between); the others are left for measuring. The texts themselves stay out: the file holds counts, a list of sources,
and the forest.
"""

from __future__ import annotations

import argparse
import lzma
import random
import re
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "rules"), str(ROOT / "linter"), str(ROOT / "tools")]

from build_sounds import characters, fold  # noqa: E402
from pypinyin import Style, pinyin  # noqa: E402

from reportlint_rules.typos import likelihood, ngrams, packed  # noqa: E402
from reportlint_rules.typos.ngrams import BITS, DIGIT, EDGE, LETTER, MAGIC, SLOTS, STEPS, UNKNOWN, Model  # noqa: E402
from reportlint_rules.typos.proposal import KIND, Kind  # noqa: E402
from slips import Slip, Slips  # noqa: E402

#: How often genre text counts, and other prose; the least count that is kept, by length of run, after weighting; buckets of the table.
WEIGHT, PROSE = 8, 2
LEAST = {2: 1, 3: 2, 4: 4}
BUCKETS = 361_027
#: Most neighbours of a character that sound exactly, nearly, and look like it.
MOST_SOUND, MOST_NEARLY, MOST_SHAPE = 40, 20, 9
#: Two-character words that can be proposed for two wrong characters.
PAIRS = 40_000
#: How often a character has to stand between two others, in weighted counts, to be proposed there.
BETWEEN = 48
#: Warnings per 100,000 characters of sound text that each kind of proposal may cost; they set its threshold.
ALLOWED = {
    "SOUND": 0.45,
    "NEARLY": 0.15,
    "SHAPE": 0.4,
    "SWAPPED": 0.6,
    "DOUBLED": 0.4,
    "PAIR": 0.05,
    "FREE": 0.02,
    "MISSING": 0.02,
    "KIN": 0.05,
}
#: The kinds of slips that are put into the text, a round each.
TAUGHT = (
    ("homophone",),
    ("homophone", "look-alike", "doubled", "swapped", "dropped"),
    ("swapped", "doubled", "swapped"),
)
#: How often a labelled pair counts among the generated slips.
PAIRS_WEIGHT = 3
TREES, DEPTH = 160, 5
#: A proposal that the first trees think little of is dropped: after how many, what chance matters, what share of those that matter may be lost.
GATE, MATTERS, LOST = 16, 0.3, 0.0005
SPACE = re.compile(r"[ \t\u3000\ufeff\r]+")
SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
PUNCTUATION = "，。；：、？！（）“”《》—…·〔〕%-+./,:()"


def texts(folder: Path) -> dict[str, str]:
    """The texts of ``folder`` by file name."""
    found = {}
    for path in sorted(folder.iterdir()):
        if path.name.endswith((".txt", ".md", ".xz")):
            data = lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()
            found[path.name] = SPACE.sub("", data.decode("utf-8-sig"))
    return found


def alphabet(counts: Counter[str]) -> str:
    """The characters that have an id of their own, after the four that stand for classes."""
    known = set(characters()) | {one for one, many in counts.items() if many >= 3 and "\u4e00" <= one <= "\u9fff"}
    return "\0\n0A" + "".join(sorted(known | set(PUNCTUATION)))[: 2**BITS - 4]


def id_table(letters: str) -> np.ndarray:
    """Ids by code point; the last stands for everything beyond."""
    table = np.full(0x10000 + 1, UNKNOWN, dtype=np.uint16)
    for at, one in enumerate(letters):
        if at > LETTER:
            table[ord(one)] = at
    table[ord("\n")] = EDGE
    table[ord("0") : ord("9") + 1] = DIGIT
    for start, end in (("A", "Z"), ("a", "z")):
        table[ord(start) : ord(end) + 1] = LETTER
    return table


def read(table: np.ndarray, text: str) -> np.ndarray:
    """The ids of ``text``."""
    points = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    return table[np.minimum(points, len(table) - 1)].astype(np.uint64)


def runs(ids: np.ndarray, size: int) -> np.ndarray:
    """The key of every run of ``size`` ids."""
    keys = np.full(len(ids) - size + 1, size, dtype=np.uint64)
    for column in range(size):
        keys = (keys << np.uint64(BITS)) | ids[column : len(ids) - size + 1 + column]
    return keys


def counted(ids: np.ndarray, weight: int) -> dict[int, tuple[np.ndarray, np.ndarray]]:
    """Keys and weighted counts by length of run."""
    found = {}
    for size in (1, 2, 3, 4):
        keys, many = np.unique(runs(ids, size), return_counts=True)
        found[size] = keys, (many * weight).astype(np.int64)
    return found


def merged(parts: list[dict[int, tuple[np.ndarray, np.ndarray]]]) -> dict[int, tuple[np.ndarray, np.ndarray]]:
    """The sum of several counts."""
    total = {}
    for size in (1, 2, 3, 4):
        keys, back = np.unique(np.concatenate([part[size][0] for part in parts]), return_inverse=True)
        many = np.bincount(back, np.concatenate([part[size][1] for part in parts]), minlength=len(keys))
        total[size] = keys, many.astype(np.int64)
    return total


def neighbours(letters: str, alone: np.ndarray) -> dict[str, np.ndarray]:
    """For each id the ids that sound or look like it, with how; only characters that are written at all."""
    at = {one: place for place, one in enumerate(letters) if place > LETTER}
    written = [one for one in letters[LETTER + 1 :] if "\u4e00" <= one <= "\u9fff" and alone[at[one]] >= 3]
    exact: dict[str, list[str]] = {}
    nearly: dict[str, list[str]] = {}
    readings: dict[str, set[str]] = {}
    for one in written:
        readings[one] = set(pinyin(one, style=Style.NORMAL, heteronym=True)[0])
        for syllable in readings[one]:
            exact.setdefault(syllable, []).append(one)
            nearly.setdefault(fold(syllable), []).append(one)
    shapes: dict[str, list[str]] = {}
    kin: dict[str, str] = {}
    for line in (ROOT / "linter/reportlint/data/shapes.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            one, row, kin[one] = line.split("\t")
            shapes.setdefault(one, []).extend(row)
            for other in row[:4]:  # what looks like another, the other looks like
                shapes.setdefault(other, []).append(one)

    def frequent(group: set[str]) -> list[str]:
        return sorted(group, key=lambda other: (-alone[at[other]], other))

    first, put, kinds = [0], [], []
    for one in letters:
        rows: dict[str, int] = {}
        if one in readings:
            for other in frequent({o for s in readings[one] for o in exact[s]} - {one})[:MOST_SOUND]:
                rows.setdefault(other, int(Kind.SOUND))
            for other in frequent({o for s in readings[one] for o in nearly[fold(s)]} - {one, *rows})[:MOST_NEARLY]:
                rows.setdefault(other, int(Kind.NEARLY))
            for other in [o for o in shapes.get(one, []) if o in readings][:MOST_SHAPE]:
                rows.setdefault(other, int(Kind.SHAPE))
            for other in kin.get(one, ""):
                if other in readings:
                    rows.setdefault(other, int(Kind.KIN))
        elif one in shapes and "\u4e00" <= one <= "\u9fff":
            rows = {o: int(Kind.SHAPE) for o in shapes[one][:MOST_SHAPE] if o in readings}
            unwritten = pinyin(one, style=Style.NORMAL, heteronym=True)[0]
            for other in frequent({o for s in unwritten for o in exact.get(s, ())} - {one})[:MOST_SOUND]:
                rows.setdefault(other, int(Kind.SOUND))
        put += [at[other] for other in rows]
        kinds += list(rows.values())
        first.append(len(put))
    return {
        "neighbours_from": np.array(first, np.uint32),
        "neighbours": np.array(put, np.uint16),
        "neighbour_kinds": np.array(kinds, np.uint8),
    }


def words(letters: str) -> dict[int, tuple[np.ndarray, np.ndarray]]:
    """The runs inside the words of jieba's dictionary, of the project's own lexicons and its list of names, with modest counts.

    Statutes lack most everyday words; a dictionary is no judge of spelling, so words with a form that the lexicon calls wrong are left out.
    """
    import csv

    import jieba

    known = set(letters[LETTER + 1 :])
    folder = ROOT / "rules/reportlint_rules/typos"
    with (folder / "confusables.csv").open(encoding="utf-8", newline="") as file:
        confusables = [row for row in csv.DictReader(file) if not row["pattern"]]
    wrong = {row["wrong"] for row in confusables}
    weighted = {row["right"]: 8 for row in confusables}
    with (folder / "phrases.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            weighted.update(dict.fromkeys((row["phrase"], *filter(None, row["variants"].split(";"))), WEIGHT))
    for line in (ROOT / "tools" / "typo_terms.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            weighted.update(dict.fromkeys((word for word in line.split() if len(word) >= 2), WEIGHT))
    for line in jieba.get_module_res("dict.txt").read().decode("utf-8").splitlines():
        word, many, _ = line.split(" ")
        if (
            int(many) >= 3
            and len(word) >= 2
            and not any(word[a : b + 1] in wrong for a in range(len(word)) for b in range(a + 1, len(word)))
        ):
            weighted.setdefault(word, 2 + min(int(many) // 20, 40))
    table = id_table(letters)
    keys: dict[int, list[np.ndarray]] = {1: [], 2: [], 3: [], 4: []}
    counts: dict[int, list[int]] = {1: [], 2: [], 3: [], 4: []}
    for word, many in sorted(weighted.items()):
        if known.issuperset(word):
            for size in range(1, min(4, len(word)) + 1):
                found = runs(read(table, word), size)
                keys[size].append(found)
                counts[size] += [many] * len(found)
    result = {}
    for size, parts in keys.items():
        unique, back = np.unique(np.concatenate(parts), return_inverse=True)
        result[size] = unique, np.bincount(back, counts[size], minlength=len(unique)).astype(np.int64)
    return result


def pair_table(
    letters: str, counts: dict[int, tuple[np.ndarray, np.ndarray]], alone: np.ndarray
) -> dict[str, np.ndarray]:
    """The frequent pairs of characters that hold together, by how they are typed: ``sounds`` gives each id its class of syllables."""
    classes: dict[str, int] = {}
    sounds = np.zeros(len(letters), np.uint16)
    for at, one in enumerate(letters):
        if "\u4e00" <= one <= "\u9fff":
            syllable = fold(pinyin(one, style=Style.NORMAL)[0][0])
            sounds[at] = classes.setdefault(syllable, len(classes) + 1)
    keys, many = counts[2]
    mask = np.uint64(2**BITS - 1)
    left, right = ((keys >> np.uint64(BITS)) & mask).astype(np.int64), (keys & mask).astype(np.int64)
    # How much oftener the two stand together than chance would have it: words, not the seams between them.
    hold = np.log2(np.maximum(many, 1)) * 2 - np.log2(np.maximum(alone[left], 1)) - np.log2(np.maximum(alone[right], 1))
    good = np.flatnonzero((sounds[left] > 0) & (sounds[right] > 0) & (many >= 12) & (hold > -12))
    good = good[np.argsort(-many[good], kind="stable")][:PAIRS]
    typed = sounds[left[good]].astype(np.uint32) << np.uint32(16) | sounds[right[good]]
    order = np.argsort(typed, kind="stable")
    return {
        "sounds": sounds,
        "pair_sounds": typed[order],
        "pairs": np.stack([left[good], right[good]], 1).astype(np.uint16)[order],
    }


def middle_table(counts: dict[int, tuple[np.ndarray, np.ndarray]]) -> dict[str, np.ndarray]:
    """The characters that often stand between two others, by these; Chinese ones only, which the ids after punctuation are."""
    keys, many = counts[3]
    keys = keys[many >= BETWEEN]
    mask = np.uint64(2**BITS - 1)
    left, middle, right = (keys >> np.uint64(2 * BITS)) & mask, (keys >> np.uint64(BITS)) & mask, keys & mask
    around = (left << np.uint64(BITS) | right).astype(np.uint32)
    use = (left > LETTER) & (middle > LETTER) & (right > LETTER)
    around, middle = around[use], middle[use].astype(np.uint16)
    order = np.argsort(around, kind="stable")
    return {"middle_around": around[order], "middles": middle[order]}


def bucketed(letters: str, table: np.ndarray, counts: dict[int, tuple[np.ndarray, np.ndarray]]) -> Model:
    """The model as it will be mapped: buckets of the most frequent runs."""
    alone = np.zeros(len(letters), np.int64)
    alone[(counts[1][0] & np.uint64(2**BITS - 1)).astype(np.int64)] = counts[1][1]
    keys = np.concatenate([counts[size][0][counts[size][1] >= LEAST[size]] for size in (3, 4)])
    many = np.concatenate([counts[size][1][counts[size][1] >= LEAST[size]] for size in (3, 4)])
    bucket, mark = ngrams.hashed(keys, BUCKETS)
    order = np.lexsort((-many, bucket))
    bucket, mark, many = bucket[order], mark[order], many[order]
    starts = np.flatnonzero(np.concatenate([[True], bucket[1:] != bucket[:-1]]))
    rank = np.arange(len(bucket)) - np.repeat(starts, np.diff(np.append(starts, len(bucket))))
    fits = rank < SLOTS
    fingerprints = np.zeros((BUCKETS, SLOTS), np.uint16)
    logarithms = np.zeros((BUCKETS, SLOTS), np.uint8)
    fingerprints[bucket[fits], rank[fits]] = mark[fits]
    logarithms[bucket[fits], rank[fits]] = logs(many[fits])
    print(f"runs {len(keys):,}, kept {fits.sum():,} in {BUCKETS * SLOTS:,} slots", flush=True)
    arrays: dict[str, Any] = {"alone": exact(np.log2(np.maximum(alone, 0.5)), 256)}
    arrays |= followers(letters, counts)
    arrays |= neighbours(letters, alone)
    arrays |= pair_table(letters, counts, alone)
    arrays |= middle_table(counts)
    header = {"total": float(exact(np.log2(alone.sum()), 256))}
    pairs = ngrams.pair_keys(arrays["after_from"], arrays["after"])
    return Model(fingerprints, logarithms, pairs, table, arrays, letters, header)


def followers(letters: str, counts: dict[int, tuple[np.ndarray, np.ndarray]]) -> dict[str, np.ndarray]:
    """For each id the ids that follow it, in order, with the logarithms of how often."""
    keys, many = (part[counts[2][1] >= LEAST[2]] for part in counts[2])
    pairs = keys & np.uint64(2 ** (2 * BITS) - 1)
    starts = np.searchsorted(pairs, np.arange(len(letters) + 1, dtype=np.uint64) << np.uint64(BITS))
    return {
        "after_from": starts.astype(np.uint32),
        "after": (pairs & np.uint64(2**BITS - 1)).astype(np.uint16),
        "after_logs": logs(many),
    }


def exact(numbers: Any, parts: int) -> Any:
    """Numbers rounded to such a fraction: sums of them have no rounding of their own, in whichever order and precision they are taken."""
    return (np.round(numbers * parts) / parts).astype(np.float32)


def logs(many: np.ndarray) -> np.ndarray:
    """Counts as the file holds them: steps of the binary logarithm."""
    return np.minimum(np.round(np.log2(np.maximum(many, 1)) * STEPS), 255).astype(np.uint8)


Marked = tuple[str, list[tuple[int, int, str]]]


def examples(model: Model, lines: list[str], slips: Slips, kinds: tuple[str, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Features and truth of all proposals in ``lines`` as they are, with one slip each, and with two."""
    marked: list[Marked] = [(line, []) for line in lines]
    marked += [(slip.text, [place(slip)]) for slip in slips.each(lines, kinds)]
    for line in lines[::2]:
        first = next(slips.each([line], ("homophone", "look-alike")), None)
        second = first and slips.beside(first)
        if second:
            marked.append((second, differences(second, line)))
    return labelled(model, marked)


def place(slip: Slip) -> tuple[int, int, str]:
    """Where a proposal mends ``slip``: what was dropped is put between its neighbours."""
    if slip.end > slip.start:
        return slip.start, slip.end, slip.right
    start, end = slip.start - 1, slip.start + 1
    return start, end, slip.text[start : slip.start] + slip.right + slip.text[slip.start : end]


def differences(wrong: str, right: str) -> list[tuple[int, int, str]]:
    """Where two texts of one length differ: single characters, and pairs of them."""
    places = [at for at, (one, other) in enumerate(zip(wrong, right, strict=True)) if one != other]
    return [(at, at + 1, right[at]) for at in places] + [
        (at, at + 2, right[at : at + 2]) for at, following in pairwise(places) if following == at + 1
    ]


def labelled(model: Model, marked: list[Marked]) -> tuple[np.ndarray, np.ndarray]:
    """Features and truth of the proposals in texts of which the slips are known; a text a line."""
    text = "\n".join(line for line, _ in marked)
    proposals = likelihood.propose(model, text)
    slips: dict[tuple[int, int], str] = {}
    # A proposal beside a slip is neither right nor a false alarm on sound text.
    beside = np.zeros(len(text) + 4, bool)
    offset = 0
    for line, places in marked:
        for start, end, right in places:
            slips[offset + start, offset + end] = right
            beside[max(offset + start - 2, 0) : offset + end + 2] = True
            beside[offset + start : offset + end] = False
        offset += len(line) + 1
    spans = zip(proposals.start.tolist(), proposals.end.tolist(), proposals.right, strict=True)
    right = np.array([slips.get((start, end)) == word for start, end, word in spans])
    use = right | ~beside[proposals.start]
    return proposals.features[use], right[use]


def trained(features: np.ndarray, truth: np.ndarray) -> Any:
    """The forest as scikit-learn has it."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    return HistGradientBoostingClassifier(
        max_iter=TREES, max_depth=DEPTH, learning_rate=0.08, max_leaf_nodes=24, min_samples_leaf=60, l2_regularization=2.0,
        random_state=0, early_stopping=False,
    ).fit(features, truth)  # fmt: skip


def forest(model: Any) -> tuple[dict[str, np.ndarray], float]:
    """The forest as arrays of one row a tree, and its bias."""
    trees = [tree[0].nodes for tree in model._predictors]
    width = max(map(len, trees))
    arrays = {
        "column": np.zeros((len(trees), width), np.uint8),
        "limit": np.zeros((len(trees), width), np.float32),
        "below": np.repeat(np.arange(width, dtype=np.uint8)[None, :, None], len(trees), axis=0).repeat(2, axis=2),
        "value": np.zeros((len(trees), width), np.float32),
    }
    for row, nodes in enumerate(trees):
        inner = ~nodes["is_leaf"].astype(bool)
        size = len(nodes)
        arrays["column"][row, :size] = np.where(inner, nodes["feature_idx"], 0)
        arrays["limit"][row, :size] = np.where(inner, nodes["num_threshold"], 0)
        arrays["below"][row, :size][inner] = np.stack([nodes["right"], nodes["left"]], axis=1)[inner]
        arrays["value"][row, :size] = exact(nodes["value"], 4096)
    return {f"forest_{name}": array for name, array in arrays.items()}, float(
        exact(model._baseline_prediction[0, 0], 4096)
    )


def gate(arrays: dict[str, np.ndarray], bias: float, features: np.ndarray) -> tuple[int, float]:
    """After how many trees to stop where they sum up to less than what: next to nothing that matters in the end stops there."""
    total, early = np.full(len(features), bias), np.zeros(len(features))
    rows = np.arange(len(features))
    for tree in range(TREES):
        node = np.zeros(len(features), np.int64)
        for _ in range(DEPTH):
            under = features[rows, arrays["forest_column"][tree, node]] <= arrays["forest_limit"][tree, node]
            node = arrays["forest_below"][tree, node, under.astype(np.int64)].astype(np.int64)
        total += arrays["forest_value"][tree, node]
        early += arrays["forest_value"][tree, node] if tree < GATE else 0
    matters = 1 / (1 + np.exp(-total)) >= MATTERS
    least = float(np.quantile(early[matters], LOST))
    print(f"gate after {GATE} trees at {least:.3f}: {(early >= least).mean():.3f} of all proposals pass", flush=True)
    return GATE, least


def thresholds(chances: np.ndarray, kinds: np.ndarray, truth: np.ndarray, size: int) -> dict[str, float]:
    """For each kind the least likelihood that costs no more warnings in ``size`` sound characters than allowed."""
    found = {}
    for kind in Kind:
        of_kind = kinds == kind
        loud = np.sort(chances[of_kind & ~truth])[::-1]
        allowed = int(ALLOWED[kind.name] * size / 1e5)
        limit = float(loud[allowed]) + 1e-4 if allowed < len(loud) else 0.5
        found[kind.name] = min(max(round(limit, 4), 0.6), 0.9999)
        right = chances[of_kind & truth]
        print(
            f"  {kind.name:8} from {found[kind.name]:.4f}: {(right >= found[kind.name]).mean():.2f} of {len(right)} slips",
            flush=True,
        )
    return found


def save(model: Model, file: Path) -> None:
    """Write the model's file."""
    arrays = {
        "fingerprints": model.fingerprints,
        "logarithms": model.logarithms,
        "ids": model.ids,
        **model.arrays,
    }
    packed.save(file, MAGIC, {**model.header, "characters": model.characters}, arrays)
    print(f"{file.name}: {file.stat().st_size:,} bytes")


def main() -> None:
    """Count, train on text the counts have not seen, count everything, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--common", type=Path, action="append", default=[])
    parser.add_argument("--genre", type=Path, action="append", required=True)
    parser.add_argument("--prose", type=Path, action="append", default=[])
    parser.add_argument("--unseen", type=Path, action="append", default=[])
    parser.add_argument("--pairs", type=Path)
    parser.add_argument("--output", type=Path, default=ngrams.FILE)
    arguments = parser.parse_args()
    common, genre, prose, unseen = (
        {name: text for folder in folders for name, text in texts(folder).items()}
        for folders in (arguments.common, arguments.genre, arguments.prose, arguments.unseen)
    )
    frequency = Counter("".join((*common.values(), *genre.values(), *prose.values())))
    letters = alphabet(frequency)
    table = id_table(letters)
    print(f"common {sum(map(len, common.values())):,} characters, genre {sum(map(len, genre.values())):,}", flush=True)
    base = merged(
        [
            words(letters),
            *(
                counted(read(table, "\n".join(folder.values()) + "\n"), weight)
                for folder, weight in ((common, 1), (prose, PROSE))
                if folder
            ),
        ]
    )
    lines, more = (
        sorted({line for text in folder.values() for line in SENTENCE.findall(text) if len(line) >= 6})
        for folder in (genre, unseen)
    )
    random.Random(5).shuffle(lines)
    random.Random(6).shuffle(more)
    halves = lines[::2], lines[1::2]
    slips = Slips(frequency, 11)
    folds: list[list[tuple[np.ndarray, np.ndarray]]] = []
    sound: list[np.ndarray] = []
    for half, mine in enumerate(halves):
        part = bucketed(letters, table, merged([base, counted(read(table, "\n".join(mine)), WEIGHT)]))
        others = [*halves[1 - half], *more[half::2]]
        folds.append([examples(part, others, slips, kinds) for kinds in TAUGHT])
        sound.append(labelled(part, [(line, []) for line in others])[0])
    # Each half's forest judges the other half's sound text and slips: what they let through sets the thresholds.
    judged = []
    for mine_seen, other, lines_sound in ((folds[0], folds[1], sound[1]), (folds[1], folds[0], sound[0])):
        model = trained(*(np.concatenate(parts) for parts in zip(*mine_seen, strict=True)))
        slipped, right = (np.concatenate(parts) for parts in zip(*other[1:], strict=True))
        features = np.concatenate([lines_sound, slipped[right]])
        known = np.concatenate([np.zeros(len(lines_sound), bool), np.ones(int(right.sum()), bool)])
        judged.append((model.predict_proba(features)[:, 1], features[:, KIND].astype(int), known))
    limits = thresholds(*(np.concatenate(parts) for parts in zip(*judged, strict=True)), sum(map(len, [*lines, *more])))
    rows = [features for half in folds for features, _ in half]
    truth = [right for half in folds for _, right in half]
    if arguments.pairs:
        marked: list[Marked] = []
        for wrong, right in pairs(arguments.pairs)[::2]:
            marked.append((right, []))
            if len(wrong) == len(right):
                marked.append((wrong, differences(wrong, right)))
        features, right = labelled(part, marked)
        rows += [features] * PAIRS_WEIGHT
        truth += [right] * PAIRS_WEIGHT
    features, right = np.concatenate(rows), np.concatenate(truth)
    print(f"examples {len(right):,}, slips {right.sum():,}", flush=True)
    trees, bias = forest(trained(features, right))
    whole = counted(read(table, "\n".join(text for text in genre.values())), WEIGHT)
    model = bucketed(letters, table, merged([base, whole]))
    model.arrays.update(trees)
    model.header.update(
        # what the trees from each on can add at most
        hopes=np.cumsum(trees["forest_value"].max(1)[::-1], dtype=float)[::-1].tolist(),
        gate=gate(trees, bias, features.astype(np.float32)),
        bias=bias,
        thresholds=limits,
        depth=DEPTH,
        sources={name: len(text) for name, text in sorted({**common, **prose, **genre}.items())},
    )
    save(model, arguments.output)


def pairs(file: Path) -> list[tuple[str, str]]:
    """Wrong and right sentences of a file of pairs, in its order."""
    rows = [line.split("\t") for line in file.read_text("utf-8").splitlines()]
    return [(SPACE.sub("", row[1]), SPACE.sub("", row[2])) for row in rows if len(row) >= 3]


if __name__ == "__main__":
    main()
