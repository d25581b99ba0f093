"""NM107: a change that its own value and base contradict."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from itertools import chain

from reportlint.analysis import Analysis
from reportlint.finding import Checked, Finding, Message, Outcome, Related, Severity
from reportlint.movements import last_movement, lower_is_better
from reportlint.numbers import Quantity
from reportlint.patterns import compiled
from reportlint.rule import rule
from reportlint.span import Span
from reportlint_rules.numbers.figures import HUNDRED, scaled, show
from reportlint_rules.numbers.growth.bases import Figure
from reportlint_rules.numbers.growth.changes import Change
from reportlint_rules.numbers.growth.comparisons import Growth, growths
from reportlint_rules.numbers.growth.folds import fold_mismatches
from reportlint_rules.numbers.growth.opposed import opposed_changes
from reportlint_rules.numbers.growth.reached import named_before, reached_mismatches
from reportlint_rules.numbers.growth.shorthand import spoken_changes
from reportlint_rules.numbers.growth.slipped import slipped_changes
from reportlint_rules.numbers.growth.tenths import tenth_mismatches
from reportlint_rules.numbers.intervals import Interval, covers, difference, expected, interval, percent_of

_FLAT = compiled(
    r"[^，；。]{0,4}?）?，?(?:同比|环比|两者|总体|与[^，；。]{2,8}|保持){0,3}(?P<about>基本|大体|总体|大致)?持平"
)
_YEARLY = compiled(r"平均每[年月季]|每[年月季]平均|年[均平]")
#: 两年累计增长: from an earlier base than the one printed last; the years count as a figure before.
_OVER_YEARS = compiled(r"[两二三四五]年(?:累计|合计|共|平均)[一-龥]{0,4}$")
_RESTATED = compiled(
    r"同口径|可比|剔除|扣除|还原|不变价|实际增长|名义|统计口径|口径调整|调整后(?![一-龥]{0,8}(?:班子|干部|人员|平均|机构))|按[^，；。]{1,8}口径|扭亏|由盈|由负|转[正负盈亏]|(?:亏损|逆差|净流出|负增长)(?=\d)"
)


#: What grows at constant prices in every bulletin, whether it says so or not.
_REAL = compiled(r"生产总值|增加值|GDP|农林牧渔业总产值")


def _at_constant_prices(growth: Growth, change: Change) -> bool:
    """Whether the percentage is one that printed amounts do not give: that of GDP and of value added."""
    leads = [figure.lead for figure in (growth.value, growth.base) if figure is not None]
    return change.figure.unit.kind == "percent" and any(_REAL.search(lead) for lead in leads)


def restated(analysis: Analysis, growth: Growth) -> bool:
    """Whether the change is said to be measured from another base than the one printed."""
    text = analysis.reading.text
    end = growth.region.end
    stop = min((place for mark in "；。\n" if (place := text.find(mark, end, end + 15)) >= 0), default=end + 15)
    return _RESTATED.search(text, max(0, growth.region.start - 12), stop) is not None


#: 由90分钟缩短至45小时, 增速由6.1%加快至5.4%.
_LINKED = compiled(
    r"(?:分钟|小时|工作日|秒钟?|\d[天日周])[^，。；\d]{0,8}?[缩压减降延][^，。；\d]{0,3}[至到为][^，。；\d]{0,6}\d{1,4}(?:\.\d)?(?:秒|分|个?小|个?工|天|日|周|个月)|%[^，。；\d]{0,6}?(?:加快|提速|放缓|减速|趋缓)[至到为]"
)

#: 年均增长10%, 五年累计增长50%, 为上年的1.2倍.
_SEVERAL_YEARS = compiled(
    r"年(?:平?均(?:复合)?|平均每年)[增递]|年(?:来|间)?(?:累计|合计|[总共]计|共)[增提上]|[是为于到](?:[上去前]一?|20\d\d)年(?:同[期月]|[末底])?的[近约]?\d[\d.]{0,7}[倍%]"
)


#: 增速比上年提升4.1个百分点, 降幅较上月（下降7.1%）扩大2.5个百分点.
_PACED = compiled(r"[增涨降跌减][速幅][^，。；\d]{2,16}(?:（[^（）]{0,20}）)?[^，。；\d]{0,8}\d[\d.]*个百分点")


@rule(
    "NM107",
    "growth-mismatch",
    severity=Severity.WARNING,
    bad=(
        "总磷平均浓度0.052mg/L，较去年同期的0.064mg/L下降⟦3.7%⟧。",
        "办理时限由20个工作日⟦增加⟧到12个工作日。",
        "信访总量156件，比上年同期的183件减少27件，下降⟦24.8%⟧。",
        "二氧化硫平均浓度8微克/立方米，与上年同期的11微克/立方米⟦持平⟧。",
        "全年新增车位3150个，比上年增加630个，增长⟦35.0%⟧。",
    ),
    good=(
        "总磷平均浓度0.052mg/L，较去年同期的0.054mg/L下降3.7%。",
        "处理能力由2.5万吨提高到3.5万吨，增长40%。",
        "PM2.5平均浓度29.3微克/立方米，上年同期为30微克/立方米，下降2.7%。",
        "治理率达到57.8%，比上年末的50.0%提高7.8个百分点。",
        "全年新增车位3150个，比上年增加630个，增长25.0%。",
    ),
)
def growth_mismatch(analysis: Analysis) -> Iterator[Outcome]:
    """增减幅度与前后两个数不符。

    本期数、上期数都印在句子里，增减多少、升还是降、是否持平，一算就知道。按印出的位数把每个数当作一个区间来算，四舍五入和去尾造成的差别不报。
    没有印上期数、但增减量和增减幅度都印了的，由增减量反推上期数来核对。

    整数的百分数按印出的数算：由38%提高到45%是7个百分点。

    “年均增长”按复合计算，几年的增幅不能相加；“为上年的1.2倍”就是增长 20%；“由26分钟压减至14小时”先换算单位再比。

    “同口径”“剔除”“不变价”另有基数，生产总值和增加值的增速按不变价算，都不核对；“改善”“反弹”只在知道指标高好还是低好时才判断方向。
    """
    checked: set[Span] = set()
    reported: list[Span] = []
    paces: Iterator[Outcome] = iter(())
    if analysis.holds(_PACED):
        from reportlint_rules.numbers.growth.paced import paced

        paces = paced(analysis, checked)
    for outcome in chain(_told(analysis), slipped_changes(analysis, checked), paces):
        if isinstance(outcome, Checked):
            checked.add(outcome.span)
        else:
            if any(one.start < outcome.span.end and outcome.span.start < one.end for one in reported):
                continue  # two readings of one slip
            reported.append(outcome.span)
        yield outcome


def _told(analysis: Analysis) -> Iterator[Outcome]:
    """Every change whose value and base the words tell."""
    bound: set[Span] = set()
    for growth in growths(analysis):
        if restated(analysis, growth):
            continue
        if growth.value is not None and growth.base is not None:
            if _closed_before(growth.value, growth.base):
                continue
            bound.update(change.figure.at for change in growth.changes)
            yield from _check_pair(analysis, growth, growth.value, growth.base)
        else:
            yield from _check_parts(growth)
    yield from fold_mismatches(analysis)
    text = analysis.reading.text
    if "倍" in text or "∶" in text or "比1" in text or ":1" in text or "1:" in text or "入比" in text or "别比" in text:
        from reportlint_rules.numbers.growth.proportions import proportion_mismatches

        yield from proportion_mismatches(analysis)
    yield from reached_mismatches(analysis)
    yield from named_before(analysis)
    yield from tenth_mismatches(analysis)
    yield from spoken_changes(analysis)
    yield from opposed_changes(analysis)
    if analysis.holds(_SEVERAL_YEARS):
        from reportlint_rules.numbers.growth.over_years import over_years

        yield from over_years(analysis)
    if analysis.holds(_LINKED):
        from reportlint_rules.numbers.growth.turned_links import turned_links

        yield from turned_links(analysis)
    if "个百分点" in text:
        from reportlint_rules.numbers.growth.gaps import gap_mismatches

        yield from gap_mismatches(analysis, bound)


def _closed_before(value: Figure, base: Figure) -> bool:
    """粮食28.9万吨（上年为28.5万吨）。油料3.86万吨，增长2.7%: whether the base is that of a figure of the sentence before, in its brackets."""
    return base.claim.depth > value.claim.depth and base.claim.sentence < value.claim.sentence


def _check_pair(analysis: Analysis, growth: Growth, value: Figure, base: Figure) -> Iterator[Outcome]:
    """Everything that is said of a printed value and its printed base."""
    turned = yield from _check_link(analysis, growth, value.quantity, base.quantity)
    yield from _check_flat(analysis, value.quantity, base.quantity)
    low, high = difference(value.quantity, base.quantity)
    for change in growth.changes:
        printed = change.figure.quantity
        bounds = _bounds(value, base, change)
        at = change.figure.claim.at.start
        if _YEARLY.search(change.figure.claim.lead) or _OVER_YEARS.search(analysis.reading.text, max(0, at - 12), at):
            continue  # 五年平均每年增加2053亿元
        if bounds is None or not printed.exact or _at_constant_prices(growth, change):
            continue
        yield Checked(printed.span)
        if covers(bounds, printed):
            sign = _sign(growth, change)
            if not turned and ((sign > 0 and high < 0) or (sign < 0 and low > 0)):
                yield _turned(analysis, change.at, value.quantity, base.quantity)
        elif not _explained(growth, base, change):
            yield _wrong_size(value, base, change)


def _bounds(value: Figure, base: Figure, change: Change) -> Interval | None:
    """As :func:`expected`; a rate's change in % is judged here only where it is no change in points either."""
    if base.unit.kind == "percent" and change.figure.unit.kind == "percent" and change.movement.word != "是":
        points = difference(value.quantity, base.quantity)
        return None if covers(points, change.figure.quantity) else percent_of(points, interval(base.quantity))
    return expected(value, base, change)


def _explained(growth: Growth, base: Figure, change: Change) -> bool:
    """Whether the change holds of some other figure near, or of the printed Δ: 减少27件，下降14.8% may hold among themselves."""
    for other in growth.others:
        bounds = expected(other, base, change) if other.unit.name == base.unit.name else None
        if bounds is not None and covers(bounds, change.figure.quantity):
            return True
    if change.figure.unit.kind != "percent":
        return False
    whole = interval(base.quantity)
    deltas = (
        one.figure for one in growth.changes if one.figure.unit.name == base.unit.name and one.figure.quantity.exact
    )
    return any(covers(percent_of(interval(delta.quantity), whole), change.figure.quantity) for delta in deltas)


def _check_parts(growth: Growth) -> Iterator[Outcome]:
    """Δ against the percentage, where only the value or only the base is printed with them."""
    known = growth.value or growth.base
    if known is None or known.unit.kind == "percent":
        return
    delta = next(
        (one for one in growth.changes if one.figure.unit.name == known.unit.name and one.figure.quantity.exact), None
    )
    if delta is None or not delta.movement.sign:
        return
    part = interval(delta.figure.quantity)
    wholes = [
        _back(one.quantity, delta) if growth.value else interval(one.quantity)
        for one in (known, *growth.others)
        if one.unit.name == known.unit.name
    ]
    for share in growth.changes:
        printed = share.figure.quantity
        if _at_constant_prices(growth, share) or _YEARLY.search(delta.figure.claim.lead):
            continue
        if (
            share.figure.unit.name != "%"
            or not printed.exact
            or share.movement.sign != delta.movement.sign
            or wholes[0][0] <= 0
        ):
            continue
        yield Checked(printed.span)
        if not any(covers(percent_of(part, whole), printed) for whole in wholes if whole[0] > 0):
            yield _wrong_share(growth, delta, share, percent_of(part, wholes[0]))


def _back(value: Quantity, delta: Change) -> Interval:
    """The base that value and Δ leave."""
    (low, high), (least, most) = interval(value), interval(delta.figure.quantity)
    return (low - most, high - least) if delta.movement.sign > 0 else (low + least, high + most)


def _sign(growth: Growth, change: Change) -> int:
    """+1 where the words say up, −1 where they say down, 0 where they leave it open."""
    better = change.movement.better
    if better is None:
        return change.movement.sign
    lower = lower_is_better(growth.near)
    if lower is None and growth.value is not None and growth.value.unit.kind in ("concentration", "noise"):
        lower = True
    return 0 if lower is None else -1 if lower == better else 1


#: 由4.63等提高到4.61等: of grades the first is the best.
_GRADES = frozenset({"等", "级", "档"})


def _check_link(analysis: Analysis, growth: Growth, value: Quantity, base: Quantity) -> Generator[Outcome, None, bool]:
    """由B下降到V, where no size is printed; returns whether the word was wrong."""
    found = last_movement(analysis.reading.slice(growth.between)) if growth.between is not None else None
    if found is None or growth.between is None:
        return False
    if analysis.reading.text[value.at.end : value.at.end + 1] in _GRADES:
        return False
    yield Checked(value.span)
    low, high = difference(value, base)
    if (found.sign > 0 and high < 0) or (found.sign < 0 and low > 0):
        start = growth.between.start + found.place
        end = start + len(found.word)
        if analysis.reading.text[growth.between.start + found.place - 1] == "最":
            return False  # 由最高25万元调到最高18万元
        # 增至 and 降到 are words of their own.
        joined = len(found.word) == 1 and analysis.reading.text[end] in "至到"
        yield _turned(analysis, Span(start, end + joined), value, base)
        return True
    return False


def _check_flat(analysis: Analysis, value: Quantity, base: Quantity) -> Iterator[Outcome]:
    """持平 beside two figures that differ."""
    text = analysis.reading.text
    flat = _FLAT.match(text, max(value.at.end, base.at.end))
    if flat is None and value.at.end < base.at.start:
        flat = _FLAT.match(text, value.at.end)  # 24.3亿元，同比持平（上年23.2亿元）
    if flat is None:
        return
    yield Checked(base.span)
    low, high = difference(value, base)
    if (low > 0 or high < 0) and not flat["about"]:
        yield Finding(
            analysis.span(Span(flat.end() - 2, flat.end())),
            Message(
                f"{value.text} 与 {base.text} 不等，不是持平，请核对",
                f"{value.text} and {base.text} differ; not 持平 (level)",
            ),
            (Related(value.span, "本期"), Related(base.span, "上期")),
        )


def _turned(analysis: Analysis, at: Span, value: Quantity, base: Quantity) -> Finding:
    word = analysis.reading.slice(at)
    up = value.value > base.value
    return Finding(
        analysis.span(at),
        Message(
            f"从 {base.text} 到 {value.text} 是{'上升' if up else '下降'}，与“{word}”相反，请核对",
            f"from {base.text} to {value.text} is a {'rise' if up else 'fall'}, the text says “{word}”",
        ),
        (Related(base.span, "上期"), Related(value.span, "本期")),
        severity=Severity.ERROR,
    )


def _wrong_size(value: Figure, base: Figure, change: Change) -> Finding:
    now, before, printed = value.quantity, base.quantity, change.figure.quantity
    gap = abs(now.value - before.value)
    if change.movement.word == "是":
        quotient = now.value / before.value * (HUNDRED if printed.kind == "percent" else 1)
        shown = f"{now.text}÷{before.text}＝{show(quotient, _places(printed))}{printed.unit.name}"
    elif change.figure.unit.kind == "percent":
        shown = f"（{now.text}－{before.text}）÷{before.text}，幅度应为 {show(gap / before.value * HUNDRED, _places(printed))}%"
    elif change.figure.unit.kind == "fold":
        shown = f"（{now.text}－{before.text}）÷{before.text}，增减应为 {show(gap / before.value, _places(printed))}倍"
    else:
        shown = f"{now.text} 与 {before.text} 相差 {show(gap) + '个百分点' if change.figure.unit.kind == 'point' else scaled(gap, printed)}"
    return Finding(
        printed.span,
        Message(f"{shown}，与写明的 {printed.text} 不符，请核对", f"{shown}: the text says {printed.text}"),
        (Related(now.span, "本期"), Related(before.span, "上期")),
    )


def _wrong_share(growth: Growth, delta: Change, share: Change, bounds: Interval) -> Finding:
    part, printed = delta.figure.quantity, share.figure.quantity
    known = growth.value or growth.base
    assert known is not None
    sign = "－" if delta.movement.sign > 0 else "＋"
    whole = f"（{known.quantity.text}{sign}{part.text}）" if growth.value else known.quantity.text
    shown = f"{part.text}÷{whole}，幅度应为 {show((bounds[0] + bounds[1]) / 2, _places(printed))}%"
    return Finding(
        printed.span,
        Message(f"{shown}，与写明的 {printed.text} 不符，请核对", f"{shown}: the text says {printed.text}"),
        (Related(known.quantity.span, "本期" if growth.value else "上期"), Related(part.span, "增减量")),
    )


def _places(printed: Quantity) -> int:
    """How many decimals to show: one more than a whole number has, else as many as are printed."""
    return max(1, -int(printed.step.adjusted()))
