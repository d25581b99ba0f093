"""What a figure counts, read off the words around it: verbs, adverbs and areas taken away, the noun phrase stays.

No dictionary is loaded: reports use some hundred verbs (``data/verbs.tsv``), and a noun phrase is what they leave.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from reportlint.files import beside, lines
from reportlint.patterns import any_of, compiled
from reportlint.record import NamedTuple

_TABLE = beside(__file__, "data", "verbs.tsv")
#: What leads on to the figure and says nothing of what it is; at the end of a lead. No piece is made of others (达到, 共有, 仅为).
_LEADING_ON = compiled(
    r"(?:达成|达|为|是|有|共计|合计|总计|累计|共|分别|依次|平均|约|近|超过|超|逾|突破|不低于|不少于|不超过|不高于|仅|只|均|都|已|了|则|"
    r"(?<!领)至|(?<!报)到|在|保持|稳定|维持|控制|提高|提升|增加|增长|上升|下降|降低|减少|压减|回落|缩短|扩大|完成|实现|已经|高达|再次|首次|继续|持续|始终|连续|全部|其中|第|前|[，：、（“”\s]){1,24}$"
)
#: What may open a clause before the subject or the verb.
_OPENING = compiled(
    r"(?:[，、。：；）\s]|截至目前|截至|截止目前|目前|迄今|至今|今年以来|今年来|以来|期间|同时|此外|另外|另|还|并且|并|已有|共有|共计|合计|总计|累计|一共|共|其中|已经|已|先后|分别|再次|首次|继续|持续|深入|扎实|积极|全面|大力|有效地|有序|顺利|高质量|成功|稳步|切实|认真|精心|集中(?!式|供|学|治|采|办|住|连|区|行|安)|联合|"
    r"主动|及时|依法依规|依规依纪|依法|依规|统筹|现场|实地|通过|对照|按照|围绕|聚焦|坚持|充分|着力|不断|进一步|加快|严格|狠抓|抓好|做好|一是|二是|三是|四是|五是|六是|七是|八是|九是|首先|其次|将|把|对|为|在(?![用校建岗册库园保职编读])|向|从|现(?![有存代场行])|全年|力争|确保|计划|拟|预计|争取|以[上下]|其余的?|其它|剩余的?|余下的?|另有|占|中(?=[已有，]|整改|完成|$)|按(?![期时劳比日])|应(?![急用届对付变])|当年|当月|本月|"
    r"每[天日月年周]平均?|平均(?=每)|年内|统筹|各地|各级|各部门|我局|我委|我院|我校|我单位|全局|本局|局机关|主要领导|分管领导|和|及|与|以及|均|都|的|了)+"
)
#: Where a noun phrase behind a figure ends.
_BEHIND_END = compiled(
    r"的|[已均都正尚未将被]|全部|定期|逐[个条项一]|涉及|按计划|因(?!子|素|地|材)|需(?!求|要的)|计算|并|不予|减轻|予以|(?:提高|提升|上升|增加|增长|扩大|下降|降低|减少|缩短|压减|增|降|升)(?:[到至为了]|$)|中(?=[已有，]|$)|全面|各(?=[领自个])|也|还|仍|同比|环比|比(?=上|去|年|20)|较(?![大重好差强])|占(?!地|用)|为|是|达(?!标)|可能|可(?=达|增|减|满|实现)|(?<!及)以[上下]|左右|以内|进行|提前|超额|顺利|按[时期序照]|由|在(?!线|校|岗|建|编|册|读|库)|对(?!口|象)|向|从|与|和|及(?!以[上下])|参与|持续|保持|稳定|每[天日月年周]|平均|[日月]均|荣?获|任(?=[机局科])|领(?=[办衔])|创建为|连续|逐(?=[个一])|分别|先后|其中"
)
_BEHIND = compiled(r"[一-龥A-Za-z“][一-龥A-Za-z“”]{0,23}")
#: 配备了安全总监, 通了班车.
_DEED = compiled(r"[一-龥]{1,3}(?:了(?!解)|过(?!程|期|境|渡))")
_EVENT = compiled(r"[一-龥“”]{2,18}?(?:活动|行动|会议|培训|演练|座谈会|调度会|推进会)")
_BRACKET = compiled(r"[（(][^（）()]*[）)]?")
_TRIM = compiled(r"^[的得、和及与]+|[的、：和及与]{1,8}$")
_SUFFIXES = tuple("率量额值度费书表单证类")
_DETERMINER = compiled(r"各[类项种级]?")
#: What behind a verb makes a noun of it: 发布会, 检查组, 完成率.
_NOMINAL = compiled(
    r"[会率类性度量数额员办局组站点处值型费价期权者书单表图证卡]|机制|制度|平台|系统|中心|方案|工作|活动|服务|体系|能力|项目|工程|任务|计划|资金|面积|总额|问题|整改|事项|措施|清单|台账|行动"
)


class Words(NamedTuple):
    """A stretch read: the verb that leads it (empty where none does) and the noun phrase.

    ``turned`` says that the verb stands behind the noun, right before the figure (项目办并成立5个).
    """

    verb: str
    noun: str
    turned: bool = False


@lru_cache(maxsize=1)
def _verbs() -> dict[str, str]:
    rows = (line.split("\t") for line in lines(_TABLE))
    return {row[0]: row[1] for row in rows}


@lru_cache(maxsize=1)
def _any_verb() -> re.Pattern[str]:
    return _pattern(_verbs())


@lru_cache(maxsize=1)
def _firm_verb() -> re.Pattern[str]:
    return _pattern(word for word, kind in _verbs().items() if kind == "firm" and len(word) > 1)


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    return compiled(any_of(words))


@lru_cache(maxsize=4096)
def before(words: str) -> Words:
    """What the words that lead to a figure say it is.

    >>> [(said.verb, said.noun) for said in map(before, ("上半年累计排查出环境安全隐患", "开展主题宣传活动", "共立案"))]
    [('排查出', '环境安全隐患'), ('开展', '主题宣传活动'), ('立案', '')]
    """
    words = _BRACKET.sub("", words)
    words = _LEADING_ON.sub("", words)
    verb, at = "", 0
    while True:
        opening = _OPENING.match(words, at)
        if opening:
            at = opening.end()
        determiner = _DETERMINER.match(words, at)
        if determiner:
            at = determiner.end()
            break  # 下发各类督办函: a verb behind it is part of the noun
        match = _any_verb().match(words, at)
        if match is None or (verb and _verbs()[match[0]] == "loose"):
            break
        if words[match.end() : match.end() + 1] in _SUFFIXES:
            break  # 治理率, 审批件: the verb is part of a noun
        verb, at = match[0], match.end()
    inner = None
    for match in _firm_verb().finditer(words, at):
        if not _NOMINAL.match(words, match.end()):
            inner = match
    if inner is not None and inner.start() > at:
        behind = _clean(words[inner.end() :])
        if len(behind) > 1:
            return Words(inner[0], behind)
        if not behind:  # 排污口溯源完成, 案件办理: the verb comes behind its noun
            return Words(inner[0], _clean(words[at : inner.start()]) or _clean(words[at:]), turned=True)
    noun = _clean(words[at:])
    return Words(verb + noun, "") if verb and noun in _verbs() else Words(verb, noun)


@lru_cache(maxsize=4096)
def behind(words: str, *, deeds: bool = False) -> str:
    """The noun phrase that begins right behind a figure and its unit; empty where a verb, a particle or a stop stands there.

    ``deeds`` are counted by 次 and 场: what follows may be a verb (开展42次实地抽测).

    >>> behind("整改任务，已完成"), behind("已全部整改"), behind("重点企业开展演练")
    ('整改任务', '', '重点企业')
    """
    match = _BEHIND.match(words)
    if match is None or _DEED.match(words):
        return ""
    phrase = match[0]
    if deeds and (event := _EVENT.match(phrase)):
        return _clean(event[0])  # 组织3次环保设施向公众开放活动
    end = _BEHIND_END.search(phrase)
    if end:
        phrase = phrase[: end.start()]
    verb = None if deeds else _firm_verb().search(phrase)
    if verb and verb.start() == 0 and not _NOMINAL.match(phrase, verb.end()):
        return ""
    if verb and verb.start():
        phrase = phrase[: verb.start()]
    return _clean(phrase)


def leads_verb(words: str) -> bool:
    """Whether ``words`` begin with a verb of two characters or more: 发挥市 is no area."""
    match = _any_verb().match(words)
    return match is not None and len(match[0]) > 1


def _clean(words: str) -> str:
    words = _TRIM.sub("", words.strip("，。；：、（） \n"))
    if words.count("“") != words.count("”"):
        words = words.replace("“", "").replace("”", "")
    return words


#: The longest clause looked at: no text takes more than its length in time.
_LONGEST = 300


def stretch(text: str, start: int, end: int, marks: str = "。；\n") -> tuple[int, int]:
    """Where the words around a place begin and end: between the nearest of ``marks`` on either side.

    >>> stretch("一切正常。坚持“三会一课”；排查26项。", 8, 12)
    (5, 13)
    """
    behind = min((at for mark in marks if (at := text.find(mark, end, end + _LONGEST)) >= 0), default=end + _LONGEST)
    return clause_start(text, start, marks), min(behind, len(text))


def clause_start(text: str, at: int, marks: str = "，；。：\n") -> int:
    """Where the words begin that lead to ``at``: behind the nearest of ``marks``.

    >>> clause_start("坚持问题导向，排查26项", 12)
    7
    """
    start = max(0, at - _LONGEST)
    for mark in marks:
        start = max(start, text.rfind(mark, start, at) + 1)  # only what is nearer counts
    return start
