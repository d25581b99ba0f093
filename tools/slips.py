"""Puts slips into sound text at known places, as people and programs make them: for training the model and for measuring.

Kinds: ``homophone`` (the input method's wrong candidate, frequent ones more often), ``look-alike`` (typing by shape, OCR), ``doubled``,
``dropped``, ``swapped``. Characters come from the project's own tables of sounds and shapes, not from the model's.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).resolve().parent.parent / "linter" / "reportlint" / "data"
HAN = re.compile(r"[一-龥]")
KINDS = ("homophone", "look-alike", "doubled", "dropped", "swapped")


class Slip(NamedTuple):
    """A text with one slip: the printed characters from ``start`` to ``end`` should be ``right``."""

    text: str
    start: int
    end: int
    right: str
    kind: str


def _common() -> set[str]:
    """The first level of GB 2312: the 3,755 characters that people really type."""
    found = set()
    for high in range(0xB0, 0xD8):
        for low in range(0xA1, 0xFF):
            try:
                found.add(bytes((high, low)).decode("gb2312"))
            except UnicodeDecodeError:
                continue
    return found


class Slips:
    """Makes slips; ``frequency`` says how often each character is written, so that frequent candidates are put more often."""

    def __init__(self, frequency: Counter[str], seed: int) -> None:
        self.random = random.Random(seed)
        self.frequency = frequency
        common = _common()
        self.sounds: dict[str, list[str]] = {}
        for line in (DATA / "sounds.tsv").read_text("utf-8").splitlines():
            if not line.startswith("#"):
                row = [character for character in line.partition("\t")[2] if character in common]
                for character in row:
                    self.sounds.setdefault(character, []).extend(other for other in row if other != character)
        self.shapes: dict[str, list[str]] = {}
        for line in (DATA / "shapes.tsv").read_text("utf-8").splitlines():
            if not line.startswith("#"):
                character, row, _ = line.split("\t")
                self.shapes[character] = [other for other in row if other in common][:4]

    def other(self, character: str, kind: str) -> str | None:
        """What ``character`` is mistaken for."""
        table = self.sounds if kind == "homophone" else self.shapes
        choices = table.get(character)
        if not choices:
            return None
        weights = [(self.frequency[other] + 1) ** 0.5 for other in choices]
        return self.random.choices(choices, weights)[0]

    def put(self, text: str, at: int, kind: str) -> Slip | None:
        """``text`` with a slip at ``at``; ``None`` where that kind of slip cannot be made or cannot be seen."""
        one = text[at]
        following = text[at + 1 : at + 2]
        if kind == "doubled":
            # 同心同德 and 常常 exist; a doubled character beside its own twin is no visible slip.
            return Slip(text[:at] + one + text[at:], at, at + 2, one, kind)
        if kind == "dropped":
            if not HAN.match(following or " ") or following == one:
                return None
            return Slip(text[:at] + text[at + 1 :], at, at, one, kind)
        if kind == "swapped":
            if not HAN.match(following or " ") or following == one:
                return None
            return Slip(text[:at] + following + one + text[at + 2 :], at, at + 2, one + following, kind)
        other = self.other(one, kind)
        return Slip(text[:at] + other + text[at + 1 :], at, at + 1, one, kind) if other else None

    def beside(self, slip: Slip) -> str | None:
        """``slip`` with a second one within three characters of it."""
        at = slip.start + self.random.choice((-3, -2, -1, 1, 1, 2, 3))
        if not 0 <= at < len(slip.text) or not HAN.match(slip.text[at]):
            return None
        second = self.put(slip.text, at, self.random.choice(("homophone", "look-alike")))
        return second.text if second else None

    def each(self, lines: list[str], kinds: tuple[str, ...] = KINDS) -> Iterator[Slip]:
        """One slip in every line that can take one, the kinds in turn by chance."""
        for line in lines:
            places = [match.start() for match in HAN.finditer(line)]
            for _ in range(5):
                if not places:
                    break
                slip = self.put(line, self.random.choice(places), self.random.choice(kinds))
                if slip is not None and slip.text != line:
                    yield slip
                    break
