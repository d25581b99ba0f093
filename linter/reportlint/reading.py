"""The text as a person reads it: lines joined, spaces that only set type dropped, widths folded.

Everything that parses prose works on the reading, so that ``3.⏎3万公里``, ``截至 6 月 27 日`` and ``１２％`` need no case of their own.
The reading keeps one line break between logical paragraphs and none inside them; folding is one character for one, so a
piece of the reading is as long as what it came from, and the map back is a short list of pieces.
"""

from __future__ import annotations

import re

from reportlint.emphasis import bold_marks
from reportlint.offsets import OffsetMap
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint.span import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlint.document import Document
    from reportlint.structure import Paragraph

_FOLD = {
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF10, 0xFF1A)},  # ０–９
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF21, 0xFF3B)},  # Ａ–Ｚ
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF41, 0xFF5B)},  # ａ–ｚ
    **dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True)),
    **dict(zip("％＋／．～﹪＝－＜＞²³µ＊", "%+/.~%=-<>23μ*", strict=True)),
}
#: １，７５３, 1，753: thousands set apart by a full-width comma, and what stands before the comma. Behind a figure of its own a unit
#: would stand, so that two figures seldom meet like this.
_WIDE_THOUSANDS = compiled("，[０-９]{3}(?<=[０-９]，[０-９]{3})(?![０-９])|，[0-9]{3}(?<=[0-9]，[0-9]{3})(?![0-9])")
_THOUSANDS_HEAD = compiled(r"(?:^|[^0-9A-Za-z０-９.,，第%％—–-])[1-9]\d{0,2}(?:，\d{3})*$")
_WIDE = compiled("[０-９Ａ-Ｚａ-ｚ₀-₉％＋／．～﹪＝－＜＞²³µ＊]")
#: Half-width punctuation next to Chinese reads as its full-width twin: whole files are typed that way.
_TWIN = dict(zip(",;:()!?", "，；：（）！？", strict=True))
_HALF = compiled(r"[,;:()!?]")
_BESIDE_HAN = compiled(r"(?<=[一-龥])[,;:()!?]|[,;:()!?](?=[一-龥])")
_DIGITS = "0123456789"

#: What typesetting leaves in a text: white space of any kind, joiners, subscript braces.
_BLANK = r"\s\u00a0\u1680\u2000-\u200f\u202f\u205f\u2060\u3000\ufeff"
_DROP = compiled(rf"[{_BLANK}_}}*](?:(?<=[{_BLANK}])[{_BLANK}]*|(?<=_)\{{(?=[\d.]+\}})|(?<=[\d.]\}})|(?<=\*)\*{{1,2}})")
_LATIN = compiled(r"[A-Za-z0-9]")
#: The groups of three before a space within a number, and those after it.
_THOUSANDS_LEFT = compiled(r"[一-龥（：，、][ \u00a0\u2009\u202f]?[1-9]\d{0,2}(?:[ \u00a0\u2009\u202f]\d{3})*$")
_THOUSANDS_RIGHT = compiled(r"\d{3}(?:[ \u00a0\u2009\u202f]\d{3})*(?:\.\d+)?[ \u00a0\u2009\u202f]?[一-龥]")


def _narrow(text: str) -> str:
    """``text`` with full-width letters, digits and signs made half-width.

    >>> _narrow("共１，７５３人，１２％"), _narrow("共1，753人，排名第2，300户")
    ('共1,753人，12%', '共1,753人，排名第2，300户')
    """
    text = _WIDE_THOUSANDS.sub(_thousands, text)
    return _WIDE.sub(
        lambda match: _FOLD[match[0]], text
    )  # str.translate raises an error within for each of the other characters


def _thousands(match: re.Match[str]) -> str:
    """A group of three with the comma that belongs before it, if it goes on from a figure."""
    at = match.start()
    if match[0][1] in _DIGITS and _THOUSANDS_HEAD.search(match.string, max(0, at - 14), at) is None:
        return match[0]
    return "," + match[0][1:]


def folded(words: str) -> str:
    """How ``words`` that somebody lists stand in a reading.

    >>> folded("环保(局)１号"), folded("PM2.5")
    ('环保（局）1号', 'PM2.5')
    """
    words = re.sub(r"(?<=[一-龥])\s+|(?<!\s)\s+(?=[一-龥])", "", _narrow(words))
    return _BESIDE_HAN.sub(lambda match: _TWIN[match[0]], words)


class Reading(NamedTuple):
    """The reading text and where each of its characters stands in the document."""

    text: str
    offsets: OffsetMap

    @classmethod
    def of(cls, document: Document, paragraphs: Sequence[Paragraph]) -> Reading:
        """The reading of ``document``, one line per logical paragraph."""
        source = document.text
        folded = _narrow(source)
        bold = {mark.start for mark in bold_marks(source)} if "**" in source else set()
        offsets = OffsetMap()
        parts: list[str] = []
        length = 0

        def keep(start: int, end: int) -> None:
            nonlocal length
            if end > start:
                offsets.add(length, start)
                parts.append(folded[start:end])
                length += end - start

        def put(text: str, start: int) -> None:
            nonlocal length
            offsets.add(length, start, kept=False)
            parts.append(text)
            length += len(text)

        for index, paragraph in enumerate(paragraphs):
            if index:
                put("\n", paragraph.spans[0].start)
            for number, piece in enumerate(paragraph.spans):
                # Two Latin words meet at a line break; two halves of one number do so too, but without letters.
                meets = number and _latin_at(source, paragraph.spans[number - 1].end - 1)
                if meets and _latin_at(source, piece.start) and source[piece.start].isalpha():
                    put(" ", piece.start)
                start = piece.start
                for match in _DROP.finditer(folded, piece.start, piece.end):
                    if match[0].startswith("**") and match.start() not in bold:
                        continue
                    keep(start, match.start())
                    start = match.end()
                    between = match[0].isspace() and match.start() > piece.start and match.end() < piece.end
                    latin = between and _latin_at(folded, match.start() - 1) and _latin_at(folded, match.end())
                    if latin and not _groups(folded, match.start(), match.end()):
                        put(" ", match.start())
                keep(start, piece.end)
        return cls(_widen("".join(parts)), offsets)

    def span(self, at: Span) -> Span:
        """The document span of ``at``."""
        return self.offsets.span(at.start, at.end)

    def slice(self, at: Span) -> str:
        """The reading text of ``at``."""
        return self.text[at.start : at.end]


def _latin_at(text: str, index: int) -> bool:
    return 0 <= index < len(text) and _LATIN.match(text, index) is not None


def _groups(text: str, before: int, after: int) -> bool:
    """Whether a space sets thousands apart: 受理1 286件. What stands before and after must be Chinese, or it may be two numbers."""
    return _THOUSANDS_LEFT.search(text, max(0, before - 12), before) is not None and (
        _THOUSANDS_RIGHT.match(text, after) is not None
    )


def _widen(text: str) -> str:
    """Half-width punctuation between Chinese made full-width, one character for one.

    >>> _widen("共1,297辆,其中3辆(10:25)")
    '共1,297辆，其中3辆（10:25）'
    """

    def twin(match: re.Match[str]) -> str:
        at = match.start()
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if (
            before.isascii()
            and after.isascii()
            and before
            and after
            and before not in ")%"
            and not _bracket(match[0], before, after)
        ):
            return match[0]
        return _TWIN[match[0]]

    return _HALF.sub(twin, text)


def _bracket(mark: str, before: str, after: str) -> bool:
    # “（10:25）” keeps its colon; “PM2.5,O3” and “30,其中” are told apart by what stands on either side.
    return mark in ",;" and not (before in _DIGITS and after in _DIGITS)
