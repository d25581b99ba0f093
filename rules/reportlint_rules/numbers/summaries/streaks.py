"""So many years, quarters or months on end, against those that are named: 2022年、2023年、2024年连续四年; 连续三年（2021—2024年）."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.finding import Checked, Finding, Message, Outcome, Related
from reportlint.numerals import whole_number
from reportlint.patterns import compiled
from reportlint.span import Span
from reportlint_rules.numbers.summaries.told_changes import sentence_at

_STREAK = compiled(r"连续(?P<count>[两二三四五六七八九十]|\d{1,2})(?P<spell>年|个年度|个月|个季度)")
_TO = "—–~～至到-"


def _named(one: str) -> str:
    return rf"(?P<list>(?:{one}[、，和及与{_TO}]{{1,2}}){{1,11}}{one})"


_ONE = {"年": r"20\d\d年?度?", "月": r"\d{1,2}月?份?", "度": r"第?[一二三四](?:季度)?"}
_BEHIND = {spell: compiled(rf"（{_named(one)}）") for spell, one in _ONE.items()}
_BEFORE = {
    spell: compiled(
        rf"(?<!\d){_named(one)}(?P<gap>(?:[^，。；、\d]{{0,14}}分别[为是]?(?:\d[^，。；、]{{0,12}}、){{1,11}}\d[^，。；、]{{0,12}})?，?[^，。；、\d]{{0,10}})$"
    )
    for spell, one in _ONE.items()
}
#: 继2022年、2023年之后连续三年: there is one more.
_AND_ONE_MORE = compiled(r"继|又|再次|之后|后|以来|起|底|末|比|较")
#: What four years of figures show three times.
_STEP = compiled(r"[^，。；]{0,10}(?:[增升降减]|提高|上涨|前移|进位|好转|改善|扩大)")
_NUMBER = {"一": 1, "二": 2, "三": 3, "四": 4}
_SIGHT = 60


#: 2020年首次……，到2024年已: the years since the first time, when it came every year.
_SINCE_FIRST = compiled(
    r"(?P<first>(?:19|20)\d\d)年[^。；\d]{0,8}(?:首次|首获|首度|第一次)[^。；\d]{0,24}(?:蝉联|卫冕|(?:年年|连年|逐年|每年均?都?)(?:获|上榜|入选|夺))[^。；\d]{0,12}(?P<last>20\d\d)年[^，。；\d]{0,4}$"
)


def _since_first(analysis: Analysis, said: re.Match[str], start: int) -> Iterator[Outcome]:
    """2020年首次获评，此后逐年蝉联，到2024年已连续六年: five, the first one counted, or four."""
    match = _SINCE_FIRST.search(analysis.reading.text, start, said.start())
    if match is None or said["spell"] not in ("年", "个年度"):
        return
    apart = int(match["last"]) - int(match["first"])
    span = analysis.span(Span(*said.span()))
    yield Checked(span)
    if whole_number(said["count"]) not in (apart, apart + 1):
        yield Finding(
            span,
            Message(
                f"从 {match['first']} 年到 {match['last']} 年首尾都算是 {apart + 1} 年，与“{said[0]}”不符，请核对",
                f"{apart + 1} years at most, not {said['count']}",
            ),
            (Related(analysis.span(Span(*match.span())), "起止"),),
        )


def streaks(analysis: Analysis) -> Iterator[Outcome]:
    """Every such saying beside a list or a range of its years, with those that are not as many."""
    text = analysis.reading.text
    for said in analysis.matches(_STREAK):
        start, end = sentence_at(analysis, said.start())
        yield from _since_first(analysis, said, start)
        spell = "年" if said["spell"] == "个年度" else said["spell"][-1]
        behind = _BEHIND[spell].match(text, said.end(), end)
        before = _BEFORE[spell].search(text[max(start, said.start() - _SIGHT) : said.start()])
        match = behind or before
        if match is None or (before and not behind and _AND_ONE_MORE.search(before["gap"])):
            continue
        listed, shift = match["list"], 0 if behind else max(start, said.start() - _SIGHT)
        numbers = _numbers(listed, said["spell"])
        ranged = any(mark in listed for mark in _TO)
        if ranged and len(numbers) == 2:
            numbers = list(range(numbers[0], numbers[1] + 1))
        if len(numbers) < 2 or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
            continue
        count, span = whole_number(said["count"]), analysis.span(Span(*said.span()))
        yield Checked(span)
        if count == len(numbers) or (count == len(numbers) - 1 and _STEP.match(text, said.end(), end)):
            continue
        if before and not behind and "分别" in before["gap"] and abs(count - len(numbers)) > 1:
            continue  # the figures of some of them
        if count < len(numbers) and ranged and before and not behind and before["gap"]:
            continue  # 2021—2024年，我局连续三年被评为先进单位: three years among the four, perhaps
        yield Finding(
            span,
            Message(
                f"“{listed}”是 {len(numbers)} {said['spell']}，与“{said[0]}”不符，请核对",
                f"{len(numbers)} are named, {count} on end are spoken of",
            ),
            (Related(analysis.span(Span(match.start("list") + shift, match.end("list") + shift)), "数值"),),
        )


def _numbers(listed: str, spell: str) -> list[int]:
    """The years, months or quarters of the list by their numbers."""
    if spell.endswith("季度"):
        return [_NUMBER[character] for character in listed if character in _NUMBER]
    return [int(number) for number in compiled(r"\d+").findall(listed)]
