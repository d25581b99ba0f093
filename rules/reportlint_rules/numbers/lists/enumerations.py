"""Numbers of things beside the things by name: “四个坚持”，即坚持……、坚持……; 东关、西关、南关3个社区."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from reportlint.analysis import Analysis
from reportlint.files import beside, lines
from reportlint.finding import Checked, Finding, Message, Outcome, Severity
from reportlint.numerals import whole_number
from reportlint.patterns import compiled, tried
from reportlint.span import Span

#: A numeral, or one or two digits that go on with no number: what it may begin with stands first, so that the matcher runs to it.
_NUMBER = r"(?P<number>[两二三四五六七八九十\d](?:(?<!\d)|(?<=\d)(?<![\d.].)\d?))"
#: “四个坚持”，即 …; “五大工程”（…; “六查”：…
_KEYED = compiled(
    rf"{_NUMBER}(?=[^、。；\n]{{3,40}}、)(?P<measure>个|大|项|条|种|类|场|张|道|支|本|批|把|件|份|座|)(?P<key>[一-龥]{{1,4}}?)(?P<closed>”?)(?:[一-龥]{{2,5}}(?=：|，?即|，?包括|（))?(?P<joint>(?:，?即|，?也就是|，?具体(?:是|为)|，?包括)?[：（]?|——)"
    r"(?P<items>(?:[^，。；：、“”（）\n\d]{2,12}、){1,11}[^，。；：、“”（）\n\d]{2,12})(?P<stop>[，。；）\n]|$)"
)
#: 水利、交通、教育3个领域: nouns whose number counts what is named before, not how many there are of each kind.
_LISTED = compiled(
    rf"{_NUMBER}(?:(?:大|类)(?P<great>[一-龥]{{2,4}})|(?:个|类|项|条|支)(?P<noun>(?:重点|主要|关键|试点|专项)?(?:领域|方面|环节|层面|维度|工作组|专班|工作专班|专项小组|板块|产业|行业|部门|县区|园区|流域|街道|乡镇|社区|行政村|攻坚战|保卫战|攻坚行动|专项行动|战略|方向)"
    # Only where the names are cut alike: 政策宣讲、矛盾调解、环境整治五支志愿服务队.
    r"|(?P<loose>(?:重点|主要|关键|基本|特色|专项|志愿|核心){0,2}(?:服务队|宣讲队|突击队|小分队|工作队|分队|队伍|小组|机制|制度|体系|平台|工程|行动|举措|措施|课程|模式|兴趣班|培训班|社团|专业|赛道|组别|科目|学科|工种|品种|系列|展区|渠道|功能|指标|关口|清单|台账|任务|载体|抓手|课题|主题|专题|窗口|阵地|场景|品牌|要素|能力|难题|短板))))(?![一-龥]?[、的]?\d)"
)
#: The items before it, back to the last mark that no list of names holds.
_ITEMS = compiled(r"(?:[^，。；：、“”（）《》\n\d]{2,16}、)[^，。；：“”（）《》\n\d]{2,120}$")
_FAR_BACK = 140
_STOPS = "，。；：“”（）《》\n0123456789"
_STOP = compiled(f"[{_STOPS}]")
#: “春雷”“护苗”“铁拳”3项专项行动: quoted names side by side.
_SIDE_BY_SIDE = compiled(r"”[、和及与]?“")
_QUOTED = compiled(
    rf"(?P<items>(?:“[^“”\n]{{1,12}}”(?:、|和|及|与)?){{2,12}}){_NUMBER}(?P<measure>个|项|大|场|类|支|张)(?P<noun>[一-龥]{{2,6}})"
)
#: 《…办法》《…规程》《…细则》4项制度: titles side by side.
_TITLES = r"(?P<items>(?:《[^《》\n]{2,40}》(?:（[^（）\n]{1,20}）)?(?:、|和|及|与|以及)?){2,12})"
_TITLED = compiled(rf"{_TITLES}{_NUMBER}(?P<measure>个|项|份|部|件|种|篇|本)(?P<noun>[一-龥]{{0,6}})")
_TITLES_AFTER = compiled(
    rf"{_NUMBER}(?P<measure>个|项|份|部|件|种|篇|本)(?P<noun>[一-龥]{{2,8}})(?:，?(?:分别[是为]|即|包括)|：|（){_TITLES}(?=[，。；）\n]|$)"
)
_TITLE = compiled(r"《[^《》]+》")
#: 城关一小、城关三小、南湖学校3所学校: names and their number behind, of one kind by their endings.
_COUNTED_NAMES = compiled(
    rf"{_NUMBER}(?P<measure>个|所|家|条|座|处|名|支|大)(?P<noun>(?:重点|主要|核心|省级|市级|县级|试点|公办|民办|涉农|中心|城区){{0,2}}[一-龥（）、]{{1,8}}?)"
)
#: 8所，分别是……; 3条道路的改造：……: a number, then the names.
_NAMES_AFTER = compiled(
    rf"{_NUMBER}(?P<measure>个|所|家|条|座|处|支|项|类|种|大)(?:（[个条座处家所]）)?(?P<noun>[一-龥]{{0,10}}?)(?:的[一-龥]{{2,6}})?(?P<joint>，?分别[是为]：?|，即：?|：|（(?:即|分别[是为])?)"
    r"(?P<items>(?:[^，。；：、“”（）《》\n\d]{2,16}(?:（[^（）\n]{1,16}）)?、){1,11}[^，。；：、“”（）《》\n\d]{2,20}(?:（[^（）\n]{1,16}）)?)(?P<stop>[，。；）\n]|$)"
)
#: 示范村3个，分别是石桥村和清源村: two names and no more.
_TWO_AFTER = compiled(
    rf"{_NUMBER}(?P<measure>个|所|家|条|座|处|支)(?P<noun>[一-龥]{{0,10}}?)，?分别[是为]：?(?P<items>[^，。；：、“”（）《》\n\d和]{{2,10}}和[^，。；：、“”（）《》\n\d和]{{2,10}})(?=[，。；）\n]|$)"
)
#: 增速前三位的是清岩镇、白沙镇、城关街道: as many names as places.
_RANKED = compiled(
    r"(?:前|后|末)(?P<number>[两二三四五六七八十2-9])(?P<measure>位|名)(?:的)?(?:乡镇|镇街|县区|街道|部门|单位|学校|企业)?(?:分别|依次)?[是为]：?"
    r"(?P<items>(?:[^，。；：、“”（）《》\n\d]{2,10}、){1,9}[^，。；：、“”（）《》\n\d]{2,10})(?=[，。；）\n]|$)"
)
#: 分三个阶段：第一阶段……; 成立4个督导组，第一组……: what is counted, then numbered one by one.
_STAGED = compiled(
    rf"(?:分为?|划分|组成|设成|编成|成立|组建|设立|组织|派出|抽调|按照?)[^，。；：\d]{{0,10}}?{_NUMBER}个(?:[一-龥]{{0,4}}?)(?P<noun>阶段|步骤|组|专班|标段|方队|分队|梯队|片区)(?!长)"
)
_ORDINAL = compiled(
    r"第(?P<number>[一二三四五六七八九十]|\d{1,2})[一-龥]{0,4}?(?P<noun>阶段|步骤|组|专班|标段|方队|分队|梯队|片区)(?!长)"
)
_FAR_ON = 1500
_PLACE = compiled(r"(?:[镇乡县村区市]|街道|社区)$")
_ADJECTIVES = compiled(
    r"^(?:重点|主要|核心|[省市县区镇]级|试点|公办|民办|涉农|中心|城区|农村|[大中小]型|老旧|新建|在建|骨干|直属|内设|相关|所属){1,3}"
)
_ASIDE = compiled(r"（[^（）]*）")
_AND = compiled(r"(?<![总共中饱温])和(?!谐|平|睦|解)|(?<![涉普以波触危])及(?!时|格)|(?<![参赋授])与(?!会)|以及|[/＋+]")
_OPEN = compiled(r"等$|等[^、]{0,6}$|之一|其他|其它|另外")
_FIXED_BEFORE = compiled(r"第$|前$|每$|这$|上述$|以上$|近$|余$|超$|约$")
_ONE_OF_MANY = compiled(r"入选|入围|获评|评为|位列|跻身|列入|下辖|辖|覆盖|联系|包联|服务|惠及")
_LONGEST_ITEM = 8
#: How far a miscount is from the count.
_SLIP = 2


#: A numeral, or the first of two, before a word that things are counted by.
_COUNTED = compiled(
    r"[一二两三四五六七八九十\d](?=[一二两三四五六七八九十\d]?([个项大条类种件点张批场家篇部名处所座支]|方面))"
)


@lru_cache(maxsize=1)
def _counted(analysis: Analysis) -> list[tuple[int, str]]:
    """Where a number of things may begin in the reading, and what they are counted by."""
    return [(match.start(), match[1]) for match in _COUNTED.finditer(analysis.reading.text)]


def counted_places(analysis: Analysis, measures: str = "") -> list[int]:
    """Where a number of things may begin that are counted by one of ``measures``, or by any: looked for once for all lists."""
    return [place for place, measure in _counted(analysis) if not measures or measure in measures]


def keyed_counts(analysis: Analysis) -> Iterator[Outcome]:
    """Lists each item of which opens or ends with the word that was counted."""
    text = analysis.reading.text
    for match in _KEYED.finditer(text):
        number, key = whole_number(match["number"]), match["key"]
        items = match["items"].split("、")
        items[-1:] = _parted(items[-1], key)
        quoted = bool(match["closed"])
        if number < 2 or (len(key) < 2 and not quoted) or not (match["joint"] or quoted):
            continue
        if _FIXED_BEFORE.search(text, max(0, match.start() - 2), match.start()) or _OPEN.search(items[-1]):
            continue
        heads = all(item.startswith(key) for item in items)
        if heads or all(item.endswith(key) and item != key for item in items):
            yield from compared(analysis, Span(match.start("number"), match.end("key")), number, items, Severity.ERROR)


def _parted(item: str, key: str) -> list[str]:
    """天然气和煤制天然气: the last item is two, where both end in the word that was counted."""
    parts = compiled(r"以及|[和与及]").split(item)
    return parts if len(parts) == 2 and all(part.endswith(key) and part != key for part in parts) else [item]


def listed_counts(analysis: Analysis) -> Iterator[Outcome]:
    """Lists of names with their number and kind behind them."""
    text = analysis.reading.text
    for match in tried(_LISTED, counted_places(analysis, "个项大条类支"), text):
        listed = _items_before(text, match.start())
        if listed is None:
            continue
        items = listed[0].split("、")
        number = whole_number(match["number"])
        last = items[-1]
        if number < 2 or _FIXED_BEFORE.search(last) or _OPEN.search(last) or "等" in listed[0]:
            continue
        if any(len(item) > _LONGEST_ITEM for item in items[1:-1]) or any("的" in item for item in items[1:]):
            continue
        if match["noun"] and _of_another_kind(match["noun"], items):
            continue  # 城东街道、城西街道3个社区: the number is not that of the list
        pieces = [len([piece for piece in _AND.split(item) if piece]) for item in items]
        least, most = len(items), sum(pieces)
        if match["loose"] and (len({len(item) for item in items[1:]}) != 1 or len(items[0]) < len(items[1])):
            continue
        end = match.end(match.lastgroup or 0)
        if least <= number <= most:
            yield Checked(analysis.span(Span(match.start("number"), end)))
        elif abs(number - least) > _SLIP or (_ONE_OF_MANY.search(last) and len(last) != len(items[-2])):
            continue  # 街道、中队、所站包联12个社区: the number is not that of the list
        elif most == least or len(_AND.findall(last)) == 1 == most - least:
            # 规划、建设和管理三个环节 has three items, whichever way 和 is read.
            shown = [*items[:-1], *(piece for piece in _AND.split(last) if piece)]
            yield from compared(analysis, Span(match.start("number"), end), number, shown, Severity.WARNING)


def _items_before(text: str, end: int) -> re.Match[str] | None:
    """The names joined by 、 that end at ``end``."""
    start = max(0, end - _FAR_BACK)
    joint = text.rfind("、", start, end)
    if joint < 0 or _STOP.search(text, joint, end):
        return None
    before = text[start:joint]
    place = start + max(map(before.rfind, _STOPS)) + 1
    if text[place - 1 : place] in ("）", "》"):
        return None  # 住房、小区（社区）、街区、城区四个维度: more items stand before the bracket
    return _ITEMS.search(text[place:end])


def quoted_counts(analysis: Analysis) -> Iterator[Outcome]:
    """Names in quotation marks with their number behind them."""
    text = analysis.reading.text
    for match in _QUOTED.finditer(text) if _SIDE_BY_SIDE.search(text) else ():
        items = match["items"].replace("“", "").rstrip("”、和及与").split("”")
        names = [item.lstrip("、和及与") for item in items]
        number = whole_number(match["number"])
        if number >= 2 and abs(number - len(names)) <= _SLIP and all("、" not in name for name in names):
            at = Span(match.start("number"), match.end("noun"))
            yield from compared(analysis, at, number, names, Severity.WARNING)


@lru_cache(maxsize=1)
def _kinds() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """For each kind its nouns, at the end of the counted words, and what names of it end in."""
    rows = (line.split("\t") for line in lines(beside(__file__, "kinds.tsv")))
    return tuple((compiled(f"(?:{nouns})$"), compiled(f"(?:{endings})$")) for nouns, endings, _ in rows)


def alike(noun: str, items: Sequence[str]) -> bool:
    """Whether every item is by its ending a name of what ``noun`` counts."""
    return any(
        kind.search(noun) is not None and all(ending.search(item) is not None for item in items)
        for kind, ending in _kinds()
    )


def _is_kind(item: str) -> bool:
    """Whether it names a kind, and none of it: the brackets of 3个乡镇（街道、园区）."""
    return item.endswith(("园区", "开发区", "单位")) or any(kind.fullmatch(item) for kind, _ in _kinds())


def _mostly(noun: str, items: Sequence[str]) -> bool:
    """办公室、法规科、监测科、执法大队六个科室: most of the names are by their endings of that kind, and none is a place."""
    for kind, ending in _kinds():
        if kind.search(noun) is not None and len(items) > 3 and not any(_PLACE.search(item) for item in items):
            return sum(ending.search(item) is not None for item in items) * 5 >= len(items) * 3
    return False


#: 有磨石冲、黄泥坳、双桥四座小型水库: the list opens with a word that says what there is.
_THERE_IS = compiled(r"(?<![所拥具享没])有[一-龥]{2,6}$")


#: What places are called that names stand for without their ending: 青岭、白沙、石门3个乡镇.
_BARE = compiled(r"(?:乡镇|镇街|[乡镇村]|社区|县区|区县|县市区|县|小区|水库|网格|片区|集镇|村庄|自然村)$")
#: 6个村民小组, 3个镇级平台: the word goes on.
GOES_ON = compiled(r"[民级委干组支集办长域]")


def bare_names(text: str, end: int, noun: str, items: Sequence[str]) -> bool:
    """Whether the names are cut alike, the first one perhaps with words before it, and none is told elsewhere to be of another kind."""
    size = len(items[-1])
    if not 2 <= size <= 3 or not _BARE.search(noun) or GOES_ON.match(text, end):
        return False
    if any(len(item) != size for item in items[1:]) or not size <= len(items[0]) <= size + _LONGEST_ITEM:
        return False
    names = [item[-size:] for item in items]
    if len({name[-1] for name in names} | {noun[-1]}) == 2 and names[0][-1] == names[1][-1]:
        return False  # 3个社区（网格站、党群站、卫生站、文化站）: they are of another kind
    return len(set(names)) == len(names) and not any(
        name + other in text for name in names for other in ("镇", "乡", "街道", "县", "区", "市") if other not in noun
    )


def _introduced(match: re.Match[str], items: Sequence[str]) -> bool:
    """Whether short names follow 有 and are counted by a word for buildings and bodies."""
    return (
        match["measure"] in ("座", "所", "家", "条", "支")
        and _THERE_IS.search(items[0]) is not None
        and all(2 <= len(item) <= 6 for item in items[1:])
    )


def _of_another_kind(noun: str, items: Sequence[str]) -> bool:
    """Whether some of the names end as names of places do, and not as those of ``noun``."""
    ending = next((ending for kind, ending in _kinds() if kind.search(noun)), None)
    return ending is not None and any(_PLACE.search(item) and not ending.search(item) for item in items)


def _numbered(analysis: Analysis, at: Span, number: int, items: Sequence[str]) -> Iterator[Outcome]:
    """The list against its number, whichever way a 和 in it is read; a number far from it counts something else."""
    shown = [piece for item in items for piece in _AND.split(item) if piece]
    if len(items) <= number <= len(shown):
        yield Checked(analysis.span(at))
    elif abs(number - len(items)) <= _SLIP and len(shown) - len(items) == len(_AND.findall(items[-1])) <= 1:
        yield from compared(analysis, at, number, shown, Severity.WARNING)


def titled_counts(analysis: Analysis) -> Iterator[Outcome]:
    """Titles side by side with their number before or behind."""
    text = analysis.reading.text
    if "》《" not in text and "》、《" not in text:
        return
    for pattern in (_TITLED, _TITLES_AFTER):
        for match in pattern.finditer(text):
            titles = _TITLE.findall(match["items"])
            number = whole_number(match["number"])
            before = text[max(0, match.start() - 2) : match.start()]
            if number >= 2 and abs(number - len(titles)) <= _SLIP and not _FIXED_BEFORE.search(before):
                at = Span(match.start("number"), match.end("noun"))
                yield from compared(analysis, at, number, titles, Severity.WARNING)


def named_counts(analysis: Analysis) -> Iterator[Outcome]:
    """Names of one kind with their number and that kind before or behind."""
    text = analysis.reading.text
    for match in tried(_COUNTED_NAMES, counted_places(analysis, "个所家条座处名支大"), text):
        listed = _items_before(text, match.start() - text.startswith("，", match.start() - 1))
        if listed is None or "等" in listed[0]:
            continue
        items = listed[0].split("、")
        noun = _noun_at(text, match)
        number = whole_number(match["number"])
        if number >= 2 and noun and not _FIXED_BEFORE.search(items[-1]) and not any("的" in item for item in items[1:]):
            pieces = [piece for item in items for piece in _AND.split(item) if piece]
            apart = text[match.start() - 1] == "，"  # 塘口村和花桥社区，六个村（社区）占……
            at = Span(match.start("number"), match.start("noun"))
            if alike(noun, pieces):
                if abs(number - len(pieces)) <= _SLIP:
                    yield from compared(analysis, at, number, pieces, Severity.WARNING)
            elif (
                not apart
                and (_mostly(noun, items) or _introduced(match, items))
                and abs(number - len(items)) <= _SLIP
                and not len(items) <= number <= len(pieces)  # 工业和信息化局 is one, whichever way 和 is read
            ):
                yield from compared(analysis, at, number, items, Severity.WARNING)
            elif (
                not apart
                and len(pieces) > 2
                and abs(number - len(pieces)) <= 1
                and bare_names(text, match.start("noun") + len(noun), noun, pieces)
            ):
                yield from compared(analysis, at, number, pieces, Severity.WARNING)
    for match in tried(_NAMES_AFTER, counted_places(analysis, "个所家条座处支项类种大"), text):
        number = whole_number(match["number"])
        items = _ASIDE.sub("", match["items"]).split("、")
        before = text[max(0, match.start() - 8) : match.start()]
        if number < 2 or _FIXED_BEFORE.search(before) or _OPEN.search(items[-1]) or "等" in match["items"]:
            continue
        if any("的" in item for item in items):
            continue
        noun = match["noun"] or before
        pieces = [piece for item in items for piece in _AND.split(item) if piece]
        at = Span(match.start("number"), match.end("noun"))
        close = match["joint"][0] in "：（"
        bracket = match["joint"][0] == "（"
        if bracket and (match["stop"] != "）" or any(map(_is_kind, pieces))):
            continue
        if (
            close
            and "、" in before
            and compiled(r"\d[^\d]{0,2}、").search(text, max(0, match.start() - 14), match.start())
        ):
            continue  # 省级2家、市级3家：…: the list is of both
        if alike(noun, pieces):
            if abs(number - len(pieces)) <= _SLIP:
                yield from compared(analysis, at, number, pieces, Severity.WARNING)
        elif close and len(pieces[0]) == len(pieces[-1]) and bare_names(text, match.end("noun"), noun, pieces):
            if abs(number - len(pieces)) <= 1:
                yield from compared(analysis, at, number, pieces, Severity.WARNING)
        elif "分别" in match["joint"]:
            yield from _numbered(analysis, at, number, items)
    if "分别" in text:
        yield from _named_two(analysis)
    if "位" in text or "名" in text:
        yield from _ranked(analysis)


def _named_two(analysis: Analysis) -> Iterator[Outcome]:
    """Two names behind a greater number, each of one kind by its ending."""
    text = analysis.reading.text
    for match in tried(_TWO_AFTER, counted_places(analysis, "个所家条座处支"), text):
        number, items = whole_number(match["number"]), match["items"].split("和")
        if number < 2 or number > 2 + _SLIP or _OPEN.search(items[-1]) or any("的" in item for item in items):
            continue
        if _FIXED_BEFORE.search(text, max(0, match.start() - 2), match.start()) or items[0][-1] != items[1][-1]:
            continue
        yield from compared(analysis, Span(match.start("number"), match.end("noun")), number, items, Severity.WARNING)


def _ranked(analysis: Analysis) -> Iterator[Outcome]:
    """Names behind 前三位的是: as many as there are places."""
    text = analysis.reading.text
    for match in _RANKED.finditer(text):
        number, items = whole_number(match["number"]), match["items"].split("、")
        if "等" in match["items"] or any("的" in item for item in items) or _AND.search(match["items"]):
            continue
        if abs(number - len(items)) <= _SLIP:
            yield from compared(
                analysis, Span(match.start("number"), match.end("measure")), number, items, Severity.WARNING
            )


def staged_counts(analysis: Analysis) -> Iterator[Outcome]:
    """Stages and groups that are counted and then numbered one by one: 分三个阶段：第一阶段……第四阶段……."""
    text = analysis.reading.text
    if "第一" not in text and "第1" not in text:
        return
    for match in _STAGED.finditer(text):
        number, noun = whole_number(match["number"]), match["noun"]
        following = _STAGED.search(text, match.end(), match.end() + _FAR_ON)
        end = following.start() if following else match.end() + _FAR_ON
        items: list[str] = []
        for ordinal in _ORDINAL.finditer(text, match.end(), end):
            if ordinal["noun"] != noun or whole_number(ordinal["number"]) <= len(items):
                continue  # of another list, or named again
            if whole_number(ordinal["number"]) != len(items) + 1:
                items = []
                break
            items.append(ordinal[0])
        at = Span(match.start("number"), match.end())
        if len(items) > number >= 2:
            yield from compared(analysis, at, number, items)
        elif len(items) == number:
            yield Checked(analysis.span(at))
        elif len(items) == number - 1 >= 2 and text.startswith(items[0], match.end() + 1) and text[match.end()] == "：":
            yield from compared(analysis, at, number, items, Severity.WARNING)


def _noun_at(text: str, match: re.Match[str]) -> str:
    """The longest noun of a kind that stands right after the measure word."""
    words = text[match.start("noun") : match.start("noun") + 10]
    for size in range(len(words), 0, -1):
        noun = _ADJECTIVES.sub("", words[:size])
        if any(kind.fullmatch(noun) for kind, _ in _kinds()):
            return words[:size]
    return ""


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
