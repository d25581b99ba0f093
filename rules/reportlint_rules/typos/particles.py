"""的, 地 and 得 put for one another, where what stands on both sides leaves one of them only."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.patterns import compiled
from reportlint.segment import common
from reportlint.span import Span

_STOP = r"(?=[，。、；！：\n])"
#: What says how something is done, behind a verb of one character: 抓得实. Of what may as well be counted (多, 少) nothing is told.
_HOW = r"(?:实|细|准|严|深|透|牢|稳|好|紧|够|到位|扎实|彻底|深入|及时|精准|规范|仔细|漂亮)"
_HOW_FAR = r"(?:很|较|更|最|不|还|不够|还不够|还不|更加|比较|非常|十分|特别|相当|越来越)?"
_LIVELY = (
    r"(?:有声有色|红红火火|井井有条|井然有序|清清楚楚|明明白白|扎扎实实|淋漓尽致|一清二楚|热火朝天|有板有眼|有滋有味"
    r"|严严实实|风生水起|服服帖帖|妥妥当当|整整齐齐|干干净净|漂漂亮亮|津津有味|滚瓜烂熟|很不够|远远不够|不够好)"
)
_DEEDS = (
    r"(?:推进|开展|落实|完成|推动|做好|抓好|解决|提升|提高|完善|组织|实施|履行|执行|加强|化解|排查|整改|处置|处理|参与|配合|贯彻|学习|防范|打击|维护"
    r"|保障|服务|满足|发挥|促进|引导)"
)
#: Each with what belongs in the place of its group.
_PROVEN = (
    # 听的懂, 管的住; 看的见的变化
    (
        r"(?<![目标有])[听看说讲做干办抓管跑记摸找买卖住吃用学叫拿走站坐扛守顶推赢打沉落靠信经接留压担立拉请引降兜托喊]"
        r"(的)(?:懂|见|着|住|到|起|上|动|清|出|赢|通|稳|应|响|下|成|下去|上去|过去|起来|出来|明白|清楚)" + _STOP,
        "得",
    ),
    (r"(?<![目标有])(?:[看听]的(?=[见懂到])|摸的(?=[着到])|说的(?=清)|管的(?=住)|用的(?=[上起]))[一-龥]的", "得"),
    # 抓的实, 谋的不够深
    (rf"(?<![目标有])[抓做干管讲写学练查跑想谋落压建治守推改育引投说记摸](的){_HOW_FAR}{_HOW}{_STOP}", "得"),
    (r"(?:学的(?=会)|[请招引迎]的(?=[来进])|带的(?=走))[会来进走]" + _STOP, "得"),
    (
        r"(?<![改转演蜕可不应万嬗质裂突])变(的)(?:更加|越来越|日益|愈发|十分|非常|格外)[一-龥]{1,6}"
        + _STOP
        + r"|(?<![明浅凸])显(的)(?=尤为|格外|更加|十分|尤其|特别|不够)"
        r"|(?<![价产数均增总净分期比贬升保面市估阈峰极低高定])值(的)(?=肯定|注意|推广|学习|关注|一提|借鉴|表扬|期待|信赖|思考|警惕|反思|深思)",
        "得",
    ),
)
#: What is had or done, at the head of what 的 belongs to.
_THINGS = (
    r"(?:问题|短板|弱项|难点|痛点|堵点|不足|成效|成果|成绩|进展|基础|要求|任务|目标|原则|意见|建议|措施|需求|诉求|能力|水平|力度|责任"
    r"|部门|单位|企业|群众|干部|党员|项目|资金|制度|机制|环境|情况|形势|方式|方法|内容|作用|意识|质量|重点|关键|标准|经验|做法|优势|作风"
    r"|氛围|保障|支撑|支持|获得感|满意度|积极性|主动性|实际|实效|举措|思路|格局|态势|局面|合力|矛盾|隐患|风险|困难|差距|薄弱环节|程度|新)"
)
#: The same of what may follow any word: 收拾的干干净净, 转变的非常快, 更好得服务, 党组得正确领导.
_SO = (
    (rf"[进下上](的)来{_STOP}|[出上下过](的)去{_STOP}", "得"),
    (
        r"(?:[办搞干做抓过写讲唱建活]|打扫|收拾|整理|管理|布置|摆放|安排|组织|开展|经营|记录|说明|解释|发挥|打造|打理|装扮|交代|分析|讲解)(的)"
        + _LIVELY
        + _STOP,
        "得",
    ),
    (
        r"(?:发展|建设|转变|推进|完成|落实|解决|保护|运行|经营|恢复|配合|衔接|整治|打造|宣传|组织|开展|进展|执行|处理|处置|准备)(的)"
        r"(?:很|较|更加|比较|非常|十分|特别|相当|越来越)(?:好|快|顺利|到位|扎实|彻底|及时|圆满|成功|平稳|充分|深入|有序|规范)"
        + _STOP,
        "得",
    ),
    (
        r"(?:更好|更快|有计划|有步骤|有重点|有组织|有针对性|有条不紊|扎实|认真|积极|主动|深入|有效|有序|稳步|持续|严格|高效|圆满|顺利|精准|自觉|妥善"
        rf"|不断|逐步)(得)(?={_DEEDS})",
        "地",
    ),
    (
        r"[一-龥](?<![获取赢争博求换值])(得)(?=(?:正确|坚强|统一)领导|大力支持|关心支持|统一部署|共同努力|(?:具体|精心|悉心|有力|正确)指导|正确指引)",
        "的",
    ),
)
_TAKEN_FOR_OF = compiled(rf"([一-龥][一-龥])(?<![能要会就都还也总只非须该又])(得)(?={_THINGS})")
#: Nouns, and what says of what kind something is: 群众地获得感, 明显地成效.
_OF = compiled(
    r"(?:群众|干部|党员|人民|百姓|居民|市民|农民|职工|学生|教师|患者|企业|我们|他们|大家|各界|社会|工作|存在|突出|主要|重要|明显"
    r"|显著|良好|较大|较高|更多|更大|更高|一定|相关|有关|全新|根本|坚实|坚强|强大|浓厚|优异|优良"
    r"|完成|开展|采取|取得|形成|制定|下达|提出|部署|交办|承担|发现|反映|收到|面临)(地)"
    rf"(?=工作(?!面)|(?!支持|保障|支撑|要求|建议|需求|实际){_THINGS})"
)
#: How something is done, at the beginning of a clause, and what is done, with what it is done to: 扎实的推进发热门诊扩容改造.
_DONE = compiled(
    r"(?<=[，。；：\n])(?:扎实|切实|认真|积极|主动|全面|深入|有效|有序|稳步|持续|及时|严格|大力|广泛|充分|高效|圆满|顺利|科学|精准|系统|坚决"
    r"|逐步|不断|有力|创造性|高质量|自觉|妥善|统筹|进一步)(的)"
    + _DEEDS
    + r"(?![的和与、是，。；]|作用|力|性|度|机制|措施|方案|计划|办法|路径|方式|过程|需|要|率|空间|途径|举措|意见|对策|成效|效果|态势|情况|目标|思路"
    r"|建议|能力|法|型|到|得|后|者|时|中|下|为|使|让|体系|活动|工作|精神|氛围|习惯|态度|行动)"
    r"[一-龥0-9“”、]{3,40}(?=[，。；])"
)
#: Such a clause has 的-phrases for its subject.
_SUBJECT = compiled(r"是|为|使|让|需要|离不开|成了|可以|能够|应当|必须|带来|有利于|有助于|太|很|较|的")


def misused(analysis: Analysis) -> Iterator[tuple[Span, str]]:
    """The places of such particles, and what belongs there, in no order."""
    text = analysis.reading.text
    for source, right in _PROVEN:
        for match in analysis.matches(compiled(source)):
            at = match.start(match.lastindex) if match.lastindex else match.start() + 1
            # 思想的规范, 随着医改的深入: the verb is none, but the end of a noun
            if not common(text[at - 2 : at]):
                yield Span(at, at + 1), right
    for source, right in _SO:
        for match in analysis.matches(compiled(source)):
            yield Span(*match.span(match.lastindex or 0)), right
    for match in analysis.matches(_TAKEN_FOR_OF):
        at = match.start(2)
        if common(match[1]) and not common(text[at - 1 : at + 1]) and not common(text[at : at + 2]):
            yield Span(at, at + 1), "的"
    for match in analysis.matches(_OF):
        yield Span(*match.span(1)), "的"
    for match in analysis.matches(_DONE):
        if _SUBJECT.search(text, match.end(1), match.end()) is None:
            yield Span(*match.span(1)), "地"
