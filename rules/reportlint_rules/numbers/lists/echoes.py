"""Quoted numbers whose word comes back in every item: “四乱”，清理乱占、乱采、乱堆; “三员”：宣传员……；调解员……."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reportlint.analysis import Analysis
from reportlint.finding import Checked, Finding, Message, Outcome, Related, Severity
from reportlint.numerals import whole_number
from reportlint.patterns import compiled
from reportlint.span import Span

#: “四进”, “三个强化”, “五个一”: the number and the word that its items share.
_QUOTED = compiled(
    r"“([两三四五六七八九十])(?:个|项|大|种)?([一-龥]{1,2})”|([两三四五六七八九十])(?:个|项|大)“([一-龥]{2})”(?=[：，])"
)
#: How far behind the number its items may begin, and how far they may reach.
_NEAR, _FAR, _NEXT = 60, 260, 24
_LIST = compiled(r"(?:[^，。；：、“”（）《》\n\d]{1,14}、){1,11}[^，。；：、“”（）《》\n\d]{2,24}")
_AND = compiled(r"以及|[和及与]")
#: What says that the list is not whole, or that it lists something else.
_PARTLY = compiled(r"其中|主要|特别|尤其|重点|比如|例如|诸如|部分|包括但|等(?![级次待于额候温比])")
_SAYS_SO = compiled(r"即|就是|：|（|——|包括|分为")
#: 读一本好书, 办一件实事: what “五个一” counts.
_ONE = compiled(r"一[本篇件堂次户场个项条张支批份套封台首部节句处座名门种技回遍杯块盏面]")
_ITEM_END = compiled(r"[；。]")
_MOST_LEAD = 9


def echoed_counts(analysis: Analysis, fixed: re.Pattern[str]) -> Iterator[Outcome]:
    """Numbers in quotes against the items behind them that repeat the quoted word; ``fixed`` are terms that count nothing."""
    text = analysis.reading.text
    if "“" not in text:
        return
    for match in _QUOTED.finditer(text):
        if fixed.search(match[0]):
            continue
        first = match.lastindex - 1 if match.lastindex else 1
        number, key = whole_number(match[first]), match[first + 1]
        at = Span(match.start(first), match.end(first + 1) if first == 1 else match.end())
        end = text.find("\n", match.end())
        end = min(len(text) if end < 0 else end, match.end() + _FAR)
        items = _enumerated(text, match.end(), end, key)
        if items:
            yield from _compared(analysis, at, number, items, text[match.end() : items[0].start])
            continue
        items = _uniform(text, match.end(), end)
        if items:
            yield from _compared(analysis, at, number, items, "：")
            continue
        items = _parted(text, match.end(), end, key)
        if items:
            yield from _compared(analysis, at, number, items, "：")


def _enumerated(text: str, start: int, end: int, key: str) -> list[Span]:
    """The items that 、 joins, each of which opens or ends with ``key``."""
    for found in _LIST.finditer(text, start, end):
        if found.start() > start + _NEAR or "。" in text[start : found.start()]:
            return []
        if (
            _PARTLY.search(text, start, found.end())
            or text[found.end() : found.end() + 1] not in "，。；）”\n0123456789"
        ):
            return []
        items, place = [], found.start()
        for piece in found[0].split("、"):
            items.append(Span(place, place + len(piece)))
            place += len(piece) + 1
        items = _split(text, items, key)
        if len(items) > 1 and _share(text, items, key):
            # The list goes on in the clauses behind it, or began in those before.
            more = key != "一" and (
                text.find(key, found.end(), found.end() + _NEXT) >= 0 or text.find(key, start, items[0].start) >= 0
            )
            return [] if more else items
    return []


#: “七项举措”：抓监测、抓预警: right behind the quotes and a colon.
_DIRECT = compiled(r"(?:[一-龥]{0,4}：|，即：?)((?:[一-龥]{2,5}、){2,11}[一-龥]{2,5})(?=[，。；])")


def _uniform(text: str, start: int, end: int) -> list[Span]:
    """The items of a list right behind the number, all of one length and with one first or last character."""
    found = _DIRECT.match(text, start, end)
    if found is None:
        return []
    items, place = [], found.start(1)
    for piece in found[1].split("、"):
        items.append(Span(place, place + len(piece)))
        place += len(piece) + 1
    shown = [text[slice(*item)] for item in items]
    alike = len({one[0] for one in shown}) == 1 or len({one[-1] for one in shown}) == 1
    return items if alike and len({len(one) for one in shown}) == 1 else []


#: “五查五改”，查思想、改作风，…
_PAIRED = compiled(r"“([两三四五六七八九十])([一-龥])\1([一-龥])”")
#: 四件大事：第一件是…
_NTH = compiled(r"(?<![第前])([两三四五六七八九十])(件|个|项|条|点|类|步)[一-龥]{0,6}：(?=第一\2)")


def paired_counts(analysis: Analysis) -> Iterator[Outcome]:
    """Pairs under a double number (“五查五改”), and items that count themselves (四件大事：第一件是……第二件是……)."""
    text = analysis.reading.text
    for match in _PAIRED.finditer(text) if "“" in text else ():
        end = text.find("\n", match.end())
        end = min(len(text) if end < 0 else end, match.end() + _FAR)
        pair = re.compile(f"{match[2]}[一-龥]{{1,4}}、{match[3]}[一-龥]{{1,4}}(?=[，；。])")
        items = [Span(*one.span()) for one in pair.finditer(text, match.end(), end)]
        if len(items) > 1:
            number = whole_number(match[1])
            yield from _compared(analysis, Span(match.start(1), match.end(3)), number, items, "：")
    for match in _NTH.finditer(text) if "：第一" in text else ():
        end = text.find("\n", match.end())
        end = len(text) if end < 0 else end
        items, place = [], match.end()
        for name in "一二三四五六七八九十":
            found = text.find(f"第{name}{match[2]}", place, end)
            if found < 0:
                break
            items.append(Span(found, found + 3))
            place = found + 3
        number = whole_number(match[1])
        if len(items) > 1:
            yield from _compared(analysis, Span(match.start(1), match.end(2)), number, items, "：")


def _split(text: str, items: list[Span], key: str) -> list[Span]:
    """The last item in two where 和 joins two that both hold ``key``: 技防和心防."""
    last = items[-1]
    for joint in _AND.finditer(text, last.start + 1, last.end - 1):
        left, right = Span(last.start, joint.start()), Span(joint.end(), last.end)
        if _holds(text, left, key) and _holds(text, right, key):
            return [*items[:-1], left, right]
    return items


def _holds(text: str, item: Span, key: str) -> bool:
    return (_ONE.search(text, *item) is not None) if key == "一" else text.find(key, *item) >= 0


def _share(text: str, items: Sequence[Span], key: str) -> bool:
    """Whether ``key`` stands at the same end of every item; a verb may open the first, more may follow the last."""
    shown = [text[slice(*item)] for item in items]
    if key == "一":
        return len(items) > 2 and all(_ONE.search(item) for item in shown)
    heads = key in shown[0] and all(item.startswith(key) for item in shown[1:]) and len(shown[-1]) > len(key)
    tails = all(item.endswith(key) and len(item) > len(key) for item in shown[:-1]) and shown[-1].find(key) > 0
    level = shown[1].find(key)
    inside = 0 < level <= shown[0].find(key) and len(shown) > 2 and all(item.find(key) == level for item in shown[1:])
    return heads or tails or inside


def _parted(text: str, start: int, end: int, key: str) -> list[Span]:
    """The subjects of the items that ； parts, where every one holds ``key``: 进社区，…；进校园，…."""
    items: list[Span] = []
    place = start
    while place < end:
        stop = _ITEM_END.search(text, place, end)
        until = stop.start() if stop else end
        lead = _lead(text, place, until, key)
        if lead is not None:
            items.append(lead)
        elif items:
            break
        place = until + 1
        if items and stop and stop[0] == "。":
            break
    return items if len(items) > 2 else []


def _lead(text: str, start: int, end: int, key: str) -> Span | None:
    """What an item is about, up to its first comma: 进社区 with 进, 宣传员 of 宣传员讲政策 with 员."""
    colon = text.rfind("：", start, end)
    start = colon + 1 if start <= colon <= start + _NEAR else start
    comma = min((at for mark in "，、" if (at := text.find(mark, start, end)) >= 0), default=end)
    if key == "一":
        return Span(start, comma) if _ONE.search(text, start, comma) and comma - start <= 14 else None
    if text.startswith(key, start):
        return Span(start, comma) if len(key) < comma - start <= _MOST_LEAD else None
    at = text.find(key, start + 1, min(end, start + 6))
    return Span(start, at + len(key)) if at > 0 and at < comma else None


def _compared(analysis: Analysis, at: Span, number: int, items: Sequence[Span], between: str) -> Iterator[Outcome]:
    text = analysis.reading.text
    place = analysis.span(at)
    yield Checked(place)
    first: dict[str, Span] = {}
    twice = [item for item in items if first.setdefault(text[slice(*item)], item) is not item]
    if len(first) == number and not twice:
        return
    shown = text[slice(*at)]
    if twice and len(items) == number:
        word = text[slice(*twice[0])]
        yield Finding(
            analysis.span(twice[0]),
            Message(
                f"“{shown}”里“{word}”列了两次，实有 {len(first)} 项，请核对",
                f"“{word}” is listed twice under “{shown}”",
            ),
            (Related(analysis.span(first[word]), "前一次"), Related(place, "说的项数")),
            severity=Severity.WARNING,
        )
    elif abs(len(items) - number) <= 2:
        names = "、".join(text[slice(*item)] for item in items)
        yield Finding(
            place,
            Message(
                f"列了 {len(items)} 项（{names}），与“{shown}”不符，请核对",
                f"{len(items)} items listed, “{shown}” said",
            ),
            tuple(Related(analysis.span(item), "列举") for item in items),
            severity=Severity.WARNING if _SAYS_SO.search(between) else Severity.INFO,
        )
