"""Ranges told in words: 自2025年6月起，至2025年9月底结束; 自2023年7月选派到村至2025年7月."""

from __future__ import annotations

from reportlint.analysis import Analysis
from reportlint.moment import Date
from reportlint.patterns import compiled
from reportlint.span import Span

_FROM = compiled(r"(?:自|从)$")
#: What stands between the two ends; 从6月底提前到3月底 moves one day.
_TO = compiled(
    r"(?![^。；]{0,16}(?:提前|提早|调整|改[到至]|追溯|倒|推迟|延期|延长|顺延))[^。；：，、\d（）“”]{0,14}?(?:起|开始|启动)?，?(?:一直|持续|延续){0,2}(?:至|到)"
)
#: How far, in code points, the two ends stand from each other.
_FAR = 22


def stretch(analysis: Analysis, index: int) -> Date | None:
    """The range that date ``index`` and the one behind it are the ends of, if words say so: none that is printed as one mention."""
    found = analysis.dates
    if index + 1 >= len(found):
        return None
    one, other = found[index], found[index + 1]
    if one.end or other.end or one.titled or one.named or other.named or other.at.start - one.at.end > _FAR:
        return None
    text = analysis.reading.text
    if not _FROM.search(text, max(0, one.at.start - 1), one.at.start):
        return None
    if not _TO.fullmatch(text, one.at.end, other.at.start):
        return None
    return Date(Span(one.at.start, other.at.end), one.start, other.start)
