"""How many, how much each, and what that makes: 均价每吨2600元，收购2.4万吨，资金6240万元."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from reportlint.claims import CHANGES, Claim, Role
from reportlint.finding import Abstained, Checked, Finding, Message, Outcome, Related
from reportlint.numbers import Quantity, same_unit
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint.units import NO_UNIT, UNIT_PATTERN, UNITS
from reportlint_rules.numbers.figures import show
from reportlint_rules.numbers.means.per import MU, PER, SAME, SCALES, YIELD
from reportlint_rules.numbers.nearly import slip_between

#: 均价每吨2600元, 单价2600元/吨.
_PRICE = compiled(r"(?:均价|单价|价格|售价|收购价|租金|流转费)")
#: 采购电脑86台，单价4500元: each of the things counted right before.
_BARE_PRICE = compiled(r"(?:平均)?(?:单价|均价)(?:为|约)?")
_SLASH = compiled(rf"/(?P<each>{UNIT_PATTERN})(?![/每·])")
#: Means of time or of two things at once, and what has another total.
_OTHER = compiled(
    r"每[^，。；]{0,4}每|[月年日周]人均|可支配|GDP|地区生产总值|工资|薪|提高|增加|下降|减少|不少于|不低于|不超过|最高|最低|以上|至少|标准|日均|月均|天均|年均|每年|每月|每天|每日"
)
_IN_ALL = compiled(r"(?:共计?|合计|总计|累计|一共|总[额量数价计产]|最多可)[一-龥]{0,8}$")
_MONEY = compiled(
    r"(?:资金|金额|总额|总价|收入|支出|费用|货款|投资|补贴|补助|租金|奖金|贷款)(?:共|约|为|达|总计|合计)?$|(?:支付|兑付|付给)(?:[农果茶棉菜牧]?[农户民]+|群众|社员)?(?:货款|现金)?(?:共|约)?$"
)
#: 共体检360人, 惠及420户: what all of it was for.
_ALL_OF = compiled(r"^(?:共|累计|惠及|覆盖|涉及|受益|带动|发放|资助|救助|合计)")
#: Words for a sum of money whatever it is for.
_ANY_SUM = compiled(r"支出|资金|金额|费用|投资|总额|总价|货款|兑付|兑现|发放|拨付|支付|合同|租金|收入")
#: 争取社会捐款260万元: money that came in, and not for the things counted alone.
_RAISED = compiled(r"争取|筹集|募集|捐款|上级|整合|撬动|贷款")
#: What a figure per unit of weight is per, in the base of weights.
_KILOGRAMS: dict[str, Decimal | None] = {name: UNITS[name].factor for name in ("公斤", "斤")}
_LEAST, _MOST = Decimal("0.6"), Decimal("1.7")


class Product(NamedTuple):
    """A number of things, how much each of them has, and the total said to come of it; ``scale`` where each is of ten or a thousand."""

    number: Claim
    each: Claim
    total: Claim
    scale: int
    per: str = ""


def products(group: Sequence[Claim], index: int) -> Iterator[Outcome]:
    """What the figures around the mean at ``index`` make, where they are a number and a total."""
    yield from _over_months(group, index)
    found = _product(group, index)
    if found is None:
        return
    low, high, point = _bounds(found)
    total = found.total.quantity
    assert total.low is not None and total.high is not None
    ratio = point / total.value
    slipped = any(abs(ratio / power - 1) < Decimal("0.01") for power in map(Decimal, ("1e4", "1e-4", "10", "0.1")))
    if not slipped and not _LEAST < ratio < _MOST:
        yield Abstained(total.span, "没有认准平均数的总数和个数")
        return
    yield Checked(total.span)
    if high < total.low or low > total.high:
        yield _mismatch(found, point)


#: 月均2.4万人次，全年共计28.8万人次: what so many months make.
_MONTHLY = compiled(r"(?:月平?均|平均每个?月|每个?月平均)[一-龥]{0,8}$")
_SPELL = compiled(
    r"^(?P<spell>全年|一年|上半年|下半年|前三季度)[一-龥]{0,6}?(?:累计|共计|合计|总计|总共|共)[一-龥]{0,6}$"
)
_MONTHS = {"全年": 12, "一年": 12, "上半年": 6, "下半年": 6, "前三季度": 9}


def _over_months(group: Sequence[Claim], index: int) -> Iterator[Outcome]:
    each, total = group[index], group[index + 1] if index + 1 < len(group) else None
    if total is None or not _MONTHLY.search(each.lead) or total.clause - each.clause != 1:
        return
    spell = _SPELL.match(total.lead)
    if spell is None or not same_unit(each.quantity, total.quantity) or not (_usable(each) and _usable(total)):
        return
    months = _MONTHS[spell["spell"]]
    low, high = (_end(each.quantity, least) * months for least in (True, False))
    half = each.quantity.step * months / 2  # a mean of counts has been rounded, too
    yield Checked(total.quantity.span)
    if high + half < _end(total.quantity, True) or low - half > _end(total.quantity, False):
        shown = f"{each.quantity.text}×{months}＝{show(each.quantity.value * months)}{total.quantity.unit.name}"
        yield Finding(
            total.quantity.span,
            Message(f"{shown}，与 {total.quantity.text} 不符，请核对", f"{shown}: the text says {total.quantity.text}"),
            (Related(each.quantity.span, "每个"),),
        )


def _product(group: Sequence[Claim], index: int) -> Product | None:
    each = group[index]
    said = _unit_of(each)
    if said is None or not _usable(each):
        return None
    name, scale = said
    # 收购1200吨（240万斤），支付: what only says the same in another unit is passed over.
    plain = [claim for claim in group if claim.depth <= each.depth]
    slack, index, group = 2 * (len(plain) < len(group)), plain.index(each), plain
    harvest = ((index - 2, index - 1),) if YIELD.search(each.lead) and "平均" not in each.lead and index > 1 else ()
    units = SAME.get(name, (name,))
    if not name and index and group[index - 1].quantity.kind == "count":
        units = (group[index - 1].quantity.unit.name,)
    for first, last in ((index - 1, index + 1), (index + 1, index + 2), *harvest):
        if first < 0 or last >= len(group):
            continue
        one, other = group[first], group[last]
        if not _follow(sorted((one, each, other), key=lambda claim: claim.at), slack):
            continue
        if (one.quantity.unit.name in units or _is_counted(one, name)) and _may_be_total(other, each):
            number, total = one, other
            if not (
                _IN_ALL.search(total.lead)
                or (total.quantity.kind == "money" and _MONEY.search(total.lead))
                or _slipped(Product(number, each, total, scale, name))
            ):
                continue
        elif other.quantity.unit.name in units and _may_be_total(one, each) and first < index:
            number, total = other, one
            if not _ALL_OF.match(number.lead):
                continue
        else:
            continue
        if not _of_one_thing(each, total):
            continue
        if _usable(number) and _usable(total) and number.quantity.value > 1 and not number.lead.startswith("每"):
            return Product(number, each, total, scale, name)
    return None


def _is_counted(number: Claim, name: str) -> bool:
    """Whether a bare number is of that: 共发运46车."""
    return number.quantity.unit is NO_UNIT and bool(name) and number.trail.startswith(name)


def _slipped(product: Product) -> bool:
    """Whether the total is what comes out but for one slip, whatever it is called."""
    total = product.total.quantity
    return slip_between(total.value, _bounds(product)[2], total.step) is not None


def _of_one_thing(each: Claim, total: Claim) -> bool:
    """Whether the words of the total are those of each, or say no more than that it is a sum."""
    if _RAISED.search(total.lead):
        return False
    words = PER.sub("", each.lead)
    shared = any(words[place : place + 2] in total.lead for place in range(len(words) - 1))
    plain = compiled(r"(?:一?共|合计|总计|累计)(?:计|为)?").fullmatch(total.lead) is not None
    return shared or plain or _ANY_SUM.search(total.lead) is not None or total.quantity.kind != "money"


def _unit_of(each: Claim) -> tuple[str, int] | None:
    """The unit that the figure is per, and how many of it."""
    if _OTHER.search(each.lead) or (not each.lead.startswith("按") and _OTHER.search(each.trail[:4])):
        return None
    if _BARE_PRICE.fullmatch(each.lead) and each.quantity.kind == "money" and not each.trail.startswith("/"):
        return "", 1
    slash = _SLASH.match(each.trail)
    if slash:
        return (slash["each"], 1) if _PRICE.search(each.lead) else None
    match = next(reversed(list(PER.finditer(each.lead))), None)
    if YIELD.search(each.lead) or (match is not None and match["yield"]):
        return "亩", 1
    if match is None or match["day"] or match["month"] or match["monthly"]:
        return None
    name = match["each"] or match["head"]
    return (name, SCALES[match["scale"] or ""]) if name and name != "个" else None


def _usable(claim: Claim) -> bool:
    quantity = claim.quantity
    return (
        quantity.exact
        and not (quantity.ordinal or quantity.quoted or claim.planned or claim.subset or claim.carried)
        and claim.role not in CHANGES
        and claim.role is not Role.BASE
        and quantity.value > 0
    )


def _follow(claims: Sequence[Claim], slack: int) -> bool:
    return all(
        other.clause - one.clause <= 1 + slack and one.depth == other.depth
        for one, other in zip(claims, claims[1:], strict=False)
    )


def _may_be_total(total: Claim, each: Claim) -> bool:
    one, other = total.quantity, each.quantity
    convertible = one.unit.base and one.unit.base == other.unit.base
    return (same_unit(one, other) or bool(convertible)) and PER.search(total.lead) is None and total is not each


def _bounds(product: Product) -> tuple[Decimal, Decimal, Decimal]:
    """The least and the greatest product that the printed figures allow, and that of the figures themselves, in the total's unit."""
    number, each, total = product.number.quantity, product.each.quantity, product.total.quantity
    factor = Decimal(1) / product.scale
    own = MU if number.unit.name == "公顷" else _KILOGRAMS.get(product.per)
    if own is not None and number.unit.factor:
        factor *= number.unit.factor / own  # what is per 亩, per 公斤
    if total.unit.name != each.unit.name and total.unit.factor and each.unit.factor:
        factor *= each.unit.factor / total.unit.factor
    low, high = (_end(number, least) * _end(each, least) * factor for least in (True, False))
    return low, high, number.value * each.value * factor


def _end(quantity: Quantity, least: bool) -> Decimal:
    bound = quantity.low if least else quantity.high
    return quantity.value if bound is None else bound


def _mismatch(product: Product, point: Decimal) -> Finding:
    number, each, total = product.number.quantity, product.each.quantity, product.total.quantity
    power = {"万": 4, "亿": 8}.get(total.magnitude, 0)
    shown = f"{show(point.scaleb(-power).quantize(Decimal('0.01')))}{total.magnitude}{total.unit.name}"
    return Finding(
        total.span,
        Message(
            f"{number.text}×{each.text}＝{shown}，与 {total.text} 不符，请核对",
            f"{number.text} times {each.text} is {shown}, not {total.text}",
        ),
        (Related(number.span, "个数"), Related(each.span, "每个")),
    )
