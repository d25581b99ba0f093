"""Numbers of things beside the things by name: “四个坚持”，即坚持……、坚持……; 东关、西关、南关3个社区."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlint.analysis import Analysis
from reportlint.finding import Checked, Finding, Message, Outcome, Severity
from reportlint.numerals import han_value
from reportlint.patterns import compiled
from reportlint.span import Span

_NUMBER = r"(?P<number>[两二三四五六七八九十]|(?<![\d.])\d{1,2})"
#: “四个坚持”，即 …; “五大工程”（…; “六查”：…
_KEYED = compiled(
    rf"{_NUMBER}(?P<measure>个|大|项|条|种|类|场|张|道|支|本|批|把|件|份|座|)(?P<key>[一-龥]{{1,4}}?)(?P<closed>”?)(?:[一-龥]{{2,5}}(?=：))?(?P<joint>(?:，?即|，?也就是|，?具体(?:是|为)|，?包括)?[：（]?|——)"
    r"(?P<items>(?:[^，。；：、“”（）\n\d]{2,12}、){1,11}[^，。；：、“”（）\n\d]{2,12})(?P<stop>[，。；）\n]|$)"
)
#: 水利、交通、教育3个领域: nouns whose number counts what is named before, not how many there are of each kind.
_LISTED = compiled(
    rf"{_NUMBER}(?:(?:大|类)(?P<great>[一-龥]{{2,4}})|(?:个|类|项|条|支)(?P<noun>(?:重点|主要|关键|试点|专项)?(?:领域|方面|环节|层面|维度|工作组|专班|工作专班|专项小组|板块|产业|行业|部门|县区|园区|流域|街道|乡镇|社区|行政村|攻坚战|保卫战|攻坚行动|专项行动|战略|方向)))(?![一-龥]?[、的]?\d)"
)
#: The items before it, back to the last mark that no list of names holds.
_ITEMS = compiled(r"(?:[^，。；：、“”（）《》\n\d]{2,16}、)[^，。；：“”（）《》\n\d]{2,120}$")
_FAR_BACK = 140
_STOPS = "，。；：“”（）《》\n0123456789"
#: “春雷”“护苗”“铁拳”3项专项行动: quoted names side by side.
_QUOTED = compiled(
    rf"(?P<items>(?:“[^“”\n]{{1,12}}”(?:、|和|及|与)?){{2,12}}){_NUMBER}(?P<measure>个|项|大|场|类|支|张)(?P<noun>[一-龥]{{2,6}})"
)
_AND = compiled(r"和(?!谐|平|睦|解)|及(?!时|格)|与(?!会)|以及|[/＋+]")
_OPEN = compiled(r"等$|等[^、]{0,6}$|之一|其他|其它|另外")
_FIXED_BEFORE = compiled(r"第$|前$|每$|这$|上述$|以上$|近$|余$|超$|约$")
_ONE_OF_MANY = compiled(r"入选|入围|获评|评为|位列|跻身|列入|下辖|辖|覆盖|联系|包联|服务|惠及")
_LONGEST_ITEM = 8
#: How far a miscount is from the count.
_SLIP = 2


def keyed_counts(analysis: Analysis) -> Iterator[Outcome]:
    """Lists each item of which opens or ends with the word that was counted."""
    text = analysis.reading.text
    for match in _KEYED.finditer(text):
        number, key = _value(match["number"]), match["key"]
        items = match["items"].split("、")
        quoted = bool(match["closed"])
        if number < 2 or (len(key) < 2 and not quoted) or not (match["joint"] or quoted):
            continue
        if _FIXED_BEFORE.search(text, max(0, match.start() - 2), match.start()) or _OPEN.search(items[-1]):
            continue
        heads = all(item.startswith(key) for item in items)
        if heads or all(item.endswith(key) and item != key for item in items):
            yield from compared(analysis, Span(match.start("number"), match.end("key")), number, items, Severity.ERROR)


def listed_counts(analysis: Analysis) -> Iterator[Outcome]:
    """Lists of names with their number and kind behind them."""
    text = analysis.reading.text
    for match in _LISTED.finditer(text):
        before = text[max(0, match.start() - _FAR_BACK) : match.start()]
        listed = _ITEMS.search(before[max(before.rfind(mark) for mark in _STOPS) + 1 :]) if "、" in before else None
        if listed is None:
            continue
        items = listed[0].split("、")
        number = _value(match["number"])
        last = items[-1]
        if number < 2 or _FIXED_BEFORE.search(last) or _OPEN.search(last) or "等" in listed[0]:
            continue
        if any(len(item) > _LONGEST_ITEM for item in items[1:-1]) or any("的" in item for item in items[1:]):
            continue
        pieces = [len([piece for piece in _AND.split(item) if piece]) for item in items]
        least, most = len(items), sum(pieces)
        end = match.end("great") if match["great"] else match.end("noun")
        if least <= number <= most:
            yield Checked(analysis.span(Span(match.start("number"), end)))
        elif abs(number - least) > _SLIP or _ONE_OF_MANY.search(last):
            continue  # 街道、中队、所站包联12个社区: the number is not that of the list
        elif most == least or len(_AND.findall(last)) == 1 == most - least:
            # 规划、建设和管理三个环节 has three items, whichever way 和 is read.
            shown = [*items[:-1], *(piece for piece in _AND.split(last) if piece)]
            yield from compared(analysis, Span(match.start("number"), end), number, shown, Severity.WARNING)


def quoted_counts(analysis: Analysis) -> Iterator[Outcome]:
    """Names in quotation marks with their number behind them."""
    for match in _QUOTED.finditer(analysis.reading.text):
        items = match["items"].replace("“", "").rstrip("”、和及与").split("”")
        names = [item.lstrip("、和及与") for item in items]
        number = _value(match["number"])
        if number >= 2 and abs(number - len(names)) <= _SLIP and all("、" not in name for name in names):
            at = Span(match.start("number"), match.end("noun"))
            yield from compared(analysis, at, number, names, Severity.WARNING)


def _value(printed: str) -> int:
    return int(printed) if printed.isdigit() else int(han_value(printed.replace("两", "二")) or 0)


def compared(
    analysis: Analysis, at: Span, announced: int, items: Sequence[str], severity: Severity | None = None, lead: str = ""
) -> Iterator[Outcome]:
    """Whether as many ``items`` are listed as the number at ``at`` says; ``lead`` tells where, in front of 列了."""
    place = analysis.span(at)
    yield Checked(place)
    if len(items) != announced:
        shown = analysis.reading.slice(at)
        yield Finding(
            place,
            Message(
                f"{lead}列了 {len(items)} 项（{'、'.join(items)}），与“{shown}”不符，请核对",
                f"{len(items)} items listed, “{shown}” announced",
            ),
            severity=severity,
        )
