"""Lists under 其中 or right behind their total, complete by what they name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from reportlint.analysis import Analysis
from reportlint.bonds import is_closed
from reportlint.claims import Claim, Role, among
from reportlint.patterns import compiled
from reportlint.phrase import before as words_before
from reportlint_rules.numbers.parts.kinds import apart, distinctions, exclude_each_other, may_exclude, noun_of_part
from reportlint_rules.numbers.parts.partition import (
    A_LITTLE,
    FAR,
    OF_PLAN,
    PARTLY,
    SHORT,
    Partition,
    adds_up,
    is_pending,
    is_plan,
)

#: What one thing may be besides something else, and words that say so.
_SEVERAL = compiled(
    r"女|男|党员|团员|以上|以下|学历|职称|残疾|贫困|困难|留守|民族|优秀|重点|重大|较大|特困|独生|骨干|省级|市级|国家级|涉|含|反映|新增|新建|已|完成|获|在职|年龄|岁|首次|再次|多次|其他"
)
#: Sums of money are split by where they come from or go to, and may be looked at again by what they are for.
_SEVERAL_SUMS = compiled(
    r"已|完成|到位|支付|年度|今年|当年|本期|新增|重点|重大|含|以上|以下|其他|专项债|累计|人均|民生|贷款余额|同比|结余|上年"
)
#: 268场次，包括文艺演出86场次: as good as 其中.
_HOLDING = ("包括", "包含", "涵盖")
_HARDLY = Decimal("0.05")


def _every_one(analysis: Analysis, whole: Claim, first: Claim) -> bool:
    """对9座矿山全覆盖体检，关闭2座: whether the words between say that all of them were gone through."""
    return "全覆盖" in analysis.reading.text[whole.at.end : first.at.start] or whole.lead.endswith(
        ("对", "对全市", "对全县", "对全区")
    )


def _is_there(whole: Claim) -> bool:
    """Whether the figure counts what there is: 在册社区矫正对象62人, no deed of the period."""
    verb = words_before(whole.lead).verb
    return whole.role in (Role.NONE, Role.TOTAL) and (not verb or verb in ("现有", "共有", "有", "拥有", "设有"))


def listed_under(analysis: Analysis, seq: Sequence[Claim]) -> Iterator[Partition]:
    """Lists under 其中 that make up their total, or a little more than it: kinds of things, each counted once."""
    for index, (whole, first) in enumerate(zip(seq, seq[1:], strict=False), 1):
        if index > 1 and first.beat - whole.beat == 1 and OF_PLAN.search(whole.lead) and whole.trail.startswith("的"):
            # 造林2.36万亩，为年度任务2.2万亩的107.3%，其中人工造林0.84万亩: parts of what was done, not of the plan
            if seq[index - 2].beat + 1 != whole.beat:
                continue
            whole = seq[index - 2]
        elif first.beat - whole.beat != 1 and first.sentence == whole.sentence:
            continue
        if whole.depth != first.depth:
            continue
        planned = is_plan(analysis, whole)
        under = (first.subset and ("其中" in first.lead or among(whole.trail))) or first.lead.startswith(_HOLDING)
        # 共摸底143个，保留96个，关停47个: kinds that leave nothing out of a closed set need no 其中.
        if not under and (
            not may_exclude(noun_of_part(first))
            or not (is_closed(whole) or _every_one(analysis, whole, first) or _is_there(whole))
        ):
            continue
        parts = [first]
        for claim in seq[index + 1 :]:
            if (
                claim.beat - parts[-1].beat > 1
                or claim.depth != first.depth
                or not (claim.subset or "其中" not in first.lead or _goes_on_alike(parts, claim))
            ):
                break
            if claim.clause != parts[-1].clause and not noun_of_part(claim):
                break  # 农村公路2561.6公里，公路密度为每百平方公里143.8公里
            words, opening = words_before(claim.lead), words_before(first.lead.rpartition("其中")[2])
            alike = words.turned and opening.turned and words.verb == opening.verb  # 街头采集…，团体采集…
            # 复耕1260亩，其中大户承包复耕680亩，农户自行复耕420亩: the deed of the total is that of each part.
            alike = alike or (len(claim.lead) > 3 and claim.lead[-2:] == first.lead[-2:] == whole.lead[-2:])
            verbal = is_pending(claim) or (
                claim.clause != parts[-1].clause and not alike and (words.verb or claim.role is Role.DONE)
            )
            if verbal and not exclude_each_other([noun_of_part(part) for part in (*parts, claim)]):
                break  # 追回240万元，其中医院213万元、药店27万元，处以罚款61万元
            parts.append(claim)
        nouns = [noun_of_part(part) for part in parts]
        joined = sum(part.clause == first.clause for part in parts)
        if 1 < joined < len(parts) and not exclude_each_other(nouns) and exclude_each_other(nouns[:joined]):
            # 其中高速68公里、农村公路2561公里，公路密度为每百平方公里143公里
            parts, nouns = parts[:joined], nouns[:joined]
        if len(parts) < 2:
            continue
        money = whole.quantity.kind == "money"
        overlapping = any((_SEVERAL_SUMS if money else _SEVERAL).search(kind) for kind in distinctions(nouns))
        exclusive = exclude_each_other(nouns)
        if not under and not exclusive or planned and not (under and exclusive):
            continue
        if (
            (overlapping and not exclusive)
            or not all(1 <= len(noun) <= 10 for noun in nouns)
            or PARTLY.search(parts[-1].trail)
        ):
            continue
        if len(parts) == 2 and not exclusive and "；" in analysis.reading.text[first.at.end : parts[1].at.start]:
            continue  # 其中规上工业产值14.2亿元，占76.3%；固定资产投资5.37亿元: something else begins
        found = Partition(whole, tuple(parts), strict=False)
        excess = (found.total - whole.quantity.value) / max(whole.quantity.value, Decimal(1))
        if len(set(nouns)) < len(nouns) or max(part.quantity.value for part in parts) > whole.quantity.value:
            continue  # one of them alone is more than the whole: another rule's matter, or no part
        if not exclusive and any(adds_up(whole, parts[:size]) for size in range(2, len(parts))):
            continue
        sure = under or is_closed(whole)
        few = A_LITTLE if len(parts) > 2 else Decimal(0)
        # A list that comes to a little less than its total was meant to come to it: of two hundred in published reports one does not.
        short = _HARDLY if len(parts) > 2 or exclusive else Decimal(0)
        if exclusive and len(parts) > 2 and under:
            short = A_LITTLE  # 其中一等功1人、二等功9人、三等功26人
        if (
            adds_up(whole, parts)
            or 0
            < excess
            <= (len(parts) if sure and exclusive else SHORT if exclusive else FAR if apart(nouns, money=money) else few)
            or 0 < -excess <= short
            or (len(parts) > 2 and excess < 0 and -excess <= SHORT and _has_swapped_digits(whole, parts))
        ):
            yield found


def bare_lists(seq: Sequence[Claim]) -> Iterator[Partition]:
    """抽样460份，蔬菜210份、水果95份、水产品75份: a list right behind a count that it makes up, or would but for two swapped digits."""
    for index, whole in enumerate(seq[:-3]):
        first = seq[index + 1]
        if whole.subset or first.subset or first.clause - whole.clause != 1 or whole.depth != first.depth:
            continue
        if whole.planned or not _is_member(first):
            continue
        parts = [first]
        for claim in seq[index + 2 :]:
            if claim.beat - parts[-1].beat > 1 or claim.depth != first.depth or not _is_member(claim):
                break
            parts.append(claim)
        nouns = [noun_of_part(part) for part in parts]
        if len(parts) < 3 or len(set(nouns)) < len(nouns):
            continue
        if len({part.cue.word if part.cue and part.role is Role.TOTAL else "" for part in parts}) > 1:
            continue  # 网上立案、窗口立案、跨域立案 are of one kind; 发现, 受理 beside plain nouns are not
        # 电气故障336起，用火不慎146起，遗留火种112起: one mark parts all of them, the first is as good a member as the rest.
        apart_from = (
            parts[-1].clause - first.clause < len(parts) - 1 or not _is_member(whole) or whole.role is Role.TOTAL
        )
        if adds_up(whole, parts) or (apart_from and _has_swapped_digits(whole, parts)):
            yield Partition(whole, tuple(parts), strict=False)


def _is_member(claim: Claim) -> bool:
    """Whether the figure counts one kind in a list, by a noun alone."""
    if (
        claim.role not in (Role.NONE, Role.PART, Role.VALUE, Role.DONE, Role.TOTAL)
        or claim.planned
        or claim.carried
        or claim.rest
        or claim.quantity.step != 1
    ):
        return False
    noun = noun_of_part(claim)
    return 1 < len(noun) <= 8 and not _SEVERAL.search(noun)


def _has_swapped_digits(whole: Claim, parts: Sequence[Claim]) -> bool:
    """Whether two neighbouring digits of one part, put the other way round, make the list add up: 158、37、12 under 216."""
    if any(claim.quantity.step != 1 for claim in (whole, *parts)):
        return False
    missing = int(whole.quantity.value - sum(part.quantity.value for part in parts))
    for part in parts:
        digits = str(int(part.quantity.value))
        for place in range(len(digits) - 1):
            swapped = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
            if int(swapped) - int(digits) == missing:
                return True
    return False


def _goes_on_alike(parts: Sequence[Claim], claim: Claim) -> bool:
    """其中出口24.1亿元，增长5.2%；进口11.1亿元: behind the semicolon a noun alone leads to the next, the remark on the last being over."""
    remarked = claim.clause - claim.beat > parts[-1].clause - parts[-1].beat
    # …；日用品销售额3.17亿元，再生资源销售额1.26亿元: the list had gone on so before.
    remarked = remarked or (not parts[-1].subset and len(claim.lead) > 3 and claim.lead[-3:] == parts[-1].lead[-3:])
    words = words_before(claim.lead)
    return remarked and not words.verb and 1 < len(words.noun) <= 10 and claim.role in (Role.NONE, Role.PART)
