"""ST010: so many sections were announced, and another number follows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.document import BlockKind
from reportlint.finding import Checked, Finding, Message, Outcome, Related, Severity
from reportlint.numerals import whole_number
from reportlint.patterns import compiled
from reportlint.rule import rule
from reportlint.span import Span

_HAN = "一二三四五六七八九十"
#: 从三个方面汇报如下：, 分四个部分报告。 at the end of a paragraph.
_ANNOUNCED = compiled(
    rf"(?:从|分|就|围绕|以下|下列|下面)(?:以下|下列|下面)?(?:为|成)?([两{_HAN}]{{1,2}}|\d{{1,2}})个(?:方面|部分|问题|专题)[^，。；：、\n\d]{{0,8}}(?:报告|汇报|介绍|说明|总结|述职|通报|讲|谈)[^，。；、\n\d]{{0,12}}[：。:]?$"
)
_SECTION = compiled(rf"(?:#{{1,6}} ?)?([{_HAN}]{{1,3}})、(?![{_HAN}])")
#: 重点抓好以下两方面工作。 and 四项任务，具体如下： at the end of a paragraph.
_FOLLOWS = compiled(
    rf"(?:(?:以下|下列|如下|下面)([两{_HAN}]|\d{{1,2}})(?:个|项|点|条|大|件|类|种)?(?:方面)?[^，。；：、\n\d]{{0,8}}[。：:]?"
    rf"|(?<![第前{_HAN}\d])([两{_HAN}]|\d{{1,2}})(?:个|项|点|条|大|件|类|种)(?:方面)?[^，。；：、\n\d]{{0,8}}，(?:具体|主要|分别|现)?[^，。；：\n]{{0,6}}(?:如下|包括|是)[：:。]?)$"
)
#: 共四部分……第五部分.
_BEYOND = compiled(
    rf"[分共由为成设计有括含][两{_HAN}\d]{{1,3}}个?(?:部分|板块|单元|章|编|篇|步|批)(?!次|准|评|复|发|示|骤|伐)|[两{_HAN}][个支][一-龥]{{0,8}}(?:组|专班|队|标段)[，。；（][^\n]{{0,80}}第[{_HAN}]|[两{_HAN}][批轮期][^。；\n]{{0,14}}，(?:其中)?第一[批轮期]"
)
#: What every such announcement holds.
_SAYS_SO = compiled(r"以下|如下|下列|下面|包括|是[。：:]?$")
#: The forms of an item's number at the beginning of a paragraph.
_ITEM = compiled(
    rf"（([{_HAN}]{{1,2}})）|（(\d{{1,2}})）|(\d{{1,2}})[.、．](?!\d)|([{_HAN}]{{1,2}})、|([{_HAN}]{{1,2}})是"
)
#: What another rule compares: 三个方面：, and the first item right behind.
_COLON = compiled(rf"[两{_HAN}\d](?:个|项|大|条|类|种|件|点)[^，。；：、\n]{{0,20}}：$")


@rule(
    "ST010",
    "announced-sections",
    severity=Severity.WARNING,
    bad=(
        "一是资金不足。二是人才短缺。三是机制不活。以上⟦四⟧个问题，需要着力解决。",
        "现将有关情况从⟦两⟧个方面汇报如下：\n一、基本情况\n全年运行平稳。\n二、主要问题\n力量不足。\n三、工作建议\n加大支持。",
    ),
    good=(
        "现将有关情况从三个方面汇报如下：\n一、基本情况\n全年运行平稳。\n二、主要问题\n力量不足。\n三、工作建议\n加大支持。",
        "一是资金不足。二是人才短缺。三是机制不活。以上三个问题，需要着力解决。",
        "从三个方面发力，成效明显。\n一、基本情况\n全年运行平稳。\n二、主要问题\n力量不足。",
        "现从三个方面作简要汇报。\n一、基本情况\n全年运行平稳。\n三、工作建议\n加大支持。",
    ),
)
def announced_sections(analysis: Analysis) -> Iterator[Outcome]:
    """开头说从几个方面汇报，后面的“一、二、三、”却不是这个数。

    “从两个方面汇报如下”后面列了三个部分：增删之后开头没有跟着改。

    “一是……二是……三是……。以上四个问题”、“抓好以下两方面工作。”后面的（一）（二）（三），“四项任务，具体如下：”后面的 1. 2. 3. 也核对。

    只数紧接在后面、从“一、”开始、序号连续到全文末尾的；序号断了的由 broken-numbering 报，后面又从“一、”编号的不报。
    """
    yield from _following(analysis)
    yield from _under_headings(analysis)
    yield from _summed_up(analysis)
    if analysis.holds(_BEYOND):
        from reportlint_rules.structure.parted import beyond_announced

        yield from beyond_announced(analysis)
    text = analysis.reading.text
    if "个方面" not in text and "个部分" not in text and "个问题" not in text and "个专题" not in text:
        return
    starts = _starts(analysis)
    for index, start in enumerate(starts):
        end = starts[index + 1] - 1 if index + 1 < len(starts) else len(text)
        announced = _ANNOUNCED.search(text, start, end)
        if announced is None:
            continue
        number = whole_number(announced[1])
        sections = [found for at in starts[index + 1 :] if (found := _SECTION.match(text, at))]
        if not sections or index + 1 >= len(starts) or sections[0].start() != starts[index + 1]:
            continue
        if [whole_number(found[1]) for found in sections] != list(range(1, len(sections) + 1)):
            continue
        place = analysis.span(Span(*announced.span(1)))
        yield Checked(place)
        if number > 1 and len(sections) > 1 and number != len(sections):
            yield Finding(
                place,
                Message(
                    f"说的是“{announced[1]}个”，后面列了 {len(sections)} 个部分，请核对",
                    f"{number} sections announced, {len(sections)} follow",
                ),
                tuple(Related(analysis.span(Span(*found.span())), "部分") for found in sections),
            )


def _following(analysis: Analysis) -> Iterator[Outcome]:
    """Items at the beginnings of the paragraphs right behind one that says how many will come."""
    text = analysis.reading.text
    if not any(word in text for word in ("以下", "如下", "下列", "下面", "包括", "是：", "是:")):
        return
    starts = _starts(analysis)
    for index, start in enumerate(starts[:-2]):
        end = starts[index + 1] - 1
        if not _SAYS_SO.search(text, max(start, end - 40), end):
            continue
        announced = _FOLLOWS.search(text, max(start, end - 40), end)
        if announced is None or _COLON.search(text, max(start, end - 40), end):
            continue
        group = announced.lastindex or 1
        number = whole_number(announced[group])
        items = _run(text, starts[index + 1 :])
        place = analysis.span(Span(*announced.span(group)))
        if number < 2 or len(items) < 2:
            continue
        yield Checked(place)
        if number != len(items) and abs(number - len(items)) <= _SLIP:
            yield _miscounted(analysis, place, number, items)


#: 二、抓好三项重点工作: a heading that ends in how many things stand below it.
_HEADED = compiled(
    rf"(?:#{{1,6}} ?)?(?:[{_HAN}]{{1,3}}、|（[{_HAN}]{{1,3}}）)[^，。；：、\n\d]{{0,10}}?"
    rf"(?:抓好|抓实|做好|做实|实现|实施|突出|推进|开展|强化|打好|打造|聚焦|围绕|坚持|建设|构建|健全|完善|狠抓|紧盯|把握|破解)"
    rf"(?P<number>[两{_HAN}])(?:个|项|大|条|类|件|方面)(?!规定|意识|自信|维护|全面|确立|纪律|责任|体系|清单|制度)[^，。；：、\n\d]{{2,6}}[。：]?$"
)


def _under_headings(analysis: Analysis) -> Iterator[Outcome]:
    """Items right below a heading that says how many there are."""
    text = analysis.reading.text
    starts = _starts(analysis)
    for index, start in enumerate(starts[:-2]):
        end = starts[index + 1] - 1
        announced = _HEADED.match(text, start, end) if end - start <= _SHORT else None
        if announced is None:
            continue
        number, items = whole_number(announced["number"]), _run(text, starts[index + 1 :])
        own = _ITEM.match(text, start)
        if number < 2 or len(items) < 2 or (own and own.lastindex == _form(text, items[0])):
            continue
        place = analysis.span(Span(*announced.span("number")))
        yield Checked(place)
        if number != len(items) and abs(number - len(items)) <= _SLIP:
            yield _miscounted(analysis, place, number, items)


#: 以上四个问题, 上述三项措施: how many things were told before.
_SUMMED = compiled(
    rf"(?:以上|上述)(?:这)?(?P<number>[两{_HAN}]|\d{{1,2}})(?:个方面|方面|个|项|条|点|类|种)(?:的|存在的)?(?:主要|突出|具体|重点)?(?:(?:问题|不足|短板|矛盾|困难|措施|举措|工作|任务|做法|建议|意见|环节|原因|方面|要求|情况|经验)|(?<=[点条项])(?=[，。；]))"
)
#: The points that may have been told: 一是, 第一，, （一）, 1., ①.
_POINT = compiled(
    rf"(?<![^\n。；：，、！？”）])(?:(?P<said>[{_HAN}])(?:是(?!否|不是)|要(?!素|闻|点))|第(?P<nth>[{_HAN}])，|（(?P<han>[{_HAN}])）|(?P<digit>[1-9])[.、．](?!\d)|(?P<ring>[①-⑨]))"
)


def _summed_up(analysis: Analysis) -> Iterator[Outcome]:
    """以上四个问题 behind 一是…二是…三是…, in the paragraph or in the ones right before it."""
    text = analysis.reading.text
    if "以上" not in text and "上述" not in text:
        return
    for match in _SUMMED.finditer(text):
        items = _told_before(text, match.start())
        number = whole_number(match["number"])
        if len(items) < 2 or number < 2:
            continue
        place = analysis.span(Span(*match.span("number")))
        yield Checked(place)
        before = text[text.rfind("\n", 0, items[0].start) + 1 : items[0].start]
        if match["number"] in before:
            continue  # 检查发现三个问题。一是…: as many as were announced
        if number != len(items) and abs(number - len(items)) <= _SLIP:
            yield Finding(
                place,
                Message(
                    f"说的是 {number} 项，前面列了 {len(items)} 项，请核对", f"{number} told of, {len(items)} before it"
                ),
                tuple(Related(analysis.span(item), "列举") for item in items),
            )


def _told_before(text: str, end: int) -> list[Span]:
    """The points numbered from one without a gap that stand last before ``end``, with no heading or second list after them."""
    start = text.rfind("\n", 0, end) + 1
    opens = start == end
    if opens:  # a paragraph of its own: the lines before it, each a point, or one that holds them all
        while start and (before := text.rfind("\n", 0, start - 1) + 1) < start and (own := _POINT.match(text, before)):
            start = before
            if _value(own) == 1:
                break
        if start == end and start:
            start = text.rfind("\n", 0, start - 1) + 1
    runs: dict[str, list[Span]] = {}
    for match in _POINT.finditer(text, start, end):
        number, form = _value(match), match.lastgroup or ""
        found = runs.setdefault(form, [])
        if number == 1:
            found.clear()
        elif number != len(found) + 1:
            return []
        found.append(Span(*match.span()))
    # 一是…；二是… under （一）: which of the two were summed up nothing tells
    return next(iter(runs.values())) if len(runs) == 1 else []


def _value(point: re.Match[str]) -> int:
    """The number of a point, in whichever form it is told."""
    printed = point[point.lastgroup or 0]
    return ord(printed) - ord("①") + 1 if point.lastgroup == "ring" else whole_number(printed)


def _form(text: str, item: Span) -> int | None:
    found = _ITEM.match(text, item.start)
    return found.lastindex if found else None


#: Headings are no longer than this.
_SHORT = 40
#: How far a miscount is from the count.
_SLIP = 2


def _miscounted(analysis: Analysis, place: Span, number: int, items: list[Span]) -> Finding:
    return Finding(
        place,
        Message(f"说的是 {number} 项，后面列了 {len(items)} 项，请核对", f"{number} announced, {len(items)} follow"),
        tuple(Related(analysis.span(item), "列举") for item in items),
    )


def _run(text: str, starts: list[int]) -> list[Span]:
    """The items of one form, numbered from 1 without a gap, that begin with the first of ``starts``."""
    found: list[Span] = []
    form = 0
    for at in starts:
        item = _ITEM.match(text, at)
        if item is None or (form and item.lastindex != form):
            if not found:
                return []
            if item is not None and (item.lastindex or 0) in (4, *((1,) if form != 4 else ())):
                break  # a heading of a higher level
            continue
        form = item.lastindex or 0
        number = whole_number(item[form])
        if number == 1 and found:
            break
        if number != len(found) + 1:
            return []
        found.append(Span(*item.span()))
    return found


def _starts(analysis: Analysis) -> list[int]:
    """Where each paragraph of the reading begins, tables and metadata aside."""
    text = analysis.reading.text
    starts, start = [], 0
    for paragraph in analysis.paragraphs:
        if paragraph.kind not in (BlockKind.CELL, BlockKind.META):
            starts.append(start)
        start = text.find("\n", start) + 1
        if not start:
            break
    return starts
