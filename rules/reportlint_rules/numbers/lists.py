"""NM112, NM121: lists whose length was announced."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportlint.analysis import Analysis
from reportlint.claims import Claim, Role
from reportlint.document import BlockKind
from reportlint.finding import Checked, Finding, Message, Outcome, Related, Severity
from reportlint.numerals import han_value
from reportlint.rule import rule
from reportlint.span import Span

_RESPECTIVELY = re.compile(r"分别[^，。；、：\d“”（）\n]{0,10}(?=[0-9])")
#: 和, 及, 与 as conjunctions, not inside 普及, 共和, 参与.
_AND = r"(?:(?<![总共中饱温])和(?!谐|平|解|睦)|(?<![普涉以触波危兼顾])及(?!时|格|早|其)|(?<![参给赋授])与(?!会))"


def _subjects(text: str, end: int) -> list[str] | None:
    """The parallel subjects right before 分别, or ``None`` where they cannot be told apart for sure."""
    start = max(text.rfind(mark, 0, end) for mark in "，。；：！？\n（）")
    phrase = text[start + 1 : end]
    if "、" not in phrase or any(mark in phrase for mark in "“”《》的") or re.search(rf"{_AND}.*{_AND}", phrase):
        return None
    # 、 lists, with one 和 before the last item; 和 before a 、 joins something smaller.
    tail = re.split(_AND, phrase)
    if len(tail) == 2 and "、" in tail[1]:
        return None
    items = [item for item in re.split(rf"、|{_AND}", phrase) if item]
    return items if all(len(item) <= 16 for item in items[1:]) else None


def _values(claims: Sequence[Claim], first: int) -> list[Claim]:
    """The figures joined by 、 (or 和, 及) from ``first`` on, all in one clause and unit."""
    values = [claims[first]]
    for claim in claims[first + 1 :]:
        if claim.clause != values[-1].clause or claim.lead.strip("了约近") or claim.quantity.unit.name != values[0].quantity.unit.name:
            break
        values.append(claim)
    return values


@rule(
    "NM112",
    "respectively-arity",
    severity=Severity.ERROR,
    bad=("一、二、三季度投诉量⟦分别⟧为26件、31件。", "大气、水、土壤三类项目⟦分别⟧完成投资2.1亿元、1.4亿元。"),
    good=(
        "PM2.5、PM10浓度分别同比下降9.0%、13.1%。",
        "大气、水、土壤项目分别完成投资2.1亿元、1.4亿元、0.6亿元。",
        "县委常委会会议、县政府常务会议分别3次、6次专题研究。",
        "甲县、乙县和丙区分别增长5.1%、4.2%和3.9%。",
    ),
)
def respectively_arity(analysis: Analysis) -> Iterator[Outcome]:
    """“分别”前后的个数不等。

    “分别”要求前面几个主语、后面几个数值一一对应；删了一个地方忘了删数值，就对不上。

    主语里有“的”“和”连着的小并列、书名号或引号，切不准的不报；后面只有一个数值的不报。
    """
    text = analysis.reading.text
    claims = analysis.claims
    starts = {claim.at.start: index for index, claim in enumerate(claims)}
    for match in _RESPECTIVELY.finditer(text):
        at = match.end()
        if at not in starts:
            continue
        values = _values(claims, starts[at])
        subjects = _subjects(text, match.start())
        if len(values) < 2 or subjects is None or len(subjects) < 2:
            continue
        last = values[-1].at.end
        if text[last : last + 1] not in "，。；、）\n" or text[last : last + 1] == "、":
            continue
        yield Checked(analysis.span(Span(*match.span())))
        if len(subjects) != len(values):
            yield Finding(
                analysis.span(Span(match.start(), match.start() + 2)),
                Message(
                    f"“分别”前面有 {len(subjects)} 个主语，后面有 {len(values)} 个数值，对不上，请核对",
                    f"{len(subjects)} subjects but {len(values)} values around 分别 (respectively)",
                ),
                tuple(Related(value.quantity.span, "数值") for value in values),
            )


_COUNT = re.compile(r"([一二两三四五六七八九十]{1,3}|\d{1,2})(?:个|项|大|方面|条|类|种|件|点|场|篇|道|篇章)")
_FIRST = re.compile(r"一是|首先，|第一，|其一，|（一）|1[.．、](?!\d)|①")
_SERIES = (
    ("一是", [f"{n}是" for n in "一二三四五六七八九十"]),
    ("（一）", [f"（{n}）" for n in "一二三四五六七八九十"]),
    ("第一，", [f"第{n}，" for n in "一二三四五六七八九十"]),
    ("其一，", [f"其{n}，" for n in "一二三四五六七八九十"]),
)
_ANNOUNCE = re.compile(
    r"([一二两三四五六七八九十]{1,2}|(?<![\d.])\d{1,2})(个方面|个|项|大|方面|条|类|种|件|点)(?:“[^“”]{0,12}”|[^，。；：、“”\n]{0,14})?”?[^，。；：、“”\n]{0,6}[：:。]?\n?(?=一是|（一）|第一，|其一，)"
)


@dataclass(frozen=True, slots=True)
class _Listing:
    """How many items a list really has, and where its markers stand."""

    markers: tuple[Span, ...]
    broken: bool


def _listing(text: str, start: int, series: Sequence[str]) -> _Listing:
    """The items that follow ``start``: the markers of ``series`` in order, until one restarts the count."""
    found: list[Span] = []
    at = start
    for number, marker in enumerate(series):
        place = text.find(marker, at)
        restart = text.find(series[0], at + 1) if number else -1
        if place < 0 or (0 <= restart < place):
            break
        if number and not _opens_item(text, place):
            break
        found.append(Span(place, place + len(marker)))
        at = place + len(marker)
    # A later marker without the one before it (一是…三是) is a gap in the numbering: another rule's matter.
    end = text.find(series[0], at)
    rest = text[at : end if end >= 0 else len(text)]
    later = any(_opens_marker(rest, marker) for marker in series[len(found) + 1 :])
    return _Listing(tuple(found), later)


def _opens_item(text: str, place: int) -> bool:
    return place == 0 or text[place - 1] in "。；，、\n：！？”）"


def _opens_marker(text: str, marker: str) -> bool:
    place = text.find(marker)
    return place > 0 and _opens_item(text, place)


@rule(
    "NM121",
    "announced-count",
    severity=Severity.ERROR,
    bad=(
        "推进⟦三个⟧创建：一是推进示范市创建，健全机制。二是推进监测站能力建设，配强人员。",
        "当前还存在⟦四个方面⟧的不足：一是基础不牢；二是力量薄弱；三是统筹不够。",
    ),
    good=(
        "推进两个创建：一是推进示范市创建，健全机制。二是推进监测站能力建设，配强人员。",
        "当前还存在以下三个方面的不足：一是基础不牢；二是力量薄弱；三是统筹不够。",
        "认真落实三项制度。一是加强公示，二是全程记录。",
    ),
)
def announced_count(analysis: Analysis) -> Iterator[Outcome]:
    """宣布的项数与列出的项数不符。

    “三个创建：一是……二是……”只列了两项，要么漏写一段，要么前面的数没有跟着改。

    只核对数字后紧跟着列举（冒号之后或换行之后就是“一是”“（一）”）的情形；引号里的专有提法后面不列举的、列举中断或另起一层的不报。
    """
    text = analysis.reading.text
    for match in _ANNOUNCE.finditer(text):
        announced = int(match[1]) if match[1].isdigit() else int(han_value(match[1]) or 0)
        colon = "：" in match[0] or "\n" in match[0]
        quoted = "”" in match[0] or text[max(0, match.start() - 1)] == "“"
        if "：" not in match[0] and (quoted or text.startswith("（一）", match.end())):
            continue
        if announced < 2 or announced > 10 or not colon or text[max(0, match.start() - 1) : match.start()] in ("第", "前", "每", "这", "哪"):
            continue
        series = next(markers for first, markers in _SERIES if text.startswith(first, match.end()))
        listing = _listing(text, match.end(), series)
        if listing.broken:
            continue
        place = analysis.span(Span(match.start(), match.end(2)))
        yield Checked(place)
        if len(listing.markers) != announced and len(listing.markers) >= 1:
            yield Finding(
                place,
                Message(
                    f"写明 {match[1]}{match[2]}，后面列了 {len(listing.markers)} 项（至“{text[slice(*listing.markers[-1])]}”），请核对",
                    f"{match[1]}{match[2]} announced, {len(listing.markers)} listed",
                ),
                tuple(Related(analysis.span(marker), "列举") for marker in listing.markers),
                severity=Severity.ERROR if len(listing.markers) > 1 else Severity.WARNING,
            )
