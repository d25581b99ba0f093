"""Lists whose sum is told with them: 合计 behind, 三期共 before, 分别 under it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from reportlint.aligned import Aligned, aligned
from reportlint.analysis import Analysis
from reportlint.claims import Claim, Role
from reportlint.numbers import Quantity, same_unit
from reportlint.numerals import whole_number
from reportlint.patterns import compiled
from reportlint.phrase import before as words_before
from reportlint.scope import scopes
from reportlint_rules.numbers.parts.kinds import (
    classified,
    exclude_each_other,
    label_of,
    names_every_class,
    noun_of_part,
)
from reportlint_rules.numbers.parts.partition import (
    A_LITTLE,
    MOST_PARTS,
    PARTLY,
    SHORT,
    TURN,
    Partition,
    adds_up,
    summable,
)

#: Words that say the list which follows is the whole of it.
_SORTED = compiled(r"分为|按[^，；。]{1,8}(?:分|划分|统计|计)[，：]?|构成为")
#: Words that sum up what was just listed.
_SUMMED = compiled(
    r"(?:([两二三四五六七八九2-9])[项者类块笔方])?(?:(?:合计|总计|共计|总共)(?:筹措|筹集|募集|投入|安排|落实|到位|支出|收入|发放|争取)(?:资金)?|合计|总计|共计|总共|相加|累计)(?:共|为|达)?$|([两三四五六七2-7])[项类者方]共(?:计|有)?$"
)
#: 合计 and the like sum up a list; 累计 does so only where it says how many items it sums.
_SUMS_ALONE = compiled(
    r"(?:(?:合计|总计|共计|总共)(?:筹措|筹集|募集|投入|安排|落实|到位|支出|收入|发放|争取)(?:资金)?|合计|总计|共计|相加)(?:共|为|达)?$"
)
_TOGETHER = compiled(r"(?<![公中])共(?:计|有)?$")
#: 结婚登记2315对、离婚登记864对，共办理婚姻登记: the sum names again what every member ends in.
_TOGETHER_OF = compiled(r"(?:一共|(?<![公中])共(?:计|有)?|合计|总计)(?P<words>[一-龥]{2,10})$")
_IN_ALL = compiled(r"(?:项目|工程|三期|两期|全部)?(?:总投资|总额|总量|总面积|合计|共计|总计)")


def summed_lists(group: Sequence[Claim]) -> Iterator[Partition]:
    """Lists followed by 合计 or 三项合计: the figures right before it, as many as it says."""
    for index, whole in enumerate(group):
        summed = (
            "计" in whole.lead or "共" in whole.lead or "加" in whole.lead
        )  # each word that may sum up has one of these
        if index < 2 or not summed or not summable(whole):
            continue
        match = _SUMMED.search(whole.lead) or _said_together(group, index)
        if match is None:
            continue
        number = _number_of_items(group[:index], whole)
        parts = run_before(group[: index - (number > 0)], whole)
        if number and not adds_up(whole, parts[:number]):
            parts = _without_done(group[: index - 1], whole, number) or parts
        if len(parts) > 2 and parts[-1].quantity.value == whole.quantity.value and parts[-2].subset:
            parts.pop()  # 412人，其中…，合计412人: the total was named before its list
        spelt = next(filter(None, match.groups()), None)
        announced = number or (whole_number(spelt) if spelt else 0)
        fitting = next((size for size in range(len(parts), 1, -1) if adds_up(whole, parts[:size])), 0)
        if parts and parts[0].trail.startswith(("组成", "构成")):
            # 由书记1人、副书记2人、委员6人组成，共8人: all of them, though the last two come to as much
            fitting = sum(part.clause == parts[0].clause for part in parts)
        if not fitting and announced and len(parts) >= announced:
            fitting = announced
        if (
            not fitting
            and parts
            and not announced
            and (match.re.pattern != _SUMMED.pattern or _SUMS_ALONE.search(whole.lead))
        ):
            fitting = sum(part.clause == parts[0].clause or part.subset for part in parts)
            bare = match.re.pattern == _TOGETHER_OF.pattern or _SUMS_ALONE.fullmatch(whole.lead)
            everything = len(parts) == index and not any(part.subset for part in parts)
            if fitting < 2 and bare and _nearly_all(whole, parts, far=everything):
                fitting = len(parts)  # 税款2168万元，滞纳金236万元，罚款418万元，合计2922万元
            if fitting == 1 and match.re.pattern == _TOGETHER.pattern:
                fitting = len(_list_before(parts[::-1]))
        if (
            1 < fitting < len(parts)
            and parts[fitting - 1].lead.startswith("加")
            and not adds_up(whole, parts[:fitting])
        ):
            fitting += 1  # 支出46.35亿元，加上解支出1.06亿元、…，支出总计: what the rest is added to
        if fitting > 1 and parts[fitting - 1].lead.startswith("加") and not adds_up(whole, parts[:fitting]):
            first = parts[fitting - 1]
            if fitting == len(parts) and first is group[0]:
                continue  # 。加上上级补助3860万元、…，收入总计: to a figure of the sentence before
        if fitting > 1:
            yield Partition(whole, tuple(reversed(parts[:fitting])), strict=False)


def run_before(before: Sequence[Claim], whole: Claim) -> list[Claim]:
    """The figures right before a sum that may be summed in it, the nearest first."""
    parts: list[Claim] = []
    for claim in reversed(before):
        listed = claim.role is Role.BASE and claim.countable and whole.clause - claim.clause <= 1  # 由12名律师、…共35人
        if not claim.lead and not same_unit(claim.quantity, whole.quantity) and claim.clause != whole.clause:
            continue  # 8支426人、19支612人，合计27支: a second measure of the same thing
        same = (summable(claim) or listed) and _sums_into(claim.quantity, whole.quantity) and claim.depth == whole.depth
        if not same or (parts[-1] if parts else whole).clause - claim.clause > 1:
            break
        parts.append(claim)
    return parts


def _without_done(before: Sequence[Claim], whole: Claim, number: int) -> list[Claim]:
    """27个问题，完成26个；14个问题，完成13个，两项合计41个: the totals, where each has what was done of it right behind."""
    pairs = list(zip(before[-2 * number :: 2], before[1 - 2 * number :: 2], strict=False))
    fits = len(pairs) == number and all(
        summable(of)
        and of.role is not Role.DONE
        and done.role is Role.DONE
        and same_unit(of.quantity, done.quantity)
        and same_unit(of.quantity, whole.quantity)
        and done.clause - of.clause == 1
        and done.depth == of.depth == whole.depth
        and done.quantity.value <= of.quantity.value
        for of, done in pairs
    )
    return [of for of, _ in reversed(pairs)] if fits and whole.role is not Role.DONE else []


def _nearly_all(whole: Claim, parts: Sequence[Claim], *, far: bool) -> bool:
    """Whether what stands clause by clause before a bare 合计 comes to it but for a little."""
    total = sum((part.quantity.value for part in parts), Decimal(0))
    return abs(total - whole.quantity.value) <= whole.quantity.value * (SHORT if far else A_LITTLE)


def _sums_into(part: Quantity, whole: Quantity) -> bool:
    """Whether the sum of such parts is counted in the unit of ``whole``: 企业215家、机构308家，合计523家次."""
    return same_unit(part, whole) or whole.unit.name == part.unit.name + "次"


def _said_together(group: Sequence[Claim], index: int) -> re.Match[str] | None:
    """12名律师、8名咨询师和15名代表共35人; 860人次、2340人次和9700人次，共12900人次: a list joined by 、 and its sum."""
    whole, run = group[index], list(group[max(0, index - MOST_PARTS) : index])
    match = _TOGETHER.search(whole.lead) or _together_of(whole, run)
    if match is None or len(run) < 2 or whole.clause - run[-1].clause > 1:
        return None
    if match.re.pattern == _TOGETHER.pattern and whole.clause != run[-1].clause and match.start():
        # ，共发现问题13个 speaks of something else; ，专业技术人员共240人 sums up 高级32人、中级87人、初级121人.
        listed = _list_before(run)
        nouns = [words_before(noun).noun or noun for noun in map(noun_of_part, listed)]
        if len(listed) < 2 or not (names_every_class(listed) or exclude_each_other(nouns)) or run[-1].subset:
            return None
        return match
    joined = match.re.pattern == _TOGETHER_OF.pattern or (
        run[-1].clause == run[-2].clause and same_unit(run[-1].quantity, run[-2].quantity)
    )
    # 其中国家级3个、省级5个，共8个 sums up the list, unless it tells the total again.
    again = run[-1].subset and any(claim.quantity.value == whole.quantity.value for claim in group[:index])
    return match if joined and not again else None


def _list_before(run: Sequence[Claim]) -> list[Claim]:
    """The members of the list that ends ``run``: those of its clause, or one a clause: 优秀6人，称职36人，基本称职1人."""
    last = run[-1]
    joined = [claim for claim in run if claim.clause == last.clause]
    if len(joined) > 1:
        return joined
    found = [last]
    for claim in reversed(run[:-1]):
        if found[0].clause - claim.clause != 1 or not same_unit(claim.quantity, last.quantity):
            break
        found.insert(0, claim)
    return found


def _together_of(whole: Claim, run: Sequence[Claim]) -> re.Match[str] | None:
    """共办理婚姻登记 behind 结婚登记2315对、离婚登记864对: the sum of what each member of the list is called at its end."""
    match = _TOGETHER_OF.match(whole.lead)
    if match is None or len(run) < 2 or whole.clause - run[-1].clause != 1:
        return None
    listed = _list_before(run)
    nouns = [noun_of_part(claim) for claim in listed]
    # 低保金、供养金、救助金 and 救助资金: of three or more the last character tells enough.
    size = 2 if len(listed) < 3 else 1
    return match if len(listed) > 1 and all(noun[-size:] == match["words"][-size:] for noun in nouns) else None


def _number_of_items(before: Sequence[Claim], whole: Claim) -> int:
    """The 三 of 三项合计, which reads as a figure of its own; 0 where there is none."""
    last = before[-1] if before else None
    counts_items = (
        last is not None
        and last.clause == whole.clause
        and last.quantity.unit.name in ("项", "类", "块", "笔", "家", "个", "级", "所", "县", "镇", "村", "院")
    )
    return (
        int(last.quantity.value)
        if last is not None and counts_items and last.quantity.value < 10 and not last.lead
        else 0
    )


def sorted_lists(analysis: Analysis, seq: Sequence[Claim]) -> Iterator[Partition]:
    """Lists announced as complete: 按类型分为…."""
    text = analysis.reading.text
    for index, whole in enumerate(seq[:-2]):
        parts = [seq[index + 1]]
        if parts[0].role is Role.DONE or not _SORTED.search(text, whole.at.end, parts[0].at.start):
            continue
        for claim in seq[index + 2 :]:
            if claim.clause - parts[-1].clause > 1 or claim.depth != parts[0].depth or claim.role is Role.TOTAL:
                break
            parts.append(claim)
        if len(parts) > 1 and not any(part.rest for part in parts) and not PARTLY.search(parts[-1].trail):
            yield Partition(whole, tuple(parts), strict=False)


def aligned_lists(group: Sequence[Claim]) -> Iterator[Partition]:
    """Lists with 分别 right behind their total: every member of a classification, or sets of one kind that exceed it together."""
    for index, whole in enumerate(group[:-2]):
        found = aligned(group, index + 1) if "分别" in group[index + 1].lead else None
        if (
            found is None
            or found.claims[0].clause - whole.clause != 1
            or not all(map(summable, (whole, *found.claims)))
        ):
            continue
        if not all(same_unit(whole.quantity, claim.quantity) for claim in found.claims) or whole.planned:
            continue
        parts = Partition(whole, found.claims, strict=False)
        row = classified(found.names)
        exhaustive = row is not None and (row.of is None or row.of.search(label_of(whole)) is not None)
        if exhaustive or (_one_kind(whole, found) and parts.total > whole.quantity.value):
            yield parts


def lists_by_turns(analysis: Analysis, seq: Sequence[Claim]) -> Iterator[Partition]:
    """三期共培训286人，第一期86人、第二期92人、第三期78人: the terms of a series from the first on, as many as are announced."""
    text = analysis.reading.text
    for index, whole in enumerate(seq[:-2]):
        if "一" not in seq[index + 1].lead:
            continue
        parts: list[Claim] = []
        for claim in seq[index + 1 :]:
            turn = TURN.search(claim.lead)
            if turn is None or "一二三四五六七八九".find(turn[1]) != len(parts) or claim.depth != seq[index + 1].depth:
                break
            parts.append(claim)
        if len(parts) < 2 or parts[0].clause - whole.clause > 2 or whole.planned or TURN.search(whole.lead):
            continue
        turn = TURN.search(parts[0].lead)
        start = analysis.sentences[whole.sentence].at.start
        said = (
            compiled(rf"([两二三四五六2-6])(?:个)?{turn[2]}").search(text[start : parts[0].at.start]) if turn else None
        )
        if said and whole_number(said[1]) == len(parts):
            yield Partition(whole, tuple(parts), strict=False)


def turns_then_all(seq: Sequence[Claim]) -> Iterator[Partition]:
    """一期投资2亿元、二期投资3.5亿元、三期投资1.5亿元，总投资7亿元: a series from the first on, and what it comes to."""
    for index, first in enumerate(seq):
        turn = TURN.search(first.lead) if "一" in first.lead else None
        if turn is None or turn[1] != "一":
            continue
        parts = [first]
        for claim in seq[index + 1 :]:
            following = TURN.search(claim.lead)
            if following is None or "一二三四五六七八九".find(following[1]) != len(parts) or following[2] != turn[2]:
                break
            parts.append(claim)
        end = index + len(parts)
        whole = seq[end] if end < len(seq) else None
        if len(parts) > 1 and whole is not None and whole.clause - parts[-1].clause == 1 and _IN_ALL.match(whole.lead):
            yield Partition(whole, tuple(parts), strict=False)


def _one_kind(whole: Claim, found: Aligned) -> bool:
    """Whether the members differ by a scope alone and are of what the total counts: 断面13个，国控、省控、市控断面."""
    dimensions = [scopes(name) for name in found.names]
    shared = set(dimensions[0]).intersection(*dimensions[1:])
    return (
        len(found.head) > 1
        and whole.lead.endswith(found.head[-2:])
        and any(len({each[name] for each in dimensions}) == len(dimensions) for name in shared)
    )
