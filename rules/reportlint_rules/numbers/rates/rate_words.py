"""What rates are called, and what the words of a rate say about its part and its whole."""

from __future__ import annotations

from collections.abc import Sequence

from reportlint.claims import CHANGES, Claim, Role
from reportlint.patterns import compiled

#: 整改率为, 优良比例为, 占比: a rate with a short name and no subject of its own.
NAMED = compiled(
    r"([一-龥A-Za-z]{1,12}?)(?:率|比例|占比|比重|满意度|知晓度|(?<=覆盖|受益|开工|盈利|达标|建成|参与|普及|完成|投产|办结|签约|合格|惠及|复工|复产|获奖)面)(?:为|达|达到|是|均为|约为|仅为|只有)?"
)
SHARE_TAIL = compiled(r"占(?:比|总数的?|总量的?|全部的?|全市的?|全县的?)?(?:为|达到?|约|到|只有|仅为?|高达)?")
#: 占立案查处总数的: the whole by its own words.
SHARE_OF = compiled(r"占([一-龥]{2,8}?)(?:总数|总量|总额|总件数|[户人件家个项起宗台]数)的?(?:比例为|比重为|约|近)?")
#: 占一般公共预算支出的: the whole by all of its name.
SHARE_OF_ALL = compiled(r"占(?!总)([一-龥]{3,10})的(?:比例为|比重为|约|近)?")
#: 占总投资的: the whole by the end of its name.
SHARE_OF_NAMED = compiled(
    r"占(总(?:投资|面积|人口|里程|长度?|规模|户数|人数|床位|库容|产值|产量|装机|任务)|[一-龥]{2,6}总[一-龥]{1,2})的?(?:比例为|比重为|约|近)?"
)
OF_PLAN = compiled(r"(?:占|为|完成)(?:年度|全年|年初|目标|计划)?(?:计划|任务|目标|预算)(?:任务|数|总数|投资)?的")
#: 占全镇总人口, 为年初预算, before the whole that a rate is of.
TAKEN_OF = compiled(r"(?:占|为|完成|相当于)[^，。；]{0,14}$")
#: 占全镇16个村的87.5%: what the whole before the rate counts.
THINGS_OF = compiled(r"[一-龥]{1,6}的")
ACTUAL = compiled(r"^实[一-龥]|实际")
_GENERIC = frozenset("的率为比例全市县区总体平均有效综合实际目前")
#: Rates of another denominator: those due, those asked, those of a first visit.
OTHER_BASE = compiled(
    r"应[一-龥]{1,3}(?:人员|人数|对象|户)|按期|按时|到期|及时|首次|提前|一次性?|限时|时限|满意|知晓|任务|计划|目标|预算|进度|增长|同比|下降|平均|环比|产销差"
)
#: Things, other than those counted, that a rate may be of: 数据有效传输率.
THINGS = compiled(
    r"产品|商品|食品|蔬菜|水果|餐具|饮用水$|饮水|出水|出厂水|管网|药品|样品|样本|批次|数据|水量|面积|投资|资金|产值|收入|床位|设备|车辆|案件|问题|隐患|事项|档案|作业|试卷|课程|岗位|工单|指标|任务|因子|项目|时段|天数|处方|文书"
)
#: What a part is spent or saved of.
BARE = frozenset({"的", "完成", "已完成", "完成了"})
#: How much of a set has got something: 80个村中有64个建成书屋，覆盖率.
_OF_AMONG = compiled(r"(?:覆盖|普及|建成|达标|完成|参与|占)[率比]|占比|比例")
DUE = compiled(r"(?:应|实考|参考|总)")
_AMONG_END = compiled(r"中(?:(?:已|现|共)?有|的)$")
#: 选择回乡就业的只有3960人: those of the whole that are so.
SUCH = ("的", "的有", "的只有", "的仅有", "的仅", "的就有", "的占")


def is_to_do(claim: Claim) -> bool:
    """Whether the figure is what was planned; in 重点任务完成35项 it is not."""
    if _AIM_BEHIND.match(claim.trail):
        return True
    plans = list(_PLAN.finditer(claim.lead))
    return bool(plans) and _DONE_SINCE.search(claim.lead, plans[-1].end()) is None


def speaks_of(rate: Claim, part: Claim, whole: Claim) -> bool:
    """Whether the rate's name and the part's words share what was done: 已整改44个，整改率; 占比 speaks of whatever stands before it."""
    if rate.lead in BARE:
        return part.role is Role.DONE  # 新增学位8400个，已交付5160个，完成61.4%
    share = SHARE_OF.fullmatch(rate.lead) or SHARE_OF_NAMED.fullmatch(rate.lead)
    if share and share[1] in whole.lead:
        return True
    if share and part.subset and not whole.subset and share[1] in part.lead + part.trail:
        return True  # 合计65个，其中六要素以上站点39个，占站点总数的60.0%
    share = SHARE_OF_ALL.fullmatch(rate.lead)
    if share and part.subset and not whole.subset and share[1] in whole.lead:
        return True
    if SHARE_TAIL.fullmatch(rate.lead) or compiled(r"占比(?:为|达到?|约|只有|仅为?|高达)?").fullmatch(rate.lead):
        return part.subset or part.role is Role.DONE or part.lead.endswith(SUCH)
    named = NAMED.fullmatch(rate.lead)
    if named is None or named[1].startswith("占"):  # 占地区生产总值的比重: the whole is named, and is not here
        return False
    words = part.lead + part.trail
    if part.subset and _AMONG_END.search(part.lead) and _OF_AMONG.search(rate.lead):
        return True
    if any(word not in words for word in OTHER_BASE.findall(rate.lead)):
        return False
    if part.role is Role.DONE and part.clause - whole.clause == 1 and named[1][:2] in part.lead and len(named[1]) > 3:
        return True  # 已享受补贴3667人，补贴发放率
    if part.lead.endswith("的") and any(named[1][place : place + 2] in part.lead for place in range(len(named[1]) - 1)):
        return True  # 存在问题的31个，问题检出率
    name = set(named[1][-2:] or rate.lead[:2]) - _GENERIC
    return bool(name & set(words[-14:])) or (
        part.role is Role.DONE and named[1][-2:] in ("完成", "整改", "办结", "销号")
    )


OF_DONE = compiled(r"(?:完成|开工|竣工|执行|兑现|建成|支出|拨付|支付)(?:率|比例|进度)|^(?:完成|已完成)")
BARE_SHARE = compiled(r"占比?(?:为|达到?|约|只有|仅为?|高达)?")
#: 全年50亿元目标: the word for what is aimed at behind its figure.
_AIM_BEHIND = compiled(r"的?(?:年度|全年)?(?:目标|任务|计划|指标)(?:任务|数)?(?:的|，|。|$)")
#: A plan beside what came of it: no rate is the plan over the outcome.
_PLAN = compiled(r"计划|任务|目标|预算|应[一-龥]|下达|安排")
_DONE_SINCE = compiled(r"完成|建成|实现|已")


def counts_of(group: Sequence[Claim]) -> list[Claim]:
    """The figures that may be a rate's part or whole."""
    return [
        claim for claim in group if claim.countable and claim.role not in CHANGES and claim.quantity.unit.name != "年"
    ]
