"""NM112, NM121: lists whose length was announced."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

from reportlint.analysis import Analysis
from reportlint.claims import Claim
from reportlint.files import beside, lines
from reportlint.finding import Checked, Finding, Message, Outcome, Related, Severity
from reportlint.numerals import whole_number
from reportlint.patterns import compiled, tried
from reportlint.phrase import clause_start
from reportlint.record import NamedTuple
from reportlint.rule import rule
from reportlint.span import Span
from reportlint.units import NO_UNIT
from reportlint_rules.numbers.lists.arity import clause_arity
from reportlint_rules.numbers.lists.echoes import echoed_counts, paired_counts
from reportlint_rules.numbers.lists.enumerations import (
    GOES_ON,
    compared,
    counted_places,
    keyed_counts,
    listed_counts,
    named_counts,
    quoted_counts,
    staged_counts,
    titled_counts,
)
from reportlint_rules.numbers.lists.series import series_counts

_RESPECTIVELY = compiled(r"分别")
#: What may stand between 分别 and its first figure.
_LEADS_TO = compiled(r"[^，。；、：“”（）\n]{0,10}")
#: “第一种形态”“第二种形态”: quoted items side by side.
_QUOTED_ITEMS = compiled(r"(?<!”)(?<!”[、和及与])(?<!”以及)(?:“[^“”\n]{1,16}”(?:[、和及与]|以及)?){2,}$")
#: 和, 及, 与 as conjunctions, not inside 普及, 共和, 参与.
_AND = r"(?:(?<![总共中饱温])和(?!谐|平|解|睦)|(?<![普涉以触波危兼顾])及(?!时|格|早|其|以)|(?<![参给赋授])与(?!会))"


#: 白沙镇、柳溪镇和乌桥镇: names that end alike, before or behind which one 的 may stand.
_KINDS = ("镇|乡|县|市|区|街道|村|社区", "局", "校", "院", "园", "公司", "站", "所")
_ALIKE = compiled(
    "|".join(
        rf"(?:[^、，。；的]{{0,8}}的)?[一-龥]{{1,5}}(?:{kind})(?:(?:、|{_AND})[一-龥]{{1,5}}(?:{kind}))+"
        for kind in _KINDS
    )
)
_COUNTED_KINDS = compiled(
    r"([^，。；的]{1,12}、[^，。；的]{1,30}?)([两二三四五六七八九]|[2-9])(?:个|类|项|种|级|大)[一-龥]{1,4}的?[一-龥]{2,10}"
)
#: What parts a phrase of subjects from what stands before it.
_BREAKS = "，。；：！？\n（）"
_OF_PLACES = compiled(r"^[^、，。；的]{1,8}的(?=[^的]+$)|(?<=[镇乡县市区道村局校院园])的(?:[一-龥]{2,4})$")


def _subjects(text: str, end: int) -> list[str] | None:
    """The parallel subjects right before 分别, or ``None`` where they cannot be told apart for sure."""
    phrase = text[clause_start(text, end, _BREAKS) : end]
    if not phrase and text[end - 1 : end] == "，":
        # 三项支出平稳增长，分别达到……: the subjects stand in the clause before.
        start, stop = clause_start(text, end - 1, _BREAKS), end - 1
        counted = compiled(r"(.*?、.*?)[两二三四五六七八九十]\w{0,2}[项个类条家种地县区]").match(text[start:stop])
        phrase = counted[1] if counted else ""
        if not phrase:
            phrase = text[start:stop]
            if not _ALIKE.fullmatch(phrase):
                return None
    quoted = _QUOTED_ITEMS.search(phrase)
    if quoted:
        return compiled(r"“[^“”]*”").findall(quoted[0])
    counted = _COUNTED_KINDS.fullmatch(phrase)
    if (
        counted
        and (items := [item for item in compiled(rf"、|{_AND}").split(counted[1]) if item])
        and len(items) == whole_number(counted[2])
    ):
        return items  # 上午、下午、晚上三个时段的抽检合格率
    phrase = _OF_PLACES.sub("", phrase)
    if "、" not in phrase or any(mark in phrase for mark in "“”《》的") or compiled(rf"{_AND}.*{_AND}").search(phrase):
        return None
    # 、 lists, with one 和 before the last item; 和 before a 、 joins something smaller.
    tail = compiled(_AND).split(phrase)
    if len(tail) == 2 and ("、" in tail[1] or _OF_A_KIND.match(tail[1])):
        return None
    items = [item for item in compiled(rf"、|{_AND}").split(phrase) if item]
    return items if all(len(item) <= 16 for item in items[1:]) else None


#: 机电产品及设备类: the two make one kind.
_OF_A_KIND = compiled(r"[一-龥]{1,6}类(?!别)")


def _values(claims: Sequence[Claim], first: int) -> list[Claim]:
    """The figures joined by 、 (or 和, 及) from ``first`` on, all in one clause and unit."""
    values = [claims[first]]
    for place in range(first + 1, len(claims)):
        claim = claims[place]
        if (
            claim.clause != values[-1].clause
            or claim.lead.strip("了约近")
            or (claim.quantity.unit.name != values[0].quantity.unit.name and not _unitless(values))
        ):
            break
        values.append(claim)
    if _unitless(values) and len({claim.quantity.unit.name for claim in values}) > 1:
        # 86.2、79.5分: the last one's unit is that of all, where only the last has one.
        return values if _unitless(values[:-1]) else values[:1]
    return values


def _unitless(values: Sequence[Claim]) -> bool:
    return all(claim.quantity.unit is NO_UNIT for claim in values)


#: 分别为1.1毫克/立方米，均达到标准: one value and no other in the clause after.
_IS = compiled(r"(?:为|是|达到?|达成)")
_NO_MORE = compiled(
    r"[，。；\n](?:(?![^，。；\n]{0,12}\d)|(?=[一-龥]{2,10}(?:率|比例|总额|总数|面积|金额)(?:为|达到?)?\d))"
)


def _alone(text: str, start: int, value: Claim) -> bool:
    """Whether a single figure stands where several are called for, no limit and none in the clause after it."""
    return (
        _IS.fullmatch(text, start, value.at.start) is not None
        and value.quantity.exact
        and _NO_MORE.match(text, value.at.end) is not None
    )


_SAID = compiled(
    r"([两二三四五六七八九十2-9])(?:个|家|项|类|种|条|大|地|县|市|区|镇|级|方|者|所|处|段)[一-龥、]{0,12}$"
)


#: 前三个季度……分别为: so many periods, so many figures.
_PERIODS = compiled(
    r"(?:前|近|最近)(?P<number>[两二三四五六七八九]|[2-9])个?(?:季度|月|年|周|批次)(?:的)?[^，。；：、\d]{0,20}$"
)


def _of_periods(analysis: Analysis, periods: re.Match[str], values: Sequence[Claim]) -> Iterator[Outcome]:
    """前三个季度增速分别为5.1%、5.4%、5.8%和6.0%: a figure for each period, and no more."""
    place = analysis.span(Span(periods.start(), periods.end("number")))
    yield Checked(place)
    if whole_number(periods["number"]) != len(values):
        yield Finding(
            place,
            Message(
                f"“{periods[0][:4]}”是 {whole_number(periods['number'])} 个数，后面列了 {len(values)} 个，请核对",
                f"{whole_number(periods['number'])} periods but {len(values)} values",
            ),
            tuple(Related(value.quantity.span, "数值") for value in values),
            severity=Severity.WARNING,
        )


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
    if "分别" not in text:
        return
    yield from clause_arity(analysis)
    claims = analysis.claims
    starts = analysis.claim_starts
    for match in _RESPECTIVELY.finditer(text):
        index = bisect_left(starts, match.end())
        if index == len(claims) or not _LEADS_TO.fullmatch(text, match.end(), starts[index]):
            continue
        values = _values(claims, index)
        subjects = _subjects(text, match.start())
        periods = _PERIODS.search(text, max(0, match.start() - 40), match.start()) if len(values) > 1 else None
        if periods is not None and (subjects is None or len(subjects) < 2):
            yield from _of_periods(analysis, periods, values)
            continue
        if subjects is None or len(subjects) < 2:
            continue
        if len(values) < 2 and not _alone(text, match.end(), values[0]):
            continue
        last = values[-1].at.end
        if text[last : last + 1] not in "，。；、）\n" or text[last : last + 1] == "、":
            continue
        yield Checked(analysis.span(Span(match.start(), values[0].at.start)))
        # 水利、交通、工业和信息化三个部门分别: the writer has counted the subjects himself.
        said = _SAID.search(text, max(0, match.start() - 20), match.start())
        if said and whole_number(said[1]) == len(values):
            continue
        if len(subjects) != len(values):
            yield Finding(
                analysis.span(Span(match.start(), match.start() + 2)),
                Message(
                    f"“分别”前面有 {len(subjects)} 个主语，后面有 {len(values)} 个数值，对不上，请核对",
                    f"{len(subjects)} subjects but {len(values)} values around 分别 (respectively)",
                ),
                tuple(Related(value.quantity.span, "数值") for value in values),
                severity=Severity.ERROR if len(values) > 1 else Severity.WARNING,
            )


_HAN = "一二三四五六七八九十"
_MEASURE = r"(?:个|项|大|条|类|种|件|点|张|方面|批|场|家|篇|部|名|处)"
_SERIES = (
    [f"{n}是" for n in _HAN],
    [f"{n}要" for n in _HAN],
    [f"（{n}）" for n in _HAN],
    [f"（{n}）" for n in range(1, 11)],
    [f"{n}." for n in range(1, 11)],
    [f"第{n}，" for n in _HAN],
    [f"其{n}，" for n in _HAN],
    list("①②③④⑤⑥⑦⑧⑨⑩"),
)
#: A number of things, then a colon or a new paragraph, then the first item of a list.
_ANNOUNCE = compiled(
    rf"([一二两三四五六七八九十\d](?:(?<!\d)[一二两三四五六七八九十]?|(?<=\d)(?<![\d.].)\d?))({_MEASURE})(?:“[^“”]{{0,12}}”|[^，。；：、“”\n]{{0,14}})?”?[^，。；：、“”\n]{{0,6}}[：:。，]?\n?"
    r"(?=一是|一要|（一）|（1）|1\.(?!\d)|第一，|其一，|①)"
)
#: 6个月以下的执业活动：, 两名以上：: spans of time and limits count no items.
_NO_COUNT = compiled(r"月|工作日|自然日|小时|年|百分点|以上|以下|以内")
#: Without a colon only such words say that the list comes now.
_LEADS_ON = compiled(r"方面|体会|特点|不足|短板|困难|重点|亮点|经验|做法|变化|任务|工作")
#: “调结构、优布局、强基础”三大行动: a quoted list and its number.
_QUOTED_LIST = compiled(
    rf"“([^“”\n]{{2,60}})”([一二两三四五六七八九十]{{1,2}}|\d{{1,2}})({_MEASURE}|级|方|维|张)(?![一二三四五六七八九十\d字])"
)
#: 问题清单、责任清单、整改清单三张清单: items that end in the noun that is counted after them.
_NAMED_COUNT = compiled(rf"([两三四五六七八九十\d](?<=[一-龥].)(?:(?<!\d)|(?<=\d)\d?))({_MEASURE})([一-龥]{{1,4}})")


_STOPS = "，。；：“”（）\n"
_STOP = compiled(f"[{_STOPS}]")


@lru_cache(maxsize=1)
def _fixed() -> re.Pattern[str]:
    """Terms whose number is part of the name."""
    return compiled("|".join(line.split("\t")[0] for line in lines(beside(__file__, "fixed_counts.tsv"))))


class _Listing(NamedTuple):
    """The markers of a list that stand in order, and whether a later one stands without the one before it."""

    markers: tuple[Span, ...]
    broken: bool


def _opens_item(text: str, place: int) -> bool:
    return place == 0 or text[place - 1] in "。；，、\n：！？”）"


def _nested(text: str, marker: str, start: int, end: int) -> bool:
    """Whether an earlier marker stands again before the next one: a list inside the list."""
    place = text.find(marker, start, end)
    return place >= 0 and _opens_item(text, place) and "\n" not in text[start:place]


def _listing(text: str, start: int, series: Sequence[str]) -> _Listing:
    """The items that follow ``start``: the markers of ``series`` in order, until one restarts the count."""
    found: list[Span] = []
    at = start
    for number, marker in enumerate(series):
        place = text.find(marker, at)
        restart = text.find(series[0], at + 1) if number else -1
        if place >= 0 and number and any(_nested(text, earlier, at, place) for earlier in series[:number]):
            return _Listing(tuple(found), broken=True)
        if place < 0 or (0 <= restart < place) or not _opens_item(text, place):
            break
        found.append(Span(place, place + len(marker)))
        at = place + len(marker)
    # A later marker without the one before it (一是…三是) is a gap in the numbering: another rule's matter.
    end = text.find(series[0], at)
    rest = text[at : end if end >= 0 else len(text)]
    gap = any((place := rest.find(marker)) > 0 and _opens_item(rest, place) for marker in series[len(found) + 1 :])
    return _Listing(tuple(found), gap)


@rule(
    "NM121",
    "announced-count",
    severity=Severity.ERROR,
    bad=(
        "推进⟦三个⟧创建：一是推进示范市创建，健全机制。二是推进监测站能力建设，配强人员。",
        "当前还存在⟦四个⟧方面的不足：一是基础不牢；二是力量薄弱；三是统筹不够。",
        "实施“调结构、优布局、强基础”⟦四大⟧行动。",
        "白沙镇、柳溪镇、乌桥镇⟦4个⟧镇不同程度受灾。",
    ),
    good=(
        "推进两个创建：一是推进示范市创建，健全机制。二是推进监测站能力建设，配强人员。",
        "当前还存在以下三个方面的不足：一是基础不牢；二是力量薄弱；三是统筹不够。",
        "认真落实三项制度。一是加强公示，二是全程记录。",
        "实施“调队伍、优结构、固基础、提能力”四大工程。",
        "白沙镇、柳溪镇等4个镇不同程度受灾。",
    ),
)
def announced_count(analysis: Analysis) -> Iterator[Outcome]:
    """宣布的项数与列出的项数不符。

    “三个创建：一是……二是……”只列了两项，要么漏写一段，要么前面的数没有跟着改；“A镇、B镇、C镇4个镇”也是一样。

    长短一样的几项（四步法：……）、前后数得出的（逢周一、周三、周五发车，每周开行 3 天；两度上榜后第三次入选）也核对。

    只核对数字后紧跟着列举（冒号或换行之后就是“一是”“（一）”“1.”）、或列举后紧跟着数字的情形。带“等”的、八项规定一类固定名称、
    列举中断或另起一层的不报。
    """
    told: set[int] = set()
    for outcome in chain(
        _announced(analysis),
        _counted_after(analysis),
        keyed_counts(analysis),
        listed_counts(analysis),
        quoted_counts(analysis),
        titled_counts(analysis),
        named_counts(analysis),
        staged_counts(analysis),
        series_counts(analysis),
        echoed_counts(analysis, _fixed()),
        paired_counts(analysis),
        _told_counts(analysis),
    ):
        if not isinstance(outcome, Finding):
            yield outcome
        elif outcome.span.start not in told:  # one list may be read in several ways
            told.add(outcome.span.start)
            yield outcome


#: 三项议程：; 四步调解法”：; 四个乡镇……：先后到; 四个项目 behind a list; 每周开行4天; 两度上榜后.
_TOLD = compiled(
    r"[两二三四五六七八九2-9](?:(?:项|个|条|种|大|道|方面)[^，。；：、\n]{0,12}：[一-龥]{3,14}、|(?:步|字|招|环节|心|诀)[^，。；：、\n]{0,8}”?[：，]即?[一-龥“：]{2,14}、|[个家所][^，。；：、\n]{1,12}[：，](?:先后|依次|分别|逐一)[一-龥]{2,14}、)|、[^，。；：、\n]{3,12}[两二三四五六七八九](?:个|项)(?:重[点大])?(?:项目|工程|事项|议题|子项)|周[一二三四五六日][、和]周|[两二三四五]度[^，。；]{0,10}[后，]"
)


#: 4次，分别于3月; 连续三个月; 东、西、南四个; 两名干部受到处分，分别是; 三名同志获表彰：.
_OCCASIONS = compiled(
    r"[次场期轮批届][^。；\n]{0,30}?[别（](?:为|是|于|在|自)?\d{1,4}[年月]|分别[于在为]?\d{1,4}[年月][^。；\n]{0,40}[次场期轮批届]|\d[年月度][）)，]{0,2}(?:已|共)?连续|连续[两二三四五六七八九十\d]{1,2}个?[月年季][^，。；（\d]{0,5}[（(]|[、和][东西南北中甲乙丙丁戊己左右老青少幼农林牧渔水电气热路讯网红黄蓝橙绿白春夏秋冬早晚][两二三四五六七八九\d][个大条类种支张块座期路片组方地色季道]|[两三四五六七八九2-9](?=[镇县乡村区名位人]|部门)(?:(?<=[、和与及][一-龥]{2}.)|(?<=[、和与及][一-龥]{3}.)|(?<=[、和与及][一-龥]{5}.))|[名位人期次场起件批届份笔篇][^，。；：、\n\d]{0,16}，分别[是为]|[名位人][^，。；：、\n\d]{0,14}[：（][一-龥]{2,3}、"
)


#: 首届……每年; 最近一次为第三十次; 今年首次获此; “一核两翼”; 四次会议……，两次会议共.
_TURNS = compiled(
    r"首届[^。；\n\d]{0,24}[每逐年]年|最[近后末]的?一次(?:会议)?[为是]|首次[获荣入摘夺]|[一两二三四五六七八九十多][轴核心翼带园廊圈极点片谷湾港环屏城区]”|次(?:全体)?会议[^。；\n]{0,24}，[两三四五六]次会议"
)


def _told_counts(analysis: Analysis) -> Iterator[Outcome]:
    """Lists that are cut alike, or whose number stands in other words."""
    if analysis.holds(_OCCASIONS):
        from reportlint_rules.numbers.lists import occasions

        yield from occasions.dated_counts(analysis)
        yield from occasions.listed_counts(analysis)
    if analysis.holds(_TURNS):
        from reportlint_rules.numbers.lists.turns import turns

        yield from turns(analysis)
    if not analysis.holds(_TOLD):
        return
    from reportlint_rules.numbers.lists.told_counts import told_counts

    yield from told_counts(analysis)


def _announced(analysis: Analysis) -> Iterator[Outcome]:
    text = analysis.reading.text
    for match in tried(_ANNOUNCE, counted_places(analysis), text):
        series = next((markers for markers in _SERIES if text.startswith(markers[0], match.end())), None)
        if series is None or not _announces(text, match):
            continue
        listing = _listing(text, match.end(), series)
        if listing.broken or not listing.markers:
            continue
        announced = whole_number(match[1])
        place = analysis.span(Span(match.start(), match.end(2)))
        yield Checked(place)
        if len(listing.markers) != announced:
            yield Finding(
                place,
                Message(
                    f"写明 {match[1]}{match[2]}，后面列了 {len(listing.markers)} 项（至“{text[slice(*listing.markers[-1])]}”），请核对",
                    f"{match[1]}{match[2]} announced, {len(listing.markers)} listed",
                ),
                tuple(Related(analysis.span(marker), "列举") for marker in listing.markers),
                severity=Severity.ERROR if len(listing.markers) > 1 else Severity.WARNING,
            )


def _announces(text: str, match: re.Match[str]) -> bool:
    """Whether the number counts the items that follow, not something named in passing."""
    before = text[max(0, match.start() - 1) : match.start()]
    quoted = "”" in match[0] or before == "“"
    colon = "：" in match[0]
    if not colon and (_keyed(text, match) if quoted else _named(text, match)):
        return True
    if not colon and (
        quoted or not _LEADS_ON.search(match[0]) or not text.startswith(("一是", "第一，", "其一，"), match.end())
    ):
        return False
    if _NO_COUNT.match(text, match.end(2)):
        return False
    if before in tuple("第前每这哪百千零〇十") or not 2 <= whole_number(match[1]) <= 10:
        return False
    return _fixed().search(text, match.start(), match.end()) is None


def _keyed(text: str, match: re.Match[str]) -> bool:
    """Whether the first item opens with the word in the quotation marks: “三个强化”。一是强化责任."""
    key = match[0].partition("”")[0][len(match[1]) + len(match[2]) :].strip("“")
    item = re.compile(r"[（(]?[一1①][）)是、.]?，?|一是|第一，|其一，").match(text, match.end())
    return 1 < len(key) <= 4 and item is not None and text.startswith(key, item.end())


_COUNTED_NOUN = compiled(r"[一-龥]{0,20}?([一-龥]{2})(?=[。：，]?$)")
_ITEM_LEAD = compiled(r"(?:（[一二1 2]）|[一二]是|[12]\.)([^，。；\n]{2,16})")


def _named(text: str, match: re.Match[str]) -> bool:
    """Whether the first two items both hold the noun that was counted: 三大行动。（一）“碧水”行动。…（二）“净土”行动。"""
    counted = _COUNTED_NOUN.match(match[0][len(match[1]) + len(match[2]) :].rstrip("\n"))
    items = _ITEM_LEAD.finditer(text, match.end(), match.end() + 400)
    if counted is None or counted[1] in ("方面", "工作", "任务"):
        return False
    leads = [item[1] for _, item in zip(range(2), items, strict=False)]
    return len(leads) == 2 and all(counted[1] in lead for lead in leads)


def _counted_after(analysis: Analysis) -> Iterator[Outcome]:
    """Lists with their number behind them, quoted or each ending in the noun that is counted."""
    text = analysis.reading.text
    for match in _QUOTED_LIST.finditer(text):
        items = match[1].split("、")
        # Only a list of one cut (调结构、优布局): 、 also joins words inside one item.
        if len(items) > 1 and len({len(item) for item in items}) == 1 and whole_number(match[2]) > 1:
            yield from compared(
                analysis, Span(match.start(2), match.end(3)), whole_number(match[2]), items, lead="前面"
            )
    for match in tried(_NAMED_COUNT, counted_places(analysis), text):
        joint = text.rfind("、", max(0, match.start() - 80), match.start())
        if joint < 0 or _STOP.search(text, joint, match.start()):
            continue
        start = max(text.rfind(mark, max(0, match.start() - 80), joint) for mark in _STOPS)
        items = text[start + 1 : match.start()].split("、")
        if whole_number(match[1]) < 2:
            continue
        noun = match[3]
        shared = any(
            all(item.endswith(noun[:size]) for item in items) and not GOES_ON.match(text, match.start(3) + size)
            for size in range(len(noun), 0, -1)
        )
        if shared and all(len(item) <= 12 and not compiled(r"[和及与等或\d]").search(item) for item in items):
            yield from compared(
                analysis, Span(match.start(1), match.end(2)), whole_number(match[1]), items, lead="前面"
            )
