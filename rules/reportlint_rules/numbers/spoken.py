"""NM125: a share told in words beside the percentage that it sums up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from reportlint.analysis import Analysis
from reportlint.claims import Claim
from reportlint.finding import Checked, Finding, Message, Outcome, Related, Severity
from reportlint.numbers import same_unit
from reportlint.numerals import whole_number
from reportlint.patterns import around, compiled
from reportlint.rule import rule
from reportlint.span import Span
from reportlint_rules.numbers.figures import HUNDRED, show

TYPE_CHECKING = False
if TYPE_CHECKING:
    from reportlint_rules.numbers.spoken_counts import Told

_DIGIT = "一二两三四五六七八九"
_MORE = r"以上|多"
#: 超过半数, 近三成, 三分之二以上.
_SPOKEN = rf"(?P<about>超过?|逾|过|高于|突破|接近|近|不足|不到|未达|低于|约|大约)?(?P<share>(?:[{_DIGIT}]成(?:半)?|[{_DIGIT}十]分之[{_DIGIT}]|(?<![大多])半数|(?<=[超过逾近足到约占])半(?![年天月径载数山夜日成导]))|一半|(?<=[超过近])一半)(?P<more>{_MORE})?"
#: The percentage right behind it, in a bracket or as what it comes to.
_BEHIND = compiled(
    rf"{_SPOKEN}(?![立为效果本员功长绩份分品交就型熟都人名家])(?P<gap>[^，。；：、（）\d]{{0,8}}(?:（(?:占比?|达到?|为|约)?|，(?:占比?|比例|比重|达到?|为|即|其中)(?:达到?|为|约)?|达到?|即))(?P<percent>\d{{1,3}}(?:\.\d{{1,9}})?)[%％](?P<close>[）]|(?=[，。；]))"
)
#: What any share in words holds.
_SHARE = compiled(rf"[{_DIGIT}分半](?:(?<=半)|(?<=分)之|(?<![分半])成)")
#: The percentage, then what it is in words: 占58.3%，超过六成.
_BEFORE = compiled(
    rf"(?:(?:占比?|比例|比重|率)[^，。；：、（）\d]{{0,6}}|[元人户个亩米里吨辆台套家处]的)(?P<percent>\d{{1,3}}(?:\.\d+)?)[%％]，(?:(?:目标|年度|全年)?任务(?:量|完成|实现)?)?(?:已经?|均|也|占比?|即)?{_SPOKEN}(?=[，。；]|$)"
)
#: 未过半, 不超过三成: said the other way round.
_NOT = compiled(r"(?:[未没不]|控制在)[能会]?(?:超过?|过|达到?|高于)?$")
#: A share is the tenth part or more off before a rounded one is contradicted.
_ROUGH = Decimal("5")
_NEAR = Decimal("10")
_TOLD = compiled(_SPOKEN)
#: 每五户中有一户; ，实现全覆盖.
_OTHERWISE = compiled(
    r"[每，、](?:(?<=每)[^，。；]{2,12}有[一两二三\d]|(?<!每)(?:现已|已|基本)?实现了?[一-龥]{0,2}全覆盖)"
)


@rule(
    "NM125",
    "share-in-words",
    severity=Severity.WARNING,
    triggers=("成", "分之", "半", "就有", "中有一", "中有两", "全覆盖"),
    bad=(
        "超过半数（⟦42.3%⟧）的乡镇建成综合性文化站。",
        "三分之二以上（⟦58.6%⟧）的企业完成设备更新。",
        "脱贫劳动力中务工人员占⟦57.2%⟧，超过六成。",
        "不到三成（⟦34.1%⟧）的小区设有充电桩。",
        "纳入调度的68个项目，已开工33个，开工面⟦过半⟧。",
    ),
    good=(
        "超过半数（52.3%）的乡镇建成综合性文化站。",
        "三分之二以上（68.6%）的企业完成设备更新。",
        "脱贫劳动力中务工人员占62.8%，超过六成。",
        "近三成（28.6%）的小区设有充电桩，建成率达95.3%。",
        "九成以上农户受益，满意率98.2%。",
        "纳入调度的68个项目，已开工36个，开工面过半。",
    ),
)
def share_in_words(analysis: Analysis) -> Iterator[Outcome]:
    """“过半”“近三成”“三分之二以上”与旁边的百分数不符。

    “超过半数（42.3%）”不是百分数改了、话没有改，就是话说大了；“68个项目已开工33个，开工面过半”也一样。

    只核对百分数就在括号里、或紧跟在后面（前面）说同一件事的，和前面刚写了总数与其中一部分的；“近”“约”和不带“超过”“不足”的说法留出半成到一成的余地。

    “约三分之一的单位（51家中的17家）”“有三成的商户（180户）……全街共有600户”“每五户中有一户”按写出的两个数核对；“28家每家检查一遍，已检查26家，实现全覆盖”也一样。
    """
    text = analysis.reading.text
    shares = list(_each(text))
    counted: set[int] = set()
    for outcome in _counted(analysis, shares):
        counted.add(outcome.span.end)
        yield outcome
    if shares:
        from reportlint_rules.numbers.spoken_wholes import told_of_wholes

        for told in told_of_wholes(analysis, shares):
            if analysis.span(Span(*told.match.span())).end not in counted:
                yield from _against_counts(analysis, told)
    if analysis.holds(_OTHERWISE):
        yield from _otherwise(analysis)
    for match in (*around(_BEHIND, _SHARE, text, 4, 40), *analysis.matches(_BEFORE)):
        start = match.start("about") if match["about"] else match.start("share")
        if _NOT.search(text, max(0, start - 4), start):
            continue
        share = _value(match["share"])
        percent = Decimal(match["percent"])
        if share is None or percent > HUNDRED:
            continue
        at = Span(match.start("percent"), match.end("percent") + 1)
        yield Checked(analysis.span(at))
        if not _agrees(percent, share, match["about"] or "", match["more"] or ""):
            said = Span(
                start,
                match.end("more" if match["more"] else "share"),
            )
            words = analysis.reading.slice(said)
            bound = _bound(match["about"] or "", match["more"], share)
            yield Finding(
                analysis.span(at),
                Message(
                    f"“{words}”是 {bound}，与 {match['percent']}% 不符，请核对",
                    f"“{words}” does not hold of {match['percent']}%",
                ),
                (Related(analysis.span(said), "说法"),),
            )


def _counted(analysis: Analysis, shares: Sequence[re.Match[str]]) -> Iterator[Outcome]:
    """The shares of which the part stands right before."""
    yield from _of_counts(analysis)
    if "分之" in analysis.reading.text or "半" in analysis.reading.text:
        yield from _majorities(analysis)
    if shares:
        yield from _of_named(analysis)
        from reportlint_rules.numbers.spoken_counts import told_of_counts

        for told in told_of_counts(analysis, shares):
            yield from _against_counts(analysis, told)


def _otherwise(analysis: Analysis) -> Iterator[Outcome]:
    """One in five, and all of them."""
    from reportlint_rules.numbers.spoken_wholes import not_covered, one_in

    for match, one, of, part, whole in one_in(analysis):
        percent = part.quantity.value * HUNDRED / whole.quantity.value
        said = analysis.span(Span(*match.span()))
        yield Checked(said)
        share = HUNDRED * one / of
        if abs(percent - share) > min(_ROUGH, share / 4):
            yield _of_what(said, match[0], part, whole, percent)
    for match, part, whole in not_covered(analysis):
        said = analysis.span(Span(match.start() + 1, match.end()))
        yield Checked(said)
        if part.quantity.value < whole.quantity.value:
            percent = part.quantity.value * HUNDRED / whole.quantity.value
            yield _of_what(said, match[0][1:], part, whole, percent)


def _each(text: str) -> Iterator[re.Match[str]]:
    """Every share in words that is not denied."""
    for match in around(_TOLD, _SHARE, text, 4, 6):
        if not _NOT.search(text, max(0, match.start() - 4), match.start()):
            yield match


def _against_counts(analysis: Analysis, told: Told) -> Iterator[Outcome]:
    """A share in words and the counts that it is of."""
    match, part, whole = told.match, told.part, told.whole
    share = _value(match["share"])
    if share is None:
        return
    percent = part.quantity.value * HUNDRED / whole.quantity.value
    at = Span(told.start if told.start >= 0 else match.start(), match.end())
    span, words = analysis.span(at), analysis.reading.slice(at)
    about = told.about or match["about"] or ""
    yield Checked(span)
    if not _agrees(percent, share, about, match["more"] or ""):
        shown = f"{part.quantity.text}÷{whole.quantity.text}＝{show(percent, 1)}%"
        yield Finding(
            span,
            Message(
                f"{shown}，与“{words}”（{_bound(about, match['more'], share)}）不符，请核对",
                f"{shown}, of which “{words}” does not hold",
            ),
            (Related(part.quantity.span, "分子"), Related(whole.quantity.span, "分母")),
        )


#: 雨污分流480公里，占四分之三: a share in words behind its part.
_OF_PART = compiled(rf"，(?:约|仅|已|就)?占(?:比|了|到|总[数量长]的?|全部的?|总里程的?)?{_SPOKEN}(?=[，。；]|$)")


def _of_counts(analysis: Analysis) -> Iterator[Outcome]:
    """管网总长640公里，其中分流制480公里，占四分之一: the part and the whole stand before the words."""
    text = analysis.reading.text
    if "占" not in text:
        return
    for group in analysis.by_sentence:
        for whole, part in zip(group, group[1:], strict=False):
            match = _OF_PART.match(text, part.at.end)
            if match is None or not part.subset or whole.subset or part.beat - whole.beat != 1 or whole.planned:
                continue
            share = _value(match["share"])
            fits = whole.countable and part.countable and same_unit(whole.quantity, part.quantity)
            if share is None or not fits or not 0 < part.quantity.value <= whole.quantity.value:
                continue
            percent = part.quantity.value * HUNDRED / whole.quantity.value
            said = analysis.span(Span(match.start("about") if match["about"] else match.start("share"), match.end()))
            yield Checked(said)
            if not _agrees(percent, share, match["about"] or "", match["more"] or ""):
                yield _of_what(said, text[match.start("share") : match.end()], part, whole, percent)


#: 参会代表186人，同意82人，超过半数: of those who were to be there.
_MAJORITY = compiled(
    r"，(?P<not>未|没有|不)?(?:能)?(?P<about>超过?|逾|过|达到?)(?:了)?(?:应到(?:人数|会员|代表)?的?|总(?:人)?数的?|会员的?|代表的?)?(?P<share>半数|一半|三分之二|四分之三|五分之四)(?:以上)?(?=[，。；]|$)"
)
_VOTED = compiled(r"(?:同意|赞成|支持|签字|签名|实到|出席|到会|参会|参加表决)$")
_ENTITLED = compiled(r"应到|应参|应出席|参会|到会|出席|代表|业主|会员|委员|股东|总户数|总人数|村民")


def _majorities(analysis: Analysis) -> Iterator[Outcome]:
    """Votes and attendance against the majority they are said to be."""
    text = analysis.reading.text
    for group in analysis.by_sentence:
        for whole, part in zip(group, group[1:], strict=False):
            match = _MAJORITY.match(text, part.at.end)
            if (
                match is None
                or not _VOTED.search(part.lead)
                or not _ENTITLED.search(whole.lead)
                or not same_unit(whole.quantity, part.quantity)
            ):
                continue
            share = _value(match["share"])
            fits = whole.countable and part.countable and 0 < part.quantity.value <= whole.quantity.value
            if share is None or not fits or part.clause - whole.clause > 1 or whole.planned:
                continue
            percent = part.quantity.value * HUNDRED / whole.quantity.value
            said = analysis.span(Span(match.start() + 1, match.end()))
            yield Checked(said)
            if (percent >= share) == bool(match["not"]):
                yield _of_what(said, text[match.start() + 1 : match.end()], part, whole, percent)


#: 占参保总人数9.52万人的四分之三, 为年度目标40亿元的三分之二: the whole right before the share, the part before that.
_OF_NAMED = compiled(rf"[一-龥]{{0,3}}的{_SPOKEN}(?=[，。；]|$)")
_TAKEN_OF = compiled(r"(?:占|为|相当于|达到?|完成)[^，。；\d]{0,14}$")


def _of_named(analysis: Analysis) -> Iterator[Outcome]:
    text = analysis.reading.text
    for group in analysis.by_sentence:
        for part, whole in zip(group, group[1:], strict=False):
            match = _OF_NAMED.match(text, whole.at.end) if "的" in whole.trail[:4] else None
            if (
                match is None
                or not _TAKEN_OF.search(whole.lead)
                or not same_unit(whole.quantity, part.quantity)
                or whole.clause - part.clause != 1
            ):
                continue
            share = _value(match["share"])
            if share is None or not (part.countable and whole.quantity.exact and whole.quantity.value):
                continue
            percent = part.quantity.value * HUNDRED / whole.quantity.value
            at = Span(match.start("about") if match["about"] else match.start("share"), match.end())
            said = analysis.span(at)
            yield Checked(said)
            if not _agrees(percent, share, match["about"] or "", match["more"] or ""):
                yield _of_what(said, analysis.reading.slice(at), part, whole, percent)


def _of_what(span: Span, words: str, part: Claim, whole: Claim, percent: Decimal) -> Finding:
    actual = show(percent, 1)
    return Finding(
        span,
        Message(
            f"{part.quantity.text}÷{whole.quantity.text}＝{actual}%，与“{words}”不符，请核对",
            f"{part.quantity.text} of {whole.quantity.text} is {actual}%",
        ),
        (Related(part.quantity.span, "分子"), Related(whole.quantity.span, "分母")),
    )


def _value(words: str) -> Decimal | None:
    """The share in %, of 三成, 三成半, 四分之三, 半数."""
    if "半" in words and "成" not in words:
        return HUNDRED / 2
    whole, _, part = words.partition("分之")
    if part:
        return HUNDRED * whole_number(part) / whole_number(whole) if whole_number(part) < whole_number(whole) else None
    return Decimal(whole_number(words[0]) * 10 + (5 if words.endswith("半") else 0))


def _agrees(percent: Decimal, share: Decimal, about: str, more: str) -> bool:
    if about in ("不足", "不到", "未达", "低于"):
        return percent < share
    if about in ("近", "接近"):
        return share - _NEAR <= percent <= share
    if about in ("约", "大约"):
        return abs(percent - share) <= _ROUGH
    if about or more:
        return percent >= share
    return abs(percent - share) <= _ROUGH


def _bound(about: str, more: str | None, share: Decimal) -> str:
    shown = show(share, 1 if share != share.to_integral_value() else 0)
    if about in ("不足", "不到", "未达", "低于"):
        return f"不到 {shown}%"
    if about in ("近", "接近"):
        return f"略低于 {shown}%"
    return f"{shown}% 以上" if (about and about not in ("约", "大约")) or more else f"{shown}% 上下"
