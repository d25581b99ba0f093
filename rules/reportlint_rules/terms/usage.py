"""TM001, TM002, TM003: words of time and of inspection in each other's place."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.finding import Applicability, Finding, Fix, Message, Outcome, Replacement, Severity
from reportlint.patterns import compiled
from reportlint.rule import rule
from reportlint.span import Span

_WORD = compiled(
    r"(?<![一-龥A-Za-z0-9])(?:数据|统计|工作|情况|全市|全县|全区|全省|我市|我县|我区|我局|但|而|其中)?(截止)"
    r"(?=目前|上周|本周|上季度|本季度|上旬|中旬|下旬|昨日|昨天|年末|年初|月末|本报告期|本月|当前|现在|今日|今天|今年|去年|上年|本月|上月|月底|年底|本年|同期|发稿|填表|报告期|统计|(?:19|20)\d\d|\d{1,2}(?:月|日|时|点)|[一二三四五六七八九十]{1,3}月|上半年|下半年|[一二三四]季度|第[一二三四]季度|“?十[二三四五]五|二[〇○零])"
)
#: 原文为“截止1987年底……”: what is quoted word for word.
_VERBATIM = compiled(r"(?:原文|原话|原句|原稿|原件|照录|载明|记载)[^，。；“]{0,3}[：:]?“$")
#: 截至 where something closes: 报名截至时间, 于5月20日截至。
_CLOSING = compiled(
    r"截至(?=(?:时间|日期)(?:为|是|[：:，。；、）]|\d|延|顺延|前|后))|(?<=[0-9][日号月时点])截至(?=[，。；）])"
)


@rule(
    "TM001",
    "cutoff-verb",
    severity=Severity.WARNING,
    triggers=("截止", "截至"),
    bad=(
        "⟦截止⟧6月底，全市共受理投诉118件。",
        "⟦截止⟧目前，全部问题已整改到位。",
        "数据⟦截止⟧2024年12月31日。",
        "申报⟦截至⟧时间为5月20日。",
        "网上报名于5月20日⟦截至⟧。",
    ),
    good=(
        "截至6月底，全市共受理投诉118件。",
        "报名截止日期为6月30日。",
        "历史文件原文为“截止1987年底，全县有乡镇企业316家”，本次修志照录。",
        "投稿于6月30日截止。",
        "申报截止时间顺延至年底。",
        "截止到去年年底，累计建成电站58座。",
    ),
)
def cutoff_verb(analysis: Analysis) -> Iterator[Outcome]:
    """“截止”应为“截至”，或者相反。

    “截止”是到此停止，后面不直接带时间（报名6月30日截止、截止日期）；“截至”是到某时为止，后面要带时间（截至6月底）。统计数字到某天为止，用“截至”。

    “报名截止6月30日”的意思确是停止，不报；“截止到”与“截至”相当，也不报。
    """
    text = analysis.reading.text
    for match in _WORD.finditer(text) if "截止" in text else ():
        if _VERBATIM.search(text, max(0, match.start() - 10), match.start()):
            continue
        span = analysis.span(Span(*match.span(1)))
        yield Finding(
            span,
            Message(
                "后面带时间，应当用“截至”；“截止”是停止的意思", "before a time write 截至 (as of); 截止 means to close"
            ),
            suggestion="截至",
            fix=Fix("改为“截至”", Applicability.UNSAFE, (Replacement(span, "截至"),)),
        )
    for match in _CLOSING.finditer(text) if "截至" in text else ():
        span = analysis.span(Span(*match.span()))
        yield Finding(
            span,
            Message(
                "到此停止，应当用“截止”；“截至”后面要带时间", "what closes is 截止; 截至 (as of) wants a time behind it"
            ),
            suggestion="截止",
            fix=Fix("改为“截止”", Applicability.UNSAFE, (Replacement(span, "截止"),)),
        )


#: 比上榨季同期, 较疫情前同期: what it is compared with is told.
_COMPARED = compiled(r"[比较与][^，。；：、\d]{1,9}$")
_SAME_PERIOD = compiled(
    r"(?<![上去前往历当年与比较和的到为是])(同期)(?=(?:增长|增加|提高|提升|上升|改善|好转|下降|降低|减少|回落|上涨|下滑)(?:了|约|近)?[0-9]+(?:\.[0-9]+)?(?:%|个百分点|‰|微克|毫克|天|件|起|万|亿))"
)


@rule(
    "TM002",
    "same-period-word",
    severity=Severity.WARNING,
    triggers=("同期", "同比", "环比"),
    bad=("PM2.5平均浓度47微克/立方米，⟦同期⟧改善4.1%。", "全市信访总量156件，⟦同期⟧减少27件。"),
    good=("PM2.5平均浓度47微克/立方米，同比改善4.1%。", "信访总量较上年同期减少27件。", "同期开展专项检查3次。"),
)
def same_period_word(analysis: Analysis) -> Iterator[Outcome]:
    """“同期”不能单独作比较，应为“同比”。

    “同比”是与上年同期相比；“同期”只是同一时期，后面直接写增减幅度，就没有说和谁比。

    “上年同期”“与去年同期相比”里的“同期”是对的；“同期开展”一类叙述不算。
    """
    text = analysis.reading.text
    yield from _against_what(analysis)
    if "同期" not in text:
        return
    for match in analysis.matches(_SAME_PERIOD):
        if _COMPARED.search(text, max(0, match.start() - 10), match.start()):
            continue
        span = analysis.span(Span(*match.span(1)))
        yield Finding(
            span,
            Message("“同期”后面直接写增减幅度，应为“同比”", "同期 (same period) compares nothing; write 同比"),
            suggestion="同比",
            fix=Fix("改为“同比”", Applicability.UNSAFE, (Replacement(span, "同比"),)),
        )


_GROWS = r"(?=(?:累计|实际)?(?:增长|增加|提高|提升|上升|改善|下降|降低|减少|回落|上涨|下滑|多|少|持平))"
#: 较同比增长, 与上月同比下降, 与去年同比，, 较去年环比增长: words of comparison that do not go with what they compare with.
_AGAINST = (
    (
        compiled(rf"(?:较|比|与)(?P<word>同比){_GROWS}"),
        "“同比”就是与上年同期相比，前面不用“较”“比”",
        "同比 compares already",
    ),
    (
        compiled(
            rf"(?:与|同|和|较|比)(?:上个?月|上个?季度|上周|{{MONTH}}月份?)(?:相比)?，?(?P<word>同比){_GROWS}".replace(
                "{MONTH}", r"\d{1,2}"
            )
        ),
        "与上月、上季度相比是“环比”",
        "against the month before it is 环比",
    ),
    (
        compiled(rf"(?:与|同|和|较|比)(?:去年|上年)(?:同期)?(?:相比)?，?(?P<word>环比){_GROWS}"),
        "与上年相比是“同比”",
        "against the year before it is 同比",
    ),
    (
        compiled(rf"(?:与|和)(?:去年|上年)(?P<word>同比)(?=，|{_GROWS[3:]}"),
        "应为“与上年同期相比”，或只写“同比”",
        "write 与上年同期相比, or 同比 alone",
    ),
    (
        compiled(rf"(?:(?<=[，。；：\n])|\A)(?P<word>(?:去年|上年)同期相比)，?{_GROWS}"),
        "“去年同期相比”前面缺“与”",
        "与 is missing before it",
    ),
)


def _against_what(analysis: Analysis) -> Iterator[Finding]:
    for pattern, why, english in _AGAINST:
        for match in analysis.matches(pattern):
            yield Finding(analysis.span(Span(*match.span("word"))), Message(f"{why}，请核对", english))


_INSPECTION = compiled(
    r"(?:中央|国家|部省|省级?|省委|自治区|第[一二三四]轮|上一轮|历轮|历次|各轮|各级)[^，。；：、“”\n]{0,6}?(?:生态环境(?:保护)?|环境保护|生态环保|环保)(督查)(?!室|科|处|局|大队|中心|员|专员)"
    r"|(?:生态环境(?:保护)?|环境保护|生态环保|环保)(督查)(?=反馈|整改|“?回头看|、巡视|、巡察|移交|交办的?(?:信访|问题)|组(?:反馈|进驻|移交|交办))"
)
#: What is in all of that.
_SYSTEM = compiled(r"环(?:境(?:保护)?|保)督查")
_FORMER = compiled(r"强化督查|2017|2016|2018")
#: Bodies and regulations that have one name: what must not stand in it, and what should.
_NAMED = (
    (
        compiled(
            r"(?:县|市|省|区|州|旗)(?:委|政府)(?:办公?室?)?(督察)(?=室)|国务院(?:第[一二三四五六七八九十]次)?(?:大|综合)(督察)"
        ),
        "督察",
        "督查",
    ),
    (
        compiled(
            r"(?:警务|公安机关)(督查)(?=机构|部门|支队|大队|总队|条例|队|室)|国家(?:土地|自然资源)(?:总)?(督查)|(?:土地|自然资源)(督查)(?=局|机构)"
        ),
        "督查",
        "督察",
    ),
    (compiled(r"(?:中央|省委|自治区党委)(巡察)(?=办|组|机构|反馈|整改|工作领导小组)"), "巡察", "巡视"),
    (compiled(r"(?:县委|区委|旗委)(巡视)(?=办|组|机构|工作领导小组)"), "巡视", "巡察"),
    (compiled(r"教育(督查)(?=条例|委员会|室|责任区)"), "督查", "督导"),
)


@rule(
    "TM003",
    "inspection-term",
    severity=Severity.WARNING,
    triggers=("督查", "督察", "巡察", "巡视"),
    bad=(
        "第二轮中央生态环境保护⟦督查⟧反馈我市问题18个。",
        "历轮环保⟦督查⟧、巡视反馈问题整改到位。",
        "县委⟦督察⟧室跟踪问效，国务院大⟦督察⟧指出问题3个。",
        "配合国家土地⟦督查⟧机构核查图斑，公安警务⟦督查⟧大队抽查窗口12个。",
        "政府教育⟦督查⟧室组织评估12次。",
    ),
    good=(
        "第二轮中央生态环境保护督察反馈我市问题18个。",
        "市政府督查室开展专项督查，县里成立大气污染防治督查组。",
        "2017年环境保护部组织大气污染防治强化督查。",
    ),
)
def inspection_term(analysis: Analysis) -> Iterator[Outcome]:
    """“督察”“督查”“督导”用错了机构。

    中央和省级生态环境保护的督察是“督察”，机构、文件和法规都用这个字；“督查”是一般的督促检查。党委政府的是督查室，公安、土地的是督察，教育的是督导。
    中央和省级是“巡视”，县区是“巡察”。

    政府督查室、工作督查、大气污染防治督查组、2017 年的强化督查本来就是“督查”，不报。
    """
    text = analysis.reading.text
    for pattern, wrong, right in _NAMED:
        for match in analysis.matches(pattern) if wrong in text else ():
            span = analysis.span(Span(*match.span(match.lastindex or 0)))
            yield Finding(
                span,
                Message(f"“{match[0]}”的“{wrong}”应为“{right}”", f"here {right}, not {wrong}"),
                suggestion=right,
                fix=Fix(f"改为“{right}”", Applicability.UNSAFE, (Replacement(span, right),)),
            )
    if not analysis.may_match(_SYSTEM) or not _SYSTEM.search(text):
        return
    for match in _INSPECTION.finditer(text):
        group = 1 if match[1] else 2
        if _FORMER.search(text, max(0, match.start() - 20), match.end() + 4):
            continue
        span = analysis.span(Span(*match.span(group)))
        yield Finding(
            span,
            Message("生态环境保护的“督查”应为“督察”", "the inspection system is called 督察, not 督查"),
            suggestion="督察",
            fix=Fix("改为“督察”", Applicability.UNSAFE, (Replacement(span, "督察"),)),
        )
