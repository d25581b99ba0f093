"""Turns told by their number: 自2016年首届起每年举办，2024年为第八届; 召开31次，最近一次为第30次; 一核两翼 and 三翼 behind it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from reportlint.analysis import Analysis
from reportlint.finding import Checked, Finding, Message, Outcome, Related, Severity
from reportlint.numerals import whole_number
from reportlint.patterns import compiled
from reportlint.span import Span

_HAN = "一二三四五六七八九十"
_N = rf"(?:\d{{1,3}}|[{_HAN}百两]{{1,4}})"
#: 五次、六次会议……，两次会议共审议.
_SITTINGS = compiled(
    rf"(?P<items>[{_HAN}]{{1,2}}次(?:、[{_HAN}]{{1,2}}次){{0,5}}[、和与及][{_HAN}]{{1,2}}次)(?:全体)?会议[^。；\n]{{0,24}}，(?P<number>[两{_HAN}])次会议(?:共|均|都|累计|先后)"
)
#: 自2016年首届起每年举办一届，2024年为第九届.
_YEARLY = compiled(
    rf"(?P<first>(?:19|20)\d\d)年[^。；\n\d]{{0,12}}首届[^。；\n\d]{{0,24}}(?:每年|逐年|年年)[^。；\n\d]{{0,20}}(?P<last>20\d\d)年[^。；\n\d]{{0,12}}第(?P<number>{_N})届"
)
_WITH_GAPS = compiled(r"停办|中断|未[举能]|除|隔|暂停|取消|疫情|两年|恢复")
#: 已召开31次，最近一次为第三十一次.
_LATEST = compiled(
    rf"(?P<count>{_N})次[^。；\n\d]{{0,16}}，(?:其中)?最(?:近|后|末)(?:的)?一次(?:会议)?[为是](?:本届)?第(?P<number>{_N})次"
)
#: What is counted from another beginning than the numbers are.
_OF_THE_YEAR = compiled(r"全年|今年|年内|本年|一年|20\d\d年|季度|上半年|月")
#: 去年已获……，今年首次获此殊荣; 2022年入选……，2024年首次入选…….
_FIRST_AGAIN = compiled(
    r"(?P<once>(?:去年|上年|前年|此前|20\d\d年)[^。；，\n]{0,6}(?P<verb>获评|获得|荣获|入选|摘得|夺得|获)(?P<name>[^。；，\n]{3,20}?))(?:后|之后)?，(?:时隔[^，。；\n]{1,4}，)?[^。；，\n]{0,8}(?P<again>首次)(?:获评|获得|荣获|入选|摘得|夺得|获)(?:(?:此|该|这一|这项)(?:殊荣|称号|荣誉|奖项?|名单)(?!的)|(?P=name)(?=[，。；\n]))"
)
_NOT_WON = compiled(r"未|没有|提名|落选")
#: “一核两翼多点”, and 两翼 told again behind it.
_PART = compiled(r"(?P<number>[一两二三四五六七八九])(?P<noun>[轴核心翼带园廊圈极谷湾港环屏城区])")
_FORMULA = compiled(
    r"“(?P<name>(?:[一两二三四五六七八九十多][轴核心翼带园廊圈极点片谷湾港环屏城区]){2,5})”(?P<rest>[^。；\n“]{2,60})"
)


#: A number farther off is that of something else.
_SLIP = 2


def turns(analysis: Analysis) -> Iterator[Outcome]:
    """Every such saying against what the words around it count."""
    yield from _sittings(analysis)
    yield from _told(analysis, _YEARLY, _of_year)
    yield from _told(analysis, _LATEST, _of_count)
    yield from _first_again(analysis)
    yield from _formulas(analysis)


def _sittings(analysis: Analysis) -> Iterator[Outcome]:
    for match in analysis.matches(_SITTINGS):
        named = compiled("次[、和与及]?").split(match["items"])[:-1]
        if match["number"] in named:
            continue  # 三次会议 is the third one, perhaps
        at = Span(match.start("number"), match.end("number") + 1)
        yield from _compared(analysis, at, len(named), whole_number(match["number"]), Span(*match.span("items")))


def _told(
    analysis: Analysis, pattern: re.Pattern[str], expected: Callable[[re.Match[str], str], int]
) -> Iterator[Outcome]:
    text = analysis.reading.text
    for match in analysis.matches(pattern):
        clause = max(text.rfind(mark, 0, match.start()) for mark in "。；\n") + 1
        right = expected(match, text[clause : match.end()])
        if right and abs(whole_number(match["number"]) - right) <= _SLIP:
            at = Span(match.start("number") - 1, match.end("number") + 1)
            yield from _compared(
                analysis, at, right, whole_number(match["number"]), Span(match.start(), match.start("number") - 1)
            )


def _of_year(match: re.Match[str], said: str) -> int:
    """Which edition falls in the year, where one was held every year since the first."""
    return 0 if _WITH_GAPS.search(said) else int(match["last"]) - int(match["first"]) + 1


def _of_count(match: re.Match[str], said: str) -> int:
    """The number of the latest one: as many as there were, but for a slip; a year counts from its own beginning."""
    count, number = whole_number(match["count"]), whole_number(match["number"])
    return 0 if number > count and _OF_THE_YEAR.search(said) else count


def _compared(analysis: Analysis, at: Span, right: int, said: int, why: Span) -> Iterator[Outcome]:
    place = analysis.span(at)
    yield Checked(place)
    if said != right:
        yield Finding(
            place,
            Message(
                f"按前面说的这里应为 {right}，写的是“{analysis.reading.slice(at)}”，请核对",
                f"by what stands before it this is {right}, not {said}",
            ),
            (Related(analysis.span(why), "前面说的"),),
            severity=Severity.WARNING,
        )


def _first_again(analysis: Analysis) -> Iterator[Outcome]:
    for match in analysis.matches(_FIRST_AGAIN):
        if _NOT_WON.search(match["once"]):
            continue
        place = analysis.span(Span(*match.span("again")))
        yield Checked(place)
        yield Finding(
            place,
            Message(
                f"前面说{match['once']}，这里不是“首次”，请核对", "told as the first time, yet one is told before it"
            ),
            (Related(analysis.span(Span(*match.span("once"))), "前一次"),),
            severity=Severity.WARNING,
        )


def _formulas(analysis: Analysis) -> Iterator[Outcome]:
    """A part of a quoted formula told again with a number one greater."""
    for match in analysis.matches(_FORMULA):
        parts = {part["noun"]: part for part in _PART.finditer(match["name"])}
        for again in _PART.finditer(analysis.reading.text, *match.span("rest")):
            part = parts.get(again["noun"])
            before = analysis.reading.text[again.start() - 1]
            after = analysis.reading.text[again.end() : again.end() + 1]
            if part is None or before in f"第前每{_HAN}" or (after and after in _HAN) or part["number"] == "一":
                continue
            at = Span(*again.span())
            right, said = whole_number(part["number"]), whole_number(again["number"])
            others = {other["number"] for other in parts.values() if other is not part}
            if said == right or (said == right + 1 and again["number"] not in others):
                yield from _compared(analysis, at, right, said, Span(*match.span("name")))
