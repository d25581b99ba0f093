"""Quotients that are told by their unit: 36.04/10万, 1500人/平方公里, 时速48公里; and posts that are told by what each is for: 每15户配一名楼栋长."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal

from reportlint.analysis import Analysis
from reportlint.claims import CHANGES, Claim, Role
from reportlint.finding import Checked, Finding, Message, Outcome
from reportlint.numerals import whole_number
from reportlint.patterns import compiled
from reportlint.span import Span
from reportlint_rules.numbers.figures import ratio, related, share_a_pair, show
from reportlint_rules.numbers.nearly import slip_between

#: 发病率为36.04/10万, 死亡率4.0‰, 路网密度为77.5公里/百平方公里, 万车死亡率0.5.
_TOLD = compiled(
    r"(?P<name>[率度](?<=[病亡生婚案]率|密度|强度))(?:约?为|达到?了?|是|：)?(?P<value>\d{1,7}(?:\.\d{1,4})?)(?P<many>万)?"
    r"(?:(?P<thousand>‰)|(?P<top>人|公里|米|辆|户|个|家|张)?/(?P<per>10万|十万|百|千|万)?(?P<unit>人|平方公里|公顷|亩)?)?"
)
_SCALES = {"10万": 100000, "十万": 100000, "万": 10000, "千": 1000, "百": 100}
_BY_NAME = compiled(r"[万千](?=[车人][一-龥]{0,4}率$)")
#: What a rate of people or of cars is of.
_WHOLE = compiled(r"人口|活产|总人数|户籍|保有量|(?:^|，)全[国省市县区州镇乡村]$")
_CASES = frozenset({"例", "人", "名", "起", "件", "宗", "辆", "户"})
#: A rate of some of them, or of another time.
_OF_OTHERS = compiled(
    r"其中|老年|儿童|女性|男性|[岁去上]|同期|同比|目标|控制|标准化|粗|较|比|全省|全国|低于|高于|以内|以下|不超|下降|上升"
)
_BEFORE, _LEAST, _MOST = 24, Decimal("0.45"), Decimal("2.2")
_POWERS = tuple(map(Decimal, ("10", "0.1", "100", "0.01", "1e3", "1e-3", "1e4", "1e-4")))


def densities(analysis: Analysis) -> Iterator[Outcome]:
    """Every rate per 100 000, per thousand, per square kilometre whose two figures stand in its sentence."""
    for match in analysis.matches(_TOLD):
        group = _around(analysis, match.start())
        name = analysis.reading.text[max(0, match.start() - _BEFORE) : match.start() + 1]
        name = re.split(r"[，。；：、（）\d]", name)[-1]
        if not group or _OF_OTHERS.search(name):
            continue
        by_name = _BY_NAME.search(name)
        scale = 1000 if match["thousand"] else _SCALES.get(match["per"] or (by_name[0] if by_name else ""), 1)
        counts = [claim for claim in group if _usable(claim) and not match.start() <= claim.at.start < match.end()]
        area = match["unit"] if match["unit"] in ("平方公里", "公顷", "亩") else ""
        if area:
            wholes = [claim for claim in counts if claim.quantity.kind == "area"]
            tops = [claim for claim in counts if claim.quantity.counted_in == match["top"]]
        elif scale > 1:
            wholes = [claim for claim in counts if _WHOLE.search(claim.lead + "，" + claim.trail[:2])]
            tops = [claim for claim in counts if claim not in wholes and claim.quantity.unit.name in _CASES]
        else:
            continue
        tops = tops if len(tops) < 2 else [claim for claim in tops if share_a_pair(name, claim.lead)]
        if len(wholes) == len(tops) == 1 and wholes[0].quantity.value > 0:
            yield from _against(analysis, match, tops[0], wholes[0], Decimal(scale), area)


def _around(analysis: Analysis, at: int) -> Sequence[Claim]:
    """The figures of the sentence that holds ``at``."""
    sentence = analysis.sentences[max(0, bisect_right(analysis.sentence_starts, at) - 1)].at
    first, last = (bisect_left(analysis.claim_starts, place) for place in sentence)
    return analysis.claims[first:last]


def _usable(claim: Claim) -> bool:
    quantity = claim.quantity
    return (
        quantity.exact
        and quantity.value > 0
        and not (quantity.ordinal or quantity.quoted or claim.planned or claim.subset or claim.mean)
        and claim.role not in CHANGES
        and claim.role is not Role.BASE
        and quantity.kind in ("count", "area", "length")
    )


def _against(
    analysis: Analysis, match: re.Match[str], part: Claim, whole: Claim, scale: Decimal, area: str
) -> Iterator[Outcome]:
    value = Decimal(match["value"]) * (10000 if match["many"] else 1)
    step = Decimal(1).scaleb(-len(match["value"].partition(".")[2])) * (10000 if match["many"] else 1)
    factor = scale
    if area:
        factor *= {"平方公里": Decimal(1000000), "公顷": Decimal(10000), "亩": Decimal("666.6666666666666667")}[area]
        if not whole.quantity.unit.factor:
            return
        factor /= whole.quantity.unit.factor
    low, high = (end * factor for end in ratio(part.quantity, whole.quantity))
    actual = part.quantity.value * factor / whole.quantity.value
    far = not _LEAST < actual / value < _MOST if value else True
    far = far and slip_between(value, actual, step, 2) is None
    if far and not any(abs(actual / value / power - 1) < Decimal("0.02") for power in _POWERS if value):
        return
    at = analysis.span(Span(match.start("value"), match.end()))
    yield Checked(at)
    if high < value - step / 2 or low >= value + step:
        shown = show(actual.quantize(min(step, Decimal("0.1")) if step < 10 else Decimal(1)))
        yield Finding(
            at,
            Message(
                f"{part.quantity.text}÷{whole.quantity.text}，折算应为 {shown}，与写明的 {match['value']} 不符，请核对",
                f"{part.quantity.text} over {whole.quantity.text} makes {shown}; the text says {match['value']}",
            ),
            related([part, whole], "据以计算的数"),
        )


#: 平均时速48公里, 平均车速45公里/小时.
_SPEED = compiled(
    r"平均(?:时速|[行车航运]?[车行]?速度?)(?:约?为|达到?)?(?P<value>\d{1,3}(?:\.\d)?)(?:公里|千米)(?:/小时|每小时)?"
)
_TIME = compiled(
    r"(?<![\d.])(?:(?P<hours>\d{1,2}(?:\.\d)?)个?小时(?:(?P<half>半)|(?P<minutes>\d{1,2})分)?|(?P<only>\d{1,3})分钟)"
)
#: 运行1小时, 用时48分钟, but not 停留1小时.
_UNDER_WAY = compiled(r"(?:运行|行驶|行车|开车|用时|历时|耗时|单程|车程|时间)[一-龥]{0,3}$")
_ROUGHLY = compiled(r"左右|上下|多")
_DISTANCE = compiled(r"(?:全程|全长|里程|距离|线路长|总长)[一-龥]{0,3}$")
_CHANGED = compiled(r"缩短|提高|原来|由|从|提速|压缩|节省")


def speeds(analysis: Analysis) -> Iterator[Outcome]:
    """全程72公里，运行1小时30分钟，平均时速48公里: the one distance and the one time of the sentence."""
    text = analysis.reading.text
    for match in analysis.matches(_SPEED):
        group = _around(analysis, match.start())
        if not group:
            continue
        sentence = analysis.sentences[group[0].sentence].at
        times = list(_TIME.finditer(text, sentence.start, sentence.end))
        ways = [claim for claim in group if claim.quantity.kind == "length" and claim.at.end <= match.start()]
        if len(times) != 1 or len(ways) != 1 or not _DISTANCE.search(ways[0].lead) or not ways[0].quantity.exact:
            continue
        if not _UNDER_WAY.search(text, sentence.start, times[0].start()) or _ROUGHLY.match(text, match.end()):
            continue
        if _CHANGED.search(text, sentence.start, sentence.end) or ways[0].quantity.unit.name not in ("公里", "千米"):
            continue
        hours = (
            Decimal(times[0]["hours"] or 0)
            + Decimal(times[0]["only"] or times[0]["minutes"] or (30 if times[0]["half"] else 0)) / 60
        )
        value = Decimal(match["value"])
        at = analysis.span(Span(match.start("value"), match.end()))
        if not hours or not value:
            continue
        actual = ways[0].quantity.value / hours
        if not _LEAST < actual / value < _MOST:
            continue
        yield Checked(at)
        if abs(actual - value) > max(Decimal(1), value / 50):
            yield Finding(
                at,
                Message(
                    f"{ways[0].quantity.text}÷{times[0][0]}，平均时速应为 {show(actual, 1)}公里，请核对",
                    f"{ways[0].quantity.text} in {times[0][0]} makes {show(actual, 1)} an hour",
                ),
                related(ways, "路程"),
            )


#: 每15户配一名楼栋长, 每20亩1名护林员的标准.
_POST = compiled(
    r"每(?P<of>\d{1,4}|[两二三四五六七八九十])(?P<unit>[户人名亩家个])[一-龥]{0,4}?(?:[设配备置排聘选定立少]了?(?=[一1两2])|(?=[一1]名))(?P<one>[一1两2])(?P<each>[名个位])(?P<post>[一-龥]{2,8})"
)
_DUE = compiled(r"(?:应|需|须|可)[一-龥]{0,12}$")


def posts(analysis: Analysis) -> Iterator[Outcome]:
    """每10户设一名网格员，2340户应配网格员234名: how many are due for so many."""
    for match in analysis.matches(_POST):
        group = [claim for claim in _around(analysis, match.start()) if claim.at.start >= match.end()]
        counts = [claim for claim in group[:3] if _usable(claim)]
        people = ("人", "名", "位")
        units = people if match["unit"] in people else (match["unit"],)
        wholes = [claim for claim in counts if claim.quantity.unit.name in units and not _DUE.search(claim.lead)]
        dues = [claim for claim in counts if claim not in wholes and _DUE.search(claim.lead)]
        post = match["post"]
        if len(wholes) != 1 or len(dues) != 1 or wholes[0].at > dues[0].at or wholes[0].clause < dues[0].clause - 1:
            continue
        if dues[0].quantity.unit.name not in (*people, "个") or not share_a_pair(
            post[:4], dues[0].lead + dues[0].trail[:6]
        ):
            continue
        whole, due = wholes[0], dues[0]
        actual = whole.quantity.value * whole_number(match["one"]) / whole_number(match["of"])
        if not _LEAST < actual / due.quantity.value < _MOST:
            continue
        yield Checked(due.quantity.span)
        near = slip_between(due.quantity.value, actual.to_integral_value(), Decimal(1), 2)
        if abs(actual - due.quantity.value) >= 1 and (near or actual > due.quantity.value * 2 or "应" in due.lead):
            yield Finding(
                due.quantity.span,
                Message(
                    f"{whole.quantity.text}按每{match['of']}{match['unit']}{match['one']}{match['each']}算是 {show(actual, 0)}{match['each']}，"
                    f"与 {due.quantity.text} 不符，请核对",
                    f"{whole.quantity.text} make {show(actual, 0)}, not {due.quantity.text}",
                ),
                related([whole], "总数"),
            )
