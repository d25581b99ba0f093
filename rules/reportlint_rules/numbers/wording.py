"""NM104: 个百分比 for 个百分点."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.finding import Applicability, Finding, Fix, Message, Outcome, Replacement, Severity
from reportlint.rule import rule
from reportlint.span import Span

_WORD = re.compile(r"(?<=[0-9一二两三四五六七八九十几])(?:余|多)?(个百分比)")


@rule(
    "NM104",
    "percentage-point-word",
    severity=Severity.ERROR,
    bad=("优良率为68.5%，同比提高10.5⟦个百分比⟧。", "失业率下降两⟦个百分比⟧。"),
    good=("优良率为68.5%，同比提高10.5个百分点。", "各类支出所占的百分比见附表。", "用三个百分比指标衡量。"),
)
def percentage_point_word(analysis: Analysis) -> Iterator[Outcome]:
    """“百分点”误作“百分比”。

    两个百分数相减，差的单位是“个百分点”；“百分比”是比值本身，不能用“个”来计量增减。

    “三个百分比指标”一类以百分比作名词的说法不报。
    """
    text = analysis.reading.text
    for match in _WORD.finditer(text) if "个百分比" in text else ():
        if re.match(r"指标|数据|数值|数字|参数", text[match.end() :]):
            continue
        span = analysis.span(Span(*match.span(1)))
        yield Finding(
            span,
            Message("百分数之差的单位是“个百分点”，不是“个百分比”", "a difference of percentages is counted in 百分点 (percentage points)"),
            suggestion="个百分点",
            fix=Fix("改为“个百分点”", Applicability.SAFE, (Replacement(span, "个百分点"),)),
        )


_FALL = r"(?:下降|减少|降低|回落|下滑|缩减|压减|削减|缩短|缩小)"
_TOO_FAR = re.compile(rf"{_FALL}(?:了|约|近|超过|超|逾|达|达到|幅度达|幅度为)?([0-9]{{3,}}(?:\.[0-9]+)?%)|降幅(?:为|达|达到|约|超过)?([0-9]{{3,}}(?:\.[0-9]+)?%)")
_FALL_BY_TIMES = re.compile(rf"{_FALL}(?:了|约|近|超过|超|逾|达)?((?:[0-9]+(?:\.[0-9]+)?|[一二两三四五六七八九十]+)(?:多|余)?倍)")
#: Quantities that can pass zero: a profit can turn into a loss.
_SIGNED = re.compile(r"利润|盈利|亏损|差额|顺差|逆差|余额|结余|净|赤字|收益|效益|利差|同比增速|增幅|增速|价差|敞口|结存")


@rule(
    "NM110",
    "impossible-fall",
    severity=Severity.ERROR,
    bad=("信访总量同比下降⟦120%⟧。", "审批时限比原来减少了⟦一倍⟧。", "能耗较2020年降低⟦3倍⟧。"),
    good=("信访总量同比下降12.0%。", "企业利润总额同比下降120%，由盈转亏。", "投诉量下降100%，实现零投诉。", "成本降低到原来的三分之一。"),
)
def impossible_fall(analysis: Analysis) -> Iterator[Outcome]:
    """不可能的降幅。

    数量最多降到零，降幅不会超过 100%；“倍”只能说增加，减少一倍就没有了，减少三倍更说不通，应当写“减少一半”“降到三分之一”或百分数。

    利润、差额、结余等可以由正转负的量除外；“降到原来的几分之几”是对的。
    """
    text = analysis.reading.text
    for match in _TOO_FAR.finditer(text):
        group = 1 if match[1] else 2
        if float(match[group].rstrip("%")) <= 100 or _SIGNED.search(text, max(0, match.start() - 14), match.start()):
            continue
        yield Finding(
            analysis.span(Span(*match.span(group))),
            Message(f"降幅 {match[group]} 超过 100%，不可能，请核对", f"a fall of {match[group]} is impossible: nothing falls by more than 100%"),
        )
    for match in _FALL_BY_TIMES.finditer(text):
        yield Finding(
            analysis.span(Span(*match.span(1))),
            Message(
                f"减少不能用“{match[1]}”来说：减少一倍就没有了，请改为百分数或“减少到几分之几”",
                "a decrease cannot be counted in 倍 (times): use a percentage or 减少到…分之…",
            ),
        )


_MONEY_LEAD = re.compile(r"(?:资金|经费|投资|投入|收入|支出|贷款|授信|产值|税收|补助|补贴|罚款|罚没|融资|销售额|营业额|交易额|债券)(?:累计|共计|共|合计|总额|已|完成|达到|达|超过|突破|约|近|为|额|总量|规模){0,3}$")
_MONEY_TRAIL = re.compile(r"(?:资金|经费|贷款|债券|补助|补贴|投资|投入|财政|专项|奖补|罚款|授信|融资|税收|产值|营收|的(?:资金|投资|贷款|补助))")


@rule(
    "NM118",
    "missing-yuan",
    severity=Severity.WARNING,
    bad=("市县两级共投入⟦1.23亿⟧资金，建成监测网络。", "全年完成投资⟦3.6亿⟧，占年度计划的92%。"),
    good=("市县两级共投入1.23亿元资金。", "打造千亿产业集群，培育百亿企业。", "服务人口1.23亿。", "发放消费券2万张，拉动消费。"),
)
def missing_yuan(analysis: Analysis) -> Iterator[Outcome]:
    """金额缺“元”。

    “投入1.23亿资金”漏了“元”；公文里的金额要写全计量单位。

    只在前后文说的确是钱（资金、投资、贷款、产值……）、数后又没有任何单位时提示；“千亿产业”“百亿企业”一类说法不算。
    """
    for claim in analysis.claims:
        quantity = claim.quantity
        if quantity.magnitude not in ("万", "亿", "百万", "千万", "万亿") or quantity.unit.name or quantity.quoted or quantity.ranged or quantity.ordinal:
            continue
        after = claim.trail
        stopped = not after or after[0] in "、"
        if _MONEY_TRAIL.match(after) or (stopped and _MONEY_LEAD.search(claim.lead)):
            fixed = f"{quantity.text}元"
            yield Finding(
                quantity.span,
                Message(f"“{quantity.text}”后面缺“元”", f"the unit 元 is missing after “{quantity.text}”"),
                suggestion=fixed,
                fix=Fix(f"改为“{fixed}”", Applicability.UNSAFE, (Replacement(Span(quantity.span.end, quantity.span.end), "元"),)),
            )
