"""NM123: what there was, what came, what went and what is left; two figures and the difference said to lie between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from reportlint.analysis import Analysis
from reportlint.claims import Claim
from reportlint.files import beside, lines
from reportlint.finding import Checked, Finding, Message, Outcome, Related, Severity
from reportlint.numbers import Quantity, same_unit
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint.rule import rule
from reportlint_rules.numbers.figures import scaled
from reportlint_rules.numbers.nearly import slip_between

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

_KINDS = frozenset({"count", "money", "area", "length", "mass", "volume"})
#: What there was at first; 年初确定 and 年初计划 name no stock.
OPENING = compiled(
    r"(?:年初|年头|期初|月初|季初|上年末|去年末|上年底|去年底|上年度末|上月末|上期末|原有|旧存|旧收|存案|历年结转|上年结转|去年结转|上期结转|上年结存|上年结余|年初结余|期初结余|应到|应出席|应参会|上年滚存|上年遗留|往年结转)"
    r"(?!确定|计划|安排|下达|目标|预算|部署|提出|制定)"
)
FRESH = compiled(
    r"新收|新增|招收|新购|新到|轮入|留存|收缴|划入|拨入|并入|回收|新签|归集|领取|补充|捐入|受赠|进货|产仔|补栏|返乡|分配来|新受理|新接|新立|新纳入|新办|新进|新招|新录|新入|调入|迁入|转入|流入|入库|购入|购进|收入|增加|加入|出生|净增|新登记|新注册|新设|新开|新建|新成立|增设|新批|募集|筹集|接收|收到|到账|征收|认定|新发展|(?<!可持续|高质量)发展(?=[一-龥]{0,4}$)|招聘|引进|购置|添置|采购|生产|繁育"
)
GONE = compiled(
    r"审结|办结|轮出|退库|解除|报损|剔除|划出|拨付|下拨|上缴|发出|兑付|退保|退会|清算|出栏|宰杀|借出|外调|辞退|解聘|调走|损耗|清理|扣减|结案|执结|注销|吊销|减少|退出|流出|转出|调出|迁出|支出|使用|出库|领用|发放|死亡|销号|核销|清退|退休|辞职|离职|调离|停用|报废|关停|关闭|撤销|撤并|脱贫|移除|移出|停保|毕业|化解|病假|事假|请假|缺席|缺勤|偿还|归还|削减|销售|出售|报废|淘汰|拆除|取消|开除|流失|消耗|消费|提拔|离开"
)
_LEFT = compiled(
    r"(?:年末|年底|期末|月末|季末|未结|未审结|未办结|未执结|尚未|尚余|尚存|结存|结余|结转下年|剩余|余额|现有|实有|现存|累计结余|滚存|在册|在园|在校|在院|在押|尚有|目前有|期末结存|实到|实际到会|实际参加|总数|总量|保有量|年末库存)"
)
#: Words that make one figure count within another, or something the chain leaves out.
_ASIDE = compiled(r"其中|含|同比|环比|比上年|较上年|较去年|比去年|(?<!节)约|左右|另|重新|恢复")

#: 累计结余: what earlier years left is in it, too.
_SUMMED_UP = compiled(r"累计|滚存|历年|年末|期末|月末|年底")


class Triple(NamedTuple):
    """What is taken from what, and what the difference is called."""

    more: re.Pattern[str]
    less: re.Pattern[str]
    gap: re.Pattern[str]


@lru_cache(maxsize=1)
def _triples() -> tuple[Triple, ...]:
    rows = (line.split("\t")[:3] for line in lines(beside(__file__, "balances.tsv")))
    return tuple(Triple(*map(compiled, row)) for row in rows)


@lru_cache(maxsize=1)
def _any_gap() -> re.Pattern[str]:
    """What any difference may be called: most figures are done with after this one look."""
    return compiled("|".join(dict.fromkeys(row.gap.pattern for row in _triples())))


class Balance(NamedTuple):
    """Figures with their signs, and the one that they come to."""

    terms: tuple[tuple[int, Claim], ...]
    result: Claim
    #: Whether the result is printed without its sign: 自然减少87人, 逆差2亿元.
    unsigned: bool = False

    @property
    def holds(self) -> bool:
        """Whether the printed figures can come to the result."""
        low = high = Decimal(0)
        for sign, claim in self.terms:
            least, most = _ends(claim.quantity)
            low, high = (low + least, high + most) if sign > 0 else (low - most, high - least)
        least, most = _ends(self.result.quantity)
        if "." not in self.result.quantity.text and all("." in claim.quantity.text for _, claim in self.terms):
            # 8.6万人、1.4万人 and 0.2万人 come to no 10万人: without decimals where all the others have them, it is meant as it stands.
            least = most = self.result.quantity.value
        ways = [(low, high)] if not self.unsigned else [(low, high), (-high, -low)]
        return any(end >= least and start <= most for start, end in ways)

    @property
    def value(self) -> Decimal:
        """What they come to as printed."""
        total = sum((sign * claim.quantity.value for sign, claim in self.terms), Decimal(0))
        return abs(total) if self.unsigned else total


def _ends(quantity: Quantity) -> tuple[Decimal, Decimal]:
    low = quantity.low if quantity.low is not None else quantity.value
    return low, quantity.high if quantity.high is not None else quantity.value


#: 出生率6.82‰，死亡率8.05‰，自然增长率-1.23‰: rates that are taken one from another.
_VITAL = compiled(r"出生率|死亡率|自然增长率")


_DAYS = frozenset({"天", "日", "个工作日", "工作日", "个月", "小时"})


#: 计划投资4.8亿元，实际完成4.1亿元: what was planned is one side of how far the other is off.
_PLAN = compiled(r"^(?:年度|全年|原|年初)?(?:计划|预计)[一-龥]{2,6}$")


def _usable(claim: Claim) -> bool:
    quantity = claim.quantity
    return (
        (quantity.kind in _KINDS or quantity.unit.name in _DAYS or _VITAL.search(claim.lead) is not None)
        and quantity.exact
        and not (quantity.ordinal or quantity.quoted)
        and not (claim.planned and not _PLAN.search(claim.lead))
        and not claim.mean
    )


def _chains(analysis: Analysis) -> Iterator[list[Claim]]:
    """The figures of each sentence that are of one unit and stand clause by clause."""
    for group in analysis.by_sentence:
        if len(group) < 3:
            continue
        chain: list[Claim] = []
        skipped = 0
        for claim in group:
            if claim.quantity.kind in ("percent", "point", "fold") and not _VITAL.search(claim.lead):
                continue
            if not claim.quantity.value or claim.quantity.unit.name == "成":
                skipped = claim.beat  # 新增欠款0; 占五成
                continue
            if chain and not (
                same_unit(chain[-1].quantity, claim.quantity)
                and claim.beat - max(chain[-1].beat, skipped) <= 1
                and claim.depth == chain[-1].depth
            ):
                yield chain
                chain = []
            if _usable(claim):
                chain.append(claim)
            elif chain:
                yield chain
                chain = []
        yield chain


def _stock(chain: Sequence[Claim]) -> Balance | None:
    """年初5210人，新增320人，注销145人，年末5385人; 旧存、新收、审结、未结."""
    if len(chain) < 3 or _LEFT.search(chain[-1].lead) is None:
        return None
    terms: list[tuple[int, Claim]] = []
    for index, claim in enumerate(chain):
        if _ASIDE.search(claim.lead) or claim.subset or claim.planned:
            return None
        opening, fresh, gone, left = (each.search(claim.lead) for each in (OPENING, FRESH, GONE, _LEFT))
        if left is not None and index == len(chain) - 1:
            signs = [sign for sign, _ in terms]
            opened = any(OPENING.search(one.lead) for _, one in terms)
            if not (opened and len(terms) > 1 and signs.count(1)):
                return None
            if signs.count(1) < 2 and "存栏" in claim.lead:
                return None  # what was born is not told
            # 全年收入总数 holds what was left over from the year before: then the account comes out without it.
            without = Balance(tuple(terms[1:]), claim)
            return Balance(tuple(terms), claim) if len(terms) < 3 or not without.holds else None
        if opening is not None and not gone or fresh is not None and gone is None:
            terms.append((1, claim))
        elif gone is not None and fresh is None:
            terms.append((-1, claim))
        else:
            return None
    return None


#: 比年初少, 比上月末净增加: by how much there is more or less than at first.
_SINCE = compiled(
    r"(?:[比较](?:年初|上年末|去年末|上年底|去年底|上月末|上季末|期初)(?:数|时)?|^)净?(?P<way>增加?|增长|上升|多|减少?|下降|降低|少)了?$"
)


def _told_first(chain: Sequence[Claim]) -> Iterator[Balance]:
    """净增27家，新增35家、退库8家; 比年初少286人：新纳入344人，退出630人: the difference, then what makes it."""
    for index, (gap, one, other) in enumerate(zip(chain, chain[1:], chain[2:], strict=False)):
        if one.clause - gap.clause != 1 or other.clause - one.clause > 1 or gap.subset:
            continue
        change = _change(gap, one, other)
        if change is not None and not (_moves_on(chain[index + 3 : index + 4]) and not change.holds):
            yield change


def _change(gap: Claim, one: Claim, other: Claim) -> Balance | None:
    """``gap`` as what came less what went, told by ``one`` and ``other`` in either order."""
    since = _SINCE.search(gap.lead)
    if since is not None and ("净" in gap.lead or "比" in gap.lead or "较" in gap.lead):
        came, went = (one, other) if FRESH.search(one.lead) else (other, one)
        if not _came_and_went(came, went):
            return None
        rise = came.quantity.value - went.quantity.value
        if one.subset and not slip_between(gap.quantity.value, abs(rise), gap.quantity.step, 2):
            return None  # 其中 may name some of what came and went
        sign = 1 if since["way"] in ("增", "增加", "增长", "上升", "多") else -1
        return Balance(((sign, came), (-sign, went)) if sign > 0 else ((1, went), (-1, came)), gap)
    if _any_gap().search(gap.lead) is None or not compiled(r"净|自然|机械").search(gap.lead):
        return None
    for row in _triples():
        if said := row.gap.search(gap.lead):
            for more, less in ((one, other), (other, one)):
                if row.more.search(more.lead) and row.less.search(less.lead):
                    return Balance(((1, more), (-1, less)), gap, unsigned=_negative(said[0]))
    return None


def _came_and_went(came: Claim, went: Claim) -> bool:
    fresh, gone = FRESH.search(came.lead), GONE.search(went.lead)
    return bool(fresh and gone) and not GONE.search(came.lead) and not FRESH.search(went.lead)


def _moves_on(rest: Sequence[Claim]) -> bool:
    """Whether the account goes on: 新纳入344人，退出630人，死亡86人; how things stand at the end is no move."""
    return bool(rest) and not rest[0].lead.startswith("其中") and _LEFT.search(rest[0].lead) is None


def _differences(chain: Sequence[Claim]) -> Iterator[Balance]:
    """出生4260人，死亡5130人，自然增长-870人; 预算3.2亿元，实际采购2.9亿元，节约0.3亿元."""
    # 收入4.38亿元，其中…、其他收入0.11亿元；支出4.27亿元，结余: what stands under 其中 is no side of the balance.
    chain = [claim for claim in chain if not claim.subset]
    for index, (more, less, gap) in enumerate(zip(chain, chain[1:], chain[2:], strict=False)):
        if _any_gap().search(gap.lead) is None or ("结转" in gap.lead and more.quantity.value == less.quantity.value):
            continue  # 收入总计 and 支出总计 are one where the latter holds what is carried over
        for row in _triples():
            said = row.gap.search(gap.lead)
            if said is None or _ASIDE.search(less.lead + gap.lead) or _SUMMED_UP.search(gap.lead):
                continue
            if row.more.search(more.lead) and row.less.search(less.lead):
                found = Balance(((1, more), (-1, less)), gap, unsigned=_negative(said[0]))
            elif row.more.search(less.lead) and row.less.search(more.lead):
                found = Balance(((1, less), (-1, more)), gap, unsigned=_negative(said[0]))
            else:
                continue
            # 应到1260人，实到1186人，请假62人，缺席12人: the difference in two.
            in_two = any(row.gap.search(claim.lead) for claim in chain[index + 3 : index + 4])
            if found.holds or not in_two:
                yield found
            break
    for index, (one, other, gap) in enumerate(zip(chain, chain[1:], chain[2:], strict=False)):
        since = _SINCE.search(gap.lead)
        if (
            since
            and gap.lead[:1] in "比较"
            and gap.clause - other.clause == 1
            and not _moves_on(chain[max(0, index - 1) : index])
        ):
            change = _change(gap, one, other)
            if change is not None:
                yield change


#: 新增床位120张, 净增3条: what came.
_ADDED = compiled(
    r"(?:当[期年]|本[期年])(?:收支)?结余$|^(?:全年|年内|今年|其中|本年|上半年|累计)?(?:又|再)?(?:新增|净增|新建成?|新开通|新投用|新认定|增加)(?!长|速|值)"
)
#: 总数达到680张, 累计达到32座, 总数由26条增加到28条: what there is now, and what there was.
_NOW_ALL = compiled(
    r"(?:(?:累计|滚存|历年)结[余存]|总数|总量|累计|总规模|总里程|总面积)(?:已)?(?:达到?|增至|增加到|为|有)?$"
)
_WAS_ALL = compiled(
    r"(?:去年底|上年底|上年末|去年末|年初|原有|20\d\d年底|20\d\d年末|去年同期)(?:的|(?:累计|滚存)?结[余存])?(?:仅|只)?(?:为|是|有)?$"
)
_FROM, _TO = (
    compiled(r"(?:总数|总量|总规模|总里程|总面积|累计|数量)[一-龥]{0,2}由$"),
    compiled(r"(?:增加|增|上升|扩大|扩容)[到至]$"),
)


def _grown(group: Sequence[Claim]) -> Iterator[Balance]:
    """新增床位120张，总数达680张（去年底580张）; 新增3条，线路总数由26条增加到28条: what was, what came, what is."""
    for added, second, third in zip(group, group[1:], group[2:], strict=False):
        if not _ADDED.search(added.lead) or second.clause - added.clause != 1 or third.clause - second.clause > 1:
            continue
        if _NOW_ALL.search(second.lead) and _WAS_ALL.search(third.lead):
            now, was = second, third
        elif _FROM.search(second.lead) and _TO.search(third.lead):
            was, now = second, third
        else:
            continue
        trio = (added, now, was)
        if all(_usable(claim) and same_unit(claim.quantity, now.quantity) for claim in trio):
            yield Balance(((1, was), (1, added)), now)


#: What an account over several clauses is told by.
_MOVES = compiled(
    r"净[增减]|(?:年|期|月|季)[初末](?!承诺|确定|计划|以来|部署|安排)|(?:上年|去年)[末底结]|旧存|原有|分别(?:新增|增加)|退出|退库|注销|迁出|淘汰|关停|撤[并销]|停[航运开办]|拆除|调出|合并|（(?:上年|去年|20\d\d年)[末底]?[^，。；（）\d]{0,6}\d|[由从]\d[^，。；]{2,24}[到至为]\d[\d.]*[万亿]?[^，。；\d]{1,4}，(?:其中)?(?:新[^，。；\d]{1,6}|[核裁]减|精简|压[降减缩][金数]?额?)\d"
)

#: 加本年收入, 减去扣款: a sum spelt out.
_SPELT_OUT = ("加上", "加本", "加地", "加绩", "减去", "减本", "扣除")
#: What is still to come, what a quarter adds, how the end lies from the beginning.
_LEFTOVER = compiled(
    r"(?:[还尚仍只][需须要]|还应)(?:再|要)*[完增新建投实改筹招培发收争植造追补]|[还尚]差|(?<![前一])[二三四]季度(?:当季|单季|当期|单独)|[二三四]季度[一-龥]{0,6}\d[^。]{0,60}(?:上半年|前三)|[比较](?:年初|上年[末底]|期初|旧存)|二季度[比较]一季度|超过?出?(?:警戒|保证)|除[了去]?\d[^。；]{2,40}外，|[当单]月[^。]{2,60}累计|(?:本周|月份)[^。]{2,60}累计|累计[^。]{2,60}当月"
)

#: How many figures back the first of the three may stand.
_BACK = 12


def _across(analysis: Analysis) -> Iterator[Balance]:
    """新设经营主体6247户，分季度看……。注销2718户，净增3529户: the first told a sentence before the other two."""
    claims = analysis.claims
    for index, (less, gap) in enumerate(zip(claims, claims[1:], strict=False)):
        if not gap.lead.startswith(("净增", "净减")) or gap.clause - less.clause != 1 or gap.sentence != less.sentence:
            continue
        for row in _triples():
            if not row.gap.search(gap.lead) or not row.less.search(less.lead):
                continue
            found = [
                claim
                for claim in claims[max(0, index - _BACK) : index]
                if claim.paragraph == gap.paragraph and row.more.search(claim.lead) and not claim.subset
            ]
            pair = (*found, less, gap)
            if (
                len(found) == 1
                and found[0].sentence < gap.sentence
                and all(_usable(claim) and same_unit(claim.quantity, gap.quantity) for claim in pair)
            ):
                yield Balance(((1, found[0]), (-1, less)), gap, unsigned=_negative(gap.lead[:2]))
            break


def _negative(word: str) -> bool:
    """Whether the name of a difference says that the second is the greater."""
    return compiled(r"减|逆差|赤字|亏|缺口|负|净[迁流]出").search(word) is not None


@rule(
    "NM123",
    "balance-mismatch",
    severity=Severity.WARNING,
    bad=(
        "年初在册残疾人5210人，当年新增320人，注销145人，年末在册⟦5365人⟧。",
        "全年出生人口4260人，死亡人口5130人，自然增长⟦-780人⟧。",
        "旧存案件1340件，新收12560件，审结13210件，未结⟦790件⟧。",
    ),
    good=(
        "年初在册残疾人5210人，当年新增320人，注销145人，年末在册5385人。",
        "全年出生人口4260人，死亡人口5130人，自然减少870人。",
        "旧存案件1340件，新收12560件，审结13210件，未结690件。",
        "年初确定任务36项，新增4项，已完成38项，剩余2项。",
        "采购预算3.2亿元，实际采购2.9亿元，节约资金0.3亿元。",
    ),
)
def balance_mismatch(analysis: Analysis) -> Iterator[Outcome]:
    """收支、存量前后不平。

    年初数加上新增、减去注销，应当等于年末数；旧存加新收减审结等于未结；出生减死亡是自然增长，预算减实际采购是节约。四个数由几个科室填，改了一个
    忘了另一个，一加一减就知道。

    分在几句里的（上年末……今年以来新增……注销……到目前达到……）也核对；“由189家增至225家”看旁边的净增，或者新增与退出（写明没有退出的也算）；
    “此后三年分别新增300张、260张和180张”加到期末。

    目标减去已完成是“还需完成”的数，前三季度减去上半年是三季度的数，“二季度比一季度多审结37件”加得出上半年的数，年末减去年初是“比年初增加”的数。

    “由64个增至71个，其中新登记12个、注销4个”“累计达到317台（上年末285台）”看来的和去的；没有写退出的，只有来的比净增还少才报。“加……减……，即”照写的算。

    同一计量单位、一个接一个写出来的才核对；有“其中”“另有”夹在中间的、带“约”“余”的、计划数不核对；小数按印出的位数当作区间来加减。
    """
    text = analysis.reading.text
    told = set()
    if "净增" in text or "净减" in text:
        for balance in _across(analysis):
            yield Checked(balance.result.quantity.span)
            if not balance.holds:
                yield _mismatch(balance)
    if "增" in text or "新" in text or "结余" in text:
        for balance in (each for group in analysis.by_sentence if len(group) > 2 for each in _grown(group)):
            told.add(balance.result.at)
            yield Checked(balance.result.quantity.span)
            if not balance.holds:
                yield _mismatch(balance)
    stocks = OPENING.search(text) is not None
    for chain in _chains(analysis):
        stock = _stock(chain) if stocks else None
        for balance in (*_differences(chain), *_told_first(chain), *((stock,) if stock else ())):
            told.add(balance.result.at)
            yield Checked(balance.result.quantity.span)
            if not balance.holds:
                yield _mismatch(balance)
    found: list[Iterator[Balance]] = []
    if analysis.holds(_MOVES):
        from reportlint_rules.numbers.balances.flows import flows

        found.append(flows(analysis))
    if analysis.holds(_LEFTOVER):
        from reportlint_rules.numbers.balances.leftover import leftovers

        found.append(leftovers(analysis))
    if any(word in text for word in _SPELT_OUT):
        from reportlint_rules.numbers.balances.formulas import formulas

        found.append(formulas(analysis))
    for each in found:
        for balance in each:
            if balance.result.at not in told:
                told.add(balance.result.at)
                yield Checked(balance.result.quantity.span)
                if not balance.holds:
                    yield _mismatch(balance)


def _mismatch(balance: Balance) -> Finding:
    printed = balance.result.quantity
    first, *others = balance.terms
    shown = first[1].quantity.text + "".join(
        f"{'＋' if sign > 0 else '－'}{claim.quantity.text}" for sign, claim in others
    )
    shown = (
        f"{shown}＝{scaled(balance.value, printed)}"
        if not balance.unsigned
        else f"{shown} 相差 {scaled(balance.value, printed)}"
    )
    return Finding(
        printed.span,
        Message(f"{shown}，与写明的 {printed.text} 不符，请核对", f"{shown}: the text says {printed.text}"),
        tuple(Related(claim.quantity.span, "据以计算的数") for _, claim in balance.terms),
    )
