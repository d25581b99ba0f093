"""Shares told in words beside the counts that they are of, whichever of the three comes first: 约三分之一（51家中的17家）; 86名中有52名，超过总数的一半."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from reportlint.analysis import Analysis
from reportlint.claims import Claim
from reportlint.numbers import same_unit
from reportlint.numerals import whole_number
from reportlint.patterns import compiled
from reportlint_rules.numbers.spoken_counts import Told

_ABOUT = r"超过?|逾|过|高于|突破|接近|近|不足|不到|未达|低于|约|大约"
#: ，超过总数的, ，已占: what stands between a part and its share.
_FROM_PART = compiled(
    rf"，(?:已经?|也|均|还|尚)?(?P<about>{_ABOUT})?了?(?:占比?[了到]?)?(?P<of>(?:总|全部)[一-龥]{{0,6}}的)?$"
)
_ENDS = compiled(r"[，。；]|$")
#: 的商户（: what stands between a share and the bracket that counts it.
_TO_BRACKET = compiled(r"的?(?P<noun>[一-龥]{0,10})（(?:共计?|总计|即|为)?$")
#: 51家中的17家, 96个村中有68个.
_AMONG = compiled(r"[一-龥]{0,6}?(?:当中|其中|中|里)(?:的|有|已有)?[一-龥]{0,4}|[一-龥]{0,4}，?其中")
_CLOSES = compiled(r"[一-龥]{0,4}）")
#: 60家受检单位中，约三分之一（21家）.
_OF_THEM = compiled(r"[一-龥]{0,10}(?:中|里)，?(?:有)?$")
#: 新增耕地中有六成（2040亩）: of what the share is told to be.
_AMONG_THEM = compiled(r"([一-龥]{2})(?:当?中|里)，?(?:约?有)?$")
#: 全街共有600户: a whole by no other name.
_ALL = compiled(
    r"(?:(?:[一-龥]{0,6}?(?=现有|共有))(?:现有|共有)|全(?![年面部程额])[一-龥]{1,2}?|辖区|共|一共|总[数计]|现有|登记)(?:内|现|一)*(?:共有?|有|辖有?)?"
)
_SUM = compiled(r"总[额量数计](?:为|达)?$")
_TAKEN = compiled(r"，占(?P<whole>[一-龥]{2,10})的$")
_IS = compiled(r"(?:共计?|合计|总计)?(?:为|是|达到?)?")
#: 不足应到代表128人的三分之二（仅84人到会）.
_ABOUT_WHOLE = compiled(rf"(?P<about>{_ABOUT})[^，。；：\d]{{0,12}}$")
_PRESENT = compiled(r"^(?:其中)?(?:仅|只|仅有|只有|实到|实际[一-龥]{0,4}|到会|出席|参加|到场)(?:[一-龥]{0,4})$")
_NEAR = 24


def told_of_wholes(analysis: Analysis, matches: Iterable[re.Match[str]]) -> Iterator[Told]:
    """The ``matches`` (groups ``about``, ``share``, ``more``) beside the two counts that they are the share of."""
    text, groups = analysis.reading.text, analysis.by_sentence
    starts = [analysis.sentences[group[0].sentence].at.start for group in groups]
    for match in matches:
        place = bisect_right(starts, match.start()) - 1
        if place < 0 or match.start() >= analysis.sentences[groups[place][0].sentence].at.end:
            continue
        group = [claim for claim in groups[place] if claim.quantity.kind != "share"]
        found = (
            _behind(text, group, match)
            or _bracketed(text, group, match)
            or _taken(text, group, match)
            or _of_named(text, group, match)
        )
        if found is not None and 0 < found.part.quantity.value <= found.whole.quantity.value and _plain(found):
            yield found


def _start(match: re.Match[str]) -> int:
    return match.start("about") if match["about"] else match.start("share")


def _plain(told: Told) -> bool:
    return all(
        claim.countable and claim.quantity.exact and not claim.planned and not claim.quantity.ordinal
        for claim in (told.part, told.whole)
    )


def _behind(text: str, group: Sequence[Claim], match: re.Match[str]) -> Told | None:
    """86名干部里有本科学历的52名，超过总数的一半; 在建工地214个，其中安装监控的126个，已超过半数."""
    start = _start(match)
    said = _FROM_PART.search(text, max(0, start - _NEAR), start) if _ENDS.match(text, match.end()) else None
    if said is None or (said["about"] and match["about"]):
        return None
    place = next((place for place, claim in enumerate(group) if claim.at.end == said.start()), 0)
    part = group[place] if place else None
    whole = next(
        (claim for claim in reversed(group[:place]) if part and same_unit(part.quantity, claim.quantity)), None
    )
    if part is None or whole is None or whole.depth != part.depth:
        return None
    among = _AMONG.match(text, whole.at.end, part.at.start) is not None and part.clause - whole.clause <= 1
    # 132人，35岁以下的52人: some of them by what they are.
    within = (
        (part.subset or part.lead.endswith(("的", "的有"))) and not whole.subset and part.clause - whole.clause == 1
    )
    if not (among or within or (said["of"] and part.clause - whole.clause <= 1)):
        return None
    return Told(match, part, whole, said["about"] or "", said.start() + 1)


def _bracketed(text: str, group: Sequence[Claim], match: re.Match[str]) -> Told | None:
    """三分之二以上的村（96个村中有68个）; 有三成的商户（180户）…，全街共有600户; 60家单位中，约三分之一（21家）."""
    place = next((place for place, claim in enumerate(group) if claim.at.start >= match.end()), len(group))
    if place == len(group):
        return None
    said = _TO_BRACKET.fullmatch(text, match.end(), group[place].at.start)
    if said is None:
        return None
    first, second = group[place], group[place + 1] if place + 1 < len(group) else None
    if second is not None and second.depth == first.depth and second.clause == first.clause:
        among = _AMONG.fullmatch(text, first.at.end, second.at.start)
        fits = among and same_unit(first.quantity, second.quantity) and _CLOSES.match(text, second.at.end)
        return Told(match, second, first) if fits else None
    if not _CLOSES.match(text, first.at.end):
        return None
    others = [
        claim
        for claim in group
        if claim is not first and claim.depth < first.depth and same_unit(claim.quantity, first.quantity)
    ]
    if len(others) != 1 or others[0].quantity.value < first.quantity.value:
        return None
    whole = others[0]
    if whole.at < first.at and _OF_THEM.fullmatch(text, whole.at.end, _start(match)):
        return Told(match, first, whole)
    told = _AMONG_THEM.search(text, max(0, _start(match) - 14), _start(match))
    if told is not None and told[1] in whole.lead[-6:] + "，" + whole.trail[:6]:
        return Told(match, first, whole)
    named = len(said["noun"]) > 1 and said["noun"][-2:] in whole.lead[-6:] + "，" + whole.trail[:6]
    bare = _ALL.fullmatch(whole.lead) and not whole.trail and whole.quantity.unit.name in said["noun"]
    in_all = _ALL.match(whole.lead) or _SUM.search(whole.lead)
    return Told(match, first, whole) if bare or (named and in_all) else None


def _taken(text: str, group: Sequence[Claim], match: re.Match[str]) -> Told | None:
    """资金缺口1.2亿元，占总投资的四分之一，总投资为4.8亿元."""
    start = _start(match)
    said = _TAKEN.search(text, max(0, start - _NEAR), start)
    if said is None or not text.startswith("，" + said["whole"], match.end()):
        return None
    place = next((place for place, claim in enumerate(group) if claim.at.end == said.start()), -1)
    if not 0 <= place < len(group) - 1:
        return None
    part, whole = group[place], group[place + 1]
    named = _IS.fullmatch(text, match.end() + 1 + len(said["whole"]), whole.at.start)
    return Told(match, part, whole) if named and same_unit(part.quantity, whole.quantity) else None


def _of_named(text: str, group: Sequence[Claim], match: re.Match[str]) -> Told | None:
    """到会代表不足应到代表128人的三分之二（仅84人到会）."""
    if match["about"]:
        return None
    place = next((place for place, claim in enumerate(group) if claim.at.end == match.start() - 1), len(group))
    if place + 1 >= len(group) or text[match.start() - 1] != "的":
        return None
    whole, part = group[place], group[place + 1]
    said = _ABOUT_WHOLE.search(whole.lead)
    if said is None or part.at.start - match.end() > _NEAR or part.clause - whole.clause != 1:
        return None
    if not _PRESENT.match(part.lead) or not same_unit(part.quantity, whole.quantity):
        return None
    return Told(match, part, whole, said["about"], whole.at.start)


#: 每五户中有一户, 平均每三户就有一户, 每四名职工中有一名.
_ONE_IN = compiled(
    r"每(?P<of>[两二三四五六七八九十]|\d{1,2})个?(?P<unit>[户人名家个件辆])[一-龥]{0,6}?(?:中就?|里就?|就)有(?P<one>[一两二三]|\d)个?(?P=unit)"
)


def one_in(analysis: Analysis) -> Iterator[tuple[re.Match[str], int, int, Claim, Claim]]:
    """每五户中有一户入社，全镇8600户，入社1720户: the words, the two numbers in them, the part and the whole."""
    text = analysis.reading.text
    for match in analysis.matches(_ONE_IN):
        of, one = whole_number(match["of"]), whole_number(match["one"])
        for group in analysis.by_sentence:
            sentence = analysis.sentences[group[0].sentence].at
            if not sentence.start <= match.start() < sentence.end:
                continue
            counts = [
                claim
                for claim in group
                if not match.start() <= claim.at.start < match.end()
                and claim.quantity.unit.name in (match["unit"], "人" if match["unit"] == "名" else "")
            ]
            if len(counts) == 2 and 0 < one < of and counts[0].quantity.value > counts[1].quantity.value:
                whole, part = counts
                behind = re.split("[，。；]", text[match.end() : match.end() + 12])[0]
                fits = _ALL.match(whole.lead) and (not part.subset or _named_in(part, behind))
                if fits and not (whole.planned or part.planned) and whole.depth == part.depth:
                    yield match, one, of, part, whole


def _named_in(part: Claim, words: str) -> bool:
    return any(words[place : place + 2] in part.lead for place in range(len(words) - 1))


#: 实现全覆盖, with no other thing that might be covered.
_COVERED = compiled(
    r"[，、](?:现已|已|基本)?实现了?(?:检查|走访|监管|排查|督[查导]|巡[查察]|培训|安装|整改|体检|摸排|执法|审计|抽检|宣讲|评估|监测|结对|回访)?全覆盖(?=[，。；]|$)"
)
_SO_FAR = compiled(r"(?:已|实际|完成)")
_REST = compiled(r"其余|剩余|余下|另有|除|其中|力争|计划|应|力度|拟|年底前")


def not_covered(analysis: Analysis) -> Iterator[tuple[re.Match[str], Claim, Claim]]:
    """46家企业每家检查一次，已检查43家，实现全覆盖: the words, and the part and the whole that differ."""
    for match in analysis.matches(_COVERED):
        for group in analysis.by_sentence:
            sentence = analysis.sentences[group[0].sentence].at
            if not sentence.start <= match.start() < sentence.end:
                continue
            before = [claim for claim in group if claim.at.end <= match.start()]
            if len(before) != 2 or not same_unit(before[0].quantity, before[1].quantity):
                continue
            whole, part = before
            words = analysis.reading.text[whole.at.end : match.start()]
            gap = analysis.reading.text[part.at.end : match.start()]
            alike = whole.quantity.unit.name != "个" or bool(gap and gap[-1] in whole.trail)
            if (
                alike
                and whole.countable
                and part.countable
                and len(gap) <= 2
                and _SO_FAR.match(part.lead)
                and not _REST.search(words)
                and not (whole.planned or part.planned)
                and whole.quantity.kind == "count"
            ):
                yield match, part, whole
