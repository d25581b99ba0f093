"""PN003: two marks where one belongs."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.document import BlockKind
from reportlint.finding import Applicability, Finding, Fix, Message, Outcome, Replacement, Severity
from reportlint.patterns import compiled, hinted
from reportlint.rule import rule
from reportlint.span import Span

#: Marks that cannot stand side by side, a blank between them or not, and a stop on both sides of a closing quote.
_DOUBLED = compiled(
    r"(?P<pair>[，、；：,;](?:[ \t\u3000]?[，、；：。,;])+|。(?:[ \t\u3000]?[，、；：。])+|[！？][，、；：。])"
    r"|(?<=[。！？])”(?P<after>[。，；、])|(?P<bracketed>。)(?=）[，。；])|(?P<open>[（《〔])(?P<in>[，、；：。])|(?<=[一-龥”》）])(?P<etc>、)(?=等(?![级待次同于效额价离边高温量候]))"
)
#: What all of these begin with, and what comes next.
_BEGINS = compiled(r"[，、；：,;。！？”（《〔](?=[ \t\u3000]?[，、；：。,;）等])")
#: What ends in a semicolon that is no punctuation: &nbsp;
_ENTITY = compiled(r"&(?:[A-Za-z]{2,8}|#[0-9]{1,6}|#x[0-9A-Fa-f]{1,5});\Z")
_STOPS = "。；：，、"
_UNREAD = (BlockKind.CODE, BlockKind.COMMENT, BlockKind.RULE)


@rule(
    "PN003",
    "doubled-mark",
    severity=Severity.WARNING,
    bad=(
        "全年培训干部120人次⟦，，⟧合格率100%。",
        "各项任务全面完成⟦，。⟧",
        "坚持问题导向⟦、，⟧逐项整改销号。",
        "他说：“一定抓好落实。”⟦。⟧",
        "清理砂石、垃圾⟦、⟧等堆放点36处。",
    ),
    good=(
        "全年培训干部120人次，合格率100%。",
        "他说：“一定抓好落实。”会后，各组分头行动。",
        "什么？！这样的事还在发生……",
        "坚持“抓常、抓长”，久久为功。",
        "按年龄、等级分类管理，做到不等、不靠。",
    ),
)
def doubled_mark(analysis: Analysis) -> Iterator[Outcome]:
    """标点重复或叠用。

    两个点号挨在一起，总有一个是多余的：删改词语时忘了删标点，或者按了两下键。

    省略号、破折号和“？！”不算；句号在引号里面、引号后面又接句号的也是重复。
    """
    text = analysis.document.text
    yield from _at_line_start(text)
    for match in _BEFORE_QUOTE.finditer(text) if "”" in text else ():
        yield Finding(
            Span(match.start(), match.start() + 1),
            Message(
                f"后引号前面的“{match[0][0]}”多余", f"“{match[0][0]}” before the closing quote is one mark too many"
            ),
            suggestion="",
            fix=Fix("删去", Applicability.UNSAFE, (Replacement(Span(match.start(), match.start() + 1), ""),)),
        )
    skipped: list[Span] | None = None
    for match in hinted(_DOUBLED, _BEGINS, text):
        if skipped is None:
            skipped = [block.span for block in analysis.document.blocks if block.kind in _UNREAD]
        span = Span(*match.span(match.lastgroup or 0))
        if match["etc"]:
            span = Span(*match.span("etc"))
            yield Finding(
                span,
                Message("“等”前面不用顿号", "no 、 before 等"),
                suggestion="",
                fix=Fix("删去", Applicability.UNSAFE, (Replacement(span, ""),)),
            )
            continue
        if match["bracketed"]:
            span = Span(*match.span("bracketed"))
            yield Finding(
                span,
                Message("句子里的括注末尾不用句号", "no full stop at the end of a remark inside a sentence"),
                suggestion="",
                fix=Fix("删去", Applicability.UNSAFE, (Replacement(span, ""),)),
                severity=Severity.INFO,
            )
            continue
        if match["in"]:
            span = Span(*match.span("in"))
        if any(other.meets(span) for other in skipped) or _ENTITY.search(text, max(0, span.start - 10), span.start + 1):
            continue
        yield _finding(text, span, after=bool(match["after"]), inside=bool(match["in"]))


#: “防汛，”行动; in speech a comma may stand there: “抓好落实，”他说.
_BEFORE_QUOTE = compiled(
    r"、(?<=[一-龥]、)(?=”)|，(?<=[一-龥]，)(?=”(?:行动|专项|活动|工程|机制|模式|品牌|理念|工作法|战略|制度|改革|要求))"
)
_LINE_START = compiled(r"(?:^|(?<=\n))[ \t\u3000]*(?P<mark>[，、；。])(?=[一-龥A-Za-z0-9“《])")
#: More than so many come from how the text was set.
_FEW = 2


def _at_line_start(text: str) -> Iterator[Finding]:
    """A line that begins with a mark: the words, or the number, before it are gone."""
    found = list(_LINE_START.finditer(text))
    for match in found if len(found) <= _FEW else ():
        yield Finding(
            Span(*match.span("mark")),
            Message(f"一行开头是“{match['mark']}”，前面的字或序号掉了", f"a line begins with “{match['mark']}”"),
        )


def _finding(text: str, span: Span, *, after: bool, inside: bool) -> Finding:
    shown = text[span.start : span.end]
    if after or inside:
        why = "引号里已有句末标点，后面的" if after else "括号或书名号开头的"
        return Finding(
            span,
            Message(f"{why}“{shown}”多余", f"“{shown}” is one mark too many"),
            suggestion="",
            fix=Fix("删去", Applicability.UNSAFE, (Replacement(span, ""),)),
        )
    marks = [mark for mark in shown if not mark.isspace()]
    if shown.count("。") >= 3:
        kept, sure = "……", False
    elif len({*marks}) == 1:
        kept, sure = marks[0], True
    else:
        # Of two different marks the one that parts more is what the sentence ends in: 完成，。 → 完成。
        kept, sure = min(marks, key=lambda mark: _STOPS.find(mark) % 9), False
        if marks[0] in "！？":
            kept = marks[0]
    return Finding(
        span,
        Message(f"标点“{shown}”叠用，留一个", f"marks “{shown}” side by side; keep one"),
        suggestion=kept,
        fix=Fix(f"改为“{kept}”", Applicability.SAFE if sure else Applicability.UNSAFE, (Replacement(span, kept),)),
    )
