"""What one thing holds of all: 4.6万平方米，面积最大的一处5.1万平方米; 民办85家；民办机构中，……92家; 受理412件586人，起诉428件521人."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from reportlint.analysis import Analysis
from reportlint.claims import CHANGES, Claim
from reportlint.finding import Checked, Finding, Message, Outcome, Related, Severity
from reportlint.numbers import Bound, same_unit
from reportlint.numerals import whole_number
from reportlint.patterns import compiled
from reportlint.span import Span
from reportlint_rules.numbers.figures import scaled

#: 面积最大的一处达, 单笔最高: one of those counted before.
_GREATEST = compiled(
    r"(?:最[大多高长](?:的)?(?:一|1|单)[处个家笔宗块片条起座项次户栋段批例件]|单[处个家笔宗块片条起座项次户栋段批例件][^，。；\d]{0,6}最[大多高长])[^，。；\d]{0,8}$"
)
_SUMMABLE = frozenset({"area", "money", "mass", "volume", "length", "count"})
#: 民办机构中，, 规上企业中高新技术企业: of what was counted before, by its name.
_OF_THESE = compiled(
    r"(?:^|[，。；：\n])在?(?P<name>[一-龥]{2,10}?)(?:当中|之中|中(?![心央学医小级等国型部职层旬期标共秋介式技]|高[级档端中层]|专(?!精|项|利|家|门|业))|里)，?[^，。；]{0,16}$"
)
_OF_NAMED = compiled(r"(?<!其)(?<!之)(?<!当)中[^。；\d]{0,16}\d|里[^。；\d]{0,16}\d")
_NAME_TAIL = compiled(r"(?:机构|企业|单位|项目|人员|干部|案件|学校|农户|党员|村|户|家庭|类|小区|对象)$")
_FOUND_WORD = compiled(r"未通过|不合格|阳性|异常|达标|检出|确诊|落选|不及格")
#: 初筛未通过3142人: found among those who were looked at.
_FOUND = compiled(
    r"(?:未通过|不合格|阳性|异常|未达标|不达标|检出|确诊|落选|未过关|不及格)(?:者|的|样品|人员|率)?(?:有|为|共|达)?$"
)
_LOOKED_AT = compiled(r"应?[检筛抽测查体验评考]|抽样|采样|参[加检考测评]|实[检筛测查考]")
#: 受理…412件586人, 经审查提起公诉428件: a deed done to those that came in.
_CAME_IN = compiled(r"受理|收到|接收|移送|审查|立案|交办|转办|承接|登记|排查|摸排")
_OF_THEM = compiled(r"(?:经审查|审查后|经核查|其中|经办理|审结后|经调查|经研判)")
#: 单个项目投资额均在3亿元以下: the most that each may be.
_CAPPED = compiled(
    r"(?:每[个家户处笔条项件宗]|单[个家户处笔条项件宗])[^，。；\d]{0,10}(?:均|都|一律|全部)?(?:在|不超过|不足|不到|低于|少于|控制在)$"
)
_ALL = compiled(r"总[投额面量长]|合计|共|累计|总计")
_AT_MOST = (Bound.AT_MOST, Bound.LESS)
_BACK = 8


def held(analysis: Analysis) -> Iterator[Outcome]:
    """Every part that is more than the whole it is named as part of."""
    text, claims = analysis.reading.text, analysis.claims
    if compiled(r"最[大多高长]").search(text):
        yield from _greatest(text, claims)
    if _OF_NAMED.search(text):
        yield from _of_these(text, claims)
    if _FOUND_WORD.search(text):
        yield from _found(analysis)
    if _OF_THEM.search(text):
        yield from _paired(analysis)
    if "均在" in text or "单个" in text or "每个" in text:
        yield from _capped(claims)


def _usable(claim: Claim) -> bool:
    return (
        claim.quantity.kind in _SUMMABLE and claim.quantity.exact and not claim.planned and not claim.quantity.ordinal
    )


def _greatest(text: str, claims: Sequence[Claim]) -> Iterator[Outcome]:
    for index, claim in enumerate(claims):
        if "最" not in claim.lead or not _usable(claim) or not _GREATEST.search(claim.lead):
            continue
        wholes = [
            each
            for each in claims[max(0, index - _BACK) : index]
            if each.sentence == claim.sentence
            and same_unit(each.quantity, claim.quantity)
            and each.countable
            and "；" not in text[each.at.end : claim.at.start]
        ]
        if wholes:
            yield Checked(claim.quantity.span)
            greatest = max(wholes, key=lambda each: each.quantity.value)
            if claim.quantity.value > greatest.quantity.value:
                yield _more(claim, greatest, "最大的一个", Severity.ERROR)


def _of_these(text: str, claims: Sequence[Claim]) -> Iterator[Outcome]:
    for index, claim in enumerate(claims):
        if claim.quantity.kind != "count" or not claim.countable or claim.planned or claim.role in CHANGES:
            continue
        start = claims[index - 1].at.end if index else 0
        if index > 1 and claims[index - 1].quantity.kind != "count" and claims[index - 1].clause == claim.clause:
            start = claims[index - 2].at.end  # 党员中35岁以下的92名
        words = text[max(start, claim.at.start - 40) : claim.at.start]
        said = _OF_THESE.search(words) if "中" in words else None
        if said is None:
            continue
        name = _NAME_TAIL.sub("", said["name"]) or said["name"]
        if len(name) < 2:
            continue
        wholes = [
            each
            for each in claims[max(0, index - _BACK) : index]
            if each.paragraph == claim.paragraph
            and each.clause < claim.clause
            and same_unit(each.quantity, claim.quantity)
            and each.countable
            and (_is_named(each.lead, name, said["name"]) or each.trail.startswith(name))
        ]
        if len(wholes) == 1:
            yield Checked(claim.quantity.span)
            if claim.quantity.value > wholes[0].quantity.value:
                yield _more(claim, wholes[0], f"{said['name']}中的", Severity.WARNING)


def _is_named(lead: str, name: str, full: str) -> bool:
    """Whether a figure is of what is named: 民办 of 民办幼儿园, 规模户 of 规模户."""
    lead = lead.removeprefix("其中").lstrip("，：")
    return lead.endswith((name, full)) or (len(lead) > 1 and full.startswith(lead))


def _found(analysis: Analysis) -> Iterator[Outcome]:
    for group in analysis.by_sentence:
        for index, claim in enumerate(group):
            if claim.quantity.kind != "count" or not claim.countable or not _FOUND.search(claim.lead):
                continue
            before = [each for each in group[:index] if same_unit(each.quantity, claim.quantity) and each.countable]
            looked = [each for each in before if _LOOKED_AT.search(each.lead)]
            if not looked or not _usable(claim):
                continue
            yield Checked(claim.quantity.span)
            greatest = max(before, key=lambda each: each.quantity.value)
            if claim.quantity.value > greatest.quantity.value:
                yield _more(claim, greatest, "查出的", Severity.WARNING)


def _paired(analysis: Analysis) -> Iterator[Outcome]:
    """Two counts of what came in and the same two of what was done: none of the second may be the greater."""
    for group in analysis.by_sentence:
        for one, two, three, four in zip(group, group[1:], group[2:], group[3:], strict=False):
            if not (
                one.clause == two.clause
                and three.clause == four.clause
                and 0 < three.clause - two.clause <= 2
                and not two.lead
                and not four.lead
                and _CAME_IN.search(one.lead)
                and _OF_THEM.search(three.lead)
                and same_unit(one.quantity, three.quantity)
                and same_unit(two.quantity, four.quantity)
                and not same_unit(one.quantity, two.quantity)
                and all(each.countable and not each.carried and not each.planned for each in (one, two, three, four))
            ):
                continue
            for part, whole in ((three, one), (four, two)):
                yield Checked(part.quantity.span)
                if part.quantity.value > whole.quantity.value:
                    yield _more(part, whole, "其中的", Severity.WARNING)


def _capped(claims: Sequence[Claim]) -> Iterator[Outcome]:
    """签约5个项目，单个投资额均在3亿元以下，总投资17.5亿元: so many of at most so much come to no more than that."""
    for number, cap, total in zip(claims, claims[1:], claims[2:], strict=False):
        if (
            number.sentence == total.sentence
            and number.quantity.kind == "count"
            and number.quantity.exact
            and not number.quantity.ordinal
            and cap.quantity.bound in _AT_MOST
            and _CAPPED.search(cap.lead)
            and same_unit(cap.quantity, total.quantity)
            and _ALL.search(total.lead)
            and total.quantity.exact
            and total.clause - cap.clause <= 2
        ):
            most = number.quantity.value * cap.quantity.value
            yield Checked(total.quantity.span)
            if (total.quantity.low or Decimal(0)) >= most:
                yield Finding(
                    total.quantity.span,
                    Message(
                        f"{number.quantity.text}，每一个不超过 {cap.quantity.text.rstrip('以下内')}，合起来不超过 {scaled(most, total.quantity)}，写的是 {total.quantity.text}，请核对",
                        f"so many of so much are at most {scaled(most, total.quantity)}; the text says {total.quantity.text}",
                    ),
                    (Related(number.quantity.span, "个数"), Related(cap.quantity.span, "上限")),
                    severity=Severity.WARNING,
                )


def _more(part: Claim, whole: Claim, words: str, severity: Severity) -> Finding:
    return Finding(
        part.quantity.span,
        Message(
            f"{words} {part.quantity.text} 超过全部 {whole.quantity.text}，请核对两个数字",
            f"{part.quantity.text} of {whole.quantity.text}: the part is greater than the whole",
        ),
        (Related(whole.quantity.span, "总数"),),
        severity=severity,
    )


#: 前三项已全部完成，后三项正在: the first so many of a list, and the rest.
_FIRST_AND_REST = compiled(
    r"(?P<all>[二三四五六七八九十]{1,3}|\d{1,3})(?P<unit>[项个条家件类处座所期批名户章])(?P<noun>[^，。；\d]{0,16}?)(?:中|里|当中)?，(?:其中)?(?:前|头)(?P<first>[一二两三四五六七八九十]{1,3}|\d{1,3})(?P=unit)(?P<deed>[^，。；\d]{2,24})，(?P<word>后|其余|余下|剩余|剩下|另外)(?:的)?(?P<rest>[一二两三四五六七八九十]{1,3}|\d{1,3})(?P=unit)"
)


def first_and_rest(analysis: Analysis) -> Iterator[Outcome]:
    """五项任务中，前三项已完成，后两项正在推进: both together are all."""
    text = analysis.reading.text
    for match in _FIRST_AND_REST.finditer(text):
        whole, first, rest = (whole_number(match[name]) for name in ("all", "first", "rest"))
        place = analysis.span(Span(*match.span("rest")))
        yield Checked(place)
        if first + rest != whole and first < whole:
            yield Finding(
                place,
                Message(
                    f"一共 {whole} {match['unit']}，前 {first} {match['unit']}之外还有 {whole - first} {match['unit']}，写的是“{match['rest']}{match['unit']}”，请核对",
                    f"{whole} less the first {first} leaves {whole - first}; the text says {rest}",
                ),
                (
                    Related(analysis.span(Span(*match.span("all"))), "总数"),
                    Related(analysis.span(Span(*match.span("first"))), "分项"),
                ),
                severity=Severity.WARNING,
            )
