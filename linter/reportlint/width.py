"""How wide a text is on a terminal, and how to show one there without letting it command the terminal.

The usual packages cost more to import than a report to check (``wcwidth`` 70 ms), and none of them lets the user say how wide
characters of ambiguous width are: “ ” — … × ① take one cell in some terminals and two in others.
"""

from __future__ import annotations

import re
from functools import lru_cache

from reportlint.patterns import compiled

#: What moves a cursor, hides or reorders text instead of standing for itself: controls, format characters, lone surrogates.
_UNSEEN = compiled(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e0fff]"
)


def visible(text: str) -> str:
    """``text`` with everything named that a terminal would obey or hide instead of showing it; tabs are spaces.

    >>> visible("a\\x1b[31mb")
    'a<U+001B>[31mb'
    """
    return _UNSEEN.sub(_named, text)


def _named(match: re.Match[str]) -> str:
    return " " if match[0] == "\t" else f"<U+{ord(match[0]):04X}>"


def width(text: str, ambiguous: int = 1) -> int:
    """The cells that ``text`` takes, if it is :func:`visible`; ``ambiguous`` is what the terminal makes of “ ” — ①.

    >>> width("完成29项"), width("“好”", 2)
    (8, 6)
    """
    if text.isascii():
        return len(text)
    return sum(cells(character, ambiguous) for character in text)


@lru_cache(maxsize=8192)
def cells(character: str, ambiguous: int = 1) -> int:
    """The cells of one character: none for combining marks, two for wide ones."""
    if character.isascii():
        return 1
    from unicodedata import category, east_asian_width  # a library of a megabyte, not needed for a clean report

    if category(character) in ("Mn", "Me", "Cf"):
        return 0
    kind = east_asian_width(character)
    return 2 if kind in "WF" else ambiguous if kind == "A" else 1
