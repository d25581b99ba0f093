"""NM104, NM110, NM118: words that the figure beside them does not bear."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from reportlint.analysis import Analysis
from reportlint.finding import Applicability, Finding, Fix, Message, Outcome, Replacement, Severity
from reportlint.numerals import han_value
from reportlint.patterns import around, compiled
from reportlint.rule import rule
from reportlint.span import Span

_POINT_WORD = compiled(r"个百分[比号率]")
_WORD = compiled(r"(?<=[0-9一二两三四五六七八九十几])(?:余|多)?(个百分[比号率])")


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
    for match in around(_WORD, _POINT_WORD, text, 1, 0):
        if compiled(r"指标|数据|数值|数字|参数|口径|中|的|都|均").match(text[match.end() :]):
            continue
        span = analysis.span(Span(*match.span(1)))
        yield Finding(
            span,
            Message(
                f"百分数之差的单位是“个百分点”，不是“{match[1]}”",
                "a difference of percentages is counted in 百分点 (percentage points)",
            ),
            suggestion="个百分点",
            fix=Fix("改为“个百分点”", Applicability.SAFE, (Replacement(span, "个百分点"),)),
        )


_HAN_DIGITS = "一二两三四五六七八九十"
_FALL = r"(?:(?:下降|减少|降低|回落|下滑|缩减|压减|削减|缩短|缩小|压缩|压降|下调|减轻|精简|收窄|下跌|跌落|节约|节省)|(?:比|较)[^，；。]{1,14}?(?:少|低|减|降))"
_BY = r"(?:了|约|近|超过|超|逾|达到?|高达|幅度?(?:达|为|超过|高达)?|率(?:达|为)){0,4}"
_TOO_FAR = compiled(
    rf"(?:{_FALL}{_BY}|[降跌减]幅(?:同比)?{_BY}(?:为|达到?|约|超过)?)(?P<size>[0-9]{{3,10}}(?:\.[0-9]{{1,9}})?%|百分之[一二三四五六七八九]百[{_HAN_DIGITS}零百]*)"
)
#: What each of the two has in it, and how far behind its beginning.
_BEYOND_ALL = compiled(r"[0-9分](?:(?<=[0-9])[0-9]{2,9}(?:\.[0-9]{1,9})?%|(?<=分)之[一二三四五六七八九]百)")
_TIMES = compiled(r"倍")
_LONGEST_FALL = 60
_FALL_BY_TIMES = compiled(
    rf"{_FALL}{_BY}(?P<size>(?:[0-9]{{1,9}}(?:\.[0-9]{{1,9}})?|[{_HAN_DIGITS}]{{1,9}}(?:点[{_HAN_DIGITS}零]{{1,9}})?)(?:多|余)?倍)"
)
#: 下降-5.2%: the sign says once more what the word says.
_FALL_BY_MINUS = compiled(
    rf"(?:下降|减少|降低|回落|下滑|下跌){_BY}(?P<size>[-－−][0-9]+(?:\.[0-9]+)?(?:%|个百分点|[万亿]?[元吨人户件起]))"
)
#: Quantities that can pass zero: a profit can turn into a loss.
_SIGNED = compiled(
    r"利润|盈利|盈余|亏损|差额|顺差|逆差|余额|结余|净|赤字|收益|效益|利差|同比增速|增幅|增速|价差|敞口|结存|现金流|盈亏|缺口|气温|温度|贡献"
)


@rule(
    "NM110",
    "impossible-fall",
    severity=Severity.ERROR,
    bad=(
        "信访总量同比下降⟦120%⟧。",
        "审批时限比原来减少了⟦一倍⟧。",
        "能耗较2020年降低⟦3倍⟧。",
        "税收同比下降⟦-5.2%⟧。",
    ),
    good=(
        "税收同比增长-5.2%，降幅比上月收窄1.3个百分点。",
        "信访总量同比下降12.0%。",
        "企业利润总额同比下降120%，由盈转亏。",
        "投诉量下降100%，实现零投诉。",
        "成本降低到原来的三分之一。",
    ),
)
def impossible_fall(analysis: Analysis) -> Iterator[Outcome]:
    """不可能的降幅。

    数量最多降到零，降幅不会超过 100%；“倍”只能说增加，减少一倍就没有了，减少三倍更说不通，应当写“减少一半”“降到三分之一”或百分数。

    “下降-5.2%”负负得正，也不是要说的意思。利润、差额、结余等可以由正转负的量除外；“降到原来的几分之几”是对的。
    """
    text = analysis.reading.text
    for match in around(_TOO_FAR, _BEYOND_ALL, text, _LONGEST_FALL, 20):
        size = match["size"]
        share = han_value(size[3:]) if size.startswith("百分之") else Decimal(size.rstrip("%"))
        if share is None or share <= 100 or _SIGNED.search(text, max(0, match.start() - 14), match.start()):
            continue
        yield Finding(
            analysis.span(Span(*match.span("size"))),
            Message(
                f"降幅 {size} 超过 100%，不可能，请核对",
                f"a fall of {size} is impossible: nothing falls by more than 100%",
            ),
        )
    for match in around(_FALL_BY_TIMES, _TIMES, text, _LONGEST_FALL, 0):
        yield Finding(
            analysis.span(Span(*match.span("size"))),
            Message(
                f"减少不能用“{match['size']}”来说：减少一倍就没有了，请改为百分数或“减少到几分之几”",
                "a decrease cannot be counted in 倍 (times): use a percentage or 减少到…分之…",
            ),
        )
    if any(sign in text for sign in "-－−"):
        for match in _FALL_BY_MINUS.finditer(text):
            size = match["size"]
            yield Finding(
                analysis.span(Span(*match.span("size"))),
                Message(
                    f"“下降{size}”负负得正，请改为下降 {size[1:]}，或增长 {size}",
                    f"a fall of {size} is a rise: write the size without its sign",
                ),
                severity=Severity.WARNING,
            )


_MONEY_LEAD = compiled(
    r"(?:资金|经费|投资|投入|收入|支出|贷款|授信|产值|税收|补助|补贴|罚款|罚没|融资|销售额|营业额|交易额|债券|善款|奖金|租金|货款|工程款|工资|税费|税款|理赔|赔付|节支|节资|让利|减税|降费|减负|债务|基金|保费|费用|损失|欠税|欠薪|[存赃贷捐税罚货赔缴欠]款)(?:累计|共计|共|合计|总额|已|完成|达到|达|超过|突破|约|近|为|额|总量|规模){0,3}$"
)
#: 处罚836.4万: no verb of things or people; a round number of them might still be meant (处罚1万).
_FINED = compiled(
    r"^(?:共|累计|合计|已|并|并处|罚没|处以)*(?:处罚|罚没|追缴|追回|挽回|挽损|罚)(?:共|累计|合计|金额|达|约)*$"
)
#: A noun phrase that ends in money, with nothing in it that is counted by heads.
_MONEY_TRAIL = compiled(
    r"(?:(?!户|人(?!才|民币|社|大)|群众|农民|居民|市民|村民|职工|劳动力|学生|师生|教师|儿童|家庭|企业|商户|主体|游客|对象|党员|干部|享|获|领取|参与|受益|得到|申领|搬迁)[一-龥“”、]){0,14}?"
    r"(?:资金|经费|贷款|债券|债务|补助|补贴|补偿|投资|投入|财政|专项|奖补|罚款|授信|融资|税收|产值|营收|基金|善款|奖金|保费|赔款|欠款|货款|工程款|工资|租金|保证金|补助金|救助金|抚恤金|公积金|低保金|养老金)"
    r"(?!政策|项目|平台|监管|管理|凭证|账户|系统|名单|清单|制度|使用者|户|人)"
)
#: 三千万资金: spelt numbers have no unit that would make them quantities.
_SPELT = compiled(rf"[{_HAN_DIGITS}](?:[{_HAN_DIGITS}百千]{{0,16}})[万亿](?![{_HAN_DIGITS}万亿元])")
_SPENDS = compiled(
    r"(?:投入|投资|拨付|下达|争取到?|落实|筹措|筹集|整合|发放|兑现|追回|捐赠|募集|安排|节约|减免|收缴|清收|偿还|统筹|拿出|投放|配套|提供|奖励|补助|斥资|耗资|出资|注入|设立|贷款|追加)(?:了|各类|上级|近|约|超过|共|共计|累计|资金)*$"
)


@rule(
    "NM118",
    "missing-yuan",
    severity=Severity.WARNING,
    bad=("市县两级共投入⟦1.23亿⟧资金，建成监测网络。", "全年完成投资⟦3.6亿⟧，占年度计划的92%。"),
    good=(
        "市县两级共投入1.23亿元资金。",
        "打造千亿产业集群，培育百亿企业。",
        "服务人口1.23亿。",
        "发放消费券2万张，拉动消费。",
    ),
)
def missing_yuan(analysis: Analysis) -> Iterator[Outcome]:
    """金额缺“元”。

    “投入1.23亿资金”漏了“元”；公文里的金额要写全计量单位。

    只在前后文说的确是钱（资金、投资、贷款、产值……）、数后又没有任何单位时提示；“千亿产业”“百亿企业”一类说法不算。
    """
    for claim in analysis.claims:
        quantity = claim.quantity
        if (
            quantity.magnitude not in ("万", "亿", "百万", "千万", "万亿")
            or quantity.unit.name
            or quantity.quoted
            or quantity.ranged
            or quantity.ordinal
        ):
            continue
        stopped = not claim.trail or claim.trail.startswith(("、", "用于", "专项用于", "支持"))
        fined = stopped and _FINED.search(claim.lead) and "." in quantity.text
        if _MONEY_TRAIL.match(claim.trail) or (stopped and _MONEY_LEAD.search(claim.lead)) or fined:
            yield _without_yuan(quantity.span, quantity.text)
    text = analysis.reading.text
    for match in analysis.matches(_SPELT):
        if _SPENDS.search(text, max(0, match.start() - 12), match.start()) and _MONEY_TRAIL.match(text, match.end()):
            yield _without_yuan(analysis.span(Span(*match.span())), match[0])


def _without_yuan(span: Span, shown: str) -> Finding:
    fixed = f"{shown}元"
    return Finding(
        span,
        Message(f"“{shown}”后面缺“元”", f"the unit 元 is missing after “{shown}”"),
        suggestion=fixed,
        fix=Fix(f"改为“{fixed}”", Applicability.UNSAFE, (Replacement(Span(span.end, span.end), "元"),)),
    )
