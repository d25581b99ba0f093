"""ST003: numbering with gaps, repeats and wrong beginnings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.document import BlockKind
from reportlint.finding import Finding, Message, Outcome, Related, Severity
from reportlint.numerals import whole_number
from reportlint.patterns import compiled, hinted
from reportlint.record import NamedTuple
from reportlint.rule import rule
from reportlint.span import Span

_HAN = "一二三四五六七八九十"
#: How a numbered line begins, by the form of its number.
_LINE = compiled(
    rf"(?:#{{1,6}})?(?P<chapter>第[{_HAN}百]{{1,4}}(?P<word>[章节]))|(?:#{{1,6}})?(?P<han>[{_HAN}]{{1,3}}、)(?![{_HAN}])"
    rf"|(?:#{{1,6}})?(?P<hanb>（[{_HAN}]{{1,3}}）)|(?:#{{1,6}})?(?P<dot>\d{{1,2}}[.、．])(?!\d(?!\d{{3}}年))|(?:#{{1,6}})?(?P<digitb>（\d{{1,2}}）)"
)
_ANNEX = compiled(r"附(?:件|表|图|：)")
#: What numbers the points inside a paragraph.
_POINT = compiled(
    rf"(?<![^\n。；：，、！？”）—])(?:(?P<is>[{_HAN}]是)(?!否|不是|以上)|(?P<must>[{_HAN}]要)(?!素|闻|点)|第(?P<first>[{_HAN}])[，、是](?!第)|其(?P<its>[{_HAN}])[，、是])"
    rf"|(?<![^\n。；：])(?:（(?P<digitb>\d{{1,2}})）|（(?P<hanb>[{_HAN}]{{1,3}})）)|(?P<ring>[①-⑳])"
    r"|(?<![^\n。；： 　])(?P<dot>\d{1,2}[、.．])(?=[一-龥“《])"
)
#: What such a number begins with, and after what.
_POINT_BEGINS = compiled(
    rf"[{_HAN}第其（①-⑳](?:(?<![^\n。；：，、！？”）—].)|(?<=[①-⑳]))|\d(?<![^\n。；： 　].)(?=\d?[、.．])"
)
_FORMS = {"chapter": "第…章", "han": "一、", "hanb": "（一）", "dot": "1.", "digitb": "（1）"}
_BRIEF = ("ring", "digitb", "hanb", "dot")
_DIGITS = compiled(rf"\d+|[{_HAN}百]+")


class _Item(NamedTuple):
    number: int
    at: Span


def _value(text: str) -> int:
    if "①" <= text[0] <= "⑳":
        return ord(text[0]) - ord("①") + 1
    found = _DIGITS.search(text)
    if found is None:
        return 0
    return whole_number(found[0])


@rule(
    "ST003",
    "broken-numbering",
    severity=Severity.WARNING,
    bad=(
        "第一阶段（3月）动员部署，第二阶段（4—8月）集中整治，⟦第四阶段⟧（9月）总结验收。",
        "首先，摸清底数，建立台账。⟦再次⟧，分类施策，逐户销号。最后，组织验收。",
        "一、教育\n（一）基本情况\n1.学前教育普及。\n2.义务教育均衡。\n（二）主要问题\n⟦2.⟧师资不足。\n3.经费紧张。",
        "一是健全制度，明确责任。二是加强培训，提升能力。⟦四是⟧严格考核，奖优罚劣。",
        "一是健全制度，明确责任。二是加强培训，提升能力。⟦三是二是⟧严格考核，奖优罚劣。",
        "主要做法：1、健全制度；2、加强培训；⟦2、⟧严格考核。",
        "一、工作开展情况\n上半年各项工作有序推进。\n二、存在的问题\n力量不足。\n⟦二、⟧下一步打算\n继续努力。",
        "（一）抓好学习。全年学习12次。\n（二）抓好整改。整改问题6个。\n⟦（四）⟧抓好宣传。发放资料3000份。",
    ),
    good=(
        "一是健全制度，明确责任。二是加强培训，提升能力。三是严格考核，奖优罚劣。",
        "一、总体情况\n（一）指标完成情况\n良好。\n（二）重点工作情况\n顺利。\n二、下步打算\n（一）抓项目\n加快建设。",
        "做好两件事：一是学习，二是整改。另外有两点建议：一是增加人员，二是保障经费。",
        "第二、三产业增加值占比提高。",
        "第一阶段（3月）动员部署，第二阶段（4—8月）集中整治，第三阶段（9月）总结验收。",
        "主要做法：1、健全制度；2、加强培训；3、严格考核。",
        "首先，摸清底数。其次，分类施策。再次，组织验收。最后，总结推广。",
        "首先，摸清底数，其次，分类施策。其次，还要注意方法。",
        "（一）教育\n1.学前教育普及。\n2.义务教育均衡。\n（二）卫生\n3.疾控体系健全。\n4.医改深化。",
    ),
)
def broken_numbering(analysis: Analysis) -> Iterator[Outcome]:
    """序号漏了、重了。

    “一是、二是、四是”中间缺了一项，“二、”出现两次：不是漏写了一段，就是增删之后序号没有跟着改。各级序号（第一章、一、（一）、1.、（1）、①）和段内的
    “一是”“一要”“第一，”“其一，”“首先，其次，再次，最后，”都查，跨段也查。换了上一级标题，下一级不从头编号、也不接着编号的，也报。

    换了上一级标题，下一级从头编号是对的；从中间开始的节选、缺的那个序号写在段落中间的、嵌套列举收回到外层的不报。
    """
    yield from _lines(analysis)
    yield from _points(analysis)
    yield from _sequences(analysis)
    yield from _series(analysis)
    yield from _two_series(analysis)
    yield from _two_markers(analysis)
    text = analysis.reading.text
    if any(word in text for word in _RARE) or text[1:3] == ".1":
        from reportlint_rules.structure import gaps

        yield from gaps.stages(analysis)
        yield from gaps.articles(analysis)
        yield from gaps.decimals(analysis)


#: What stages, excerpts of articles and decimal numbers hold.
_RARE = (
    *(f"第二{unit}" for unit in ("阶段", "步", "环节", "批", "层", "方面")),
    *(f"\n第{number}" for number in _HAN),
    *(f"\n{section}.1" for section in range(1, 10)),
)


#: 三是二是推进移风易俗, （三）（四）健全机制: two numbers where one belongs.
_MARKERS = compiled(
    rf"(?<![^\n。；：，])[{_HAN}]是[{_HAN}]是(?!否|不是)|(?:(?<=\n)|\A)(?:（[{_HAN}]{{1,3}}）\s?（[{_HAN}]{{1,3}}）|[{_HAN}]{{1,3}}、[{_HAN}]{{1,3}}、(?![{_HAN}]))(?=[一-龥])(?![等级类层])"
)


def _two_markers(analysis: Analysis) -> Iterator[Finding]:
    for match in _MARKERS.finditer(analysis.reading.text):
        yield Finding(
            analysis.span(Span(*match.span())),
            Message(f"“{match[0]}”有两个序号，请删去一个", f"two numbers in a row: {match[0]}"),
        )


#: 首先是…；二是…；三是…: the words of one series with the numbers of another.
_FIRST_OF_ALL = compiled(r"(?:^|[，。；：\n])首先是?")
_NEXT = compiled(r"[，。；]其次是?")


def _two_series(analysis: Analysis) -> Iterator[Finding]:
    text = analysis.reading.text
    at = text.find("二是")
    while at >= 0:
        start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
        end = end if end >= 0 else len(text)
        line = text[start:end]
        first, other = line.find("一是"), None
        if first < 0:
            other, right = _FIRST_OF_ALL.search(text, start, at), "一是"
        elif "三是" not in line and "首先" not in line:
            other, right = _NEXT.search(text, at, end), "三是"
        if other is not None:
            said = other[0].lstrip("，。；：\n")
            yield Finding(
                analysis.span(Span(other.end() - len(said), other.end())),
                Message(f"“{said}”与“二是”不是一套序数，应为“{right}”", f"“{said}” and 二是 are of two series"),
            )
        at = text.find("二是", end)


def _lines(analysis: Analysis) -> Iterator[Finding]:
    """Numbered lines, each form at the depth at which it first appeared under the line above it."""
    text = analysis.reading.text
    stack: list[tuple[str, _Item]] = []
    last: dict[str, tuple[str, int]] = {}
    start = 0
    for paragraph in analysis.paragraphs:
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        match = _LINE.match(text, start, end) if paragraph.kind not in (BlockKind.CELL, BlockKind.META) else None
        if _ANNEX.match(text, start, end):
            stack.clear()
        if match and match.lastgroup:
            form = match["word"] or ("chapter" if match["chapter"] else match.lastgroup)
            marker = next(name for name in _FORMS if match[name])
            item = _Item(_value(match[0]), Span(*match.span(marker)))
            known = next((index for index, (other, _) in enumerate(stack) if other == form), -1)
            previous = stack[known][1] if known >= 0 else None
            del stack[known if known >= 0 else len(stack) :]
            above = stack[-1][0] if stack else ""
            if previous and (item.number != 1 or _first_again(analysis, previous, item, start)):
                yield from _compared(analysis, previous, item)
            elif (
                not previous
                and above
                and item.number == 2
                and last.get(form, ("", 1))[0] == above
                and _deeper(form, above)
            ):
                yield from _headless(analysis, item, last[form][1], start)
            last[form] = (above, item.number)
            stack.append((form, item))
        start = end + 1


#: Numbers that no list inside a section begins anew with.
_OF_SECTIONS = compiled(rf"第|[{_HAN}]{{1,3}}、|（[{_HAN}]")
_ENDED = compiled(r"[。；！？][”’）》]?$")


def _first_again(analysis: Analysis, previous: _Item, item: _Item, start: int) -> bool:
    """Whether a section numbered 一 stands where the second should: right behind the first, with nothing that could head a new list."""
    text = analysis.reading.text
    if previous.number != 1 or not _OF_SECTIONS.match(text, item.at.start):
        return False
    lines = text[previous.at.start : start - 1].split("\n")
    # The line of the first one may be its heading; what follows must be sentences, and its own text must be there.
    return all(_ENDED.search(line.rstrip()) or _LINE.match(line) for line in lines[1:]) and (
        len(lines) > 1 or _ENDED.search(lines[0].rstrip()) is not None
    )


def _compared(analysis: Analysis, previous: _Item, item: _Item) -> Iterator[Finding]:
    """What is wrong with ``item`` after ``previous``: a number twice, or one or more missing."""
    text = analysis.reading.text
    marker = text[slice(*item.at)]
    if item.number == previous.number:
        yield _finding(analysis, previous, item, f"序号“{marker}”重复", f"“{marker}” stands twice")
    elif previous.number + 1 < item.number <= previous.number + 3:
        missing = _like(marker, item.number - 1)
        between = text[previous.at.end : item.at.start]
        if any(f"{sign}{missing}" in between for sign in "。；：，\n、 　"):
            return  # it stands inside a paragraph
        if previous.number + 2 == item.number:
            from reportlint_rules.structure.gaps import other_form

            at = other_form(text, Span(previous.at.end, item.at.start), item.number - 1)
            if at is not None:
                said = text[slice(*at)]
                zh = f"“{said}”在“{text[slice(*previous.at)]}”与“{marker}”之间，应为“{missing}”"
                yield _finding(analysis, previous, _Item(item.number - 1, at), zh, f"“{said}” should be “{missing}”")
                return
        shown = "、".join(f"“{_like(marker, number)}”" for number in range(previous.number + 1, item.number))
        yield _finding(
            analysis, previous, item, f"“{marker}”前面缺{shown}", f"nothing between the two: {shown} is missing"
        )


def _deeper(form: str, above: str) -> bool:
    """Whether ``form`` is customary below ``above``: 1. below （一）."""
    order = tuple(_FORMS)
    return form in order and above in order and order.index(form) > order.index(above)


def _headless(analysis: Analysis, item: _Item, before: int, start: int) -> Iterator[Finding]:
    """A list that begins with its second item, where its sister began with the first and this one does not go on from it."""
    text = analysis.reading.text
    marker, first = text[slice(*item.at)], _like(text[slice(*item.at)], 1)
    heading = text.rfind("\n", 0, max(0, start - 1)) + 1
    if before + 1 != item.number and before > 1 and first not in text[heading:start]:
        yield Finding(
            analysis.span(item.at),
            Message(f"“{marker}”前面缺“{first}”，请核对", f"the list begins with “{marker}”: “{first}” is missing"),
        )


#: 第一条 and 1.1 at the beginning of a line; the latter is no figure when a title follows.
_ARTICLE = compiled(rf"(?:^|(?<=\n))第([{_HAN}百]{{1,5}})条(?=[ \u3000]?[一-龥“《（])")
_DECIMAL = compiled(
    r"(\d(?<![^\n].)\d?)\.(\d{1,2})(?![\d.])(?=[一-龥]{2})(?![万亿元个家件项米吨亩人次倍分公平立微毫千百])"
)


def _series(analysis: Analysis) -> Iterator[Finding]:
    """Articles (第一条) and decimal numbers (1.1) that were begun at their first and leave one out or repeat one."""
    text = analysis.reading.text
    going: dict[str, _Item] = {}
    for match in (*(_ARTICLE.finditer(text) if "第一条" in text else ()), *_DECIMAL.finditer(text)):
        article = match.lastindex == 1
        kind, number = ("条", whole_number(match[1])) if article else (match[1], int(match[2]))
        item = _Item(number, Span(*match.span()))
        previous = going.get(kind)
        if number == 1:
            going[kind] = item
        elif previous is not None:
            if number == previous.number:
                yield _finding(analysis, previous, item, f"序号“{match[0]}”重复", f"“{match[0]}” stands twice")
            elif previous.number + 1 < number <= previous.number + 3:
                yield _finding(
                    analysis,
                    previous,
                    item,
                    f"序号从“{text[slice(*previous.at)]}”跳到“{match[0]}”",
                    f"from “{text[slice(*previous.at)]}” to “{match[0]}”",
                )
            going[kind] = item


#: The words of an order, each where a clause begins and a comma or a verb of duty follows.
_SEQUENCE = compiled(
    r"(?:(?<=[。；：\n])|\A|(?<=，)(?=(?:首先|其次|再次|最后)要))(首先|其次|再次|最后)(?=[，、]|是|要)"
)
_ORDER = ("首先", "其次", "再次", "最后")


def _sequences(analysis: Analysis) -> Iterator[Finding]:
    """首先, 其次, 再次, 最后 inside a paragraph: one left out, one twice, one too early."""
    text = analysis.reading.text
    if "首先" not in text and "其次" not in text:
        return
    previous: re.Match[str] | None = None
    for match in _SEQUENCE.finditer(text):
        word = match[1]
        if previous is None or not _together(text, previous, match):
            previous = match if word == "首先" else None
            continue
        before, here = _ORDER.index(previous[1]), _ORDER.index(word)
        at, earlier = Span(*match.span()), _Item(before, Span(*previous.span()))
        if before == here and word in ("首先", "最后"):
            yield _finding(analysis, earlier, _Item(here, at), f"“{word}”重复", f"“{word}” stands twice")
        elif before == 0 and here == 2:
            missing = _finding(analysis, earlier, _Item(here, at), "“再次”前面缺“其次”", "其次 is missing before 再次")
            if "其次" not in text[previous.end() : match.start()]:
                yield missing
        elif here < before and (here or _goes_on(text, previous, match)):
            yield _finding(
                analysis, earlier, _Item(here, at), f"“{word}”在“{previous[1]}”之后", f"{word} after {previous[1]}"
            )
        previous = match


def _goes_on(text: str, previous: re.Match[str], again: re.Match[str]) -> bool:
    """Whether 首先 stands where the next word of the order should: in the same sentence, with no list of its own behind it."""
    return "。" not in text[previous.end() : again.start()] and not text.startswith("最后", previous.start())


def _together(text: str, one: re.Match[str], other: re.Match[str]) -> bool:
    """Whether two words of an order stand in one paragraph, or open two that follow each other."""
    breaks = text.count("\n", one.end(), other.start())
    opening = text[one.start() - 1 : one.start()] in ("", "\n") and text[other.start() - 1] == "\n"
    return not breaks or (breaks == 1 and opening)


def _finding(analysis: Analysis, previous: _Item, item: _Item, zh: str, en: str) -> Finding:
    shown = analysis.reading.slice(previous.at)
    related = (Related(analysis.span(previous.at), f"上一个序号“{shown}”"),)
    return Finding(analysis.span(item.at), Message(f"{zh}，请核对", en), related)


def _like(marker: str, number: int) -> str:
    """``marker`` with another number.

    >>> _like("（四）", 3), _like("12.", 11)
    ('（三）', '11.')
    """
    if "①" <= marker[0] <= "⑳":
        return chr(ord("①") + number - 1)
    if any(sign.isdigit() for sign in marker):
        return _DIGITS.sub(str(number), marker, count=1)
    han = _HAN[number - 1] if number <= 10 else "十" + _HAN[number - 11] if number < 20 else "二十"
    return _DIGITS.sub(han, marker, count=1)


def _points(analysis: Analysis) -> Iterator[Finding]:
    """一是, 一要, 第一, 其一, ① inside paragraphs and across them, up to the next heading."""
    text = analysis.reading.text
    headings = _heading_starts(analysis)
    lists: dict[str, list[_Item]] = {}
    heading = 0
    for match in hinted(_POINT, _POINT_BEGINS, text):
        passed = heading
        while heading < len(headings) and headings[heading] <= match.start():
            heading += 1
        if heading > passed:
            lists.clear()
        form = match.lastgroup or ""
        item = _Item(_value(match[form]), Span(*match.span()))
        open_lists = lists.setdefault(form, [])
        if item.number == 1:
            open_lists.append(item)
            continue
        going = next(
            (index for index in range(len(open_lists) - 1, -1, -1) if open_lists[index].number == item.number - 1), -1
        )
        if going >= 0:
            open_lists[going:] = [item]
            continue
        # ①② may be footnotes, （1） begins lines too: only inside a paragraph are they a list of their own.
        apart = form in _BRIEF and open_lists and "\n" in text[open_lists[-1].at.end : item.at.start]
        if open_lists and not apart and open_lists[-1].number <= item.number:
            yield from _compared(analysis, open_lists[-1], item)
        open_lists[-1:] = [item]


def _heading_starts(analysis: Analysis) -> list[int]:
    """Where in the reading a heading of the upper levels begins: no list goes on beyond it."""
    text = analysis.reading.text
    starts, start = [], 0
    for paragraph in analysis.paragraphs:
        if paragraph.kind is BlockKind.HEADING or _LINE.match(text, start):
            starts.append(start)
        start = text.find("\n", start) + 1
        if not start:
            break
    return starts
