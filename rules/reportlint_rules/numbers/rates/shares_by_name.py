"""Shares whose words name the part, the whole or both: 提取额占当年归集额的64.3%, 研究生占比52.9%, 占全省的15%."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reportlint.analysis import Analysis
from reportlint.claims import CHANGES, Claim, Role
from reportlint.numbers import same_unit
from reportlint.patterns import compiled
from reportlint.phrase import before
from reportlint.subject import without_areas

_SHARE = compiled(
    r"(?:其中，?)?(?P<part>[一-龥A-Za-z]{0,10}?)(?:仅|只|已|约)?占(?P<whole>[一-龥A-Za-z]{0,10}?)(?:的?(?:比例|比重|份额)|比|的)?(?:为|达到?|是|约为?|近|仅|仅为|只有|到)?"
)
#: What the words add to the name: 提取额, 归集总额, 当年.
_AROUND = compiled(r"^(?:其中|当年|全年|本年|年末|同期|期末|全部|总)+|(?:的|总|[数额量]){1,4}$")
_OTHER_TIME = compiled(r"上年|去年|同期|年初|任务|计划|目标|预算|GDP|生产总值")
_AREA = compiled(r"[全我]([国省市县区州])(?:总[数量额])?")
#: What leads on from a name to its figure.
_LEADS_ON = compiled(r"(?:共|共有|共计|达到?|为|有|是|仅|约|完成|了|合计|累计){1,4}$")


def by_names(analysis: Analysis, figures: Sequence[Claim], rate: Claim) -> tuple[Claim, Claim] | None:
    """The part and the whole of a share, at least one of which its own words name, among the figures before it."""
    said = _SHARE.fullmatch(rate.lead)
    if said is None or _OTHER_TIME.search(rate.lead):
        return None
    area = _AREA.fullmatch(said["whole"])
    part_name, whole_name = (_AROUND.sub("", said[name]) for name in ("part", "whole"))
    if area is None and max(len(part_name), len(whole_name)) < 2:
        return None
    usable = [
        claim
        for claim in figures
        if claim.countable and not claim.planned and claim.role not in CHANGES and claim.role is not Role.BASE
    ]
    if part_name:
        part = _only(claim for claim in usable if _called(claim, part_name)) if len(part_name) > 1 else None
        if part is None and len(part_name) > 3:
            # 其中公办29家、民办57家。民办机构占总数的: its kind alone
            part = _only(claim for claim in usable if claim.lead.removeprefix("其中").lstrip("，：") == part_name[:-2])
    else:
        part = usable[-1] if usable and figures[-1] is usable[-1] and rate.clause - usable[-1].clause == 1 else None
    if part is None:
        return None
    earlier = [claim for claim in usable if claim.at.start < part.at.start and same_unit(claim.quantity, part.quantity)]
    if area is not None:
        whole = _of_area(earlier, part, area[1])
    elif len(whole_name) > 1:
        whole = _only(
            claim
            for claim in earlier
            if not claim.subset and (whole_name in claim.lead or claim.trail.startswith(whole_name))
        )
    else:
        whole = _held_by(analysis, earlier, part)
    if whole is None or whole is part or part.quantity.value > whole.quantity.value:
        return None
    return part, whole


def is_named_otherwise(part: Claim, rate: Claim) -> bool:
    """Whether the share says whose it is, and it is not the part's: 本科生8名，研究生占比."""
    said = _SHARE.fullmatch(rate.lead)
    name = _AROUND.sub("", said["part"]) if said else ""
    return len(name) > 1 and not (_called(part, name) or name in part.lead or part.lead[-2:] in name)


def _called(claim: Claim, name: str) -> bool:
    return _LEADS_ON.sub("", claim.lead).endswith(name) or claim.trail.startswith(name)


def _only(claims: Iterable[Claim]) -> Claim | None:
    """The one figure of so many, or the last where all have one value."""
    found = list(claims)
    return found[-1] if found and len({claim.quantity.value for claim in found}) == 1 else None


def _held_by(analysis: Analysis, earlier: Sequence[Claim], part: Claim) -> Claim | None:
    """What 其中 takes the part from."""
    bound = next((bond.whole for bond in analysis.bonds if bond.part.at == part.at), None)
    if bound is not None or not part.subset:
        return bound
    return next((claim for claim in reversed(earlier) if not claim.subset and claim.sentence == part.sentence), None)


def _of_area(earlier: Sequence[Claim], part: Claim, area: str) -> Claim | None:
    """全省共评定60个，我市入选9个，占全省的: the figure of the greater area in the clause before, if the part counts nothing else."""
    whole = earlier[-1] if earlier else None
    if whole is None or whole.sentence != part.sentence or part.clause - whole.clause != 1:
        return None
    if f"全{area}" not in whole.lead or f"全{area}" in part.lead or part.trail[:1] not in ("", "，"):
        return None
    noun = before(without_areas(part.lead)).noun
    return whole if not noun or noun in whole.lead + whole.trail else None
