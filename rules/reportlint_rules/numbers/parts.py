"""NM102: parts that do not add up to their total."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from itertools import combinations

from reportlint.aligned import Aligned, aligned
from reportlint.analysis import Analysis
from reportlint.bonds import is_closed, own_noun
from reportlint.claims import CHANGES, Claim, Role, among
from reportlint.files import beside, lines
from reportlint.finding import Abstained, Checked, Finding, Message, Outcome, Severity
from reportlint.numbers import Quantity, same_unit
from reportlint.numerals import whole_number
from reportlint.patterns import compiled
from reportlint.phrase import before as words_before
from reportlint.phrase import behind
from reportlint.record import NamedTuple
from reportlint.rule import rule
from reportlint.scope import scopes
from reportlint.span import Span
from reportlint_rules.numbers.figures import related, scaled

#: What follows a figure that counts what is still to be done.
_STILL_OPEN = compiled(
    r"(?:[^，；。、]{0,6}?)(?:正在|正按|正有序|尚未|尚在|未完成|未整改|未办结|未销号|仍在|仍未|还在|还未|有待|持续推进|在办|按(?:时序|计划|序时)|需(?:要)?(?:长期|持续|继续))"
)
#: Words that say the list which follows is the whole of it.
_SORTED = compiled(r"分为|按[^，；。]{1,8}(?:分|划分|统计|计)[，：]?|构成为")
#: Words that sum up what was just listed.
_SUMMED = compiled(
    r"(?:([两二三四五六七八九2-9])[项者类块笔方])?(?:合计|总计|共计|总共|相加|累计)(?:共|为|达)?$|([两三四五六七2-7])[项类者方]共(?:计|有)?$"
)
#: 合计 and the like sum up a list; 累计 does so only where it says how many items it sums.
_SUMS_ALONE = compiled(r"(?:合计|总计|共计|相加)(?:共|为|达)?$")
#: 在职136人、退休86人，共222人: the sum of a list whose members are all there.
_COMES_TO = compiled(r"(?:一共|共计|总共|合计|总计|共)(?:有|为)?")
_TOGETHER = compiled(r"(?<![公中])共(?:计|有)?$")
#: 结婚登记2315对、离婚登记864对，共办理婚姻登记: the sum names again what every member ends in.
_TOGETHER_OF = compiled(r"(?:一共|(?<![公中])共(?:计|有)?|合计|总计)(?P<words>[一-龥]{2,10})$")
#: What one thing may be besides something else, and words that say so.
_SEVERAL = compiled(
    r"女|男|党员|团员|以上|以下|学历|职称|残疾|贫困|困难|留守|民族|优秀|重点|重大|较大|特困|独生|骨干|省级|市级|国家级|涉|含|反映|新增|新建|已|完成|获|在职|年龄|岁|首次|再次|多次|其他"
)
#: Sums of money are split by where they come from or go to, and may be looked at again by what they are for.
_SEVERAL_SUMS = compiled(
    r"已|完成|到位|支付|年度|今年|当年|本期|新增|重点|重大|含|以上|以下|其他|专项债|累计|人均|民生|贷款余额|同比|结余|上年"
)
#: Cases, problems and people are sorted in more than one way.
_MANY_SIDED = compiled(
    r"类$|方面$|领域$|污染$|问题|隐患|案|信访|举报|投诉|诉求|线索|工单|人员$|干部|群众|学生|教师|职工|户$|企业|单位|病例|患者|者$"
)
_TURN = compiled(r"第?([一二三四五六七八九])(期|批|批次|轮|阶段|场|季度|组|班)[一-龥]{0,6}$")
_IN_ALL = compiled(r"(?:项目|工程|三期|两期|全部)?(?:总投资|总额|总量|总面积|合计|共计|总计)")
_VIEW = compiled(
    r"(?:[（(]?[一二三四五六\d]{1,2}[）)、.])?(?:分|按|从)[一-龥]{1,6}?(?:来看|看|来分|分|划分|角度看)[，：]?"
)
#: By how much of the total a list with two digits swapped may fall short of it.
_SHORT = Decimal("0.15")
_A_LITTLE = Decimal("0.08")
_HARDLY = Decimal("0.05")
#: 金额2.3亿元 behind 31笔: what a second figure of the same thing may be called.
_AMOUNT = compiled(r"共计?|合计|涉及|涉案|金额|面积|资金|总?投资|总?面积|人员|学生|人口|约|计|为")
_NEGATED = compiled(r"(?:不|未|非|没有)([一-龥]{2})")
_STOCK = compiled(r"旧存|旧收|存案|结转|结存|期初|原有|往年|历年|加上|遗留")
_NEGATED_BEHIND = compiled(r"[一-龥]{0,3}?(?:未|没有?|不)([一-龥]{2})")
_PARTLY = compiled(r"等[一-龥]{0,8}$|等$")
_FAR = Decimal("0.5")
_MOST_PARTS = 12


class Partition(NamedTuple):
    """A total, the parts that are said to make it up, and how surely: ``strict`` where 其余 or 剩余 closes the list."""

    whole: Claim
    parts: tuple[Claim, ...]
    strict: bool

    @property
    def total(self) -> Decimal:
        """The sum of the parts as printed."""
        return sum((part.quantity.value for part in self.parts), Decimal(0))


def adds_up(whole: Claim, parts: Sequence[Claim]) -> bool:
    """Whether the parts can add up to the whole, given how finely all are printed."""
    low = sum((part.quantity.low or Decimal(0) for part in parts), Decimal(0))
    high = sum((part.quantity.high or part.quantity.value for part in parts), Decimal(0))
    printed = whole.quantity
    return (printed.low is None or high >= printed.low) and (printed.high is None or low <= printed.high)


def _summable(claim: Claim) -> bool:
    return claim.countable and claim.role not in CHANGES and claim.role is not Role.BASE


class _Classes(NamedTuple):
    """A classification that leaves nothing out: an expression per member, and what its total is called where that matters."""

    members: tuple[str, ...]
    of: re.Pattern[str] | None


@lru_cache(maxsize=1)
def _classes() -> dict[int, list[_Classes]]:
    """Every classification known, by the number of its members."""
    found: dict[int, list[_Classes]] = {}
    for line in lines(beside(__file__, "classes.tsv")):
        members, _, of = (*line.split("\t"), "")[:3]
        row = _Classes(tuple(members.split()), compiled(of) if of else None)
        found.setdefault(len(row.members), []).append(row)
    return found


def classified(labels: Sequence[str]) -> _Classes | None:
    """The classification whose members ``labels`` are, in order."""
    if labels and _last_members().search(labels[-1]):
        for row in _classes().get(len(labels), ()):
            if _names(row.members[-1], labels[-1]) and all(map(_names, row.members, labels)):
                return row
    return None


def _names(member: str, label: str) -> bool:
    words = _words(member)
    return any(word in label for word in words) if words else compiled(member).search(label) is not None


@cache
def _words(member: str) -> tuple[str, ...]:
    """The words that the expression of a member is made of; none where it is made of more, as few are."""
    words = tuple(member.split("|"))
    return words if all(map(str.isalnum, words)) else ()


def _label(claim: Claim) -> str:
    return claim.lead + claim.trail[:6]


@lru_cache(maxsize=1)
def _last_members() -> re.Pattern[str]:
    """What can end a classification: most figures are done with after this one look."""
    return compiled("|".join(dict.fromkeys(row.members[-1] for rows in _classes().values() for row in rows)))


def _ends_classes(run: Sequence[Claim]) -> bool:
    """Whether the figures up to the last name every member of some classification."""
    if len(run) < 2 or not _last_members().search(_label(run[-1])):
        return False
    return any(_names_every_class(run[-size:]) for size in range(2, min(len(run), 5) + 1))


def _names_every_class(run: Sequence[Claim]) -> bool:
    return classified([_label(claim) for claim in run]) is not None


def _is_of(parts: Sequence[Claim], whole: Claim) -> bool:
    """Whether the classification that ``parts`` are can be one of ``whole``: 优 and 良 are not of 监测天数."""
    row = classified([_label(part) for part in parts])
    return row is None or row.of is None or row.of.search(_label(whole)) is not None


def _is_negation(claim: Claim, before: Sequence[Claim]) -> bool:
    """Whether the figure counts what another one of the list does not: 合格51个，不合格11个; 9个达标，4个未达标."""
    match = (_NEGATED.search(claim.lead) or _NEGATED_BEHIND.match(claim.trail)) if before else None
    if match is None:
        return False
    if any(match[1] in other.lead + other.trail and not _NEGATED.search(other.lead) for other in before):
        return True
    # 省级文物保护单位11处、…、尚未核定公布为文物保护单位的132处: the kind that is none of the others.
    kind = claim.lead.removesuffix("的")[-4:]
    return len(before) > 1 and len(kind) == 4 and all(other.lead.endswith(kind) for other in before[1:])


def _is_pending(claim: Claim) -> bool:
    return claim.role is Role.PENDING or _STILL_OPEN.match(claim.trail) is not None


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
            and (following.rest or _is_pending(following) or _is_negation(following, run))
        ):
            continue
        if claim.rest and not _one_of_others(claim, following):
            yield index, False
        elif _is_negation(claim, run[:-1]) and not _goes_on(text, claim, following):
            yield index, True
        elif any(other.role is Role.DONE for other in run[:-1]) and _is_pending(claim):
            yield index, False
        elif not _goes_on(text, claim, following) and _ends_classes(run):
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


def _closed_lists(text: str, seq: Sequence[Claim], before: Sequence[Claim]) -> Iterator[tuple[Partition | None, Claim]]:
    """Lists closed by 其余 or by what is still open, with the total they add up to or should; ``None`` where none can be told.

    ``before`` are figures of earlier sentences, of which those in the same paragraph may be totals.
    """
    closers = list(_closers(text, seq))
    if closers:
        before = [claim for claim in before if claim.paragraph == seq[0].paragraph]
    for index, sure in closers:
        closer = seq[index]
        level = [claim for claim in seq[: index + 1] if claim.depth == closer.depth][-_MOST_PARTS:]
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
                    text, [one for one in before if not _OF_PLAN.search(one.lead)][-1:], level, closer, sure=False
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
    named = (size for size in range(len(run), 1, -1) if _names_every_class(run[-size:]))
    return next((Partition(following, tuple(run[-size:]), strict=False) for size in named), None)


def _seen_again(text: str, before: Sequence[Claim], run: Sequence[Claim]) -> Partition | None:
    """共查处38.6万起，其中…。现场查处15.2万起，非现场查处23.6万起: another view of the paragraph's total, a little off."""
    parts = next((run[-size:] for size in range(2, len(run) + 1) if _names_every_class(run[-size:])), None)
    if parts is None or parts[0].sentence == (before[-1].sentence if before else parts[0].sentence):
        return None
    found = Partition(before[0], tuple(parts), strict=False)
    # 收入完成11.86亿元，为年初预算22.4亿元的52.9%。其中：税收收入…: the plan beside it is not what was taken in.
    opening = parts[0].at.start - len(parts[0].lead)
    under = parts[0].subset or text.startswith("其中：", opening - 3)
    totals = [
        claim
        for claim in before
        if not claim.subset and (under or claim.role is not Role.DONE) and not _OF_PLAN.search(claim.lead)
    ]
    greatest = max(part.quantity.value for part in parts)
    near = [
        whole
        for whole in totals
        if whole.quantity.value > greatest
        and abs(found.total - whole.quantity.value) <= whole.quantity.value * _A_LITTLE
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
        if any(whole in run and _names_every_class(run) for run in (level[-size:] for size in range(3, 6))):
            continue  # 中央级4.38亿元，省级0.72亿元，县级3.54亿元: the first member is no total
        # 12项改革任务已完成9项，剩余3项: done and the rest of it are the whole, whatever it is called.
        if _by_state(parts) and _STOCK.search(
            text, max(text.rfind("。", 0, whole.at.start) + 1, whole.at.start - 40), whole.at.start
        ):
            return None  # 上年结转38件，新受理416件，审结429件: what is done is taken from both
        left = len(parts) == 2 and parts[0].role is Role.DONE and closer.rest
        sure = sure or left or _by_state(parts)
        sure = sure or (closer.rest and len(parts) > 2 and (_opens(text, whole, parts[0]) or _plain(whole, parts)))
        # 我县有17处。截至10月底，14处已通水: a date alone may stand between.
        near = 2 if _by_state(parts) and len(own_noun(parts[0])) < 2 else 1
        adjacent = sure and parts[0].beat - whole.beat <= near and not _is_negation(parts[0], [whole])
        if not (is_closed(whole) or ((parts[0].subset or adjacent) and (left or not whole.planned))):
            continue
        if whole.subset and not (left and adjacent and _nearly(whole, parts)):
            continue  # 其中经营性2137栋，鉴定为危房的43栋，已整治41栋、剩余3栋: of the last named, where it nearly is
        negated = _NEGATED.search(closer.lead)
        if negated and negated[1] in whole.lead and not any(negated[1] in part.lead for part in parts[:-1]):
            return None  # 税收9.86亿元…；非税收入3.24亿元: what is not of the kind is beside it
        if _by_state(parts) or all(part.quantity.value <= whole.quantity.value for part in parts):
            if not _is_of(parts, whole):
                return None
            main = tuple(part for part in parts if not _is_aside(part, parts, closer))
            return Partition(whole, main, closer.rest or sure)
    return None


def _nearly(whole: Claim, parts: Sequence[Claim]) -> bool:
    """Whether the parts come to the whole but for a little."""
    total = sum((part.quantity.value for part in parts), Decimal(0))
    return abs(total - whole.quantity.value) <= whole.quantity.value * _SHORT


def _by_state(parts: Sequence[Claim]) -> bool:
    """Whether the parts are what is done and what is not, and nothing else: 已完成27项，正在推进13项，尚未启动2项."""
    return parts[0].role is Role.DONE and all(_is_pending(part) or part.rest for part in parts[1:])


def _plain(whole: Claim, parts: Sequence[Claim]) -> bool:
    """Whether kinds follow the total one by one, each a short noun: 车辆138辆，城区44辆、乡镇60辆、景区8辆，剩余37辆."""
    kinds = parts[:-1]
    return (
        len(kinds) > 2
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


def _summed_lists(group: Sequence[Claim]) -> Iterator[Partition]:
    """Lists followed by 合计 or 三项合计: the figures right before it, as many as it says."""
    for index, whole in enumerate(group):
        summed = (
            "计" in whole.lead or "共" in whole.lead or "加" in whole.lead
        )  # each word that may sum up has one of these
        if index < 2 or not summed or not _summable(whole):
            continue
        match = _SUMMED.search(whole.lead) or _said_together(group, index)
        if match is None:
            continue
        number = _number_of_items(group[:index], whole)
        parts: list[Claim] = []
        for claim in reversed(group[: index - (number > 0)]):
            listed = claim.role is Role.BASE and claim.countable and claim.clause == whole.clause  # 由12名律师、…共35人
            if not claim.lead and not same_unit(claim.quantity, whole.quantity) and claim.clause != whole.clause:
                continue  # 8支426人、19支612人，合计27支: a second measure of the same thing
            same = (
                (_summable(claim) or listed)
                and _sums_into(claim.quantity, whole.quantity)
                and claim.depth == whole.depth
            )
            if not same or (parts[-1] if parts else whole).clause - claim.clause > 1:
                break
            parts.append(claim)
        if len(parts) > 2 and parts[-1].quantity.value == whole.quantity.value and parts[-2].subset:
            parts.pop()  # 412人，其中…，合计412人: the total was named before its list
        spelt = next(filter(None, match.groups()), None)
        announced = number or (whole_number(spelt) if spelt else 0)
        fitting = next((size for size in range(len(parts), 1, -1) if adds_up(whole, parts[:size])), 0)
        if not fitting and announced and len(parts) >= announced:
            fitting = announced
        if not fitting and parts and not announced and (match.re is not _SUMMED or _SUMS_ALONE.search(whole.lead)):
            fitting = sum(part.clause == parts[0].clause or part.subset for part in parts)
        if fitting > 1:
            yield Partition(whole, tuple(reversed(parts[:fitting])), strict=False)


def _sums_into(part: Quantity, whole: Quantity) -> bool:
    """Whether the sum of such parts is counted in the unit of ``whole``: 企业215家、机构308家，合计523家次."""
    return same_unit(part, whole) or whole.unit.name == part.unit.name + "次"


def _said_together(group: Sequence[Claim], index: int) -> re.Match[str] | None:
    """12名律师、8名咨询师和15名代表共35人; 860人次、2340人次和9700人次，共12900人次: a list joined by 、 and its sum."""
    whole, run = group[index], list(group[max(0, index - _MOST_PARTS) : index])
    match = _TOGETHER.search(whole.lead) or _together_of(whole, run)
    if match is None or len(run) < 2 or whole.clause - run[-1].clause > 1:
        return None
    if match.re is _TOGETHER and whole.clause != run[-1].clause and match.start():
        # ，共发现问题13个 speaks of something else; ，专业技术人员共240人 sums up 高级32人、中级87人、初级121人.
        listed = [claim for claim in run if claim.clause == run[-1].clause]
        nouns = [_noun_of_part(claim) for claim in listed]
        if len(listed) < 2 or not (_names_every_class(listed) or _exclusive(nouns)) or run[-1].subset:
            return None
    joined = run[-1].clause == run[-2].clause and same_unit(run[-1].quantity, run[-2].quantity)
    # 其中国家级3个、省级5个，共8个 sums up the list, unless it tells the total again.
    again = run[-1].subset and any(claim.quantity.value == whole.quantity.value for claim in group[:index])
    return match if joined and not again else None


def _together_of(whole: Claim, run: Sequence[Claim]) -> re.Match[str] | None:
    """共办理婚姻登记 behind 结婚登记2315对、离婚登记864对: the sum of what each member of the list is called at its end."""
    match = _TOGETHER_OF.match(whole.lead)
    if match is None or len(run) < 2 or whole.clause - run[-1].clause != 1:
        return None
    listed = [claim for claim in run if claim.clause == run[-1].clause]
    nouns = [_noun_of_part(claim) for claim in listed]
    return match if len(listed) > 1 and all(noun[-2:] == match["words"][-2:] for noun in nouns) else None


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


def _sorted_lists(analysis: Analysis, seq: Sequence[Claim]) -> Iterator[Partition]:
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
        if len(parts) > 1 and not any(part.rest for part in parts) and not _PARTLY.search(parts[-1].trail):
            yield Partition(whole, tuple(parts), strict=False)


def _aligned_lists(group: Sequence[Claim]) -> Iterator[Partition]:
    """Lists with 分别 right behind their total: every member of a classification, or sets of one kind that exceed it together."""
    for index, whole in enumerate(group[:-2]):
        found = aligned(group, index + 1) if "分别" in group[index + 1].lead else None
        if (
            found is None
            or found.claims[0].clause - whole.clause != 1
            or not all(map(_summable, (whole, *found.claims)))
        ):
            continue
        if not all(same_unit(whole.quantity, claim.quantity) for claim in found.claims) or whole.planned:
            continue
        parts = Partition(whole, found.claims, strict=False)
        row = classified(found.names)
        exhaustive = row is not None and (row.of is None or row.of.search(_label(whole)) is not None)
        if exhaustive or (_one_kind(whole, found) and parts.total > whole.quantity.value):
            yield parts


_OF_PLAN = compiled(r"(?:为|占|完成|是)[^，。；]{0,4}(?:计划|任务|目标|预算)[^，。；]{0,4}$")
#: 到2024年底，全县公路总里程2846.3公里: how things stood, no plan.
_AS_OF = compiled(
    r"(?:截至|截止|到)(?:20\d\d年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:年?底|年?末)?，(?!力争|确保|计划|实现|拟|将)"
)


def _every_one(analysis: Analysis, whole: Claim, first: Claim) -> bool:
    """对9座矿山全覆盖体检，关闭2座: whether the words between say that all of them were gone through."""
    return "全覆盖" in analysis.reading.text[whole.at.end : first.at.start] or whole.lead.endswith(
        ("对", "对全市", "对全县", "对全区")
    )


def _is_plan(analysis: Analysis, whole: Claim) -> bool:
    """Whether the total is one that is aimed at, not one as of a day."""
    return whole.planned and not _AS_OF.match(analysis.reading.text, analysis.sentences[whole.sentence].at.start)


def _listed_under(analysis: Analysis, seq: Sequence[Claim]) -> Iterator[Partition]:
    """Lists under 其中 that make up their total, or a little more than it: kinds of things, each counted once."""
    for index, (whole, first) in enumerate(zip(seq, seq[1:], strict=False), 1):
        if index > 1 and first.beat - whole.beat == 1 and _OF_PLAN.search(whole.lead) and whole.trail.startswith("的"):
            # 造林2.36万亩，为年度任务2.2万亩的107.3%，其中人工造林0.84万亩: parts of what was done, not of the plan
            if seq[index - 2].beat + 1 != whole.beat:
                continue
            whole = seq[index - 2]
        elif first.beat - whole.beat != 1:
            continue
        if whole.depth != first.depth or _is_plan(analysis, whole):
            continue
        under = first.subset and ("其中" in first.lead or among(whole.trail))
        # 共摸底143个，保留96个，关停47个: kinds that leave nothing out of a closed set need no 其中.
        if not under and (
            _any_kind().match(_noun_of_part(first)) is None
            or not (is_closed(whole) or _every_one(analysis, whole, first))
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
            if claim.clause != parts[-1].clause and not _noun_of_part(claim):
                break  # 农村公路2561.6公里，公路密度为每百平方公里143.8公里
            words, opening = words_before(claim.lead), words_before(first.lead.rpartition("其中")[2])
            alike = words.turned and opening.turned and words.verb == opening.verb  # 街头采集…，团体采集…
            verbal = _is_pending(claim) or (
                claim.clause != parts[-1].clause and not alike and (words.verb or claim.role is Role.DONE)
            )
            if verbal and not _exclusive([_noun_of_part(part) for part in (*parts, claim)]):
                break  # 追回240万元，其中医院213万元、药店27万元，处以罚款61万元
            parts.append(claim)
        nouns = [_noun_of_part(part) for part in parts]
        joined = sum(part.clause == first.clause for part in parts)
        if 1 < joined < len(parts) and not _exclusive(nouns) and _exclusive(nouns[:joined]):
            # 其中高速68公里、农村公路2561公里，公路密度为每百平方公里143公里
            parts, nouns = parts[:joined], nouns[:joined]
        if len(parts) < 2:
            continue
        money = whole.quantity.kind == "money"
        overlapping = any((_SEVERAL_SUMS if money else _SEVERAL).search(kind) for kind in _kinds(nouns))
        exclusive = _exclusive(nouns)
        if not under and not exclusive:
            continue
        if (
            (overlapping and not exclusive)
            or not all(1 <= len(noun) <= 10 for noun in nouns)
            or _PARTLY.search(parts[-1].trail)
        ):
            continue
        found = Partition(whole, tuple(parts), strict=False)
        excess = (found.total - whole.quantity.value) / max(whole.quantity.value, Decimal(1))
        if len(set(nouns)) < len(nouns) or max(part.quantity.value for part in parts) > whole.quantity.value:
            continue  # one of them alone is more than the whole: another rule's matter, or no part
        if not exclusive and any(adds_up(whole, parts[:size]) for size in range(2, len(parts))):
            continue
        few = _A_LITTLE if len(parts) > 2 else Decimal(0)
        # A list that comes to a little less than its total was meant to come to it: of two hundred in published reports one does not.
        short = _HARDLY if len(parts) > 2 or exclusive else Decimal(0)
        if (
            adds_up(whole, parts)
            or 0 < excess <= (len(parts) if exclusive else _FAR if _apart(nouns, money=money) else few)
            or 0 < -excess <= short
            or (len(parts) > 2 and excess < 0 and -excess <= _SHORT and _has_swapped_digits(whole, parts))
        ):
            yield found


def _bare_lists(seq: Sequence[Claim]) -> Iterator[Partition]:
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
        nouns = [_noun_of_part(part) for part in parts]
        if len(parts) < 3 or len(set(nouns)) < len(nouns):
            continue
        if len({part.cue.word if part.cue and part.role is Role.TOTAL else "" for part in parts}) > 1:
            continue  # 网上立案、窗口立案、跨域立案 are of one kind; 发现, 受理 beside plain nouns are not
        if adds_up(whole, parts) or _has_swapped_digits(whole, parts):
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
    noun = _noun_of_part(claim)
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
    words = words_before(claim.lead)
    return remarked and not words.verb and 1 < len(words.noun) <= 10 and claim.role in (Role.NONE, Role.PART)


def _noun_of_part(part: Claim) -> str:
    return part.lead.rpartition("其中")[2].strip("有，、为：") or behind(part.trail)


def _kinds(nouns: Sequence[str]) -> list[str]:
    """What tells the nouns from each other: 农牧民, 企业 and 学生 of 农牧民党员, 企业党员 and 学生党员."""
    size = 0
    while (
        len(nouns) > 1
        and len({noun[-size - 1 :] for noun in nouns}) == 1
        and all(len(noun) > size + 1 for noun in nouns)
    ):
        size += 1
    return [noun[:-size] for noun in nouns] if size > 1 else list(nouns)


@lru_cache(maxsize=1)
def _exclusives() -> tuple[tuple[str, ...], ...]:
    """Every set of kinds that exclude each other: an expression per member."""
    rows = (line.split("\t")[0] for line in lines(beside(__file__, "exclusives.tsv")))
    return tuple(tuple(members.split()) for members in rows)


#: Ⅳ级, 三级医院, 第一种形态, C类: which grade, kind or turn of one thing.
_GRADE = compiled(
    r"第[一二三四五六七八九十](?=[一-龥])(?![级类等型档种次期批轮阶])|(?:第?[特一二三四五六七八九]|[ⅠⅡⅢⅣⅤⅥ]|[IV]{1,3}|\d?[A-E]|[甲乙丙丁])(?:级|类|等|型|档|种|次|期|批|轮|阶段)"
)


#: 二级及以下: the last grade, and what lies beyond it.
_OR_BEYOND = compiled(r"(?:及|和|或)?其?(?:以下|以上)$")


def _grades(nouns: Sequence[str]) -> bool:
    """Whether the nouns are grades of one thing: 5A级, 4A级; 一等奖, 二等奖."""
    nouns = [_OR_BEYOND.sub("", noun) for noun in nouns]
    found = [_GRADE.search(noun) for noun in nouns]
    rest = {noun[: match.start()] + noun[match.end() :] for noun, match in zip(nouns, found, strict=True) if match}
    return all(found) and len(rest) == 1 and len({match[0] for match in found if match}) == len(nouns)


@lru_cache(maxsize=1)
def _any_kind() -> re.Pattern[str]:
    """What any member of any such set may be called."""
    return compiled("|".join(dict.fromkeys(member for members in _exclusives() for member in members)))


def _exclusive(nouns: Sequence[str]) -> bool:
    """Whether each noun opens with another member of a set of kinds that exclude each other."""
    if _grades(nouns) or classified(nouns) is not None:
        return True
    if _any_kind().match(nouns[0]) is None:
        return False
    for members in _exclusives():
        found: set[int] = set()
        for noun in nouns:
            place = next((place for place, member in enumerate(members) if _opens_with(member, noun)), -1)
            if place < 0 or place in found:
                break
            found.add(place)
        else:
            return True
    return False


def _opens_with(member: str, noun: str) -> bool:
    words = _words(member)
    return noun.startswith(words) if words else compiled(member).match(noun) is not None


def _apart(nouns: Sequence[str], *, money: bool) -> bool:
    """Whether nothing can be counted under two of the nouns: sums of money, places and things of kinds that are named alike.

    A complaint may be about water and air, a person a woman and a teacher; 公办园 and 民办园 are two.
    """
    if any(_MANY_SIDED.search(noun) for noun in nouns):
        return False
    ends = {noun[-1] for noun in nouns}
    return money or (len(ends) == 1 and all(len(noun) > 1 for noun in nouns))


def _by_turns(analysis: Analysis, seq: Sequence[Claim]) -> Iterator[Partition]:
    """三期共培训286人，第一期86人、第二期92人、第三期78人: the terms of a series from the first on, as many as are announced."""
    text = analysis.reading.text
    for index, whole in enumerate(seq[:-2]):
        if "一" not in seq[index + 1].lead:
            continue
        parts: list[Claim] = []
        for claim in seq[index + 1 :]:
            turn = _TURN.search(claim.lead)
            if turn is None or "一二三四五六七八九".find(turn[1]) != len(parts) or claim.depth != seq[index + 1].depth:
                break
            parts.append(claim)
        if len(parts) < 2 or parts[0].clause - whole.clause > 2 or whole.planned or _TURN.search(whole.lead):
            continue
        turn = _TURN.search(parts[0].lead)
        start = analysis.sentences[whole.sentence].at.start
        said = (
            compiled(rf"([两二三四五六2-6])(?:个)?{turn[2]}").search(text[start : parts[0].at.start]) if turn else None
        )
        if said and whole_number(said[1]) == len(parts):
            yield Partition(whole, tuple(parts), strict=False)


def _then_all(seq: Sequence[Claim]) -> Iterator[Partition]:
    """一期投资2亿元、二期投资3.5亿元、三期投资1.5亿元，总投资7亿元: a series from the first on, and what it comes to."""
    for index, first in enumerate(seq):
        turn = _TURN.search(first.lead) if "一" in first.lead else None
        if turn is None or turn[1] != "一":
            continue
        parts = [first]
        for claim in seq[index + 1 :]:
            following = _TURN.search(claim.lead)
            if following is None or "一二三四五六七八九".find(following[1]) != len(parts) or following[2] != turn[2]:
                break
            parts.append(claim)
        end = index + len(parts)
        whole = seq[end] if end < len(seq) else None
        if len(parts) > 1 and whole is not None and whole.clause - parts[-1].clause == 1 and _IN_ALL.match(whole.lead):
            yield Partition(whole, tuple(parts), strict=False)


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
        if claim.clause - parts[-1].clause > 1 or not same_unit(claim.quantity, first.quantity) or not _summable(claim):
            break
        parts.append(claim)
    if len(parts) < 2 or not _summable(first) or _PARTLY.search(parts[-1].trail):
        return None
    totals = [claim for claim in earlier if same_unit(claim.quantity, first.quantity) and _summable(claim)]
    found = [Partition(whole, tuple(parts), strict=False) for whole in totals]
    if not found or any(adds_up(each.whole, each.parts) for each in found):
        return None
    near = [
        each for each in found if abs(each.total - each.whole.quantity.value) <= each.whole.quantity.value * _A_LITTLE
    ]
    return near[0] if len(near) == 1 and near[0].whole is totals[0] else None


def _one_kind(whole: Claim, found: Aligned) -> bool:
    """Whether the members differ by a scope alone and are of what the total counts: 断面13个，国控、省控、市控断面."""
    dimensions = [scopes(name) for name in found.names]
    shared = set(dimensions[0]).intersection(*dimensions[1:])
    return (
        len(found.head) > 1
        and whole.lead.endswith(found.head[-2:])
        and any(len({each[name] for each in dimensions}) == len(dimensions) for name in shared)
    )


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
    if following is None or not _summable(following) or same_unit(following.quantity, claim.quantity):
        return None
    if verb:
        return following if verb in following.lead and following.clause == claim.clause else None
    bare = not _AMOUNT.sub("", following.lead) and following.clause - claim.clause <= 1
    return following if bare and following.depth - claim.depth in (0, 1) else None


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


def _told_lists(analysis: Analysis, seq: Sequence[Claim]) -> Iterator[Partition]:
    """Lists that words or kinds tell to be complete, without a word that closes them."""
    if len(seq) > 1:
        yield from _sorted_lists(analysis, seq)
        yield from _listed_under(analysis, seq)
        yield from _bare_lists(seq)
        yield from _by_turns(analysis, seq)
        yield from _then_all(seq)


def partitions(analysis: Analysis) -> Iterator[tuple[Partition | None, Claim]]:
    """Every list of parts that claims to be complete, with the claim that told so."""
    before: dict[str, list[Claim]] = {}
    for group in analysis.by_sentence:
        chains: dict[str, list[Claim]] = {}
        for claim in group:
            if _summable(claim):
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
    holding: list[Partition] = []
    for partition in _summed_lists(group):
        seen.update(part.at for part in partition.parts)
        holding.append(partition)
        yield partition, partition.whole
    for partition in _rest_of_share(group):
        seen.update(part.at for part in partition.parts)
        yield partition, partition.whole
    for partition in _aligned_lists(group):
        seen.update(part.at for part in partition.parts)
        yield partition, partition.whole
    for unit, seq in chains.items():
        if len(seq) < 2 and unit not in before:
            continue
        for found, closer in _closed_lists(analysis.reading.text, seq, before.get(unit, ())):
            if closer.at in seen:
                continue
            seen.add(closer.at)
            if found:
                holding.append(found)
                seen.update(part.at for part in found.parts)
            yield found, closer
    for partition in (each for seq in chains.values() for each in _told_lists(analysis, seq)):
        if not seen.intersection(part.at for part in partition.parts):
            holding.append(partition)
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

    “其中”后面可以只举几项，没有收尾的词不核对；分项有重叠（一案多类）、计量单位不同、带“余”“约”的不核对；
    相差太远的多半不是总分关系，只计入“未能核对”。
    """
    for found, closer in partitions(analysis):
        if found is None:
            yield Abstained(closer.quantity.span, "没有找到分项所属的总数")
            continue
        if not adds_up(found.whole, found.parts):
            gap = abs(found.total - found.whole.quantity.value)
            planned = _is_plan(analysis, found.whole) and not (_by_state(found.parts) and found.parts[-1].rest)
            if (
                (gap > found.whole.quantity.value * _FAR and not _overfull(found))
                or planned
                or _left_behind(analysis.reading.text, found)
            ):
                yield Abstained(closer.quantity.span, "分项与总数相差太远，未必是总分关系")
                continue
            yield Checked(found.whole.quantity.span)
            yield _mismatch(found)
            continue
        yield Checked(found.whole.quantity.span)


def _left_behind(text: str, found: Partition) -> bool:
    """Whether what stands in the clause of 其中 is all there is of it: 生猪存栏20万头，其中母猪3万头；肉牛存栏3万头；肉羊存栏19万头."""
    whole, first, second = found.whole, found.parts[0], found.parts[1]
    return (
        first.subset
        and not found.parts[-1].rest
        and "；" in text[first.at.end : second.at.start]
        and "；" not in text[whole.at.end : first.at.start]
        and second.lead[-2:] == whole.lead[-2:]
    )


def _overfull(found: Partition) -> bool:
    """Whether kinds that exclude each other, under 其中, come to more than their total: that no other reading explains."""
    nouns = [_noun_of_part(part) for part in found.parts]
    closed = found.strict and len(found.parts) > 2 and found.parts[-1].rest
    return found.parts[0].subset and found.total > found.whole.quantity.value and (closed or _exclusive(nouns))


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
