"""ST012: the same heading twice under one heading."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.document import BlockKind
from reportlint.finding import Finding, Message, Outcome, Related, Severity
from reportlint.patterns import compiled
from reportlint.rule import rule
from reportlint.span import Span

_HAN = "一二三四五六七八九十"
#: A numbered heading, alone on its line or run in with its text; deeper forms have higher groups.
_TITLE = compiled(
    rf"(?:#{{1,6}} ?)?(?:第[{_HAN}\d]{{1,3}}[章节部]分?[ 　]?(?P<chapter>[^\n。；：，]{{3,30}})|[{_HAN}]{{1,3}}、(?P<han>[^\n。；：]{{4,40}})"
    rf"|（[{_HAN}]{{1,3}}）(?P<hanb>[^\n。；：]{{4,40}})|\d{{1,2}}[.、．](?!\d)(?P<dot>[^\n。；：\d]{{4,30}}))(?=。|\n|$)"
)
_FIRST = compiled(r"[# ]{0,8}(?:第[一1][章节部]|一、|（一）|1[.、．])")
_DEPTH = {"chapter": 0, "han": 1, "hanb": 2, "dot": 3}
#: 一是强化责任落实，…; 三是强化责任落实，…
_POINT = compiled(rf"([{_HAN}])(?<![^\n。；：，].)是(?!否|不是|以上)([一-龥“”、]{{5,24}})(?=[，。；])")


@rule(
    "ST012",
    "repeated-heading",
    severity=Severity.WARNING,
    bad=(
        "（一）强化源头防控。审批环评41件。\n（二）强化执法监管。检查企业386家。\n（三）⟦强化执法监管⟧。修订预案2部。",
        "一是强化责任落实，签订责任书42份。二是加强督导检查，通报4期。三是⟦强化责任落实⟧，约谈2人。",
    ),
    good=(
        "一、教育工作\n（一）主要做法。开展督导6次。\n二、卫生工作\n（一）主要做法。开展义诊9次。",
        "一是强化责任落实，签订责任书42份。二是强化责任追究，约谈2人。",
    ),
)
def repeated_heading(analysis: Analysis) -> Iterator[Outcome]:
    """同一级里两个标题完全相同。

    “（二）强化执法监管”后面又来一个“（三）强化执法监管”：复制之后忘了改标题，或者一段内容放了两遍。“一是……三是……”的句首相同也报。

    换了上一级标题，下一级的标题相同是对的（各部门都有“主要做法”）；四个字以下的小标题不查。
    """
    text = analysis.reading.text
    seen: dict[int, dict[str, Span]] = {}
    start = 0
    for paragraph in analysis.paragraphs:
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        match = None
        if paragraph.kind not in (BlockKind.CELL, BlockKind.META):
            match = _TITLE.match(text, start, end)
        if match and match.lastgroup:
            depth = _DEPTH[match.lastgroup]
            # 一、 again begins another text, or another part of one.
            for other in [one for one in seen if one > depth or (one == depth and _FIRST.match(text, start, end))]:
                del seen[other]
            at = Span(*match.span(match.lastgroup))
            first = seen.setdefault(depth, {}).setdefault(text[slice(*at)].strip(), at)
            # A short list of things is no list of headings: what is alone on its line must have a text under it.
            if first != at and (depth < _DEPTH["dot"] or text[at.end : at.end + 1] == "。"):
                yield _finding(analysis, at, first)
        start = end + 1
    yield from _points(analysis)


def _points(analysis: Analysis) -> Iterator[Finding]:
    """Points of one list that open with the same words."""
    seen: dict[str, Span] = {}
    last = 0
    for match in _POINT.finditer(analysis.reading.text):
        number = _HAN.index(match[1]) + 1
        if number <= last:
            seen.clear()
        last = number
        at = Span(*match.span(2))
        first = seen.setdefault(match[2], at)
        if first != at:
            yield _finding(analysis, at, first)


def _finding(analysis: Analysis, at: Span, first: Span) -> Finding:
    place = analysis.span(first)
    line = analysis.document.position(place.start).line
    return Finding(
        analysis.span(at),
        Message(f"与第 {line} 行的同级标题相同，请核对", f"line {line} has the same heading"),
        (Related(place, "前一处"),),
    )
