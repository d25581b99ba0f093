"""Parts of the figure before them, told by how the clause goes on: 86处，82处已完成; 214家，实现盈利的有141家."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from reportlint.analysis import Analysis
from reportlint.bonds import is_closed
from reportlint.claims import CHANGES, Claim, Role
from reportlint.files import beside, lines
from reportlint.numbers import same_unit
from reportlint.patterns import compiled
from reportlint.phrase import before
from reportlint.record import NamedTuple

#: 82处已完成标识更新, 132件依法予以受理: what became of so many of them; no noun of their own stands behind the figure.
_BECAME = compiled(
    r"(?:均?已(?!婚|故|知|有)|依法|依规|被|未|尚未|正在|获得?(?!奖)|荣获|考核|考试|测试|验收|检测|抽检|体检|通过|合格|达标|达到|不合格|存在|实现|完成|办结|予以|投入|进入|纳入|列入|按期|按时|如期|顺利|全部|就地|转为|升级|评为|被评|选择)"
)
#: 2.1亿元已拨付到项目: money that was there has been given out.
_SPENT = compiled(r"(?:均?已|全部)[一-龥]{0,2}(?:拨付|支付|支出|下达|到位|发放|兑付|兑现|使用|落实)")
_FUNDS = compiled(r"(?:资金|补助|补贴|经费|救助金|预算)$")
#: 实现盈利的有, 达到省级标准的仅: those of the figure before that are so.
_SUCH = compiled(
    r"(?!其余|其他|另|此外|新|去年|上年|比|较|与|和|同|由|从|是|为|相当于|低于|高于|占|在|按|每|平均|对|将|把|给|向|让)(?![^，]*(?:上年|去年|同期|目标|任务|计划))"
    r"(?:[一-龥0-9A-Za-z“”]{2,16}的(?:有|仅有|只有|就有|共有|仅|占|达|达到)|(?:存在|达到|达|超过|属于|位于|被?评为|已|未|实现|符合|持有|具备|通过|涉及|反映|取得)[一-龥0-9A-Za-z“”]{1,14}的)$"
)
#: 含高效节水灌溉16.5万亩, 包括重点企业12家.
_HOLDS = compiled(r"(?:其中)?(?:内?含|包含|包括)(?!上年|往年|历年|结转|遗留|去年)[一-龥]{0,12}$")
#: 发现问题企业64家, counted among those looked at.
_FAULTY = compiled(
    r"(?:共|累计)?(?:发现|查出|检出|排查出)(?:存在|有)?(?:各类)?(?:问题|隐患|违法|违规|不合格|不达标|不规范|超标)的?(?:生产|经营|用人|餐饮|食品|施工|排污)?(?:企业|单位|商户|门店|场所|店铺|车辆|学校|机构|经营户|工地|加油站|药店|网吧|船舶|点位|村)$"
)
_LOOKED_AT = compiled(r"检查|抽查|排查|走访|巡查|检验|检测|抽检|核查|督查|暗访")
#: 总投资5.2亿元，已完成投资6.1亿元: what a thing costs in all, and what of it was spent.
_COST = compiled(r"(?:项目|工程|计划|概算|估算|预计)?总投资(?:额|规模)?(?:为|约|达)?$")
_INVESTED = compiled(
    r"^(?:目前|截至目前|现|至今)?(?:已|累计|已累计|实际)(?:完成)?投资(?:额|了)?(?:为|达)?$|^(?:已|累计)(?:完成|投入)(?:投资|资金)?$"
)
#: Sets that may be over-fulfilled, or others than were counted before.
_OPEN = compiled(
    r"计划|任务|目标|指标|安排|下达|要求|需|(?<![反相对适回供])应(?![急用对届])|拟|力争|确保|去年|上年|上半年|同期|新(?!闻|能源)|引进|签约|开工|每|平均|高达|第|^除[了去]?$"
)
_LESS_FUNDS = compiled(r"发放|支付|支出|拨付|计划|任务|目标|去年|上年|同期|每|人均|户均|追加")
_MEMBERS = compiled(
    r"现有|共有|拥有|设有|建有|有|辖|共|受理|收到|接到|检查|抽查|抽检|培训|检测|监测|调查|测评|考核|发现|排查"
)


class Portion(NamedTuple):
    """A figure and the part of it; ``sure`` where the words leave no other reading."""

    whole: Claim
    part: Claim
    sure: bool


@lru_cache(maxsize=1)
def never_more() -> tuple[list[str], ...]:
    """The rows of the table of figures that by their names are part of another: part, whole, and what stands in a text that has both."""
    return tuple(line.split("\t")[:3] for line in lines(beside(__file__, "never_more.tsv")))


def portions(analysis: Analysis) -> Iterator[Portion]:
    """Every figure that its clause makes a part of the one in the clause before."""
    for group in analysis.by_sentence:
        for index, part in enumerate(group[1:], 1):
            sure = _tells_part(part)
            if sure is None and _has_share(group, index):
                sure = False
            if sure is None or not part.countable or part.planned or part.carried or part.rest:
                continue
            whole = _whole(group, index)
            if whole is not None and _fits(whole, part):
                yield Portion(whole, part, sure)


#: 占比57.1%: what the figure before it is a share of, is the one before that.
_SHARE = compiled(r"占(?:比|总[数量]的?)?(?:为|达|约)?$")


def _state(claim: Claim) -> bool:
    """Whether what stands behind the figure says what became of so many."""
    return _BECAME.match(claim.trail) is not None


def _has_share(group: Sequence[Claim], index: int) -> bool:
    """Whether a bare share behind the figure says that it is a part: 床位12600张，护理型床位7200张，占比57.1%."""
    part, share = group[index], group[index + 1] if index + 1 < len(group) else None
    if share is None or share.quantity.unit.name != "%" or share.clause - part.clause != 1:
        return False
    if not _SHARE.fullmatch(share.lead) or share.quantity.value > 100:
        return False
    name = group[index - 1].lead[-2:]
    return part.lead.endswith(name) and len(part.lead) > len(name) == 2


def _tells_part(part: Claim) -> bool | None:
    """Whether the words around the figure make it a part of another, and how surely; ``None`` where they do not."""
    lead = part.lead
    if not lead or lead in ("有", "已有", "仅有", "只有"):
        told = _SPENT if part.quantity.kind == "money" else _BECAME
        again = next(
            (size for size in (3, 2, 1) if told.match(part.trail, size)), 0
        )  # 32个单位存在问题, 15个村完成规划
        return False if told.match(part.trail) or again else None
    if lead[-1] in "的有仅占达到" and "的" in lead and _SUCH.fullmatch(lead):
        return True
    if "含" in lead or "包括" in lead:
        return True if _HOLDS.fullmatch(lead) else None
    if _FAULTY.fullmatch(lead):
        return True
    return False if _INVESTED.fullmatch(lead) else None


def _again(whole: Claim, part: Claim) -> bool:
    """Whether what is counted is named again behind the part: 抽取36个单位开展审计，32个单位存在问题."""
    size = next((size for size in (3, 2, 1) if _BECAME.match(part.trail, size)), 0)
    return size > 0 and whole.trail.startswith(part.trail[:size])


def _whole(group: Sequence[Claim], index: int) -> Claim | None:
    """The figure of the part's unit in the clause before it, no other of that unit beside it."""
    part = group[index]
    near = [
        claim
        for claim in group[:index]
        if part.beat - claim.beat <= 1 and same_unit(claim.quantity, part.quantity) and claim.clause != part.clause
    ]
    if len(near) != 1 or near[0].clause == part.clause or part.depth - near[0].depth not in (0, 1):
        return None
    if not part.lead and not near[0].lead and _state(near[0]) and near[0] is not group[0]:
        return None  # 118所学校，43所完成改造，61所正在施工: side by side, both of the schools
    return near[0]


def _fits(whole: Claim, part: Claim) -> bool:
    """Whether ``whole`` is a set that ``part`` can be taken from."""
    if (
        not whole.countable
        or whole.subset
        or whole.planned
        or whole.carried
        or whole.rest
        or whole.role in CHANGES
        or whole.role in (Role.BASE, Role.PENDING)
    ):
        return False
    lead = whole.lead
    if "同时" in whole.trail[:6]:
        return False  # 42家企业同时享受两项政策: those that are in both
    if _INVESTED.fullmatch(part.lead):
        return _COST.search(lead) is not None
    if part.quantity.kind == "money" and not part.lead:
        return _FUNDS.search(lead) is not None and _LESS_FUNDS.search(lead) is None
    if _FAULTY.fullmatch(part.lead):
        return _LOOKED_AT.search(lead) is not None
    if _HOLDS.fullmatch(part.lead):
        return _OPEN.search(lead) is None or part.depth == whole.depth
    if _OPEN.search(lead):
        return False
    words = before(lead)
    if not part.lead and not _BECAME.match(part.trail) and not _again(whole, part):
        return False
    held = is_closed(whole) or not words.verb or _MEMBERS.search(lead) is not None
    return held and (not part.lead or part.clause - whole.clause == 1)
