"""UN003 to UN005: figures that have lost their unit, that hold letters, that are no figures."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.finding import Finding, Message, Outcome, Severity
from reportlint.gathered import gathered, times
from reportlint.patterns import around, compiled
from reportlint.rule import rule
from reportlint.span import Span
from reportlint.units import NO_UNIT

#: Deeds whose figure counts something: 注销24，; 提前45；.
_DEED = compiled(
    r"(?:罚款|罚没款?|处罚|注销|吊销|提前|推迟|追回|挽回|立案|查处|整改|销号|新增|新建|新设|净增|关停|取缔|办结|受理|拆除|移送|超限|化解|剩余|缺编|在编|下达|压减|减少|增加|少于|多于"
    r"|学习|培训|检查|召开|印发|发放|建成|改造|排查|走访|慰问|救助|惠及|举办|接待|调解|签约|登记|转移|安置|改造渠道|出动(?:执法|巡查|救援|公安|环卫|应急)?(?:人员|力量|人次|民警|车辆)?)(?:了|共|约|近|达)?$"
)
#: Shares and ratios told in per cent: 占比36，; 比例为1∶3 has a sign behind its figure.
_SHARE = compiled(r"(?:增幅为?|降幅为?|占比为?|占比达到?|比重为|比重达到?|比例为|比例达到?)$")
#: Rates, which no figure without % can be.
_RATE = compiled(
    r"(?:合格|达标|优良|整改|办结|结案|满意|覆盖|普及|处置|处理|收集|亮灯|检验|完成|签约|入住|就业|应诉|回收|利用|参保|接种|建档|体检|清扫|保洁|执行|开工|完工|化解|成功|录取|上线|巩固|公开|拆除|收缴)率(?:为|达到?|均为|均达到?|是)?$"
    r"|(?<![效利频功汇概税速倍积曲盈手斜折费表密赔系])率(?:为|达到?|均为|均达到?)$"
)
#: 同比增长11.82，: a growth that has lost its sign; 增加 and 减少 may be of a coefficient.
_GROWTH = compiled(
    r"(?:同比|环比|按年|[比较](?:上年|去年)(?:同期)?)(?:实际|名义|累计)?(?:增长|下降|上升|上涨|下滑|回落)(?:了|约|近|达)?$"
)
#: Ratios that are told without %, and lists whose unit stands at their end.
_NO_RATE = compiled(r"系数|(?<!价格)指数|分值|得分|排名|第$|编号|序号|代码|每百|分别|依次")
_STOPS = ("，", "。", "；")


@rule(
    "UN003",
    "figure-without-unit",
    severity=Severity.WARNING,
    bad=(
        "新登记19家，注销⟦24⟧，募集善款1132万元。",
        "维修路灯5126盏，亮灯率⟦98.7⟧，群众反映良好。",
        "查处违法案件9起，罚款⟦38.6⟧。",
        "完成固定资产投资86亿元，同比增长⟦11.82⟧，增速居全市第二。",
    ),
    good=(
        "救助流浪人员187人次，注销24家，募集善款1132万元。",
        "维修路灯5126盏，亮灯率98.7%，群众反映良好。",
        "优良率、达标率分别为92.3、100%。",
        "灌溉水利用系数提高到0.562，比上年增加0.006。",
        "办理立案、结案分别为12、9件。",
        "环境空气质量综合指数为3.62，同比下降0.21，改善幅度居全省第三。",
    ),
)
def figure_without_unit(analysis: Analysis) -> Iterator[Outcome]:
    """数字后面缺单位。

    “注销24，”“罚款38.6。”“亮灯率98.7，”：计量单位或者百分号在改稿时丢了，读的人不知道是24家还是24户。

    只看紧跟在动作（注销、罚款、新增……）或者“某某率”后面、后面就是标点的数；系数、指数、得分本来没有单位，“分别”的一列单位可以写在最后，都不报。
    """
    yield from _day_without_sign(analysis)
    text = analysis.reading.text
    for claim in analysis.claims:
        quantity = claim.quantity
        if quantity.unit is not NO_UNIT or quantity.magnitude or quantity.han or quantity.ordinal or quantity.quoted:
            continue
        if not text.startswith(_STOPS, claim.at.end) or quantity.ranged:
            continue
        rate = _RATE.search(claim.lead) or _GROWTH.search(claim.lead) or _SHARE.search(claim.lead)
        if not (rate or _DEED.search(claim.lead)) or _NO_RATE.search(claim.lead) or _unitless_base(analysis, claim.at):
            continue
        if rate and not quantity.value:
            continue
        lost = "百分号" if rate else "计量单位"
        yield Finding(
            quantity.span,
            Message(f"“{quantity.text}”后面缺{lost}，请补上", f"a unit is missing after {quantity.text}"),
        )


#: 7月10，; 于7月10前: a day whose 日 is lost; 6月1、2日 and 6月10—12日 have theirs further on.
_NO_SIGN = compiled(
    r"(?<![\d.])(?:1[0-2]|0?[1-9])月(?P<day>3[01]|[12]\d|0?[1-9])(?=[，。；）]|\n|$|之?前(?![期年])|以前|召开|举行|起(?![，。；、）]|占)|上午|下午|至\d{1,2}月)"
)


def _day_without_sign(analysis: Analysis) -> Iterator[Outcome]:
    """A day of a month that lacks its 日."""
    text = analysis.reading.text
    if "月" not in text:
        return
    for match in around(_NO_SIGN, _MONTH_DIGIT, text, 3, 4):
        end = match.end()
        yield Finding(
            analysis.span(Span(*match.span())),
            Message(f"“{text[match.start() : end]}”后面缺“日”，请补上", f"日 is missing after {match['day']}"),
        )


_MONTH_DIGIT = compiled(r"月\d{1,2}(?!\d|[日号个万亿元家件项天、.—-])")
_BEFORE = compiled(r"系数|(?<!价格)指数|得分|评分|分数|指标值|pH|比例为?1|比为|比值|密度|强度")
#: How far back the words may stand that say what has no unit.
_SIGHT = 40


def _unitless_base(analysis: Analysis, at: Span) -> bool:
    """Whether the sentence speaks of what has no unit: 利用系数0.562，比上年增加0.006."""
    text = analysis.reading.text
    start = max(text.rfind("。", 0, at.start) + 1, text.rfind("\n", 0, at.start) + 1, at.start - _SIGHT)
    return _BEFORE.search(text, start, at.start) is not None


#: 4l2次, 10O%: letters that look like digits, between a figure's beginning and its unit.
_LETTER = compiled(
    r"[lIOo](?<=\d[lIOo])[\dlIOo]{0,9}(?:\.\d{1,4})?(?=[%％万亿千百余多]|[次家个件起人名户元吨亩项座处场台辆条份天日年月批期盏株](?![A-Za-z]))"
)
#: l2次, 3.O亿元: such a letter at the beginning, or right behind the point.
_LETTER_FIRST = compiled(
    r"(?:[lI](?<![A-Za-z0-9._/-].)\d{1,4}(?:\.\d+)?|\d{1,4}\.[lIOo]\d{0,2})(?=[%％万亿]|[次家个件人名户吨亩项座处场台份条期](?![A-Za-z]))"
)
_WHOLE = compiled(r"(?<![A-Za-z0-9._/-])\d[\dlIOo]*(?:\.\d+)?$")
_LOOKS = str.maketrans("lIOo", "1100")


@rule(
    "UN004",
    "letter-in-figure",
    severity=Severity.WARNING,
    bad=("开展质量检查⟦4l2⟧次。", "整改率⟦10O⟧%，全部销号。", "挽回损失⟦2l7.6⟧万元。"),
    good=("开展质量检查412次。", "O3浓度148微克，CO2排放12万吨。", "购置G10I型设备3台，瓶装水5l装20箱。"),
)
def letter_in_figure(analysis: Analysis) -> Iterator[Outcome]:
    """数字里混进了字母。

    “4l2次”里是小写字母 l，“10O%”里是大写字母 O：多半来自扫描识别，或者手误。看着一样，检索、求和却会出错。

    型号、化学式里的字母不算：前面要是数字，后面要跟着计量单位。
    """
    text = analysis.document.text
    for match in _LETTER_FIRST.finditer(text):
        yield Finding(
            Span(*match.span()),
            Message(
                f"“{match[0]}”里混进了字母，应为“{match[0].translate(_LOOKS)}”",
                f"a letter stands among the digits of {match[0]}",
            ),
        )
    for match in _LETTER.finditer(text):
        head = _WHOLE.search(text, max(0, match.start() - 12), match.end())
        if head is None or not any(letter in "lIOo" for letter in head[0]):
            continue
        right = head[0].translate(_LOOKS)
        yield Finding(
            Span(head.start(), match.end()),
            Message(f"“{head[0]}”里混进了字母，应为“{right}”", f"a letter stands among the digits of {head[0]}"),
        )


_MEASURES = r"(?=[%％‰]|个百分点|[万亿]|[元吨亩米升户]|公里|公顷|平方|立方|千瓦)"
#: How a figure is put together wrong, and what is wrong with it.
_MALFORMED = (
    (
        compiled(rf"\d{{1,6}}(?<![\d.]\d)\.\d{{1,4}}\.\d{{1,4}}(?:{_MEASURES}|(?=[家件项起个人次]))"),
        compiled(r"\.\d{1,4}\.\d"),
        ("有两个小数点", "two decimal points"),
    ),
    (
        compiled(r"\d{1,6}\.{2}\d{1,4}(?=[%％万亿元个家件项吨])"),
        compiled(r"\.\.\d"),
        ("小数点重复", "the point stands twice"),
    ),
    (
        compiled(rf"(?<![\d,.])\d{{1,3}},\d{{1,2}}{_MEASURES}"),
        compiled(r",\d{1,2}[%％‰个万亿元吨亩米升户公平立千]"),
        ("逗号后面不足三位：小数点误作逗号，或千分位漏了数字", "fewer than three digits behind the comma"),
    ),
    (
        compiled(rf"(?<![\d,.])(?:\d{{1,3}}(?:,\d{{3}})*,\d{{4,9}}|\d{{4,9}}(?:,\d{{3}})+)(?:\.\d+)?{_MEASURES}"),
        compiled(r",\d{3}"),
        ("千分位不是三位一节", "thousands are not in groups of three"),
    ),
    (
        compiled(r"(?<![\d.])\d{1,5}。\d{1,2}(?=[%％]|个百分点|[万亿][元吨亩千人])"),
        compiled(r"\d。\d{1,2}[%％个万亿]"),
        ("小数点误作句号", "a full stop for the point"),
    ),
    (
        compiled(r"(?<![\d.,:：/A-Za-z〇-])(?<!\d，)0[1-9]\d{0,5}(?:\.\d+)?(?=[家件项起户吨亩]|万[元人亩吨户]|亿元)"),
        compiled(r"0[1-9]\d{0,5}[.\d家件项起户吨亩万亿]"),
        ("开头多了“0”", "a nought in front"),
    ),
)


@rule(
    "UN005",
    "malformed-figure",
    severity=Severity.WARNING,
    bad=(
        "产值⟦12,34⟧万元，增长⟦8.2.1⟧%。",
        "投资⟦3..6⟧亿元。",
        "税收⟦1,2345⟧万元，增长⟦8。2⟧%。",
        "受理⟦1，806⟧件，办结1，754件。",
    ),
    good=(
        "产值12,345万元，增长8.21%。",
        "按照技术规范第3.2.1条，检查企业36家。",
        "热线02365432111受理12件。",
        "考核排名第2，300户受益。",
    ),
)
def malformed_figure(analysis: Analysis) -> Iterator[Outcome]:
    """数字的写法不成数：两个小数点、千分位不是三位、小数点误作逗号或句号。

    “1.2.3%”“3..6亿元”“12,34万元”“8。2%”都读不出是多少：手误、粘贴或者识别错误，求和之前先要核对原数。

    “1，806人”的千分位用了全角逗号，读起来像两个数；全文提示一次。

    后面跟着计量单位、百分号的才看；版本号、条款号、日期不算。
    """
    text = analysis.document.text
    for pattern, core, (why, english) in _MALFORMED:
        for match in around(pattern, core, text, 14, 8):
            yield Finding(Span(*match.span()), Message(f"“{match[0]}”{why}，请核对原数", f"{match[0]}: {english}"))
    if wide := list(_wide_thousands(analysis)):
        written = text[wide[0].start : wide[0].end]
        right = written.replace("，", ",")
        message = Message(
            f"“{written}”的千分位用了全角逗号，读起来像两个数，应写作“{right}”{times(wide)}",
            f"write {right} for {written}",
        )
        yield gathered(wide, message, right)._replace(severity=Severity.INFO)


def _wide_thousands(analysis: Analysis) -> Iterator[Span]:
    """The figures that the reading took for one though a full-width comma parts their thousands; full-width digits go with it."""
    text = analysis.document.text
    for quantity in analysis.quantities:
        place = quantity.span
        if "," in quantity.text and "，" in (printed := text[place.start : place.end]) and printed[0] in "123456789":
            size = next((at for at, one in enumerate(printed) if one not in "0123456789，."), len(printed))
            yield Span(place.start, place.start + size)
