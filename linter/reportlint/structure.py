"""Logical paragraphs, sentences and clauses.

Files break lines where a paragraph does not end: mails and PDFs wrap hard, a page break leaves a blank line in the middle of
a sentence. Here the physical blocks that a source gives become the paragraphs their author wrote.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reportlint.document import Block, BlockKind, Document
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint.span import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from reportlint.reading import Reading

#: What a reader of the finished report does not read, and rules do not either.
_UNREAD = frozenset((BlockKind.CODE, BlockKind.COMMENT, BlockKind.RULE))

_NUMERALS = "一二三四五六七八九十百〇零"
#: What opens a numbered or bulleted block.
_ORDINAL = compiled(
    rf"\s*(?:#{{1,6}}\s|第[{_NUMERALS}\d]{{1,4}}[章节部分篇条]|[（(][{_NUMERALS}]{{1,3}}[）)]|[{_NUMERALS}]{{1,3}}[、.．]"
    rf"|[（(]\d{{1,2}}[）)]|\d{{1,2}}[、.．](?!\d(?!\d{{3}}年))|[①-⑳]|[-*+•·●■◆▪]\s|附件|附表|附图|注[：:]|来源[：:]|——|—{{2}})"
)
_HEADING_ORDINAL = compiled(
    rf"\s*(?:#{{1,6}}\s*)?(?:(第[{_NUMERALS}\d]{{1,4}}[章部分篇])|([{_NUMERALS}]{{1,3}}、)|([（(][{_NUMERALS}]{{1,3}}[）)])|(\d{{1,2}}[、.．](?!\d(?!\d{{3}}年))))"
)
#: Labels of the table that government web pages put above a text.
_META = compiled(
    r"^\s*(?:[^，。]{0,8}(?:索\s*引\s*号|主题分类|发布机构|发文机关|发文日期|成文日期|发布日期|发布时间|效力状态|信息来源|文\s*号|名\s*称|来\s*源"
    r"|浏览次数|阅读次数|点击数|字体大小|责任编辑|公开方式|公开日期|发文字号|主\s*题\s*词)\s*[:：].*)$"
)
#: A page number that stands alone on its line.
_PAGE_NUMBER = compiled(r"[-—–－\s]*\d{1,4}[-—–－\s]*|第\s*\d+\s*页\s*(?:(?:[,，/]\s*)?共\s*\d+\s*页)?")
_ENDS = "。！？!?；;：:…”’』」》〉）)】]"
_COMMAS = "，、,"
_INNER = compiled(r"[，。；、,;](?!(?<=\d[,，])\d{3}(?!\d))")  # 11,481 has none
_WIDE = compiled(r"[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6“”‘’—…]")
_SENTENCE = compiled(r"[^。！？!?\n]*[。！？!?]*[”’』」）》]*")
_CLAUSE = compiled(r"[^，；：。！？!?\n]+")
#: Nobody wraps lines at more cells than these.
_WIDEST = 130


class Paragraph(NamedTuple):
    """A paragraph as written, in one or more pieces of the document.

    ``cut`` marks the pieces' joints at which a blank line stood inside a sentence: the index of the piece after it.
    """

    spans: tuple[Span, ...]
    kind: BlockKind
    level: int = 0
    block: Block | None = None
    cut: tuple[int, ...] = ()

    @property
    def span(self) -> Span:
        """From the first piece to the last."""
        first = self.spans[0]
        return first if len(self.spans) == 1 else Span(first.start, self.spans[-1].end)


class Sentence(NamedTuple):
    """A sentence of the reading: its place there and the number of its paragraph."""

    at: Span
    paragraph: int


#: Joiners and marks of direction that nobody sees.
_UNSEEN = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"


def _trim(text: str, span: Span) -> Span:
    start, end = span
    while start < end and (text[start].isspace() or text[start] in _UNSEEN):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _UNSEEN):
        end -= 1
    return Span(start, end)


def _columns(text: str) -> int:
    """Rough width in terminal cells: enough to see whether lines were wrapped at one."""
    return len(text) + len(_WIDE.findall(text))


def _nearly_widest(widths: Iterable[int]) -> int:
    """The width that one line of twenty passes."""
    found = sorted(widths)
    return found[int(len(found) * 0.95)]


def _wrap_width(document: Document, blocks: Sequence[Block]) -> int:
    """The width at which the whole text is hard-wrapped, in cells, or 0 where it is not."""
    lines = [document.slice(block.span) for block in blocks if block.kind is BlockKind.LINE]
    # No line is narrower than its characters are many: most texts are told from wrapped ones by that.
    if len(lines) < 8 or _nearly_widest(map(len, lines)) > _WIDEST:
        return 0
    widths = [_columns(line) for line in lines]
    widest = _nearly_widest(widths)
    if not 30 <= widest <= _WIDEST:
        return 0
    full = sum(widest - 4 <= width <= widest + 2 for width in widths)
    return widest if full >= 0.4 * len(widths) else 0


def _kind(text: str, block: Block) -> tuple[BlockKind, int]:
    """What a line of plain text is, by its wording."""
    if block.kind is not BlockKind.LINE:
        return block.kind, block.level
    if (":" in text or "：" in text) and _META.match(text):
        return BlockKind.META, 0
    stripped = text.strip()
    ordinal = _HEADING_ORDINAL.match(stripped) if len(stripped) <= 45 else None
    if ordinal and stripped[-1] not in "。；;！!，,、" and not compiled(r"[。；！]").search(stripped):
        return BlockKind.HEADING, next(level for level, group in enumerate(ordinal.groups(), 1) if group)
    return BlockKind.PARAGRAPH, 0


#: What only goes on with a line: closing marks, one character before a comma, a figure's measure word.
_FRAGMENT = compiled(r"[，。、；！？”》）%％]|(?![一二三四五六七八九十另又但如即注])[一-龥][，。；、]")
_MEASURE = compiled(
    r"(?:余|多)?[万亿千百]?(?:个|家|件|项|起|名|人次|场次|处|条|户|座|台|辆|亩|吨|元|公里|平方米|%)(?![一-龥]{0,3}[：:])"
)
_FIGURE = compiled(
    r"\d[\d.]*(?:余|多)?[万亿千百]?(?:个|家|件|项|起|名|人|次|场|处|条|户|座|台|辆|亩|吨|元|公里|平方米|%)"
)

#: What has nothing to say without the figure behind it.
_WANTS_FIGURE = compiled(
    r"(?:达到|完成投资|投入资金|争取资金|落实资金|同比增长|同比下降|增长|下降|提高了|超过|共计|合计|新增|惠及|涉及|约|为)$"
)


def _runs_on(before: str, after: str) -> bool:
    """Whether the break between the lines falls inside a phrase, however short they are.

    >>> _runs_on("在岗在", "位，处置突发事件7起。"), _runs_on("完成改造45处，惠及", "1.2万户，"), _runs_on("工作情况", "全年有序，")
    (True, True, False)
    """
    if _FRAGMENT.match(after):
        return True
    if before[-1].isdigit():
        return len(before) >= 6 and _MEASURE.match(after) is not None
    wants = len(before) >= 10 and "，" in before or _WANTS_FIGURE.search(before)
    return bool(wants) and _FIGURE.match(after) is not None


def _continues(before: str, after: str, *, blank: bool, width: int) -> bool:
    """Whether the line ``after`` goes on with the sentence that the line ``before`` left open."""
    last = before[-1]
    if last in _ENDS or _ORDINAL.match(after) or after[0] in "|>#<":
        return False
    if _runs_on(before, after):
        return True
    if blank:
        # A heading or a title stands above a blank line too: only prose that breaks off in mid-sentence is joined.
        return (
            len(before) >= 20
            and _INNER.search(before) is not None
            and (len(after) >= 8 or after[-1] in "。；")
            and (_INNER.search(after) is not None or after[-1] in "。；")
            and not _signature(after)
        )
    if last in _COMMAS:
        return True
    if width and _columns(before) >= width - 6:
        return True
    return (
        len(before) >= 25
        and _INNER.search(before) is not None
        and not _signature(after)
        and _INNER.search(after) is not None
    )


def _signature(text: str) -> bool:
    """A line that ends a document: a bureau's name or a date."""
    return len(text) <= 24 and not _INNER.search(text) and text[-1] not in "。；"


def paragraphs(document: Document) -> Iterator[Paragraph]:
    """The logical paragraphs of ``document``: blocks of the source, plain lines joined where a sentence runs on."""
    text = document.text
    width = _wrap_width(document, document.blocks)
    pieces: list[Span] = []
    cuts: list[int] = []
    kind, level = BlockKind.PARAGRAPH, 0
    previous: Block | None = None

    def flush() -> Iterator[Paragraph]:
        if pieces:
            yield Paragraph(tuple(pieces), kind, level, previous, tuple(cuts))
            pieces.clear()
            cuts.clear()

    for block in document.blocks:
        span = _trim(text, block.span)
        if not span.size:
            continue
        line = text[span.start : span.end]
        if block.kind is BlockKind.LINE and _PAGE_NUMBER.fullmatch(line):
            continue
        if block.kind in _UNREAD:
            yield from flush()
            continue
        if (
            previous is not None
            and pieces
            and block.kind is BlockKind.LINE
            and previous.kind in (BlockKind.LINE, BlockKind.ITEM)
            and kind in (BlockKind.PARAGRAPH, BlockKind.ITEM)
            and text[block.span.start : span.start].count("\u3000") < 2
        ):
            between = text[pieces[-1].end : span.start]
            if not between and block.page > previous.page > 0:
                pieces.append(span)  # the format says that the paragraph goes on over the page
                previous = block
                continue
            blank = between.count("\n") > 1 or between.count("\r") > max(1, between.count("\n"))
            if _kind(line, block)[0] is BlockKind.PARAGRAPH and _continues(
                text[pieces[-1].start : pieces[-1].end], line, blank=blank, width=width
            ):
                if blank:
                    cuts.append(len(pieces))
                pieces.append(span)
                continue
        yield from flush()
        kind, level = _kind(line, block)
        previous = block
        pieces.append(span)
    yield from flush()


def sentences(reading: Reading) -> Iterator[Sentence]:
    """The sentences of ``reading``; a line break ends one, for it ends the paragraph."""
    text = reading.text
    paragraph = 0
    at = 0
    while at < len(text):
        if text[at] == "\n":
            paragraph += 1
            at += 1
            continue
        match = _SENTENCE.match(text, at)
        end = match.end() if match else len(text)
        end = max(end, at + 1)
        yield Sentence(Span(at, end), paragraph)
        at = end


def clauses(text: str, at: Span) -> Iterator[Span]:
    """The stretches between commas, semicolons and colons of ``at``; 、 joins and does not part."""
    for match in _CLAUSE.finditer(text, at.start, at.end):
        yield Span(*match.span())
