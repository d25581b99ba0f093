"""Measure words that cannot count what stands before the figure, and bounds of time out of all proportion."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from reportlint.analysis import Analysis
from reportlint.claims import Claim
from reportlint.files import beside, lines
from reportlint.finding import Checked, Finding, Message, Outcome, Related
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint.span import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

#: What may stand between the noun and its figure.
_REACHES = r"(?:[，：:]|为|是|达到?|约|近|共有?|共计|总计|累计|合计|已有|现有|已|仅有?|只有|新增|新建|增至|增加到|减至|多达){0,3}$"
#: What ends a clause behind the measure word; 卫生室15名医生 goes on.
_ENDS = compiled(r"[，。；、）)！]|\n|$|以上|左右|（")


class _Measured(NamedTuple):
    noun: re.Pattern[str]
    never: frozenset[str]
    example: str


@lru_cache(maxsize=1)
def _rows() -> tuple[_Measured, ...]:
    rows = (line.split("\t") for line in lines(beside(__file__, "measures.tsv")))
    return tuple(_Measured(compiled(f"(?:{row[0]}){_REACHES}"), frozenset(row[1].split()), row[2]) for row in rows)


@lru_cache(maxsize=1)
def _any_never() -> frozenset[str]:
    return frozenset(unit for row in _rows() for unit in row.never)


#: What a sentence of several nouns with one figure or a share leaves open.
_SHARED = compiled(r"[均每占比]|之一|分别|平均|折合|覆盖|服务(?!站|中心|点|机构)|惠及|辐射|含[^，。；]*$")
_SIGHT = 20


def mismeasured(analysis: Analysis) -> Iterator[Outcome]:
    """Figures whose measure word cannot count what leads to them."""
    text = analysis.reading.text
    never = _any_never()
    for group in analysis.by_sentence:
        seen: set[str] = set()
        for claim in group:
            unit = claim.quantity.unit.name
            # 安排入学25名，其中幼儿园12名: one of several told in that measure.
            if unit in never and unit not in seen and _ENDS.match(text, claim.at.end):
                yield from _checked(claim)
            seen.add(unit)


def _checked(claim: Claim) -> Iterator[Outcome]:
    quantity, unit = claim.quantity, claim.quantity.unit.name
    if quantity.quoted or quantity.ordinal or "其中" in claim.lead or _SHARED.search(claim.lead[-_SIGHT:]):
        return
    found = next((row for row in _rows() if unit in row.never and row.noun.search(claim.lead)), None)
    if found is not None:
        yield Checked(quantity.span)
        yield Finding(
            quantity.span,
            Message(
                f"“{unit}”不能用来计量前面说的东西（应当像“{found.example}”），请核对单位",
                f"{unit} does not count what stands before it, rather as in {found.example}",
            ),
        )


_TIME = r"(?P<{0}>\d{{1,5}}(?:\.\d{{1,2}})?)个?(?P<{0}_unit>秒钟?|分钟|小时|天)"
_SECONDS = {"秒": 1, "秒钟": 1, "分钟": 60, "小时": 3600, "天": 86400}
#: 小学不超过60分钟，初中不超过90小时: one bound told of two, in units that differ sixty times.
_BOUNDS = compiled(
    rf"(?P<how>不超过|不少于|不低于|不高于|控制在|缩短至|压缩至|平均用时|用时){_TIME.format('old')}[^，。；、]{{0,4}}[，、；][^，。；、]{{1,8}}?(?P=how){_TIME.format('new')}"
)
_FAR = 30


def out_of_proportion(analysis: Analysis) -> Iterator[Outcome]:
    """Bounds of time side by side, of which one is many times the other and told in another unit."""
    for match in analysis.matches(_BOUNDS):
        old, new = _length(match, "old"), _length(match, "new")
        units = {match["old_unit"], match["new_unit"]}
        if units in ({"分钟", "小时"}, {"秒", "分钟"}, {"小时", "天"}) and max(old, new) >= _FAR * min(old, new):
            yield _time(analysis, match)


def _length(match: re.Match[str], which: str) -> Decimal:
    return Decimal(match[which]) * _SECONDS[match[f"{which}_unit"]]


def _time(analysis: Analysis, match: re.Match[str]) -> Finding:
    place = Span(match.start("new"), match.end("new_unit"))
    old = Span(match.start("old"), match.end("old_unit"))
    shown = analysis.reading.slice
    return Finding(
        analysis.span(place),
        Message(
            f"{shown(old)}、{shown(place)}：与前面的相差太多，请核对时间单位",
            f"{shown(place)}: out of proportion with the other",
        ),
        (Related(analysis.span(old), "另一个时间"),),
    )
