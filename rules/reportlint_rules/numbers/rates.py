"""NM103: a rate that its own counts contradict."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal

from reportlint.analysis import Analysis
from reportlint.bonds import is_closed, same_thing
from reportlint.claims import CHANGES, Claim, Role
from reportlint.finding import Abstained, Checked, Finding, Message, Outcome, Related, Severity
from reportlint.numbers import Quantity, same_unit
from reportlint.patterns import compiled
from reportlint.phrase import clause_start
from reportlint.rule import rule
from reportlint_rules.numbers.figures import HUNDRED, fits_rate, show
from reportlint_rules.numbers.named_rates import named_rate
from reportlint_rules.numbers.remainders import left_out, remainder_of

#: 整改率为, 优良比例为, 占比: a rate with a short name and no subject of its own.
_NAMED = compiled(r"([一-龥A-Za-z]{1,12}?)(?:率|比例|占比|比重|满意度|知晓度)(?:为|达|达到|是|均为|约为|仅为|只有)?")
_SHARE_TAIL = compiled(r"占(?:比|总数的?|总量的?|全部的?|全市的?|全县的?)?(?:为|达|约|到)?")
#: 占立案查处总数的: the whole by its own words.
_SHARE_OF = compiled(r"占([一-龥]{2,8}?)(?:总数|总量|总额|总件数|[户人件家个项起宗台]数)的?(?:比例为|比重为|约|近)?")
#: 占一般公共预算支出的: the whole by all of its name.
_SHARE_OF_ALL = compiled(r"占(?!总)([一-龥]{3,10})的(?:比例为|比重为|约|近)?")
#: 占总投资的: the whole by the end of its name.
_SHARE_OF_NAMED = compiled(
    r"占(总(?:投资|面积|人口|里程|长度?|规模|户数|人数|床位|库容|产值|产量|装机|任务)|[一-龥]{2,6}总[一-龥]{1,2})的?(?:比例为|比重为|约|近)?"
)
#: 占幼儿园总数的: every one of a kind.
_ALL_OF = compiled(r"(?:只|仅|约)?占(?:全[市县区乡镇]|我[市县区])?([一-龥]{2,8}?)总[数量]的?(?:比例为|比重为)?")
#: 仅占实绩企业的: every one that the text has counted by that name.
_THOSE_OF = compiled(r"(?:只|仅|约)?占(?:全[市县区乡镇])?(?!总|其|全)([一-龥]{3,8})的(?:比例为|比重为)?")
_GENERIC_UNITS = frozenset("个人名家户件项")
_EACH_SHARE = compiled(r"(?:分别|依次)(?:占|占比为?|为)(?:总[量数]的?)?")
_OF_TOTAL = compiled(r"占[一-龥]{0,6}?(总[量数额])的?(?:比例为|比重为|约|近)?")
#: How many figures back a total may stand.
_PARAGRAPH = 30
_OF_PLAN = compiled(r"(?:占|为|完成)(?:年度|全年|年初|目标|计划)?(?:计划|任务|目标|预算)(?:任务|数|总数|投资)?的")
#: 占全镇16个村的87.5%: what the whole before the rate counts.
_THINGS_OF = compiled(r"[一-龥]{1,6}的")
_ACTUAL = compiled(r"^实[一-龥]|实际")
_GENERIC = frozenset("的率为比例全市县区总体平均有效综合实际目前")
#: Rates of another denominator: those due, those asked, those of a first visit.
_OTHER_BASE = compiled(
    r"按期|按时|到期|及时|首次|提前|一次性?|限时|时限|满意|知晓|任务|计划|目标|预算|进度|增长|同比|下降|平均|环比"
)
_STATE_WORDS = compiled(r"其中|已|实际|目前|现|正常|共|有")
#: What a part is spent or saved of.
_BARE = frozenset({"的", "完成", "已完成", "完成了"})
_AT_LARGE = compiled(r"预算|总[额量数]|概算|总面积|总投资|总人口")
#: How much of a set has got something: 80个村中有64个建成书屋，覆盖率.
_OF_AMONG = compiled(r"(?:覆盖|普及|建成|达标|完成|参与|占)[率比]|占比|比例")
_DUE_LEAD = compiled(r"(?:^|[^反相对适回供])应[一-龥]{1,8}$")
_DUE = compiled(r"(?:应|实考|参考|总)")
_AMONG_END = compiled(r"中(?:(?:已|现|共)?有|的)$")
#: 选择回乡就业的只有3960人: those of the whole that are so.
_SUCH = ("的", "的有", "的只有", "的仅有", "的仅", "的就有", "的占")
_SAVINGS = compiled(r"节约|节支|节省|核减|审减")
_FAR = Decimal(3)
#: A rate over all the time so far, which the count of one period does not make.
_OVERALL = compiled(r"累计|历年|总体上|综合")


def _percents(group: Sequence[Claim]) -> Iterator[tuple[int, Claim]]:
    for index, claim in enumerate(group):
        quantity = claim.quantity
        if (
            quantity.kind == "percent"
            and quantity.unit.name == "%"
            and claim.role in (Role.RATE, Role.SHARE, Role.VALUE, Role.NONE, Role.DONE, Role.TOTAL)
            and quantity.exact
            and not quantity.quoted
            and (
                "率" in claim.lead
                or "度" in claim.lead
                or "占" in claim.lead
                or "比例" in claim.lead
                or "比重" in claim.lead
                or claim.lead in _BARE
                or _OF_PLAN.fullmatch(claim.lead)
                or (index and _THINGS_OF.fullmatch(claim.lead) and group[index - 1].clause == claim.clause)
            )
        ):
            yield index, claim


def _pair(text: str, figures: Sequence[Claim], rate: Claim) -> tuple[Claim, Claim] | None:
    """The part and the whole that ``rate`` surely speaks of, among the figures printed before it."""
    if figures and (rate.lead == "的" or (_THINGS_OF.fullmatch(rate.lead) and figures[-1].clause == rate.clause)):
        return _of_named(text, figures, rate)
    counts = _counts(figures)
    if _OF_PLAN.fullmatch(rate.lead):
        return _of_plan(counts, rate)
    if _OF_DONE.search(rate.lead) and (done := _done_of_plan(counts, rate)):
        return done
    if not counts or figures[-1] is not counts[-1]:
        return None
    part = counts[-1]
    if (
        len(counts) > 1
        and rate.clause - part.clause == 1
        and _DUE_LEAD.search(counts[-2].lead)
        and part.lead.startswith("实")
    ):
        due = counts[-2]
        alike = (
            same_unit(due.quantity, part.quantity)
            and part.clause - due.clause == 1
            and not _OTHER_BASE.search(rate.lead)
        )
        return (part, due) if alike and _NAMED.fullmatch(rate.lead) else None  # 应收6.2亿元，实收6.014亿元，征缴率
    if part.quantity.unit.name == "天":  # good days have a calendar and a rule of their own
        return None
    if (
        rate.clause - part.clause != 1
        or rate.depth - part.depth not in (0, 1)  # 办结101条（办结率95.3%）
        or part.carried
        or (part.planned and not _SHARE_OF_NAMED.fullmatch(rate.lead))
        or (part.rest and _SHARE_TAIL.fullmatch(rate.lead) is None)  # 其余24.28亿元为直接放贷，个贷率
    ):
        return None
    for whole in reversed(counts[:-1]):
        if not same_unit(whole.quantity, part.quantity) or whole.role is Role.BASE:
            continue
        if whole.quantity.value < part.quantity.value and (
            rate.quantity.value > HUNDRED
            or not _fits_none(counts[:-1], part)
            or whole.planned
            or part.clause - whole.clause != 1
            or (whole.subset and part.role is not Role.DONE)  # 其中…村级343名，护林员612名，上线率97.4%
        ):
            continue
        if whole.sentence != part.sentence and (not same_thing(part, whole) or _OVERALL.search(rate.lead)):
            return None  # 调查28个地块。完成行政村治理17个，累计治理率
        near = part.clause - whole.clause <= 2
        planned = whole.planned and not compiled(r"完成率|开工率|执行率|进度").search(rate.lead)
        if _SAVINGS.search(part.lead) and not _AT_LARGE.search(whole.lead[-8:]) and whole is not counts[0]:
            continue  # 采购预算2.86亿元，实际成交2.71亿元，节约资金1500万元，节约率
        if not _speaks_of(rate, part, whole) or _told_off(text, figures, part, whole):
            return None
        if near and not planned and (not whole.subset or part.subset) and _taken_from(part, whole, rate):
            return part, whole
        return None
    return None


def _told_off(text: str, figures: Sequence[Claim], part: Claim, whole: Claim) -> bool:
    """调解成功2598件，成功率76.1%；仲裁结案818件，结案率98.3%: the first has its own rate, and a semicolon ends its tale."""
    told = any(claim.quantity.unit.name == "%" and whole.at.end <= claim.at.start < part.at.start for claim in figures)
    return told and "；" in text[whole.at.end : part.at.start]


def _fits_none(counts: Sequence[Claim], part: Claim) -> bool:
    """Whether no figure of its unit before the part is great enough to hold it."""
    return all(
        claim.quantity.value < part.quantity.value for claim in counts if same_unit(claim.quantity, part.quantity)
    )


def _taken_from(part: Claim, whole: Claim, rate: Claim) -> bool:
    named = part.lead.endswith(_SUCH)
    share = _SHARE_OF.fullmatch(rate.lead)
    if share and share[1] in whole.lead:
        return True  # 参保职工12.6万人，享受待遇4.2万人，占参保人数的33.3%
    if part.role is whole.role is Role.DONE and not part.subset:
        return False  # 转移处置2316吨，医疗废物处置量74.6吨，处置率: two deeds side by side
    spent = _NAMED.fullmatch(rate.lead)
    if spent and len(spent[1]) > 1 and spent[1][-2:] in part.lead and _AT_LARGE.search(whole.lead[-8:]):
        return True  # 采购预算3.60亿元，节约资金0.27亿元，资金节约率
    if spent and all(claim.lead.endswith(spent[1][-2:]) for claim in (part, whole)):
        return False  # 窗口立案2910件、跨域立案437件，当场登记立案率: both are counted alike
    if spent and len(spent[1]) > 1 and part.clause - whole.clause == 1:
        deed, words = spent[1], _STATE_WORDS.sub("", part.lead)
        if words == deed or sorted(words) == sorted(deed) or sorted(words[-2:]) == sorted(deed[-2:]):
            return True  # 终端2180个，在线2046个，在线率; 发放500份，收回480份，回收率
    return named or part.role is Role.DONE or part.subset or is_closed(whole) or _ACTUAL.search(part.lead) is not None


def _before_bracket(text: str, whole: Claim, rate: Claim) -> str:
    """What leads to a whole that stands in a bracket of its own: 占职工总数（56名）的85%."""
    opening = text.rfind("（", max(0, whole.at.start - 12), whole.at.start)
    if opening < 0 or text[whole.at.end : rate.at.start] != "）的" or whole.at.start - opening > 4:
        return ""
    return text[clause_start(text, opening, "，。；\n") : opening]


def _of_named(text: str, figures: Sequence[Claim], rate: Claim) -> tuple[Claim, Claim] | None:
    """占年度任务26公里的70.0%, 为年初预算37.50亿元的52.7%: the whole stands right before the rate, the part before that."""
    whole = figures[-1]
    before = whole.lead if whole.clause == rate.clause else _before_bracket(text, whole, rate)
    if not compiled(r"(?:占|为|完成|相当于)[^，。；]{0,14}$").search(before) or not whole.quantity.exact:
        return None
    for part in reversed(figures[:-1]):
        if part.clause < whole.clause - 3:
            return None
        if (
            same_unit(part.quantity, whole.quantity)
            and part.role not in CHANGES
            and part.role is not Role.BASE
            and part.quantity.exact
        ):
            return part, whole
    return None


_DEED_ALONE = compiled(r"(?:其中|目前|现|已|均|完成|实际)*")


def _by_deed(before: Sequence[Claim], rate: Claim) -> tuple[Claim, Claim] | None:
    """签约的37个项目，落地29个，开工26个，投产17个，项目落地率: the count led to by the rate's own deed and nothing else."""
    named = _NAMED.fullmatch(rate.lead)
    if named is None or len(named[1]) < 2 or _OTHER_BASE.search(rate.lead):
        return None
    deed = named[1][-2:]
    parts = [claim for claim in before if claim.lead.endswith(deed) and _DEED_ALONE.fullmatch(claim.lead[:-2])]
    if len(parts) != 1 or not parts[0].countable or rate.clause - parts[0].clause > 3 or parts[0].planned:
        return None
    part = parts[0]
    held = [claim for claim in before if claim.at.start < part.at.start and same_unit(claim.quantity, part.quantity)]
    fits = (
        len(held) == 1
        and held[0].countable
        and held[0].role is Role.TOTAL
        and not held[0].planned
        and part.clause - held[0].clause == 1
        and held[0].quantity.value >= part.quantity.value
    )
    return (part, held[0]) if fits else None


#: 市控断面中有6个: what the part is taken from, by its name.
_AMONG_THEM = compiled(r"([一-龥]{2,8})中(?:已|现|共)?(?:有|仅有|只有)?$")


def _among_named(before: Sequence[Claim], rate: Claim) -> tuple[Claim, Claim] | None:
    """国控断面2个、市控断面7个，……市控断面中有6个达到Ⅲ类，优良比例: the whole by the name that 中 follows."""
    if not before or rate.clause - before[-1].clause != 1 or not _NAMED.fullmatch(rate.lead):
        return None
    part = before[-1]
    named = _AMONG_THEM.search(part.lead)
    if named is None or not part.countable or _OTHER_BASE.search(rate.lead):
        return None
    wholes = [
        whole
        for whole in before[:-1]
        if same_unit(whole.quantity, part.quantity)
        and whole.countable
        and whole.role not in CHANGES
        and (whole.lead.endswith(named[1]) or whole.trail.startswith(named[1]))
    ]
    fits = len(wholes) == 1 and part.quantity.value <= wholes[0].quantity.value
    return (part, wholes[0]) if fits else None


def _of_plan(counts: Sequence[Claim], rate: Claim) -> tuple[Claim, Claim] | None:
    """占年度计划的68.0%: the plan is the figure before last, and is called one."""
    if len(counts) < 2 or rate.clause - counts[-1].clause != 1:
        return None
    whole, part = counts[-2:]
    planned = whole.planned or compiled(r"计划|任务|目标|预算").search(whole.lead) is not None
    return (
        (part, whole)
        if planned and same_unit(part.quantity, whole.quantity) and part.clause - whole.clause <= 2
        else None
    )


def _to_do(claim: Claim) -> bool:
    """Whether the figure is what was planned; in 重点任务完成35项 it is not."""
    if _AIM_BEHIND.match(claim.trail):
        return True
    plans = list(_PLAN.finditer(claim.lead))
    return bool(plans) and _DONE_SINCE.search(claim.lead, plans[-1].end()) is None


def _done_of_plan(counts: Sequence[Claim], rate: Claim) -> tuple[Claim, Claim] | None:
    """建成18.6万亩，超额完成年度任务18万亩，完成率96.8%: what was done and what was to be done, in whichever order."""
    named = _NAMED.fullmatch(rate.lead) or _PROGRESS.fullmatch(rate.lead)
    if len(counts) < 2 or rate.clause - counts[-1].clause != 1 or not named:
        return None
    first, second = counts[-2:]
    if second.clause - first.clause > 2 or not same_unit(first.quantity, second.quantity):
        return None
    to_do = [_to_do(claim) for claim in (first, second)]
    if to_do == [True, False] and (second.role is Role.DONE or _ACTUAL.search(second.lead)):
        return second, first
    return (first, second) if to_do == [False, True] and not first.planned else None


def _speaks_of(rate: Claim, part: Claim, whole: Claim) -> bool:
    """Whether the rate's name and the part's words share what was done: 已整改44个，整改率; 占比 speaks of whatever stands before it."""
    if rate.lead in _BARE:
        return part.role is Role.DONE  # 新增学位8400个，已交付5160个，完成61.4%
    share = _SHARE_OF.fullmatch(rate.lead) or _SHARE_OF_NAMED.fullmatch(rate.lead)
    if share and share[1] in whole.lead:
        return True
    share = _SHARE_OF_ALL.fullmatch(rate.lead)
    if share and part.subset and not whole.subset and share[1] in whole.lead:
        return True
    if _SHARE_TAIL.fullmatch(rate.lead) or compiled(r"占比(?:为|达|约)?").fullmatch(rate.lead):
        return part.subset or part.role is Role.DONE or part.lead.endswith(_SUCH)
    named = _NAMED.fullmatch(rate.lead)
    if named is None or named[1].startswith("占"):  # 占地区生产总值的比重: the whole is named, and is not here
        return False
    words = part.lead + part.trail
    if part.subset and _AMONG_END.search(part.lead) and _OF_AMONG.search(rate.lead):
        return True
    if any(word not in words for word in _OTHER_BASE.findall(rate.lead)):
        return False
    if part.role is Role.DONE and part.clause - whole.clause == 1 and named[1][:2] in part.lead and len(named[1]) > 3:
        return True  # 已享受补贴3667人，补贴发放率
    if part.lead.endswith("的") and any(named[1][place : place + 2] in part.lead for place in range(len(named[1]) - 1)):
        return True  # 存在问题的31个，问题检出率
    name = set(named[1][-2:] or rate.lead[:2]) - _GENERIC
    return bool(name & set(words[-14:])) or (
        part.role is Role.DONE and named[1][-2:] in ("完成", "整改", "办结", "销号")
    )


def _turned(group: Sequence[Claim], rate: Claim) -> tuple[Claim, Claim] | None:
    """The rate first, its counts after it: 完成率为93.3%，45项任务中已完成41项."""
    index = group.index(rate)
    following = [claim for claim in group[index + 1 : index + 3] if claim.countable]
    if index or len(following) < 2 or following[0].clause - rate.clause != 1:
        return None
    whole, part = following
    named = _NAMED.fullmatch(rate.lead[-14:]) or _NAMED.search(rate.lead)
    if (
        not same_unit(whole.quantity, part.quantity)
        or part.quantity.value > whole.quantity.value
        or named is None
        or not (
            part.subset
            or (_ACTUAL.search(part.lead) and "应" in whole.lead)
            or (part.lead in (named[1][-2:], f"已{named[1][-2:]}") and part.clause - whole.clause == 1)
            or (part.lead.endswith("中") and part.trail.startswith(named[1][-2:]))
        )
    ):
        return None
    words = whole.trail + part.lead
    other = any(word not in words for word in _OTHER_BASE.findall(rate.lead[-7:-2]))
    return (part, whole) if set(named[1][-2:]) & set(part.lead + part.trail[:2]) and not other else None


def _between(group: Sequence[Claim], rate: Claim) -> tuple[Claim, Claim] | None:
    """The rate between its counts: 受理106件，办结率95.3%，已办结101件."""
    index = group.index(rate)
    if not 0 < index < len(group) - 1:
        return None
    whole, part = group[index - 1], group[index + 1]
    if part.depth == rate.depth + 1 and part.clause - rate.clause == 1 and _DUE.match(part.lead):
        return _due_behind(whole, part, rate)
    if (
        rate.clause - whole.clause != 1
        or part.clause - rate.clause != 1
        or not all(claim.countable and claim.depth == rate.depth for claim in (whole, part))
        or not same_unit(whole.quantity, part.quantity)
        or part.quantity.value > whole.quantity.value
    ):
        return None
    fits = (
        part.role is Role.DONE
        and is_closed(whole)
        and not (part.carried or part.planned)
        and _speaks_of(rate, part, whole)
    )
    return (part, whole) if fits else None


def _due_behind(part: Claim, whole: Claim, rate: Claim) -> tuple[Claim, Claim] | None:
    """体检5.2万人，体检率76.5%（应检6.8万人）: what was due stands in a bracket behind."""
    named = _NAMED.fullmatch(rate.lead)
    fits = (
        named is not None
        and rate.clause - part.clause == 1
        and part.countable
        and whole.countable
        and same_unit(part.quantity, whole.quantity)
        and part.quantity.value <= whole.quantity.value
        and bool(set(named[1][-2:]) & set(part.lead))
    )
    return (part, whole) if fits else None


def _whole_behind(group: Sequence[Claim], rate: Claim) -> tuple[Claim, Claim] | None:
    """志愿者6.83万人，占常住人口的比例为16.5%（常住人口41.5万人）: the whole by its name, in a bracket behind."""
    index = group.index(rate)
    named = _SHARE_OF.fullmatch(rate.lead) or _SHARE_OF_ALL.fullmatch(rate.lead)
    if named is None or not 0 < index < len(group) - 1:
        return None
    part, whole = group[index - 1], group[index + 1]
    fits = (
        whole.depth == rate.depth + 1
        and whole.clause - rate.clause == 1
        and rate.clause - part.clause == 1
        and named[1] in whole.lead
        and part.countable
        and whole.countable
        and same_unit(part.quantity, whole.quantity)
        and part.quantity.value <= whole.quantity.value
    )
    return (part, whole) if fits else None


def _counted_elsewhere(analysis: Analysis, group: Sequence[Claim], rate: Claim) -> tuple[Claim, Claim] | None:
    """普惠性幼儿园86所，占幼儿园总数的93.5%: the whole by its name, where the text has counted it before, once or always alike."""
    index = group.index(rate)
    named = _ALL_OF.fullmatch(rate.lead)
    alone = _THOSE_OF.fullmatch(rate.lead) if named is None else None
    said = named or alone
    if said is None or not index or rate.clause - group[index - 1].clause != 1:
        return None
    part, name = group[index - 1], said[1]
    words = part.lead + part.trail
    if not part.countable or part.role in CHANGES or part.planned:
        return None
    if not (name in words if named else name[-2:] in words) and part.quantity.unit.name in _GENERIC_UNITS:
        return None
    if alone and name[-2:] not in words:
        return None
    wholes = [
        claim
        for claim in analysis.claims
        if claim.at.start < part.at.start
        and _is_named(claim, name, anywhere=named is not None and part.quantity.unit.name not in _GENERIC_UNITS)
        and claim.countable
        and claim.role not in CHANGES
        and claim.role is not Role.BASE
        and same_unit(claim.quantity, part.quantity)
        and claim.quantity.exact
        and not claim.planned
    ]
    if not wholes or any(claim.quantity.value != wholes[0].quantity.value for claim in wholes):
        return None
    return (part, wholes[0]) if part.quantity.value <= wholes[0].quantity.value else None


def _is_named(claim: Claim, name: str, *, anywhere: bool) -> bool:
    """Whether the figure counts what is called ``name``, which may stand anywhere before it where its unit tells enough."""
    lead = claim.lead.removeprefix("其中")
    return (
        lead == name
        or (len(name) > 3 and lead.endswith(name))
        or (anywhere and name in lead)
        or (claim.trail.startswith(name) and not claim.lead)
    )


def _of_total(analysis: Analysis, group: Sequence[Claim], rate: Claim) -> tuple[Claim, Claim] | None:
    """重复信访522件，占总量的37.7%: the part right before, the total by that name earlier in the paragraph."""
    named = _OF_TOTAL.fullmatch(rate.lead)
    index = group.index(rate)
    part = group[index - 1] if index else None
    if named is None or part is None or rate.clause - part.clause != 1 or not part.countable:
        return None
    claims = analysis.claims
    at = bisect_left(analysis.claim_starts, part.at.start)
    for whole in reversed(claims[max(0, at - _PARAGRAPH) : at]):
        if whole.paragraph != part.paragraph:
            return None
        if named[1] in whole.lead and whole.countable and same_unit(whole.quantity, part.quantity):
            return (part, whole) if whole.quantity.value >= part.quantity.value and not whole.subset else None
    return None


_OF_DONE = compiled(r"(?:完成|开工|竣工|执行|兑现|建成|支出|拨付|支付)(?:率|比例|进度)|^(?:完成|已完成)")
_BARE_SHARE = compiled(r"占比?(?:为|达|约)?")
#: 全年50亿元目标: the word for what is aimed at behind its figure.
_AIM_BEHIND = compiled(r"的?(?:年度|全年)?(?:目标|任务|计划|指标)(?:任务|数)?(?:的|，|。|$)")
#: A plan beside what came of it: no rate is the plan over the outcome.
_PLAN = compiled(r"计划|任务|目标|预算|应[一-龥]|下达|安排")
_DONE_SINCE = compiled(r"完成|建成|实现|已")
_PROGRESS = compiled(r"(?:预算|资金|投资)?(?:支出|执行|完成|拨付|支付)进度(?:为|达|达到)?")


def _fitting(counts: Sequence[Claim], rate: Claim) -> tuple[Claim, Claim] | None:
    """Any two figures in sight whose ratio the rate can be: then it was bound otherwise than we would."""
    most = 1 if rate.quantity.value <= HUNDRED else 3
    for part in reversed(counts):
        for whole in counts:
            if (
                whole is part
                or whole.quantity.kind != part.quantity.kind
                or part.quantity.value > whole.quantity.value * most
                or not whole.quantity.value
            ):
                continue
            # As it stands first: a target is a narrower number, and few figures fit at all.
            if (
                fits_rate(part.quantity, whole.quantity, rate.quantity)
                and not _upside_down(part, whole, rate)
                and fits_rate(part.quantity, _as_planned(whole), rate.quantity)
            ):
                return part, whole
    return None


def _upside_down(part: Claim, whole: Claim, rate: Claim) -> bool:
    """Whether the part was to be done and the whole was done: 完成率 is never what was to be done over what was."""
    done = _ACTUAL.search(whole.lead) or whole.role is Role.DONE or _OF_DONE.search(rate.lead) or rate.lead == "的"
    return bool(done) and _to_do(part) and not _to_do(whole)


@rule(
    "NM103",
    "rate-count-mismatch",
    severity=Severity.WARNING,
    bad=(
        "排查问题47个，已整改44个，整改率为⟦91.6%⟧。",
        "全年受理群众来信156件，办结152件，办结率⟦87.4%⟧。",
    ),
    good=(
        "排查问题47个，已整改44个，整改率为93.6%。",
        "全年受理群众来信156件，办结152件，按期办结率100%。",
        "应参检216家，实际参检204家，参检率94.4%。",
        "抽检食品1200批次，不合格18批次，不合格率1.5%。",
        "抽检食品1200批次，不合格18批次，合格率98.5%。",
        "排查问题47个，已整改44个，整改率达93%以上。",
    ),
)
def rate_count_mismatch(analysis: Analysis) -> Iterator[Outcome]:
    """比率与件数不符。

    前面刚写了总数和完成数，后面的完成率、合格率、办结率应当就是两数之比。四舍五入和去尾都算对；差得多的多半是抄了别处的率。

    率可能另有分母（到期应办数、应参加数），所以附近任何两个数能算出这个率，就不报；“达90%以上”不核对；相差 3 个百分点以上报 error。
    """
    text = analysis.reading.text
    before_it: Sequence[Claim] = ()
    whole: Claim | None = None
    for group in analysis.by_sentence:
        if whole is not None and whole.paragraph != group[0].paragraph:
            whole = None
        rates = list(_percents(group))
        previous, counts_here = (_counts(before_it), _counts(group)) if rates else ([], [])
        for index, rate in rates:
            near = [claim for claim in previous if claim.paragraph == rate.paragraph] + counts_here
            before = group[:index]
            told = _by_deed(before, rate)  # even where two other figures would give the rate
            if told is None and _fitting(near, rate):
                yield Checked(rate.quantity.span)
                whole = _shared_whole(group, near, rate) or whole
                continue
            remainder = remainder_of(group, rate)
            if remainder is not None:
                yield Checked(rate.quantity.span)
                if not remainder.holds:
                    yield remainder.finding(rate)
                continue
            bound = (
                told
                or named_rate(before, rate)
                or _among_named(before, rate)
                or _pair(text, before, rate)
                or (_pair(text, [*previous, *before], rate) if len(before) == 1 else None)
                or _turned(group, rate)
                or _between(group, rate)
                or _of_total(analysis, group, rate)
                or _whole_behind(group, rate)
                or _counted_elsewhere(analysis, group, rate)
                or _of_same(before, rate, whole)
            )
            if bound is None or (rate.planned and not _OF_PLAN.fullmatch(rate.lead) and not rate.lead.endswith("的")):
                if sum(claim.at.start < rate.at.start for claim in counts_here) > 1:
                    yield Abstained(rate.quantity.span, "没有认出这个比率的分子和分母")
                continue
            if not bound[1].quantity.value:
                continue
            if left_out(bound[0], rate) or bound[0].quantity.unit.name == "年":
                continue  # years are when, not what: 两年完成的投资占五年总额的32%
            yield Checked(rate.quantity.span)
            if not _holds(*bound, rate):
                yield _mismatch(rate, *bound)
        yield from _shared_out(analysis, group)
        before_it = group


def _counts(group: Sequence[Claim]) -> list[Claim]:
    """The figures that may be a rate's part or whole."""
    return [
        claim for claim in group if claim.countable and claim.role not in CHANGES and claim.quantity.unit.name != "年"
    ]


def _shared_whole(group: Sequence[Claim], near: Sequence[Claim], rate: Claim) -> Claim | None:
    """What the count right before a bare share is a share of, and not itself one of the list."""
    index = group.index(rate)
    if index == 0 or not _BARE_SHARE.fullmatch(rate.lead) or rate.clause - group[index - 1].clause != 1:
        return None
    part = group[index - 1]
    for whole in reversed([claim for claim in near if claim.at.start < part.at.start]):
        if not same_unit(part.quantity, whole.quantity) or not fits_rate(part.quantity, whole.quantity, rate.quantity):
            continue
        place = group.index(whole) if whole in group else -1
        shared = 0 <= place < len(group) - 1 and _BARE_SHARE.fullmatch(group[place + 1].lead)
        return None if shared else whole
    return None


def _of_same(before: Sequence[Claim], rate: Claim, whole: Claim | None) -> tuple[Claim, Claim] | None:
    """女党员91名，占31.8%；35岁以下62名，占21.7%: a share right behind its count, of the whole that the share before it was of."""
    if whole is None or not before or not _BARE_SHARE.fullmatch(rate.lead):
        return None
    part = before[-1]
    fits = (
        rate.clause - part.clause == 1
        and part.countable
        and same_unit(part.quantity, whole.quantity)
        and part.quantity.value <= whole.quantity.value
        and part.role not in CHANGES
        and not part.planned
    )
    return (part, whole) if fits else None


def _holds(part: Claim, whole: Claim, rate: Claim) -> bool:
    """Whether the rate can be that of the two figures; what is more than its whole gives no rate of 100% or less."""
    if part.quantity.value > whole.quantity.value and rate.quantity.value <= HUNDRED:
        return False
    return fits_rate(part.quantity, _as_planned(whole), rate.quantity)


def _as_planned(whole: Claim) -> Quantity:
    """A target is a round number: 2.5万人 are 25000."""
    quantity = whole.quantity
    if not quantity.exact or not _to_do(whole):
        return quantity
    # A budget of 37.5亿元 has been rounded, a target of 5亿元 has not.
    round_sum = quantity.kind == "money" and len(quantity.value.normalize().as_tuple().digits) < 3
    if quantity.kind not in ("count", "area") and not round_sum:
        return quantity
    return Quantity(
        quantity.at,
        quantity.place,
        quantity.text,
        quantity.value,
        quantity.step,
        quantity.value,
        quantity.value,
        quantity.unit,
        quantity.bound,
        quantity.magnitude,
    )


def _shared_out(analysis: Analysis, group: Sequence[Claim]) -> Iterator[Outcome]:
    """乡镇653件、部门608件、企业125件，分别占47.1%、43.9%和9%: shares that make up the whole are those of the counts' sum."""
    for index, first in enumerate(group):
        if not first.lead.startswith(("分别", "依次")) or first.quantity.unit.name != "%":
            continue
        if not _EACH_SHARE.fullmatch(first.lead):
            continue
        shares = [first]
        for claim in group[index + 1 :]:
            if claim.quantity.unit.name != "%" or claim.clause != first.clause or claim.lead:
                break
            shares.append(claim)
        counts = [*group[max(0, index - len(shares)) : index]]
        alike = len(counts) == len(shares) > 1 and all(
            one.countable and same_unit(one.quantity, counts[0].quantity) for one in counts
        )
        whole_sum = sum((one.quantity.value for one in shares), Decimal(0))
        if (
            not alike
            or abs(whole_sum - HUNDRED) > len(shares) * shares[0].quantity.step
            or not all(one.quantity.exact for one in shares)
        ):
            continue
        total = sum((one.quantity.value for one in counts), Decimal(0))
        for count, share in zip(counts, shares, strict=True):
            yield Checked(share.quantity.span)
            low, high = (
                (bound or count.quantity.value) * HUNDRED / total for bound in (count.quantity.low, count.quantity.high)
            )
            if low > share.quantity.value + share.quantity.step or high < share.quantity.value - share.quantity.step:
                yield _off_share(share, count, total)


def _off_share(share: Claim, count: Claim, total: Decimal) -> Finding:
    actual = show(count.quantity.value * HUNDRED / total, 1)
    return Finding(
        share.quantity.span,
        Message(
            f"{count.quantity.text} 占合计的 {actual}%，与写明的 {share.quantity.text} 不符，请核对",
            f"{count.quantity.text} is {actual}% of the sum, but the share is given as {share.quantity.text}",
        ),
        (Related(count.quantity.span, "分子"),),
    )


def _mismatch(rate: Claim, part: Claim, whole: Claim) -> Finding:
    actual = part.quantity.value / whole.quantity.value * HUNDRED
    places = max(1, len(rate.quantity.text.rstrip("%").partition(".")[2]))
    shown = f"{part.quantity.text}÷{whole.quantity.text}＝{show(actual, places)}%"
    return Finding(
        rate.quantity.span,
        Message(
            f"{shown}，与写明的 {rate.quantity.text} 不符，请核对",
            f"{shown}, but the rate is given as {rate.quantity.text}",
        ),
        (Related(part.quantity.span, "分子"), Related(whole.quantity.span, "分母")),
        severity=Severity.ERROR if abs(actual - rate.quantity.value) > _FAR else Severity.WARNING,
    )
