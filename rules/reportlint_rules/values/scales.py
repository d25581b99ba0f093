"""Figures whose words alone say how great they must be: output told in single 元, a square metre at millions, nights louder than days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from reportlint.analysis import Analysis
from reportlint.claims import CHANGES, Claim, Role
from reportlint.finding import Checked, Finding, Message, Outcome, Related
from reportlint.patterns import compiled

#: Sums over many: no county, firm or trade has an output of 15.6元.
_AT_LARGE = compiled(
    r"(?:总?产值|增加值|营业收入|营业额|总收入|综合收入|销售收入|销售额|交易额|成交额|零售总?额|零售额|总投资|投资额|固定资产投资|财政收入|预算收入|税收收入|进出口总?额|罚没款|罚款总额|贷款余额|存款余额)"
    r"(?:达到了?|达|为|突破|完成|实现|约|近|共计?|累计|超过?|逾){0,2}$"
)
_EACH = compiled(r"均|每|单位|单|标准|户|亩|各|人|一[一-龥]")
_LEAST = Decimal(10000)
#: A price of one, told in 万元.
_PRICE = compiled(
    r"(?:均价|单价|价格|售价|成本|造价|租金)[一-龥]{0,4}每(?P<each>平方米|立方米|公斤|斤|千瓦时|度)(?:约|为|达|近){0,2}$"
)
_DEAREST = Decimal(300000)
#: What is paid for one visit, one patient, one head of the population.
_FOR_ONE = compiled(
    r"(?:次均|例均|人次均|床日均|人均|户均)(?:住院|门诊|药品|医疗|可支配|纯|公用|公共卫生|消费|筹资|缴费)?(?:费用|收入|经费|补助|补贴|标准|支出|额)(?:约|为|达|到)*$"
)
_MOST_FOR_ONE = Decimal(1000000)
#: 占学生总数的102.1%: a part is no more than its whole.
_PART_OF = compiled(r"占[一-龥]{1,10}(?:总[数量额人][一-龥]{0,2}|人口|面积)的?(?:比例为|比重为|比例达|约|达)?$")
_NO_PART = compiled(r"计划|任务|目标|预算|上年|去年|同期|年初|往年|定额|编制|指标")
_HUNDRED = Decimal(100)
_DAY, _NIGHT = compiled(r"昼间"), compiled(r"夜间")


def off_scale(analysis: Analysis) -> Iterator[Outcome]:
    """Every figure of these shapes, with those that cannot be meant."""
    claims = analysis.claims
    for claim in claims:
        unit = claim.quantity.unit.name
        if unit == "元" and claim.lead and claim.role not in CHANGES and claim.role is not Role.BASE:
            yield from _money(claim)
        elif unit == "%" and claim.quantity.value > _HUNDRED and _PART_OF.search(claim.lead):
            yield Checked(claim.quantity.span)
            if not _NO_PART.search(claim.lead):
                yield Finding(
                    claim.quantity.span,
                    Message(
                        f"部分不会超过全部：“占”之后不会是 {claim.quantity.text}，请核对",
                        f"a part is no more than its whole: {claim.quantity.text} cannot be a share",
                    ),
                )
    if "夜间" in analysis.reading.text and "分贝" in analysis.reading.text:
        yield from _nights([claim for claim in claims if claim.quantity.kind == "noise"])


def _money(claim: Claim) -> Iterator[Outcome]:
    quantity = claim.quantity
    if not quantity.magnitude and quantity.value < _LEAST:
        if _AT_LARGE.search(claim.lead) and not _EACH.search(claim.lead) and not quantity.ranged:
            yield Checked(quantity.span)
            yield Finding(
                quantity.span,
                Message(
                    f"总额不会只有 {quantity.text}，是否漏了“万”“亿”，请核对",
                    f"a total of {quantity.text}: is 万 or 亿 missing?",
                ),
            )
    elif quantity.magnitude and quantity.value > _MOST_FOR_ONE and (for_one := _FOR_ONE.search(claim.lead)):
        yield Checked(quantity.span)
        yield Finding(
            quantity.span,
            Message(
                f"“{for_one[0]}”{quantity.text} 不合常理，是否多写了“{quantity.magnitude}”，请核对",
                f"{quantity.text} for each one: check the magnitude",
            ),
        )
    elif quantity.magnitude and quantity.value > _DEAREST and (said := _PRICE.search(claim.lead)):
        yield Checked(quantity.span)
        yield Finding(
            quantity.span,
            Message(
                f"每{said['each']} {quantity.text} 不合常理，是否多写了“{quantity.magnitude}”，请核对",
                f"{quantity.text} for one {said['each']}: check the magnitude",
            ),
        )


def _nights(levels: Sequence[Claim]) -> Iterator[Outcome]:
    """昼间53.6分贝、夜间64.2分贝: of one place the night is the quieter."""
    for day, night in pairwise(levels):
        if night.clause - day.clause > 1 or not _DAY.search(day.lead) or not _NIGHT.search(night.lead):
            continue
        if _NIGHT.search(day.lead) or not (day.quantity.exact and night.quantity.exact) or night.role in CHANGES:
            continue
        yield Checked(night.quantity.span)
        if night.quantity.value > day.quantity.value:
            yield Finding(
                night.quantity.span,
                Message(
                    f"夜间 {night.quantity.text} 高于昼间 {day.quantity.text}，不合常理，请核对",
                    f"nights of {night.quantity.text} louder than days of {day.quantity.text}",
                ),
                (Related(day.quantity.span, "昼间"),),
            )
