"""Numbers of things beside lists whose items show what was counted: 定时、定点“三定”, 市、县、乡四级联动, “三保两增”，即保……、增……."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.finding import Checked, Finding, Message, Outcome, Related, Severity
from reportlint.numerals import whole_number
from reportlint.patterns import compiled
from reportlint.span import Span, occurrences
from reportlint_rules.numbers.lists.enumerations import compared

_N = "两二三四五六七八九十"
_OPEN = compiled(r"等|以及|…|之一|其他|其它")
#: How far a miscount is from the count.
_SLIP = 2
#: 早发现、早报告、早治疗“四早”; “定时、定点”三定: all items open with what is counted.
_ALIKE = compiled(
    rf"(?<![一-龥、])[一-龥]{{0,6}}?“?(?P<first>(?P<key>[一-龥])[一-龥]{{1,7}})(?P<rest>(?:、(?P=key)[一-龥]{{1,7}}){{1,8}})”?(?:的)?“?(?P<number>[{_N}])(?:个|项)?(?P=key)(?![一-龥]?、)(?=”|[一-龥，。；])"
)
#: 主体责任清单、问题清单、任务清单“四张清单”: all items end in it.
_ENDING = compiled(
    rf"(?P<items>[一-龥]{{2,16}}(?P<noun>[一-龥]{{2}})(?:(?:、|和)[一-龥]{{1,12}}(?P=noun)){{1,8}})“?(?P<number>[{_N}])(?:张|大|个|项|种|支|类|道|本|套)(?P=noun)(?!之)"
)
#: “五支队伍”（采样队、配送队、宣传队）: a quoted number of things, and the bracket right behind that lists them.
_BRACKET = compiled(
    rf"“(?P<number>[{_N}])(?:个|大|项|支|类|种|张|条|道|级|化)?(?P<noun>(?:(?![一{_N}])[一-龥]){{1,6}})”[一-龥]{{0,6}}（(?:即|指|分别是|包括)?：?(?P<items>[^（）“”，。；：、\n\d]{{2,14}}(?:、[^（）“”，。；：、\n\d]{{2,14}}){{1,9}})）"
)
#: 市、县、乡四级; 街道党工委—社区党委—网格党支部”四级.
_LEVELS = compiled(rf"(?<![一{_N}])(?P<number>[{_N}])级(?!别|以上|以下|响应|公路|甲|乙|医院|标准|风|保护|资质)")
_LEVEL = compiled(
    r"(?:中央|国家|自治区|省|市|州|地|盟|县区|区县|县市|县|区|旗|乡镇|镇街|街镇|镇办|镇乡|街道|镇|乡|村居|村组|村社|社区|村|居|组|网格|户|片区|小区|楼栋|院落|屯|站所)(?:级|（[一-龥、]{1,8}）)?"
)
_CHAIN = compiled(r"(?:[^，。；：“”（）\n—–\-→、\d]{2,14}[—–→-]{1,2}){1,7}[^，。；：“”（）\n—–\-→、\d]{2,14}”?(?:的)?$")
_DASH = compiled(r"[—–→-]{1,2}")
#: “三保两增”，即…; “两书一协议”（…）: two numbers or more, each with what it counts.
_COMPOSED = compiled(
    rf"“(?P<name>(?:[一{_N}](?![一{_N}])[一-龥]{{1,3}}?){{2,4}})”(?:[一-龥]{{2,5}})?(?:（(?:即)?|，?即：?|：)(?P<items>[^（）。；：\n]{{4,120}}?)(?=[）。；\n]|，(?![^、，]{{0,14}}[、，）]))"
)
_PART = compiled(rf"(?P<number>[一{_N}])(?P<noun>[^一{_N}]+)")
#: “1234”工作思路，即紧扣一个目标、突出两个重点、…; “一二三四”发展思路.
_DIGITS = compiled(
    r"“(?P<digits>[1-9]{3,7}|[一二三四五六七八九]{3,7})”[一-龥]{2,10}(?:，?即|，?就是|：|（|，?包括)：?(?P<items>[^。；\n]{10,160})"
)
_COUNT = compiled(rf"(?P<number>[一{_N}\d])(?:个|大|项|条|种|类|支|场|张|道|位|套|批|体|轴|核|心|张|轮)")


#: What may begin “四早” behind its items, or 三定 behind “定时、定点”.
_QUOTED_NUMBER = compiled(rf"(?:(?<=[一-龥])“|”的?“?)[{_N}]")
_JOINT = compiled("、|和")
#: How far before its number a list may begin.
_FAR_BACK = 60
_MARKS = compiled(r"[，。；：“”（）\n]")
#: What things are counted by: 三个一批 counts nothing twice.
_MEASURES = frozenset("个大项条类种支张道次")


def series_counts(analysis: Analysis) -> Iterator[Outcome]:
    """Lists that tell by their own words what of was counted, with the number beside them."""
    text = analysis.reading.text
    if "”" in text:
        yield from _before_quotes(analysis)
        yield from _composed(analysis)
        yield from _spelled(analysis)
    if "”" in text and "（" in text:
        for match in _BRACKET.finditer(text):
            items = match["items"].split("、")
            if not _OPEN.search(match["items"]):
                yield from _compared(analysis, match.span("number"), items)
    yield from _levels(analysis)


def _before_quotes(analysis: Analysis) -> Iterator[Outcome]:
    """Items that open or end alike, right before a number in quotes or behind their own."""
    text = analysis.reading.text
    for quoted in _QUOTED_NUMBER.finditer(text):
        joint = text.rfind("、", max(0, quoted.start() - _FAR_BACK), quoted.start())
        if joint < 0:
            continue
        start = max(text.rfind(mark, 0, joint) for mark in "，。；：\n") + 1
        start = max(start, joint - _FAR_BACK)
        for pattern in (_ALIKE, _ENDING):
            match = pattern.search(text, start, quoted.end() + 4)
            if match is None or match.start("number") != quoted.end() - 1:
                continue
            if pattern is _ALIKE:
                items = [match["first"], *match["rest"].split("、")[1:]]
                listed = not _OPEN.search(items[-1]) and match["key"] not in _N
            else:
                items = _JOINT.split(match["items"])
                listed = all(item.endswith(match["noun"]) for item in items)
            if listed:
                yield from _compared(analysis, match.span("number"), items)


def _compared(analysis: Analysis, at: tuple[int, int], items: list[str]) -> Iterator[Outcome]:
    number = whole_number(analysis.reading.text[slice(*at)])
    if number > 1 and abs(number - len(items)) <= _SLIP:
        yield from compared(analysis, Span(*at), number, items, Severity.WARNING)


def _levels(analysis: Analysis) -> Iterator[Outcome]:
    """Levels of administration, or of anything joined by dashes, with their number behind them."""
    text = analysis.reading.text
    for at in (place.start for place in occurrences(text, "级")):
        match = _LEVELS.match(text, at - 1) if text[at - 1] in _N else None
        if match is None:
            continue
        start = max(0, match.start() - 90)
        chain = _CHAIN.search(text, start, match.start())
        items = _DASH.split(chain[0].rstrip("”的")) if chain else _listed_levels(text, start, match.start())
        # 省、市、自治区 are one level; two names with a dash between are as often a range.
        if len(items) > (2 if chain else 1) and "自治区" not in items:
            yield from _compared(analysis, match.span("number"), items)


def _listed_levels(text: str, start: int, end: int) -> list[str]:
    """市、县、乡 right before ``end``: the last names of levels joined by 、; none where another list runs into them."""
    items: list[str] = []
    while end > start:
        at = text.rfind("、", start, end)
        token = text[at + 1 : end]
        if at >= start and _LEVEL.fullmatch(token):
            items.append(token)
            end = at
            continue
        # The first: words may run into it (健全市、县、乡), and nothing tells where 县区 alone would be two.
        lead = _MARKS.split(text[max(start, at + 1) : end])[-1]
        last = next((lead[-size:] for size in (3, 2, 1) if _LEVEL.fullmatch(lead[-size:])), "")
        return [last, *reversed(items)] if items and last else []
    return []


def _composed(analysis: Analysis) -> Iterator[Outcome]:
    """Names put together from numbers, and the items behind them: each number counts the items that open or end with its word."""
    text = analysis.reading.text
    for match in _COMPOSED.finditer(text):
        parts = [(whole_number(part["number"]), part["noun"]) for part in _PART.finditer(match["name"])]
        items = [item.strip("“”") for item in compiled(r"[、，]|和(?=[一-龥]{2})").split(match["items"]) if item]
        if len(parts) < 2 or _OPEN.search(match["items"]) or _MEASURES & {noun for _, noun in parts}:
            continue
        owners = [[noun for _, noun in parts if item.startswith(noun) or item.endswith(noun)] for item in items]
        said = sum(number for number, _ in parts)
        if not all(len(owner) == 1 for owner in owners) or abs(said - len(items)) > 1:
            continue
        place = analysis.span(Span(*match.span("name")))
        yield Checked(place)
        for number, noun in parts:
            told = [item for item, owner in zip(items, owners, strict=True) if owner == [noun]]
            if told and len(told) != number:
                yield Finding(
                    place,
                    Message(
                        f"“{match['name']}”里“{noun}”是 {number} 项，后面列了 {len(told)} 项（{'、'.join(told)}），请核对",
                        f"{number} of {noun} announced, {len(told)} listed",
                    ),
                    (Related(analysis.span(Span(*match.span("items"))), "列举"),),
                    severity=Severity.WARNING,
                )


def _spelled(analysis: Analysis) -> Iterator[Outcome]:
    """“1234”工作思路，即……: the digits of the name against the numbers of what it stands for."""
    text = analysis.reading.text
    for match in _DIGITS.finditer(text):
        digits = [whole_number(digit) for digit in match["digits"]]
        counts = list(_COUNT.finditer(text, *match.span("items")))[: len(digits)]
        found = [whole_number(count["number"]) for count in counts]
        if len(found) != len(digits):
            continue
        place = analysis.span(Span(*match.span("digits")))
        yield Checked(place)
        wrong = [index for index, number in enumerate(digits) if number != found[index]]
        if len(wrong) == 1 and len(digits) > 2:
            index = wrong[0]
            yield Finding(
                analysis.span(Span(*counts[index].span("number"))),
                Message(
                    f"按“{match['digits']}”这里应为 {digits[index]}，写的是“{counts[index]['number']}”，请核对",
                    f"{digits[index]} by the name {match['digits']}, {found[index]} here",
                ),
                (Related(place, "提法"),),
                severity=Severity.WARNING,
            )
