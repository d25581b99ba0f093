"""The greatest and the least of a list by name: 进度最慢的是炼铁分厂, 以清溪镇面积最大; 最多的一天 against the mean of all days."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from reportlint.analysis import Analysis
from reportlint.claims import Claim, Role
from reportlint.finding import Checked, Finding, Message, Outcome, Related
from reportlint.numbers import same_unit
from reportlint.patterns import compiled
from reportlint.span import Span
from reportlint_rules.numbers.summaries.told_changes import claims_before, is_minus, sentence_at, signed

_HINT = compiled(r"最[快慢高低多少大小长短]")
_NAME = r"[一-龥A-Za-z]{2,12}?"
_NAMED_BEHIND = compiled(
    rf"[，。；](?P<what>[^，。；：（）\d]{{0,10}}?)最(?P<end>[快慢高低多少大小长短])的(?:[一-龥]{{1,4}})?(?:是|为)(?P<name>{_NAME})(?=[，。；（]|$)"
)
_NAMED_BEFORE = compiled(
    rf"[，。；](?:其中|而)?[，]?(?:以|属)(?P<name>{_NAME})(?:的)?(?P<what>[一-龥]{{0,8}}?)最(?:为)?(?P<end>[快慢高低多少大小长短])(?=[，。；]|$)"
)
_NAMED_FIRST = compiled(
    rf"[，。；](?:其中|而)?[，]?(?P<name>{_NAME})(?P<what>进度|速度|占比|比重|数量|面积|增速|增幅|降幅|完成率|任务量|总量|产量|投资|规模|金额|排名|得分|比例|人数)?最(?:为)?(?P<end>[快慢高低多少大小长短])(?=[，。；]|$)"
)
_GREATEST = "快高多大长"
_TIMES = frozenset({"天", "小时", "分钟", "工作日", "个工作日", "日", "个月", "秒", "年"})
_GAP = compiled(r"(?:以上|的[一-龥]{0,6})?(?:）)?$")
#: What a name may lose in the list or have there besides.
_KIND = compiled(r"(?:分厂|分公司|公司|街道|社区|镇|乡|县|区|市|村|产业|项目|类|企业|学校|医院|单位)$")
_IN_TURN = compiled(r"(?:分别|依次)[一-龥]{0,8}$")
_OTHERS = compiled(r"[、，和及与]")
_MOST = 14
#: 最多的一天接听68通; 面积最大的一处达5.1万平方米.
_ONE_OF = compiled(
    r"最(?P<end>[多大高少小低])的?(?:一|1)(?P<of>天|日|次|场|处|家|户|个|期|项|笔|宗|起|人|月|批|村|镇)[一-龥]{0,8}$|最(?P<last>[多大高少小低])(?:的)?一(?:天|日)[一-龥]{0,8}$"
)
_MEAN = compiled(r"日均|平均|场均|户均|每[天日场次户家]|月均|次均")
_NOT_ADDED = frozenset({"percent", "point", "rank", "concentration", "temperature"})


def extremes(analysis: Analysis) -> Iterator[Outcome]:
    """Every extreme that is named beside its list, and every one of many beside their mean."""
    text = analysis.reading.text
    seen = set()
    for hint in analysis.matches(_HINT):
        start, end = sentence_at(analysis, hint.start())
        for pattern in (_NAMED_BEHIND, _NAMED_BEFORE, _NAMED_FIRST):
            match = pattern.search(text, max(start, hint.start() - 30), min(end + 1, hint.end() + 24))
            if match is None or match.span("end") != (hint.start() + 1, hint.start() + 2) or hint.start() in seen:
                continue
            seen.add(hint.start())
            yield from _named(analysis, start, match)
            break
    for group in analysis.by_sentence:
        for index, claim in enumerate(group):
            if index and "最" in claim.lead and (said := _ONE_OF.search(claim.lead)):
                yield from _one_of(group[:index], claim, said["end"] or said["last"])


def _named(analysis: Analysis, start: int, match: re.Match[str]) -> Iterator[Outcome]:
    text = analysis.reading.text
    run: list[Claim] = []
    for claim in reversed(claims_before(analysis, start, match.start() + 1, _MOST)):
        quantity = claim.quantity
        if not quantity.exact or quantity.ordinal or quantity.quoted or claim.planned or claim.depth:
            break
        if run and (not same_unit(quantity, run[0].quantity) or run[0].clause - claim.clause > 1):
            break
        if not run and not _GAP.match(text[claim.at.end : match.start()]):
            return
        run.insert(0, claim)
        if "其中" in claim.lead:
            break
    if len(run) < 3 or run[0].quantity.kind == "rank":
        return
    if run[0].quantity.value >= sum(claim.quantity.value for claim in run[1:]):
        return  # the first is their sum
    ends = match["end"]
    if ends in "快慢" and run[0].quantity.unit.name in _TIMES:
        return
    name = match["name"]
    # 一至四季度分别为: what is said of all of them names none.
    labels = {claim.at: label for claim in run if not _IN_TURN.search(label := _label(text, claim))}
    spots = [claim for claim in run if name in labels.get(claim.at, "")]
    if not spots and (stem := _KIND.sub("", name)) != name and len(stem) > 1:
        spots = [claim for claim in run if stem in labels.get(claim.at, "")]
    values = [_value(text, claim, match["what"] or "") for claim in run]
    if len(spots) != 1 or None in values or _OTHERS.search(name):
        return
    known: list[Decimal] = [value for value in values if value is not None]
    named = known[run.index(spots[0])]
    far = max(known) if ends in _GREATEST else min(known)
    place = analysis.span(Span(*match.span("name")))
    yield Checked(place)
    if named != far:
        other = run[known.index(far)]
        yield Finding(
            place,
            Message(
                f"{name}是 {spots[0].quantity.text}，最{ends}的应是 {other.quantity.text} 的一个，请核对",
                f"{other.quantity.text}, not {spots[0].quantity.text}, is the {'greatest' if ends in _GREATEST else 'least'}",
            ),
            (Related(other.quantity.span, "数值"), Related(spots[0].quantity.span, "数值")),
        )


def _label(text: str, claim: Claim) -> str:
    """The words that name what the figure is of."""
    return claim.lead or text[max(0, claim.at.start - 12) : claim.at.start]


def _value(text: str, claim: Claim, what: str) -> Decimal | None:
    value = claim.quantity.value
    if claim.role in (Role.UP, Role.DOWN):
        return signed(text, claim) if "降" not in what else value
    return -value if is_minus(text, claim.quantity) else value


def _one_of(before: Sequence[Claim], claim: Claim, end: str) -> Iterator[Outcome]:
    """日均接听86通，最多的一天接听68通."""
    if not claim.quantity.exact or claim.planned:
        return
    near = [
        one
        for one in before
        if same_unit(one.quantity, claim.quantity)
        and one.quantity.exact
        and claim.clause - one.clause <= 3
        and not one.planned
        and one.role not in (Role.UP, Role.DOWN, Role.BASE)
    ]
    if len(near) != 1 or claim.quantity.kind in _NOT_ADDED:
        return
    if claim.quantity.kind == "none" and (not claim.trail or claim.trail[0] != near[0].trail[:1]):
        return  # 86通 and 68通 are of one unit, though none that is known
    other = near[0]
    if not _MEAN.search(other.lead):
        return  # one beside the sum of all is told by another rule
    least = end in "少小低"
    yield Checked(claim.quantity.span)
    if claim.quantity.value > other.quantity.value if least else claim.quantity.value < other.quantity.value:
        yield Finding(
            claim.quantity.span,
            Message(
                f"{'最少' if least else '最多'}的一个是 {claim.quantity.text}，与平均 {other.quantity.text} 不合，请核对",
                f"{claim.quantity.text} cannot be the {'least' if least else 'greatest'} where the mean is {other.quantity.text}",
            ),
            (Related(other.quantity.span, "对照"),),
        )
