"""Facts: what each figure of a report states, in one row.

A claim knows the words around its figure; a fact knows what they mean: the subject or the indicator of the catalogue, the area and the
scope, the period, the role, the comparison. Binding goes by clause structure: the noun phrase that leads to the figure or stands right
behind it; without one, the figure that this one is a part, a rate, a base or a change of. Where neither says, the fact is unbound and
says why. Numbers that state nothing (ordinals, names, numbering) make no fact.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import TYPE_CHECKING

from reportlint.aligned import aligned
from reportlint.catalogue import Catalogue, Indicator
from reportlint.claims import Claim, Role
from reportlint.document import BlockKind
from reportlint.grid import Grid, grids
from reportlint.movements import Movement, change_of, kind_of
from reportlint.numbers import Bound, Quantity
from reportlint.patterns import compiled
from reportlint.phrase import Words, before, behind, leads_verb
from reportlint.record import NamedTuple
from reportlint.scope import scopes
from reportlint.span import Span
from reportlint.subject import SIGHT, areas_in, own_names, without_areas, without_dates
from reportlint.timing import Timing, timing
from reportlint.units import NO_UNIT

if TYPE_CHECKING:
    from reportlint.analysis import Analysis
    from reportlint.moment import Period


class FactRole(Enum):
    """The part a figure plays; every fact has one."""

    TOTAL = "total"
    PART = "part"
    DONE = "done"
    PENDING = "pending"
    RATE = "rate"
    SHARE = "share"
    BASE = "base"
    VALUE = "value"
    CHANGE = "change"
    RANK = "rank"
    TARGET = "target"
    LIMIT = "limit"


class Unbound(Enum):
    """Why a figure could not be given a subject."""

    NO_SUBJECT = "no subject"
    NO_ANCHOR = "no figure to refer to"
    LIST = "list of another length"


class Comparison(NamedTuple):
    """What a change or a base is measured against.

    ``word`` is the verb (增长, 改善; empty for a base), ``against`` the comparison as printed (同比, 较上年同期), ``kind`` what it comes to
    (``year``, ``step``, a year's number), ``direction`` up, down, better, worse or empty, ``measure`` what the change is counted in:
    ``percent``, ``points``, ``times`` or ``units``.
    """

    word: str
    against: str
    kind: str
    direction: str
    measure: str


class Fact(NamedTuple):
    """One figure and what the report states by it.

    ``subject`` is the noun phrase, or the indicator's name where the catalogue has it; empty where ``unbound`` says why.
    ``verb`` is the deed (立案, 建成), ``scope`` the words that tell the set from its likes (第二轮, 国控), by dimension; ``timing`` the
    days it is of, ``period`` the same or what the title announces. ``of`` is the index of the fact that this one is a part, rate, base
    or change of; ``cell`` the row and column label of a figure in a table.
    """

    claim: Claim
    role: FactRole
    subject: str
    verb: str = ""
    indicator: Indicator | None = None
    area: str = ""
    scope: dict[str, str] = {}  # noqa: RUF012
    timing: Timing | None = None
    period: Period | None = None
    comparison: Comparison | None = None
    of: int | None = None
    cell: tuple[str, str] | None = None
    unbound: Unbound | None = None

    @property
    def quantity(self) -> Quantity:
        """The figure as printed."""
        return self.claim.quantity

    @property
    def span(self) -> Span:
        """Its place in the document."""
        return self.claim.quantity.span


_OF_PLAN = compiled(r"(?:占|为|是|完成|达到?)[^，。；]{0,8}(?:计划|任务|目标|预算)(?:数|值|任务|投资)?的$")
#: Deeds that may be done to anything; others (关闭, 移送) are counted by themselves.
_GENERAL_DEED = compiled(r"完成|整改|办结|销号|解决|化解|落实|处置|处理|办理|查结|治理|通过|答复|核查")
_REACHED = compiled(
    r"[一-龥]{0,6}?(?:提高|提升|上升|增加|增长|扩大|下降|降低|减少|缩短|压减|压缩|回落|降|升|增|减|发展|扩展)(?:了)?(?:到|至|为)"
)
_PER = compiled(r"(?:[人户场亩]均|平均每?[一-龥]{0,2}|每[一-龥]{1,2})")
_RANK = compiled(r"排名|排位|位列|位居|居|列|名列|位次|名次|升至|升到|降至")
_STANDARD = compiled(r"限值|标准值|标准限|上限|下限|警戒|红线|控制线|(?:一|二|三|四)级标准|定额")
_BOUNDED = frozenset({Bound.AT_MOST, Bound.AT_LEAST})
_LIMITS = compiled(r"控制在|不超过|不高于|不大于|不得|不低于|不少于|以内|以下$")
_GOAL = compiled(r"目标(?:值|任务)?(?:为|是|的)?[（]?$|计划$|年度任务$")
_STILL_TO_DO = compiled(
    r"[^，。；]{0,3}(?:正在|正按|尚未|未(?!来)|还在|仍在|待|推进中|整改中|办理中|按(?:时)?序(?:时进度)?推进|逾期)"
)
_ALL_DONE = compiled(
    r"(?:问题|任务|事项|案件|件)?(?:均|都|现|目前)?(?:已经?|全部|已全部|均已|都已)(?:按期|按时|如期|及时|全部)?(?:完成|整改|办结|销号|清零|结案|解决|落实|建成|投用|竣工|化解|关闭|答复|通过)"
)
#: Chinese numerals with these count levels, rounds and names, not things.
_OF_NAMES = frozenset({"级", "期", "轮", "届", "轮次", "线", "大", "维"})
#: 三年行动, 24小时值班, 28日党员活动日, TOP10强.
_NAMED_BY_NUMBER = compiled(
    r"(?<=[年日时月天])(?:一贯制|义务教育|行动|计划|规划|方案|攻坚|[一-龥]{2,4}活动日|值班|值守|不间断|热线|备勤)|强(?=县|市|企|，|。|、|$)"
)
_FIXED = compiled(r"八项规定|四个配套|三项岗位")
_NUMBERING = compiled(r"[.、）)]")
_TOPIC = compiled(r"(?:在|从)?([一-龥A-Za-z0-9.]{2,16}?)(?:方面|领域|工作中|工作上)(?=，|：|$)")
#: A noun too general to name one thing: what it means the figure before it says.
_GENERAL = frozenset(
    (
        "问题",
        "任务",
        "事项",
        "项目",
        "案件",
        "线索",
        "隐患",
        "企业",
        "单位",
        "断面",
        "点位",
        "指标",
        "人员",
        "工单",
        "信访件",
        "举报件",
    )
)
_HEADS = compiled(r"(?:、|和|及|与|以及)$")
_RATE_NOUN = compiled(r"(?:率|比例|占比|比重|满意度|覆盖面)$")
_MEASURES = {"percent": "percent", "point": "points", "fold": "times"}
#: How far back in its sentence a figure looks for scope words of its own.
_NEAR = 40


def is_name(text: str, claim: Claim, *, meta: bool = False) -> bool:
    """Whether the number states nothing: an ordinal, a slogan, numbering, a file number."""
    quantity = claim.quantity
    if quantity.ordinal:
        return not ranks(text, claim)
    if quantity.quoted or meta:
        return True
    if quantity.unit is NO_UNIT:
        if text[quantity.at.end : quantity.at.end + 1] == "强":
            return True
        before_ = text[quantity.at.start - 1 : quantity.at.start] if quantity.at.start else "\n"
        if before_ in "\n。（；" and _NUMBERING.match(text, quantity.at.end):
            return True
        return before_ in "/-" or text[quantity.at.end : quantity.at.end + 1] in ("大", "-", "/")
    if _NAMED_BY_NUMBER.match(text, quantity.at.end) or _FIXED.match(text, quantity.at.start):
        return True
    return quantity.han and quantity.unit.name in _OF_NAMES


def ranks(text: str, claim: Claim) -> bool:
    """Whether an ordinal is a rank: 排名第4, 居全省第一位."""
    return claim.quantity.unit.kind in ("rank", "none", "count") and (
        claim.quantity.unit.kind == "rank"
        or _RANK.search(text, max(0, claim.at.start - 14), claim.at.start) is not None
    )


def facts(analysis: Analysis, catalogue: Catalogue) -> Iterator[Fact]:
    """The facts of ``analysis``, in reading order."""
    yield from _Binder(analysis, catalogue).facts()


class _Binder:
    """What is known while the figures of a document are bound one after the other."""

    def __init__(self, analysis: Analysis, catalogue: Catalogue) -> None:
        self.analysis = analysis
        self.text = analysis.reading.text
        self.catalogue = catalogue
        self.values = {value.claim.at.start: value for value in analysis.indicator_values(catalogue)}
        self.wholes = {bond.part.at.start: bond.whole.at.start for bond in analysis.bonds}
        self.cells = dict(_cells(analysis)) if any(b.kind is BlockKind.CELL for b in analysis.document.blocks) else {}
        self.own = own_names(analysis)
        self.names = [(at.start, one.name) for at, one in catalogue.names(self.text, analysis.grams)]
        self.made: list[Fact] = []
        self.places: dict[int, int] = {}
        self.lists: dict[int, tuple[str, str]] = {}
        self.movements: dict[int, Movement] = {}
        self.paired: dict[int, int] = {}

    def facts(self) -> list[Fact]:
        """Every figure that states something."""
        claims = self.analysis.claims
        kinds = self.analysis.paragraphs
        for index, claim in enumerate(claims):
            meta = kinds[claim.paragraph].kind is BlockKind.META
            if is_name(self.text, claim, meta=meta):
                continue
            if claim.at.start not in self.lists:
                self._list(claims, index)
            self.places[claim.at.start] = len(self.made)
            self.made.append(self._fact(claims, index))
        return self.made

    def _fact(self, claims: Sequence[Claim], index: int) -> Fact:
        claim = claims[index]
        cell = self.cells.get(claim.quantity.span.start)
        lead = self._lead(claims, index)
        raw = claim.lead[len(claim.lead) - len(lead) :] if lead else ""
        movement = change_of(raw) if not claim.quantity.ordinal else None
        value = self.values.get(claim.at.start)
        role = self._role(claim, movement, lead)
        joined = self._joined(claims, index)
        if joined is not None and movement is None:
            # 分别增长17.2%和12.1%, 分别完成投资2.1亿元、3.2亿元: what is said of the first holds for all.
            movement = self.movements.get(joined) if self.made[joined].role is FactRole.CHANGE else None
            role = self.made[joined].role
        verb, subject, own_area, of, why = "", "", "", None, None
        indicator = value.indicator if value else None
        if movement is not None:
            self.movements[len(self.made)] = movement
        if role is FactRole.CHANGE and _EACH.search(self.text, max(0, claim.at.start - _NEAR), claim.at.start):
            self._pair(claims, index)
        if cell is not None:
            subject = cell[0]
        elif value is not None:
            subject = self._named(value.indicator, _RANKED.sub("", lead))
        elif claim.at.start in self.paired:
            of = self.paired[claim.at.start]
            subject = self.made[of].subject
        elif joined is not None and role is FactRole.CHANGE and claim.at.start not in self.lists:
            subject, of = self.made[joined].subject, self.made[joined].of
        elif (role is FactRole.CHANGE or role is FactRole.BASE) and claim.at.start not in self.lists:
            subject, of, why = self._compared(claim, raw, movement, role)
        elif claim.at.start in self.lists:
            subject, own_area = self.lists[claim.at.start]
        else:
            verb, subject, of, why = self._counted(claims, index, lead, role)
        if indicator is None and subject:
            indicator = self._indicator(subject)
            if indicator is not None and role is not FactRole.CHANGE:
                subject = indicator.name
        if indicator is None and of is not None:
            indicator = self.made[of].indicator if subject == self.made[of].subject else None
        if role is FactRole.VALUE and claim.quantity.kind == "percent":
            role = FactRole.RATE if _RATE_NOUN.search(subject) or indicator is not None else role
        anchor = self.made[of] if of is not None else None
        when = timing(self.analysis, claim)
        return Fact(
            claim,
            role,
            subject,
            verb,
            indicator,
            own_area or self._area(claim) or (anchor.area if anchor else ""),
            self._scope(claim, subject) or (anchor.scope if anchor else {}),
            when,
            when.period if when else self._announced(claim),
            _comparison(self.text, claim, movement, raw, role),
            of,
            cell,
            why if not subject else None,
        )

    def _joined(self, claims: Sequence[Claim], index: int) -> int | None:
        """The fact before where only 、 or 和 stands between it and this figure of the same unit."""
        if not index or not self.made or self.made[-1].claim is not claims[index - 1]:
            return None
        previous, claim = claims[index - 1], claims[index]
        same = previous.quantity.unit.name == claim.quantity.unit.name
        return len(self.made) - 1 if same and _JOINT.fullmatch(self.text, previous.at.end, claim.at.start) else None

    def _lead(self, claims: Sequence[Claim], index: int) -> str:
        """The words of the clause that lead to the figure; after another figure, those behind the last 、."""
        claim = claims[index]
        words = without_dates(self.analysis, Span(claim.at.start - len(claim.lead), claim.at.start))
        previous = claims[index - 1] if index else None
        if previous is not None and previous.clause == claim.clause and not previous.quantity.ordinal:
            cut = max(words.rfind("、"), words.rfind("；"))
            if cut >= 0:
                words = words[cut + 1 :]
            elif len(words) == claim.at.start - previous.at.end and (own := behind(words)):
                words = words[len(own) :] or words  # 47个污染天中有26个: the noun right behind a figure is its own
        return words

    def _role(self, claim: Claim, movement: Movement | None, lead: str) -> FactRole:
        quantity = claim.quantity
        if quantity.ordinal:
            return FactRole.RANK
        if movement is not None and not _GOAL.search(lead):
            return FactRole.CHANGE
        near = lead[-8:] + claim.trail[:4]
        if (
            claim.role is Role.BASE
            or self._bracketed_base(claim)
            or (_FROM.search(lead) and _REACHED.match(claim.trail))
        ):
            return FactRole.BASE
        if _STANDARD.search(near):
            return FactRole.LIMIT
        if quantity.kind == "percent" and _OF_PLAN.search(lead):
            return FactRole.RATE
        if _AIM.search(self._clause(claim)) or self._ahead(claim):
            limits = _LIMITS.search(near) or quantity.bound in _BOUNDED
            return FactRole.LIMIT if limits and "力争" not in lead else FactRole.TARGET
        if _GOAL.search(lead):
            return FactRole.TARGET
        if quantity.kind == "percent":
            if claim.role is Role.SHARE or lead.endswith(("占比", "比重")):
                return FactRole.SHARE
            return FactRole.RATE if claim.role in (Role.RATE, Role.DONE) else FactRole.VALUE
        if _STILL_TO_DO.match(claim.trail):
            return FactRole.PENDING
        if _ALL_DONE.match(claim.trail) and claim.role is not Role.TOTAL:
            return FactRole.DONE
        if claim.role is Role.DONE and quantity.kind == "time":
            return FactRole.VALUE  # 优良天数115天
        if claim.role in _PLAIN:
            return _PLAIN[claim.role] if not (claim.role is Role.TOTAL and claim.subset) else FactRole.PART
        return FactRole.PART if claim.subset else FactRole.VALUE

    def _named(self, indicator: Indicator, lead: str) -> str:
        """The indicator's name, or the fuller one that the text gives: 群众满意度, 水质抽检合格率."""
        noun = before(without_areas(lead)).noun
        fuller = any(noun.endswith(name) and noun != name for name in (indicator.name, *indicator.aliases))
        return noun if fuller and self.catalogue.named(noun) is None else indicator.name

    def _clause(self, claim: Claim) -> str:
        """The clause up to the figure."""
        start = self.analysis.sentences[claim.sentence].at.start
        return _LAST_CLAUSE.sub("", self.text[max(start, claim.at.start - _NEAR) : claim.at.start])

    def _ahead(self, claim: Claim) -> bool:
        """Whether the figure stands in a section that looks ahead, in words that do not look back."""
        ahead = self.analysis.period is not None and self.analysis.period.planned(claim.at)
        return ahead and _BACK.search(self._clause(claim)) is None

    def _bracketed_base(self, claim: Claim) -> bool:
        """较去年同期（0.054mg/L）: the bracket belongs to the earlier period."""
        return (
            claim.depth > 0
            and _EARLIER_BRACKET.search(self.text, max(0, claim.at.start - 14), claim.at.start) is not None
        )

    def _counted(
        self, claims: Sequence[Claim], index: int, lead: str, role: FactRole
    ) -> tuple[str, str, int | None, Unbound | None]:
        """Verb and noun of a count or value; what it is a part of, where the words leave the noun to that."""
        claim = claims[index]
        words = before(without_areas(_RANKED.sub("", lead) if role is FactRole.RANK else lead))
        # 18件，办结15件: what stands between two figures of one clause may lead to the second.
        noun = "" if _leads_on(claims, index) or claim.quantity.kind == "time" else self._behind(claims, index)
        anchor = self._anchor(claim)
        subject = self._phrase(words, noun, lead)
        previous = self._latest(claim)
        if previous is not None and _REACHED.fullmatch(lead) and self.made[previous].role is FactRole.BASE:
            return "", self.made[previous].subject, previous, None  # 由7.9天缩短为7.4天
        if not subject and lead and previous is not None and not without_areas(lead).strip("，"):
            return "", self.made[previous].subject, self.made[previous].of, None  # 柏岭县62.18万人次，南渡县…
        per = _PER.match(lead)
        if (
            per
            and (owner := self._latest(claim, any_unit=True)) is not None
            and not _PER.sub("", lead).strip("达到为约")
        ):
            return "", f"{per[0]}{self.made[owner].subject}", owner, None
        if lead == "的" and claim.quantity.kind == "percent" and len(self.made) > 1:
            whole_at = len(self.made) - 1  # 完成投资1.04亿元，占总投资1.6亿元的65%
            part_at = whole_at - 1
            if self.made[part_at].claim.sentence == claim.sentence:
                return "", self.made[part_at].subject, part_at, None
        if lead.endswith(("的", "的有")) and not noun and role is not FactRole.TOTAL:
            subject = ""  # 限期整改的88个: the noun is the total's
        if not subject or (subject in _GENERAL and (role in _OF_OTHERS or claim.quantity.unit is NO_UNIT)):
            closed = bool(words.verb) and _GENERAL_DEED.search(words.verb) is None
            anchor = anchor if anchor is not None else self._total(claim, subject, closed=closed)
        if anchor is not None and (not subject or subject in _GENERAL or role is FactRole.RATE and len(subject) <= 4):
            whole = self.made[anchor].subject
            if role in (FactRole.RATE, FactRole.SHARE) and subject:
                return words.verb, subject if subject in whole else f"{whole}{subject}", anchor, None
            if whole and (not subject or whole.endswith(subject)):
                return words.verb, whole, anchor, None
        if subject and not (role is FactRole.RANK and _ASIDE.fullmatch(subject)):
            return words.verb, subject, anchor if role in _OF_OTHERS else None, None
        if role is FactRole.RANK:
            words = Words("", "")
        topic = self._topic(claim)
        if topic or words.verb:
            return words.verb, topic or words.verb, None, None
        if role in _OF_OTHERS or claim.quantity.kind == "percent" or role is FactRole.RANK:
            found = self._latest(claim, any_unit=True)
            if found is not None:
                return "", self.made[found].subject, found, None
            return "", "", None, Unbound.NO_ANCHOR
        return "", "", None, Unbound.NO_SUBJECT

    def _behind(self, claims: Sequence[Claim], index: int) -> str:
        """The noun behind the figure, without the rate that a later figure is the value of (9个省控断面水质优良率分别…)."""
        claim = claims[index]
        noun = behind(claim.trail, deeds=claim.quantity.unit.name in _DEEDS)
        rate = _RATE_BEHIND.search(noun) if index + 1 < len(claims) else None
        if rate:
            known = next((at for at in range(len(noun) - 3, 0, -1) if self.catalogue.named(noun[at:])), rate.start())
            noun = _OF_RATE.sub("", noun[:known])
        following = claims[index + 1] if index + 1 < len(claims) else None
        if noun and scopes(noun).get("network") == noun and following is not None and following.clause == claim.clause:
            other = self._behind(claims, index + 1)  # 6个国控、9个省控断面
            return noun + other[len(noun) :] if scopes(other).get("network") == other[: len(noun)] else noun
        return noun

    def _total(self, claim: Claim, noun: str, *, closed: bool) -> int | None:
        """The total before in the sentence whose noun the figure takes up: 反馈问题共108个，…长期坚持的20问题."""
        for at in range(len(self.made) - 1, max(-1, len(self.made) - 8), -1):
            fact = self.made[at]
            if fact.claim.sentence != claim.sentence:
                return None
            same = fact.quantity.unit.name == claim.quantity.unit.name or (
                claim.quantity.unit is NO_UNIT and not claim.quantity.ordinal
            )
            if (
                fact.role in ((FactRole.TOTAL,) if closed else _WHOLES)
                and same
                and fact.subject
                and (not noun or fact.subject.endswith(noun))
            ):
                return at
        return None

    def _phrase(self, words: Words, noun: str, lead: str) -> str:
        """One noun phrase of what stands before and behind the figure."""
        if not noun:
            return words.noun
        if not words.noun or words.turned or lead.endswith(("的", "等")) or "、" in words.noun:
            return noun
        return words.noun if noun in words.noun else f"{words.noun}{noun}"

    def _anchor(self, claim: Claim) -> int | None:
        """The total that the figure is bound to."""
        return self.places.get(self.wholes.get(claim.at.start, -1))

    def _latest(self, claim: Claim, *, any_unit: bool = False) -> int | None:
        """The last figure before in the sentence that is stated of a thing, in the same unit unless ``any_unit``."""
        for at in range(len(self.made) - 1, max(-1, len(self.made) - 8), -1):
            fact = self.made[at]
            if fact.claim.sentence != claim.sentence:
                return None
            if fact.role is FactRole.CHANGE or (fact.role is FactRole.BASE and fact.of is not None) or not fact.subject:
                continue
            if any_unit or fact.quantity.unit.name == claim.quantity.unit.name:
                return at
        return None

    def _compared(
        self, claim: Claim, lead: str, movement: Movement | None, role: FactRole
    ) -> tuple[str, int | None, Unbound | None]:
        """What a change or a base is of: the noun it names itself, else the value before it."""
        words = lead
        if movement is not None:
            cut = words.rfind(movement.word)
            words = words[:cut]
            against = movement.comparator
            words = words[: words.rfind(against)] if against and against in words else words
        else:
            words = _EARLIER.sub("", _FROM.sub("", words))
        noun = before(without_areas(words)).noun
        latest = self._latest(claim, any_unit=True)
        if noun and not _ASIDE.fullmatch(noun):
            return noun, None, None
        if latest is None:
            named = self._indicator_before(claim)
            return (named, None, None) if named else ("", None, Unbound.NO_ANCHOR)
        if role is FactRole.BASE:
            same = self._latest(claim)
            latest = same if same is not None else latest
        return self.made[latest].subject, latest, None

    def _pair(self, claims: Sequence[Claim], index: int) -> None:
        """Bind the changes of a list to the values before it, in order: A、B，分别增长17.2%和12.1%."""
        run = [claims[index]]
        for claim in claims[index + 1 :]:
            if not _JOINT.fullmatch(self.text, run[-1].at.end, claim.at.start):
                break
            run.append(claim)
        values = [
            at
            for at in range(max(0, len(self.made) - 10), len(self.made))
            if self.made[at].claim.sentence == run[0].sentence
            and self.made[at].role not in (FactRole.CHANGE, FactRole.BASE)
        ]
        if len(run) > 1 and len(values) >= len(run):
            for claim, at in zip(run, values[-len(run) :], strict=True):
                self.paired[claim.at.start] = at

    def _indicator_before(self, claim: Claim) -> str:
        """The indicator that the sentence named without a figure: PM2.5浓度不降反升，同比上升2微克/立方米."""
        start = self.analysis.sentences[claim.sentence].at.start
        at = bisect_right(self.names, (claim.at.start, "")) - 1
        return self.names[at][1] if at >= 0 and self.names[at][0] >= start else ""

    def _list(self, claims: Sequence[Claim], index: int) -> None:
        """Give the figures of A、B、C分别为1、2、3 their names; areas leave the noun to the words behind 分别."""
        found = aligned(claims, index)
        if found is None:
            return
        predicate = before(found.predicate)
        for number, one in enumerate(found.claims):
            words = without_areas(found.name(number))
            noun = predicate.noun or predicate.verb
            if not words and noun:
                self.lists[one.at.start] = (noun, found.names[number])
                continue
            whole = words or found.name(number)
            self.lists[one.at.start] = (whole + (predicate.noun if predicate.noun not in whole else ""), "")

    def _topic(self, claim: Claim) -> str:
        """What the clauses before say the sentence is about: 交通方面，…."""
        start = max(self.analysis.sentences[claim.sentence].at.start, claim.at.start - SIGHT)
        found = None
        for match in _TOPIC.finditer(self.text, start, claim.at.start):
            found = match
        return before(found[1]).noun if found else ""

    def _area(self, claim: Claim) -> str:
        """The last area that the sentence names before the figure, those it only compares with left out."""
        start = max(self.analysis.sentences[claim.sentence].at.start, claim.at.start - SIGHT)
        words = _BESIDE.sub("", without_dates(self.analysis, Span(start, claim.at.start)))
        found = [area for area in areas_in(words, self.own) if not (leads_verb(area) or _NO_AREA.search(area))]
        return found[-1] if found else ""

    def _scope(self, claim: Claim, subject: str) -> dict[str, str]:
        start = self.analysis.sentences[claim.sentence].at.start
        clause = self.text[max(start, claim.at.start - len(claim.lead)) : claim.at.start] + subject
        return scopes(clause)

    def _announced(self, claim: Claim) -> Period | None:
        """The period of the title, which holds where the text says none."""
        announced = self.analysis.period
        if announced is None:
            return None
        return announced.plan if announced.planned(claim.at) else announced.results

    def _indicator(self, subject: str) -> Indicator | None:
        return self.catalogue.named(subject)


_EACH = compiled(r"分别[^；。]*$")
_JOINT = compiled(r"、|和|及|与|以及")
#: An area that only says among which others: 居全省第一, 高于全市平均.
_BESIDE = compiled(
    r"(?:居|列|保持|高于|低于|优于|高出|比|较|位居|位列|排名|排|获评|获)全[国省市县区州]|全[国省市县区州](?=平均|排名|第|前列|最优|首位|领先|水平|通报|核查|优秀|先进)"
)
_RANKED = compiled(
    r"(?:在)?(?:全[国省市县区州]|同类[一-龥]{1,4}|[一-龥]{1,3}[市县区]中)?(?:综合)?(?:排名|排位|位列|位居|稳居|跃居|居|列|名列|位次|名次|升至|升到|降至|排)(?:在|全[国省市县区州])*(?:第|前)?$"
)
_AIM = compiled(
    r"力争|确保|计划(?!生育|单列)|拟|预计|目标|争取(?=[^，。；]{0,8}(?:达到|实现|完成|超过|突破|控制|年底|入选|创建))|控制在|到20\d\d年|规划(?=建|新|到)|预期|"
    r"将(?=达到|完成|实现|新增|突破|建成|超过|新建|投入|争取)|[年月]底前"
)
_LAST_CLAUSE = compiled(
    r"^.*[，；：。]",
)
_EARLIER_BRACKET = compiled(r"(?:同期|[上去前]一?年|年初|期初|20\d\d年度?)(?:的|为|底|末)?（[^，；。（）]{0,6}$")
_DEEDS = frozenset({"次", "场", "场次", "批次", "轮", "期", "轮次"})
_RATE_BEHIND = compiled(r"[一-龥]{2}(?:率|比例|比重|占比)$")
#: What goes before a rate and belongs to it: 水质优良率, 抽检合格率.
_OF_RATE = compiled(r"(?<=..)(?:水质|空气质量|抽检|检测|监测|考核){1,4}$")
_PLAIN = {
    Role.TOTAL: FactRole.TOTAL,
    Role.PART: FactRole.PART,
    Role.DONE: FactRole.DONE,
    Role.PENDING: FactRole.PENDING,
}
_WHOLES = frozenset({FactRole.TOTAL, FactRole.VALUE})
_BACK = compiled(r"已|共|了|累计|同比|去年|上年|其中")
_FROM = compiled(r"(?<![自理缘经事来])[由从][^，。；]*$")
_NO_AREA = compiled(r"^(?:部分|其中|所有|多个|相关|有关|一些|[家个名位座处所条项])|小区$|其他")
#: Roles whose figures say of another figure what part of it they are.
_OF_OTHERS = frozenset({FactRole.DONE, FactRole.PENDING, FactRole.PART, FactRole.RATE, FactRole.SHARE})
_EARLIER = compiled(r"[较比与同和]?(?:[上去前]一?年|20\d\d年)?(?:同期|全年|末|底|度)?|由|从|年初|期初|的")
_ASIDE = compiled(r"(?:增|降|涨|升)?(?:幅度?|速|量)|总[量数]|数量|金额|总额|规模|面积|[今本当]年|全年|其|同期|实际")


def _leads_on(claims: Sequence[Claim], index: int) -> bool:
    """Whether the words behind the figure are the next figure's: 查处问题12个追责7人."""
    claim = claims[index]
    if index + 1 >= len(claims) or claims[index + 1].clause != claim.clause:
        return False
    following = claims[index + 1]
    return following.lead == claim.trail.lstrip("、和及与") and change_of(claim.trail) is not None


def _comparison(text: str, claim: Claim, movement: Movement | None, lead: str, role: FactRole) -> Comparison | None:
    measure = _MEASURES.get(claim.quantity.kind, "units")
    if movement is not None and role is FactRole.CHANGE:
        direction = {1: "up", -1: "down"}.get(movement.sign, "")
        if movement.better is not None:
            direction = "better" if movement.better else "worse"
        against = movement.comparator
        return Comparison(movement.word, against, kind_of(against) if against else "", direction, measure)
    if role is FactRole.BASE:
        found = _EARLIER_PERIOD.search(lead) or _EARLIER_PERIOD.search(
            text, max(0, claim.at.start - 12), claim.at.start
        )
        return Comparison("", found[0] if found else "", kind_of(found[0]) if found else "", "", measure)
    return None


_EARLIER_PERIOD = compiled(r"[较比]?(?:[上去前]一?年|20\d\d年)(?:同期|全年|末|底|度)?|同期|年初|期初|[由从]")


def _cells(analysis: Analysis) -> Iterator[tuple[int, tuple[str, str]]]:
    """For the figure of each table cell, by its place in the document: the labels of its row and column."""
    for grid in grids(analysis.document):
        for row in range(1, len(grid.rows)):
            for column in grid.columns():
                number = grid.number(row, column)
                if number is not None:
                    yield number.span.start, (_label(grid, row), grid.text(0, column))


def _label(grid: Grid, row: int) -> str:
    return grid.label(row) or grid.text(row, 0)
