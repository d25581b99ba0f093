"""Two rates of change of one sentence, and which is said to be the greater: 利润增幅高于营业收入增幅2.7个百分点, 利润率提高."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from reportlint.analysis import Analysis
from reportlint.claims import Claim
from reportlint.finding import Checked, Finding, Message, Outcome, Related
from reportlint.movements import lower_is_better
from reportlint.patterns import compiled
from reportlint.span import Span
from reportlint_rules.numbers.summaries.told_changes import claims_before, sentence_at, signed

_RATE = r"(?:增速|增幅|涨幅|增长率|增长速度|增长幅度)"
_COMPARED = compiled(
    rf"[，。；、](?:其中|且|但|而)?(?P<one>[^，。；：、（）\d的]{{0,10}}?)(?:同比)?(?:的)?{_RATE}?(?:明显|远|大幅|略|均|分别)?(?P<word>高于|快于|超过|高出|低于|慢于)(?P<other>[^，。；：、（）\d]{{2,12}}?)(?:同比)?(?:的)?(?:{_RATE}(?=[，。；]|$|约?\d)|(?=\d{{1,3}}(?:\.\d{{1,2}})?个百分点))"
)
_HINT = compiled(r"[高快慢低]于|超过|高出")
_MARGIN = compiled(
    r"[，。；](?:营业收入|主营业务收入|主营业务|营收|销售)?利润率(?:同比|较上年|比上年|较上年同期|比上年同期|有所|明显|稳步|进一步|继续|持续)*(?P<word>(?P<up>提高|上升|提升|上扬|回升)|下降|降低|回落|下滑)(?=[，。；]|$|了?\d)"
)
_MARGIN_HINT = compiled(r"利润率")
_ABOVE = frozenset({"高于", "快于", "超过", "高出"})
_ELSEWHERE = compiled(r"全[国省市县区]|平均|上年|去年|同期|同类|目标|预期|季度|20\d\d年|其[他它]")
_TAIL = compiled(r"(?:总额|总值|总量|数量|额|量|数)$")
_MOST = 8


def paces(analysis: Analysis) -> Iterator[Outcome]:
    """Every comparison of two growths by name, and every margin beside the growths of profit and income."""
    text = analysis.reading.text
    for hint in analysis.matches(_HINT):
        start, end = sentence_at(analysis, hint.start())
        match = _COMPARED.search(text, max(start, hint.start() - 30), min(end + 1, hint.end() + 28))
        if match is None or match.start("word") != hint.start():
            continue
        yield from _compared(analysis, start, match)
    if analysis.may_match(_MARGIN_HINT):
        for match in _MARGIN.finditer(text):
            start, _ = sentence_at(analysis, match.end() - 1)
            yield from _margin(analysis, start, match)


def _growths(analysis: Analysis, start: int, place: int) -> list[tuple[Claim, Decimal]]:
    text = analysis.reading.text
    found = []
    for claim in claims_before(analysis, start, place, _MOST):
        value = signed(text, claim) if claim.quantity.unit.name == "%" else None
        if value is not None and claim.quantity.exact and not claim.planned:
            found.append((claim, value))
    return found


def _of(growths: Sequence[tuple[Claim, Decimal]], name: str) -> tuple[Claim, Decimal] | None:
    """The one growth whose words hold the name."""
    name = _TAIL.sub("", name) or name
    if len(name) < 2:
        return None
    found = [each for each in growths if name in each[0].lead]
    if len(found) > 1:
        found = [each for each in found if each[0].lead.startswith(name)]
    return found[0] if len(found) == 1 else None


def _compared(analysis: Analysis, start: int, match: re.Match[str]) -> Iterator[Outcome]:
    if _ELSEWHERE.search(match["one"] + match["other"]):
        return
    growths = _growths(analysis, start, match.start() + 1)
    other = _of(growths, match["other"])
    one = _of(growths, match["one"]) if match["one"] else (growths[-1] if growths else None)
    if one is None or other is None or one[0] is other[0]:
        return
    word = Span(*match.span("word"))
    yield Checked(analysis.span(word))
    above = match["word"] in _ABOVE
    if (one[1] < other[1]) if above else (one[1] > other[1]):
        yield Finding(
            analysis.span(word),
            Message(
                f"{_told(one)} 与 {_told(other)} 相比，与“{match['word']}”相反，请核对",
                f"{one[1]}% against {other[1]}%: not as the word says",
            ),
            (Related(one[0].quantity.span, "数值"), Related(other[0].quantity.span, "对照")),
        )


def _told(growth: tuple[Claim, Decimal]) -> str:
    return f"{'下降' if growth[1] < 0 else '增长'} {growth[0].quantity.text}"


def _margin(analysis: Analysis, start: int, match: re.Match[str]) -> Iterator[Outcome]:
    """营业收入增长8%，利润总额增长3%，利润率提高: profit over income goes the way of the faster."""
    growths = _growths(analysis, start, match.start() + 1)
    profits = [each for each in growths if "利润" in each[0].lead and lower_is_better(each[0].lead) is not True]
    incomes = [each for each in growths if compiled(r"(?:收入|营收)(?!.*利润)").search(each[0].lead)]
    if len(profits) != 1 or len(incomes) != 1 or profits[0][0] is incomes[0][0]:
        return
    word = Span(*match.span("word"))
    yield Checked(analysis.span(word))
    up = match["up"] is not None
    if (profits[0][1] < incomes[0][1]) if up else (profits[0][1] > incomes[0][1]):
        yield Finding(
            analysis.span(word),
            Message(
                f"利润{_told(profits[0])}、收入{_told(incomes[0])}，利润率应当{'下降' if up else '提高'}，与“{match['word']}”不符，请核对",
                "profit over income goes the way of the faster of the two",
            ),
            (Related(profits[0][0].quantity.span, "数值"), Related(incomes[0][0].quantity.span, "对照")),
        )
