"""What was at first, what came, what went, over clauses and sentences: 总数由189家增至215家 beside 新增36家, 上年末…。新增…，注销…。到目前达到…."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlint.analysis import Analysis
from reportlint.claims import Claim
from reportlint.numbers import same_unit
from reportlint.patterns import compiled
from reportlint_rules.numbers.balances.rule import FRESH, GONE, OPENING, Balance
from reportlint_rules.numbers.nearly import slip_between

#: How many figures, how many sentences a balance may be told over.
_FIGURES, _SENTENCES = 14, 3
#: How many characters before a figure its words are looked for.
_WORDS = 48
_KINDS = frozenset({"count", "money", "area", "length", "mass", "volume"})
#: What closes the account: how things stand at the end.
_AT_END = compiled(
    r"年末|年底|期末|月末|季末|目前|至此|截至|现有|现存|尚余|尚存|结存|结余|未结|剩余|到20\d\d年|如今|库存(?:为|达到?)?$"
)
#: 达到10万人, 增至215家, 年末库存2.5万吨: and is led to by such a word.
_STANDS = compiled(
    r"(?:达到?|达至|增至|增加[到至]|上升[到至]|扩大[到至]|发展到|总数为?|总量为?|共有|实有|现有|现存|尚有|尚余|结存|结余|未结|库存|存栏|在册|在园|在校|在院|在押|余额|保有量|人数|户数|家数)[为是有共]{0,2}(?:[一-龥]{0,6})$"
)
#: 其中, 比上年, 完成率: the figure is no step of the account.
_ASIDE = compiled(r"其中|同比|环比|比|较|另有|占|分别|均|每|计划|目标|预计")
_FROM = compiled(r"(?:由|从)(?P<when>[^，。；由从]{0,14})$")
_TO = compiled(
    r"^[^，。；]{0,3}(?:(?:净)?增加?[到至]|上升[到至]|增长[到至]|扩大[到至]|发展到|提高[到至]|提升[到至]|扩充[到至]|减少?[到至]|下降[到至]|降[到至]|压[减缩降][到至为]|缩减[到至]|精简[为到至]|[核裁]减[到至]|调整?[为到至]|变[为成到]|整合为)(?:目前的|年末的|现在的|年底的|今年的)?$"
)
#: 由2020年的189家: what grew over another time than what came this year.
_OTHER_TIME = compiled(r"20\d\d年|五年|三年|十[一二三四]五|[成建组]立|当初|最初|\d年")
_NO_EXIT = compiled(
    r"(?:无一?家?|没有|未有|无一|零)[^，。；\d]{0,10}(?:退出|注销|到期|取消|淘汰|流失|关停|迁出|撤销|停办|离职|减少|退库)"
)
_NET = compiled(r"净(?P<way>增|减)")
_CAME = compiled(
    r"开通|增设|购置|引进|调入|招录|新购|新注|新增|新认定|新建|新设|新办|新注册|新登记|新培育|新招|新进|新入|新开|新发展|新吸纳|新引进|新获"
)
_WENT = compiled(GONE.pattern + r"|退出|停[航运开办]|合并|摘牌|除名")
#: 由23条增加到45条，新增13条: what came over the same time, no less than what it has grown by.
_BARE = compiled(
    r"(?:其中)?(?:(?P<came>新增|新认定|新建|新培育|新发展|新登记|新设|新开|新购)|[核裁]减|精简|撤并|压降)(?:金额|数量?)?(?P<noun>[一-龥]{0,4})$"
)
#: 累计达到317台（上年末285台，今年新购132台）: what there was, in a bracket behind what there is.
_WAS = compiled(r"^(?:(?:上年|去年|20\d\d年)[末底]|年初|原有?|去年)[一-龥]{0,4}$")
_NEVER_LESS = compiled(r"累计|先后")
_EVER = frozenset({"累计达", "累计达到", "累计", "累计已达", "累计已达到", "总数达到", "总数达"})
#: 此后四年分别净增0.2万户、0.3万户: the steps, one a year, each from the last.
_STEPS = compiled(r"(?:分别|依次|逐年|每年)[^，。；\d]{0,4}(?:净增|增加|新增|增长)[一-龥]{0,6}$")


def flows(analysis: Analysis) -> Iterator[Balance]:
    """Every such account."""
    text = analysis.reading.text
    claims = analysis.claims
    opened = OPENING.search(text) is not None
    stepped = "净增" in text or "分别增加" in text or "分别新增" in text
    moved = "由" in text or "从" in text
    for index, claim in enumerate(claims):
        if claim.quantity.kind not in _KINDS or not claim.countable or claim.planned:
            continue
        if opened and OPENING.search(claim.lead):
            yield from _accounts(text, claims, index)
        if moved and ("由" in claim.lead or "从" in claim.lead) and index + 1 < len(claims):
            yield from _moves(analysis, claims, index)
        if index and claims[index - 1].depth < claim.depth and _WAS.search(claim.lead):
            yield from _bracketed(claims, index)
        if stepped and index > 0 and _STEPS.search(claim.lead):
            yield from _climbs(text, claims, index)


def _words(text: str, claims: Sequence[Claim], index: int) -> str:
    """What stands between a figure and the one before it, or the beginning of its paragraph."""
    claim = claims[index]
    start = claims[index - 1].at.end if index else 0
    words = text[max(start, claim.at.start - _WORDS) : claim.at.start]
    return words.rpartition("\n")[2]


def _accounts(text: str, claims: Sequence[Claim], index: int) -> Iterator[Balance]:
    """上年末8.6万人，…。新增1.4万人，注销0.2万人，…。到目前，达到9.8万人."""
    first = claims[index]
    if first.subset or _ASIDE.search(first.lead) or GONE.search(first.lead):
        return
    terms: list[tuple[int, Claim]] = [(1, first)]
    for place in range(index + 1, min(len(claims), index + _FIGURES)):
        claim = claims[place]
        if claim.paragraph != first.paragraph or claim.sentence - first.sentence >= _SENTENCES:
            return
        if not same_unit(claim.quantity, first.quantity) or claim.depth > first.depth or claim.quantity.ordinal:
            continue
        if claim.subset or not claim.countable or claim.planned or _ASIDE.search(claim.lead):
            return
        fresh, gone = FRESH.search(claim.lead), GONE.search(claim.lead)
        if fresh is None and _AT_END.search(_words(text, claims, place)) and _STANDS.search(claim.lead):
            # 全年收入总数 holds what was left over: then the account comes out without it.
            if {sign for sign, _ in terms[1:]} == {1, -1} and not Balance(tuple(terms[1:]), claim).holds:
                yield Balance(tuple(terms), claim)
            return
        if (fresh is None) == (gone is None):
            return
        terms.append((1 if fresh else -1, claim))


def _moves(analysis: Analysis, claims: Sequence[Claim], index: int) -> Iterator[Balance]:
    """新增36家，无一家退出。总数由189家增至225家; 由189家增至215家，净增26家."""
    text = analysis.reading.text
    was, now = claims[index], claims[index + 1]
    said = _FROM.search(was.lead)
    if said is None or not _TO.search(now.lead) or now.clause - was.clause > 1 or not _alike(was, now):
        return
    around = [
        claim
        for claim in claims[max(0, index - 6) : index + 6]
        if claim is not was
        and claim is not now
        and claim.paragraph == now.paragraph
        and abs(claim.sentence - now.sentence) <= 1
        and not (claim.subset and not 0 < claim.clause - now.clause <= 2)
        and not _ASIDE.search(claim.lead.removeprefix("其中"))
        and _alike(claim, now)
    ]
    bare = next((claim for claim in around if claim.clause - now.clause == 1 and claim.sentence == now.sentence), None)
    told = _BARE.match(bare.lead) if bare is not None else None
    # 会员由860名发展到1120名，新增女会员120名: some of them, by a name of their own; 减至52户，新增风险户8户: what came nevertheless.
    rose = now.quantity.value > was.quantity.value
    if bare is not None and told is not None and told["noun"] in was.lead and rose == bool(told["came"]):
        more, less = (now, was) if now.quantity.value > was.quantity.value else (was, now)
        grown = Balance(((1, more), (-1, less)), bare)
        # What went is told net.
        least = not grown.holds if more is was else grown.value > bare.quantity.value
        if least and not any(_WENT.search(claim.lead) for claim in around if claim is not bare):
            yield grown
            return
    if _OTHER_TIME.search(said["when"]):
        return
    net = [claim for claim in around if _NET.search(claim.lead) and abs(claim.clause - now.clause) <= 2]
    if len(net) == 1 and net[0].at > now.at and net[0].sentence == now.sentence:
        sign = 1 if _NET.search(net[0].lead)["way"] == "增" else -1  # type: ignore[index]
        yield Balance(((sign, now), (-sign, was)), net[0])
        return
    came = [claim for claim in around if _CAME.search(claim.lead) and not _WENT.search(claim.lead)]
    went = [claim for claim in around if _WENT.search(claim.lead) and not FRESH.search(claim.lead)]
    if len(came) != 1 or len(went) > 1 or came[0].sentence > now.sentence:
        return
    start = analysis.sentences[min(came[0].sentence, now.sentence)].at.start
    end = analysis.sentences[max(came[0].sentence, now.sentence)].at.end
    if went or _NO_EXIT.search(text, start, end):
        yield Balance(((1, was), (1, came[0]), *((-1, claim) for claim in went)), now)


def _bracketed(claims: Sequence[Claim], index: int) -> Iterator[Balance]:
    """累计达到317台（上年末285台，今年新购132台）; 新购132台，累计达到317台（上年末285台）."""
    was, now = claims[index], claims[index - 1]
    if was.clause - now.clause != 1 or not _alike(was, now) or now.subset or _ASIDE.search(now.lead):
        return
    around = [
        claim
        for claim in (*claims[max(0, index - 4) : index - 1], *claims[index + 1 : index + 3])
        if claim.sentence == now.sentence
        and _alike(claim, now)
        and (claim.depth == was.depth or 0 < now.clause - claim.clause <= 2)
        and not claim.subset
        and not _ASIDE.search(claim.lead)
    ]
    came = [claim for claim in around if _CAME.search(claim.lead) and not _WENT.search(claim.lead)]
    went = [claim for claim in around if _WENT.search(claim.lead)]
    if len(around) == 1 and not went and now.lead in _EVER and around[0].depth == now.depth:
        came = around  # 加装电梯132台，累计达到317台（上年末285台）: whatever was done
    if len(came) != 1 or len(came) + len(went) != len(around):
        return
    found = Balance(((1, was), (1, came[0]), *((-1, claim) for claim in went)), now)
    printed = now.quantity
    # Who left may have been left unsaid.
    if (
        went
        or printed.value >= found.value
        or _NEVER_LESS.search(now.lead)
        or slip_between(printed.value, found.value, printed.step)
    ):
        yield found


def _alike(one: Claim, other: Claim) -> bool:
    return same_unit(one.quantity, other.quantity) and one.countable and other.countable and not one.planned


def _climbs(text: str, claims: Sequence[Claim], index: int) -> Iterator[Balance]:
    """2020年末1.9万户；此后四年分别净增0.2万户、0.3万户、0.25万户和0.35万户，到2024年末达到3.0万户."""
    steps = [claims[index]]
    place = index + 1
    while place < len(claims) and not claims[place].lead and claims[place].clause == steps[0].clause:
        steps.append(claims[place])
        place += 1
    if place == len(claims) or len(steps) < 2:
        return
    earlier = [claim for claim in claims[max(0, index - 3) : index] if same_unit(claim.quantity, steps[0].quantity)]
    if not earlier:
        return
    first, last = earlier[-1], claims[place]
    if (
        all(same_unit(claim.quantity, last.quantity) and claim.countable for claim in (first, *steps))
        and first.paragraph == last.paragraph
        and steps[0].clause - first.clause <= 2
        and last.clause - steps[-1].clause <= 2
        and _STANDS.search(last.lead)
        and _AT_END.search(_words(text, claims, place))
        and not _ASIDE.search(last.lead + first.lead)
        and last.countable
    ):
        yield Balance(((1, first), *((1, claim) for claim in steps)), last)
