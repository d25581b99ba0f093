"""A doubt of the language model: what it leaves alone, and how it is told."""

from __future__ import annotations

from functools import lru_cache

from reportlint.analysis import Analysis
from reportlint.finding import Applicability, Finding, Fix, Message, Replacement
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint.span import Span
from reportlint_rules.typos.coined import known
from reportlint_rules.typos.lexicon import occurrences

#: A pair that stands so many times oftener the other way round is no word of the document's own.
_FAR_OFTENER = 4
#: So far from a word may stand the quotation that plays on it.
_CLOSE = 12

_QUOTED = compiled(r"“[^”\n]{1,24}”|‘[^’\n]{1,24}’|《[^》\n]{1,60}》|〔[^〕\n]{1,12}〕|（[一-龥]）|「[^」\n]{1,24}」")
#: Names: what stands before the name of a kind of place or firm or before a form of address, at most so long, and after a title.
_NAMED = (
    (compiled(r"[镇乡村屯寨庄湾沟坝河湖江溪港岛]"), 3),
    (compiled(r"街道|社区|水库|公司|集团|酒店|大道|大街|中路|东路|西路|南路|北路"), 3),
    (
        compiled(
            r"高新技术(?:产业)?开发|高新区|经济技术开发|经济开发区|工业园区|产业园区|高速|高铁|铁路|公路|城际|大桥|隧道|机场|航道|运河"
        ),
        2,
    ),
    (compiled(r"[省市县区州旗盟]"), 2),
    (compiled(r"同志|先生|女士|烈士"), 3),
)
_TITLED = compiled(
    r"(?:书记|局长|县长|市长|区长|镇长|主任|主席|处长|科长|院长|校长|经理|记者|通讯员|同志)[一-龥]{2,3}(?=[，、。：；（\n]|同志|主持|出席|参加|带队|[说谈]|表示|介绍|告诉|认为|指出|强调|透露)"
)
#: 编辑：王艺、李文、周晓晨、吴桐: four names of persons in a row are a list of them.
_NAME = r"[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻苏潘葛奚范彭郎鲁韦昌马苗凤方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕罗毕郝邬安常乐于傅皮卞齐康伍余元卜顾孟黄穆萧尹姚邵汪祁毛狄臧戴宋庞熊纪舒屈项祝董梁杜阮蓝闵季贾路娄江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍虞万柯管卢莫房裘解应宗丁宣邓郁单杭洪包左石崔吉龚程邢裴陆翁荀惠甄曲封储靳段焦侯车谷申侍白阎叶龙庄曾满肖闫佘姬晏鞠覃]"
_ROLL = compiled(rf"{_NAME}(?<![一-龥].)[一-龥]{{1,2}}(?:、{_NAME}[一-龥]{{1,2}}){{3,}}(?![一-龥])")
_SIGNED = compiled(
    r"(?:联系人|经办人|作者|编辑|审核|校对|签发|供稿|撰稿|责任人|负责人|记录人?|拍摄|摄影)[：:] ?[一-龥]{2,3}"
)
_NUMBERED = compiled(r"[一二三四五六七八九十百千万两几\d][一-龥]?(?:字诀|字经|字方针)[^，。；\n]{0,12}")
#: What animals, plants and goods are counted in, which few reports do, and what stands before.
_COUNTERS = frozenset("羽尾株枚峰匹盏穴罐桶袋箱箩盘坛瓶捆垛畦茬窝")
_FIGURES = frozenset("万亿千百余多")
#: What makes a noun, or a verb, into a number: 合同数, 受理量.
_AMOUNTS = frozenset("数量额率值费价")
HAN = compiled(r"[一-龥]+")
#: Adverbs and verbs without a meaning of their own, which stand before and after any word: 地区|更|要.
FUNCTION = "更还又也都就再使让被把的虽仍"
#: Substances, of which official prose seldom writes and monitoring reports always: 六价铬检出, 硅氟材料.
SUBSTANCES = (
    "铬镉汞铅砷镍铜锌锰铍锑铊硒钴钒钼钡铝铁钾钠钙镁氰氟氯溴碘硫磷氮氨氢氧氦硅锡锂钛锗镓钨苯酚醛酮烷烯炔酯醇醚胺肼芘萘"
)

#: What provinces and rivers are called in short: 冀货, 渭化 are no slips.
_SHORT_NAMES = "津甬邕榕穗蓉冀晋沪皖闽赣豫鄂湘粤桂琼渝黔滇疆陕陇渭淮浔"
#: Characters that are right wherever they stand, as far as their neighbours tell.
RIGHT = frozenset(FUNCTION + SUBSTANCES + _SHORT_NAMES)

#: Words of one rank: which of them is meant, the neighbours do not say.
_RANKS = (
    "省市县区州旗盟乡镇村",
    "一二三四五六七八九十百千万亿两",
    "上下前后左右内外",
    "东南西北中",
    "年月日季",
    "大小多少高低",
    "我你他她它",
)


class Doubt(NamedTuple):
    """A place, what should stand there, how sure that is, from where on it is sure enough, and what else might stand there."""

    at: Span
    right: str
    likelihood: float
    enough: float
    others: tuple[str, ...]


@lru_cache(maxsize=1)
def masked(analysis: Analysis) -> tuple[Span, ...]:
    """What is not prose: quotations, titles, names, the user's terms."""
    text = analysis.reading.text
    spans = [
        Span(*match.span())
        for pattern in (_QUOTED, _TITLED, _ROLL, _SIGNED, _NUMBERED)
        for match in analysis.matches(pattern)
    ]
    for pattern, most in _NAMED:  # sought by what they end in: few characters are, any may begin one
        for match in analysis.matches(pattern):
            start = end = match.start()
            while start > max(0, end - most) and "一" <= text[start - 1] <= "龥":
                start -= 1
            # 建设|高速公路, but 绥平|高速: both ends of a road make its name
            if end - start != 2 or not known(text[start:end]):
                spans.append(Span(start, end))
    for term in analysis.context.terms:
        spans += [Span(at, at + len(term)) for at in occurrences(text, term)]
    return tuple(spans)


@lru_cache(maxsize=1)
def left_alone(analysis: Analysis) -> bytearray:
    """For each character of the reading 1 where it is masked, else 0."""
    away = bytearray(len(analysis.reading.text))
    for start, end in masked(analysis):
        away[start:end] = b"\1" * (end - start)
    return away


#: What villages are named after, and a name of two or three characters in a row of them.
_LANDFORMS = frozenset("坳圩堰垅塅峁塬坨坝岙埠塘坪坡垭垸堡寨屯湾洼浜泾汊滩洲渡墩岗岭岩峪崮沟湖溪涧冲坑坊庄店铺集窑井桥")
_AMONG_PLACES = compiled(r".?[、（][一-龥]{1,2}(?:[、）].?|[一-龥][、）])")


def out_of_scope(text: str, doubt: Doubt) -> bool:
    """Whether it is a matter of numbers, of rank, of punctuation, or wordplay: 国五标准, 全县 for 全省, 具体抓抓具体."""
    (start, end), right = doubt.at, doubt.right
    printed = text[start:end]
    if not HAN.fullmatch(right) or any(one in _RANKS[1] for one in printed):
        return True
    if end - start == 1 and printed in _LANDFORMS and _AMONG_PLACES.fullmatch(text[max(0, start - 3) : end + 2]):
        return True  # 龙塘、石坳、梅子坪
    if len(printed) == len(right):
        return all(
            one == other or any(one in rank and other in rank for rank in _RANKS)
            for one, other in zip(printed, right, strict=True)
        )
    return text[max(0, start - 2) : start] == text[end : end + 2]


def accepted(text: str, doubt: Doubt) -> bool:
    """Whether the document writes it so elsewhere: a word used twice is a word, unless it is a far commoner one turned round."""
    start, end = doubt.at
    left, right = text[max(0, start - 1) : start], text[end : end + 1]
    printed, proposed = text[start:end], doubt.right
    if end - start == 1:
        forms = [(left + printed, left + proposed), (printed + right, proposed + right)]
    elif printed[0] != printed[1]:
        forms = [(printed, proposed)]
    else:
        forms = [(left + printed + right, left + proposed + right)]
    for word, other in forms:
        if len(word) >= 2 and HAN.fullmatch(word):
            many = text.count(word)
            turned = printed == proposed[::-1] and text.count(other) >= _FAR_OFTENER * many
            if many > 1 and not turned:
                return True
    return False


def in_use(analysis: Analysis, at: int) -> bool:
    """Whether the document writes the character at ``at`` so elsewhere, whatever one would put in its place: see :func:`accepted`."""
    text, counts = analysis.reading.text, analysis.counts
    before, one, after = text[at - 1 : at], text[at], text[at + 1 : at + 2]
    if one in _COUNTERS and (before in _FIGURES or before.isdigit()):
        return True  # 家禽出栏638.75万羽
    return ("一" <= before <= "龥" and before != one and counts[before + one] > 1) or (
        "一" <= after <= "龥" and after != one and counts[one + after] > 1
    )


def echoed(text: str, at: int) -> bool:
    """Whether the character at ``at`` stands beside once more, or in a quotation close by, so that it is meant: 掂一掂, 答好整改“必答题”."""
    one = text[at]
    if one in text[max(0, at - 2) : at] or one in text[at + 1 : at + 3]:
        return True
    quoted = text.find("“", at, at + _CLOSE)
    return quoted >= 0 and one in text[quoted : text.find("”", quoted)]


def counted(text: str, at: int) -> bool:
    """Whether the character at ``at`` makes a word into the number of what it means: 不计入协议|数。, 不列入公示|量，"""
    return text[at] in _AMOUNTS and known(text[max(0, at - 2) : at]) and not HAN.match(text, at + 1)


def told(analysis: Analysis, doubt: Doubt) -> Finding:
    """The finding for a doubt, with a fix where one proposal stands alone."""
    span, printed = analysis.span(doubt.at), analysis.reading.slice(doubt.at)
    text, (start, end) = analysis.reading.text, doubt.at
    around = tuple(part.strip("\n") for part in (text[max(0, start - 2) : start], text[end : end + 2]))
    shown = f"{around[0]}{printed}{around[1]}"
    fixed = f"{around[0]}{doubt.right}{around[1]}"
    others = "".join(f"、“{other}”" for other in doubt.others)
    sole = Fix(f"改为“{doubt.right}”", Applicability.UNSAFE, (Replacement(span, doubt.right),))
    return Finding(
        span,
        Message(
            f"“{shown}”疑为“{fixed}”：“{printed}”可能应为“{doubt.right}”{others}",
            f"“{shown}” reads like a slip for “{fixed}”",
        ),
        suggestion=doubt.right,
        fix=None if doubt.others else sole,
    )
