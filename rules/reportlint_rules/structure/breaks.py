"""ST001: a sentence cut in two by a blank line or a line break."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.finding import Applicability, Finding, Fix, Message, Outcome, Related, Replacement, Severity
from reportlint.patterns import compiled
from reportlint.rule import rule
from reportlint.span import Span
from reportlint.structure import Paragraph


@rule(
    "ST001",
    "cut-sentence",
    severity=Severity.WARNING,
    bad=(
        "督察反馈问题共108个，限期整改的88⟦个已⟧\n\n全部整改销号，长期坚持的20个均达到时序进度。",
        "全年接待来访群众512批次，办结信访事项486⟦件，⟧\n群众满意率达到96%。\n干部下访320人次。",
        "全区改造老旧小区45个，惠及⟦居民⟧\n\n1.2万户，群众反响良好。",
        "今年以来，全县各级各部门认真贯彻县委、县政府的决策部署，扎实推⟦进⟧\n"
        "各项重点工作，主要指标稳中有升，重点项目加快建设，民生事业持续改\n"
        "善，社会大局保持稳定，较好完成了上半年的目标任务，为全年工作打下\n"
        "了良好的基础，现将有关工作情况和下一步打算向各位委员作一个简要的\n"
        "汇报，请予审议，并请列席会议的同志提出意见和建议，以便我们在今后\n"
        "的工作中认真研究吸收，不断改进和加强各方面的工作，努力完成全年的\n"
        "目标任务，以优异的成绩回报全县人民的信任和支持，不辜负组织的重托\n"
        "和期望，为建设更加美好的家园作出新的更大的贡献，开创工作的新局面\n"
        "和新的篇章。",
    ),
    good=(
        "督察反馈问题共108个，已全部整改销号。\n\n下一步，继续巩固整改成效。",
        "一、工作开展情况\n\n今年以来，全局上下齐心协力，各项工作有序推进。",
        "各位代表：\n\n现在，我代表市人民政府，向大会报告工作。",
        "会议强调，\n一要提高思想认识，切实增强责任感；\n二要压实工作责任，层层抓好落实。",
    ),
)
def cut_sentence(analysis: Analysis) -> Iterator[Outcome]:
    """一句话被空行、换行断成两段。

    从分页的文件里复制时，页与页之间的空行会落在句子中间，一段没有写完就断了。后半句若被当成新的一段，读起来莫名其妙，里面的数字也会对不上。

    整篇在固定宽度上断行的（从邮件、PDF 里复制的），全文只提示一次；其余都是一段一行，只有一两处没有句末标点就换了行的，逐处报：不是断开了，就是漏了标点。

    标题、称谓、落款之后的空行是对的；只有前一段没有句末标点、后一段又接着往下说的才报。核对数字时断开的两段已按一句处理。
    """
    joints = [
        (paragraph, index)
        for paragraph in analysis.paragraphs
        if len(paragraph.spans) > 1
        for index in range(1, len(paragraph.spans))
    ]
    if not joints:
        return
    broken = [joint for joint in joints if joint[1] not in joint[0].cut]
    yield from _wrapped(analysis, broken)
    text = analysis.document.text
    stray = _stray(analysis, broken)
    for paragraph, index in joints:
        if index not in paragraph.cut and not stray:
            continue
        before, after = paragraph.spans[index - 1], paragraph.spans[index]
        if index not in paragraph.cut and (
            text[before.start : before.end] in _ADDRESS
            or _POINT.match(text, after.start)
            or _TITLE.search(text, before.start, before.end)
        ):
            continue
        span = Span(max(before.start, before.end - 2), before.end)
        tail, head = text[max(before.start, before.end - 6) : before.end], text[after.start : after.start + 6]
        if index in paragraph.cut or text[before.end - 1] in "，、":
            how = "空行" if index in paragraph.cut else "换行"
            message = Message(
                f"句子在“{tail}”处被{how}断开，应与“{head}……”连成一段",
                f"the sentence breaks off at “{tail}”; join it with “{head}…”",
            )
        else:
            message = Message(
                f"“{tail}”后面没有标点就换了行：与“{head}……”连成一段，或补上句末标点",
                f"the line ends at “{tail}” without a mark; join it with “{head}…” or end the sentence",
            )
        yield Finding(
            span,
            message,
            (Related(Span(after.start, min(after.end, after.start + 6)), "下半句"),),
            fix=Fix("连成一段", Applicability.UNSAFE, (Replacement(Span(before.end, after.start), ""),)),
        )


#: Fewer joints than these may be a poem, an address, a title set in two lines.
_FEWEST = 5
#: More line breaks inside sentences than these are the way the text was set.
_STRAY = 2
_ADDRESS = frozenset(("各位代表，", "同志们，", "各位委员，", "各位领导，", "会议强调，", "会议要求，", "会议指出，"))
#: What a title or a signature ends in: no sentence was cut there.
_TITLE = compiled(
    r"(?:意见|通知|批复|复函|函|报告|总结|方案|计划|办法|规定|决定|纪要|通报|公告|情况|打算|安排|讲话|机制|局|部|委|政府|办公室)$"
)
_POINT = compiled(r"[一二三四五六七八九十](?:是|要)|首先|其次|再次|最后|其[一二三四五]")


def _stray(analysis: Analysis, joints: list[tuple[Paragraph, int]]) -> bool:
    """Whether the breaks inside sentences are slips in a text that otherwise keeps a paragraph to a line."""
    return (
        analysis.document.format == "plain"
        and 0 < len(joints) <= _STRAY
        and (len(joints) == 1 or 4 * len(joints) <= len(analysis.document.blocks))
    )


def _wrapped(analysis: Analysis, joints: list[tuple[Paragraph, int]]) -> Iterator[Outcome]:
    """One finding for a text that is wrapped at a fixed width throughout."""
    if len(joints) >= _FEWEST and 2 * len(joints) >= len(analysis.document.blocks):
        end = joints[0][0].spans[joints[0][1] - 1].end
        yield Finding(
            Span(end - 1, end),
            Message(
                f"全文在固定宽度处断行（{len(joints)} 处断在句子中间），应当一段一行",
                f"lines are wrapped at a fixed width ({len(joints)} breaks inside sentences)",
            ),
            severity=Severity.INFO,
        )
