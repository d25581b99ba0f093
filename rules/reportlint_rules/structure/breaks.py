"""ST001: a sentence cut in two by a blank line."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.finding import Applicability, Finding, Fix, Message, Outcome, Related, Replacement, Severity
from reportlint.rule import rule
from reportlint.span import Span


@rule(
    "ST001",
    "cut-sentence",
    severity=Severity.WARNING,
    bad=("督察反馈问题共108个，限期整改的88⟦个已⟧\n\n全部整改销号，长期坚持的20个均达到时序进度。",),
    good=(
        "督察反馈问题共108个，已全部整改销号。\n\n下一步，继续巩固整改成效。",
        "一、工作开展情况\n\n今年以来，全局上下齐心协力，各项工作有序推进。",
        "各位代表：\n\n现在，我代表市人民政府，向大会报告工作。",
    ),
)
def cut_sentence(analysis: Analysis) -> Iterator[Outcome]:
    """一句话被空行断成两段。

    从分页的文件里复制时，页与页之间的空行会落在句子中间，一段没有写完就断了。后半句若被当成新的一段，读起来莫名其妙，里面的数字也会对不上。

    标题、称谓、落款之后的空行是对的；只有前一段没有句末标点、后一段又接着往下说的才报。核对数字时断开的两段已按一句处理。
    """
    text = analysis.document.text
    for paragraph in analysis.paragraphs:
        for index in paragraph.cut:
            before, after = paragraph.spans[index - 1], paragraph.spans[index]
            span = Span(max(before.start, before.end - 2), before.end)
            tail, head = text[max(before.start, before.end - 6) : before.end], text[after.start : after.start + 6]
            yield Finding(
                span,
                Message(
                    f"句子在“{tail}”处被空行断开，应与“{head}……”连成一段",
                    f"the sentence breaks off at “{tail}”; join it with “{head}…”",
                ),
                (Related(Span(after.start, min(after.end, after.start + 6)), "下半句"),),
                fix=Fix("连成一段", Applicability.UNSAFE, (Replacement(Span(before.end, after.start), ""),)),
            )
