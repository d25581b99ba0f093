"""Figures on the air: good days, valid days, their rate, gathered by place and period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import Enum

from reportlint.analysis import Analysis
from reportlint.claims import CHANGES, Claim
from reportlint.patterns import compiled
from reportlint.timing import timing


class Kind(Enum):
    """What a figure of a passage on air quality counts."""

    GOOD = "优良天数"
    VALID = "有效天数"
    POLLUTED = "污染天数"
    GRADE = "轻度、中度、重度污染"
    FINE = "优"
    FAIR = "良"
    RATE = "优良率"
    MORE_DAYS = "天数增减"
    MORE_POINTS = "优良率增减"
    OTHER = "其他"


#: The words right before a number of days, and what they make of it; the first that fits decides.
_DAYS = tuple(
    (compiled(pattern), kind)
    for pattern, kind in (
        (r"(?:剔除|扣除|去除|停测|缺测|沙尘|维护|连续|每|平均|人均)[^，。；、]{0,8}$", Kind.OTHER),
        (r"(?:轻度|中度|重度|严重)(?:及以上)?污染(?:天气)?(?:天数?)?(?:为|有|共)?$", Kind.GRADE),
        (r"(?:重污染|首要污染)[^，。；]{0,10}$", Kind.OTHER),
        (r"(?:有效|参评|参与评价|监测天数|参与考核|纳入评价)[^，。；、]{0,8}$", Kind.VALID),
        (r"(?:优良|达标|蓝天|好)天数?[^，。；、]{0,10}$|优良[^，。；、率比]{0,6}$", Kind.GOOD),
        (r"(?:超标|污染)(?:天气)?(?:天数?)?(?:共|为|计|有|达|合计)*$", Kind.POLLUTED),
        (
            r"优(?:级|秀)?(?:天数?)?(?:为|有)?$|优级?[、和]良(?:好|级)?(?:的)?天数?(?:分别|依次)(?:为|是|有|达)?$",
            Kind.FINE,
        ),
        (r"良(?:好|级)?(?:天数?)?(?:为|有)?$", Kind.FAIR),
        (r"^[^，。；、]{0,12}(?:共|共有|共计|全年|季度|上半年|月)$", Kind.VALID),
    )
)
_RATE = compiled(
    r"(?:优良天数?|优良)(?:的)?(?:率|比例|比率|占比|占)[^，。；、]{0,6}$|优良[^，。；]{0,8}[，、]?占(?:比|总天数的|有效天数的)?(?:为|达)?$"
)
_BARE_SHARE = compiled(
    r"占(?:比|总天数的?|有效天数的?|全年的?)?(?:为|达|约)?|达标率(?:为|达)?|(?:比例|比率|占比)(?:为|达)?"
)
_NOT_AIR = compiled(r"断面|水质|水体|点位|河流|湖库|地下水|土壤|农产品|学生|教学")
_EARLIER = compiled(r"上年|去年|同期|前年|上一年|(?:较|比|与)20\d\d年")
_UNITS = frozenset({"天", "%", "个百分点", "百分点", "个百分比"})
#: What says that a passage is on the air.
OF_AIR = frozenset({Kind.GOOD, Kind.FINE, Kind.VALID})


class Record:
    """The figures on the air of one place and period."""

    __slots__ = ("base", "figures")

    def __init__(self, base: bool) -> None:
        self.base = base
        self.figures: dict[Kind, list[Claim]] = {}

    def one(self, kind: Kind) -> Claim | None:
        """The only figure of that kind."""
        found = self.figures.get(kind, ())
        return found[0] if len(found) == 1 else None

    def put(self, kind: Kind, claim: Claim) -> None:
        """Take a figure in."""
        self.figures.setdefault(kind, []).append(claim)

    @property
    def good(self) -> Decimal | None:
        """The good days: as printed, else those rated 优 and 良."""
        printed = self.one(Kind.GOOD)
        if printed is not None:
            return printed.quantity.value
        fine, fair = self.one(Kind.FINE), self.one(Kind.FAIR)
        if Kind.GOOD in self.figures or fine is None or fair is None:
            return None
        return fine.quantity.value + fair.quantity.value


def kind_of(claim: Claim) -> Kind | None:
    """What ``claim`` counts, as far as it belongs to the days of a period; ``None`` for anything else."""
    quantity, lead = claim.quantity, claim.lead
    if quantity.unit.name == "天":
        if claim.role in CHANGES:
            return Kind.MORE_DAYS
        return next((kind for pattern, kind in _DAYS if pattern.search(lead)), Kind.OTHER)
    if quantity.kind == "percent" and claim.role not in CHANGES:
        return Kind.RATE if _RATE.search(lead) and not _NOT_AIR.search(lead) else None
    if quantity.kind in ("point", "percent") and claim.role in CHANGES:
        return Kind.MORE_POINTS
    return None


def passages(claims: Sequence[Claim]) -> Iterator[list[tuple[Kind, Claim]]]:
    """The figures of each paragraph that counts days and says how good they were."""
    counting = {
        claim.paragraph
        for claim in claims
        if claim.quantity.unit.name == "天"
        and (
            kind_of(claim) in OF_AIR
            or (not claim.lead and claim.depth)
            or (claim.role in CHANGES and "优良" in claim.lead)
        )
    }
    found: list[tuple[Kind, Claim]] = []
    for claim in claims if counting else ():
        if claim.paragraph not in counting or claim.quantity.unit.name not in _UNITS:
            continue
        if found and claim.paragraph != found[-1][1].paragraph:
            yield found
            found = []
        kind = kind_of(claim) if not found else _goes_on(*found[-1], claim) or kind_of(claim)
        if kind is not None:
            found.append((kind, claim))
    if found:
        yield found


def _goes_on(kind: Kind, before: Claim, claim: Claim) -> Kind | None:
    """What a figure right after another is by that alone: 优良天数319天，占87.4%, 优良率92.3%（168天）."""
    if claim.clause - before.clause > 1 or claim.role in CHANGES:
        return None
    if kind is Kind.GOOD and claim.quantity.kind == "percent" and _BARE_SHARE.fullmatch(claim.lead):
        return Kind.RATE
    if kind is Kind.RATE and claim.quantity.unit.name == "天" and not claim.lead and claim.depth > before.depth:
        return Kind.GOOD
    if kind is Kind.FINE and claim.quantity.unit.name == "天" and not claim.lead and "良" in before.lead:
        return Kind.FAIR
    return None


def records(analysis: Analysis) -> Iterator[Record]:
    """The figures of each place and period.

    A new record begins where the paragraph or the period changes, where the text turns to the year before, and where a figure
    would be given twice.
    """
    for passage in passages(analysis.claims):
        yield from _parted(analysis, passage)


def _parted(analysis: Analysis, passage: Sequence[tuple[Kind, Claim]]) -> Iterator[Record]:
    text = analysis.reading.text
    record, at, when, depth = Record(base=False), 0, None, 0
    for kind, claim in passage:
        now = timing(analysis, claim)
        base = _EARLIER.search(text, max(at, analysis.sentences[claim.sentence].at.start), claim.at.start) is not None
        turned = base and kind not in (Kind.MORE_DAYS, Kind.MORE_POINTS)
        again = kind in record.figures and kind not in (Kind.VALID, Kind.GRADE, Kind.OTHER)
        moved = now is not None and when is not None and now.period != when.period
        closed = record.base and claim.depth < depth  # （去年同期158天，比例87.3%）；污染天数18天: of this year again
        if moved or turned or closed or (again and (kind is not Kind.RATE or _apart(text, at, claim))):
            yield record
            record, depth = Record(base=turned), claim.depth
        record.put(kind, claim)
        at, when = claim.at.end, now
    yield record


def _apart(text: str, at: int, claim: Claim) -> bool:
    """Whether a second rate begins another passage rather than going on with a list of rates."""
    return any(mark in text[at : claim.at.start] for mark in "，；。")
