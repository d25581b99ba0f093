"""TY008: a character, or a word, that was typed twice."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from reportlint.analysis import Analysis
from reportlint.finding import Applicability, Finding, Fix, Message, Outcome, Replacement, Severity
from reportlint.patterns import compiled
from reportlint.rule import rule
from reportlint.segment import common
from reportlint.span import Span
from reportlint_rules.typos.coined import known
from reportlint_rules.typos.doubts import left_alone
from reportlint_rules.typos.lexicon import phrases, split
from reportlint_rules.typos.pairs import DOUBLED, marks, where
from reportlint_rules.typos.phrases import OFFICES, SUFFIXES, broken
from reportlint_rules.typos.words import slips

TYPE_CHECKING = False
if TYPE_CHECKING:
    from reportlint_rules.typos.runs import Runs


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


#: Particles, prepositions and conjunctions: two in a row are never right where they belong to no word (目的的, 为了了解).
_PARTICLES = frozenset("的了在和与及是将被把从为以并于由")
#: Characters that are said twice: 天天, 一步步.
_SAID_TWICE = frozenset(
    "人天年时处事家户层步常往渐好多仅刚明默频屡种纷源生点个次项件条句字样代阵块片排行环节面颗棵株滴缕丝久偏足太乎等本一牢满大"
)
#: What begins a new part of the sentence, so that the word before it is no part of a compound.
_OPENING = frozenset("各全本该其此每有无与和及或并的地得了着过在对向从为将把被由以按不未已均都也还就等至到于")
#: What cannot be the end of a compound with the word after it.
_BEFORE = frozenset("共已并再又均将还也都要须应可会能可须就曾正未不被把对向从为由以经其各每该此了着过的地")
#: Verbs that stand before no noun as its first part: 开展开展, but not 管理管理人员; with another word before they may end a compound.
_VERBS = _listed(
    "开展 组织 实施 召开 举办 加强 强化 加快 推进 推动 促进 提高 提升 完善 健全 完成 实现 落实 坚持 深化 优化 确保 解决 发现 取得 形成 建立 "
    "制定 印发 出台 修订 编制 整合 统筹 协调 抓好 做好 打好 用好 开始 继续 努力 共同 减少 增加 降低 规范 控制 压减 压缩 扩大 保障 维护 打造 搭建 改善 巩固 拓展 参加 参与 支持 做到"
)
#: Words that are part of no compound at all.
_ADVERBS = _listed(
    "进行 深入 全面 认真 积极 切实 扎实 严格 及时 有效 充分 不断 持续 进一步 逐步 大力 着力 全力 已经 正在 常年 长期 定期 按照 根据 通过 围绕 "
    "针对 为了 以及 并且 同时 必须 应当 可以 能够 成为 作为 我们 他们 这些 那些 由于 因为 所以 但是 而且 如果 虽然 不仅 此外 其中 目前 今年 去年 "
    "全市 全县 全省 全区 我市 我县 我局 我区 我省"
)
#: Of these verbs those that are the first part of no name at all: 提高提高干部的素质.
_PLAIN_VERBS = _listed("提高 加强 加快 增强 取得 抓好 做好 打好 用好 确保 坚持 努力 继续 减少 增加 参加 发现 巩固")
#: Verbs that govern a noun and belong to no compound with it, beside those above.
_GOVERNING = _VERBS | _listed(
    "压实 压紧 夯实 履行 明确 强调 优化 营造 改进 消除 化解 防范 筹措 拨付 争取 关停 激发 满足 破解"
)
#: Nouns that head a compound; after a verb that governs them the second of two begins it: 压实主体主体责任.
_NOUNS = _listed(
    "主体 项目 责任 环境 经济 社会 群众 企业 资金 任务 问题 制度 机制 能力 质量 水平 生态 农业 农村 教育 卫生 产业 市场 隐患 风险 政策 措施 设施 基层 基础 "
    "队伍 干部 党员 服务 村庄 道路 河道 耕地 粮食 饮水 垃圾 污水 养老 医疗 就业 人才 科技 文化 旅游"
)
#: Auxiliaries and adverbs of one character: two in a row are never right where they belong to no word (各镇要要重视).
_AUXILIARIES = frozenset("要应须均已")
#: What opens a clause: 截至目前，截至目前已完成.
_OPENED_TWICE = compiled(
    r"(?<![一-龥])(截至目前|今年以来|近年来|去年以来|下一步|与此同时|同时|此外|其中|目前|当前|近期|为此|截至[0-9]{1,2}月底)，\1(?=[一-龥，])"
)
#: What makes the verb before it the first part of a name: 实施方案, 规范性文件, 组织生活会, 推进会.
_HEADS = compiled(
    r"方案|细则|办法|意见|情况|计划|规划|生活|小组|人员|单位|机制|措施|方式|工作|中心|体系|机构|制度|条例|力度|对象|过程|进度|效果|结果|成果|任务|责任|目标|标准|政策|资金|系统|平台|项目|工程"
    r"|领导|干部|部门|委员|会|性|部|率|图|线|房|金|费|局|处|科|室|员|者|力|法|书|卡|表|点|区|期|型|类"
)
#: Verbs that may be said twice on purpose.
_TRIED = _listed("研究 讨论 商量 考虑 学习 了解 琢磨 总结 反思 宣传 锻炼 打扫 收拾 整理 检查 打听 休息 展开")
#: Words for what is done: one that ends a compound may stand before another that it begins (工程建设|建设资金, 规范管理|管理人员).
_ACTIONS = _listed(
    "管理 建设 研究 工作 组织 规定 设计 保管 代表 报告 发展 服务 检查 保护 消费 监督 教育 生产 经营 改革 创新 评价 评估 投资 采购 出租 租赁 供应 供给 供水 "
    "供电 供热 运行 运营 维护 使用 利用 开发 治理 整治 规划 计划 审批 执法 调查 统计 预算 决算 考核 督查 督导 培训 招聘 就业 创业 救助 保险 贷款 补贴 奖励 "
    "资助 扶持 帮扶 审计 监测 检测 检验 检疫 防治 防控 防护 养殖 种植 加工 运输 物流 养老 医疗 招标 投标 指导 指挥 领导 联系 要求 需求 登记 注册 申请 许可 "
    "鉴定 诊疗 护理 康复 收购 销售 贸易 出口 进口 装修 施工 勘察 测绘 监理 验收 绿化 美化 修复 改造 更新 安装 生活 活动 行动 处理 处置 处罚 判决 裁定 调解 "
    "仲裁 公证 信访 值班 巡查 巡逻 排查 预警 救援 支援 援助 补助 补偿 安置 搬迁 征收 征用 税收 收费 支付 结算 融资 担保 认证 考试 考察 交流 合作 竞争 比赛 "
    "展览 演出 出版 印刷 翻译 编辑 写作 创作 发明 试验 实验 示范 试点 推广 应用 转化 转移 转让 流转 流通 循环 再生 回收 分类 分级 排放 污染 减排 控制 决策 执行"
)
#: Words that end in a particle.
_ENDING = frozenset(("求是", "目的", "标的", "有的", "真的"))
#: 一个一个, 每年每年, 大片大片.
_EACH = frozenset("一二三四五六七八九十每几两逐大小")
#: Characters that are words by themselves, so that one may follow a word that ends in it.
_FREE = frozenset(
    "有无上下多大小高好新快强优难低少建改查管治抓做办水地钱事物人户家村县市区镇乡路桥河湖山林田电气车船房屋门书报税费款奖罚学教医药食住行用看听说写读作成来去到给让使干反补促限防免占超开全法总副同合想要能会可为变化性率量员者"
)
#: A word, or two in a row, and the same once more.
_TWICE = compiled(r"(?=([一-龥]{2,6}?)\1)")
#: What ends many words, so that one may follow that begins with it: 水利部|部长, 思政课|课程.
_TAILS = SUFFIXES | OFFICES | frozenset("课班联火城内外上下中前后间里时新高花榜")
#: A run that stands so often (a binary logarithm) is common, and one that does not even so often is rare.
_OFTEN, _SELDOM = 3, 2
#: Twice in a row a character stands by chance so often, and so often where it is hardly ever a word by itself, by so many bits less than anywhere.
_MANY, _FEW, _BOUND = 7.0, 3.0, -1.0
#: What a figure ends in; the measure after it stands once: 18家家、, 7月4日日.
_FIGURES = frozenset("0123456789万亿%")
#: What firms like to call themselves by: 上上集团.
_ASIDE = frozenset("上下大小新老中东西南北金鑫")
#: What figures are counted in; of these none means something twice.
_MEASURES = frozenset("个处件项户亩条座所批场期份起")
_SCALES, _SCALED = frozenset("万亿"), frozenset("元人吨亩户平立斤千")
#: What ends a clause.
_STOPS = frozenset("，。；：、！）\n")
#: Set phrases are looked for so far around what stands twice.
_WIDEST = 10


def _times(text: str) -> float:
    """The binary logarithm of how often official prose has a run of three or four, −1 if never."""
    from reportlint_rules.typos.runs import runs

    model = runs()
    return model.log[model.read(text)]


def _han(one: str) -> bool:
    return "一" <= one <= "龥"  # the empty string is below


def _characters(analysis: Analysis) -> Iterator[tuple[Span, int]]:
    """Where a character stands twice, with the place of the second."""
    text, away = analysis.reading.text, left_alone(analysis)
    for at in where(marks(analysis), DOUBLED):
        one = text[at]
        if not _han(one):
            continue
        before, after = text[at - 1 : at] if at else "", text[at + 2 : at + 3]
        if one in (before, after) or (before and text[at - 2 : at - 1] == before):
            continue  # 高高高, 干干净净
        if (before in _FIGURES and (not _han(after) or _counted(one, after))) or (
            not away[at] and text[at + 3 : at + 4] != after and _once(text, at)
        ):
            yield Span(at, at + 2), at + 1
            continue
        if _han(after) and (text[at + 3 : at + 4] == after or common(one + after)):
            continue  # 明明白白, 实现|现代化
        if _han(before) and _in_phrase(text, at + 1, at + 2):
            yield Span(at, at + 2), at + 1
            continue
        if away[at]:
            continue
        if one in _AUXILIARIES:
            if not common(before + one) and _times(one + one + after) <= 0:
                yield Span(at, at + 2), at + 1
        elif _han(before) and (_particle if one in _PARTICLES else _content)(before, one, after):
            if after and known(one + after):
                continue  # 实现|现价
            yield Span(at, at + 2), at + 1


def _counted(one: str, after: str) -> bool:
    """Whether ``one`` counts what begins with ``after`` and makes no word with it: 1.8个个百分点, but not 3名名师."""
    if one in _SCALES:
        return after in _SCALED
    return one in _MEASURES and not known(one + after) and _times(one + one + after) < 0


def _particle(before: str, one: str, after: str) -> bool:
    """发现的的问题, but not 目的的, 实事求是是."""
    return not common(before + one) and before + one not in _ENDING and _times(before + one + one) <= 0


def _content(before: str, one: str, after: str) -> bool:
    """Whether the first belongs to the word before and the second to none after it: 家长长委员会, but not 执法队队伍."""
    if one in _SAID_TWICE or one in OFFICES or one in _FREE or before in _EACH or not common(before + one):
        return False
    if _han(after) and after not in _OPENING:
        return _times(one + one + after) <= 0 and _times(before + one + after) >= _OFTEN
    return True


def _once(text: str, at: int) -> bool:
    """Whether official prose has the character at ``at`` in such company once, and never twice: 用水量量达到, 毫毫米, 昼昼间."""
    from reportlint_rules.typos.runs import runs

    one, before, after = text[at], text[at - 1 : at], text[at + 2 : at + 3]
    ends, begins = _han(before) and known(before + one), _han(after) and known(one + after)
    if (
        one in _SAID_TWICE
        or before in _EACH
        or (ends and begins)
        or (begins and one in _TAILS and (_han(before) or one in _ASIDE))
    ):
        return False  # 一张张, 水利部|部长: each may be a word's
    model = runs()
    row, log = model.read(f"\n\n{text[max(0, at - 2) : at + 5]}\n\n"), model.log
    here = 2 + min(at, 2)  # where the character stands for the first time
    left, x, right = row[here - 1], row[here], row[here + 2]
    if not (one in _ASIDE or known(one + one)) and _never(
        model, x, right, ends, begins, _han(before) or before in _FIGURES
    ):
        return True
    if log[left + x] < 0 or log[x + right] < 0 or log[left + x + x] >= 0:
        return False
    alone, twice = log[left + x + right], log[x + x + right]
    if alone >= 0 and (
        log[row[here - 2] + left + x + right] > 0
        or log[left + x + right + row[here + 3]] > 0
        or (twice < 0 and alone > (_OFTEN if log[x + x] >= _SELDOM else 0))
        or log[x + x] < 0
    ):
        return True
    if not _han(before):
        return begins and twice < 0 and log[x + right + row[here + 3]] > 0
    return ends and twice < 0 and after in _STOPS and log[row[here - 2] + left + x] > 0


def _never(model: Runs, x: str, right: str, ends: bool, begins: bool, inside: bool) -> bool:
    """Whether nobody has reason to write ``x`` twice: the second begins a word with ``right`` and the first stands behind no word (：案案件),
    or the first ends a word and the second can neither stand alone nor begin one (聚焦焦困难).
    """
    log = model.log
    if log[x + x + right] >= 0:
        return False
    if begins:
        return not inside and log[x + x] < _MANY
    if not ends or log[x + right] >= 0 or log[x + x] >= _FEW:
        return False
    from reportlint_rules.typos.wordbook import wordbook

    alone: float = model.arrays["alone"][ord(x)]
    return wordbook().words[x] - alone < _BOUND


def _words(analysis: Analysis) -> Iterator[tuple[Span, int]]:
    """Where a word, or two in a row, stand twice, with the place of the second."""
    text = analysis.reading.text
    for match in _TWICE.finditer(text):
        word, at = match[1], match.start()
        again = at + len(word)
        end = again + len(word)
        if text.find(word[:2], at + 1) < again:  # 一步一步一
            continue
        if (len(word) == 2 and not common(word) and word not in _ADVERBS) or word[0] == word[-1]:
            continue
        if text[at - 1 : at] == text[again - 1] or text[end : end + 1] == word[0] or word[0] in _EACH:
            continue
        if _in_phrase(text, again, end):
            yield Span(at, end), again
            continue
        if _times(text[again - 2 : again + 2]) > 0:
            continue  # official prose has it, so it may be meant
        if _apart(text, at, end, word):
            yield Span(at, end), again
    for match in _OPENED_TWICE.finditer(text):
        yield Span(match.start(), match.end()), match.end() - len(match[1])


def _in_phrase(text: str, again: int, end: int) -> bool:
    """Whether what stands from ``again`` to ``end`` for the second time is in the middle of a set phrase once it stands there only once.

    生态环境环境局, 经济社会社会发展, 农村村饮水安全.
    """
    begun = phrases().begun
    start = max(0, again - _WIDEST)
    once = text[start:again] + text[end : end + _WIDEST]
    join, size = again - start, end - again
    for first in range(max(0, join - _WIDEST), join - size):
        _, bundle = begun(once[first : first + 2])
        if bundle and any(first + 2 + len(rest) > join and once.startswith(rest, first + 2) for rest in split(bundle)):
            return True
    return False


def _apart(text: str, start: int, end: int, word: str) -> bool:
    """Whether neither is part of a compound: 工程建设|建设单位, 管理|管理人员."""
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    closed = not after or not _han(after) or after in _OPENING
    opened = (
        not before
        or not _han(before)
        or before in _BEFORE
        or text[max(0, start - 2) : start] in _ADVERBS  # 积极推进推进
        or text[max(0, start - 3) : start] in _ADVERBS
    )
    # 减少检查检查频次: the object of a verb is no part of a compound
    governed = text[max(0, start - 2) : start] in _GOVERNING
    if (governed and word in _NOUNS) or (opened and word in _PLAIN_VERBS):
        return True
    if word in _TRIED:  # 大家研究研究。
        return governed or after in _OPENING or after.isdecimal()
    if closed or word in _ADVERBS:
        return True
    headed = _HEADS.match(text, end) is not None
    if (governed or (opened and word in _VERBS)) and not headed:
        return True
    if len(word) > 2 or word in _VERBS:
        return False
    # Nothing ends a compound at the beginning of a clause, and what is no action ends few: 优质资源|资源下沉.
    if word in _ACTIONS:
        return not _han(before) and not headed and not _begins(text, start, end, word)
    return not _han(before) or not (headed or _begins(text, start, end, word))


def _begins(text: str, start: int, end: int, word: str) -> bool:
    """Whether ``word`` begins a longer word where it stands for the second time, or ends one where it does for the first: 产业|产业链."""
    from reportlint_rules.typos.runs import runs
    from reportlint_rules.typos.wordbook import wordbook

    words, model = wordbook().words, runs()
    longer = (
        text[end - len(word) : end + 1],
        text[end - len(word) : end + 2],
        text[max(0, start - 1) : start + len(word)],
    )
    return any(words[model.read(one)] >= 0 for one in longer) or common(word[-1] + text[end : end + 1])


@lru_cache(maxsize=1)
def doubled(analysis: Analysis) -> tuple[tuple[Span, int], ...]:
    """Both places of what stands twice, and where the second begins, in order; kept for the rules that share it."""
    found = {*_characters(analysis), *_words(analysis)}
    if not found:
        return ()
    taken = [at for at, _ in slips(analysis)] + [slip.at for slip in broken(analysis)]
    return tuple(sorted(each for each in found if not any(each[0].meets(other) for other in taken)))


@rule(
    "TY008",
    "doubled-word",
    severity=Severity.WARNING,
    bad=(
        "我市⟦在在⟧全省率先出台扶持政策。",
        "对发现⟦的的⟧问题限期整改，形成齐抓共管的工作⟦格局格局⟧。",
        "梳理高频事项，实⟦现现⟧“免证办”386项。",
        "市生态⟦环境环境⟧局压实⟦主体主体⟧责任，各镇⟦要要⟧全力配合。",
    ),
    good=(
        "加快工程建设建设资金拨付，为了了解情况多次走访。",
        "执法队队伍建设不断加强，全国国有林场改革收官。",
        "一个项目一个项目抓，坚持久久为功。",
    ),
)
def doubled_word(analysis: Analysis) -> Iterator[Outcome]:
    """一个字、一个词打了两遍。

    “发现的的问题”“工作格局格局”“实现现”：修改时删得不干净，或输入法多上了一次屏。虚词连着两个、又不与前后文成词的，词语连着两个、
    后面那个不是另一个词的开头的，才报。

    两个词正好首尾相同（为了|了解、全国|国有、建设|建设资金）的不算，重叠的说法（一步步、干干净净、研究研究）也不算。
    """
    for at, again in doubled(analysis):
        span = analysis.span(at)
        printed, right = analysis.reading.slice(at), analysis.reading.text[again : at.end]
        yield Finding(
            span,
            Message(f"“{printed}”重复，应为“{right}”", f"“{right}” stands twice"),
            suggestion=right,
            fix=Fix(f"改为“{right}”", Applicability.UNSAFE, (Replacement(span, right),)),
        )
