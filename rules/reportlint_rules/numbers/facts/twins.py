"""Two figures told together in two places, of which one has a slip: 脱贫户1268户3856人 and, further on, 1268户3586人."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.claims import CHANGES, Claim, Role
from reportlint.finding import Checked, Finding, Message, Outcome, Related
from reportlint.patterns import compiled
from reportlint.phrase import before, behind
from reportlint.record import NamedTuple
from reportlint.timing import timing

#: How far apart the two may stand.
_NEAR = 16
#: A number of so many digits tells by itself what it counts.
_TELLING = 3
_OTHER_TIME = compiled(r"上年|去年|同期|计划|目标|任务|预计|力争|其中|原有|整改前|调整")


#: 全镇1268户: where, not what.
_AREA = compiled(r"^(?:[全我本][国省市县区州镇乡村校局院]|辖区|这)+")


class _Couple(NamedTuple):
    """Two figures side by side, and what they count."""

    first: Claim
    second: Claim
    nouns: tuple[str, str]


def twin_conflicts(analysis: Analysis) -> Iterator[Outcome]:
    """Every couple that comes back with one of the two figures a little changed."""
    seen: dict[tuple[str, str, str], list[_Couple]] = {}
    for one, other in zip(analysis.claims, analysis.claims[1:], strict=False):
        if other.sentence != one.sentence or other.at.start - one.at.end > _NEAR:
            continue
        if not (_plain(one) and _plain(other)) or one.quantity.counted_in == other.quantity.counted_in:
            continue
        couple = _Couple(one, other, (_noun(one), _noun(other)))
        key = one.quantity.counted_in, str(one.quantity.value.normalize()), other.quantity.counted_in
        earlier = seen.setdefault(key, [])
        matches = [each for each in earlier[-4:] if _same(analysis, each, couple)]
        earlier.append(couple)
        if not matches or any(each.second.quantity.value == other.quantity.value for each in earlier[:-1]):
            continue
        yield Checked(other.quantity.span)
        if _slipped(matches[-1].second, other):
            yield _conflict(matches[-1].second, other, one)


def _plain(claim: Claim) -> bool:
    return (
        claim.countable
        and claim.role not in CHANGES
        and claim.role is not Role.BASE
        and not (claim.planned or claim.carried)
        and _OTHER_TIME.search(claim.lead) is None
    )


def _noun(claim: Claim) -> str:
    # 486个基层党组织、12640名党员: what stands before the mark is the noun of the figure before.
    own = "" if claim.lead.endswith("、") else before(claim.lead).noun
    return _AREA.sub("", own) or behind(claim.trail)


def _same(analysis: Analysis, one: _Couple, other: _Couple) -> bool:
    """Whether two couples in two paragraphs count the same things at the same time."""
    if one.first.paragraph == other.first.paragraph:
        return False
    digits = len(str(one.first.quantity.value.normalize()).replace(".", "").rstrip("0"))
    named = [_shared(mine, its) for mine, its in zip(one.nouns, other.nouns, strict=True)]
    if not (named[0] or (digits >= _TELLING and not (one.nouns[0] and other.nouns[0]))):
        return False
    if not (named[1] or not (one.nouns[1] and other.nouns[1])):
        return False
    when = timing(analysis, one.second), timing(analysis, other.second)
    return not (when[0] and when[1] and when[0].near and when[1].near and when[0].period != when[1].period)


def _shared(one: str, other: str) -> bool:
    """Whether two nouns end alike."""
    return len(one) > 1 and len(other) > 1 and one[-2:] == other[-2:]


def _slipped(one: Claim, other: Claim) -> bool:
    """Whether the two figures are printed alike but for one digit, or for the order of their digits."""
    if one.quantity.step != other.quantity.step or one.quantity.magnitude != other.quantity.magnitude:
        return False
    mine, its = (str(claim.quantity.value / claim.quantity.step).partition(".")[0] for claim in (one, other))
    if len(mine) != len(its) or len(mine) < 2:
        return False
    apart = sum(a != b for a, b in zip(mine, its, strict=True))
    return (apart == 1 and len(mine) > 2) or (apart == 2 and sorted(mine) == sorted(its))


def _conflict(earlier: Claim, later: Claim, beside: Claim) -> Finding:
    return Finding(
        later.quantity.span,
        Message(
            f"同是“{beside.quantity.text}”，前面写作 {earlier.quantity.text}，这里写作 {later.quantity.text}，请核对",
            f"beside {beside.quantity.text} stated as {earlier.quantity.text} before, as {later.quantity.text} here",
        ),
        (Related(earlier.quantity.span, "前一处"),),
    )
