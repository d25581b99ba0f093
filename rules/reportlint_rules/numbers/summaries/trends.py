"""Figures of one thing in the order of time, and what is said of their way: 逐年上升, 增速逐季回落."""

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
from reportlint_rules.numbers.summaries.told_changes import claims_after, claims_before, is_minus, sentence_at, signed

_UP = r"上升|上涨|增长|增加|增多|提高|提升|回升|走高|攀升|递增|加快|扩大|抬升"
_DOWN = r"下降|下滑|下跌|减少|降低|回落|递减|收窄|走低|放缓|压降|缩短|缩小"
_SAID = compiled(
    rf"(?P<subject>[^，。；：、（）\d]{{0,14}}?)(?:呈现?出?|保持|实现|均|已|连续)*(?P<pace>逐[年季月次级步]|持续|连年|稳步|连续[两三四五]年)(?:稳步|小幅|明显|大幅|持续|较快|有所|不断|平稳)?(?P<word>(?P<up>{_UP})|{_DOWN})(?!的|了?\d|[到至为]\d)"
)
_PACE = compiled(r"逐[年季月次级步]|持续|连年|稳步|连续[两三四五]年")
_WHEN = compiled(
    r"(?P<year>20\d\d)年|(?P<quarter>[一二三四1-4])季度|(?P<half>上半年|前三季度|前[三3]季度|全年)|(?P<month>\d{1,2})月"
)
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_HALVES = {"上半年": 2, "前三季度": 3, "前3季度": 3, "全年": 4}
_YEARS = compiled(r"(20\d\d)年?[—–~至到-]{1,2}(20\d\d)年")
_RECENT = compiled(r"近(?:[三四五]|[345])年|[三四五]年(?:间|来)|前?[三四]个?季度|各季度")
_JOINS = frozenset(("、", "，", "和", "及", "、和", "以及", "到", "，到", "再到"))
#: Between the last figure and what is said of them: the thing once more, at most.
_GAP = compiled(r"(?:以上|左右|余)?[，；](?:(?:总体|整体|基本|分别|均|都|且|即|已)|[^，。；：\d]{0,12}，)?$")
_BUT = compiled(r"^[^。；]{0,30}(?:略有|小幅|有所|除|但|外)")
_MOST = 12


def trends(analysis: Analysis) -> Iterator[Outcome]:
    """Every such saying with three figures or more right before it, in the order of time."""
    text = analysis.reading.text
    for pace in analysis.matches(_PACE):
        start, end = sentence_at(analysis, pace.start())
        clause = max(text.rfind(mark, start, pace.start()) for mark in "，；：（") + 1
        said = _SAID.match(text, max(clause, start), end)
        if said is None or said.start("pace") != pace.start() or _BUT.match(text[said.end() : end]):
            continue
        run = _run(analysis, start, said)
        if len(run) < 3:
            run = _run_behind(analysis, said, end)
        values = _values(text, run, said["subject"]) if len(run) > 2 else None
        if values is None:
            continue
        order = _order(text, start, run)
        if not order:
            continue
        if order < 0:
            run, values = run[::-1], values[::-1]
        yield from _judged(analysis, said, run, values)


def _run(analysis: Analysis, start: int, said: re.Match[str]) -> list[Claim]:
    """The figures of one unit that end right before the saying."""
    text = analysis.reading.text
    run: list[Claim] = []
    for claim in reversed(claims_before(analysis, start, said.start(), _MOST)):
        quantity = claim.quantity
        if quantity.unit.name == "年" and quantity.value > 1900:
            break
        if not quantity.exact or quantity.ordinal or quantity.quoted or claim.depth or claim.planned:
            break
        if run:
            between = text[claim.at.end : run[0].at.start]
            fits = same_unit(quantity, run[0].quantity) and ("。" not in between and len(between) < 24)
            if not fits or run[0].clause - claim.clause > 1:
                break
        elif not _GAP.match(text[claim.at.end : said.start()]):
            return []
        run.insert(0, claim)
    return run


#: 逐年减少，2020年820人、2021年764人: what leads from the saying to its figures.
_LEADS_ON = compiled(r"[^，。；：\d]{0,6}[，：](?:其中|分别为?|依次为?)?(?=20\d\d年|[一1]季度|\d{1,2}月)")


def _run_behind(analysis: Analysis, said: re.Match[str], end: int) -> list[Claim]:
    """The figures of one unit that begin right behind the saying, each with its time."""
    text = analysis.reading.text
    if _LEADS_ON.match(text, said.end()) is None:
        return []
    run: list[Claim] = []
    for claim in claims_after(analysis, said.end(), end, _MOST):
        quantity = claim.quantity
        if not quantity.exact or quantity.ordinal or quantity.quoted or claim.depth or claim.planned:
            break
        if run and (not same_unit(quantity, run[0].quantity) or claim.clause - run[-1].clause > 1):
            break
        run.append(claim)
    return run


def _values(text: str, run: Sequence[Claim], subject: str) -> list[Decimal] | None:
    """The figures as the saying means them: with their sign where it speaks of how fast things grow."""
    moved = [claim.role in (Role.UP, Role.DOWN) for claim in run]
    if not any(moved):
        return [-c.quantity.value if is_minus(text, c.quantity) else c.quantity.value for c in run]
    if run[0].quantity.unit.name not in ("%", "个百分点"):
        return None
    if "降幅" in subject:
        same = {claim.role for claim in run if claim.role in (Role.UP, Role.DOWN)} == {Role.DOWN}
        return [claim.quantity.value for claim in run] if same else None
    if not any(word in subject for word in ("增速", "增幅", "涨幅", "增长", "速度")):
        return None
    last = Role.UP
    values: list[Decimal] = []
    for claim in run:
        role = claim.role if claim.role in (Role.UP, Role.DOWN) else last
        value = signed(text, claim)
        if value is None:
            if is_minus(text, claim.quantity):
                value = -claim.quantity.value
            else:
                value = claim.quantity.value if role is Role.UP else -claim.quantity.value
        values.append(value)
        last = role
    return values


def _order(text: str, start: int, run: Sequence[Claim]) -> int:
    """+1 where the times beside the figures, or listed before them, go forward, −1 backward, 0 where they do not tell."""
    joined = all(text[a.at.end : b.at.start] in _JOINS for a, b in zip(run, run[1:], strict=False))
    if joined:
        before = text[max(start, run[0].at.start - 80) : run[0].at.start]
        years = _YEARS.search(before)
        if years and int(years[2]) - int(years[1]) + 1 == len(run):
            return 1
        when = [_point(match) for match in _WHEN.finditer(before)]
        if len(when) < len(run):
            return 1 if _RECENT.search(before) and "分别" in before else 0
        return _way(when[-len(run) :])
    when = []
    end = max(start, run[0].at.start - 24)
    for claim in run:
        found = list(_WHEN.finditer(text[end : claim.at.start]))
        if not found:
            return 0
        when.append(_point(found[-1]))
        end = claim.at.end
    return _way(when)


def _point(match: re.Match[str]) -> tuple[str, int]:
    if match["year"]:
        return "year", int(match["year"])
    if match["quarter"]:
        return "quarter", _QUARTERS[match["quarter"]]
    if match["half"]:
        return "quarter", _HALVES[match["half"]]
    return "month", int(match["month"])


def _way(when: Sequence[tuple[str, int]]) -> int:
    pairs = list(zip(when, when[1:], strict=False))
    if any(one[0] != other[0] for one, other in pairs):
        return 0
    if all(one[1] < other[1] for one, other in pairs):
        return 1
    return -1 if all(one[1] > other[1] for one, other in pairs) else 0


def _judged(
    analysis: Analysis, said: re.Match[str], run: Sequence[Claim], values: Sequence[Decimal]
) -> Iterator[Outcome]:
    up = said["up"] is not None
    steps = [other - one if up else one - other for one, other in zip(values, values[1:], strict=False)]
    word = Span(*said.span("word"))
    yield Checked(analysis.span(word))
    against = [place for place, step in enumerate(steps, 1) if step < 0]
    if not against or all(one == values[0] for one in values):
        return
    told = "、".join(claim.quantity.text for claim in run)
    turned = len(against) == len(steps) or sum(steps) < 0 < len(steps) - 2
    span = analysis.span(word) if turned else run[against[0]].quantity.span
    yield Finding(
        span,
        Message(
            f"{told}，与“{said['pace']}…{said['word']}”不符，请核对",
            f"{told}: the figures do not go {'up' if up else 'down'} all the way",
        ),
        tuple(Related(claim.quantity.span, "数值") for claim in run if claim.quantity.span != span),
    )
