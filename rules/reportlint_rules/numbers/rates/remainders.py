"""Rates that speak of what a figure leaves: 未结案412件 and 结案率, 采购2.9亿元 and 节约率, 编制45人 and 缺编率."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from reportlint.claims import Claim
from reportlint.finding import Finding, Message, Related
from reportlint.numbers import Quantity, same_unit
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint_rules.numbers.figures import HUNDRED, show

_RATE = compiled(r"([一-龥A-Za-z]{1,12}?)率(?:为|达|达到|是|约为|仅为|只有)?")
#: 未结案412件: what a rate of the opposite leaves out.
_NEGATED = compiled(r"(?:不|未|非)([一-龥]{1,2})")
#: Rates with a denominator of their own.
_OTHER_BASE = compiled(r"按期|按时|到期|及时|首次|提前|一次性?|限时|时限|满意|知晓|平均|同比|环比")
#: Rates of what is left of the first figure by the second, and what the first is called.
_SAVED = compiled(r"(?:资金|投资|预算|采购|综合)?(?:节约|节支|节省|核减|审减|压减|下浮)率(?:为|达|达到)?")
_AT_FIRST = compiled(r"预算|概算|送审|计划|原|报审|控制价")
_ALREADY_SAVED = compiled(r"节约|核减|审减|节省|节支")
#: 检出不合格26批次, 未整改16处, 剩余16处: what a rate of the rest (合格率, 整改率) leaves out.
_LEFT_OUT = compiled(r"(?:不|未|没有?|剩余|余下|尚有|还有)[一-龥]{0,6}$")
#: 6个未能按期开工: what was not done to the part, behind it.
_NOT_BEHIND = compiled(
    r"[一-龥]{0,3}?(?:未能?|没有?|尚未|不)(?:按期|按时|如期|全部|完全)?([一-龥]{2})(?:，|。|；|$|的)"
)
#: 仅有28批次不合格: told behind the figure.
_LEFT_OUT_BEHIND = compiled(r"[一-龥]{0,4}(?:不|未)(?:合格|达标|通过|完成|整改|办结|符合)")
_OF_THE_REST = compiled(r"[^，。；]{0,4}(?:不|未|非)")
_SHORT_OF = compiled(r"(?:缺编|空编|缺员|缺口|空置|缺勤|空床|未使用)率(?:为|达|达到)?")
_POSTS = compiled(r"编制|应有|核定|定员|应配|应到|总")
_FILLED = compiled(r"仅有|现有|实有|在编|在岗|实际|到岗|实到|只有")


class Remainder(NamedTuple):
    """A rate of what ``part`` leaves of ``whole`` (``of_sum``: of ``part`` in both together), and whether it holds."""

    whole: Claim
    part: Claim
    of_sum: bool
    holds: bool

    def finding(self, rate: Claim) -> Finding:
        """What the rate should be."""
        whole, part = self.whole.quantity, self.part.quantity
        if self.of_sum:
            actual = show(whole.value * HUNDRED / (whole.value + part.value), 1)
            shown, roles = f"{whole.text}÷（{whole.text}＋{part.text}）", ("分子", "另一半")
        else:
            actual = show((1 - part.value / whole.value) * HUNDRED, 1)
            shown, roles = f"（{whole.text}－{part.text}）÷{whole.text}", ("总数", "另一半")
        return Finding(
            rate.quantity.span,
            Message(
                f"{shown}＝{actual}%，与写明的 {rate.quantity.text} 不符，请核对",
                f"{actual}% by these figures; the rate is given as {rate.quantity.text}",
            ),
            (Related(whole.span, roles[0]), Related(part.span, roles[1])),
        )


def remainder_of(group: Sequence[Claim], rate: Claim) -> Remainder | None:
    """What ``rate`` is, where it is one of what is left; ``None`` where it is none."""
    index = group.index(rate)
    named = _RATE.fullmatch(rate.lead)
    if named is None or _OTHER_BASE.search(rate.lead) or index == 0:
        return None
    if index > 1:
        found = _left(group[index - 2], group[index - 1], rate)
        if found is not None:
            return found
    near = [claim for claim in group[max(0, index - 2) : index + 2] if claim is not rate]
    for done, rest in zip(near, near[1:], strict=False):
        if _halves(done, rest, rate, named[1]):
            before = near[0] if near[0] is not done else None
            # Where the total is printed before them, the rate is of that.
            if before is not None and same_unit(before.quantity, done.quantity):
                return None
            low, high = _share(_ends(done.quantity), _ends(rest.quantity))
            return Remainder(done, rest, True, _fits(low, high, rate.quantity))
    return None


def left_out(part: Claim, rate: Claim) -> bool:
    """Whether ``part`` counts what ``rate`` does not: 不合格26批次 beside 合格率."""
    told = _LEFT_OUT.search(part.lead) is not None or _LEFT_OUT_BEHIND.match(part.trail) is not None
    return told and not _OF_THE_REST.match(rate.lead)


def _not_done(part: Claim, rate: Claim) -> bool:
    """Whether the words behind the part say that the rate's own deed was not done to it: 6个未能按期开工，开工率."""
    named = _RATE.fullmatch(rate.lead)
    said = _NOT_BEHIND.match(part.trail)
    return named is not None and said is not None and len(named[1]) > 1 and named[1][-2:] == said[1]


def _named_alike(part: Claim, rate: Claim) -> bool:
    """Whether the part names the rate's own deed with a not before it, or none at all: 不合格 and 合格率, 剩余 and 整改率."""
    negated = _NEGATED.search(part.lead[-10:])
    return negated is None or negated[1] in rate.lead


def _left(one: Claim, other: Claim, rate: Claim) -> Remainder | None:
    """A rate right behind the total and what it does not count."""
    pair = [one, other]
    if rate.clause - other.clause != 1 or other.clause - one.clause > 1 or not same_unit(one.quantity, other.quantity):
        return None
    if not all(claim.countable and not claim.carried for claim in pair):
        return None
    saved = _SAVED.fullmatch(rate.lead) and _AT_FIRST.search(one.lead) and not _ALREADY_SAVED.search(other.lead)
    short = _SHORT_OF.fullmatch(rate.lead) is not None
    rest = (left_out(other, rate) and _named_alike(other, rate)) or _not_done(other, rate)
    if short:
        pair = next(
            (
                [due, filled]
                for due, filled in (pair, pair[::-1])
                if _POSTS.search(due.lead) and _FILLED.search(filled.lead)
            ),
            [],
        )
    if not pair or not (saved or short or rest):
        return None
    whole, part = pair
    if part.quantity.value >= whole.quantity.value or not whole.quantity.low:
        return None
    (least, most), (low, high) = _ends(whole.quantity), _ends(part.quantity)
    return Remainder(whole, part, False, _fits(1 - high / least, 1 - low / most, rate.quantity))


def _halves(done: Claim, rest: Claim, rate: Claim, name: str) -> bool:
    """结案3218件，结案率92.4%，未结案412件: what was done and what was not, with the rate between or behind."""
    if not (done.countable and rest.countable) or not same_unit(done.quantity, rest.quantity):
        return False
    if any(claim.carried or claim.planned for claim in (done, rest)) or not done.quantity.value:
        return False
    said = _NEGATED.search(rest.lead[-10:])
    return (
        said is not None
        and abs(rate.clause - done.clause) <= 2
        and rest.clause - done.clause <= 2
        and said[1] in done.lead
        and said[1] in name
        and not _NEGATED.search(done.lead + rate.lead)
    )


def _ends(quantity: Quantity) -> tuple[Decimal, Decimal]:
    return quantity.low or quantity.value, quantity.high or quantity.value


def _share(done: tuple[Decimal, Decimal], rest: tuple[Decimal, Decimal]) -> tuple[Decimal, Decimal]:
    return done[0] / (done[0] + rest[1]), done[1] / (done[1] + rest[0])


def _fits(low: Decimal, high: Decimal, rate: Quantity) -> bool:
    """Whether a share between the two can be printed as the rate, rounded or truncated."""
    return high * HUNDRED >= rate.value - rate.step / 2 and low * HUNDRED < rate.value + rate.step
