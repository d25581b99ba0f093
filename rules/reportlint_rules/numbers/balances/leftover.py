"""What is still to come: 年度目标36亿元，完成27.6亿元，还需完成8.4亿元; what one quarter adds to those before; the change from the opening stock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlint.analysis import Analysis
from reportlint.claims import Claim
from reportlint.numbers import same_unit
from reportlint.patterns import compiled
from reportlint_rules.numbers.balances.rule import OPENING, Balance
from reportlint_rules.numbers.figures import share_a_pair
from reportlint_rules.numbers.nearly import slip_between

#: 还需完成9.4亿元, 只需再增加2600个: what the goal leaves.
TO_GO = compiled(
    r"(?:还需|尚需|仍需|还要|只需|还应|尚须|还须|仍要)(?:再)?(?:要)?(?:完成|增加|新增|建设|新建|投资|投入|实现|建成|改造|筹集|筹措|招|培训|发展|收缴|争取|植树|造|追加|补充|补)[一-龥]{0,6}$|(?:还差|尚差|缺口)[一-龥]{0,4}$"
)
_GOAL = compiled(r"目标|任务|计划|规划|应|需要?(?!求)|总投资|概算|指标|内[^，。；]{0,4}新增")
_DONE = compiled(r"已|完成|实现|到位|累计|达到?|实际|新增|建成|投资|收缴|签约|前[一二两三四]")
_NOT_DONE = compiled(r"目标|任务|计划|应|同比|增长|比|较|还|尚|其中|(?<!前)[四二三]季度(?!末)|[月季]均|每")
#: How many figures back the two may stand.
_BACK = 10

#: 前三季度, 上半年: what is counted from the year's beginning, by the quarter that it ends with.
_TO_QUARTER = {"一季度": 1, "上半年": 2, "前三季度": 3, "前三个季度": 3, "全年": 4, "1-6月": 2, "1-9月": 3, "1-3月": 1}
_CUMULATIVE = compiled(r"(?<!第)(?:一季度|上半年|前三个?季度|全年|1[-—至]+[369]月)")
_QUARTER = compiled(
    r"(?<![前一])(?P<q>[二三四])季度(?:当季|单季|当期|单独)?[^，。；\d]{0,14}$|(?P<half>下半年)[^，。；\d]{0,14}$"
)
_PERIOD_WORDS = compiled(
    r"(?:就|其中|累计|当季|单季|共|已|达到?|的|为|了|全年|上半年|下半年|前三个?季度|[一二三四]季度|1[-—至]+[369]月份?|，)"
)
_NO_AMOUNT = compiled(r"增长|增加|增速|同比|比|较|目标|计划|任务|率|均|最|预计|占|提高|下降")
#: 比年初增加482件: how the end lies from the beginning.
_FROM_OPENING = compiled(
    r"(?:比|较)(?:年初|上年末|去年末|上年底|去年底|期初|年初旧存|旧存)(?:数|时)?(?:净)?(?P<way>增加|增长|上升|多|减少|下降|降低|少)了?$"
)
_COMPARED = compiled(r"比|较")
_REACHED = compiled(r"(?:达到?了?|增至|增加到|升至|降至|减至|降到|减少到)$")
_LEVEL = compiled(r"未结|结存|结余|余额|库存|存栏|在册|实有|现有|年末|期末|年底|月末|存量|剩余")


#: What makes a whole less than its parts: 系14家重复检查.
_TWICE = compiled(r"[（，][^（，。；）]{0,4}含|退回|核减|重复|去重|剔除|[两二三四]个?(?:季度|月|次|批)都")


def leftovers(analysis: Analysis) -> Iterator[Balance]:
    """Every difference that the words name and two other figures of the paragraph show."""
    text = analysis.reading.text
    for balance in _leftovers(analysis):
        at = analysis.sentences[balance.result.sentence].at
        if balance.holds or not _TWICE.search(text, at.start, at.end):
            yield balance


def _leftovers(analysis: Analysis) -> Iterator[Balance]:
    claims = analysis.claims
    for index, claim in enumerate(claims):
        if not claim.countable:
            continue
        lead = claim.lead
        if ("需" in lead or "要" in lead or "差" in lead or "缺" in lead) and TO_GO.search(lead):
            yield from _to_go(claims, index)
        elif ("季度" in lead or "下半年" in lead) and "上半年" not in lead and "比" not in lead:
            yield from _quarters(claims, index)
        elif "比" in lead or "较" in lead:
            yield from _from_opening(claims, index)
        if "超" in lead:
            yield from _flood(claims, index)
        if "上半年" in lead and index > 1:
            yield from _half_of(claims, index)
        if "月" in lead or "本周" in lead:
            yield from _to_month(claims, index)
        if lead.startswith("除"):
            yield from _excepted(claims, index)


#: 10月当月新开工, 本周接报: what came in the last spell of those that are added up.
_THIS = compiled(r"^(?:其中)?(?:(?P<month>1[0-2]|[2-9])月(?:份|当月|单月)*|(?P<week>本周))(?P<what>[一-龥]{2,12})$")
_SO_FAR = compiled(
    r"^(?:至此|截至目前)?(?:今年|年内|本年|全年|年初)?(?:以来)?累计(?P<what>[一-龥]{2,12})$|^(?:今年|年内)(?:以来)?(?:已|共)?(?P<whole>[一-龥]{2,12})$"
)
_UNTIL = compiled(
    r"^[而其]?(?:(?:1[—–\-~至到]+|截[至止]|前)(?P<month>1[0-2]|[1-9])个?月(?:末|底|份)?|截[至止](?P<week>上周)末?)(?:累计|共|已|就)*(?P<what>[一-龥]{2,12})$"
)


def _to_month(claims: Sequence[Claim], index: int) -> Iterator[Balance]:
    """10月当月新开工7个，今年以来累计开工64个，1—9月累计开工57个: what came now, all there is, and what there was before."""
    part = claims[index]
    this = _THIS.match(part.lead)
    if this is None:
        return
    near = [
        claim
        for claim in claims[max(0, index - 3) : index + 4]
        if claim.sentence == part.sentence and same_unit(claim.quantity, part.quantity) and claim.countable
    ]
    wholes, befores = [], []
    for claim in near:
        if found := _SO_FAR.match(claim.lead):
            if share_a_pair(found["what"] or found["whole"], this["what"]):
                wholes.append(claim)
        elif (found := _UNTIL.match(claim.lead)) and share_a_pair(found["what"], this["what"]):
            before = found["week"] == "上周" if this["week"] else found["month"] == str(int(this["month"]) - 1)
            befores.extend([claim] if before else [])
    if len(wholes) == len(befores) == 1 and not any(
        claim.planned or claim.subset for claim in (part, *wholes, *befores)
    ):
        whole, before = wholes[0], befores[0]
        if whole.at > before.at and whole.at > part.at:
            yield Balance(((1, before), (1, part)), whole)
        else:
            yield Balance(((1, whole), (-1, part)), before)


_REMAINING = compiled(r"(?:其余|其他|剩余|余下|剩下)?的?$")


def _excepted(claims: Sequence[Claim], index: int) -> Iterator[Balance]:
    """217户，除19户选择投亲靠友外，198户已入住: all, those left out, and the others."""
    out = claims[index]
    if not 0 < index < len(claims) - 1 or out.lead not in ("除", "除了", "除去") or not out.trail:
        return
    whole, rest = claims[index - 1], claims[index + 1]
    if not (
        whole.sentence == rest.sentence
        and all(same_unit(claim.quantity, out.quantity) and claim.countable for claim in (whole, rest))
        and whole.depth == out.depth == rest.depth
        and whole.quantity.value > out.quantity.value
        and rest.clause - out.clause <= 3
        and _REMAINING.match(rest.lead)
        and not (whole.planned or rest.planned or whole.subset)
    ):
        return
    balance = Balance(((1, whole), (-1, out)), rest)
    one, other = rest.quantity, out.quantity
    if (
        rest.lead
        or one.value > balance.value
        or slip_between(one.value, balance.value, one.step)
        or slip_between(other.value, whole.quantity.value - one.value, other.step)
        or balance.holds
    ):
        yield balance


def _near(claims: Sequence[Claim], index: int) -> list[Claim]:
    """The figures of the same unit before the one at ``index`` in its paragraph."""
    last = claims[index]
    return [
        claim
        for claim in claims[max(0, index - _BACK) : index]
        if claim.paragraph == last.paragraph
        and same_unit(claim.quantity, last.quantity)
        and claim.countable
        and claim.depth <= last.depth
    ]


def _to_go(claims: Sequence[Claim], index: int) -> Iterator[Balance]:
    gap = claims[index]
    near = _near(claims, index)
    goals = [claim for claim in near if _is_goal(claim)]
    done = [
        claim for claim in near if claim not in goals and _DONE.search(claim.lead) and not _NOT_DONE.search(claim.lead)
    ]
    if len(goals) != 1 or len(done) != 1 or done[0].quantity.value >= goals[0].quantity.value or "内" in goals[0].trail:
        return
    if gap.sentence - min(goals[0].sentence, done[0].sentence) <= 2:
        yield Balance(((1, goals[0]), (-1, done[0])), gap)


def _is_goal(claim: Claim) -> bool:
    trail = claim.trail[:8]
    return _GOAL.search(claim.lead[-10:]) is not None or (
        ("目标" in trail or "任务" in trail or "计划" in trail) and "完成" not in trail
    )


def _quarters(claims: Sequence[Claim], index: int) -> Iterator[Balance]:
    """上半年累计1180人，前三季度累计1730人，其中三季度当季550人."""
    part = claims[index]
    said = _QUARTER.search(part.lead)
    if said is None or _NO_AMOUNT.search(part.lead):
        return
    later = 4 if said["half"] else "一二三四".index(said["q"]) + 1
    earlier = 2 if said["half"] else later - 1
    window = [
        claim
        for claim in claims[max(0, index - _BACK) : index + 3]
        if claim is not part
        and claim.paragraph == part.paragraph
        and abs(claim.sentence - part.sentence) <= 1
        and same_unit(claim.quantity, part.quantity)
        and claim.countable
        and not _NO_AMOUNT.search(claim.lead)
        and not claim.planned
    ]
    verb = _verb(part)
    ends = []
    for quarter in (later, earlier):
        fit = [claim for claim in window if _to_quarter(claim) == quarter]
        if len(fit) != 1 or not _same_deed(verb, _verb(fit[0])):
            return
        ends.append(fit[0])
    if ends[0].quantity.value > ends[1].quantity.value:
        yield Balance(((1, ends[0]), (-1, ends[1])), part)


#: 二季度比一季度多审结37件.
_ON_FIRST = compiled(r"(?:^|，)二季度(?:比|较)一季度[一-龥]{0,3}?(?P<way>多|少|增加|减少|增|减)[一-龥]{0,3}$")


def _half_of(claims: Sequence[Claim], index: int) -> Iterator[Balance]:
    """一季度214件，二季度比一季度多37件，上半年共465件: the first quarter, and the second by what it is more."""
    first, change, half = claims[index - 2 : index + 1]
    said = _ON_FIRST.search(change.lead)
    if (
        said is not None
        and _to_quarter(first) == 1
        and _to_quarter(half) == 2
        and half.sentence == first.sentence
        and all(same_unit(claim.quantity, half.quantity) and claim.countable for claim in (first, change))
        and not _NO_AMOUNT.search(half.lead)
    ):
        yield Balance(((1, first), (1, first), (1 if said["way"] in ("多", "增", "增加") else -1, change)), half)


#: 超警戒水位0.92米: by how much the flood lies over a mark.
_OVER = compiled(r"超(?:过|出)?(?P<mark>警戒|保证)(?:水位|线)?(?:达)?$")
_PEAK = compiled(r"水位(?:达到?|为|是|涨至|升至)?$")
_MARKS = compiled(r"警戒水位(?:、|和|与)保证水位分别[为是]$")


def _flood(claims: Sequence[Claim], index: int) -> Iterator[Balance]:
    """最高水位58.42米，超警戒水位0.92米（警戒水位57.50米）: the peak, the mark, and what lies between."""
    gap = claims[index]
    said = _OVER.search(gap.lead)
    if said is None or gap.quantity.unit.kind != "length":
        return
    near = [
        claim
        for claim in claims[max(0, index - 4) : index + 6]
        if claim.paragraph == gap.paragraph
        and same_unit(claim.quantity, gap.quantity)
        and claim.quantity.exact
        and claim.sentence == gap.sentence
    ]
    peaks = [
        claim
        for claim in near
        if claim.at < gap.at and _PEAK.search(claim.lead) and "警戒" not in claim.lead and "保证" not in claim.lead
    ]
    marks = [
        claim
        for claim in near
        if "超" not in claim.lead and claim.lead.rstrip("为是（").endswith(said["mark"] + "水位")
    ]
    for first, second in zip(near, near[1:], strict=False):
        if _MARKS.search(first.lead) and not second.lead:
            marks.append(first if said["mark"] == "警戒" else second)
    if len(peaks) == 1 and len(marks) == 1:
        yield Balance(((1, peaks[0]), (-1, marks[0])), gap)


def _alike(claim: Claim, other: Claim) -> bool:
    return claim.sentence == other.sentence and same_unit(claim.quantity, other.quantity) and claim.countable


def _verb(claim: Claim) -> str:
    return _PERIOD_WORDS.sub("", claim.lead)


def _same_deed(one: str, other: str) -> bool:
    return not one or not other or one[:2] == other[:2] or one[-2:] == other[-2:]


def _to_quarter(claim: Claim) -> int:
    found = list(_CUMULATIVE.finditer(claim.lead))
    if not found:
        return 0
    return _TO_QUARTER.get(found[-1][0].replace("—", "-").replace("至", "-"), 0)


def _from_opening(claims: Sequence[Claim], index: int) -> Iterator[Balance]:
    """年初旧存2138件，…，年末未结1656件，比年初减少482件."""
    change = claims[index]
    said = _FROM_OPENING.search(change.lead)
    if said is None:
        return
    near = _near(claims, index)
    if index + 1 < len(claims) and _REACHED.match(claims[index + 1].lead):
        now = claims[index + 1]  # 资产较年初增加4.2亿元，达到36.4亿元，年初为32.2亿元
        near = [*near, *(claim for claim in claims[index + 2 : index + 4] if _alike(claim, change)), now]
    elif not near or change.clause - near[-1].clause > 1 or not _LEVEL.search(near[-1].lead):
        return
    now = near[-1]
    opened = [claim for claim in near[:-1] if OPENING.search(claim.lead) and not _COMPARED.search(claim.lead)]
    if len(opened) != 1 or OPENING.search(now.lead) or now.sentence != change.sentence or not _alike(now, change):
        return
    sign = 1 if said["way"] in ("增加", "增长", "上升", "多") else -1
    yield Balance(((sign, now), (-sign, opened[0])), change)
