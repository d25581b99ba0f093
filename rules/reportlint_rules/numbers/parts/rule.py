"""NM102: parts that do not add up to their total."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain, combinations

from reportlint.analysis import Analysis
from reportlint.claims import Claim
from reportlint.finding import Abstained, Checked, Finding, Message, Outcome, Severity
from reportlint.numbers import same_unit
from reportlint.patterns import compiled
from reportlint.rule import rule
from reportlint.span import Span
from reportlint_rules.numbers.figures import related, scaled
from reportlint_rules.numbers.parts.closed_lists import closed_lists
from reportlint_rules.numbers.parts.composed import composed_lists
from reportlint_rules.numbers.parts.further_lists import further_lists
from reportlint_rules.numbers.parts.kinds import exclude_each_other, noun_of_part
from reportlint_rules.numbers.parts.listed import bare_lists, listed_under
from reportlint_rules.numbers.parts.nearly_lists import (
    listed_of_earlier,
    listed_of_named,
    slipped_under,
    summed_alike,
    summed_before,
    summed_up,
)
from reportlint_rules.numbers.parts.partition import (
    A_LITTLE,
    FAR,
    OF_PLAN,
    PARTLY,
    Partition,
    adds_up,
    by_state,
    is_plan,
    summable,
)
from reportlint_rules.numbers.parts.summed_lists import (
    aligned_lists,
    lists_by_turns,
    sorted_lists,
    summed_lists,
    turns_then_all,
)

_VIEW = compiled(
    r"(?:[（(]?[一二三四五六\d]{1,2}[）)、.])?(?:分|按|从)[一-龥]{1,6}?(?:来看|看|来分|分|划分|角度看)[，：]?"
)
#: 金额2.3亿元 behind 31笔: what a second figure of the same thing may be called.
_AMOUNT = compiled(r"共计?|合计|涉及|涉案|金额|面积|资金|总?投资|总?面积|人员|学生|人口|约|计|为")


def _by_view(analysis: Analysis, group: Sequence[Claim], before: Iterable[Sequence[Claim]]) -> Partition | None:
    """分级次看，市本级8.2亿元，县区级10.4亿元: one side of what the paragraph's total was, all of it where it nearly is."""
    start = analysis.sentences[group[0].sentence].at.start
    if len(group) < 2 or not _VIEW.match(analysis.reading.text, start):
        return None
    paragraph = [claim for seq in before for claim in seq if claim.paragraph >= group[0].paragraph - 1]
    earlier = sorted(paragraph, key=lambda claim: claim.at)
    first = group[0]
    parts = [first]
    for claim in group[1:]:
        if claim.clause - parts[-1].clause > 1 or not same_unit(claim.quantity, first.quantity) or not summable(claim):
            break
        parts.append(claim)
    if len(parts) < 2 or not summable(first) or PARTLY.search(parts[-1].trail):
        return None
    totals = [claim for claim in earlier if same_unit(claim.quantity, first.quantity) and summable(claim)]
    found = [Partition(whole, tuple(parts), strict=False) for whole in totals]
    if not found or any(adds_up(each.whole, each.parts) for each in found):
        return None
    near = [
        each for each in found if abs(each.total - each.whole.quantity.value) <= each.whole.quantity.value * A_LITTLE
    ]
    return near[0] if len(near) == 1 and near[0].whole is totals[0] else None


def _exact_under(chains: dict[str, list[Claim]]) -> Iterator[Partition]:
    """Counts under 其中 that come to their total exactly, whatever they are of: so must the figures beside them."""
    for seq in chains.values():
        for index, first in enumerate(seq):
            if index == 0 or not first.lead.startswith("其中") or first.quantity.step != 1:
                continue
            parts = [first]
            for claim in seq[index + 1 :]:
                if not claim.subset or claim.depth != first.depth:
                    break
                parts.append(claim)
                found = Partition(seq[index - 1], tuple(parts), strict=False)
                if found.total == found.whole.quantity.value:
                    yield found
                    break


def _side_by_side(group: Sequence[Claim], found: Partition) -> Partition | None:
    """拆除136处、2.96万平方米，其中存量98处、2.13万平方米，新增38处、0.83万平方米: the figures beside those that add up."""
    whole = _beside(group, found.whole)
    parts = [_beside(group, part) for part in found.parts]
    if whole is None and (verb := _shared_verb(group, found.parts)):
        # 37座水库共拦蓄4.26亿立方米，其中大型3座拦蓄2.91亿立方米、中型34座拦蓄1.35亿立方米: one verb leads to all of them.
        whole = _beside(group, found.whole, verb)
        parts = [_beside(group, part, verb) for part in found.parts]
    if whole is None or not all(part is not None and same_unit(part.quantity, whole.quantity) for part in parts):
        return None
    return Partition(whole, tuple(part for part in parts if part is not None), strict=False)


def _shared_verb(group: Sequence[Claim], parts: Sequence[Claim]) -> str:
    """The words that lead from each part to a second figure, where they are the same."""
    places = [group.index(part) + 1 for part in parts if part in group]
    leads = {group[place].lead if place < len(group) else "" for place in places}
    verb = leads.pop() if len(leads) == 1 else ""
    return verb if 2 <= len(verb) <= 4 else ""


def _beside(group: Sequence[Claim], claim: Claim, verb: str = "") -> Claim | None:
    """The figure right behind another, in another unit and with no word of its own or but ``verb``: 98处、2.13万平方米; 98处（2.13万平方米）."""
    place = group.index(claim) if claim in group else -1
    following = group[place + 1] if 0 <= place < len(group) - 1 else None
    if following is None or not summable(following) or same_unit(following.quantity, claim.quantity):
        return None
    if verb:
        return following if verb in following.lead and following.clause == claim.clause else None
    bare = not _AMOUNT.sub("", following.lead) and following.clause - claim.clause <= 1
    return following if bare and following.depth - claim.depth in (0, 1) else None


#: 共计22个（其中2个同时获省、市两级命名）: some count in two of the parts.
_TWICE = compiled(
    r"[^，。；（]{0,6}[，（][^。；）]{0,16}(?:同时|重复|兼有|兼具|交叉|双重|剔除|去重|[两二三四]个?(?:季度|月|次|批)都)"
)
_SHARE_OF_SO_MANY = compiled(r"占[一-龥]{0,4}$")


def _rest_of_share(group: Sequence[Claim]) -> Iterator[Partition]:
    """覆盖178家，占全县186家食堂的95.7%，其余8家: the part, the whole in the clause of its share, and what is left."""
    for part, whole, share, rest in zip(group, group[1:], group[2:], group[3:], strict=False):
        if (
            share.quantity.unit.name == "%"
            and rest.rest
            and share.clause == whole.clause
            and _SHARE_OF_SO_MANY.search(whole.lead)
            and whole.clause - part.clause == 1
            and rest.clause - share.clause == 1
            and all(same_unit(one.quantity, whole.quantity) and one.countable for one in (part, rest))
        ):
            yield Partition(whole, (part, rest), strict=False)


def _told_lists(analysis: Analysis, seq: Sequence[Claim], previous: Sequence[Claim]) -> Iterator[Partition]:
    """Lists that words or kinds tell to be complete, without a word that closes them."""
    if previous and seq[0].lead.startswith("其中"):
        # 收入38.62亿元，同比增收2.14亿元。其中：税收收入31.26亿元，…: of the one such figure of the sentence before.
        totals = [
            claim
            for claim in previous
            if claim.sentence == seq[0].sentence - 1 and not OF_PLAN.search(claim.lead)  # 完成全年任务35亿元的53%
        ]
        if len(totals) == 1 and totals[0].paragraph == seq[0].paragraph:
            yield from listed_under(analysis, (*totals, *seq))
    if len(seq) > 1:
        yield from sorted_lists(analysis, seq)
        yield from listed_under(analysis, seq)
        yield from bare_lists(seq)
        yield from lists_by_turns(analysis, seq)
        yield from turns_then_all(seq)
        yield from slipped_under(seq)
        yield from composed_lists(analysis, seq)
    if len(seq) > 2 and analysis.holds(_DEALT_OUT):
        from reportlint_rules.numbers.parts.dealt_out import dealt_out

        yield from dealt_out(analysis, seq)


#: 分别为45件、62件; 近三年.
_DEALT_OUT = compiled(
    r"(?:分别|依次)[^，。；\d]{0,4}\d[^，。；]{0,12}?[、和]\d|(?:近|过去|这|前)[两二三四五2-5]年|[两二三四五2-5]年[间来共累合里]"
)


def partitions(analysis: Analysis) -> Iterator[tuple[Partition | None, Claim]]:
    """Every list of parts that claims to be complete, with the claim that told so."""
    before: dict[str, list[Claim]] = {}
    for group in analysis.by_sentence:
        chains: dict[str, list[Claim]] = {}
        for claim in group:
            if summable(claim):
                chains.setdefault(claim.quantity.counted_in, []).append(claim)
        if chains and (len(group) > 1 or group[0].rest):
            yield from _of_sentence(analysis, group, chains, before)
        for unit, seq in chains.items():
            before[unit] = [*before.get(unit, ())[-30:], *seq]


def _of_sentence(
    analysis: Analysis, group: Sequence[Claim], chains: dict[str, list[Claim]], before: dict[str, list[Claim]]
) -> Iterator[tuple[Partition | None, Claim]]:
    """The lists of a sentence; ``chains`` are its figures and ``before`` the latest of those before it, by their unit."""
    seen: set[Span] = set()
    open_ends: set[Span] = set()  # what closes a list of which no total was found
    holding: list[Partition] = []
    for partition in summed_lists(group):
        seen.update(part.at for part in partition.parts)
        holding.append(partition)
        yield partition, partition.whole
    for partition in _rest_of_share(group):
        seen.update(part.at for part in partition.parts)
        yield partition, partition.whole
    for partition in aligned_lists(group):
        seen.update(part.at for part in partition.parts)
        yield partition, partition.whole
    for unit, seq in chains.items():
        if len(seq) < 2 and unit not in before:
            continue
        for found, closer in closed_lists(analysis.reading.text, seq, before.get(unit, ())):
            if closer.at in seen:
                continue
            seen.add(closer.at)
            if not found:
                open_ends.add(closer.at)
            if found:
                holding.append(found)
                seen.update(part.at for part in found.parts)
            yield found, closer
    for partition in (
        each for unit, seq in chains.items() for each in _told_lists(analysis, seq, before.get(unit, ()))
    ):
        if not (seen - open_ends if partition.strict is False and partition.parts[-1].rest else seen).intersection(
            part.at for part in partition.parts
        ):
            holding.append(partition)
            seen.update(part.at for part in partition.parts)
            yield partition, partition.whole
    across = [summed_before(group, before.get(unit, ())) for unit in chains]
    across += [listed_of_earlier(seq, before.get(unit, ())) for unit, seq in chains.items()]
    start = analysis.sentences[group[0].sentence].at.start
    across += [
        listed_of_named(analysis.reading.text, start, seq, before.get(unit, ()))
        for unit, seq in chains.items()
        if seq[0] is group[0]
    ]
    for partition in (*summed_up(group), *summed_alike(group), *chain.from_iterable(across)):
        if not (seen - open_ends).intersection(part.at for part in (*partition.parts, partition.whole)):
            seen.update(part.at for part in partition.parts)
            yield partition, partition.whole
    for partition in (*holding, *_exact_under(chains)):
        other = _side_by_side(group, partition) if adds_up(partition.whole, partition.parts) else None
        if other is not None and not seen.intersection(part.at for part in other.parts):
            seen.update(part.at for part in other.parts)
            yield other, other.whole
    view = _by_view(analysis, group, before.values())
    if view is not None and not seen.intersection(part.at for part in view.parts):
        yield view, view.whole


@rule(
    "NM102",
    "parts-total-mismatch",
    severity=Severity.ERROR,
    bad=(
        "排查发现问题⟦20个⟧，已整改13个，其余6个正在推进。",
        "全年受理投诉⟦156件⟧，其中噪声类71件、油烟类46件，其余29件为其他类型。",
        "优61天、良102天，优良天数合计⟦165天⟧。",
    ),
    good=(
        "排查发现问题20个，已整改13个，其余7个正在推进。",
        "立案26起，其中大气类11起、水类6起。",
        "共性问题17个，已完成11个问题整改，6个正在按时序推进。",
        "排查隐患50处，其中重大隐患5处，已整改42处，剩余8处限期整改。",
    ),
)
def parts_total_mismatch(analysis: Analysis) -> Iterator[Outcome]:
    """分项之和与总数不符。

    有“其余”“剩余”“分为”“合计”“已完成……正在推进”一类收尾的词，所列分项就是全部，加起来应当等于总数。改了一处忘了改另一处，就会对不上。

    两种单位并列的（三期培训的期数和人次、几类案件的件数和人数），一种单位正好加得起来，另一种也应当加得起来。

    赞成、反对、弃权加起来是有效票；优秀、良好、一般加起来不会比参评的多；“五项任务中，前三项已完成，后两项”、按 3∶2 分的名额、三个科室各抽调
    2 名组成的专班，也是一加就知道。

    隔着增减、完成投资写的几项与“两项合计”也相加；几项加起来正是合计、项数却写错的，报项数；数字加得起来、总数的单位却差得远的，报单位。

    总数是并列几个中的一个（12个县和28个部门）、分项在另一段时间、总数本身已是前面几项之和的，不核对。

    “其中”后面可以只举几项，没有收尾的词不核对；分项有重叠（一案多类）、计量单位不同、带“余”“约”的不核对；
    相差太远的多半不是总分关系，只计入“未能核对”。
    """
    told: set[Span] = set()
    wrong: set[Span] = set()  # the totals reported, in the document
    for found, closer in partitions(analysis):
        if found is not None:
            told.update(claim.at for claim in (found.whole, *found.parts))
        if found is None:
            yield Abstained(closer.quantity.span, "没有找到分项所属的总数")
            continue
        if not adds_up(found.whole, found.parts):
            found = _whole_list(analysis, found)
        if not adds_up(found.whole, found.parts) or _told_flat(found):
            gap = abs(found.total - found.whole.quantity.value)
            planned = is_plan(analysis, found.whole) and not (
                _SUMMED_FLAT.search(found.whole.lead)
                or _all_planned(found)
                or (by_state(found.parts) and found.parts[-1].rest)
            )
            if (
                (gap > found.whole.quantity.value * FAR and not _overfull(found))
                or planned
                or _TWICE.match(analysis.reading.text, found.whole.at.end)
                or _left_behind(analysis.reading.text, found)
                or _overlaps(analysis.reading.text, found)
                or _running(found)
                or _joined(analysis, found)
                or _of_more(analysis, found)
            ):
                yield Abstained(closer.quantity.span, "分项与总数相差太远，未必是总分关系")
                continue
            yield Checked(found.whole.quantity.span)
            wrong.add(found.whole.quantity.span)
            yield _mismatch(found)
            continue
        yield Checked(found.whole.quantity.span)
    text = analysis.reading.text
    if "反对" in text or "不同意" in text or "不赞成" in text:
        from reportlint_rules.numbers.parts.ballots import ballots

        yield from ballots(analysis)
    if analysis.holds(_FIRST):
        from reportlint_rules.numbers.counts.held import first_and_rest

        yield from first_and_rest(analysis)
    if analysis.holds(_ALLOTTED):
        from reportlint_rules.numbers.parts.allotted import allotted

        places = {analysis.span(at) for at in told}
        for outcome in allotted(analysis):
            if not isinstance(outcome, Finding) or outcome.span not in places:
                yield outcome
    if _in_other_units(analysis):
        from reportlint_rules.numbers.parts.moved_lists import moved_lists

        yield from (each for each in moved_lists(analysis) if each.span not in wrong)
    if analysis.holds(_SO_MANY_SUMMED):
        from reportlint_rules.numbers.parts.miscounted import miscounted

        yield from miscounted(analysis)
    for found in further_lists(analysis):
        if not told.intersection(part.at for part in found.parts):
            told.update(claim.at for claim in (found.whole, *found.parts))
            yield Checked(found.whole.quantity.span)
            if not adds_up(found.whole, found.parts) and not _of_more(analysis, found):
                yield _mismatch(found)


_FIRST = compiled(r"，(?:其中)?[前头][一二两三四五六七八九十\d]{1,3}[项个条家件类处座所期批名户章]")
_ALLOTTED = compiled(r"[满总]分(?:为|值)?\d+分|按照?\d+[∶:：]\d|各(?:自)?(?:抽|选|派|出|推)")
_SO_MANY_SUMMED = compiled(r"，[两二三四五六七八2-8][项类块笔][一-龥]{0,6}共?[合总共]")
_SUMMED_FLAT = compiled(r"(?:合计|总计|共计|相加)(?:共|为|达|金额)?$")
_A_HAIR = Decimal("0.02")
#: A total so many times the first of its parts may have a slipped point.
_OUT_OF_SCALE = 500


def _in_other_units(analysis: Analysis) -> bool:
    """Whether a total and what 其中 lists of it are told in units of different size, or the total in digits enough for a slipped point."""
    return any(
        part.lead.startswith("其中")
        and whole.quantity.kind == part.quantity.kind
        and whole.quantity.unit.kind != "count"
        and (
            whole.quantity.unit is not part.quantity.unit
            or whole.quantity.magnitude != part.quantity.magnitude
            or whole.quantity.value > _OUT_OF_SCALE * part.quantity.value
        )
        for whole, part in zip(analysis.claims, analysis.claims[1:], strict=False)
    )


def _told_flat(found: Partition) -> bool:
    """1.35亿元、7500万元，两项合计2亿元: a sum without decimals and without 约, beside parts that have them and come to another."""
    whole = found.whole.quantity
    return (
        "." not in whole.text
        and whole.step > max(part.quantity.step for part in found.parts)
        and _SUMMED_FLAT.search(found.whole.lead) is not None
        and abs(found.total - whole.value) > whole.value * _A_HAIR
    )


def _overlaps(text: str, found: Partition) -> bool:
    """Whether the words behind a list say that some of it has been counted twice."""
    end = max(found.whole.at.end, found.parts[-1].at.end)
    return found.total > found.whole.quantity.value and _TWICE.match(text, end) is not None


def _running(found: Partition) -> bool:
    """一季度620人，上半年累计1180人，前三季度累计1730人: each holds the one before."""
    return "累计" in found.whole.lead and any("累计" in part.lead for part in found.parts)


def _whole_list(analysis: Analysis, found: Partition) -> Partition:
    """其中开工8个、在建4个、竣工3个: the list with what is joined to the last of its parts, where that is one more of the kinds."""
    more = _joined(analysis, found)
    parts = (*found.parts, *more)
    if more and exclude_each_other([noun_of_part(part) for part in parts]):
        return found._replace(parts=parts)
    return found


def _joined(analysis: Analysis, found: Partition) -> tuple[Claim, ...]:
    """The figures of the same unit that are joined to the last of the parts."""
    parts = list(found.parts)
    last = parts[-1]
    text, claims = analysis.reading.text, analysis.claims
    for claim in claims[bisect_right(analysis.claim_starts, last.at.start) :]:
        if not same_unit(claim.quantity, last.quantity) or "、" not in text[parts[-1].at.end : claim.at.start][:3]:
            break
        parts.append(claim)
    return tuple(parts[len(found.parts) :])


def _of_more(analysis: Analysis, found: Partition) -> bool:
    """Whether the parts may be of more than the total that stands before them."""
    if found.whole.at > found.parts[0].at:
        return _sum_of_others(analysis, found)
    from reportlint_rules.numbers.parts.other_wholes import may_be_of_more

    return may_be_of_more(analysis, found)


#: How many figures before a sum it may be the sum of.
_SUMMANDS = 10


def _sum_of_others(analysis: Analysis, found: Partition) -> bool:
    """国控断面7个全部达标，省控断面有9个达标、2个为Ⅳ类，优良断面合计16个: whether two or three others of the paragraph come to it."""
    whole = found.whole
    end = bisect_right(analysis.claim_starts, whole.at.start) - 1
    before = [
        claim
        for claim in analysis.claims[max(0, end - _SUMMANDS) : end]
        if claim.paragraph == whole.paragraph and same_unit(claim.quantity, whole.quantity)
    ]
    return any(
        sum(claim.quantity.value for claim in some) == whole.quantity.value
        and not all(claim in found.parts for claim in some)
        for size in (2, 3)
        for some in combinations(before, size)
    )


def _all_planned(found: Partition) -> bool:
    """整治48条，其中上半年18条，下半年30条: a plan and the whole of it by kinds."""
    return found.parts[0].subset and exclude_each_other([noun_of_part(part) for part in found.parts])


def _left_behind(text: str, found: Partition) -> bool:
    """Whether what stands in the clause of 其中 is all there is of it: 生猪存栏20万头，其中母猪3万头；肉牛存栏3万头；肉羊存栏19万头."""
    whole, first, second = found.whole, found.parts[0], found.parts[1]
    return (
        first.subset
        and not found.parts[-1].rest
        and "；" in text[first.at.end : second.at.start]
        and "；" not in text[whole.at.end : first.at.start]
        and second.lead[-2:] == whole.lead[-2:]
        and abs(found.total - whole.quantity.value) > whole.quantity.value * A_LITTLE
    )


def _overfull(found: Partition) -> bool:
    """Whether kinds that exclude each other, under 其中, come to more than their total: that no other reading explains."""
    nouns = [noun_of_part(part) for part in found.parts]
    closed = found.strict and len(found.parts) > 2 and found.parts[-1].rest
    return found.parts[0].subset and found.total > found.whole.quantity.value and (closed or exclude_each_other(nouns))


def _mismatch(found: Partition) -> Finding:
    whole = found.whole.quantity
    terms = "＋".join(part.quantity.text for part in found.parts)
    total = scaled(found.total, whole)
    return Finding(
        whole.span,
        Message(
            f"{terms}＝{total}，与总数 {whole.text} 不符，请核对",
            f"{terms}＝{total}, but the total is given as {whole.text}",
        ),
        related(found.parts, "分项"),
        severity=Severity.ERROR if found.strict and whole.unit.kind == "count" else Severity.WARNING,
    )
