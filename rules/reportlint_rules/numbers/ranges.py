"""NM124: ranges whose first end is the greater one."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from reportlint.analysis import Analysis
from reportlint.finding import Checked, Finding, Message, Outcome, Severity
from reportlint.numbers import Quantity, same_unit
from reportlint.patterns import around, compiled
from reportlint.phrase import clause_start
from reportlint.rule import rule
from reportlint.span import Span
from reportlint.units import NO_UNIT

_DASH = compiled(r"(?:[—–~～-]|——|至|到)(?:[近约])?")
_KINDS = frozenset(
    {
        "count",
        "percent",
        "point",
        "money",
        "area",
        "length",
        "mass",
        "volume",
        "time",
        "concentration",
        "noise",
        "fold",
        "score",
        "flow",
        "power",
        "energy",
    }
)
#: What goes down on purpose: a change, a scale of awards or fines by grade.
_FALLS = compiled(
    r"由|从|降(?!水|雨|雪|尘)|减|缩|压|跌|回落|逐[步级年月次渐]|依次|分别|等奖|奖|等级|档|倒计时|比分|比|距|高程|海拔|水位|调[低整]|改"
)
_CLOCK = compiled(
    r"(?P<half>上午|下午|晚上?|早上?|夜间|凌晨|中午)?(?<![\d:：.])(?P<h1>[01]?\d|2[0-4])[:：](?P<m1>[0-5]\d)(?:[—–~～-]|——|至|到)(?P<other>上午|下午|晚上?|早上?|次日|翌日|第二天|凌晨|中午)?(?P<h2>[01]?\d|2[0-4])[:：](?P<m2>[0-5]\d)(?![\d:：])"
    r"|(?P<hhalf>上午|下午|晚上?|早上?|夜间|凌晨|中午)?(?<![\d:：.月日])(?P<hh1>[01]?\d|2[0-4])[时点](?P<mm1>[0-5]\d分|半)?(?:[—–~～-]|——|至|到)(?P<hother>上午|下午|晚上?|早上?|次日|翌日|第二天|凌晨|中午)?(?P<hh2>[01]?\d|2[0-4])[时点](?P<mm2>[0-5]\d分|半)?"
)
#: What stands between the two ends.
_CLOCK_JOINT = compiled(r"[:：时点](?:(?<=[:：])[0-5]\d|(?<=[时点])(?:[0-5]\d分|半)?)(?:[—–~～-]|至|到)")
#: From evening to the next morning is no more than so many minutes.
_LONGEST_NIGHT = 18 * 60
_NEARLY_A_DAY = 21 * 60
_NOON = 13
_AROUND = 16
#: 最高88分，最低92分: the two ends by name.
_EXTREME = compiled(r"最(?P<which>[高低大小多少长短])[一-龥]{0,6}$")
_OTHER_EXTREME = compiled(r"[^，。；\d]{0,4}[，、；]?(?:而)?最(?P<which>[高低大小多少长短])[一-龥]{0,6}")
_BELOW = ("零下", "负", "低于", "少于", "不足")
_GREATEST = {"高": "低", "大": "小", "多": "少", "长": "短"}


@rule(
    "NM124",
    "range-reversed",
    severity=Severity.WARNING,
    bad=(
        "预计全县粮食产量稳定在⟦32万吨至29万吨⟧之间。",
        "参训人员年龄为⟦45—18周岁⟧。",
        "窗口延时服务时间为每日⟦18:00至17:30⟧。",
        "测评中单位⟦最高得88.5分，最低得92.1分⟧。",
    ),
    good=(
        "预计全县粮食产量稳定在29万吨至32万吨之间。",
        "办理时限由20个工作日至12个工作日，逐步压缩。",
        "夜间施工禁止时段为22:00至6:00。",
        "分别给予一等至三等奖5万元至1万元的奖励。",
    ),
)
def range_reversed(analysis: Analysis) -> Iterator[Outcome]:
    """区间的两端颠倒。

    “32万吨至29万吨之间”“45—18周岁”“18:00至17:30”，区间应当从小到大写；“最高88.5分，最低92.1分”也是一样。多半是两个数抄反，或者其中一个抄错。

    由多到少的变化（由、从、降、压缩）、逐级递减的奖罚、跨夜的时段不报；年月日的区间另有规则。
    """
    text = analysis.reading.text
    quantities = analysis.quantities
    for first, second in zip(quantities, quantities[1:], strict=False):
        if not first.ranged or second.at.start - first.at.end > 3:
            continue
        if _DASH.fullmatch(text, first.at.end, second.at.start) is None or second.kind not in _KINDS:
            continue
        if first.quoted or first.ordinal or second.value <= 0 or first.value <= 0 or not _one_unit(first, second):
            continue
        start = clause_start(text, first.at.start, "，；。：（\n")
        if _FALLS.search(text, max(start, first.at.start - _AROUND), first.at.start) or _FALLS.match(
            text, second.at.end
        ):
            continue
        span = analysis.span(Span(first.at.start, second.at.end))
        yield Checked(span)
        if _reversed(first, second):
            yield _finding(span, analysis.reading.slice(Span(first.at.start, second.at.end)))
    if "最" in text:
        yield from _extremes(analysis)
    yield from _clocks(analysis)


def _extremes(analysis: Analysis) -> Iterator[Outcome]:
    """The highest and the lowest side by side, the lowest being the greater."""
    text = analysis.reading.text
    for first, second in zip(analysis.quantities, analysis.quantities[1:], strict=False):
        if not same_unit(first, second) or text.find("最", first.at.end, second.at.start) < 0:
            continue
        named = _EXTREME.search(text, max(0, first.at.start - _AROUND), first.at.start)
        other = _OTHER_EXTREME.fullmatch(text, first.at.end, second.at.start)
        if named is None or other is None or not (first.exact and second.exact):
            continue
        if named[0].endswith(_BELOW) or other[0].endswith(_BELOW):
            continue  # 最高气温零下6℃，最低零下19℃
        if _GREATEST.get(named["which"]) == other["which"]:
            wrong = first.value < second.value
        elif _GREATEST.get(other["which"]) == named["which"]:
            wrong = first.value > second.value
        else:
            continue
        at = Span(named.start(), second.at.end)
        yield Checked(analysis.span(at))
        if wrong:
            yield Finding(
                analysis.span(at),
                Message(
                    f"“{analysis.reading.slice(at)}”：最高的反而比最低的小，请核对", "the highest is below the lowest"
                ),
            )


def _one_unit(first: Quantity, second: Quantity) -> bool:
    """Whether the second's unit is that of both."""
    return (
        first.unit is NO_UNIT
        or first.unit.name == second.unit.name
        or bool(first.unit.base and first.unit.base == second.unit.base)
    )


def _reversed(first: Quantity, second: Quantity) -> bool:
    """Whether the first is the greater, whichever way a magnitude printed once is read."""
    if first.unit is not NO_UNIT or first.magnitude:
        factors = first.unit.factor or Decimal(1), second.unit.factor or Decimal(1)
        return first.value * factors[0] > second.value * factors[1]
    power = {"万": 4, "亿": 8, "千": 3, "百": 2}.get(second.magnitude, 0)
    return first.value > second.value.scaleb(-power) and (not power or first.value < 1000)


def _clocks(analysis: Analysis) -> Iterator[Outcome]:
    text = analysis.reading.text
    for match in around(_CLOCK, _CLOCK_JOINT, text, 6, 20):
        half, other = match["half"] or match["hhalf"], match["other"] or match["hother"]
        if other is not None and other != half:
            continue
        start = _minutes(match["h1"] or match["hh1"], match["m1"] or match["mm1"])
        end = _minutes(match["h2"] or match["hh2"], match["m2"] or match["mm2"])
        span = analysis.span(Span(*match.span()))
        yield Checked(span)
        lasts = (end - start) % (24 * 60)
        if start > end and lasts > (_LONGEST_NIGHT if start >= _NOON * 60 else _NEARLY_A_DAY):
            yield _finding(span, match[0])


def _minutes(hour: str, minute: str | None) -> int:
    return int(hour) * 60 + (30 if minute == "半" else int(minute.removesuffix("分")) if minute else 0)


def _finding(span: Span, shown: str) -> Finding:
    return Finding(
        span,
        Message(f"“{shown}”的两端颠倒，前大后小，请核对", f"“{shown}” runs from the greater to the less"),
    )
