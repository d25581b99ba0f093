"""What a figure is of: the noun phrase that leads to it and the area its sentence speaks of."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache

from reportlint.analysis import Analysis
from reportlint.claims import Claim
from reportlint.patterns import compiled
from reportlint.span import Span

#: 全市, 我县, 本区: the report's own area, or the one above it.
_WHOLE = compiled(r"[全我本]([国省市县区州盟旗镇乡村])")
#: Two characters that end like the name of an area and are none.
_COMMON = "[城乡集村小][镇区]|[地校景灾山库片辖牧林老新街厂矿港湖灌考战][区]|[城都超夜集菜上门股楼][市]|[农乡][村]"
_AREA = compiled(
    r"[全我本各][国省市县区州盟旗镇乡村](?!级|医院|中心|属|直|管|派|长|委|政)|中心城区|主城区|城市建成区|建成区|市辖区|(?<!老)城区|市区|市本级|县本级|区本级|县城"
    rf"|(?:^|(?<=[^一-龥])|(?<=其中)|(?<=以及))(?!{_COMMON}|新[增建改开]|推[动进]|完成|建[成设]|改造|惠及|覆盖|创建|实现|开展|扶持|带动|打造)(?:(?![全我本各以来在对从将把被由及和与等个至为是有])[一-龥]){{1,4}}?(?:自治[区州县]|[省市县区州旗镇乡](?![级区镇乡本直属管派长委政场域情民])|街道|社区|园区|村(?!级|民|庄))"
)
#: Words that lead to a figure and say nothing of what it is.
_FILLER = compiled(
    r"其中|累计|共计|合计|总共|总计|总数|总量|(?<!公)共有|(?<!公)共(?!产|青|同|享|建|治|和)|现有|实有|拥有|全部|一共|分别|目前|截至目前|截至|截止|以来|期间|已经|已|(?<!平)均|都|约|近|超|逾|高达|达到了?|达|为|是|完成了?|实现了?|实施了?|取得了?|有|的|了|到|至|在|"
    r"保持|稳定|提高到|提升到|提升至|提高至|增加到|增加至|上升到|上升至|下降到|下降至|降至|降到|增至|升至|仅|只|新增加|当月|本月|当年|当季|年末|月末|年底|月底|末|底|[，、。；：（）\s“”]"
)
_LONGEST_TITLE = 60
_TAIL_NOUN = compiled(
    r"(?!以上|以下|左右|其中|均|已|占|比|较|同比|的|是|为|和|及|并|增|减|下降|提高)[一-龥A-Za-z]{2,8}"
)


def area_of(analysis: Analysis, claim: Claim) -> str:
    """The area that the words before ``claim`` name, the nearest first; empty where its sentence names none.

    The report's own area has one form, whether it is named, 全县 or 我县.
    """
    start = analysis.sentences[claim.sentence].at.start
    return last_area(analysis, Span(max(start, claim.at.start - SIGHT), claim.at.start))


#: How far before a figure the words of its sentence still speak of it; no sentence that anybody wrote is longer.
SIGHT = 2000


def last_area(analysis: Analysis, stretch: Span) -> str:
    """The last area named in ``stretch`` of the reading; empty where none is."""
    found = areas(analysis, stretch)
    return found[-1] if found else ""


def areas(analysis: Analysis, stretch: Span) -> list[str]:
    """The areas named in ``stretch`` of the reading, in order."""
    return areas_in(without_dates(analysis, stretch), own_names(analysis))


def areas_in(words: str, own: frozenset[str]) -> list[str]:
    """The areas named in ``words``; those that are the report's ``own`` as 全县, 全市."""
    found = []
    for match in _AREA.finditer(words):
        whole = _WHOLE.match(match[0])
        name = f"全{whole[1]}" if whole else match[0]
        found.append(f"全{name[-1]}" if name in own else name)
    return found


def own_names(analysis: Analysis) -> frozenset[str]:
    """The areas that the title names: the report's own."""
    text = analysis.reading.text
    first = text[: text.find("\n")] if "\n" in text else ""
    return _names(first) if len(first) <= _LONGEST_TITLE and "。" not in first else frozenset()


@lru_cache(maxsize=8)
def _names(title: str) -> frozenset[str]:
    return frozenset(match[0] for match in _AREA.finditer(title) if not _WHOLE.match(match[0]))


def lead_of(analysis: Analysis, claim: Claim) -> str:
    """The words that lead to the figure, with dates blanked."""
    return without_dates(analysis, Span(claim.at.start - len(claim.lead), claim.at.start))


def without_areas(words: str) -> str:
    """``words`` without the areas they name."""
    return _AREA.sub("", words)


@lru_cache(maxsize=4096)
def noun_in(words: str) -> str:
    """The noun phrase of ``words``, without areas and what only leads on to a figure.

    >>> noun_in("全县粮食总产量达到"), noun_in("全市共有公办幼儿园")
    ('粮食总产量', '公办幼儿园')
    """
    return _FILLER.sub("", _AREA.sub("", words))


def noun_of(analysis: Analysis, claim: Claim) -> str:
    """The noun phrase of the figure, dates left out; with the noun behind the unit, if any."""
    lead = noun_in(lead_of(analysis, claim))
    tail = _TAIL_NOUN.match(claim.trail) if claim.quantity.kind == "count" else None
    return lead + (f"…{tail[0]}" if tail else "")


def without_dates(analysis: Analysis, stretch: Span) -> str:
    """The reading of ``stretch`` with a comma for every character of a date."""
    text = analysis.reading.text[stretch.start : stretch.end]
    dates = analysis.dates
    index = bisect_left(analysis.date_starts, stretch.start)
    while index < len(dates) and dates[index].at.end <= stretch.end:
        start, end = (offset - stretch.start for offset in dates[index].at)
        text = text[:start] + "，" * (end - start) + text[end:]
        index += 1
    return text
