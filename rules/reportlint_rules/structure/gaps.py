"""Gaps in numbers that stand in no list of their own: stages, articles from the middle, the sections of decimal numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.finding import Finding, Message, Related
from reportlint.numerals import whole_number
from reportlint.patterns import compiled
from reportlint.span import Span

_HAN = "一二三四五六七八九十"
_STAGE = compiled(rf"(?:(?<=[。；：，、\n])|\A)第([{_HAN}])(阶段|步|环节|批|层|方面)(?=[，、：:（(是])")
#: Farther apart, in code points, the stages are not of one list.
_FAR = 600


def stages(analysis: Analysis) -> Iterator[Finding]:
    """第一阶段…，第二阶段…，第四阶段…: begun at the first, and one is left out or twice."""
    text = analysis.reading.text
    going: dict[str, list[re.Match[str]]] = {}
    for match in _STAGE.finditer(text):
        number, chain = whole_number(match[1]), going.setdefault(match[2], [])
        if number == 1 or not chain or match.start() - chain[-1].end() > _FAR:
            going[match[2]] = [match] if number == 1 else []
            continue
        before = whole_number(chain[-1][1])
        listed = text[match.start() - 1] in "。；：，\n" and text[chain[-1].start() - 1 : chain[-1].start()] != "、"
        if before > 1 and before + 1 < number <= before + 2 and listed:
            missing = f"第{_HAN[before]}{match[2]}"
            if missing not in text[chain[0].start() : match.start()]:
                yield _found(analysis, match, chain[-1], f"“{match[0]}”前面缺“{missing}”")
        elif number == before and before > 1 and listed and text[match.end()] == text[chain[-1].end()] != "是":
            yield _found(analysis, match, chain[-1], f"“{match[0]}”重复")
        chain.append(match)


_ARTICLE = compiled(rf"(?:(?<=\n)|\A)第([{_HAN}百]{{1,5}})条(?=[ \u3000]?[一-龥“《（])")


def articles(analysis: Analysis) -> Iterator[Finding]:
    """第十一条, 第十二条, 第十四条: an excerpt whose lines were going on one by one."""
    text = analysis.reading.text
    if "\n第一条" in text or text.startswith("第一条"):
        return
    chain: list[re.Match[str]] = []
    for match in _ARTICLE.finditer(text):
        number = whole_number(match[1])
        before = whole_number(chain[-1][1]) if chain else 0
        if len(chain) > 1 and number == before + 2:
            yield _found(analysis, match, chain[-1], f"序号从“{chain[-1][0]}”跳到“{match[0]}”")
        chain = [*chain, match] if before and number in (before + 1, before + 2) else [match]


_DECIMAL = compiled(
    r"(?:(?<=\n)|\A)(\d{1,2})\.(\d{1,2})(?=[ \u3000]?[一-龥]{2})(?![ \u3000]?[万亿元个家件项米吨亩人次倍分公平立微毫千百])"
)


def decimals(analysis: Analysis) -> Iterator[Finding]:
    """1.1, 1.2, 2.3, 2.1: the section of one number is that of the next section."""
    text = analysis.reading.text
    previous: re.Match[str] | None = None
    seen: set[tuple[int, int]] = set()
    for match in _DECIMAL.finditer(text):
        section, number = int(match[1]), int(match[2])
        if previous is not None and (int(previous[1]), 1) in seen and number == int(previous[2]) + 1 > 2:
            between = text.count("\n", previous.end(), match.start())
            if section == int(previous[1]) + 1 and between == 1 and not any(one == section for one, _ in seen):
                yield _found(
                    analysis, match, previous, f"“{match[0]}”在第 {previous[1]} 部分里，应为“{previous[1]}.{number}”"
                )
                seen.add((int(previous[1]), number))
                previous = None
                continue
        seen.add((section, number))
        previous = match


#: （二） between 一、 and 三、, 二是 between 一要 and 三要.
_OTHER_FORM = compiled(rf"(?:(?<=\n)(?:（(?:[{_HAN}]|\d{{1,2}})）|[{_HAN}]、)|(?<=[，。；：])[{_HAN}][是要])")
_NUMERAL = compiled(rf"[{_HAN}]|\d{{1,2}}")


def other_form(text: str, between: Span, missing: int) -> Span | None:
    """Where ``missing`` stands in a form that has no list of its own there."""
    match = _OTHER_FORM.search(text, *between)
    if match is None or not (numeral := _NUMERAL.search(match[0])) or whole_number(numeral[0]) != missing:
        return None
    for number in (1, missing + 1):
        like = str(number) if numeral[0].isdigit() else _HAN[number - 1 : number]
        if not like or match[0].replace(numeral[0], like) in text[between.start : between.end]:
            return None
    return Span(*match.span())


def _found(analysis: Analysis, match: re.Match[str], previous: re.Match[str], zh: str) -> Finding:
    shown = previous[0]
    return Finding(
        analysis.span(Span(*match.span())),
        Message(f"{zh}，请核对", f"{match[0]} does not follow {shown}"),
        (Related(analysis.span(Span(*previous.span())), f"上一个序号“{shown}”"),),
    )
