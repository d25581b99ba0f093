"""TM006: the same thing said twice in one phrase."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.finding import Applicability, Finding, Fix, Message, Outcome, Replacement, Severity
from reportlint.patterns import compiled
from reportlint.rule import rule
from reportlint.span import Span

_NUMBER = r"[0-9][0-9.,]*(?:[百千万亿]{0,2})(?:%|‰|个百分点|[一-龥]{0,5}?)"
#: What is said before a number, and what says it again behind it.
_AGAIN = (
    (
        compiled(
            rf"((?:超过|超出|高于|多于|大于|突破|不低于|不少于)(?:了|达|有|完成)?|(?:至少|最少)[一-龥]{{0,3}}(?<![于及比占]))({_NUMBER})(以上)(?!的?法院|学历|职称)"
        ),
        "以上",
    ),
    (compiled(rf"(低于|不足|少于|小于|不到|未满|不超过|不高于|不多于|至多|最多)({_NUMBER})(以下|以内|之内)"), "以下"),
    (
        compiled(
            rf"(大约|大概|约|将近|接近)(?:为|有|占|需|投入|需要|使用|花费)?({_NUMBER})(左右|上下|余|多)(?!个百分点|项|种)"
        ),
        "左右",
    ),
    (compiled(r"(?<![附最靠接临就远逼新])(近)([十百千万]{1,2})(余|多)(?=[一-龥])(?![年天月日个]?[年天月日])"), "余"),
)
_CUES = ("以上", "以下", "以内", "之内", "左右", "上下", "约", "近")
_FIXED = (
    ("同比去年同期", "同比", "“同比”就是与去年同期相比"),
    ("同比上年同期", "同比", "“同比”就是与上年同期相比"),
    ("较去年同期同比", "同比", "“同比”就是与去年同期相比"),
    ("较上年同期同比", "同比", "“同比”就是与上年同期相比"),
    ("与去年同期同比", "同比", "“同比”就是与去年同期相比"),
    ("与上年同期同比", "同比", "“同比”就是与上年同期相比"),
    ("比去年同期同比", "同比", "“同比”就是与去年同期相比"),
    ("比上年同期同比", "同比", "“同比”就是与上年同期相比"),
    ("同比去年", "同比", "“同比”就是与去年同期相比"),
    ("同比上年", "同比", "“同比”就是与上年同期相比"),
    ("较去年同比", "同比", "“同比”就是与去年同期相比"),
    ("较上年同比", "同比", "“同比”就是与上年同期相比"),
    ("比去年同比", "同比", "“同比”就是与去年同期相比"),
    ("比上年同比", "同比", "“同比”就是与上年同期相比"),
    ("与去年同比", "同比", "“同比”就是与去年同期相比"),
    ("与上年同比", "同比", "“同比”就是与上年同期相比"),
    ("环比去年同期", "同比", "“环比”是与上一期相比，与上年同期相比是“同比”"),
    ("环比上年同期", "同比", "“环比”是与上一期相比，与上年同期相比是“同比”"),
    ("切忌不要", "切忌", "“切忌”就是切不可"),
    ("切忌不可", "切忌", "“切忌”就是切不可"),
    ("避免不再", "避免再", "“避免”后面再否定，意思相反"),
    ("防止不再", "防止再", "“防止”后面再否定，意思相反"),
    ("防止不发生", "防止发生", "“防止”后面再否定，意思相反"),
    ("最少不低于", "不低于", "“最少”与“不低于”重复"),
    ("至少不低于", "不低于", "“至少”与“不低于”重复"),
    ("最多不超过", "不超过", "“最多”与“不超过”重复"),
    ("原因是由于", "原因是", "“原因”与“由于”重复"),
    ("原因是因为", "原因是", "“原因”与“因为”重复"),
    ("目的是为了", "目的是", "“目的”与“为了”重复"),
    ("截至到", "截至", "“至”就是“到”"),
    ("凯旋归来", "凯旋", "“旋”就是归来"),
    ("凯旋而归", "凯旋", "“旋”就是归来"),
    ("免费赠送", "赠送", "赠送本来免费"),
    ("目前为止已", "目前已", "“目前”已含“为止”的意思"),
    ("悬殊很大", "悬殊", "“悬殊”就是相差很大"),
    ("亲眼目睹", "目睹", "“目睹”就是亲眼看见"),
    ("毫无任何", "毫无", "“毫无”就是没有任何"),
    ("涉及到", "涉及", "“及”就是“到”"),
    ("付诸于", "付诸", "“诸”就是“之于”"),
    ("诉诸于", "诉诸", "“诸”就是“之于”"),
    ("公诸于", "公之于", "“诸”就是“之于”"),
    ("来源于自", "来源于", "“于”与“自”重复"),
    ("大约左右", "大约", "“大约”与“左右”重复"),
)
#: Much used, if not well: only a hint.
_MILD = frozenset(("涉及到", "免费赠送", "截至到", "亲眼目睹", "目的是为了", "最多不超过", "最少不低于", "至少不低于"))


@rule(
    "TM006",
    "pleonasm",
    severity=Severity.WARNING,
    bad=(
        "全年接待游客约30万人次⟦左右⟧。",
        "群众满意度超过95%⟦以上⟧。",
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
    text = analysis.reading.text
    if any(cue in text for cue in _CUES):
        for pattern, _ in _AGAIN:
            for match in pattern.finditer(text):
                span = analysis.span(Span(*match.span(3)))
                yield Finding(
                    span,
                    Message(f"“{match[1]}”与“{match[3]}”重复，留一个", f"{match[1]} and {match[3]} say the same"),
                    suggestion="",
                    fix=Fix(f"删去“{match[3]}”", Applicability.UNSAFE, (Replacement(span, ""),)),
                )
    taken: list[Span] = []
    for words, right, why in _FIXED:
        at = text.find(words) if words in text else -1
        while at >= 0:
            here = Span(at, at + len(words))
            if why and not any(other.meets(here) for other in taken):
                taken.append(here)
                span = analysis.span(here)
                yield Finding(
                    span,
                    Message(f"“{words}”应作“{right}”：{why}", f"write {right} for {words}"),
                    suggestion=right,
                    fix=Fix(f"改为“{right}”", Applicability.UNSAFE, (Replacement(span, right),)),
                    severity=Severity.INFO if words in _MILD else Severity.WARNING,
                )
            at = text.find(words, at + len(words))
