"""ST010: so many sections were announced, and another number follows."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.document import BlockKind
from reportlint.finding import Checked, Finding, Message, Outcome, Related, Severity
from reportlint.numerals import han_value
from reportlint.patterns import compiled
from reportlint.rule import rule
from reportlint.span import Span

_HAN = "一二三四五六七八九十"
#: 从三个方面汇报如下：, 分四个部分报告。 at the end of a paragraph.
_ANNOUNCED = compiled(
    rf"(?:从|分|就|围绕|以下|下列|下面)(?:以下|下列|下面)?(?:为|成)?([两{_HAN}]{{1,2}}|\d{{1,2}})个(?:方面|部分|问题|专题)[^，。；：、\n\d]{{0,8}}(?:报告|汇报|介绍|说明|总结|述职|通报|讲|谈)[^，。；、\n\d]{{0,12}}[：。:]?$"
)
_SECTION = compiled(rf"(?:#{{1,6}} ?)?([{_HAN}]{{1,3}})、(?![{_HAN}])")


@rule(
    "ST010",
    "announced-sections",
    severity=Severity.WARNING,
    bad=(
        "现将有关情况从⟦两⟧个方面汇报如下：\n一、基本情况\n全年运行平稳。\n二、主要问题\n力量不足。\n三、工作建议\n加大支持。",
    ),
    good=(
        "现将有关情况从三个方面汇报如下：\n一、基本情况\n全年运行平稳。\n二、主要问题\n力量不足。\n三、工作建议\n加大支持。",
        "从三个方面发力，成效明显。\n一、基本情况\n全年运行平稳。\n二、主要问题\n力量不足。",
        "现从三个方面作简要汇报。\n一、基本情况\n全年运行平稳。\n三、工作建议\n加大支持。",
    ),
)
def announced_sections(analysis: Analysis) -> Iterator[Outcome]:
    """开头说从几个方面汇报，后面的“一、二、三、”却不是这个数。

    “从两个方面汇报如下”后面列了三个部分：增删之后开头没有跟着改。

    只数紧接在后面、从“一、”开始、序号连续到全文末尾的；序号断了的由 broken-numbering 报，后面又从“一、”编号的不报。
    """
    text = analysis.reading.text
    if "个方面" not in text and "个部分" not in text and "个问题" not in text and "个专题" not in text:
        return
    starts = _starts(analysis)
    for index, start in enumerate(starts):
        end = starts[index + 1] - 1 if index + 1 < len(starts) else len(text)
        announced = _ANNOUNCED.search(text, start, end)
        if announced is None:
            continue
        said = announced[1].replace("两", "二")
        number = int(said) if said.isdigit() else int(han_value(said) or 0)
        sections = [found for at in starts[index + 1 :] if (found := _SECTION.match(text, at))]
        if not sections or index + 1 >= len(starts) or sections[0].start() != starts[index + 1]:
            continue
        if [int(han_value(found[1]) or 0) for found in sections] != list(range(1, len(sections) + 1)):
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
