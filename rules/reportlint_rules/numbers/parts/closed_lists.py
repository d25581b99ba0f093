"""Lists of parts that 其余, what is still open, or the last member of a classification closes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from reportlint.bonds import is_closed, own_noun
from reportlint.claims import Claim, Role
from reportlint.patterns import compiled
from reportlint_rules.numbers.parts.kinds import ends_classes, is_of, names_every_class
from reportlint_rules.numbers.parts.partition import (
    A_LITTLE,
    MOST_PARTS,
    NEGATED,
    OF_PLAN,
    SHORT,
    Partition,
    adds_up,
    by_state,
    is_pending,
)

#: 在职136人、退休86人，共222人: the sum of a list whose members are all there.
_COMES_TO = compiled(r"(?:一共|共计|总共|合计|总计|共)(?:有|为)?")
_STOCK = compiled(r"旧存|旧收|存案|结转|结存|期初|原有|往年|历年|加上|遗留")
_NEGATED_BEHIND = compiled(r"[一-龥]{0,3}?(?:未|没有?|不)([一-龥]{2})")


def _is_negation(claim: Claim, before: Sequence[Claim]) -> bool:
    """Whether the figure counts what another one of the list does not: 合格51个，不合格11个; 9个达标，4个未达标."""
    match = (NEGATED.search(claim.lead) or _NEGATED_BEHIND.match(claim.trail)) if before else None
    if match is None:
        return False
    if any(match[1] in other.lead + other.trail and not NEGATED.search(other.lead) for other in before):
        return True
    if match[1] == "达标" and any("标准的" in other.lead for other in before):
        return True  # 达到推荐标准的43个、基本标准的61个，尚有14个未达标
    # 省级文物保护单位11处、…、尚未核定公布为文物保护单位的132处: the kind that is none of the others.
    kind = claim.lead.removesuffix("的")[-4:]
    return len(before) > 1 and len(kind) == 4 and all(other.lead.endswith(kind) for other in before[1:])


def _closers(text: str, seq: Sequence[Claim]) -> Iterator[tuple[int, bool]]:
    """Where in a chain of figures of one unit a list closes, and whether that is sure whatever the total is called."""
    for index, claim in enumerate(seq):
        alone = index == 0 or not _in_one_run(seq[index - 1], claim)
        if alone and not claim.rest:
            continue  # no list at all
        run = _run_up_to(seq, index)
        following = seq[index + 1] if index + 1 < len(seq) else None
        if (
            following is not None
            and following.beat - claim.beat <= 1
            and (following.rest or is_pending(following) or _is_negation(following, run))
        ):
            continue
        if claim.rest and not _one_of_others(claim, following):
            yield index, False
        elif _is_negation(claim, run[:-1]) and not _goes_on(text, claim, following):
            yield index, True
        elif any(other.role is Role.DONE for other in run[:-1]) and is_pending(claim):
            yield index, False
        elif not _goes_on(text, claim, following) and ends_classes(run):
            yield index, True


_OTHERS = compiled(r"其[他它](?!的)[一-龥]{2,}")


def _one_of_others(claim: Claim, following: Claim | None) -> bool:
    """其他国有企业279家，占11%，民营企业572家: others of one kind, after which the list goes on."""
    return (
        following is not None
        and _OTHERS.match(claim.lead) is not None
        and following.beat - claim.beat <= 2
        and following.depth == claim.depth
        and following.role is Role.NONE
        and len(own_noun(following)) > 1
    )


def _goes_on(text: str, claim: Claim, following: Claim | None) -> bool:
    """Whether the list has another member after ``claim``, no semicolon between."""
    return (
        following is not None
        and following.beat - claim.beat <= 1
        and following.role in (Role.NONE, Role.PART)
        and "；" not in text[claim.at.end : following.at.start]
    )


def _in_one_run(one: Claim, following: Claim) -> bool:
    """Whether no clause is skipped between the two, and no bracket opens or closes."""
    return following.beat - one.beat <= 1 and one.depth == following.depth


def _run_up_to(seq: Sequence[Claim], index: int) -> list[Claim]:
    """The figures of the list that ends at ``index``: no clause skipped between one and the next."""
    start = index
    while start > 0 and _in_one_run(seq[start - 1], seq[start]):
        start -= 1
    return list(seq[start : index + 1])


def _explained(whole: Claim, parts: Sequence[Claim], closer: Claim) -> tuple[Claim, ...] | None:
    """The parts, the closing one among them, that do make up ``whole``; shorter readings of the list count too."""
    others = [part for part in parts if part is not closer]
    for size in range(len(others), 0, -1):
        for chosen in combinations(others, size):
            if adds_up(whole, (*chosen, closer)):
                return (*chosen, closer)
        if len(others) > 5:
            break
    return None


def closed_lists(text: str, seq: Sequence[Claim], before: Sequence[Claim]) -> Iterator[tuple[Partition | None, Claim]]:
    """Lists closed by 其余 or by what is still open, with the total they add up to or should; ``None`` where none can be told.

    ``before`` are figures of earlier sentences, of which those in the same paragraph may be totals.
    """
    closers = list(_closers(text, seq))
    if closers:
        before = [claim for claim in before if claim.paragraph == seq[0].paragraph]
    for index, sure in closers:
        closer = seq[index]
        level = [claim for claim in seq[: index + 1] if claim.depth == closer.depth][-MOST_PARTS:]
        candidates = [claim for claim in seq[:index] if claim.depth <= closer.depth] or []
        found: Partition | None = None
        for whole in (*reversed(candidates), *reversed(before)):
            parts = [claim for claim in level if claim.at.start > whole.at.start]
            if whole.subset and parts and _in_one_list(whole, parts[0]):
                continue  # a member of the list is not its total, whatever the others come to
            explained = _explained(whole, parts, closer)
            if explained:
                found = Partition(whole, explained, strict=True)
                break
        if found is None:
            found = _summed_after(seq, index)
        if found is None:
            found = _intended(text, candidates, level, closer, sure=sure)
            if found is None and not candidates_hold(candidates, level):
                found = _intended(
                    text, [one for one in before if not OF_PLAN.search(one.lead)][-1:], level, closer, sure=False
                )
            if found is None and sure:
                found = _seen_again(text, before, _run_up_to(seq, index))
        yield found, closer


def _summed_after(seq: Sequence[Claim], index: int) -> Partition | None:
    """优142天、良176天，优良天数318天: the figure after the list is its sum."""
    following = seq[index + 1] if index + 1 < len(seq) else None
    run = _run_up_to(seq, index)
    if following is None or following.beat - run[-1].beat > 1:
        return None
    sizes = (size for size in range(2, len(run) + 1) if adds_up(following, run[-size:]))
    fitting = next((Partition(following, tuple(run[-size:]), strict=False) for size in sizes), None)
    if fitting is not None or not _COMES_TO.fullmatch(following.lead):
        return fitting
    named = (size for size in range(len(run), 1, -1) if names_every_class(run[-size:]))
    return next((Partition(following, tuple(run[-size:]), strict=False) for size in named), None)


def _seen_again(text: str, before: Sequence[Claim], run: Sequence[Claim]) -> Partition | None:
    """共查处38.6万起，其中…。现场查处15.2万起，非现场查处23.6万起: another view of the paragraph's total, a little off."""
    parts = next((run[-size:] for size in range(2, len(run) + 1) if names_every_class(run[-size:])), None)
    if parts is None or parts[0].sentence == (before[-1].sentence if before else parts[0].sentence):
        return None
    found = Partition(before[0], tuple(parts), strict=False)
    # 收入完成11.86亿元，为年初预算22.4亿元的52.9%。其中：税收收入…: the plan beside it is not what was taken in.
    opening = parts[0].at.start - len(parts[0].lead)
    under = parts[0].subset or text.startswith("其中：", opening - 3)
    totals = [
        claim
        for claim in before
        if not claim.subset and (under or claim.role is not Role.DONE) and not OF_PLAN.search(claim.lead)
    ]
    greatest = max(part.quantity.value for part in parts)
    near = [
        whole
        for whole in totals
        if whole.quantity.value > greatest
        and abs(found.total - whole.quantity.value) <= whole.quantity.value * A_LITTLE
    ]
    return found._replace(whole=near[0]) if len(near) == 1 and len(totals) == 1 else None


def _in_one_list(one: Claim, other: Claim) -> bool:
    return one.clause == other.clause and one.depth == other.depth and one.subset == other.subset


def candidates_hold(candidates: Sequence[Claim], level: Sequence[Claim]) -> bool:
    """Whether the sentence itself names a total before the list."""
    return any(claim.role is Role.TOTAL and claim.at.start < level[-1].at.start for claim in candidates)


def _intended(
    text: str, candidates: Sequence[Claim], level: Sequence[Claim], closer: Claim, *, sure: bool
) -> Partition | None:
    """The total the list should add up to: the nearest one that counts a closed set and exceeds each part.

    Where the list is ``sure`` to be whole (合格…不合格), the figure right before it is its total whatever it is called.
    """
    for whole in reversed(candidates):
        parts = tuple(claim for claim in level if claim.at.start > whole.at.start)
        if len(parts) < 2 or (_in_one_list(whole, parts[0]) and parts[0].role is not Role.DONE):
            continue
        if any(whole in run and names_every_class(run) for run in (level[-size:] for size in range(3, 6))):
            continue  # 中央级4.38亿元，省级0.72亿元，县级3.54亿元: the first member is no total
        if closer.rest and not closer.subset and parts[0].subset and closer.lead[-2:] == whole.lead[-2:]:
            continue  # 居住场所52起，其中农村自建房37起；…，其他场所29起: one of the places, not all of them
        # 12项改革任务已完成9项，剩余3项: done and the rest of it are the whole, whatever it is called.
        if by_state(parts) and _STOCK.search(
            text, max(text.rfind("。", 0, whole.at.start) + 1, whole.at.start - 40), whole.at.start
        ):
            return None  # 上年结转38件，新受理416件，审结429件: what is done is taken from both
        left = len(parts) == 2 and parts[0].role is Role.DONE and closer.rest
        sure = sure or left or by_state(parts)
        sure = sure or (closer.rest and len(parts) > 2 and (_opens(text, whole, parts[0]) or _plain(whole, parts)))
        # 我县有17处。截至10月底，14处已通水: a date alone may stand between.
        near = 2 if by_state(parts) and len(own_noun(parts[0])) < 2 else 1
        adjacent = sure and parts[0].beat - whole.beat <= near and not _is_negation(parts[0], [whole])
        if not (is_closed(whole) or ((parts[0].subset or adjacent) and (left or not whole.planned))):
            continue
        if whole.subset and not (left and adjacent and _nearly(whole, parts)):
            continue  # 其中经营性2137栋，鉴定为危房的43栋，已整治41栋、剩余3栋: of the last named, where it nearly is
        told = [part for part in parts if part.subset]
        if len(parts) > len(told) > 1 and adds_up(whole, told):
            continue  # 优良天数158天，其中，优46天、良112天；轻度污染18天、…: the list has come to its total before
        negated = NEGATED.search(closer.lead)
        if negated and negated[1] in whole.lead and not any(negated[1] in part.lead for part in parts[:-1]):
            return None  # 税收9.86亿元…；非税收入3.24亿元: what is not of the kind is beside it
        if by_state(parts) or all(part.quantity.value <= whole.quantity.value for part in parts):
            if not is_of(parts, whole):
                return None
            main = tuple(part for part in parts if not _is_aside(part, parts, closer))
            # 其中续建项目14个，新开工项目22个: a pair of kinds, none of them an aside
            return Partition(whole, main if len(main) > 1 else parts, closer.rest or sure)
    return None


def _nearly(whole: Claim, parts: Sequence[Claim]) -> bool:
    """Whether the parts come to the whole but for a little."""
    total = sum((part.quantity.value for part in parts), Decimal(0))
    return abs(total - whole.quantity.value) <= whole.quantity.value * SHORT


def _plain(whole: Claim, parts: Sequence[Claim]) -> bool:
    """Whether kinds follow the total one by one, each a short noun: 车辆138辆，城区44辆、乡镇60辆、景区8辆，剩余37辆."""
    kinds = parts[:-1]
    return (
        len(kinds) > 1
        and kinds[0].clause - whole.clause == 1
        and all(part.role is Role.NONE and 2 <= len(part.lead) <= 6 and part.depth == whole.depth for part in kinds)
    )


def _opens(text: str, whole: Claim, first: Claim) -> bool:
    """Whether a list of kinds opens right behind the total: 办理案件168件，包括民事案件45件."""
    between = text[whole.at.end : first.at.start]
    return compiled(r"[^，。；：]{0,6}(?:：|[，（]?(?:其中|包括|包含|涉及|分为|含))").match(between) is not None


def _is_aside(part: Claim, parts: Sequence[Claim], closer: Claim) -> bool:
    """Whether ``part`` is a remark (其中重大5处) between the total and a pair of done and open."""
    return part.role is Role.PART and part is not closer and any(other.role is Role.DONE for other in parts)
