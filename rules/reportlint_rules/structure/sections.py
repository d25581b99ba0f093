"""ST004, ST007: sections without text, headings with a full stop."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.document import BlockKind
from reportlint.finding import Finding, Message, Outcome, Severity
from reportlint.gathered import gathered, times
from reportlint.patterns import compiled
from reportlint.rule import rule
from reportlint.span import Span
from reportlint.structure import Paragraph

#: 1. and below are as often the items of a list.
_LOWEST = 3


@rule(
    "ST004",
    "empty-section",
    severity=Severity.WARNING,
    bad=(
        "一、基本情况\n全年各项任务顺利完成。\n⟦二、存在的问题⟧\n三、下一步打算\n继续抓好落实。",
        "一、基本情况\n全年各项任务顺利完成。\n二、存在的问题\n力量不足。\n⟦三、下一步打算⟧",
        "（一）抓好学习\n全年学习12次。\n⟦（二）抓好整改⟧\n（三）抓好宣传\n发放资料3000份。",
    ),
    good=(
        "一、基本情况\n全年各项任务顺利完成。\n二、存在的问题\n（一）力量不足\n编制仅有5名。",
        "会议议程\n一、听取汇报\n二、审议报告\n三、表决事项",
        "一、基本情况\n良好。\n二、下一步打算\n1.抓项目\n2.抓招商\n3.抓服务",
    ),
)
def empty_section(analysis: Analysis) -> Iterator[Outcome]:
    """标题下面没有内容。

    两个同级标题挨在一起，前一个下面一个字也没有，或者全文停在一个标题上：不是忘了写，就是删了内容忘了删标题。

    目录、议程、清单（几个标题都没有内容）不算；“1.”以下的层次常作清单，不查。
    """
    paragraphs = [one for one in analysis.paragraphs if one.kind is not BlockKind.META]
    _drop_signature(analysis.document.text, paragraphs)
    if not any(_level(one) == 0 for one in paragraphs[1:]):
        return  # an outline
    empty = [_is_empty(paragraphs, index) for index in range(len(paragraphs))]
    alike: dict[int, list[int]] = {}
    for index, paragraph in enumerate(paragraphs):
        alike.setdefault(_level(paragraph), []).append(index)
    text = analysis.document.text
    for index, paragraph in enumerate(paragraphs):
        if _between_run_in(text, paragraphs, index):
            yield Finding(
                paragraph.span,
                Message("这个标题下面没有内容，请补写或删去", "nothing stands under this heading"),
            )
            continue
        if not empty[index]:
            continue
        others = alike[_level(paragraph)]
        place = bisect_left(others, index)
        if len(others) > 1 and not any(
            empty[number] for number in (*others[max(0, place - 1) : place], *others[place + 1 : place + 2])
        ):
            yield Finding(
                paragraph.span,
                Message("这个标题下面没有内容，请补写或删去", "nothing stands under this heading"),
            )


_DATED = compiled(r"\s*(?:20\d\d年\d{1,2}月\d{1,2}日|二[〇○零][^\n]{2}年[^\n]{2,8}日)\s*")
_SIGNED = compiled(r"\s*[^，。；：\n]{2,24}(?:局|委|办|府|厅|院|校|会|中心|室|站|所|公司|党组)\s*")


def _drop_signature(text: str, paragraphs: list[Paragraph]) -> None:
    """Take the date and the name under a report from the end of ``paragraphs``: no section's text."""
    if paragraphs and _DATED.fullmatch(text, *paragraphs[-1].span):
        paragraphs.pop()
        if (
            paragraphs
            and paragraphs[-1].kind is not BlockKind.HEADING
            and _SIGNED.fullmatch(text, *paragraphs[-1].span)
        ):
            paragraphs.pop()


_RUN_IN = compiled(r"(（[一二三四五六七八九十]{1,3}）|[一二三四五六七八九十]{1,3}、)([^。\n]{2,30}。)?")


def _between_run_in(text: str, paragraphs: list[Paragraph], index: int) -> bool:
    """Whether a heading stands alone on its line between two of its form from which the text runs on: （二） between （一）….… and （三）….…."""
    if not 0 < index < len(paragraphs) - 1 or paragraphs[index].kind is not BlockKind.HEADING:
        return False
    before, here, after = (
        _RUN_IN.match(text, one.span.start, one.span.end) for one in paragraphs[index - 1 : index + 2]
    )
    if before is None or here is None or here[2] or before[1][0] != here[1][0] or here[1][0] != "（":
        return False

    def runs_on(match: re.Match[str], number: int) -> bool:
        paragraph = paragraphs[number]
        return match[2] is not None and paragraph.kind is not BlockKind.HEADING and match.end() < paragraph.span.end

    if not runs_on(before, index - 1):
        return False
    if after is not None and after[1][0] == "（":
        return runs_on(after, index + 1)
    # （六） at the end of its section, right before 三、
    return paragraphs[index + 1].kind is BlockKind.HEADING and _level(paragraphs[index + 1]) < _level(paragraphs[index])


def _level(paragraph: Paragraph) -> int:
    return paragraph.level if paragraph.kind is BlockKind.HEADING else 0


def _is_empty(paragraphs: list[Paragraph], index: int) -> bool:
    """Whether a heading is followed by one of its own depth or higher."""
    level = _level(paragraphs[index])
    if not 0 < level <= _LOWEST:
        return False
    if index + 1 >= len(paragraphs):
        # The end of an excerpt, unless every section before it has its text.
        sisters = [number for number, other in enumerate(paragraphs[:-1]) if _level(other) == level]
        return len(sisters) > 1 and not any(_level(paragraphs[number + 1]) == level for number in sisters)
    return 0 < _level(paragraphs[index + 1]) <= level


_HEADING = compiled(r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])[^。；！？\n\d]{2,36}。")


@rule(
    "ST007",
    "heading-stop",
    severity=Severity.INFO,
    bad=("一、上半年工作情况⟦。⟧\n上半年各项工作有序推进。\n二、下半年工作打算\n继续抓好落实。",),
    good=(
        "一、上半年工作情况\n上半年各项工作有序推进。",
        "（一）抓好学习。全年集中学习12次，研讨4次。",
        "一、健全组织领导机制。\n二、完善考核评价办法。\n三、加大督促检查力度。",
    ),
)
def heading_stop(analysis: Analysis) -> Iterator[Outcome]:
    """独占一行的标题末尾用了句号。

    标题末尾一般不用句号；与正文接排的段首小标题用句号是对的。全文只报一次，写明有几处。

    一行一条的清单（下一行还是同级序号）不算。
    """
    text = analysis.document.text
    paragraphs = analysis.paragraphs
    places = []
    for paragraph, following in zip(paragraphs, paragraphs[1:], strict=False):
        span = paragraph.span
        if text[span.end - 1] != "。" or span.size > 44 or _HEADING.fullmatch(text, span.start, span.end) is None:
            continue
        if (
            following.kind is BlockKind.PARAGRAPH
            and following.span.size > 1
            and not _same_form(text, span, following.span)
        ):
            places.append(Span(span.end - 1, span.end))
    if places:
        yield gathered(places, Message(f"标题末尾不用句号{times(places)}", "no full stop after a heading"), "")


def _same_form(text: str, one: Span, other: Span) -> bool:
    """Whether both lines begin with the same form of number."""
    forms = compiled(r"([一二三四五六七八九十]{1,3}、)|([（(][一二三四五六七八九十]{1,3}[）)])")
    first, second = forms.match(text, one.start), forms.match(text, other.start)
    return bool(first and second and first.lastindex == second.lastindex)
