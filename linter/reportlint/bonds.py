"""Which total a part belongs to: shared by every rule that compares counts.

A part belongs to totals printed before it, in the same unit, in its own sentence, or in the sentence before when its own
begins by continuing (已完成…, 目前…). Where the words name another thing the two are not bound at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from reportlint.analysis import Analysis
from reportlint.claims import AMONG_THEM, CHANGES, Claim, Role, among, is_closing
from reportlint.numbers import same_unit
from reportlint.patterns import compiled
from reportlint.phrase import before, behind
from reportlint.record import NamedTuple
from reportlint.scope import dimensions

_CONTINUES = compiled(
    r"(?:[（(]?(?:目前|截至目前|截止目前|截至|现|现已|已|均|其中|到目前|至目前|迄今|年底前|经过|通过|对此|累计))"
)
#: Nouns of closed sets: what was found, received or handed over cannot be done more often than it was there.
_CLOSED_NOUN = compiled(
    r"问题|隐患|线索|工单|信访件|举报件|投诉件|转办件|交办件|案件|提案|建议|议案|诉求|事项|断面|点位|排污口|排口|积案|纠纷|病死|图斑|疑点"
)
_OPEN_NOUN = compiled(
    r"计划|年度任务|全年任务|目标|年度目标|预算|名额|指标|年初(?:确定|下达|计划|安排|预算|目标)|上年|去年|同期"
)
#: 核减重复登记项目2个: what is no longer counted.
_TAKEN_OUT = compiled(r"核减|剔除|扣除|重复|撤销|注销|退出")
_TIMES = compiled(r"上半年|下半年|[一二三四]季度|去年|上年|前年|今年|往年|20\d\d年")
_SINCE = compiled(r"累计|以来")
_SHORT = compiled(r"\d月|月份|季度|本月|当月|当日|本周|当天|期间")
_ALL_OF_THEM = compiled(r"^[^，；。]{0,10}(?:全部|均已|都已)")
_LISTED = compiled(r"列入|纳入|清单|名单|台账")
_SIDES = compiled(r"方面|大类|类(?!似)|领域|环节|批次")
#: 重点项目已开工, 目前已完成: what was done to the very things just counted, and nothing else named.
_TO_THEM = compiled(r"(?P<noun>[一-龥]{0,12}?)，?(?:截至|截止)?(?:现|目前)?已经?(?:全部)?(?P<deed>[一-龥]{2,6})")
#: Quotas may be over-fulfilled without the word: 年度安排26个, 任务26个.
_QUOTA = compiled(r"任务|安排|下达|要求|考核|确保|力争|应|拟|不少于|至少|需|须|名额|额度")
#: What leads to the next member of a list; sums and other times are none.
_NEXT_MEMBER = compiled(
    r"[、，](?:和|及)?(?!.*(?:共|总|合计|累计|全[年市县省区]|以来|[去上今明]年|同比|新增))[一-龥]{1,8}"
)
#: How near to a figure the noun stands that it counts.
_NEAR = 9
_DONE_WORDS = compiled(
    r"完成|整改|办结|销号|办理|结案|审结|解决|化解|落实|整治|治理|建成|竣工|完工|开工|通过|验收|合格|达标|答复|办复|移交|处置|处理|恢复|复垦|复耕|扑灭|拆除|关闭|消除|清退|发放|兑现"
    r"|规范化|标准化|建设|改造|创建|安装|配备|更新|修复|维修|加固|升级|提升|整修"
    r"|当场|立即|现场|限期|就地|立行|已|均|全部|现|目前|截至|累计|督促|推动|及时|实际|实现|其中|到位|完毕|了|并|也|并已|问题|任务|事项|剩余|其余|余下|有|的|为|达|共|占|率|上述|这些|以上|该"
)


#: 其中6人同时获得两项表彰，实际受表彰40人: what it comes to in the end, no part.
_IN_THE_END = compiled(r"实际(?:受|获|共|为|有|处分|涉及)|去重|剔除|扣除|合计|总计|共计")


#: 发现并整改问题54个, 交办整改事项17件: found and dealt with in one breath, they are a set of their own.
_FOUND_AND_DONE = compiled(
    r"(?:发现|排查|查出|查找|交办|下达|转办|受理|接受)(?:并|和|、)?(?:督促|推动|及时|立即)?(?:整改|办理|办结|处置|处理|解决|化解|答复|消除)"
)


class Bond(NamedTuple):
    """A part, every figure before it that might be its total, and the nearest one that surely is."""

    part: Claim
    wholes: tuple[Claim, ...]
    whole: Claim
    stocks: tuple[Claim, ...] = ()

    @property
    def drawn_from_all(self) -> bool:
        """Whether the part may draw on several totals printed side by side: 存量126个、增量32个，已化解150个."""
        values = {stock.quantity.value for stock in self.stocks}  # a total named twice (在这214处中) is one
        return len(values) > 1 and self.part.quantity.value <= sum(values)


@lru_cache(maxsize=2048)
def is_closed(claim: Claim) -> bool:
    """Whether ``claim`` counts a set that cannot be over-fulfilled."""
    if claim.planned or claim.carried or claim.role in CHANGES or _TAKEN_OUT.search(claim.lead):
        return False
    if claim.role in (Role.NONE, Role.TOTAL) and _ALL_OF_THEM.search(claim.trail):
        return True  # 45个老旧小区全部进场: what all was done to is all there is
    if _OPEN_NOUN.search(claim.lead):
        return False
    if claim.role is Role.TOTAL:
        return claim.closed or is_closing(claim.lead) or _CLOSED_NOUN.search(claim.lead + claim.trail[:8]) is not None
    return claim.role in (Role.NONE, Role.VALUE) and _CLOSED_NOUN.search(claim.lead[-8:] + claim.trail[:8]) is not None


@lru_cache(maxsize=4096)
def _bigrams(words: str) -> frozenset[str]:
    return frozenset(words[i : i + 2] for i in range(len(words) - 1))


@lru_cache(maxsize=2048)
def own_noun(claim: Claim) -> str:
    """What the part itself says it counts, once the words of doing are taken away; empty where it leaves that to the total."""
    words = before(claim.lead)
    if words.verb and not words.noun and not behind(claim.trail):
        return ""  # 已拆除重建92户: the deed alone
    return _DONE_WORDS.sub("", claim.noun)


def same_thing(part: Claim, whole: Claim) -> bool:
    """Whether the part may count what the total counts: it names nothing, or names it with a word of the total's."""
    if _other_scope(part, whole) or _cumulative_beside_period(part, whole):
        return False
    noun = own_noun(part)
    if len(noun) < 2:
        return True
    if _LISTED.search(whole.lead) and part.clause - whole.clause == 1 and part.role is Role.DONE:
        return True  # 列入清单的32家市场，已完成快检室改造35家: the list itself is what is worked off
    return bool(_bigrams(noun) & _bigrams(whole.lead[-_NEAR:] + "，" + whole.trail[:_NEAR]))


def _other_scope(part: Claim, whole: Claim) -> bool:
    """Whether both name their round, level or network and name different ones: 第一轮 and 第二轮, 国控 and 省控."""
    return any(
        mine is not None and its is not None and mine[0] != its[0]
        for mine, its in (
            (pattern.search(part.lead), pattern.search(whole.lead)) for pattern in (*dimensions().values(), _TIMES)
        )
    )


def _cumulative_beside_period(part: Claim, whole: Claim) -> bool:
    """11月份发布预警3次，年初以来累计发布46次: the part counts a longer time than the total."""
    return _SINCE.search(part.lead) is not None and _SHORT.search(whole.lead) is not None


#: 夏粮单产292公斤，其中小麦单产296公斤: a mean holds no parts.
_OF_EACH = compiled(r"单产|亩产|[人户亩日月年头株]均|平均|均价|单价")


#: 过百亿元的企业5家，其中过千亿元的1家: how large a thing has to be, of which the number follows.
_OVER = compiled(r"(?:过|超|破|以上|达到?)$")
_IS_SO = compiled(r"的?[一-龥]{1,8}(?:\d|$)")

#: 净增1254户，其中新登记2480户; 除17户暂未返乡外，347户已完成: a difference, and what is left out, hold no parts.
_NO_WHOLE = compiled(r"净[增减流迁]|^除[了去]?$")


def bonds(analysis: Analysis) -> Iterator[Bond]:
    """Every part or done count that has a total it can be compared with."""
    previous: list[Claim] = []
    for group in analysis.by_sentence:
        counted = [claim for claim in group if claim.countable]
        listed: Bond | None = None
        for index, part in enumerate(counted):
            if listed is not None and _goes_on(analysis, listed.part, counted[index - 1], part):
                listed = Bond(part, listed.wholes, listed.whole, listed.stocks)
                yield listed
                continue
            listed = None
            if not _is_part(part) or part.planned or part.carried or _OF_EACH.search(part.lead):
                continue
            if _OVER.search(part.lead) and _IS_SO.match(part.trail):
                continue
            before = [
                claim
                for claim in counted[:index]
                if same_unit(claim.quantity, part.quantity) and not _NO_WHOLE.search(claim.lead)
            ]
            if not before and _continues(analysis, part, previous):
                before = [claim for claim in previous if same_unit(claim.quantity, part.quantity)]
                if "其中" not in part.lead:  # which may speak of any figure of the sentence before
                    before = before[-1:]
            anchor = _anchor(group, part, before)
            if anchor is not None:
                listed = Bond(part, (anchor,), anchor, _stocks(counted[:index], part))
                yield listed
                continue
            if part.subset and _own_whole(before) is None:
                continue
            wholes = tuple(claim for claim in before if _may_hold(claim, part))
            sure = next((claim for claim in reversed(wholes) if _holds(claim, part)), None)
            if sure is not None and not _starts_anew(analysis, sure, part):
                earlier = [
                    claim
                    for claim in previous
                    if same_unit(claim.quantity, part.quantity) and claim.paragraph == part.paragraph
                ]
                yield Bond(part, wholes, sure, _stocks([*earlier, *counted[:index]], part))
        previous = counted


def _anchor(group: Sequence[Claim], part: Claim, before: Sequence[Claim]) -> Claim | None:
    """What 其中 right before the part looks back to: the figure of its unit in the clause before, whatever it is called.

    ``None`` where the bond does not need it: the figure is a total by its own words, or is itself one of a list of parts.
    """
    if (
        not before
        or not part.lead.startswith(("其中", *AMONG_THEM))
        or before[-1].sentence != part.sentence
        or before[-1].depth != part.depth
    ):
        return None
    whole = before[-1]
    place = group.index(whole)
    if (
        part.beat - whole.beat != 1
        or whole.planned
        or whole.carried
        or whole.role in CHANGES
        or whole.role is Role.BASE
    ):
        return None
    other_unit = place > 0 and not same_unit(group[place - 1].quantity, whole.quantity)
    if whole.subset and not (other_unit and "其中" not in whole.lead):
        return None
    return whole if _listed_alone(group, place) else None


def _goes_on(analysis: Analysis, last: Claim, before: Claim, part: Claim) -> bool:
    """Whether the part is the next member of the list that 其中 opened: 其中化工3家、印染92家."""
    return (
        last is before
        and part.subset
        and part.role in (Role.NONE, Role.PART)
        and not (part.planned or part.carried)
        and same_unit(last.quantity, part.quantity)
        and _NEXT_MEMBER.fullmatch(analysis.reading.text, last.at.end, part.at.start) is not None
    )


def _listed_alone(group: Sequence[Claim], place: int) -> bool:
    """Whether the figure is not the last of several side by side, of all of which 其中 may speak."""
    return place == 0 or group[place - 1].clause != group[place].clause


def _starts_anew(analysis: Analysis, whole: Claim, part: Claim) -> bool:
    """Whether a semicolon parts the two and the part names what it counts: 新签约项目6个；开工项目12个."""
    parted = "；" in analysis.reading.text[whole.at.end : part.at.start]
    return parted and not part.subset and len(own_noun(part)) > 1 and "已" not in part.lead


def _stocks(before: Sequence[Claim], part: Claim) -> tuple[Claim, ...]:
    """The totals right before the part, up to the last figure that is itself done or taken from another."""
    run: list[Claim] = []
    for claim in reversed(before):
        if _SIDES.match(claim.trail):
            continue  # 4个方面28个问题: the sides are no stock
        if (
            (claim.role is Role.DONE and not _shares_total(before, claim))
            or claim.subset
            or claim.role in CHANGES
            or not same_unit(claim.quantity, part.quantity)
        ):
            break
        if run and _other_scope(run[-1], claim):
            break
        run.append(claim)
    return tuple(run)


def _shares_total(before: Sequence[Claim], claim: Claim) -> bool:
    """Whether the figure is joined to a total by 、: 受理设计审核21件、竣工验收17件 are both what was received."""
    place = before.index(claim)
    first = before[place - 1] if place else None
    return (
        first is not None
        and first.clause == claim.clause
        and first.role is Role.TOTAL
        and same_unit(first.quantity, claim.quantity)
        and not claim.lead.startswith("已")
    )


def _own_whole(before: Sequence[Claim]) -> Claim | None:
    """What 其中 looks back to: the nearest figure of its unit that is not itself a part; ``None`` where that one is no total."""
    nearest = next((claim for claim in reversed(before) if not claim.subset), None)
    return nearest if nearest is not None and nearest.role not in CHANGES and nearest.role is not Role.BASE else None


def _is_part(claim: Claim) -> bool:
    if claim.role in (Role.PART, Role.NONE):
        return claim.subset and _IN_THE_END.match(claim.lead) is None
    if claim.role is Role.DONE:
        return claim.subset or _FOUND_AND_DONE.search(claim.lead) is None
    return claim.role is Role.PENDING and (claim.subset or claim.rest)


def _may_hold(whole: Claim, part: Claim) -> bool:
    return whole.role not in CHANGES and whole.role is not Role.BASE and whole.depth <= part.depth


def _holds(whole: Claim, part: Claim) -> bool:
    """Whether ``whole`` surely is a total of ``part``: a closed set, or the thing before 其中."""
    if whole.subset and not part.subset:
        return False
    if "其中" in part.lead or part.lead.startswith(AMONG_THEM) or among(whole.trail):
        # 其中 and “……中” say themselves that they speak of the total, whatever it is; without them the total must be a closed set.
        return not (whole.subset or whole.planned or whole.carried)
    if part.role in (Role.PART, Role.NONE):
        listed = part.lead.endswith(("的", "的有"))
        return not whole.subset and (listed or same_thing(part, whole)) and not (whole.planned or whole.carried)
    return (is_closed(whole) and same_thing(part, whole)) or _done_to_them(part, whole)


def _done_to_them(part: Claim, whole: Claim) -> bool:
    """Whether the things counted are themselves what was worked off: 26个重点项目已开工29个; 全县26个项目，目前已开工29个.

    A verb before the total (新建26个, 签约26个) makes it a count of another deed, unless both stand in one clause.
    """
    near = part.clause == whole.clause
    if part.role is not Role.DONE or part.subset or part.sentence != whole.sentence or part.clause - whole.clause > 1:
        return False
    # What was done stands behind the total as well as before the part: it is the part's.
    plain = whole.role is Role.NONE or (
        near and whole.role is Role.DONE and whole.cue and whole.cue.word not in whole.lead
    )
    if (
        not plain
        or whole.quantity.kind != "count"
        or whole.planned
        or whole.carried
        or _OPEN_NOUN.search(whole.lead)
        or _QUOTA.search(whole.lead if near else whole.lead + whole.trail)
        or (not near and before(whole.lead).verb)
    ):
        return False
    said = _TO_THEM.fullmatch(whole.trail if near else f"{whole.trail}，{part.lead}")
    return said is not None and not _DONE_WORDS.sub("", said["deed"])


def _continues(analysis: Analysis, part: Claim, previous: Sequence[Claim]) -> bool:
    """Whether the part's sentence goes on speaking of what the sentence before counted."""
    if not previous or previous[-1].paragraph != part.paragraph or part.sentence != previous[-1].sentence + 1:
        return False
    start = analysis.sentences[part.sentence].at.start
    return _CONTINUES.match(analysis.reading.text, start) is not None or len(own_noun(part)) < 2
