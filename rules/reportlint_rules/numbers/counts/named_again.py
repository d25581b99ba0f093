"""A count named again for what follows: 新建公厕36座，63座公厕全部投用; and states of the projects just counted: 28个项目，已开工26个，竣工29个."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from reportlint.analysis import Analysis
from reportlint.claims import CHANGES, Claim, Role
from reportlint.finding import Checked, Finding, Message, Outcome, Related, Severity
from reportlint.numbers import same_unit
from reportlint.patterns import compiled
from reportlint_rules.numbers.nearly import slip_between

#: Words that lead to a count which is told again, or nothing.
_AGAIN = compiled(r"(?:在|这|该|上述|以上|前述|对|在这|在上述){0,2}")
#: What follows the noun of a count that is told again: all of them, or some of them.
_ALL_OF_THEM = compiled(r"(?:中|之中|当中|里|，?(?:现|目前)?(?:已)?(?:全部|均已|均|都已|都))")
#: What else may have been counted by the same name.
_OTHER_TIME = compiled(r"上年|去年|往年|历年|同期|计划|任务|目标|另|其他|其余|减|净|比|较|每|第|原|再|还")
#: 新建公厕36座，126座公厕全部免费开放: there were some before.
_ADDED = compiled(r"新|增|改|扩|建成|建设|购|添")
_STATE = compiled(
    r"(?:其中|目前|现|已|累计|均|全部|正|共|实现|完成|(?:已)?有){0,3}(?:开工|动工|竣工|完工|投产|达产|投用|建成|在建|续建|验收|交付|通车|落地|签约|拿地|供地|入统|纳统)(?:建设|投产|投用|使用|运营|验收)?(?:的|了|的有|有|项目)?"
)
#: Projects that are counted for what is done with them; of planned ones more may be done.
_PROJECTS = compiled(r"^[一-龥“”]{0,12}(?:项目|工程|任务|标段|片区|小区|村|学校|站点|厂房|医院|公厕|路段)")
_NO_WHOLE = compiled(r"计划|目标|新签|新|引进|签约|开工|竣工|在建|储备|去年|上年|每|平均|第|至少|不少于|再|还")
#: 列入年度计划的28个项目: what is on a list is as many as it has.
_LISTED = compiled(r"[列纳]入[^，。；]{0,12}的$")
_NEAR = 3


def told_again(analysis: Analysis) -> Iterator[Outcome]:
    """Every count that is told again right behind, with another figure that a slip makes of it or that is more than there are."""
    claims = analysis.claims
    for index in range(1, len(claims)):
        claim = claims[index]
        if (
            claim.quantity.kind != "count"
            or claim.quantity.han
            or not claim.countable
            or not _AGAIN.fullmatch(claim.lead)
        ):
            continue
        for earlier in reversed(claims[max(0, index - _NEAR) : index]):
            if (
                earlier.paragraph == claim.paragraph
                and earlier.clause < claim.clause <= earlier.clause + _NEAR
                and same_unit(earlier.quantity, claim.quantity)
                and _is_first_told(earlier)
            ):
                if _same_noun(earlier, claim):
                    yield from _compared(claims[max(0, index - 12) : index], earlier, claim)
                break


def _is_first_told(claim: Claim) -> bool:
    return (
        claim.countable
        and not claim.planned
        and claim.role not in CHANGES
        and claim.role not in (Role.BASE, Role.PENDING)
        and not claim.subset
        and _OTHER_TIME.search(claim.lead) is None
    )


def _same_noun(earlier: Claim, claim: Claim) -> bool:
    """Whether what stands behind the second figure is what the first counts, and all of them or some of them are spoken of."""
    for size in range(min(len(claim.trail), 12), 1, -1):
        noun = claim.trail[:size]
        if _ALL_OF_THEM.match(claim.trail, size) and (earlier.lead.endswith(noun) or earlier.trail == noun):
            return True
    return False


def _compared(before: Sequence[Claim], earlier: Claim, claim: Claim) -> Iterator[Outcome]:
    printed, first = claim.quantity, earlier.quantity
    yield Checked(printed.span)
    if printed.value == first.value or any(
        each.quantity.value == printed.value for each in before if same_unit(each.quantity, printed)
    ):
        return
    slipped = slip_between(printed.value, first.value, Decimal(1), 2) is not None
    if slipped or (printed.value > first.value and not _ADDED.search(earlier.lead)):
        yield Finding(
            printed.span,
            Message(
                f"前面写作 {first.text}，这里又写作 {printed.text}，请核对两个数字",
                f"told as {first.text} before and as {printed.text} here",
            ),
            (Related(first.span, "前一处"),),
            severity=Severity.WARNING,
        )


def states(analysis: Analysis) -> Iterator[Outcome]:
    """28个重点项目，已开工26个，竣工29个: no more of them can be in a state than there are, where another of the states fits."""
    for group in analysis.by_sentence:
        for index, whole in enumerate(group[:-1]):
            if whole.quantity.kind != "count" or not _is_set(whole):
                continue
            parts = []
            for claim in group[index + 1 :]:
                if claim.quantity.kind != "count":
                    continue
                if not same_unit(claim.quantity, whole.quantity) or not _STATE.fullmatch(claim.lead):
                    break
                parts.append(claim)
            over = [part for part in parts if part.quantity.value > whole.quantity.value]
            if len(parts) < 2 or parts[0].clause - whole.clause > 1:
                continue
            for part in parts:
                yield Checked(part.quantity.span)
            if len(over) == 1 and parts[0] is not over[0]:
                yield Finding(
                    over[0].quantity.span,
                    Message(
                        f"{over[0].quantity.text} 超过总数 {whole.quantity.text}，请核对两个数字",
                        f"{over[0].quantity.text} exceeds the total of {whole.quantity.text}",
                    ),
                    (Related(whole.quantity.span, "总数"),),
                    severity=Severity.WARNING,
                )


def _is_set(claim: Claim) -> bool:
    return (
        claim.countable
        and not claim.carried
        and claim.role not in CHANGES
        and claim.role is not Role.BASE
        and _PROJECTS.match(claim.trail or claim.lead[-6:]) is not None
        and (_LISTED.search(claim.lead) is not None or _NO_WHOLE.search(claim.lead) is None)
    )
