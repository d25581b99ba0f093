"""Growth of what is known to grow within bounds: 地区生产总值286亿元，增长56%."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from reportlint.claims import Role
from reportlint.files import beside
from reportlint.patterns import compiled
from reportlint.tables import rows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from reportlint.analysis import Analysis
    from reportlint.claims import Claim

TABLE = beside(__file__, "growth.csv")
#: A change that says nothing of what it is of, over one year.
_BARE = compiled(
    r"(?:同比|比上年|较上年|比去年|较去年|按可比价(?:格)?计算|可比价|名义|实际|，)*(?:增长|上涨|下降|增幅|增速|减少|增加)(?:为|了|约|达)?"
)
#: What leads from the name straight to its growth.
_STRAIGHT = compiled(
    r"(?:同比|比上年|较上年|名义|实际|预计|力争|控制在)*(?:增长|上涨|下降|涨幅|增速|增幅)(?:为|了|约|达|控制在|保持在)*"
)
#: What makes it another thing, or another time.
_OTHER = compiled(
    r"税收|第[一二三]产业|其中|翻|累计|年均|较20|比20|五年|十[二三四五]五|分别|依次|占|贡献|单月|当月|[1-9]月份|环比"
)


@lru_cache(maxsize=1)
def _bounds() -> dict[str, tuple[Decimal, Decimal]]:
    return {
        name: (Decimal(row["plausible_min"]), Decimal(row["plausible_max"]))
        for row in rows(TABLE)
        for name in (row["name"], *filter(None, row["aliases"].split(";")))
    }


def growths(analysis: Analysis) -> Iterator[tuple[str, Decimal, Decimal, Claim]]:
    """Every growth in per cent of one of the things known: its name, its bounds, the figure."""
    names = sorted((name for name in _bounds() if name[:2] in analysis.grams), key=len, reverse=True)
    if not names:
        return
    for group in analysis.by_sentence:
        for index, claim in enumerate(group):
            if (
                claim.quantity.kind != "percent"
                or claim.role not in (Role.UP, Role.DOWN)
                or claim.quantity.unit.name != "%"
            ):
                continue
            before = group[index - 1] if index else None
            name = next((each for each in names if each in claim.lead), "")
            if name:
                straight = _STRAIGHT.fullmatch(claim.lead.rpartition(name)[2]) is not None
            else:
                beside = before is not None and claim.clause - before.clause <= 1 and before.quantity.kind != "percent"
                bare = _BARE.fullmatch(claim.lead) is not None
                name = next((each for each in names if before is not None and each in before.lead), "")
                straight = bool(name) and beside and bare
            words = claim.lead + (before.lead if before is not None else "")
            if straight and not _OTHER.search(words):
                yield name, *_bounds()[name], claim
