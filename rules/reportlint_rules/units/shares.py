"""UN006: shares and rates told in a unit that no share has."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.finding import Finding, Message, Outcome, Severity
from reportlint.patterns import compiled
from reportlint.rule import rule
from reportlint.span import Span

#: 占一般公共预算支出的81.1亿元: an amount where the share belongs; 占用耕地的36亩 is no share.
_AMOUNT = compiled(
    r"(?<![侵挤抢霸强独多])占(?![用地有领据道压])[^，。；、（）\d\n]{2,18}的(?:比重|比例)?(?:为|达到?|约)?(?P<figure>\d{1,8}(?:\.\d{1,4})?(?:[万亿]?元|[万亿]?人|万?户|万?吨|万?亩))(?=[，。；\n]|$)"
)
#: 为年度任务2.2万亩的107.3‰, 完成率98.6‰, 同比增长8.2‰: per mille where the custom is per cent.
_PER_MILLE = compiled(
    r"(?:(?:任务|计划|目标|预算)(?:数|总数)?(?:的|[^，。；\d\n]{0,6}\d[\d.]{0,9}[一-龥]{1,4}的)|(?:完成|合格|优良|达标|满意|覆盖|办结|整改|入学|参保|签约|普及|处理|开工|执行)率(?:为|达到?|均为|均达)?"
    r"|(?:同比|环比|比上年|较上年|比去年|较去年)(?:增长|下降|上升|提高))(?P<figure>\d{1,4}(?:\.\d{1,3})?‰)"
)


@rule(
    "UN006",
    "share-in-wrong-unit",
    severity=Severity.WARNING,
    bad=(
        "民生支出25.36亿元，占一般公共预算支出的⟦81.1亿元⟧。",
        "完成造林2.36万亩，为年度任务2.2万亩的⟦107.3‰⟧。",
        "项目开工率达到⟦98.6‰⟧，同比增长⟦8.2‰⟧。",
    ),
    good=(
        "民生支出25.36亿元，占一般公共预算支出的81.1%。",
        "完成造林2.36万亩，为年度任务2.2万亩的107.3%。",
        "婴儿死亡率2.59‰，出生率为5.3‰，综合差错率为0.21‰。",
        "查处非法占用耕地的36亩，占道经营罚款1.2万元。",
        "占全市重点项目的一半，其中亿元以上的12个。",
    ),
)
def share_in_wrong_unit(analysis: Analysis) -> Iterator[Outcome]:
    """占比写成了数额，百分号写成了千分号。

    “占支出的81.1亿元”后面应当是百分比；“为任务的107.3‰”“开工率98.6‰”习惯用百分号，多半是按错了键。

    出生率、死亡率、差错率本来用千分号；“占用”“占地”不是占比，不报。
    """
    text = analysis.reading.text
    if "占" in text:
        for match in analysis.matches(_AMOUNT):
            yield Finding(
                analysis.span(Span(*match.span("figure"))),
                Message("占比应当是百分比，这里写成了数额，请核对", "a share is no amount; check it"),
            )
    if "‰" in text:
        for match in _PER_MILLE.finditer(text):
            yield Finding(
                analysis.span(Span(*match.span("figure"))),
                Message("这里通常用百分号，“‰”多半是“%”之误，请核对", "‰ for %?"),
            )
