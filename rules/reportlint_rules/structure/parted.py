"""Parts of a text that are more than were announced: 方案共五个部分，第六部分……."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.finding import Checked, Finding, Message, Outcome, Related
from reportlint.numerals import whole_number
from reportlint.patterns import compiled
from reportlint.span import Span

_HAN = "一二三四五六七八九十"
#: 共分四部分, 全文共八章, 分两批.
_PARTED = compiled(
    rf"(?:共?分(?:为|成)?|共(?:有|设|计|包括|包含)?|由|总共)(?P<number>[两{_HAN}]{{1,3}}|\d{{1,2}})个?(?P<noun>部分|板块|单元|章|编|篇|步|批)(?!次|准|评|复|发|示|骤|伐)"
)
#: How much farther than the number a slip goes, and how far away, in code points, inside the paragraph and beyond it.
_SLIP, _FAR = 2, 600


def beyond_announced(analysis: Analysis) -> Iterator[Outcome]:
    """An ordinal beyond the number of parts that was announced."""
    text = analysis.reading.text
    for match in analysis.matches(_PARTED):
        number, noun = whole_number(match["number"]), match["noun"]
        if number < 2:
            continue
        end = text.find("\n", match.end())
        end = end if end >= 0 else len(text)
        stop = min(end, match.end() + _FAR)
        title = text.find("《", match.end(), stop)  # another document has chapters of its own
        stop = title if title >= 0 else stop
        place = analysis.span(Span(match.start("number"), match.end("noun")))
        yield Checked(place)
        for beyond in range(number + 1, number + 1 + _SLIP):
            if beyond > len(_HAN):
                break
            said = f"第{_HAN[beyond - 1]}{noun}"
            at = text.find(said, match.end(), stop)
            if at < 0 and noun in ("部分", "章", "编", "篇"):
                at = text.find(f"\n{said}", end) + 1 or -1
            if at < 0:
                continue
            yield Finding(
                analysis.span(Span(at, at + len(said))),
                Message(
                    f"前面说共{match['number']}{'个' if noun == '部分' else ''}{noun}，这里却有“{said}”，请核对",
                    f"{number} were announced, this is number {beyond}",
                ),
                (Related(place, "说的数"),),
            )
            break
