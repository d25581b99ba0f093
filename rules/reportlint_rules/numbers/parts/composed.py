"""Lists of parts that the total's own words, or a mark, tell to be complete: 酒驾醉驾486起，酒驾391起、醉驾95起; 由……组成; 共3260万元：……."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from reportlint.analysis import Analysis
from reportlint.claims import Claim, Role
from reportlint.numerals import whole_number
from reportlint.patterns import compiled
from reportlint.phrase import before
from reportlint_rules.numbers.parts.kinds import noun_of_part
from reportlint_rules.numbers.parts.partition import MOST_PARTS, PARTLY, Partition, summable

_MADE_OF = compiled(r"(?:[两二三四五六七八](?:个?部分|大?块|项|类|方面|大?板块)(?:内容)?)?(?:组成|构成)")
#: 三项内容, 两部分: how many parts were listed just before.
_SO_MANY = compiled(
    r"(?:等|共|这)?(?P<number>[两二三四五六七八])(?:个?部分|大?块|个?项|类|种|个?方面|大?板块|大类|个?子项)(?=内容|任务|工程|资金|，|。|；|$)"
)
_TELLS = compiled(r"包括|包含|涵盖|含|分为|其中|由")
_OPENS = compiled(r"，?(?:主要)?由")
_JOINED = frozenset({"", "、", "和", "及", "与", "，"})
#: 10蒸吨以上, 60周岁及以下: one side of a limit, and what it is called.
_LIMIT = compiled(
    r"(?<![\d.])(?P<limit>\d{1,9}(?:\.\d{1,4})?(?:万|亿)?(?P<unit>[一-龥㎡%]{1,4}?))(?:及|\(?含\)?)?(?P<side>以上|以下|以内|不足)[^，。；、\d]{0,6}$"
)
_BELOW = frozenset({"以下", "以内", "不足"})
#: How far before a part its limit may stand.
_REACH = 24


def composed_lists(analysis: Analysis, seq: Sequence[Claim]) -> Iterator[Partition]:
    """Every such list in a chain of figures of one unit."""
    text = analysis.reading.text
    for index, whole in enumerate(seq[:-1]):
        run = _run(seq, index)
        if whole.planned or whole.carried or len(run) < 2:
            continue
        found = _named_in(whole, run) or _made_of(text, whole, run) or _behind_colon(text, whole, run, seq)
        found = found or _by_turns(text, whole, run) or _counted_off(text, run)
        found = found or _by_limit(text, whole, run) or _in_bracket(text, whole, run)
        if found:
            yield Partition(whole, found, strict=False)


def _run(seq: Sequence[Claim], index: int) -> list[Claim]:
    """The figures behind the one at ``index``, clause by clause and bracket by bracket."""
    last = seq[index]
    run: list[Claim] = []
    for claim in seq[index + 1 : index + 1 + MOST_PARTS]:
        if claim.beat - last.beat > 1 or (run and claim.depth != run[0].depth) or not summable(claim) or claim.planned:
            break
        run.append(claim)
        last = claim
    return run


def _named_in(whole: Claim, run: Sequence[Claim]) -> tuple[Claim, ...]:
    """The figures whose nouns stand one after another in the total's own name: 酒驾醉驾486起."""
    name, end = whole.lead, -1
    parts: list[Claim] = []
    for claim in run:
        noun = noun_of_part(claim)
        size = next((size for size in range(len(noun), 1, -1) if noun[:size] in name), 0)
        at = name.find(noun[:size]) if size else -1
        if at < 0 or (parts and name[end:at] not in _JOINED) or (parts and at < end) or claim.role is Role.PENDING:
            break
        end = at + size
        parts.append(claim)
    # Nothing but a noun that all of them share may stand behind the last: 食品、药品案件86件.
    alone = len(parts) > 1 and len(parts) == len(run) and len(name) - end <= 4 and not _counts_each(parts)
    return tuple(parts) if alone else ()


def _counts_each(parts: Sequence[Claim]) -> bool:
    return any(PARTLY.search(part.trail) or part.rest for part in parts)


def _made_of(text: str, whole: Claim, run: Sequence[Claim]) -> tuple[Claim, ...]:
    """落实资金2.4亿元，由中央1.1亿元、省级0.6亿元、自筹0.7亿元组成."""
    if not _OPENS.match(text, whole.at.end, run[0].at.start):
        return ()
    parts = [claim for claim in run if claim.clause == run[0].clause]
    return tuple(parts) if len(parts) > 1 and _MADE_OF.match(text, parts[-1].at.end) else ()


def _counted_off(text: str, run: Sequence[Claim]) -> tuple[Claim, ...]:
    """造林3.2万亩，包括人工造林1.4万亩、封山育林1.1万亩、退化林修复0.7万亩三项内容: as many parts as are said to be there."""
    parts = [claim for claim in run if claim.clause == run[0].clause]
    said = _SO_MANY.match(text, parts[-1].at.end) if len(parts) > 1 else None
    if said is None or whole_number(said["number"]) != len(parts) or not (run[0].subset or _TELLS.match(run[0].lead)):
        return ()
    return tuple(parts)


def _behind_colon(text: str, whole: Claim, run: Sequence[Claim], seq: Sequence[Claim]) -> tuple[Claim, ...]:
    """共发放救助金3260万元：低保1820万元，特困860万元，临时救助580万元。: a list that fills the sentence behind its total."""
    if text[whole.at.end : whole.at.end + 1] != "：" or len(run) < 2 or whole.role is Role.DONE and whole.subset:
        return ()
    last = run[-1]
    if text[last.at.end : last.at.end + 1] not in ("。", "\n", "") or seq[-1] is not last:
        return ()
    nouns = [noun_of_part(claim) for claim in run]
    plain = all(claim.role in (Role.NONE, Role.PART, Role.VALUE, Role.TOTAL) and not claim.rest for claim in run)
    return tuple(run) if plain and len(set(nouns)) == len(nouns) and all(1 < len(noun) <= 12 for noun in nouns) else ()


#: What shares a thing with others, or only tells of some: no list of all there is.
_SOME = compiled(
    r"含|其中|包括|女|党员|以上|以下|新增|新建|改|已|完成|较|比|同比|上年|去年|今年|本|重点|约|人均|户均|每|最|占|持|获|达"
)


def _in_bracket(text: str, whole: Claim, run: Sequence[Claim]) -> tuple[Claim, ...]:
    """218座（城区86座、乡镇132座）: a list that fills the bracket behind its total."""
    first = run[0]
    if first.depth != whole.depth + 1 or text[whole.at.end : whole.at.end + 1] != "（" or "净" in whole.lead:
        return ()  # 净增13家（新入库15家，退库2家）: what came less what went
    parts = [
        claim for claim in run if claim.depth == first.depth and not text[first.at.end : claim.at.start].count("（")
    ]
    if len(parts) < 2 or text[parts[-1].at.end : parts[-1].at.end + 1] != "）":
        return ()
    if text[whole.at.end + 1 : first.at.start] != first.lead:
        return ()
    nouns = [noun_of_part(claim) for claim in parts]
    plain = all(1 < len(noun) <= 8 and not _SOME.search(noun) and not before(noun).verb for noun in nouns)
    return tuple(parts) if plain and len(set(nouns)) == len(nouns) else ()


#: 一期3.2亿元、二期5.4亿元: which turn a figure is of; the numeral reads as a figure itself.
_TURN = compiled(r"(?P<number>[一二三四五六])(?:期|批|标段|组团)(?:工程|项目|投资|总投资|建设|资金){0,2}$")
_IN_TURN = "一二三四五六"


def _by_turns(text: str, whole: Claim, run: Sequence[Claim]) -> tuple[Claim, ...]:
    """总投资8.6亿元，其中一期3.2亿元、二期5.4亿元: all turns from the first on."""
    parts: list[Claim] = []
    for before_it, claim in zip((whole, *run), run, strict=False):
        said = _TURN.search(text, max(before_it.at.end, claim.at.start - _REACH), claim.at.start)
        if said is None or said["number"] != _IN_TURN[len(parts) : len(parts) + 1]:
            break
        parts.append(claim)
    total = "总" in whole.lead or "共" in whole.lead or run[0].subset
    return tuple(parts) if len(parts) > 1 and total and len(parts) == len(run) else ()


def _by_limit(text: str, whole: Claim, run: Sequence[Claim]) -> tuple[Claim, ...]:
    """45台，其中10蒸吨以上12台、10蒸吨以下33台: what lies on either side of one limit."""
    first, second = run[:2]
    sides = [
        _LIMIT.search(text[max(before.at.end, claim.at.start - _REACH) : claim.at.start])
        for before, claim in pairwise((whole, first, second))
    ]
    one, other = sides
    if (
        one is None
        or other is None
        or one["limit"] != other["limit"]
        or (one["side"] in _BELOW) == (other["side"] in _BELOW)
        or len(run) > 2
    ):
        return ()
    return first, second
