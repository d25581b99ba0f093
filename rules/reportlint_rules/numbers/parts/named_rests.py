"""What is left of something that was counted under its name: 计划新开工9个；…新开工项目已开工7个，其余2个."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.numbers import same_unit
from reportlint.patterns import compiled
from reportlint_rules.numbers.parts.partition import Partition

#: How many figures back the whole may stand.
_BACK = 10
#: 新开工项目已开工7个，其余3个: of what was counted before by that name.
_NAMED = compiled(
    r"(?P<name>[一-龥]{2,6}?)(?:的)?(?:项目|工程|任务|问题|企业|单位|小区|户|村)?(?:中|里)?，?(?:目前|现)?已[一-龥]{2,6}$"
)
_REST = compiled(r"^(?:其余|剩余|余下|剩下)(?:的)?$")


def named_rests(analysis: Analysis) -> Iterator[Partition]:
    """续建15个、计划新开工9个；…新开工项目已开工7个，其余2个: the figure of that name, though it was a plan."""
    claims = analysis.claims
    for index, (done, rest) in enumerate(zip(claims, claims[1:], strict=False)):
        if not _REST.search(rest.lead) or rest.clause - done.clause != 1 or not same_unit(done.quantity, rest.quantity):
            continue
        said = _NAMED.search(done.lead)
        if said is None or not done.countable or not rest.countable:
            continue
        name = said["name"][-3:]
        wholes = [
            claim
            for claim in claims[max(0, index - _BACK) : index]
            if claim.paragraph == done.paragraph
            and same_unit(claim.quantity, done.quantity)
            and claim.lead.endswith(name)
            and claim.countable
        ]
        if len(wholes) == 1 and wholes[0].quantity.value > done.quantity.value:
            yield Partition(wholes[0], (done, rest), strict=False)
