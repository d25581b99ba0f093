"""Rates of several grades together: 优秀21家、合格49家、不合格6家，合格以上占92.1%; 优良率."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from reportlint.claims import CHANGES, Claim
from reportlint.finding import Finding, Message
from reportlint.numbers import same_unit
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint_rules.numbers.figures import HUNDRED, places, related, show
from reportlint_rules.numbers.parts.kinds import noun_of_part

#: 合格以上占, 良好及以上比例: this grade and the better ones, which stand before it.
_UPWARD = compiled(
    r"(?P<grade>优秀|优良|良好|良|合格|达标|称职|及格|较好|好)(?:等次|等级|档次)?及?以上(?:的|等次|等级|档次)?[一-龥]{0,3}?(?:占比?|率|比例|比重)(?:为|达|达到|约)?"
)
_GOOD = compiled(r"优良(?:等次)?(?:率|比例|占比)(?:为|达|达到)?")
_BEST = compiled(r"[“]?(?:优(?!良)(?:秀|等)?|良(?:好)?)[”]?")


class Graded(NamedTuple):
    """The parts of a whole that a rate speaks of together."""

    whole: Claim
    parts: tuple[Claim, ...]

    @property
    def actual(self) -> Decimal:
        """The rate that they make, in per cent."""
        return sum((part.quantity.value for part in self.parts), Decimal(0)) * HUNDRED / self.whole.quantity.value

    def holds(self, rate: Claim) -> bool:
        """Whether the rate can be printed so, rounded or truncated."""
        printed = rate.quantity
        return printed.value - printed.step / 2 <= self.actual < printed.value + printed.step

    def finding(self, rate: Claim) -> Finding:
        """What the rate should be."""
        terms = "＋".join(part.quantity.text for part in self.parts)
        actual = show(self.actual, max(1, places(rate.quantity)))
        return Finding(
            rate.quantity.span,
            Message(
                f"（{terms}）÷{self.whole.quantity.text}＝{actual}%，与写明的 {rate.quantity.text} 不符，请核对",
                f"{actual}% by these figures; the rate is given as {rate.quantity.text}",
            ),
            (*related(self.parts, "分子"), *related((self.whole,), "分母")),
        )


def graded_rate(group: Sequence[Claim], rate: Claim) -> Graded | None:
    """What ``rate`` is made of, where it names the grades it takes in and the list of them stands right before it."""
    upward = _UPWARD.fullmatch(rate.lead) if "以上" in rate.lead else None
    good = _GOOD.fullmatch(rate.lead) if "优良" in rate.lead else None
    index = group.index(rate)
    if not (upward or good) or index < 3 or rate.clause - group[index - 1].clause != 1:
        return None
    run: list[Claim] = []
    for claim in reversed(group[:index]):
        following = run[-1] if run else group[index - 1]
        if not claim.countable or claim.role in CHANGES or not same_unit(claim.quantity, group[index - 1].quantity):
            break
        if following.clause - claim.clause > 1 or claim.depth != following.depth:
            break
        run.append(claim)
    run.reverse()
    if len(run) < 3:
        return None
    whole, *parts = run
    if sum(part.quantity.value for part in parts) > whole.quantity.value or whole.planned:
        return None
    nouns = [noun_of_part(part) for part in parts]
    if good:
        best = [part for part, noun in zip(parts, nouns, strict=True) if _BEST.match(noun)]
        return Graded(whole, tuple(best)) if len(best) > 1 else None
    grade = upward["grade"] if upward else ""
    ends = [place for place, noun in enumerate(nouns) if grade in noun and "不" + grade not in noun]
    if len(ends) != 1 or ends[0] == 0:
        return None
    return Graded(whole, tuple(parts[: ends[0] + 1]))
