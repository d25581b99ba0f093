"""A name taken up again in the same paragraph with a slip: 青石河综合治理工程…。目前，青龙河综合治理工程已…"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reportlint.analysis import Analysis
from reportlint.finding import Finding, Message, Related, Severity
from reportlint.patterns import compiled
from reportlint.segment import common
from reportlint.sounds import alike
from reportlint.span import Span
from reportlint_rules.terms.near import tells_apart

#: What names of undertakings end in, behind the quotes or without them.
_HEAD = compiled(
    r"”?(?:工程|项目|行动|计划|活动|产业园|工业园|园区|中心|基地|平台|大桥|水库|公园|隧道|泵站|电站|水厂|集团|公司|合作社|医院|学校|学院|线(?=路?(?:改|建|通|全|扩|开|[，。])))"
)
#: What leads from what was told to how it is with it now.
_TAKEN_UP = r"(?:目前|届时|如今|现(?:在|已)?|截至(?:目前|[^，。；]{0,12})|今年以来|据悉|下一步|同时|其中|该|年底前|当前|为此|至此)，?"
_LED = compiled(rf"(?:(?<=[。；\n])|(?<=^))(?:{_TAKEN_UP})?“?$")
_WITH_CUE = compiled(rf"{_TAKEN_UP}“?$")
#: What is said of what has been told of before: …开展以来, …建成后.
_BEHIND = compiled(
    r"(?:自?(?:开展|实施|启动|推进|运行|投用|投产|成立)以来|(?:全(?:面|线))?(?:建成|投用|投产|完工|竣工|通车|投运|启用|建成通车|建成投用|实施|全部建成)(?:通车|投用|投产|投运)?(?:后|，届时)|期间|中[，期])"
)
#: What may stand in one name and not in another's, or in the same one's shorter form.
_LAWFUL = "的新老总副县市区省镇乡村东西南北中一二三四五六七八九十期段大小高低级型和与及等各本该全"
_LONGEST, _SHORTEST = 16, 4
#: S291 at the beginning of a clause, perhaps behind 省道.
_BEGINS = compiled(r"[，。；](?:[国省县乡]道|该)?$")
_ROUTE = compiled(r"(?<![A-Za-z0-9])[SGXYC]\d{3,4}(?!\d)")


def taken_up(analysis: Analysis) -> Iterator[Finding]:
    """Names that take up the one before them in the paragraph, but for a character."""
    text = analysis.reading.text
    before: dict[str, re.Match[str]] = {}
    for head in _HEAD.finditer(text):
        last = before.get(head[0])
        before[head[0]] = head
        if last is None:
            continue
        between = text[last.end() : head.start()]
        if "\n" in between or not ("。" in between or "；" in between):
            continue
        found = _slip(text, last, head)
        if found is not None:
            yield _finding(analysis, *found)
    if _ROUTE.search(text):
        yield from _routes(analysis)


def _slip(text: str, last: re.Match[str], head: re.Match[str]) -> tuple[Span, Span] | None:
    """The two places, if the second is the first but for one character and speaks of it further."""
    start = head.start()
    while start and "一" <= text[start - 1] <= "龥" and head.start() - start < _LONGEST:
        start -= 1
    # 目前，青龙河…: the name begins behind what leads to it.
    led = _LED.search(text, max(0, start - 24), start)
    if led is None or not (_WITH_CUE.search(text, max(0, start - 24), start) or _BEHIND.match(text, head.end())):
        return None
    name = text[start : head.start()]
    whole = text.startswith("”", head.start())
    if len(name) < _SHORTEST or (whole and text[start - 1 : start] != "“"):
        return None
    for size in (len(name), len(name) + 1, len(name) - 1):
        at = last.start() - size
        other = text[max(0, at) : last.start()]
        if whole and text[at - 1 : at] != "“":
            continue
        if at >= 0 and other[:1] == name[:1] and _one_apart(other, name):
            elsewhere = text.count(name + head[0]) > 1
            if not elsewhere:
                tail = 0 if whole else head.end() - head.start()
                return Span(at, last.start() + tail), Span(start, head.start() + tail)
    return None


def _one_apart(one: str, other: str) -> bool:
    """Whether one character was taken for another, lost or put in, and it does not tell two things apart."""
    if len(one) == len(other):
        apart = [at for at in range(len(one)) if one[at] != other[at]]
        if len(apart) == 2 and apart[1] == apart[0] + 1:
            return sorted(one) == sorted(other)
        if len(apart) != 1:
            return False
        changed = one[apart[0]], other[apart[0]]
        return not tells_apart(*changed) and not all(sign in _LAWFUL for sign in changed)
    longer, shorter = sorted((one, other), key=len, reverse=True)
    return any(longer[:at] + longer[at + 1 :] == shorter and longer[at] not in _LAWFUL for at in range(1, len(longer)))


def _routes(analysis: Analysis) -> Iterator[Finding]:
    """S219 and S291: two numbers of roads with the same figures in one paragraph, the second with what came of it."""
    text = analysis.reading.text
    found = list(_ROUTE.finditer(text))
    for one, other in zip(found, found[1:], strict=False):
        if one[0] == other[0] or sorted(one[0]) != sorted(other[0]) or one[0][0] != other[0][0]:
            continue
        between = text[one.end() : other.start()]
        alone = sum(each[0] == other[0] for each in found) == 1
        begins = _BEGINS.search(text, max(0, other.start() - 4), other.start()) is not None
        if "\n" not in between and "、" not in between and begins and alone:
            yield _finding(analysis, Span(*one.span()), Span(*other.span()))


#: What names of places end in, whose names are short.
_SETTLED = (*"村镇县河湖港", "社区", "街道", "水库", "林场", "农场", "水厂", "泵站", "小区")
#: What lists several places: between two of a list there is nothing else.
_ENDED = compiled(r"[，。；\n]")


def once_each(text: str, names: Sequence[str], places: Sequence[int], at: int) -> bool:
    """Whether two names that stand once each are surely one: they are read the same, stand apart, and neither is made of a word.

    Of ``names``, two characters and what places end in, the character ``at`` differs.
    """
    kept, other = names
    # 量钢木门市场, 年钢木门市场: other names begin where nobody knows.
    if not kept.endswith(_SETTLED) or tells_apart(kept[at], other[at]) or not alike(kept[at], other[at]):
        return False
    first, last = sorted(places)
    apart = _ENDED.search(text, first, last) is not None
    return (
        apart
        and not (common(kept[:2]) and common(other[:2]))
        and not common(text[last + len(kept) - 1 : last + len(kept) + 1])
    )


def _finding(analysis: Analysis, first: Span, place: Span) -> Finding:
    text = analysis.reading.text
    kept, other = text[slice(*first)], text[slice(*place)]
    return Finding(
        analysis.span(place),
        Message(
            f"前面作“{kept}”，这里作“{other}”，请核对是不是同一个名称",
            f"“{kept}” before, “{other}” here",
        ),
        (Related(analysis.span(first), "前面的写法"),),
        suggestion=kept,
        severity=Severity.INFO,
    )
