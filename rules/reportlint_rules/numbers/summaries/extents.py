"""What is said of the ends of a list, of its greatest one, and of an index: 均在95%以上，最低的…; 最高与最低相差; 超过其余之和; 第二季度最多; 高于荣枯线."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from reportlint.analysis import Analysis
from reportlint.claims import Claim
from reportlint.finding import Checked, Finding, Message, Outcome
from reportlint.numbers import same_unit
from reportlint.numerals import han_value, whole_number
from reportlint.patterns import compiled
from reportlint.span import Span
from reportlint.units import NO_UNIT
from reportlint_rules.numbers.figures import related, show
from reportlint_rules.numbers.summaries.told_changes import sentence_at


def extents(analysis: Analysis) -> Iterator[Outcome]:
    """Every such saying with the figures that it is of."""
    for group in analysis.by_sentence:
        for index, claim in enumerate(group):
            if index and "最" in claim.lead:
                yield from _bounded(analysis, group[index - 1], claim)
                yield from _apart(analysis, group, index)
            elif index and "荣枯" in claim.lead:
                yield from _from_fifty(group[index - 1], claim)
    yield from _sum_of_others(analysis)
    yield from _rounded(analysis)
    yield from _by_turn(analysis)
    yield from _indices(analysis)


#: 各街道均在98%以上, 均超过90分, 都控制在40以下: all of them on one side of a bound.
_ALL_OF = compiled(
    r"(?:均|都|全部)(?:已|能)?(?P<way>在|为|保持在|稳定在|达到?|超过?|高于|不低于|突破|低于|小于|不高于|不超过|控制在)了?$"
)
_SIDE = compiled(r"以[上下内]")
_BUT = compiled(r"除|目标|大多|多数|绝大|基本|[上去]年|此前|原来|其他|其余|另外|计划|力争|确保")
_END = compiled(r"^(?:其中|而)?最(?P<end>[低高少多小大])的[^，。；\d]{0,14}$")
_UPPER = frozenset({"低于", "小于", "不高于", "不超过", "控制在"})
_LOWER = frozenset({"超", "超过", "高于", "不低于", "突破"})


def _bounded(analysis: Analysis, bound: Claim, end: Claim) -> Iterator[Outcome]:
    said, named = _ALL_OF.search(bound.lead), _END.match(end.lead)
    if said is None or named is None or end.clause - bound.clause != 1 or not same_unit(bound.quantity, end.quantity):
        return
    side = _SIDE.match(bound.trail)
    if side is not None:
        upper = side[0] != "以上"
    elif said["way"] in _UPPER | _LOWER:
        upper = said["way"] in _UPPER
    else:
        return
    start = analysis.sentences[bound.sentence].at.start
    if _BUT.search(analysis.reading.text, start, end.at.start) or end.planned or not end.quantity.exact:
        return
    yield Checked(end.quantity.span)
    value, limit = end.quantity.value, bound.quantity.value
    if value > limit if upper else value < limit:
        yield Finding(
            end.quantity.span,
            Message(
                f"写明均{'不超过' if upper else '在'} {bound.quantity.text}{'' if upper else '以上'}，最{named['end']}的却是 {end.quantity.text}，请核对",
                f"all are said to be {'within' if upper else 'above'} {bound.quantity.text}, one is {end.quantity.text}",
            ),
            related([bound], "界限"),
        )


_APART = compiled(
    r"最[高大多长](?:分|值|的|者)?(?:与|和|同|比)最[低小少短](?:分|值|的|者)?(?:之间)?(?:只|仅)?(?:相?差|高出?|多出?|差距为?)(?:了|达|为)?$"
)
_LIST = compiled(r"、|和|，和|及")
_MOST = 40


def _apart(analysis: Analysis, group: Sequence[Claim], index: int) -> Iterator[Outcome]:
    """得分为91.2、88.7、90.5分，最高分与最低分相差2.5分: the list right before."""
    gap = group[index]
    if not _APART.search(gap.lead) or not gap.quantity.exact:
        return
    text = analysis.reading.text
    run: list[Claim] = []
    for claim in reversed(group[max(0, index - _MOST) : index]):
        alike = same_unit(claim.quantity, gap.quantity) or (run and claim.quantity.unit is NO_UNIT)
        alike = alike or (gap.quantity.kind == "point" and claim.quantity.kind == "percent")
        if not alike or not claim.quantity.exact:
            break
        if run and not _LIST.fullmatch(text, claim.at.end, run[0].at.start):
            break
        run.insert(0, claim)
    if len(run) < 3 or gap.clause - run[-1].clause != 1:
        return
    high = max(run, key=lambda claim: claim.quantity.value)
    low = min(run, key=lambda claim: claim.quantity.value)
    actual = high.quantity.value - low.quantity.value
    yield Checked(gap.quantity.span)
    if abs(actual - gap.quantity.value) > max(gap.quantity.step, high.quantity.step) / 2 or (
        gap.quantity.step <= high.quantity.step and actual != gap.quantity.value
    ):
        yield Finding(
            gap.quantity.span,
            Message(
                f"{high.quantity.text} 与 {low.quantity.text} 相差 {show(actual)}，与写明的 {gap.quantity.text} 不符，请核对",
                f"{high.quantity.text} and {low.quantity.text} are {show(actual)} apart",
            ),
            related([high, low], "最高、最低"),
        )


_OTHERS = compiled(
    r"(?P<way>超过|大于|高于|多于|相当于|等于)(?:了)?(?:其余|其他|另外|剩余|后)(?P<n>[一二两三四五六七八九]|\d)[^，。；\d]{1,6}(?:之和|的?总和|合计)(?=[，。；）]|$)"
)
_UNADDED = frozenset({"percent", "point", "none", "time"})
_BIGGEST = compiled(r"最[大多高长]的")


def _sum_of_others(analysis: Analysis) -> Iterator[Outcome]:
    """最大的一号地块（186亩）超过其余两块之和，二号92亩，三号78亩."""
    text = analysis.reading.text
    for match in analysis.matches(_OTHERS):
        start, end = sentence_at(analysis, match.start())
        if not _BIGGEST.search(text, start, match.start()):
            continue
        figures = [
            claim
            for claim in analysis.claims
            if start <= claim.at.start < end and claim.quantity.exact and claim.quantity.kind not in _UNADDED
        ]
        before = [claim for claim in figures if claim.at.end <= match.start()]
        number = whole_number(match["n"])
        after = [claim for claim in figures if claim.at.start >= match.end()]
        if not before or len(after) < number:
            continue
        big, rest = before[-1], after[:number]
        if not all(same_unit(claim.quantity, big.quantity) for claim in rest) or len(rest) != number:
            continue
        if len(after) > number and same_unit(after[number].quantity, big.quantity):
            continue
        total = sum((claim.quantity.value for claim in rest), Decimal(0))
        at = analysis.span(Span(*match.span()))
        yield Checked(at)
        if match["way"] in ("相当于", "等于"):
            continue
        if big.quantity.value < total:
            shown = "＋".join(claim.quantity.text for claim in rest)
            yield Finding(
                at,
                Message(
                    f"{shown}，大于 {big.quantity.text}，与“{match[0]}”不符，请核对",
                    f"the others come to more than {big.quantity.text}",
                ),
                related([big, *rest], "数值"),
            )


#: 1012个，不到千个; 968人，逾千人.
_ROUNDED = compiled(
    r"，(?:已经?|总[量数])?(?P<way>不到|不足|未达|逾|超过?|突破|过)了?(?P<round>[一两二三四五六七八九]?[十百千万亿]{1,2})(?P<unit>[一-龥]{1,3})(?=[，。；]|$)"
)


def _rounded(analysis: Analysis) -> Iterator[Outcome]:
    for match in analysis.matches(_ROUNDED):
        start, _ = sentence_at(analysis, match.start())
        claim = next((one for one in analysis.claims if start <= one.at.start and one.at.end == match.start()), None)
        edge = han_value(match["round"] if match["round"] not in ("万", "亿") else "一" + match["round"])
        if claim is None or edge is None or claim.quantity.unit.name != match["unit"] or not claim.quantity.exact:
            continue
        at = analysis.span(Span(match.start() + 1, match.end()))
        yield Checked(at)
        over = match["way"] not in ("不到", "不足", "未达")
        if claim.quantity.value < edge if over else claim.quantity.value >= edge:
            yield Finding(
                at,
                Message(
                    f"{claim.quantity.text} {'不到' if over else '不止'} {match['round']}{match['unit']}，与“{match[0][1:]}”不符，请核对",
                    f"{claim.quantity.text} is {'below' if over else 'above'} that",
                ),
                related([claim], "数值"),
            )


#: 一至四季度分别为…，第三季度最多; 1—4月分别为…，3月最高.
_TURNS = compiled(
    r"(?:(?P<all>[一1][至到\-—~][四4]个?季度|一、二、三、四季度|四个季度|各季度)|(?P<first>\d{1,2})(?:月份?)?[至到\-—~](?P<last>\d{1,2})月份?|(?P<three>前三季度各季|一、二、三季度|[一1][至到\-—~][三3]季度))[^，。；\d]{0,16}(?:分别|依次)"
)
_SPOKEN_END = compiled(
    r"[，；](?:其中|以)?(?:第?(?P<quarter>[一二三四])季度|(?P<month>1[0-2]|[1-9])月份?)(?:[一-龥]{0,4}?)最(?:为)?(?P<end>[多高大少低小])(?=[，。；]|$)"
)


def _by_turn(analysis: Analysis) -> Iterator[Outcome]:
    text = analysis.reading.text
    for match in analysis.matches(_TURNS):
        _, end = sentence_at(analysis, match.start())
        told = _SPOKEN_END.search(text, match.end(), min(end + 1, match.end() + 160))
        if told is None or bool(told["month"]) != bool(match["first"]):
            continue
        run = [claim for claim in analysis.claims if match.end() <= claim.at.start < told.start()]
        first = int(match["first"] or 1)
        count = int(match["last"]) - first + 1 if match["first"] else 4 if match["all"] else 3
        place = int(told["month"]) - first if told["month"] else "一二三四".index(told["quarter"])
        if len(run) != count or count < 3 or not 0 <= place < count:
            continue
        if not all(same_unit(claim.quantity, run[-1].quantity) and claim.quantity.exact for claim in run):
            continue
        if any(not _LIST.fullmatch(text, one.at.end, two.at.start) for one, two in zip(run, run[1:], strict=False)):
            continue
        if told.start() - run[-1].at.end > 1 or run[0].quantity.kind == "rank":
            continue
        values = [claim.quantity.value for claim in run]
        far = max(values) if told["end"] in "多高大" else min(values)
        name = "month" if told["month"] else "quarter"
        at = analysis.span(Span(told.start(name), told.end()))
        yield Checked(at)
        if values[place] != far:
            yield Finding(
                at,
                Message(
                    f"列出的 {run[place].quantity.text} 不是最{told['end']}的，{run[values.index(far)].quantity.text} 才是，请核对",
                    f"{run[values.index(far)].quantity.text} is the one, not {run[place].quantity.text}",
                ),
                related([run[place], run[values.index(far)]], "数值"),
            )


#: 指数（上年同月=100）为98.7，同比上涨1.3%.
_INDEX = compiled(
    r"[（(](?:以)?(?:上年同[月期]|上年|去年同[月期])(?:价格)?(?:=|为|等于)100[)）](?:约?为|是|达到?)?(?P<value>\d{2,3}(?:\.\d{1,2})?)，(?:比上年(?:同[月期])?|较上年(?:同[月期])?|同比)(?:价格)?(?P<way>上涨|上升|增长|下降|回落|下跌)(?P<change>\d{1,2}(?:\.\d{1,2})?)[%％]"
)
_FIFTY = Decimal(50)
_PMI = compiled(r"(?:采购经理(?:人)?指数|PMI|商务活动指数|订单指数|生产指数|产出指数)")
_LINE = compiled(r"(?:比|(?P<way>[高低]于))(?:荣枯线|临界点|荣枯分界线)(?P<than>[高低])?(?:50%)?$")
_LEVEL = compiled(
    r"(?:采购经理(?:人)?指数|PMI|商务活动指数)[^，。；\d]{0,8}(?P<value>[3-6]\d(?:\.\d)?)[%％]?，(?:继续|仍|持续|重新|重回|重返|回到|处于|位于|在|保持)*(?:(?P<way>[高低]于)(?:荣枯线|临界点)|(?:荣枯线|临界点)(?P<side>以上|以下|上方|下方)|(?P<span>扩张|收缩|景气|不景气)区间)(?=[，。；]|$)"
)
_ABOVE = frozenset({"高于", "高", "以上", "上方", "扩张", "景气"})


def _from_fifty(level: Claim, gap: Claim) -> Iterator[Outcome]:
    """采购经理指数49.3%，低于荣枯线0.7个百分点."""
    said = _LINE.search(gap.lead)
    if said is None or gap.clause - level.clause != 1 or not _PMI.search(level.lead) or not level.quantity.exact:
        return
    way = said["way"] or said["than"]
    if not way or gap.quantity.kind != "point" or level.planned:
        return
    value = level.quantity.value - _FIFTY
    yield Checked(gap.quantity.span)
    if (value > 0) != (way in _ABOVE) or abs(value) != gap.quantity.value:
        yield Finding(
            gap.quantity.span,
            Message(
                f"{level.quantity.text} 比荣枯线（50%）{'高' if value > 0 else '低'} {show(abs(value))}个百分点，与“{gap.lead}{gap.quantity.text}”不符，请核对",
                f"{level.quantity.text} is {show(value)} from 50",
            ),
            related([level], "指数"),
        )


def _indices(analysis: Analysis) -> Iterator[Outcome]:
    for match in analysis.matches(_INDEX):
        rise = Decimal(match["value"]) - 100
        at = analysis.span(Span(match.start("way"), match.end()))
        yield Checked(at)
        signed = Decimal(match["change"]) * (1 if match["way"] in ("上涨", "上升", "增长") else -1)
        if rise != signed:
            yield _index(
                at, match, f"指数 {match['value']} 是比上年{'上涨' if rise > 0 else '下降'} {show(abs(rise))}%"
            )
    for match in analysis.matches(_LEVEL):
        value = Decimal(match["value"])
        way = match["way"] or match["side"] or match["span"]
        at = analysis.span(
            Span(match.start("way" if match["way"] else "side" if match["side"] else "span"), match.end())
        )
        yield Checked(at)
        if value != _FIFTY and (value > _FIFTY) != (way in _ABOVE):
            yield _index(at, match, f"{match['value']} {'高于' if value > _FIFTY else '低于'}荣枯线 50")


def _index(at: Span, match: re.Match[str], shown: str) -> Finding:
    return Finding(
        at,
        Message(f"{shown}，与写明的“{match[0].rpartition('，')[2]}”不符，请核对", f"the index is {match['value']}"),
    )
