"""Things counted beside their days, people or points of the compass: 召开会议4次，分别于3月、6月和11月; 东、西、南四个片区."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlint.analysis import Analysis
from reportlint.finding import Outcome, Severity
from reportlint.moment import Date, Precision
from reportlint.numerals import whole_number
from reportlint.patterns import compiled
from reportlint.span import Span
from reportlint.timing import dates_in_rows
from reportlint_rules.numbers.lists.enumerations import alike, bare_names, compared

_N = r"(?P<number>[两二三四五六七八九十]|\d{1,2})(?<![第前每近余约百千〇零.][两二三四五六七八九十])(?<![第前每近余约\d.]\d)(?<![第前每近余约\d.]\d\d)"
_JOINT = compiled(r"、|和|及|与|以及")
#: 召开会议4次, 三轮: how often.
_TIMES = compiled(rf"{_N}(?P<measure>次|场|期|轮|批|届)(?!理|次|以上|以下|以内|性|级)")
#: 分别于, 分别为, （: what opens the days of each time.
_EACH = compiled(r"(?P<each>分别)(?:为|是|于|在|自)?$|[次场期轮批届][，（](?:时间)?(?:为|是|于|在)?$")
#: What tells that the days are not all, or that one of them counts twice.
_PARTLY = compiled(r"其中|每|各|平均|累计|以来|以上|余|多|不少于|至少|等|计划|拟|、[^、，]{0,8}\d")
_GOES_ON = compiled(
    r"(?:[^，。；]{0,12}(?:等|各[一两\d]|两次|2次|间|期间|至|到|前|起|以来|的(?!会))|[^。；]{0,20}其中)"
)
_NEAR = 40
_SLIP = 2


def dated_counts(analysis: Analysis) -> Iterator[Outcome]:
    """A number of times against the days or months given for them; 连续三个月 against the months before it."""
    text = analysis.reading.text
    for row in dates_in_rows(analysis, _JOINT):
        if len(row) < 2 or any(one.end or one.titled or one.named for one in row):
            continue
        start, end = row[0].at.start, row[-1].at.end
        if len({one.precision for one in row}) == 1:
            yield from _running(analysis, row)
        each = _EACH.search(text, max(0, start - 10), start)
        if each is None or _GOES_ON.match(text, end):
            continue
        low = max(start - _NEAR, max(text.rfind(mark, 0, start) for mark in "。；\n") + 1)
        told = list(_TIMES.finditer(text, low, start))
        if not told and each["each"]:
            behind = _TIMES.search(text, end, end + 16)
            told = [behind] if behind and not compiled("[，。；、]").search(text, end, behind.start()) else []
            between = text[low:start]
            if "、" in between or "和" in between or "与" in between:
                continue  # 甲镇、乙镇分别于3月、6月召开2次
        elif len(told) == 1:
            between = text[told[0].end() : start]
        if len(told) != 1 or _PARTLY.search(between):
            continue
        number = whole_number(told[0]["number"])
        at = Span(told[0].start("number"), told[0].end("measure"))
        if number > 1 and abs(number - len(row)) <= _SLIP:
            yield from compared(analysis, at, number, [text[slice(*one.at)] for one in row], Severity.WARNING)


#: （2021年、2022年、2023年）连续四年, 5月、6月、7月连续两个月.
_IN_A_ROW = compiled(rf"[）)]?，?(?:已|共)?连续{_N}(?P<unit>个月|年|个季度)(?!度?以上|多|余)")
_IN_A_ROW_BEFORE = compiled(rf"连续{_N}(?P<unit>个月|年|个季度)(?:度)?[^，。；（\d]{{0,4}}[（(](?:即|分别为)?$")
_UNITS = {"个月": Precision.MONTH, "年": Precision.YEAR, "个季度": Precision.QUARTER}


def _running(analysis: Analysis, row: Sequence[Date]) -> Iterator[Outcome]:
    text = analysis.reading.text
    start, end = row[0].at.start, row[-1].at.end
    said = _IN_A_ROW.match(text, end) or _IN_A_ROW_BEFORE.search(text, max(0, start - 16), start)
    if said is None or _UNITS[said["unit"]] is not row[0].precision:
        return
    at = Span(said.start("number"), said.end("unit"))
    yield from compared(
        analysis, at, whole_number(said["number"]), [text[slice(*one.at)] for one in row], Severity.WARNING
    )


#: 东、西、南四个片区; 甲、乙、丙三组: single characters that each stand for one.
_SINGLE = "东西南北中甲乙丙丁戊己左右老青少幼农林牧渔水电气热路讯网红黄蓝橙绿白春夏秋冬早晚"
_SINGLES = compiled(
    rf"(?<![^\n，。；：（“在对于由从将以分按设有为的按了立善])(?P<items>[{_SINGLE}](?:[、和与及][{_SINGLE}]){{1,6}}){_N}(?P<noun>(?:个|大|条|类|种|支|张|块|座|期|路|片|组|方|地|色|季|道))(?!月|环节)"
)
#: 青岭、白沙、石门和柳坝四镇: no measure word between.
_OF_PLACES = compiled(
    r"(?P<items>[一-龥]{2,12}(?:、[一-龥]{2,5}){1,6}(?:[和与及][一-龥]{2,5})?)(?P<number>[三四五六七八九])(?P<noun>[镇县乡村区]|部门)(?![镇县乡村区一二两三四五六七八九十、])"
)
#: The commonest surnames, but for those that open as many other words.
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱何郭罗梁宋郑谢韩唐冯董袁邓傅沈曾彭吕苏卢蒋蔡贾魏薛叶阎潘杜戴钟汪姜范姚谭廖邹熊陆郝孔崔邱顾侯邵孟钱尹黎贺赖龚"
#: 对张某、李某、王某3人立案: names before their number.
_PERSONS = compiled(
    rf"(?P<items>[^、，。；：（）“”\n]{{2,14}}(?:[、和与及][{_SURNAMES}][一-龥]{{1,2}}){{1,6}})(?P<number>[两三四五六七八九]|\d)(?P<noun>[名位人])(?!次|均|员|一)"
)
_PERSON = compiled(rf"[{_SURNAMES}][一-龥]{{1,2}}$")
#: 两名干部受到处分，分别是张某、李某和王某; 培训3期，分别为安全管理培训、应急救护培训.
_ITEM = r"[^，。；：、“”（）《》\n]{2,18}"
_LISTED = compiled(
    rf"{_N}(?P<measure>名|位|人|期|次|场|起|件|批|届|份|笔|篇)(?!次|均)[^，。；：、\n\d]{{0,16}}，分别[是为]：?(?P<items>{_ITEM}(?:、{_ITEM}){{1,9}})(?P<stop>[，。；）\n]|$)"
)
#: 三名同志获表彰：李明、王强、赵刚: people by name.
_PEOPLE = compiled(
    rf"{_N}(?P<measure>名|位|人)(?!次|均)[^，。；：、\n\d]{{0,14}}(?:：|（)(?P<items>[一-龥]{{2,3}}(?:、[一-龥]{{2,3}}){{1,9}})(?P<stop>[，。；）\n]|$)"
)
_AND = compiled(r"和|及|与|以及")
_A_FEW = compiled(r"等|各|分别|其他|其它|之一|\d[名位人期次场起件批届份笔篇家个%万亿元]")


def listed_counts(analysis: Analysis) -> Iterator[Outcome]:
    """Single characters before their number, and what is named one by one behind it."""
    text = analysis.reading.text
    for match in analysis.matches(_SINGLES):
        items = compiled("[、和与及]").split(match["items"])
        if len(set(items)) == len(items):
            at = Span(match.start("number"), match.end("noun"))
            yield from compared(analysis, at, whole_number(match["number"]), items, Severity.WARNING)
    for match in analysis.matches(_OF_PLACES):
        items = compiled("[、和与及]").split(match["items"])
        number, noun = whole_number(match["number"]), match["noun"]
        if (
            len(items) > 2
            and abs(number - len(items)) == 1
            and (alike(noun, items) or bare_names(text, match.end(), noun, items))
        ):
            at = Span(match.start("number"), match.end())
            yield from compared(analysis, at, number, items, Severity.WARNING)
    for match in analysis.matches(_PERSONS):
        items = compiled("[、和与及]").split(match["items"])
        number = whole_number(match["number"])
        if (
            number > 1
            and abs(number - len(items)) == 1
            and "等" not in items[-1]
            and all(_PERSON.search(item) for item in items)
        ):
            yield from compared(analysis, Span(match.start("number"), match.end()), number, items, Severity.WARNING)
    for match in (*analysis.matches(_LISTED), *analysis.matches(_PEOPLE)):
        items = match["items"].split("、")
        number = whole_number(match["number"])
        at = Span(match.start("number"), match.end("measure"))
        if number < 2 or _A_FEW.search(match["items"]) or "的" in match["items"]:
            continue
        if text[max(0, match.start() - 1) : match.start()] in ("这", "另", "其", "余", "外"):
            continue
        parts = [part for part in _AND.split(items[-1]) if part]
        if len(parts) == 2 and match["measure"] in "名位人":
            items = [*items[:-1], *parts]
        elif len(parts) > 1 and number == len(items) + 1:
            continue  # 和 may part the last two, or stand inside one
        if abs(number - len(items)) <= _SLIP:
            yield from compared(analysis, at, number, items, Severity.WARNING)
