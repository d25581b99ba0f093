"""DT013: works finished before they began, cases closed before they came in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from reportlint.analysis import Analysis
from reportlint.finding import Checked, Finding, Message, Outcome, Related, Severity
from reportlint.moment import Date, Period, Precision
from reportlint.patterns import any_of, compiled
from reportlint.record import NamedTuple
from reportlint.rule import rule

#: What comes one after the other, the words of one stage parted by spaces.
_COURSES = (
    (
        "立项 获批立项 可研批复 获批 批复",
        "完成招标 完成招投标 招标 中标 开标",
        "破土动工 开工 动工 奠基 开建 破土",
        "主体封顶 封顶 主体完工",
        "竣工 完工 竣工验收 建成 投用 投产 通车 交付 验收",
    ),
    (
        "受理 登记 登记受理 派单 转派 立案 接报 接警 接到举报 接到投诉 接到报告 收到举报 收到投诉 收到交办单 收到 交办 转办 移交 发现 发现问题 发现隐患 反馈",
        "办结 办理完毕 结案 审结 执结 处置完毕 处理完毕 完成整改 整改完成 整改到位 整改完毕 销号 答复 回复 查处",
    ),
    ("发生 发病 报告 上报", "终结 处置终结 处置结束 处置完毕 完成处置 扑灭 解除"),
    ("签订 签约 签署", "履行完毕 到期 终止 解除"),
    ("发布公告 开始公示 发布招标公告 挂网", "期满 公示期满 公示结束 公告期满 成交"),
    ("成立 设立 组建 创立", "撤销 解散 注销"),
    ("出生", "入伍 入学 毕业 入党 参加工作 退休"),
    ("参加工作 入职 到任 上任 就任", "离任 卸任 退休 离职"),
    ("入学", "毕业"),
    ("入伍", "退役 退伍"),
    ("入院 住院", "出院"),
    ("报到 报名", "返程 离会 结业"),
    (
        "启动 开始 开班 开幕 开营 开赛 出发 进驻 入驻",
        "结束 结业 结营 闭幕 闭营 返程 返回 撤离 离开 收官 全部完成",
    ),
    ("上课 授课 培训 集训 学习 集中学习 集中培训 观摩", "返程 返回 离会 结业 结营"),
    ("申报 提交申请 递交申请 提出申请", "获批 通过审批 通过评审 取得批复 完成审批"),
    (
        "立案 受理 立案调查",
        "调查终结 侦查终结 调查完毕 侦结",
        "移送审查起诉 移送起诉 作出处罚决定 作出行政处罚决定 下达处罚决定 下达行政处罚决定 送达 送达行政处罚决定书 送达处罚决定书",
        "缴清罚款 缴纳罚款 执行完毕 执行到位",
    ),
    (
        "受理 立案",
        "开庭 开庭审理 公开开庭 公开开庭审理 庭审",
        "宣判 当庭宣判 作出判决 判决 一审宣判 调解结案",
        "执行完毕 履行完毕",
    ),
    (
        "发布招标公告 发布采购公告 发布公告 挂网招标 挂网公告",
        "开标 评标 开标评标",
        "发布中标公告 发出中标通知书 发布中标公示 公示中标结果",
        "签订合同 签订采购合同 签订施工合同 合同签订",
        "开工 进场施工",
    ),
    (
        "到货 供货 设备到货 进场",
        "安装 完成安装 安装完成 安装到位",
        "完成调试 调试完成 调试",
        "通过验收 验收合格 验收 正式运行 正式投用",
    ),
    (
        "立项 完成立项 取得立项批复",
        "取得可研批复 可研批复 可研获批 完成可研批复",
        "取得初设批复 初设批复 初步设计批复 完成初步设计批复 取得初步设计批复",
        "取得施工许可证 取得施工许可 办理施工许可 领取施工许可证",
        "竣工验收 竣工 完工 通过竣工验收",
    ),
    ("试运行 试运营 投入试运行 试生产", "正式运行 正式运营 正式投运 正式投产 通过验收"),
    (
        "发布招聘公告 发布公告 开始报名 报名",
        "笔试 组织笔试",
        "面试 组织面试",
        "体检 组织体检",
        "公示 拟聘公示",
        "到岗 上岗 入职 报到上岗 办理聘用手续",
    ),
    (
        "征求意见 公开征求意见 完成初稿 形成初稿",
        "审议通过 审议 通过审议 合法性审查",
        "印发 正式印发 印发实施 公布 发布实施",
    ),
    ("发布预警 启动应急响应 启动响应 启动预警", "解除预警 解除应急响应 终止应急响应 终止响应 解除响应 解除"),
    ("播种 完成播种 插秧 完成插秧 移栽", "收割 收获 开镰 采收 开始采收"),
    ("开工 进场施工 开始施工", "完成主体 主体封顶 完成主体施工", "竣工 完工 交付 投用 通过验收"),
    ("签约 签订协议 签订征收协议", "腾空 腾房 搬迁完毕 完成搬迁", "拆除 完成拆除 拆除完毕"),
    ("到账 资金到账 下达 资金下达", "拨付 完成拨付 拨付到位 兑付 发放到位 发放完毕"),
    ("停产 停产整改 停业 停工 关停", "恢复生产 复产 复工 恢复营业 恢复施工"),
    ("确诊 发病", "治愈 治愈出院 出院 康复"),
    ("刑事立案 立案 立案侦查", "刑事拘留 拘留 逮捕 批准逮捕", "移送审查起诉 提起公诉"),
    ("提交送审稿 提交 提交评审 报送", "通过评审 完成评审 批复"),
    ("动工拆除 启动拆除 开始拆除", "拆除完毕 完成拆除 全部拆除"),
    ("开始参评 启动创建 启动申报", "命名 授牌 获评 通过命名 授予称号"),
)
#: What may also be done once all is over: 3月2日处置结束，3月6日上报.
_AT_ANY_TIME = frozenset({"报告", "上报"})
#: What may stand between the first stage and the second date: 开工，预计2025年10月.
_ON = compiled(r"[，、]?(?:并|已|预计|计划|将|并将|并已|现已|后|随后|全部|当年|同年){0,3}(?:于|在)?")
#: What may stand before a stage, and behind it.
_LEAD = r"[^，。；、\d（）\n前]{0,6}?(?:正式|全面|全部|顺利|成功|建设)?"
_TAIL = r"(?:建设|兴建|施工|投用|投产|使用|验收|通车|运营|整改|手续|完毕|合同|协议|了|并|，)*"
#: Days further apart than this, the year of one of them untold, lie in two years: 12月20日立案，1月12日办结.
_SAME_YEAR = 150
#: Sight, in code points, between the two dates.
_FAR = 24
#: What orders days by words, as far as it is looked for: 会后，3月8日; 先后于3月8日; 根据2024年10月; 6月8日前反馈.
_TOLD_IN_ORDER = compiled(
    r"后[，于在即又再才方随立]?[^，。；、\d]{0,8}(?:于|在)?(?=\d{1,4}[年月]\d)|(?:先后|依次|相继|分别|[次轮场批期届][（，])[^，。；、\d]{0,6}\d{1,4}[年月]|[据照]20\d\d年|\d日前[^，。；]{0,12}?(?:总结|反馈|结束|收官|异议|销号|整改到位|整改完毕|完成整改|报送)"
)
_STAGED_HOURS = compiled(r"\d(?:时(?:\d{1,2}分)?|[:：][0-5]\d)(?:[^，。；、：\d]{0,8}，|[^，。；、：\d]{0,12}\d)")


class _Stage(NamedTuple):
    """A stage: which course it is of, and how far on."""

    course: int
    rank: int


@lru_cache(maxsize=1)
def _stages() -> dict[str, list[_Stage]]:
    found: dict[str, list[_Stage]] = {}
    for course, stages in enumerate(_COURSES):
        for rank, words in enumerate(stages):
            for word in words.split():
                found.setdefault(word, []).append(_Stage(course, rank))
    return found


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A stage behind its date, and one before it: 6月20日受理; 受理时间为6月20日."""
    words = any_of(_stages())
    return (
        compiled(rf"{_LEAD}(?P<word>{words})(?:(?<=发生)[一-龥]{{1,8}})?{_TAIL}"),
        compiled(rf"(?P<word>{words})(?:时间|日期)?(?:为|是|：|于|在)$"),
    )


@rule(
    "DT013",
    "finished-before-begun",
    severity=Severity.WARNING,
    bad=(
        "水厂于2024年8月开工，⟦2024年5月⟧竣工。",
        "该桥2023年3月竣工，⟦2023年9月⟧开工建设。",
        "该投诉6月20日受理，⟦6月12日⟧办结。",
    ),
    good=(
        "水厂于2024年5月开工，2024年8月竣工。",
        "一期2023年3月竣工，二期2023年9月开工建设。",
        "该桥2023年9月开工，次年3月竣工。",
        "该案12月20日立案，1月12日办结。",
    ),
)
def finished_before_begun(analysis: Analysis) -> Iterator[Outcome]:
    """竣工早于开工，办结早于受理。

    同一个工程先写开工、后写竣工的时间，竣工不会在开工之前，开工不会在立项之前；投诉、案件办结不会在受理之前，出院不会在入院之前。

    只核对紧挨着的两个时间；中间另有主语（一期、二期）的是两件事，没有写年份、相隔半年左右的可能跨年，不报。
    """
    text = analysis.reading.text
    found = analysis.dates
    if analysis.holds(_TOLD_IN_ORDER):
        from reportlint_rules.dates import order as ordered

        yield from ordered.afterwards(analysis)
        yield from ordered.told_in_order(analysis)
        yield from ordered.on_its_basis(analysis)
        yield from ordered.due_before_begun(analysis)
    if analysis.holds(_STAGED_HOURS):
        from reportlint_rules.dates.clocks import clocks_in_order

        yield from clocks_in_order(analysis)
    for one, other in zip(found, found[1:], strict=False):
        gap = other.at.start - one.at.end
        if gap > _FAR or one.titled or one.named or other.end or min(one.precision, other.precision) < Precision.MONTH:
            continue
        pair = (_behind(text, one, other) if gap > 0 else None) or _before(text, one, other)
        order = _order(*pair) if pair else 0
        if pair is None or not order or (one.end is not None and order < 0):
            continue
        first = one.period(one.start.year or _SOME_YEAR)
        second = other.start.period(other.start.year or one.points[-1].year or one.start.year or _SOME_YEAR)
        if first is None or second is None or other.start.offset is not None or one.start.offset is not None:
            continue
        span = analysis.span(other.place)
        yield Checked(span)
        begun, done = (first, second) if order > 0 else (second, first)
        if one.end is not None:
            begun = Period(begun.end, begun.end)  # a course is over when its last day is
        apart = (begun.start - done.end).days
        if apart <= 0 or (apart > _SAME_YEAR and not (one.start.year and (other.start.year or order > 0))):
            continue
        words = pair if order > 0 else pair[::-1]
        yield Finding(
            span,
            Message(
                f"“{words[1]}”的时间早于“{words[0]}”，请核对两个时间",
                "the later stage comes first; check both dates",
            ),
            (Related(analysis.span(one.place), "另一个时间"),),
        )


#: A leap year, where none is told.
_SOME_YEAR = 2024


def _behind(text: str, one: Date, other: Date) -> tuple[str, str] | None:
    """The stages behind the two dates, the first one reaching up to the second date."""
    pattern = _patterns()[0]
    said = pattern.match(text, one.at.end, other.at.start)
    if said is None or not _ON.fullmatch(text, said.end(), other.at.start):
        return None
    then = pattern.match(text, other.at.end, other.at.end + _FAR)
    # 7月开工的项目: which ones, not when
    return (said["word"], then["word"]) if then and not text.startswith("的", then.end()) else None


def _before(text: str, one: Date, other: Date) -> tuple[str, str] | None:
    """The stages before the two dates: 受理时间为6月20日，办结时间为6月12日."""
    pattern = _patterns()[1]
    said = pattern.search(text, max(0, one.at.start - 12), one.at.start)
    then = pattern.search(text, max(one.at.end, other.at.start - 12), other.at.start) if said else None
    if said is None or then is None or then.start() - one.at.end > 1:
        return None
    return said["word"], then["word"]


def _order(first: str, second: str) -> int:
    """1 where ``second`` comes after ``first``, -1 where it comes before, 0 where neither is known."""
    stages = _stages()
    for one in stages[first]:
        for other in stages[second]:
            if one.course == other.course and one.rank != other.rank:
                if other.rank > one.rank:
                    return 1
                return 0 if second in _AT_ANY_TIME else -1
    return 0
