"""TM006: the same thing said twice in one phrase."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from reportlint.analysis import Analysis
from reportlint.files import beside, lines
from reportlint.finding import Applicability, Finding, Fix, Message, Outcome, Replacement, Severity
from reportlint.patterns import compiled, hinted
from reportlint.rule import rule
from reportlint.segment import common
from reportlint.span import Span

_NUMBER = r"[0-9][0-9.,]*(?:[百千万亿]{0,2})(?:%|‰|个百分点|[一-龥]{0,5}?)"
#: What is said before a number, and what says it again behind it; what that begins with, and words of which one is in every such phrase.
_AGAIN = (
    (
        compiled(
            rf"((?:超过|超出|高于|多于|大于|突破|不低于|不少于)(?:了|达|有|完成)?|(?:至少|最少)[一-龥]{{0,6}}(?<![于及比占]))({_NUMBER})(以上)(?!的?法院|学历|职称)"
        ),
        compiled("[超高多大突不至最]"),
        ("以上",),
    ),
    (
        compiled(rf"(低于|不足|少于|小于|不到|未满|不超过|不高于|不多于|至多|最多)({_NUMBER})(以下|以内|之内)"),
        compiled("[低不少小未至最]"),
        ("以下", "以内", "之内"),
    ),
    (
        compiled(
            rf"(大约|大概|约|将近|接近)(?:为|有|占(?:[一-龥]{{1,6}}的)?|需|投入|需要|使用|花费)?({_NUMBER}|[一二三四五六七八九半两]成半?)(左右|上下|余|多)(?!个百分点|项|种)"
        ),
        compiled("[大约将接]"),
        ("约", "大概", "将近", "接近"),
    ),
    (compiled(rf"(大约|大概)(?:[一-龥]{{1,8}}?)({_NUMBER})(左右|上下)"), compiled("大"), ("大约", "大概")),
    (compiled(r"(约)(?<![节公条合简制契特违预签誓盟].)()(近)(?=[0-9])"), compiled("约"), ("约近",)),
    (
        compiled(r"(超过|突破|超出)(?:了)?([0-9][0-9.]{0,8}[百千万亿]?)(多|余)(?=[一-龥])"),
        compiled("[超突]"),
        ("超过", "突破", "超出"),
    ),
    (
        compiled(r"([余多])(?<=[0-9十百千万亿].)([百千万亿]?[一-龥]{1,4}?)(左右|上下)"),
        compiled("[余多]"),
        ("左右", "上下"),
    ),
    (
        compiled(
            r"(近)(?<![附最靠接临就远逼新].)([十百千万]{1,2}|[0-9][0-9.]*[百千万]?|[一二三四五六七八九两][十百千万]{1,2})(余|多)(?=[一-龥])(?![年天月日个]?[年天月日])"
        ),
        compiled("近"),
        ("近",),
    ),
)


@lru_cache(maxsize=1)
def _fixed() -> tuple[tuple[str, str, Severity, str], ...]:
    """Forms of words that say a thing twice, what should stand there, how grave it is and why."""
    cells = (row.split("\t") for row in lines(beside(__file__, "pleonasms.tsv")))
    levels = {"info": Severity.INFO, "warning": Severity.WARNING}
    return tuple((words, right, levels[level], why) for words, right, level, why, _ in cells)


@rule(
    "TM006",
    "pleonasm",
    severity=Severity.WARNING,
    bad=(
        "全年接待游客约30万人次⟦左右⟧。",
        "群众满意度超过95%⟦以上⟧。",
        "参加演练1800余人次⟦左右⟧。",
        "全市用电量⟦同比去年⟧增长5.2%。",
    ),
    good=(
        "全年接待游客约30万人次。",
        "群众满意度达到95%以上，超过全省平均水平。",
        "全市用电量同比增长5.2%，去年同期为3.1%。",
        "规模以上企业超过300家，50万元以上项目12个。",
    ),
)
def pleonasm(analysis: Analysis) -> Iterator[Outcome]:
    """语义重复：“超过……以上”“约……左右”“同比去年”。

    前面说了“约”，后面又说“左右”；“同比”就是与上年同期相比，再说“去年”便是多余。留一个。

    “以上”“以下”属于后面名词的（超过3家以上的单位除外）请人工判断；“涉及到”一类用得很多的只提示。
    """
    text, grams = analysis.reading.text, analysis.grams
    for pattern, begins, hints in _AGAIN:
        for match in hinted(pattern, begins, text) if any(hint in text for hint in hints) else ():
            span = analysis.span(Span(*match.span(3)))
            yield Finding(
                span,
                Message(f"“{match[1]}”与“{match[3]}”重复，留一个", f"{match[1]} and {match[3]} say the same"),
                suggestion="",
                fix=Fix(f"删去“{match[3]}”", Applicability.UNSAFE, (Replacement(span, ""),)),
            )
    taken: list[Span] = []
    for words, right, severity, why in _fixed():
        at = text.find(words) if words[:2] in grams else -1
        while at >= 0:
            here = Span(at, at + len(words))
            # 来源于|自筹资金, 涉及到|达时间: the last character begins another word.
            if words[-1] in "自到" and common(text[here.end - 1 : here.end + 1]):
                at = text.find(words, here.end)
                continue
            if not any(other.meets(here) for other in taken):
                taken.append(here)
                span = analysis.span(here)
                yield Finding(
                    span,
                    Message(f"“{words}”应作“{right}”：{why}", f"write {right} for {words}"),
                    suggestion=right,
                    fix=Fix(f"改为“{right}”", Applicability.UNSAFE, (Replacement(span, right),)),
                    severity=severity,
                )
            at = text.find(words, at + len(words))
