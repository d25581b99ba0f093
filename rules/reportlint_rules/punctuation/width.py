"""PN004, PN005: widths and spaces that are mixed, said once for a document."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.document import BlockKind
from reportlint.finding import Finding, Message, Outcome, Severity
from reportlint.gathered import gathered, times
from reportlint.patterns import compiled
from reportlint.rule import rule
from reportlint.span import Span

_HALF = compiled(r"[,;:!?](?:(?<=[一-龥”》）%％].)(?![,;:!?/A-Za-z])|(?=[一-龥“《（]))")
_HALF_BRACKET = compiled(r"[()](?:(?<=\()(?=[^()\n]{0,40}[一-龥])|(?<=[一-龥]\)))")
_FULL_BRACKET = compiled(r"[（）]")
_FULL_DIGIT = compiled(r"[０-９Ａ-Ｚａ-ｚ][０-９Ａ-Ｚａ-ｚ]*")
_HALF_DIGIT = compiled(r"[0-9]")


def _read(analysis: Analysis) -> list[Span]:
    """The paragraphs that hold prose."""
    prose = (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.HEADING)
    return [paragraph.span for paragraph in analysis.paragraphs if paragraph.kind in prose]


def _inside(places: list[Span], within: list[Span]) -> list[Span]:
    """Those of ``places`` that lie in one of ``within``; both ascend."""
    kept, index = [], 0
    for place in places:
        while index < len(within) and within[index].end <= place.start:
            index += 1
        if index < len(within) and within[index].start <= place.start:
            kept.append(place)
    return kept


@rule(
    "PN004",
    "mixed-width",
    severity=Severity.INFO,
    bad=(
        "今年以来⟦,⟧全市上下攻坚克难，各项工作有序推进。",
        "全年受理投诉118件⟦(⟧其中来信36件)，办结率100%。\n全年受理来访（含预约）82批。",
        "优良率为92.3⟦％⟧，达标率为100%。",
    ),
    good=(
        "今年以来，全市上下攻坚克难，各项工作有序推进。",
        "调度会于10:25召开，通报PM2.5,O3两项指标。",
        "见 https://example.gov.cn/a,b 所列。",
        "优良率为92.3％，达标率为100％。",
    ),
)
def mixed_width(analysis: Analysis) -> Iterator[Outcome]:
    """标点、括号、百分号、数字的全角和半角混用。

    汉语文稿的标点用全角，数字和字母用半角；混着用，一看就知道是从几处拼来的。每种只在全文报一次，写明有几处。

    数字之间的逗号、时刻的冒号、网址和外文里的标点不算；括号和百分号只在两种写法都有时报。
    """
    text = analysis.document.text
    within: list[Span] | None = None
    for pattern, other, what in (
        (_HALF, None, "汉字之间用了半角标点，应当用全角"),
        (_HALF_BRACKET, _FULL_BRACKET, "括号有半角有全角，汉字内容的括号用全角"),
        (_FULL_DIGIT, _HALF_DIGIT, "数字、字母有全角有半角，应当统一用半角"),
        (compiled("％"), compiled("%"), "百分号有全角有半角，应当统一"),
    ):
        if pattern.search(text) is None or (other is not None and other.search(text) is None):
            continue
        if within is None:
            within = _read(analysis)
        places = _inside([Span(*match.span()) for match in pattern.finditer(text)], within)
        if places:
            yield gathered(places, Message(f"{what}{times(places)}", "full-width and half-width forms are mixed"))


_LABEL = compiled(r"(?<![一-龥])[一-龥](?:[ \u2000-\u200a\u3000]+[一-龥]){1,3}(?=\s*[:：])")
_BETWEEN = compiled(r"[ \u3000](?<=[一-龥，。；、].)[ \u3000]*(?=[一-龥])")
_TIGHT = compiled(r"[一-龥][0-9]|[0-9%％][一-龥]")
_LOOSE = compiled(r" (?:(?<=[一-龥] ) *(?=[0-9])|(?<=[0-9%％] ) *(?=[一-龥]))")
_END = compiled(r"[ \t\u3000](?<=[\r\n].)[ \t\u3000]*\Z")
_NUMBERED = compiled(r"[一二三四五六七八九十\d]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]|第|【|#")
_STOP = compiled(r"[，。]")


@rule(
    "PN005",
    "stray-space",
    severity=Severity.INFO,
    bad=(
        "⟦文　　号⟧：青政办〔2024〕8号\n全年各项任务顺利完成。",
        "全市各级各部门攻坚克难，⟦ ⟧扎实推进各项重点工作，取得明显成效。",
        "建成 12 个，投入 3 亿元，惠及 4 万人，新增⟦2⟧所，改造3处，修复5处，培训 6 期。",
    ),
    good=(
        "文号：青政办〔2024〕8号\n全年各项任务顺利完成。",
        "第一章　总则\n全市各级各部门攻坚克难，取得明显成效。",
        "建成 12 个，投入 3 亿元，惠及 4 万人，培训 6 期。",
        "# 总结\n\n全市各级各部门攻坚克难。\n",
    ),
)
def stray_space(analysis: Analysis) -> Iterator[Outcome]:
    """多余的空格，或数字两边空格有的加有的不加。

    为了对齐在“文 号”里加的空格、句子中间的空格，复制到别处会断开词语，检索不到。每种情况只在全文报一次。

    PDF 里的空格是排版时留下的，不查。标题里的空格、姓名和名单的对齐、段首缩进不算；数字两边都加空格或都不加，只要前后一致就不报。
    """
    if analysis.document.format == "pdf":
        return  # the reader of pages puts blanks between fonts; they are not the writer's
    text = analysis.document.text
    labels = (
        [Span(*match.span()) for match in _LABEL.finditer(text)]
        if " " in text or "\u3000" in text or "\u2002" in text or "\u2003" in text
        else []
    )
    if labels:
        yield gathered(labels, Message(f"词语中间有排版用的空格{times(labels)}", "blanks inside a word"))
    blanks = [Span(*match.span()) for match in _BETWEEN.finditer(text)]
    loose = [Span(*match.span()) for match in _LOOSE.finditer(text)]
    if blanks or loose:
        yield from _in_sentences(analysis, blanks, loose)
    if text[-1:].isspace() and (end := _END.search(text)):
        yield gathered([Span(*end.span())], Message("文末有只含空格的一行，可删去", "the last line holds blanks only"))


def _in_sentences(analysis: Analysis, blanks: list[Span], loose: list[Span]) -> Iterator[Finding]:
    """Blanks inside sentences, and those around figures where others have none."""
    text = analysis.document.text
    prose = [
        paragraph.span
        for paragraph in analysis.paragraphs
        if paragraph.kind is BlockKind.PARAGRAPH
        and paragraph.span.size >= 30
        and _STOP.search(text, paragraph.span.start, paragraph.span.end)
    ]
    between = [place for place in _inside(blanks, prose) if not _lead_in(text, place, prose)]
    if between:
        yield gathered(between, Message(f"句子中间有多余的空格{times(between)}", "blanks inside a sentence"))
    loose = _inside(loose, prose)
    if len(loose) >= 3:
        tight = _inside([Span(*match.span()) for match in _TIGHT.finditer(text)], prose)
        if len(tight) >= 3:
            first = min(tight, loose, key=len)
            digits = [_digit(text, place) for place in first]
            yield gathered(
                digits,
                Message(
                    f"数字与汉字之间有的加空格（{len(loose)} 处），有的不加（{len(tight)} 处），应当统一",
                    "blanks around figures are used here and there",
                ),
            )


def _digit(text: str, place: Span) -> Span:
    """The figure beside the joint."""
    if text[place.start].isdigit() or text[place.start] in "%％":
        return Span(place.start, place.start + 1)
    return Span(place.end - 1, place.end) if text[place.end - 1].isdigit() else place


def _lead_in(text: str, place: Span, prose: list[Span]) -> bool:
    """Whether the blank parts a heading that runs on from its text: （一）加强领导 各单位要……"""
    start = max((span.start for span in prose if span.start <= place.start), default=0)
    numbered = _NUMBERED.match(text, start) is not None
    return numbered and place.start - start <= 24 and _STOP.search(text, start, place.start) is None
