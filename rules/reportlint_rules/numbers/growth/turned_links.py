"""From one figure to the other, where units or words keep the pair apart: 由90分钟缩短至45小时, 增速由6.1%加快至5.4%."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from reportlint.analysis import Analysis
from reportlint.finding import Checked, Finding, Message, Outcome, Related
from reportlint.patterns import compiled
from reportlint.span import Span

_UNIT = r"秒钟?|分钟|个?小时|个?工作日|天|日|周|个月|年"
_TIMES = compiled(
    rf"(?:由|从)(?:[^，。；、（）]{{0,14}}?[^，。；、（）\d.])?(?P<from>(?P<a>\d{{1,4}}(?:\.\d{{1,2}})?)(?P<u>{_UNIT}))[^，。；\d]{{0,8}}?(?P<word>缩短|压缩|压减|减少|缩减|压降|降低|降|减|延长)(?:了)?(?:至|到|为)[^，。；\d]{{0,6}}(?P<to>(?P<b>\d{{1,4}}(?:\.\d{{1,2}})?)(?P<v>{_UNIT}))"
)
#: Seconds, the least and the most that the unit may stand for.
_SECONDS = {
    "秒": (1, 1),
    "秒钟": (1, 1),
    "分钟": (60, 60),
    "小时": (3600, 3600),
    "工作日": (7 * 3600, 24 * 3600),
    "天": (8 * 3600, 24 * 3600),
    "日": (8 * 3600, 24 * 3600),
    "周": (5 * 8 * 3600, 7 * 24 * 3600),
    "月": (20 * 8 * 3600, 31 * 24 * 3600),
    "年": (240 * 8 * 3600, 366 * 24 * 3600),
}
_PACES = compiled(
    r"(?:增速|增幅|涨幅|增长率|增长速度)[^，。；\d]{0,10}(?:由|从)(?:[^，。；、（）]{0,10}?[^，。；、（）\d.-])?(?P<from>(?P<a>-?\d{1,3}(?:\.\d{1,2})?)%)[^，。；\d]{0,6}?(?P<word>加快|提速|放缓|减速|趋缓|回升|回落)(?:至|到|为)(?:[^，。；、（）]{0,10}?[^，。；、（）\d.-])?(?P<to>(?P<b>-?\d{1,3}(?:\.\d{1,2})?)%)"
)
_QUICKER = frozenset({"加快", "提速", "回升"})


def turned_links(analysis: Analysis) -> Iterator[Outcome]:
    """Every such pair, with those that go the other way than the word."""
    for match in analysis.matches(_TIMES):
        if match["u"].removeprefix("个") == match["v"].removeprefix("个"):
            continue  # of one unit: bound by their claims
        before = _seconds(match["a"], match["u"])
        after = _seconds(match["b"], match["v"])
        longer = match["word"] == "延长"
        yield Checked(analysis.span(Span(*match.span("to"))))
        if after[1] <= before[0] if longer else after[0] >= before[1]:
            yield _turned(analysis, Span(*match.span("to")), Span(*match.span("from")), match["word"])
    for match in analysis.matches(_PACES):
        before_it, after_it = Decimal(match["a"]), Decimal(match["b"])
        word = Span(*match.span("word"))
        yield Checked(analysis.span(word))
        if (after_it < before_it) if match["word"] in _QUICKER else (after_it > before_it):
            if match["word"] in ("回升", "回落"):
                continue  # words that all comparisons know
            yield _turned(analysis, word, Span(*match.span("to")), match["word"])


def _seconds(digits: str, unit: str) -> tuple[Decimal, Decimal]:
    least, most = _SECONDS[unit.removeprefix("个")]
    return Decimal(digits) * least, Decimal(digits) * most


def _turned(analysis: Analysis, at: Span, other: Span, word: str) -> Finding:
    shown = analysis.reading.slice
    return Finding(
        analysis.span(at),
        Message(
            f"从前后两个数看，与“{word}”相反（{shown(at)}，{shown(other)}），请核对数字和单位",
            f"the two figures go the other way than “{word}”",
        ),
        (Related(analysis.span(other), "对照"),),
    )
