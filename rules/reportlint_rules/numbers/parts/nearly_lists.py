"""Lists that come to their total but for one slip of the hand, where no word tells that they should."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from reportlint.claims import CHANGES, Claim
from reportlint.numbers import Quantity, same_unit
from reportlint.numerals import whole_number
from reportlint.patterns import compiled
from reportlint_rules.numbers.nearly import Slip, slip_between
from reportlint_rules.numbers.parts.kinds import apart, distinctions, exclude_each_other, noun_of_part
from reportlint_rules.numbers.parts.partition import A_LITTLE, MOST_PARTS, PARTLY, SHORT, Partition, adds_up, summable

#: What may be a sum of the figures before it: 奖牌总数, 共惠及, 累计培训, 形成三级网点.
_SUM = compiled(
    r"(?<!占)(?<!占全[市县区镇])(?:合计|总计|共计|累计(?!分别)|总(?:[数量额]|里程|面积|人数|户数|产量?|长度|收入|支出)(?!的)|(?<![公中])共(?!同|享|建|治|有?产|青|识))"
)
_STRONG = compiled(
    r"^(?:全[市县区镇乡局校院村]|两地|三地)?(?:合计|总计|共计|一?共(?:计|有)?)[一-龥]{0,8}$|总[数量额](?:为|达|是|共)?$"
)
_OTHER_TIME = compiled(r"以来|历年|[上去]年|同期|自20|20\d\d|分别|其中|占|较|比")
#: How far behind its total 其中 may stand: 接待9864人次，日均39人次，出具证明7420份；其中.
_BEHIND = range(1, 6)
#: What somebody may be besides something else.
_SEVERAL = compiled(r"女|男|党|团员|以上|以下|学历|职称|残疾|困难|留守|民族|岁|骨干|先进|优秀|退役")
#: What two of the parts may be at once.
_BOTH = compiled(r"女|男|党员|团员|以上|以下|学历|职称|年龄|岁|含|涉|新增|重点|重大|优秀|困难|特困|残疾")


def summed_up(group: Sequence[Claim]) -> Iterator[Partition]:
    """金牌18枚、银牌14枚、铜牌11枚，奖牌总数41枚: a list, and behind it what all of it should come to."""
    for index, whole in enumerate(group):
        if index < 2 or not ("计" in whole.lead or "共" in whole.lead or "总" in whole.lead):
            continue
        if not _SUM.search(whole.lead) or _OTHER_TIME.search(whole.lead):
            continue
        if not summable(whole) or (whole.planned and not _STRONG.search(whole.lead)) or whole.subset:
            continue
        parts: list[Claim] = []
        for claim in reversed(group[:index]):
            following = parts[-1] if parts else whole
            if claim.quantity.ordinal or _names(claim, following, whole):
                continue  # 第三期59人; 两项补贴共惠及; 0.4千伏线路368公里
            if claim.quantity.han and claim.clause != following.clause:
                break  # 三个片区，分别有小区18个、24个、16个，全区共58个
            if not summable(claim) or following.clause - claim.clause > 1 or claim.depth != whole.depth:
                break
            if not _counts_into(claim.quantity, whole.quantity) or len(parts) == MOST_PARTS:
                break
            parts.append(claim)
        parts.reverse()
        if whole.trail and all(part.trail and part.trail[-2:] != whole.trail[-2:] for part in parts):
            continue  # 84项政策措施，80项重点任务，累计形成154项制度成果
        if len(parts) > 1 and whole.clause != parts[-1].clause and not _holds(whole, parts):
            found = Partition(whole, tuple(parts), strict=False)
            gap = abs(found.total - whole.quantity.value) / max(whole.quantity.value, Decimal(1))
            listed = parts[0].clause == parts[-1].clause and _STRONG.search(whole.lead) is not None
            near = gap <= (SHORT if listed else A_LITTLE) and (len(parts) > 2 or listed)
            if not any(part.subset or part.planned for part in parts) and (near or slipped(found)):
                yield found


_ITEMS = frozenset({"项", "类", "块"})
#: 两井合计, 三区共计: as many as the figures that are summed.
_PLACES = compiled(r"^(?P<number>[两二三四五六])[一-龥]{1,2}(?=合计|共计|总计|共)")


def summed_alike(group: Sequence[Claim]) -> Iterator[Partition]:
    """经济案件426起，较上年多31起；电诈案件345起，较上年少62起，合计717起: a sum of what has one name, other things told between."""
    for index, whole in enumerate(group):
        if index < 2 or not ("计" in whole.lead or "共" in whole.lead or "总" in whole.lead):
            continue
        if not _SUM.search(whole.lead) or _OTHER_TIME.search(whole.lead) or whole.planned or whole.subset:
            continue
        number = _how_many(group[index - 1], whole)
        parts = [
            claim
            for claim in group[: index - (group[index - 1].lead == "" and number > 0)]
            if _counts_into(claim.quantity, whole.quantity)
            and claim.role not in CHANGES
            and not claim.quantity.ordinal
            and claim.clause < whole.clause
            and claim.depth == whole.depth  # 8965万吨、3427万吨（上年分别为8542万吨、3106万吨），两项合计
        ]
        even = all(map(summable, (*parts, whole)))
        if len(parts) < 2 or not even or any(claim.subset or claim.planned for claim in parts):
            continue
        if whole.beat - parts[-1].beat > 3 or _holds(whole, parts):
            continue
        size = _shared_name(whole, parts)
        if number != len(parts) and not size:
            continue
        found = Partition(whole, tuple(parts), strict=False)
        gap = abs(found.total - whole.quantity.value) / max(whole.quantity.value, Decimal(1))
        if gap <= (A_LITTLE if number == len(parts) else SHORT if size > 3 else 0) or slipped(found):
            yield found


def _how_many(before: Claim, whole: Claim) -> int:
    """How many figures are said to be summed: 两项合计, 两井合计."""
    if before.clause == whole.clause and not before.lead and before.quantity.unit.name in _ITEMS:
        return int(before.quantity.value)
    said = _PLACES.match(whole.lead)
    return whole_number(said["number"]) if said else 0


def _shared_name(whole: Claim, parts: Sequence[Claim]) -> int:
    """How many characters the names of the figures, each with more of its own, end in alike; 0 where the sum names something else."""
    names = [claim.lead for claim in parts]
    size = 0
    while all(len(name) > size + 1 and name[-size - 1 :] == names[0][-size - 1 :] for name in names):
        size += 1
    if (
        size < 2
        or len(set(names)) < len(names)
        or "累计" in whole.lead
        or any(claim.trail for claim in (*parts, whole))
    ):
        return 0
    alone = _STRONG.match(whole.lead) or _SUM.fullmatch(whole.lead)
    return size if names[0][-2:] in whole.lead or alone else 0


#: 两项基金支出合计: how many of what.
_SO_MANY = compiled(r"(?P<noun>[一-龥]{2,8}?)(?:合计|总计|共计|共|总额)(?:为|达)?$")


def summed_before(group: Sequence[Claim], before: Sequence[Claim]) -> Iterator[Partition]:
    """两项基金支出合计8.73亿元: as many figures of that name as the sentences before in the paragraph tell, and their sum."""
    for number, whole in zip(group, group[1:], strict=False):
        told = number.clause == whole.clause and not number.lead and number.quantity.unit.name in _ITEMS
        said = _SO_MANY.fullmatch(whole.lead) if told else None
        if said is None or not summable(whole) or whole.planned:
            continue
        noun = said["noun"][-2:]
        parts = [
            claim
            for claim in before
            if claim.paragraph == whole.paragraph and claim.lead.endswith(noun) and not claim.subset
        ]
        if (
            len(parts) == number.quantity.value
            and not adds_up(whole, parts)
            and not any(part.planned for part in parts)
        ):
            found = Partition(whole, tuple(parts), strict=False)
            near = abs(found.total - whole.quantity.value) <= whole.quantity.value * A_LITTLE
            if near or slipped(found):
                yield found


def _names(claim: Claim, following: Claim, whole: Claim) -> bool:
    """Whether the figure, of another unit, belongs to what the one behind it is called."""
    if _counts_into(claim.quantity, whole.quantity) or claim.clause != following.clause:
        return False
    return following is whole or (claim.trail != "" and claim.trail == following.lead)


def _counts_into(part: Quantity, whole: Quantity) -> bool:
    """Whether such parts are summed in the unit of ``whole``: 名 in 人次, 家 in 家次."""
    return same_unit(part, whole) or whole.counted_in == part.counted_in + "次"


def _holds(whole: Claim, parts: Sequence[Claim]) -> bool:
    """Whether some run of the figures right before it comes to ``whole``, or one of them is it told again."""
    return any(adds_up(whole, parts[start:]) for start in range(len(parts)))


def slipped(found: Partition) -> Slip | None:
    """The slip in the total or in one of the parts that explains why they do not meet."""
    missing = found.whole.quantity.value - found.total
    whole = found.whole.quantity
    if len({claim.quantity.step for claim in (found.whole, *found.parts)}) > 1:
        return None
    pairs = [
        (whole.value, found.total),
        *((part.quantity.value, part.quantity.value + missing) for part in found.parts),
    ]
    slips = [slip_between(*pair, whole.step) for pair in pairs if not _round(pair, whole.step)]
    return Slip.SWAP if Slip.SWAP in slips else Slip.DIGIT if Slip.DIGIT in slips else None


def _round(values: Sequence[Decimal], step: Decimal) -> bool:
    """Whether one of them is a round number, as those are that may be anything: 6000 of 500, 500 and 4000."""
    return any(value % (step * 100) == 0 for value in values)


def listed_of_earlier(seq: Sequence[Claim], before: Sequence[Claim]) -> Iterator[Partition]:
    """受理7215件，审结6928件。标的18.6亿元。其中婚姻1482件、…: 其中 that opens a sentence, and the figure that two swapped digits keep from it."""
    first, parts = seq[0], list(seq)
    if not first.lead.startswith("其中") or not 2 < len(parts) <= MOST_PARTS or not all(part.subset for part in parts):
        return
    wholes = [claim for claim in before if claim.paragraph == first.paragraph and not claim.subset]
    found = [Partition(whole, tuple(parts), strict=False) for whole in wholes]
    if any(adds_up(each.whole, each.parts) for each in found):
        return
    yield from [each for each in found if not each.whole.planned and slipped(each) is Slip.SWAP][:1]


#: 住房消费提取中，: what the list behind is of, told before.
_OF_WHAT = compiled(r"(?P<name>[一-龥]{4,12})中，")


def listed_of_named(text: str, start: int, seq: Sequence[Claim], before: Sequence[Claim]) -> Iterator[Partition]:
    """住房消费提取26.18亿元，…。住房消费提取中，还贷19.64亿元，租房3.12亿元，购房4.32亿元: a sentence of parts, and whose they are."""
    said = _OF_WHAT.match(text, start, seq[0].at.start) if "中，" in text[start : start + 16] else None
    if said is None or not 2 <= len(seq) <= MOST_PARTS or any(claim.planned or claim.rest for claim in seq):
        return
    name = said["name"]
    wholes = [
        claim
        for claim in before
        if abs(claim.paragraph - seq[0].paragraph) <= 1 and len(claim.lead) > 3 and _names_it(claim, name)
    ]
    wholes = [claim for claim in wholes if claim.lead.removeprefix("其中").lstrip("，：") == name] or wholes
    if not wholes or len({whole.quantity.value for whole in wholes}) > 1 or wholes[-1].planned:
        return
    found = Partition(wholes[-1], tuple(seq), strict=False)
    if not adds_up(found.whole, found.parts) and slipped(found):
        yield found


def _names_it(claim: Claim, name: str) -> bool:
    """Whether the figure is of what is called ``name``, with or without a last word of its own: 增值收益, 增值收益分配."""
    return claim.lead.endswith(name) or (len(name) > 5 and claim.lead.endswith(name[:-2]))


def _overlapping(nouns: Sequence[str]) -> bool:
    """女干部98人、党外干部41人、35岁以下112人: whether somebody may be all of it at once."""
    return any(_SEVERAL.search(kind) for kind in distinctions(nouns)) and not exclude_each_other(nouns)


#: 用于城乡低保2746.2万元、特困供养683.9万元: what all of it went to.
_SPENT_ON = tuple(
    how + what
    for how in ("", "分别", "已", "全部")
    for what in ("用于", "投向", "投入到", "安排给", "拨付给", "下达", "拨给", "分配给")
)


def slipped_under(seq: Sequence[Claim]) -> Iterator[Partition]:
    """到位经费386.5万元，其中中央拨款212.0万元，地方拨款147.5万元: a list under 其中 that two swapped digits keep from its total.

    One wrong digit is enough where the parts are named alike: 现场查档6312人次、网上查档3252人次 of 9864.
    """
    for index, (whole, first) in enumerate(zip(seq, seq[1:], strict=False), 1):
        spent = not first.subset and first.lead.startswith(_SPENT_ON)
        if not (spent or first.lead.startswith("其中")) or first.beat - whole.beat not in _BEHIND:
            continue
        if whole.depth != first.depth:
            continue
        parts = [first]
        for claim in seq[index + 1 :]:
            if claim.beat - parts[-1].beat > 1 or claim.depth != first.depth or claim.subset is spent:
                break
            parts.append(claim)
        nouns = [noun_of_part(part) for part in parts]
        if (
            len(parts) < 2
            or not all(nouns)
            or len(set(nouns)) < len(nouns)
            or whole.planned
            or PARTLY.search(parts[-1].trail)
        ):
            continue
        if any(part.quantity.value >= whole.quantity.value or part.rest for part in parts):
            continue
        if any(adds_up(whole, parts[:size]) for size in range(2, len(parts) + 1)):
            continue
        found = Partition(whole, tuple(parts), strict=False)
        slip = slipped(found)
        alike = apart(nouns, money=False) and not any(_BOTH.search(noun) for noun in nouns)
        if (slip is Slip.SWAP and not (whole.quantity.kind == "count" and _overlapping(nouns))) or (
            slip is Slip.DIGIT and (alike or (spent and len(parts) > 2))
        ):
            yield found
