"""How far one percentage lies from another that stands beside it: 增长6.0%，高于全省平均0.6个百分点（全省5.4%）."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from reportlint.analysis import Analysis
from reportlint.claims import CHANGES, Claim, Role
from reportlint.finding import Checked, Finding, Message, Outcome, Related
from reportlint.numbers import Quantity
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint.span import Span
from reportlint_rules.numbers.figures import show
from reportlint_rules.numbers.intervals import covers, difference

_ABOVE = frozenset({"高于", "快于", "高出", "高", "快", "超出", "超过", "领先", "领先于", "优于", "好于"})
#: 高于全省平均0.6个百分点: the word before what it is compared with; 好于 says nothing of which is the greater.
_THAN = compiled(r"(?P<word>高于|低于|快于|慢于|高出|超出|超过|领先于?|落后于?)(?P<other>[^，；。（）\d]{1,14})$")
#: 比全市平均（6.2%）快2.3个百分点: and the word behind it.
_COMPARED = compiled(r"^）?(?P<word>高出?|低|快|慢)了?$")
_COMPARES = compiled(r"(?:比|较)(?P<other>[^，；。（）\d]{1,14})（?[^（）\d]{0,6}$")
#: 比全市平均快2.3个百分点（全市6.2%）.
_BETWEEN = compiled(r"(?:比|较)(?P<other>[^，；。（）\d]{1,14}?)(?P<word>高出?|低|快|慢)了?$")
#: An earlier period, a target: compared by rules of their own.
_NOT_BESIDE = compiled(r"上年|去年|同期|年初|上月|季度|目标|任务|预期|计划|分别|依次|20\d\d年|累计")
_OTHERS_OWN = compiled(r"[国省市州盟县区镇乡村]|平均|城镇|农村|居民|GDP|工业|经济|收入")
_NEGATIVE = compiled(r"下降|负增长|减少|降低|下滑|回落|收窄")


#: 增长8.6%，较一季度加快0.8个百分点（一季度7.6%）: the other period told in a bracket.
_QUICKER = compiled(
    r"(?:比|较)(?P<other>[^，；。（）\d]{1,10}?|(?:20\d\d年)?[1-9]\d?(?:[-—]\d{1,2})?月份?|20\d\d年)(?P<word>加快|提高|提升|上升|高|快|回升|放缓|回落|下降|降低|低|慢)了?$"
)
_QUICK = frozenset({"加快", "提高", "提升", "上升", "高", "快", "回升"})


class Gap(NamedTuple):
    """Two percentages and the points said to lie between them; ``above`` says that the first is the greater."""

    value: Claim
    base: Claim
    points: Claim
    above: bool


def _gaps(analysis: Analysis) -> Iterator[Gap]:
    text = analysis.reading.text
    for group in analysis.by_sentence:
        for index, points in enumerate(group):
            if points.quantity.kind != "point" or not points.quantity.exact or points.planned:
                continue
            if index + 1 < len(group) and text[points.at.end : group[index + 1].at.start] in ("、", "和"):
                continue
            found = _before(text, group, index) or _behind(text, group, index) or _period_behind(text, group, index)
            if found is None:
                continue
            base, word, place = found
            value = _value(group, place, base)
            if value is not None:
                yield Gap(value, base, points, word in _ABOVE or word in _QUICK)


def _before(text: str, group: Sequence[Claim], index: int) -> tuple[Claim, str, int] | None:
    """The other percentage in a bracket before the word: 比全市平均（6.2%）快, 高于全市平均（6.2%）2.3个百分点."""
    points, base = group[index], group[index - 1] if index else None
    if base is None or base.quantity.unit.name != "%" or not text.startswith("）", base.at.end):
        return None
    opening = text.rfind("（", 0, base.at.start)
    if opening < 0 or base.at.start - opening > 10 or points.at.start - base.at.end > 6:
        return None
    words = text[max(0, opening - 24) : opening]
    words = words[max(map(words.rfind, "，；。：")) + 1 :]
    than = _THAN.search(words)
    if than and text[base.at.end : points.at.start] == "）" and not _NOT_BESIDE.search(words):
        return base, than["word"], index - 1
    compared = _COMPARED.match(text[base.at.end : points.at.start])
    if compared and _COMPARES.search(words) and not _NOT_BESIDE.search(words):
        return base, compared["word"], index - 1
    return None


def _behind(text: str, group: Sequence[Claim], index: int) -> tuple[Claim, str, int] | None:
    """The other percentage behind the points: （全省5.4%）; ，全省平均为60.2%."""
    points, base = group[index], group[index + 1] if index + 1 < len(group) else None
    if base is None or base.quantity.unit.name != "%" or base.at.start - points.at.end > 20:
        return None
    said = _THAN.search(points.lead) or _BETWEEN.search(points.lead)
    if said is None or _NOT_BESIDE.search(points.lead) or not _OTHERS_OWN.search(said["other"]):
        return None
    between = text[points.at.end : base.at.start]
    if _NOT_BESIDE.search(between) or not between.startswith(("（", "，")):
        return None
    key = said["other"][:2]
    bracket = between[0] == "（" and text.startswith("）", base.at.end)
    named = key in between if between[0] == "，" else (key in between or len(between) <= 2)
    return (base, said["word"], index) if named and (bracket or between[0] == "，") else None


def _period_behind(text: str, group: Sequence[Claim], index: int) -> tuple[Claim, str, int] | None:
    """The percentage of the other period in a bracket behind the points, named as before them: 较一季度加快0.8个百分点（一季度7.6%）."""
    points, base = group[index], group[index + 1] if index + 1 < len(group) else None
    said = _QUICKER.search(points.lead)
    if said is None or base is None or base.quantity.unit.name != "%" or not text.startswith("）", base.at.end):
        return None
    between = text[points.at.end : base.at.start]
    if not between.startswith("（") or said["other"][-2:] not in between or len(between) > len(said["other"]) + 6:
        return None
    return base, said["word"], index


def _value(group: Sequence[Claim], place: int, base: Claim) -> Claim | None:
    """The nearest percentage before the comparison; ``None`` where it is one of several side by side, or not a level."""
    before = [claim for claim in group[:place] if claim.quantity.unit.name == "%" and claim is not base]
    if not before:
        return None
    value = before[-1]
    near = base.clause - value.clause <= 4 and value.quantity.exact and base.quantity.exact
    alone = len(before) == 1 or before[-2].clause != value.clause
    plain = not (value.planned or base.planned) and not _NEGATIVE.search(value.lead + base.lead)
    changed = value.role in CHANGES and value.role is not Role.UP
    return value if near and alone and plain and not changed and value.depth <= base.depth else None


def gap_mismatches(analysis: Analysis, bound: Set[Span]) -> Iterator[Outcome]:
    """Every such distance that its two percentages contradict, but for those ``bound`` to other figures already."""
    if "个百分点" not in analysis.reading.text:
        return
    for gap in _gaps(analysis):
        if gap.points.at in bound:
            continue
        value, base, points = gap.value.quantity, gap.base.quantity, gap.points.quantity
        yield Checked(points.span)
        bounds = difference(value, base)
        turned = (gap.above and bounds[1] < 0) or (not gap.above and bounds[0] > 0)
        if turned or not covers(bounds, points):
            yield _finding(value, base, points, turned=turned)


def _finding(value: Quantity, base: Quantity, points: Quantity, *, turned: bool) -> Finding:
    apart = show(abs(value.value - base.value))
    said = f"{value.text} 比 {base.text} {'高' if value.value > base.value else '低'} {apart}个百分点"
    return Finding(
        points.span,
        Message(
            f"{said}，与写明的{'方向相反' if turned else f' {points.text} 不符'}，请核对",
            f"{value.text} and {base.text} are {apart} points apart; the text says otherwise",
        ),
        (Related(value.span, "本期"), Related(base.span, "比较对象")),
    )
