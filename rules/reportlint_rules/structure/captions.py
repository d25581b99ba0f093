"""ST011: tables and figures that the text cites and the document does not hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.finding import Checked, Finding, Message, Outcome, Related, Severity
from reportlint.patterns import compiled
from reportlint.rule import rule
from reportlint.span import Span

#: 表2　重点税源企业纳税情况, alone on its line and without a full stop.
_CAPTION = compiled(
    r"(?m)^(附?[表图])(\d{1,2})(?![\d.、—-])[ \t\u3000：:]*(?![为是显所中列给反（]|可以|[^\n]*[。；])[^\n]{2,50}$"
)
_CITED = compiled(r"(?<![报电代手钟统水地附])(附?[表图])(\d{1,2})(?![\d.]|[—-]\d|[幅张个份只套块本条])")
_KINDS = {"表": "table", "图": "figure", "附表": "annexed table", "附图": "annexed figure"}


@rule(
    "ST011",
    "missing-caption",
    severity=Severity.WARNING,
    bad=("各镇完成情况见表1，企业纳税情况见⟦表3⟧。\n表1　各镇完成情况\n表2　企业纳税情况",),
    good=(
        "各镇完成情况见表1，企业纳税情况见表2。\n表1　各镇完成情况\n表2　企业纳税情况",
        "各镇完成情况见表1，指标解释见统计年鉴表12。\n全年工作有序推进。",
    ),
)
def missing_caption(analysis: Analysis) -> Iterator[Outcome]:
    """正文提到的表、图，文中没有。

    正文写“见表3”，文中只有“表1”“表2”：增删之后编号没有跟着改，或者漏了一张。

    表题自己的编号跳了一个、两张不同的表同一个号，也报。

    只在文中的表题（图题）从 1 开始、编号连续时核对；一个表题也没有的不报，按章编号的（表2-1）不查。
    """
    text = analysis.document.text
    if "表1" not in text and "图1" not in text:
        return
    captions: dict[str, dict[int, Span]] = {kind: {} for kind in _KINDS}
    last: dict[str, re.Match[str]] = {}
    for match in _CAPTION.finditer(text):
        yield from _numbered(match, last.get(match[1]))
        last[match[1]] = match
        captions[match[1]].setdefault(int(match[2]), Span(*match.span()))
    for match in _CITED.finditer(text):
        held, number = captions[match[1]], int(match[2])
        if (
            not held
            or set(held) != set(range(1, len(held) + 1))
            or any(one.meets(Span(*match.span())) for one in held.values())
        ):
            continue
        place = Span(*match.span())
        yield Checked(place)
        if len(held) < number <= len(held) + 5:
            yield Finding(
                place,
                Message(
                    f"文中的{match[1]}只到{match[1]}{len(held)}，这里提到“{match[0]}”，请核对",
                    f"the last {_KINDS[match[1]]} is number {len(held)}",
                ),
                (Related(held[len(held)], "最后一个"),),
            )


def _numbered(match: re.Match[str], before: re.Match[str] | None) -> Iterator[Outcome]:
    """A caption that leaves a number out, or has that of the one before it and another title."""
    if before is None:
        return
    number, previous = int(match[2]), int(before[2])
    span = Span(match.start(), match.end(2))
    kind, title = match[1], match[0][len(match[1]) + len(match[2]) :].strip(" \t\u3000：:")
    twice = number == previous > 1 and title != before[0][len(match[1]) + len(match[2]) :].strip(" \t\u3000：:")
    if number == previous + 2 or (twice and "续" not in match[0] and "续" not in before[0]):
        yield Finding(
            span,
            Message(
                f"{kind}{previous} 之后又是{kind}{number}，请核对编号"
                if twice
                else f"{kind}{previous} 之后是{kind}{number}，缺{kind}{previous + 1}，请核对",
                f"{_KINDS[kind]} {number} follows {_KINDS[kind]} {previous}",
            ),
            (Related(Span(before.start(), before.end(2)), "前一个"),),
        )
