"""Marked examples: sentences in which ⟦ ⟧ enclose what a rule must report.

The same notation serves the decorator of a rule and the ``cases.md`` of a family, where ``⏎`` stands for a line break.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from reportlint.record import NamedTuple
from reportlint.span import Span

_MARKS = re.compile(r"[⟦⟧]")
_RULE = re.compile(r"^## +([A-Z]{2,4}\d{3})\b")
_SIDE = re.compile(r"^### +(bad|good)\b")
_NOTE = re.compile(r"\s{0,8}<!--(?!\s{0,8}reportlint:).{0,400}?-->\s{0,8}$")


class Case(NamedTuple):
    """A line of ``cases.md``: which rule it is for, whether the rule must speak, the marked text, where it stands."""

    code: str
    bad: bool
    text: str
    line: int


def unmark(text: str) -> tuple[str, list[Span]]:
    """The text without its marks, and the marked places in it.

    Raises ``ValueError`` where marks do not pair up.

    >>> unmark("投资⟦XX⟧亿元")
    ('投资XX亿元', [Span(start=2, end=4)])
    """
    plain: list[str] = []
    spans: list[Span] = []
    at = length = 0
    opened: int | None = None
    for match in _MARKS.finditer(text):
        plain.append(text[at : match.start()])
        length += match.start() - at
        at = match.end()
        if (match[0] == "⟦") != (opened is None):
            raise ValueError(f"marks do not pair up: {text}")
        if opened is None:
            opened = length
        else:
            spans.append(Span(opened, length))
            opened = None
    if opened is not None:
        raise ValueError(f"marks do not pair up: {text}")
    return "".join(plain) + text[at:], spans


def read_cases(path: Path) -> Iterator[Case]:
    """The cases of a ``cases.md``: bullets under ``## CODE name`` and ``### bad`` or ``### good``."""
    code, bad = "", False
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if heading := _RULE.match(line):
            code = heading[1]
        elif side := _SIDE.match(line):
            bad = side[1] == "bad"
        elif line.startswith("- ") and code:
            yield Case(code, bad, _NOTE.sub("", line[2:]).replace("⏎", "\n"), number)
