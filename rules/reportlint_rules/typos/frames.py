"""Characters that make a word where they stand, but not the one that belongs there: what stands around them in the clause proves it.

的, 地 and 得, and words that sound alike and whose verb, object or figure is further away than neighbours tell: 严把工程质量观, 印发简报15分.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from reportlint.analysis import Analysis
from reportlint.files import beside, lines
from reportlint.patterns import compiled
from reportlint.segment import common
from reportlint.span import Span
from reportlint.tables import table

#: Such a clause has a 的-phrase for its subject: 有效的防范成本太高.
_SUBJECT = r"是|为|使|让|需要|离不开|成了|可以|能够|应当|必须|带来|有利于|有助于|太|很|较|的"


def _build(path: str) -> tuple[tuple[str, str, str], ...]:
    """Each expression, the parts with names put in, how sure a match is, and what belongs in its group."""
    parts: dict[str, str] = {}
    frames = []
    for line in lines(path):
        right, how, expression = line.split("\t")
        for name, part in parts.items():
            expression = expression.replace(f"{{{name}}}", part)
        if right == "=":
            parts[how] = expression
        else:
            frames.append((expression, how, right))
    return tuple(frames)


@lru_cache(maxsize=1)
def _frames() -> tuple[tuple[str, str, str], ...]:
    found: tuple[tuple[str, str, str], ...] = table(beside(__file__, "frames.tsv"), _build, layout=2)
    return found


def framed(analysis: Analysis) -> Iterator[tuple[Span, str]]:
    """The places of such characters, and what belongs there, in no order."""
    text = analysis.reading.text
    for expression, how, right in _frames():
        for match in analysis.matches(compiled(expression)):
            at = Span(*match.span(match.lastindex or 0))
            if how == "verb":
                # 思想的规范, 随着医改的深入: the verb is none, but the end of a noun
                sure = not common(text[max(0, at.start - 2) : at.start])
            elif how == "noun":
                before = text[at.start - 2 : at.start]
                sure = common(before) and not (
                    common(before[1] + text[at.start]) or common(text[at.start : at.end + 1])
                )
            else:
                sure = how == "frame" or compiled(_SUBJECT).search(text, at.end, match.end()) is None
            if sure:
                yield at, right
