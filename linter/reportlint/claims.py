"""Claims: what each figure of the text is said to be.

A claim binds a quantity to its place in the sentence: the words that lead to it, the part it plays (total, done, rate …), the
noun it counts. Binding goes by clause structure: between two figures of a clause the words belong to the second, until
they turn out to be the first one's noun. Number rules reason over claims and never read the text again.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import lru_cache

from reportlint.files import beside, lines
from reportlint.numbers import Quantity
from reportlint.patterns import any_of, compiled
from reportlint.record import NamedTuple, cached_property
from reportlint.span import Span
from reportlint.structure import Sentence

#: Kinds of figures that tell something of the one before them: growth, shares.
#: 平均每个镇街3.2人, 人均150元: what the figure before comes to for each.
EACH = compiled(r"(?:平均|[人户村镇场次案亩校户]均)(?!增长|增加|提高)")
_REMARKS = frozenset({"percent", "point", "fold"})
#: Kinds of unit in which a part can be compared with its whole.
_COUNTED = frozenset({"count", "money", "area", "length", "mass", "volume"})
#: Means and standards do not add up and may exceed one another.
_MEAN = compiled(r"均|每|标(?<!高.)准(?!化|厂房|煤|地|农田)|单价|指数|房价|最高|最低|高达")
_CUES = beside(__file__, "data", "cues.tsv")


class Role(Enum):
    """The part a figure plays in what the sentence says."""

    TOTAL = "total"
    PART = "part"
    DONE = "done"
    PENDING = "pending"
    RATE = "rate"
    SHARE = "share"
    BASE = "base"
    VALUE = "value"
    UP = "up"
    DOWN = "down"
    BETTER = "better"
    WORSE = "worse"
    NONE = "none"

    __hash__ = object.__hash__  # members are what they are; the one of Enum is a call into Python for each look-up


CHANGES = frozenset({Role.UP, Role.DOWN, Role.BETTER, Role.WORSE})


class Cue(NamedTuple):
    """A word that gives the next figure its role; ``note`` refines it (closed, open, rest)."""

    word: str
    role: Role
    note: str = ""


class Claim:
    """A figure and what the text says of it; equal only to itself, so that what rules make of it can be kept by it.

    ``lead`` is what stands between the figure before (or the clause's beginning) and this one, ``trail`` what follows up to
    the next figure or the clause's end. ``subset`` says that 其中 governs it; ``planned`` that it is a target, not a result;
    ``carried`` that it counts in what an earlier period left over. ``clause`` numbers the stretches between
    punctuation through the whole text, ``depth`` the brackets around; ``beat`` numbers them without those that only tell by how much
    the figure before has changed, what share it is, or what it comes to for each.
    """

    def __init__(
        self,
        quantity: Quantity,
        role: Role,
        cue: Cue | None,
        lead: str,
        trail: str,
        clause: int,
        sentence: int,
        paragraph: int,
        depth: int,
        beat: int,
        *,
        subset: bool,
        planned: bool,
        carried: bool,
    ) -> None:
        self.quantity = quantity
        #: The figure's place in the reading.
        self.at = quantity.at
        self.role = role
        self.cue = cue
        self.lead = lead
        self.trail = trail
        self.clause = clause
        self.sentence = sentence
        self.paragraph = paragraph
        self.depth = depth
        self.beat = beat
        self.subset = subset
        self.planned = planned
        self.carried = carried

    @cached_property
    def rest(self) -> bool:
        """Whether the figure closes a list: 其余, 剩余, 另外5家为其他场所."""
        if self.lead.startswith(_REST):
            return True  # 其他方式结案436件, whatever was done to them
        if self.cue is None:
            return False
        if self.cue.note == "rest":
            return _OF_GROUP.search(self.lead) is None
        return self.cue.word in _FURTHER and _OTHERS.match(self.trail) is not None

    @cached_property
    def countable(self) -> bool:
        """Whether the figure may take part in sums and comparisons of counts."""
        quantity = self.quantity
        return (
            (quantity.kind in _COUNTED or quantity.unit.name == "天")
            and quantity.exact
            and not (quantity.ordinal or quantity.quoted)
            and quantity.value >= 0
            and not self.mean
        )

    @cached_property
    def mean(self) -> bool:
        """Whether the figure is per head, per unit, a standard or an extreme: such figures are not parts of a total."""
        return _MEAN.search(self.lead) is not None and "均已" not in self.lead and "均为" not in self.lead

    @property
    def closed(self) -> bool:
        """Whether it counts a set that cannot be over-fulfilled."""
        return self.role is Role.TOTAL and self.cue is not None and self.cue.note == "closed" and not self.planned

    @cached_property
    def noun(self) -> str:
        """What is counted, as far as the words around say: the noun after the unit, else what the cue leaves of the lead."""
        after = _NOUN_AFTER.match(self.trail)
        if after and after[0]:
            return after[0]
        words = self.lead
        if self.cue is not None:
            before, _, behind = words.rpartition(self.cue.word)
            words = behind or before
        return _FILLER.sub("", words)


_NOUN_AFTER = compiled(
    r"(?!已|均|全部|正|未|尚|，|占|其中|以上|以下|左右|的|是|为|和|及|、|，|完成|整改|办结|销号|达|增|减|下降|提高)[一-龥A-Za-z]{2,12}"
)
#: 志愿者2840名，当中党员812名: 其中 in other words.
AMONG_THEM = ("当中", "这当中", "里头", "这里头", "里面")
_FILLER = compiled(
    r"(?:20\d\d年)?(?:\d{1,2}月)?(?:\d{1,2}日)?[底末初]?(?<=[年月日底末初])|年底|月底|月末|年末|年初|截至|全市|全县|全区|全省|全州|我市|我县|我区|今年以来|上半年|全年|目前|截至目前|累计|分别|已经|已|均|全部|共|其中|督促|推动|组织|实际|及时|各类|各项|目前|现|还|仍|也|又|的|为|是|有|了|达到|达|约|近|超|逾|并|及|和|、|，"
)
#: What parts clauses. A short bracket without figures, as in 653件（批）次 or 各县（市、区）, belongs to its word.
_AMONG = compiled(r"(?<![集其空水高初年城途当之])中(?:有|已|，|$|的$)")
_BREAK = compiled(r"[，；：。！？!?（）()\n](?<!其中[，：])(?P<short>(?<=[（(])[^（()）\d，；。\n]{1,8}[）)])?")
_PLANNED = compiled(
    r"力争|确保|(?<![列纳]入)计划|拟|预计|目标|争取(?=[^，。；]{0,8}(?:达到|实现|完成|超过|突破|控制|年底|入选|创建))|不低于|不少于|不超过|控制在|年内(?=完成|建成|实现|新增|启动|开工|达到)|年底前|月底前(?![^，。；]{0,4}(?:已|整改完成|完成整改|全部完成))|将(?!近|已)|到20\d\d年|规划(?!许可|核实|条件|验收|局|馆|师|用地|设计|编制|展)|预期(?!寿命)"
)
#: How far from a figure, within its clause, a word may stand and still speak of it.
_REACH = 60
_CARRIED = compiled(
    r"结转|往年|历年|上年度?(?:遗留|未)|去年(?:遗留|未)|含.{0,8}(?:遗留|结转)|历史遗留(?![“一-龥])|连同|跨年"
)
#: A sentence without one of these says nothing of the kind.
_MAY_CARRY = compiled(r"结转|往年|历年|遗留|年度?未|连同|跨年")
#: How much of a bracket behind a clause may speak of its figure.
_BRACKET = 16
_SENTENCE_PLAN = compiled(r"(?:20\d\d年[，]?)?(?:下半年|下一步|明年|下一阶段|到20\d\d年)")


def _read() -> dict[str, Cue]:
    cues = {}
    for line in lines(_CUES):
        if line and not line.startswith("#"):
            word, role, note = (*line.split("\t"), "", "")[:3]
            cues[word] = Cue(word, Role(role), note)
    return cues


CUES: dict[str, Cue] = _read()
_CUE = compiled(any_of(CUES))
#: What may stand between a cue of one character and its figure: 高 is a cue in 高5个百分点, not in 高级职称9人.
_ADVERB = compiled(r"[了到至为达约近超逾的已均共计有全部部县市省区]{0,4}")


_NUMBER_OF = compiled(r"(?:总|件|起|宗)?[数量]")
_NOT = frozenset("不未非")
#: 比上年多破28起: the verb stands between 多 and the figure.
_MORE_OF = compiled(r"(?:比|较)[^，；]{2,8}(多|少)[一-龥]{1,3}$")
#: 列入整治清单的32家: what stands between belongs to the list's name.
_LISTED = compiled(r"(列入|纳入)[^，；]{2,14}的$")
#: What may stand between 上年同期 and the figure where a comparison (比, 较) leads to it.
_BASE_TAIL = compiled(r"(?:同期|度|末|底|全年|的|为|是|约|达|完成|实际|平均|（){0,4}")


#: 提升工程, 增加值: the word is part of a name and says nothing of a change.
_PART_OF_NAME = compiled(r"工程|行动|项目|计划|任务|改造|值|能力|质量|方案|专项|活动|中心|农业|型")
#: 新建3.2万亩、改造提升1.5万亩: what was done to so many.
_MADE_BETTER = ("改造", "整治", "巩固", "优化", "提质", "更新", "规范", "修缮", "升级")
_ALREADY = Cue("已", Role.DONE)
_ALREADY_DONE = compiled(r"已经?[一-龥]{1,10}$")


#: 106条已办结, 22条正在办理: the verb stands behind its figure.
_DONE_BEHIND = compiled(
    r"已经?(?:正式|全部|顺利)?(?!在|有|成为|是)[一-龥]{2}|(?:(?![中内里其])[一-龥]){0,5}?(?<!未)(?:已经?|业已|均已)(?:按期|按时|如期|及时|全部|顺利)?(?:完成|整改|办结|销号|结案|审结|答复|办复|解决|化解|落实|建成|竣工|完工|关闭|投用|整治|通过)"
)
_OPEN_BEHIND = compiled(r"[一-龥]{0,3}?(?:正在(?!建)|尚未|仍未|还未)")
_STANDING = Cue("正在", Role.PENDING)
_REST = ("其他", "其它", "其余")
#: RCEP其他成员国: the others of a group, no rest of what was listed.
_OF_GROUP = compiled(r"[A-Za-z”》]其[他它]")
_FURTHER = frozenset({"另外", "另有"})
_OTHERS = compiled(r"(?:为|是|属)?其[他它余]")


def _told_behind(trail: str) -> Cue | None:
    """The cue behind a figure that has none before it."""
    if "已" in trail and _DONE_BEHIND.match(trail):
        return _ALREADY
    return _STANDING if ("在" in trail or "未" in trail) and _OPEN_BEHIND.match(trail) else None


def _is_base(lead: str, match: re.Match[str]) -> bool:
    """Whether a word for the earlier period makes the figure the base: 比上年的28起 does, 比上年增加28起 does not."""
    if match[0] in ("由", "从"):
        return True
    compared = "比" in lead[: match.start()] or "较" in lead[: match.start()]
    return _BASE_TAIL.fullmatch(lead, match.end()) is not None if compared else len(lead) - match.end() <= 12


@lru_cache(maxsize=4096)
def cue_of(lead: str) -> Cue | None:
    """The cue nearest to the end of ``lead``; 其中 alone gives way to any other.

    >>> cue_of("督促完成整改").role.value, cue_of("其中已办结").role.value
    ('done', 'done')
    """
    if not lead:
        return None
    more = _MORE_OF.search(lead) if "多" in lead or "少" in lead else None
    if more:
        return CUES[more[1]]
    listed = _LISTED.search(lead) if lead[-1] == "的" else None
    if listed:
        return CUES[listed[1]]
    found: Cue | None = None
    end = 0
    for match in _CUE.finditer(lead):
        cue = CUES[match[0]]
        before, end = lead[end : match.start()], match.end()
        if cue.role is Role.PART and not cue.note:
            continue
        if cue.role is Role.DONE and lead[match.start() - 1 : match.start()] in _NOT:
            continue  # 不合格产品24批次
        if (cue.role is Role.BASE and not _is_base(lead, match)) or (
            cue.role in CHANGES
            and (_PART_OF_NAME.match(lead, match.end()) or (cue.word == "提升" and before.endswith(_MADE_BETTER)))
        ):
            continue
        if cue.word == "共" and (
            lead[match.start() - 1 : match.start()] in tuple("中公")
            or lead[match.end() : match.end() + 1] in tuple("产同建享治识和青赢富")
        ):
            continue
        if cue.role is Role.VALUE and found is not None and found.role is Role.DONE and _NUMBER_OF.fullmatch(before):
            continue  # 办复数为302件
        if len(cue.word) == 1 and cue.word != "共" and not _ADVERB.fullmatch(lead, match.end()):
            continue
        found = cue
    return found or (_ALREADY if "已" in lead and _ALREADY_DONE.search(lead) else None)


def is_closing(lead: str) -> bool:
    """Whether some word of ``lead`` makes what is counted a closed set: 督察反馈任务."""
    return any(CUES[match[0]].note == "closed" for match in _CUE.finditer(lead))


def claims(text: str, quantities: Sequence[Quantity], sentences: Sequence[Sentence]) -> Iterator[Claim]:
    """One claim per quantity of the reading ``text``, in order."""
    breaks = [match.start() for match in _BREAK.finditer(text) if match.lastgroup is None]
    starts = [sentence.at.start for sentence in sentences]
    turns, depths = _depths(text, breaks)
    nexts = [*(quantity.at.start for quantity in quantities[1:]), len(text)]
    previous_end, previous_clause, number = 0, -1, -1
    subset_until = subset_depth = group_clause = -1
    previous_unit = group_unit = subset_unit = ""
    beat = last_clause = 0
    for quantity, following in zip(quantities, nexts, strict=False):
        at, behind = quantity.at
        if number < 0 or (number + 1 < len(starts) and starts[number + 1] <= at):
            number = max(0, bisect_right(starts, at) - 1)
            sentence = sentences[number]
            opening, closing = sentence.at
            plan = _SENTENCE_PLAN.match(text, opening, opening + 12) is not None
            carries = _MAY_CARRY.search(text, opening, closing + _BRACKET) is not None
        clause = bisect_right(breaks, at)
        start = breaks[clause - 1] + 1 if clause else 0
        end = breaks[clause] if clause < len(breaks) else len(text)
        # The words of the clause that are near enough to speak of the figure.
        low, high = max(start, at - _REACH), min(end, behind + _REACH)
        lead = text[max(low, previous_end) if clause == previous_clause else low : at].lstrip("、和及与")
        if not lead and text[at - 1 : at] == "）":
            lead = _before_bracket(text, at)
        trail = text[behind : min(high, following)]
        depth = depths[bisect_right(turns, at) - 1]
        within = "其中" in lead or lead.startswith(AMONG_THEM)
        if within:
            # 其中 reaches to the semicolon; 其中：…；… is a list of its own.
            stop = text.find("；", behind, closing)
            listed = "其中：" in text[max(0, start - 3) : at]
            subset_until, subset_depth = (closing if stop < 0 or listed else stop), depth
            subset_unit = quantity.unit.name
        elif depth < subset_depth or at >= subset_until:
            subset_until = subset_depth = -1
        if clause - previous_clause <= 1 and among(text[previous_end : start if clause > previous_clause else at]):
            group_unit, group_clause = previous_unit, previous_clause + 1
        taken = clause <= group_clause and quantity.counted_in == group_unit
        cue = cue_of(lead) or _told_behind(trail)
        if cue is not None and at < subset_until and _sets_out_anew(cue, lead) and quantity.unit.name != subset_unit:
            subset_until = subset_depth = -1  # 检查企业320家，其中重点45家，发现问题86个，已整改92个
        role = cue.role if cue is not None else Role.NONE
        # 其中 makes a part of what would be a total (其中安装监测设备的36家) or of nothing.
        if (within and role in (Role.NONE, Role.TOTAL)) or (taken and role is Role.TOTAL):
            role = Role.PART
        if not (quantity.kind in _REMARKS or role in CHANGES or EACH.match(lead)):
            beat += clause - last_clause
        last_clause = clause
        carried = False
        if carries:
            # 已办复118件（含去年结转6件）
            reach = end + _BRACKET if text[end : end + 1] == "（" else end
            words = Span(max(opening, start - 20, at - _REACH), min(reach, behind + _REACH))
            carried = _CARRIED.search(text, *words) is not None
        yield Claim(
            quantity,
            role,
            cue,
            lead,
            trail,
            clause,
            number,
            sentence.paragraph,
            depth,
            beat,
            subset=at < subset_until or taken,
            planned=plan or _PLANNED.search(text, low, high) is not None,
            carried=carried,
        )
        if not quantity.ordinal:  # 第二轮督察反馈问题9个: an ordinal belongs to the words that lead to the figure
            previous_end, previous_clause, previous_unit = behind, clause, quantity.counted_in


#: 日均（按250个工作日计）39人次: the words before a bracket lead to what stands right behind it.
_BRACKETED = compiled(r"(?P<words>[一-龥A-Za-z]{1,20})（[^（）。；\n]{1,40}）$")


def _before_bracket(text: str, at: int) -> str:
    """The words before the bracket that ends at ``at``; empty where a figure stands there."""
    found = _BRACKETED.search(text, max(0, at - _REACH - 2), at)
    return found["words"] if found and not text[found.start() - 1 : found.start()].isdigit() else ""


def _sets_out_anew(cue: Cue, lead: str) -> bool:
    """Whether the figure opens a closed set of its own, so that an earlier 其中 no longer governs."""
    return cue.role is Role.TOTAL and cue.note == "closed" and "其中" not in lead


def among(words: str) -> bool:
    """Whether the words after a figure say that what follows is taken from it: 92家单位中，已公开的有……."""
    return "中" in words and _AMONG.search(words) is not None


def _depths(text: str, breaks: Sequence[int]) -> tuple[list[int], list[int]]:
    """Where the depth of brackets changes, and to what; line breaks reset it."""
    turns, depths = [0], [0]
    depth = 0
    for at in breaks:
        mark = text[at]
        if mark not in "（(）)\n":
            continue
        depth = depth + 1 if mark in "（(" else 0 if mark == "\n" else max(0, depth - 1)
        turns.append(at + 1)
        depths.append(depth)
    return turns, depths


#: A sentence of more figures is taken in pieces, so that no text takes more than its length in time.
_MOST_OF_A_SENTENCE = 60


def by_sentence(claims: Sequence[Claim]) -> Iterator[list[Claim]]:
    """The claims of each sentence that has any."""
    group: list[Claim] = []
    for claim in claims:
        if group and (claim.sentence != group[-1].sentence or len(group) == _MOST_OF_A_SENTENCE):
            yield group
            group = []
        group.append(claim)
    if group:
        yield group
