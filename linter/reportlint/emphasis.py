"""Markdown bold told apart from placeholders.

``**大气方面**`` is bold; in ``学习**次，干部学习**次`` the same marks stand for figures that nobody filled in. Reports are pasted
from Markdown into plain text and back, so the file's format does not decide; the words around the marks do.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.patterns import compiled
from reportlint.span import Span
from reportlint.units import measures

_MARK = compiled(r"\*(?<![*＊].)\*{1,2}(?![*＊])")
_OPENERS = "，。；：、！？（）()“”《》【】—…,.;:!? \t>|-"
_LONGEST = 80


def _stands_for_number(text: str, after: int) -> bool:
    return measures(text, after)


def _opens(text: str, start: int, opening: Span) -> bool:
    return opening.start == start or text[opening.start - 1] in _OPENERS


def _is_bold(text: str, start: int, opening: Span, closing: Span, end: int) -> bool:
    """Whether the two marks set off what lies between them, within the line from ``start`` to ``end``."""
    content = text[opening.end : closing.start]
    if not content.strip() or content[0].isspace() or content[-1].isspace() or len(content) > _LONGEST:
        return False
    opens, counted = _opens(text, start, opening), _stands_for_number(text, opening.end)
    score = int(opens)
    score += closing.end >= end or text[closing.end] in _OPENERS or content[-1] in _OPENERS
    score += not any(mark in content for mark in "，。；、")
    score -= 2 * counted
    # A bold lead-in may well be followed by a word that could be a unit (**重点**项目): the closing mark weighs less when
    # the opening one stands where a phrase begins.
    if closing.end < end and _stands_for_number(text, closing.end):
        score -= 2 if counted or not opens else 1
    return score > 0


def bold_marks(text: str) -> Iterator[Span]:
    """The ``**`` that mark bold, opening and closing ones alike, in order.

    >>> [tuple(mark) for mark in bold_marks("**大气方面**，完成**项")]
    [(0, 2), (6, 8)]
    """
    marks = [Span(*match.span()) for match in _MARK.finditer(text)]
    index = 0
    while index + 1 < len(marks):
        opening, closing = marks[index], marks[index + 1]
        start = max(text.rfind("\n", 0, opening.start), text.rfind("\r", 0, opening.start)) + 1
        end = text.find("\n", opening.start)
        end = len(text) if end < 0 else end
        if closing.start < end and opening.size == closing.size and _is_bold(text, start, opening, closing, end):
            yield opening
            yield closing
            index += 2
        else:
            index += 1
