"""Markdown bold told apart from placeholders.

``**大气方面**`` is bold; in ``学习**次，干部学习**次`` the same marks stand for figures that nobody filled in. Reports are pasted
from Markdown into plain text and back, so the file's format does not decide; the words around the marks do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.span import Span
from reportlint.units import MEASURE_START

_MARK = re.compile(r"(?<![*＊])\*\*(?![*＊])")
_OPENERS = "，。；：、！？（）()“”《》【】—…,.;:!? \t>|-"
_LONGEST = 80


def _stands_for_number(text: str, after: int) -> bool:
    return MEASURE_START.match(text, after) is not None


def _is_bold(text: str, start: int, opening: int, closing: int, end: int) -> bool:
    """Whether the marks at ``opening`` and ``closing`` set off what lies between them, within line ``start``–``end``."""
    content = text[opening + 2 : closing]
    if not content.strip() or content[0].isspace() or content[-1].isspace() or len(content) > _LONGEST:
        return False
    score = 0
    score += opening == start or text[opening - 1] in _OPENERS
    score += closing + 2 >= end or text[closing + 2] in _OPENERS or content[-1] in _OPENERS
    score += not any(mark in content for mark in "，。；、")
    score -= 2 * _stands_for_number(text, opening + 2)
    # A bold lead-in may well be followed by a word that could be a unit (**重点**项目): the closing mark weighs less when
    # the opening one stands where a phrase begins.
    if closing + 2 < end and _stands_for_number(text, closing + 2):
        score -= 2 if _stands_for_number(text, opening + 2) or not _opens(text, start, opening) else 1
    return score > 0


def _opens(text: str, start: int, opening: int) -> bool:
    return opening == start or text[opening - 1] in _OPENERS


def bold_marks(text: str) -> Iterator[Span]:
    """The ``**`` that mark bold, opening and closing ones alike, in order.

    >>> [tuple(mark) for mark in bold_marks("**大气方面**，完成**项")]
    [(0, 2), (6, 8)]
    """
    marks = [match.start() for match in _MARK.finditer(text)]
    index = 0
    while index + 1 < len(marks):
        opening, closing = marks[index], marks[index + 1]
        start = max(text.rfind("\n", 0, opening), text.rfind("\r", 0, opening)) + 1
        end = text.find("\n", opening)
        end = len(text) if end < 0 else end
        if closing < end and _is_bold(text, start, opening, closing, end):
            yield Span(opening, opening + 2)
            yield Span(closing, closing + 2)
            index += 2
        else:
            index += 1
