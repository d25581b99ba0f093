"""Growth over several years, and growth told twice: 五年累计增长50%，年均增长10%; 为上年的1.2倍，增长120%."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from reportlint.analysis import Analysis
from reportlint.claims import Claim, Role
from reportlint.finding import Checked, Finding, Message, Outcome, Related
from reportlint.movements import change_of, kind_of
from reportlint.numbers import Quantity, same_unit
from reportlint.numerals import whole_number
from reportlint.patterns import compiled
from reportlint_rules.numbers.figures import HUNDRED, show
from reportlint_rules.numbers.intervals import interval

_YEARLY = compiled(r"(?:年均|年平均|平均每年)(?:复合)?(?:增长|递增|增速|增幅|增长率)(?:为|达到?|约)?$")
_N = r"[两二三四五六七八九十]|\d"
_TOTAL = compiled(rf"(?P<years>{_N})年(?:来|间)?(?:累计|合计|共|总计|共计)(?:增长|增幅|提高|上升)(?:达到?|约)?$")
_FROM = compiled(r"(?:由|从)(20\d\d)年(?:底|末)?(?:的)?[^，。；\d]{0,6}$")
_TO = compiled(
    r"(?:增加|增长|提高|提升|扩大|发展|上升|攀升|跃升|壮大|增|升|提)(?:到|至|为)(?:了)?(20\d\d)年(?:底|末)?(?:的)?[^，。；\d]{0,4}"
)
_SPAN = compiled(r"(20\d\d)年?(?:至|到|—|–|-|~)(20\d\d)年")
_PLAIN_FROM = compiled(r"(?:由|从)[^，。；\d]{0,6}$")
_PLAIN_TO = compiled(
    r"(?:增加|增长|提高|提升|扩大|发展|上升|攀升|跃升|壮大|增|升|提)(?:到|至|为)(?:了)?[^，。；\d]{0,4}"
)
_REAL = compiled(r"实际|可比|同口径|不变价|扣除|剔除|生产总值|GDP|增加值|总产值")
_INDEX = compiled(
    r"(?:是|为|达到?|相当于|恢复到|仅为|[约只有]|完成)(?P<base>(?:上|去|上一|前)年(?:同期|同月)?|20\d\d年(?:同期|同月|末|底)?)的(?:近|约)?$"
)
_BARE = compiled(
    r"(?P<kind>同比|环比|(?:比|较)(?:上|去|上一|前|20\d\d)年(?:同期|同月|末|底)?)?(?:相应|实际|同步)?(?P<word>增长|增加|提高|上升|增|下降|减少|降低|减|降)了?"
)
_ALSO = compiled(
    r"(?:也|即|也就|仅|只|就)?(?:是|为|相当于|达到?|恢复到)(?:上|去|上一|前|20\d\d)年(?:同期|同月|末|底)?的"
)
#: 增速12%，是上年的1.5倍: the growth itself is set against that of the year before.
_OF_GROWTH = compiled(r"增[速幅]|[涨降跌]幅|增长率|增量|增加额|增长额|净增|新增")
_MOST = 6


def over_years(analysis: Analysis) -> Iterator[Outcome]:
    """Every such growth whose other figures stand before it."""
    text = analysis.reading.text
    for group in analysis.by_sentence:
        for index, claim in enumerate(group):
            quantity = claim.quantity
            if index and claim.clause - group[index - 1].clause == 1:
                yield from _index(text, group[index - 1], claim)
            if not index or quantity.unit.name != "%" or not quantity.exact or claim.planned:
                continue
            if "均" in claim.lead and _YEARLY.search(claim.lead):
                yield from _yearly(text, group[:index], claim)
            elif "年" in text[max(0, claim.at.start - 12) : claim.at.start] and (
                said := _TOTAL.search(text, max(0, claim.at.start - 14), claim.at.start)
            ):
                yield from _summed(group[:index], claim, whole_number(said["years"]))


def _yearly(text: str, before: Sequence[Claim], claim: Claim) -> Iterator[Outcome]:
    start = max(text.rfind("。", 0, claim.at.start), text.rfind("\n", 0, claim.at.start)) + 1
    if _REAL.search(text, start, claim.at.start):
        return
    found = _total(text, before, claim) or _ends(text, start, before, claim)
    if found is None:
        return
    (low, high), years, bases = found
    printed = claim.quantity
    yield Checked(printed.span)
    least, most = _compound(low, years), _compound(high, years)
    slack = max(printed.step, Decimal("0.15"))
    if least - slack <= printed.value <= most + slack:
        return
    mean = ((low + high) / 2 - 1) * HUNDRED / years
    middle = _compound((low + high) / 2, years)
    why = "（不是总增幅除以年数）" if abs(mean - printed.value) <= slack else ""
    yield Finding(
        printed.span,
        Message(
            f"{years} 年增长到 {show((low + high) / 2, 2)} 倍，按复合计算年均增长应为 {show(middle, 1)}%{why}，与写明的 {printed.text} 不符，请核对",
            f"compounded over {years} years the growth is {show(middle, 1)}% a year, not {printed.text}",
        ),
        tuple(Related(base.quantity.span, "对照") for base in bases),
    )


def _total(text: str, before: Sequence[Claim], claim: Claim) -> tuple[tuple[Decimal, Decimal], int, list[Claim]] | None:
    """五年累计增长50%，年均增长: the growth of all the years right before."""
    last = before[-1]
    said = _TOTAL.search(text, max(0, last.at.start - 14), last.at.start)
    if said is None or last.quantity.unit.name != "%" or not last.quantity.exact or claim.clause - last.clause != 1:
        return None
    value, half = last.quantity.value / HUNDRED, last.quantity.step / HUNDRED / 2
    return (1 + value - half, 1 + value + half), whole_number(said["years"]), [last]


def _ends(
    text: str, start: int, before: Sequence[Claim], claim: Claim
) -> tuple[tuple[Decimal, Decimal], int, list[Claim]] | None:
    """从2020年的24500元增加到2025年的36000元，年均增长: the first year and the last, each with its figure."""
    pairs = [(one, other) for one, other in zip(before, before[1:], strict=False) if _linked(text, one, other)]
    if not pairs:
        return None
    one, other = pairs[-1]
    if claim.clause - other.clause > 1 or one.quantity.value <= 0:
        return None
    between = text[one.at.end : other.at.start]
    first, last = _FROM.search(text, start, one.at.start), _TO.fullmatch(between)
    if first and last:
        years = int(last[1]) - int(first[1])
    else:
        spans = list(_SPAN.finditer(text, start, one.at.start))
        if len(spans) != 1 or not (_PLAIN_FROM.search(text, start, one.at.start) and _PLAIN_TO.fullmatch(between)):
            return None
        years = int(spans[0][2]) - int(spans[0][1])
    if not 2 <= years <= 30:
        return None
    (low, high), (least, most) = interval(other.quantity), interval(one.quantity)
    return (low / most, high / least), years, [one, other]


def _linked(text: str, one: Claim, other: Claim) -> bool:
    return (
        same_unit(one.quantity, other.quantity)
        and one.quantity.kind != "percent"
        and one.quantity.exact
        and other.quantity.exact
        and other.at.start - one.at.end < 20
    )


def _compound(factor: Decimal, years: int) -> Decimal:
    return (factor ** (Decimal(1) / years) - 1) * HUNDRED if factor > 0 else Decimal(-100)


def _summed(before: Sequence[Claim], claim: Claim, years: int) -> Iterator[Outcome]:
    """2024年增长15%，2025年增长10%，两年累计增长25%: growths of years multiply."""
    growths = [
        one
        for one in before[-_MOST:]
        if one.quantity.unit.name == "%" and one.role is Role.UP and one.quantity.exact and not one.planned
    ]
    if len(growths) != years or years < 2:
        return
    printed = claim.quantity
    summed = sum((one.quantity.value for one in growths), Decimal(0))
    factor = Decimal(1)
    for one in growths:
        factor *= 1 + one.quantity.value / HUNDRED
    actual = (factor - 1) * HUNDRED
    yield Checked(printed.span)
    if summed == printed.value and abs(actual - printed.value) > printed.step:
        yield Finding(
            printed.span,
            Message(
                f"各年增幅不能相加：{'、'.join(one.quantity.text for one in growths)} 累计增长 {show(actual, 1)}%，与写明的 {printed.text} 不符，请核对",
                f"growths of years multiply: {show(actual, 1)}%, not {printed.text}",
            ),
            tuple(Related(one.quantity.span, "增减量") for one in growths),
        )


def _index(text: str, one: Claim, other: Claim) -> Iterator[Outcome]:
    """为上年的112%，增长11%; 增长6.9%，是上年的1.2倍: N times as much is N − 1 times more."""
    if one.depth != other.depth or _factor(one.quantity) is None or _factor(other.quantity) is None:
        return
    said = _INDEX.search(one.lead)
    if said is not None:
        index, change, change_said = one, other, _BARE.fullmatch(other.lead)
        kind = change_said["kind"] if change_said else None
        up = change_said is not None and change_said["word"][0] in "增提上"
    else:
        index, change = other, one
        said, moved = _INDEX.search(other.lead), change_of(one.lead)
        if not _ALSO.fullmatch(other.lead) or _OF_GROWTH.search(one.lead) or moved is None or not moved.sign:
            return
        change_said, kind, up = said, moved.comparator, moved.sign > 0
    if said is None or change_said is None or (kind and kind_of(kind) != kind_of(said["base"])):
        return
    times, size = _factor(index.quantity), _factor(change.quantity)
    if times is None or size is None or _REAL.search(one.lead):
        return
    actual = (times[0] - 1) if up else (1 - times[0])
    printed = change.quantity if index is one else index.quantity
    yield Checked(printed.span)
    # 为上年的112%，增长11%: printed as finely as each other, the one is the other less a hundred.
    coarse = max(size[1], times[1])
    if abs(actual - size[0]) <= (0 if size[1] == times[1] else coarse + min(size[1], times[1]) / 2):
        return
    told = f"{'增长' if up else '下降'} {change.quantity.text}"
    if index is one:
        way, whole = ("增长" if times[0] > 1 else "下降"), show(abs(times[0] - 1) * HUNDRED)
        chinese, english = (
            f"是{said['base']}的 {index.quantity.text} 即{way} {whole}%，与写明的“{told}”不符，请核对",
            f"{index.quantity.text} of {said['base']} is a change of {whole}%, not of {change.quantity.text}",
        )
    else:
        whole = show(1 + size[0] if up else 1 - size[0])
        chinese, english = (
            f"{told} 是{said['base']}的 {whole}倍，与“{index.quantity.text}”不符，请核对",
            f"a change of {change.quantity.text} makes {whole} times {said['base']}, not {index.quantity.text}",
        )
    yield Finding(
        printed.span,
        Message(chinese, english),
        (Related((change if index is not one else index).quantity.span, "对照"),),
    )


def _factor(quantity: Quantity) -> tuple[Decimal, Decimal] | None:
    """How many times the base the figure is, and its step; ``None`` for what is neither 倍 nor %."""
    if not quantity.exact or quantity.unit.name not in ("倍", "%"):
        return None
    scale = HUNDRED if quantity.unit.name == "%" else Decimal(1)
    return quantity.value / scale, quantity.step / scale
