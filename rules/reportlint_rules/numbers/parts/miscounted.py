"""How many figures are said to be summed, where those listed come to the sum and are more or fewer: 培训费86万元、会议费42万元，三项合计128万元."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.claims import Claim
from reportlint.finding import Checked, Finding, Message, Outcome, Related
from reportlint.patterns import compiled
from reportlint_rules.numbers.figures import related
from reportlint_rules.numbers.parts.partition import adds_up
from reportlint_rules.numbers.parts.summed_lists import run_before

#: 三项合计, 四项费用共计.
_SUM = compiled(r"(?:[一-龥]{0,6}(?:合计|共计|总计|总共)|共)(?:为|达)?$")
_ITEMS = frozenset({"项", "类", "块", "笔"})
#: 水费、电费86万元: one figure for two.
_SEVERAL = compiled(r"[、和与及]|等|其他|另")


def miscounted(analysis: Analysis) -> Iterator[Outcome]:
    """Every such number of items."""
    for group in analysis.by_sentence:
        for index in range(3, len(group)):
            number, whole = group[index - 1], group[index]
            if (
                number.quantity.unit.name not in _ITEMS
                or number.lead
                or number.clause != whole.clause
                or not _SUM.fullmatch(whole.lead)
                or not 1 < number.quantity.value < 10
            ):
                continue
            parts = run_before(group[: index - 1], whole)
            said = int(number.quantity.value)
            if len(parts) < 2 or any(_SEVERAL.search(part.lead) or part.subset for part in parts):
                continue
            if adds_up(whole, parts[:said]) and said <= len(parts) or not _exactly(whole, parts):
                continue
            yield Checked(number.quantity.span)
            yield Finding(
                number.quantity.span,
                Message(
                    f"前面列出的 {len(parts)} 项加起来正是 {whole.quantity.text}，却写作“{number.quantity.text}”，请核对",
                    f"the {len(parts)} figures listed come to {whole.quantity.text}, which is said to be of {said}",
                ),
                (*related(reversed(parts), "分项"), Related(whole.quantity.span, "合计")),
            )


def _exactly(whole: Claim, parts: list[Claim]) -> bool:
    """Whether the figures come to the sum to the last place printed, and are printed alike."""
    return sum(part.quantity.value for part in parts) == whole.quantity.value
