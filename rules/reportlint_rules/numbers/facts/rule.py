"""NM114: one fact with two values."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from reportlint.analysis import Analysis
from reportlint.claims import CHANGES, Claim, Role
from reportlint.document import BlockKind
from reportlint.finding import Checked, Finding, Message, Outcome, Related, Severity
from reportlint.numbers import Quantity
from reportlint.patterns import compiled
from reportlint.rule import rule
from reportlint.span import Span
from reportlint.subject import SIGHT, area_of, lead_of, noun_in, noun_of, own_names, without_dates
from reportlint.timing import timing
from reportlint_rules.numbers.facts.statement import (
    SHORTEST,
    STATED,
    Statement,
    agree,
    canonical,
    comparable,
    names_one_thing,
    same,
)
from reportlint_rules.numbers.facts.statutes import is_statute
from reportlint_rules.numbers.facts.tabled import tabled
from reportlint_rules.numbers.facts.twins import twin_conflicts

#: What stands between the noun and its figure, for a first rough sorting.
_LEADS_ON = compiled(
    r"(?:达到了?|达|为|是|完成|实现|共计?|累计|有|约|近|超|稳定在|保持在|提高到|增加到|[（：，]){1,10}$"
)
#: What makes the same words count another set: a campaign, a network, a round, several years, a way of counting.
_CONTEXT = compiled(
    r"行动|专项|活动|假期|期间|节日?(?=期|，)|统计|口径|测算|推算|按[^，。；]{1,10}(?:计|算)|抽查|普查|检查中|调查|攻坚|督[查察]|巡[视察]|[国省市县]控|[国省]考|第[一二三四五六七八九十]{1,4}[轮批次届]"
    r"|回头看|快报|核实|核定|修订|调整|初步|预计|预期|可比|扣除|剔除|含|不变价|上报|申报|规划|批复|设计|近[一二两三四五十\d]{1,4}年|[一二两三四五\d]{1,4}年(?:来|间|内|多)|十[二三四五]五|(?<!，)以来|其中|名义|排名"
)
_EARLIER = compiled(r"(?<![较比与同和])(?:去年|上年|前年|上一年|同期)")
#: What stands behind a figure and says how it is meant.
_QUALIFIED = compiled(r"[（，][^，。；）]{0,12}(?:含|不包括|剔除|扣除|口径|快报|预计|除外|其余|另有)")
_AIM = compiled(
    r"力争|确保|计划|拟|预计|目标|争取(?=达到|实现|完成|新增)|不低于|不少于|不超过|控制在|将(?!近)|规划|预期|要(?!求|素|点)|建议|推进|继续|下一步|明年|支持|安排|落实|再"
)

#: What the words for the report's own area begin with.
_OWN_WORDS = frozenset("在全我本")
_OWN_AREA = compiled(r"在?[全我][国省市县区州镇乡村校系局]")
_HOLDS = compiled(r"[全我本][国省市县区州镇乡村校系局](?:现|下|共|现共)?(?:辖|有|设有|辖有)")
_GROWS = compiled(
    r"(?:^|[，、])([一-龥A-Z]{4,20}?(?:收入|支出|增加值|产值|总额|投资|销售额|零售额|产量|总量|价格|余额|用电量|生产总值))(?:同比|比上年|较上年)?(增长|下降|上涨)了?$"
)
_HOLDS_NAMED = compiled(r"[全我本][国省市县区州镇乡村校系局](?:现|共|现共)有([一-龥]{2,8})")
_NOUN_BEHIND = compiled(r"([一-龥]{2,8}?)(?=[、，。；（]|$)")
_ALL_OF_THEM = compiled(r"([一-龥]{2,8}?)(?:已?(?:全部|均|都)|实现.{0,4}全覆盖)")
_TITLE_LINE = compiled(
    r"\n[ \t　]*[^\n。，；]{0,24}关于[^\n。；]{4,60}的?(?:通知|意见|决定|批复|公告|函|报告|通报|规定|方案)[ \t　]*\r?\n"
)
_LAID_DOWN = compiled(r"标准为|不小于|不大于|不得少于|限额|每[年月日人户亩]|不得|处以|[一-龥]的$|年限|有效期")
_BRACKETED = compiled(r"[(（][^()（）]*[)）]$")
_NOT_STATED = CHANGES | {Role.BASE, Role.SHARE, Role.PENDING}


def base_unit(quantity: Quantity) -> str:
    """What the unit is counted in: 元 for 万元, 平方米 for 亩."""
    return quantity.unit.base or quantity.unit.name


def _all_of_them(claim: Claim) -> re.Match[str] | None:
    """全县68所中小学全部开展, 全镇下辖18个行政村: the number of all there are, its noun behind it."""
    if claim.lead[:1] not in _OWN_WORDS:
        return None
    if _HOLDS.fullmatch(claim.lead):
        return _NOUN_BEHIND.match(claim.trail)
    if claim.quantity.kind == "count" and (named := _HOLDS_NAMED.fullmatch(claim.lead)):
        return named
    return _ALL_OF_THEM.match(claim.trail) if _OWN_AREA.fullmatch(claim.lead) else None


def _grown(claim: Claim) -> re.Match[str] | None:
    """规模以上工业增加值增长6.8%: the growth of something named, a fact of its own."""
    if claim.quantity.unit.name != "%" or claim.role not in (Role.UP, Role.DOWN):
        return None
    return _GROWS.search(claim.lead)


def aimed(claim: Claim) -> bool:
    """Whether the words make the figure one to be reached, or one that a rule lays down (扣除标准为每月800元)."""
    return _AIM.search(claim.lead) is not None or _LAID_DOWN.search(claim.lead) is not None


def is_stated(claim: Claim) -> bool:
    """Whether the figure is stated as a fact: printed exactly, no part, change, share or base."""
    quantity = claim.quantity
    return (
        not (claim.subset or claim.depth)
        and quantity.kind in STATED
        and quantity.exact
        and not (quantity.quoted or quantity.ordinal)
        and (len(claim.lead) >= SHORTEST or _all_of_them(claim) is not None)
        and (claim.role not in _NOT_STATED or _grown(claim) is not None)
    )


def _end(words: str) -> str:
    """The end of a noun phrase, near enough to sort figures by before looking at them closely."""
    end = _LEADS_ON.sub("", words[-10:])[-2:]
    return "率" if end.endswith(("率", "比例", "占比", "比重")) else end


#: 十届人大三次会议, 十六届三中全会: which one it is, not how many.
_MEETING = compiled(r"[届次](?:(?<=届)[一-龥]|[^，。；、\n]{0,6}(?:会议|全会|大会))")


#: 五年内新增的能力, 在今年内可以建成的有: what is left of such words when the time is taken away names nothing.
_NOWHERE = ("内", "在内", "间", "中")


def _numbers_a_meeting(analysis: Analysis, claim: Claim) -> bool:
    at = claim.quantity.at
    return claim.quantity.han and _MEETING.match(analysis.reading.text, at.end - 1) is not None


def facts(analysis: Analysis) -> Iterator[list[Statement]]:
    """The facts that share a noun and a unit, where there is more than one value."""
    known: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for unit, fact in tabled(analysis):
        known[unit, fact.noun].append(fact)
    # By the row's own words, as in prose: PM2.5平均浓度 ends in 浓度, though its noun is PM2.5.
    in_tables = {(unit, _end(_BRACKETED.sub("", fact.label))) for (unit, _), rows in known.items() for fact in rows}
    rough: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in analysis.claims:
        if is_stated(claim):
            every = _all_of_them(claim)
            grown = _grown(claim)
            words = grown[1] if grown else every[1] if every else claim.lead
            rough[base_unit(claim.quantity), _end(words)].append(claim)
    exact: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for (unit, end), claims in rough.items():
        if (unit, end) in in_tables or len({claim.quantity.value for claim in claims}) > 1:
            for claim in claims:
                if not aimed(claim) and not _numbers_a_meeting(analysis, claim):
                    every = _all_of_them(claim)
                    grown = _grown(claim)
                    if grown:
                        exact[unit, f"{noun_in(grown[1])}{grown[2]}"].append(claim)
                        continue
                    exact[unit, f"全部{every[1]}" if every else canonical(noun_of(analysis, claim))].append(claim)
    for (unit, noun), claims in exact.items():
        others = known.get((unit, noun), [])
        if (
            names_one_thing(noun)
            and not noun.startswith(_NOWHERE)
            and (others or len({claim.quantity.value for claim in claims}) > 1)
        ):
            yield [*others, *(each for claim in claims if (each := statement_of(analysis, noun, claim)) is not None)]


def context_in(words: str) -> str:
    """What ``words`` say of the set that is counted: the campaign, the network, the round, the way of counting."""
    return "".join(match[0] for match in _CONTEXT.finditer(words))


def statement_of(analysis: Analysis, noun: str, claim: Claim) -> Statement | None:
    """What ``claim`` states of ``noun``; ``None`` for what is planned or put in another way."""
    planned = analysis.period is not None and analysis.period.planned(claim.at)
    if planned or _QUALIFIED.match(analysis.reading.text, claim.at.end):
        return None
    opening = analysis.sentences[claim.sentence].at.start
    stretch = Span(max(opening, claim.at.start - SIGHT), claim.at.start)
    if _EARLIER.search(analysis.reading.text, *stretch):
        return None
    before = without_dates(analysis, stretch)
    quantity = claim.quantity
    factor = quantity.unit.factor or Decimal(1)
    when = timing(analysis, claim)
    if when is not None and not when.near and _all_of_them(claim) is not None:
        when = None  # what there is of a thing is the same all through a report, unless its sentence dates it
    return Statement(
        noun,
        lead_of(analysis, claim).replace("，", ""),
        area_of(analysis, claim),
        when,
        context_in(before),
        quantity.span,
        quantity.text,
        quantity.value * factor,
        quantity.step * factor,
        claim.sentence,
        _titles(analysis, claim),
        "累计" in claim.lead,
    )


def _titles(analysis: Analysis, claim: Claim) -> bool:
    """Whether the figure stands in the title or a heading, which leave the time to the text."""
    heading = analysis.paragraphs[claim.paragraph].kind is BlockKind.HEADING
    return heading or (claim.paragraph == 0 and bool(own_names(analysis)))


#: A figure is compared with so many of the same words before it: a register of thousands of like lines takes no longer for each of them.
_MOST = 50


#: 4.38亿元债券资金已全部拨付.
_ALL_OF_IT = compiled(r"\d[万亿]?元[一-龥]{2,12}全部")


@rule(
    "NM114",
    "fact-conflict",
    severity=Severity.WARNING,
    bad=(
        "2024年全县粮食总产量36.8万吨，再获丰收。\n2024年全县粮食总产量达到⟦38.6万吨⟧，单产稳步提高。",
        "全县现有公办幼儿园72所。\n学前教育方面，全县现有公办幼儿园⟦27所⟧，覆盖所有乡镇。",
    ),
    good=(
        "2024年全县粮食总产量36.8万吨，再获丰收。\n2024年全县粮食总产量36.80万吨，单产稳步提高。",
        "上半年，中心城区PM2.5平均浓度为31微克/立方米。\n上半年，全市PM2.5平均浓度为27微克/立方米。",
        "2023年末，全县森林覆盖率为46.8%。\n2024年末，全县森林覆盖率达到47.3%。",
    ),
)
def fact_conflict(analysis: Analysis) -> Iterator[Outcome]:
    """同一个数前后两个值。

    标题、开头的概述、正文、表格里写同一件事，数字应当一样。各科室分头供稿、数字更新过一轮，常常只改了一处。

    名词、地区、时段、口径（国控省控、第几轮、专项行动）完全一样才比；“近”“约”“以上”、计划与结果、同一数的不同精度和单位、写明快报与核实数的
    不报；拿不准是不是一回事的不报。报在后出现的那一处。
    """
    if is_statute(analysis):
        return
    told: set[Span] = set()
    for group in facts(analysis):
        for outcome in _compare(analysis, sorted(group, key=lambda fact: fact.span)):
            if isinstance(outcome, Finding):
                told.add(outcome.span)
            yield outcome
    for outcome in twin_conflicts(analysis):
        if outcome.span not in told:
            yield outcome
    if analysis.holds(_ALL_OF_IT):
        from reportlint_rules.numbers.facts.spent import told_again

        yield from told_again(analysis)


def _compare(analysis: Analysis, group: Sequence[Statement]) -> Iterator[Outcome]:
    for index, later in enumerate(group):
        matches = [
            earlier
            for earlier in group[max(0, index - _MOST) : index]
            if same(analysis, earlier, later) and not _another_document(analysis, earlier.span.end, later.span.start)
        ]
        if matches:
            yield Checked(later.span)
        # A figure that agrees with any before it is not the odd one out.
        if matches and not any(agree(earlier, later) for earlier in matches) and comparable(matches[-1], later):
            yield _conflict(matches[-1], later)


def _another_document(analysis: Analysis, start: int, end: int) -> bool:
    """Whether the title of another document stands between two places: several are kept in one file."""
    titles = _title_lines(analysis)
    at = bisect_left(titles, start)
    return at < len(titles) and titles[at] < end


@lru_cache(maxsize=1)
def _title_lines(analysis: Analysis) -> list[int]:
    """Where the titles of documents begin, in order."""
    return [match.start() for match in _TITLE_LINE.finditer(analysis.document.text)]


def _conflict(earlier: Statement, later: Statement) -> Finding:
    return Finding(
        later.span,
        Message(
            f"“{earlier.label}”前面写作 {earlier.text}，这里写作 {later.text}，请核对",
            f"stated as {earlier.text} before, as {later.text} here",
        ),
        (Related(earlier.span, "前一处"),),
    )
