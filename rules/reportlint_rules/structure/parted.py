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
#: 成立四个工作专班，第五专班; 派出三支医疗队，第四医疗队: groups numbered from one on.
_GROUPS = compiled(
    rf"(?:成立|组建|设立|派出|分成|编成|组成|划分为?|分为?)[^。；，：\n\d]{{0,10}}?(?P<number>[两{_HAN}])(?P<measure>个|支)(?:[^巡视察，。；：、\n\d]{{0,6}}?)(?P<noun>督导组|检查组|工作组|小组|专班|医疗队|工作队|分队|突击队|标段|组)(?=[，。；（])"
)
#: 共开展四批接种，第一批3月……第五批: the numbers begin with one.
_BATCHES = compiled(
    rf"(?:开展|组织|进行|实施|安排|下达|举办|共)[^。；，：\n\d]{{0,6}}?(?P<number>[两{_HAN}])(?P<noun>[批轮期])(?!次|准|评|复|发|示)[^。；\n]{{0,14}}，(?:其中)?第一(?P=noun)"
)
#: How much farther than the number a slip goes, and how far away, in code points, inside the paragraph and beyond it.
_SLIP, _FAR = 2, 600


def beyond_announced(analysis: Analysis) -> Iterator[Outcome]:
    """An ordinal beyond the number of parts that was announced."""
    text = analysis.reading.text
    yield from _groups(analysis)
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
            yield _beyond(analysis, Span(at, at + len(said)), number, place)
            break


def _beyond(analysis: Analysis, at: Span, number: int, place: Span) -> Finding:
    told, said = analysis.document.text[slice(*place)], analysis.reading.slice(at)
    return Finding(
        analysis.span(at),
        Message(f"前面说共{told}，这里却有“{said}”，请核对", f"{number} were announced, this is one beyond"),
        (Related(place, "说的数"),),
    )


def _same(noun: str, other: str) -> bool:
    """工作专班 and 专班; not 工作组 and 督导组."""
    return noun.endswith(other) or other.endswith(noun)


def _groups(analysis: Analysis) -> Iterator[Outcome]:
    """An ordinal one or two beyond the number of groups, in the sentence that tells it or the next."""
    text = analysis.reading.text
    for match in (*analysis.matches(_GROUPS), *analysis.matches(_BATCHES)):
        number, noun = whole_number(match["number"]), match["noun"]
        stop = min(end if (end := text.find("\n", match.end())) >= 0 else len(text), match.end() + 120)
        place = analysis.span(Span(match.start("number"), match.end("noun")))
        yield Checked(place)
        for ordinal in compiled(rf"第([{_HAN}])([一-龥]{{0,4}}?(?:组|专班|队|标段)|[批轮期](?!次))").finditer(
            text, match.end(), stop
        ):
            if number < whole_number(ordinal[1]) <= number + _SLIP and _same(noun, ordinal[2]):
                yield _beyond(analysis, Span(*ordinal.span()), number, place)
                break
