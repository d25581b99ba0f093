"""ST008, ST009: paragraphs that break off, topics of which nothing is said."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.document import BlockKind
from reportlint.finding import Finding, Message, Outcome, Severity
from reportlint.patterns import compiled
from reportlint.rule import rule
from reportlint.span import Span

_OPEN = "，、"
#: Words that need another after them.
_HANGING = compiled(
    r"(?:的|和|及|以及|与|或|并|对|把|将|在|从|为|因|由|使|让|被|向|以|进一步|着力|切实|围绕|按照|通过|包括|以及|确保|推动|促进|建成|达到|比例为|其中|同时|实现了|完成了|不断|更加|逐步|往往|因此|由于|尽管|虽然|但是|而且|并且|以便|从而|例如|尤其是|特别是|主要是|分别为|分别是|有的|为了|根据|随着|对于|关于|得到|做好|抓好|以下|有效|有力|全力|全面|大力|亟待|有待|亟需|使得|导致|造成|完善了|形成了|取得了|开展了)$"
)
#: 主要原因是： before 二、: what was to follow is gone.
_NOT_FIRST = compiled(r"[二三四五六七八九十]{1,3}、|（[二三四五六七八九十]{1,3}）")
#: Those that end no other word: 总和, 普及, 参与 and 目的 may well end a line.
_JOINING = compiled(
    r"(?:(?<![目标])的|(?<![总共温缓饱协柔])和|(?<![普涉顾波触])及|以及|(?<![参给赋授])与|(?<!抑)或|把)$"
)
_ORDINAL = compiled(
    r"\s*(?:([一二三四五六七八九十]{1,3}、)|([（(][一二三四五六七八九十]{1,3}[）)])|(\d{1,2}[.、．])|([（(]\d{1,2}[）)])|([①-⑳]))"
)


@rule(
    "ST008",
    "unfinished-paragraph",
    severity=Severity.WARNING,
    bad=(
        "（一）抓好防汛备汛。组织开展隐患排查32处，落实巡查责任人⟦，⟧\n（二）抓好抗旱保供\n新打机井16眼。",
        "全县完成造林3.2万亩，超额完成年度任务，生态屏障不断筑牢⟦，⟧",
        "积极争取上级支持，落实项目资金3200万元，打通断头路4条，年内⟦建成⟧",
        "今年以来，我局认真组织开展业务培训和岗位练兵，有力提升了干部职工⟦的⟧\n二、存在的问题\n基层力量不足。",
        "建成污水处理设施26座⟦和⟧\n完成黑臭水体整治9条。\n水环境质量持续改善。",
        "空气质量持续改善。\n全年检查企业420家次，查处问题⟦36起⟧\n\n（二）抓好碧水\n整治排口62个。\n水质稳定达标。",
    ),
    good=(
        "（一）抓好防汛备汛。组织开展隐患排查32处。\n（二）抓好抗旱保供\n新打机井16眼。",
        "会议强调三点：\n一要提高认识；\n二要压实责任。",
        "1.健全制度，\n2.完善机制，\n3.强化保障。",
        "全年工作有序推进。\n凝心聚力谋发展，勇毅前行启新程，真抓实干谱新篇\n全县经济平稳运行。",
    ),
)
def unfinished_paragraph(analysis: Analysis) -> Iterator[Outcome]:
    """一段话没有写完。

    段落在“推动”“建成”一类后面必有宾语的词、逗号、顿号或“的”“和”“对”一类词上停了下来，后面就是标题或全文的末尾：删改时多删了，或者没有写完。
    别的段落都有句末标点，只有一两段没有，也报：不是没有写完，就是漏了句号。

    几条并列、各以逗号收尾的不报；标题、标语、落款不算；后面还有正文的，由 cut-sentence 或连读处理。
    """
    yield from _hanging(analysis)
    yield from _unended(analysis)
    yield from _unsaid(analysis)


#: 三是……: a point of which nothing is said.
_UNSAID = compiled(
    r"(?:(?<=[。；：，\n])|^)(?:[一二三四五六七八九十](?:是|、)|（[一二三四五六七八九十\d]{1,2}）|\d{1,2}[.、．])[ 　]*(?P<dots>…+|\.{3,}|。{2,})(?=[。；]?\s*(?:\n|$))"
)


def _unsaid(analysis: Analysis) -> Iterator[Finding]:
    text = analysis.document.text
    if "……" not in text and "..." not in text and "。。" not in text:
        return
    for match in _UNSAID.finditer(text):
        yield Finding(
            Span(*match.span("dots")),
            Message("这一点只有序号，内容没有写", "a point with a number and nothing said"),
        )


#: What may end a paragraph of prose.
_ENDED = "。！？!?；;：:…”’』」》〉）)】，、"
#: What prose in Chinese stops at where the mark is missing; an English sentence ends in marks of its own.
_CHINESE_END = compiled(r"[一-龥0-9０-９%％℃]")
_LABEL = compiled(r"附件|附表|附图|表\d|图\d|注[：:]|来源[：:]|联系|抄送|主题词|——|--")
_STOP = compiled(r"[。；]")
_FIGURE = compiled(r"\d")


def _unended(analysis: Analysis) -> Iterator[Finding]:
    """The one or two paragraphs of prose that end in no mark where all others do."""
    text = analysis.document.text
    ended, open_ends = 0, []
    for paragraph in analysis.paragraphs:
        span = paragraph.span
        if paragraph.kind is not BlockKind.PARAGRAPH or span.size < 8:
            continue
        if text[span.end - 1] in _ENDED:
            ended += 1
            continue
        if span.size < 16 or not _CHINESE_END.match(text, span.end - 1):
            continue
        said = _STOP.search(text, span.start, span.end) is not None
        # A slogan or a heading has commas too, but neither a full stop inside nor a figure.
        prose = said or (ended and "，" in text[span.start : span.end] and _FIGURE.search(text, span.start, span.end))
        if (
            prose
            and (said or not _ORDINAL.match(text, span.start))
            and not _LABEL.match(text, span.start)
            and not _HANGING.search(text, span.start, span.end)
        ):
            open_ends.append(span)
    if len(open_ends) > _FEW or ended < 2 * len(open_ends):
        return
    for span in open_ends:
        tail = text[max(span.start, span.end - 6) : span.end]
        yield Finding(
            Span(max(span.start, span.end - 3), span.end),
            Message(
                f"这一段到“{tail}”为止，没有句末标点：没有写完，或漏了句号",
                f"the paragraph ends at “{tail}” without a mark",
            ),
        )


#: More paragraphs without a mark at their end are the way the text is set.
_FEW = 2


def _hanging(analysis: Analysis) -> Iterator[Finding]:
    """Paragraphs that stop at a comma or at a word that wants another after it."""
    text = analysis.document.text
    paragraphs = [one for one in analysis.paragraphs if one.kind is not BlockKind.META]
    for index, paragraph in enumerate(paragraphs):
        span = paragraph.span
        if paragraph.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM) or span.size < 8:
            continue
        last = text[span.end - 1]
        joining = _JOINING.search(text, max(span.start, span.end - 2), span.end)
        if joining and len(paragraphs) > 1:
            yield _broken_off(text, Span(*joining.span()))
            continue
        if (
            last == "："
            and index + 1 < len(paragraphs)
            and not _ORDINAL.match(text, span.start)
            and _NOT_FIRST.match(text, paragraphs[index + 1].span.start)
        ):
            yield _broken_off(text, Span(span.end - 1, span.end))
            continue
        if span.size < 12:
            continue
        hanging = None if last in _OPEN else _HANGING.search(text, max(span.start, span.end - 4), span.end)
        if last not in _OPEN and (hanging is None or span.size < 15 or "，" not in text[span.start : span.end]):
            continue
        following = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
        if following is not None and not _opens(
            text, span, following.span, heading=following.kind is BlockKind.HEADING
        ):
            continue
        yield _broken_off(text, Span(*hanging.span()) if hanging else Span(span.end - 1, span.end))


def _broken_off(text: str, place: Span) -> Finding:
    shown = text[place.start : place.end]
    return Finding(place, Message(f"这一段停在“{shown}”上，没有写完", f"the paragraph breaks off at “{shown}”"))


def _opens(text: str, span: Span, following: Span, *, heading: bool) -> bool:
    """Whether a new section begins with ``following``, and not the next of some items."""
    own, other = _ORDINAL.match(text, span.start), _ORDINAL.match(text, following.start)
    if own and other and own.lastindex == other.lastindex:
        # Items of one line each may end in commas; a long one with sentences of its own breaks off.
        return "。" in text[span.start : span.end]
    return heading or other is not None


_TOPIC = compiled(r"(?:(?<=。)|(?<=\n)|^)((?:[一二三四五六七八九十]是)?)([一-龥、“”]{3,20})(方面)。(?=.)")
_SAYS = compiled(r"[在于是为有个些等各多诸种哪其包含涉属集体表]")


@rule(
    "ST009",
    "topic-without-statement",
    severity=Severity.INFO,
    bad=(
        "一是严格控制质量。水环境质量⟦方面⟧。国考断面优良比例达到90%。",
        "二是深入推进营商环境建设⟦方面⟧。全年新登记经营主体3200户。",
    ),
    good=(
        "一是严格控制质量。水环境质量方面，国考断面优良比例达到90%。",
        "（一）党建方面。全年集中学习12次。",
        "问题集中在大气、水两个方面。下面分别说明。",
    ),
)
def topic_without_statement(analysis: Analysis) -> Iterator[Outcome]:
    """“……方面”后面用了句号，只有话题，没有说什么。

    “水环境质量方面。”不成一句话，后面应当用逗号接着说；“二是深入推进……方面。”本身已是完整的意思，“方面”多余。

    段首的小标题“（一）党建方面。”不算；“体现在几个方面。”一类完整的句子不算。
    """
    text = analysis.reading.text
    if "方面。" not in text:
        return
    for match in _TOPIC.finditer(text):
        at_start = match.start() == 0 or text[match.start() - 1] == "\n"
        if (at_start and not match[1]) or _SAYS.search(match[2].removeprefix("在")):
            continue
        yield Finding(
            analysis.span(Span(*match.span(3))),
            Message(f"“{match[2]}方面。”只有话题：去掉“方面”，或改用逗号接着说", "a topic by itself is not a sentence"),
        )
