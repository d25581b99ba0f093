"""How wide a text is on a terminal, and how to show one there without letting it command the terminal.

The usual packages cost more to import than a report to check (``wcwidth`` 70 ms), and none of them lets the user say how wide
characters of ambiguous width are: “ ” — … × ① take one cell in some terminals and two in others.
"""

from __future__ import annotations

import re

from reportlint.patterns import compiled

#: What moves a cursor, hides or reorders text instead of standing for itself: controls, format characters, lone surrogates.
_UNSEEN = compiled(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e0fff]"
)
#: What most texts hold besides ASCII: ideographs, full-width forms and Chinese punctuation are wide, the rest are drawn either way.
_WIDE = (("一", "龥"), ("\uff01", "\uff60"), ("\u3000", "\u3029"))
_AMBIGUOUS = frozenset("“”‘’—…·×①②③④⑤⑥⑦⑧⑨⑩ⅠⅡⅢⅣⅤ")


def visible(text: str) -> str:
    """``text`` with everything named that a terminal would obey or hide instead of showing it; tabs are spaces.

    >>> visible("a\\x1b[31mb")
    'a<U+001B>[31mb'
    """
    return _UNSEEN.sub(_named, text)


def _named(match: re.Match[str]) -> str:
    return " " if match[0] == "\t" else f"<U+{ord(match[0]):04X}>"


class _Cells(dict[str, int]):
    """The cells of every character met so far, where those of ambiguous width take ``ambiguous``."""

    def __init__(self, ambiguous: int) -> None:
        super().__init__()
        self.ambiguous = ambiguous

    def __missing__(self, character: str) -> int:
        self[character] = found = _cells(character, self.ambiguous)
        return found


class _Shown(_Cells):
    """The same for characters made :func:`visible`."""

    def __missing__(self, character: str) -> int:
        self[character] = found = width(visible(character), self.ambiguous)
        return found


_CELLS = {1: _Cells(1), 2: _Cells(2)}
_SHOWN = {1: _Shown(1), 2: _Shown(2)}


def width(text: str, ambiguous: int = 1) -> int:
    """The cells that ``text`` takes, if it is :func:`visible`; ``ambiguous`` is what the terminal makes of “ ” — ①: 1 or 2.

    >>> width("完成29项"), width("“好”", 2)
    (8, 6)
    """
    if text.isascii():
        return len(text)
    return sum(map(_CELLS[ambiguous].__getitem__, text))


def visible_cells(text: str, ambiguous: int = 1) -> list[int]:
    """The cells that each character of ``text`` takes once it has been made :func:`visible`.

    >>> visible_cells("完成\x1b29项")
    [2, 2, 8, 1, 1, 2]
    """
    cells = _SHOWN[ambiguous]
    return [2 if "一" <= character <= "龥" else cells[character] for character in text]


def _cells(character: str, ambiguous: int) -> int:
    """The cells of one character: none for combining marks, two for wide ones."""
    if character.isascii():
        return 1
    if any(first <= character <= last for first, last in _WIDE):
        return 2
    if character in _AMBIGUOUS:
        return ambiguous
    from unicodedata import category, east_asian_width  # a library of a megabyte, and hardly ever needed

    if category(character) in ("Mn", "Me", "Cf"):
        return 0
    kind = east_asian_width(character)
    return 2 if kind in "WF" else ambiguous if kind == "A" else 1
