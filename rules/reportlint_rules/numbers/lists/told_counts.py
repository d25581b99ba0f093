"""Numbers beside lists that nothing but their cut tells to be those counted: 三项议程：听取……、审议……、选举……; 逢周一、周三发车，每周开行2天."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlint.analysis import Analysis
from reportlint.finding import Checked, Finding, Message, Outcome, Related, Severity
from reportlint.numerals import whole_number
from reportlint.patterns import compiled
from reportlint.span import Span
from reportlint_rules.numbers.lists.enumerations import compared

_N = r"(?P<number>[两二三四五六七八九2-9])(?<![一二三四五六七八九十百\d.]{2})"
_ITEM = r"[^，。；：、“”（）《》\n\d]"
#: 会议共有三项议程：听取工作报告、审议财务报告、选举理事会。
_BEHIND = compiled(
    rf"{_N}(?P<measure>项|个|条|种|大|步|道|个?方面)(?P<noun>(?<=方面)(?:工作|问题|措施|任务|要求|建议|原因|不足|困难|变化|成效|经验|做法)?|(?:主要|重点|关键|具体|基本|常规)?(?:议程|议题|环节|步骤|程序|流程|内容|措施|举措|任务|要求|方式|办法|途径|制度|机制|活动|工序|服务|功能|变化|转变|行动|工程))(?:进行|展开|推进|开展)?：(?P<items>(?:{_ITEM}{{3,14}}、){{1,8}}{_ITEM}{{3,14}})(?P<stop>。|；|\n|$)"
)
#: “四步调解法”：听诉求辨是非、摆证据析法理、签协议促履行，
_STEPS = compiled(
    rf"{_N}(?P<measure>步|字|招|环节|心|诀)(?:[一-龥]{{0,6}}(?:法|诀|模式|机制|工作法|经))?”?[：，]即?：?“?(?P<items>(?:{_ITEM}{{2,10}}、){{2,8}}{_ITEM}{{2,10}})”?(?P<stop>[，。；\n]|$)"
)
#: 四个乡镇实地走访：先后到大柳镇、河东镇、沙岭乡，
_WENT = compiled(
    r"(?P<number>[两二三四五六七八九2-9])(?<![一二三四五六七八九十百\d.]{2})(?P<measure>个|家|所)(?P<noun>乡镇|镇街|街道|镇|乡|村|社区|行政村|县区|县市区)[^，。；：、\d]{0,8}[：，](?:先后|依次|分别|逐一)(?:到|赴|在|对|深入|走访了?|实地走访|前往|来到)了?(?P<items>(?:[一-龥]{2,6}(?:镇|乡|街道|村|社区|县|区|市)、){1,8}[一-龥]{2,6}(?:镇|乡|街道|村|社区|县|区|市)(?:(?:和|及)[一-龥]{2,6}(?:镇|乡|街道|村|社区|县|区|市))?)(?P<stop>[，。；\n]|$)"
)
#: 省道改线、老码头加固、城北变电站扩容四个项目
_BEFORE = compiled(
    rf"(?:^|[，。；：\n])(?P<items>(?:{_ITEM}{{3,18}}、){{1,8}}{_ITEM}{{3,14}}?)(?P<number>[两二三四五六七八九])(?P<measure>个|项)(?P<noun>(?:重点|重大|民生|市级|省级|基础设施|前期)?(?:项目|工程|事项|议题|子项目))(?!共|总|均?[投计完开竣]?[投资工成]?\d)"
)
_AND = compiled(r"[和与及等含]|以及|并|的|以及|方面|之一|其他|其它")
_FIXED = compiled(r"等|各|每|这|前|后|第|其他|上述|以上|余")
#: 县乡联动、上下协同、强力推进两个项目: the last is a deed done to them.
_DEED = compiled(
    r"(?:推进|实施|谋划|完成|启动|开展|抓好|争取|建成|包联|联系|落实|服务|实现|储备|引进|签约|申报|建设|打造|做好|聚焦|突出|围绕|对接|策划)$"
)
_SLIP = 2
_LONG = 3

_WEEKDAYS = compiled(
    r"(?:逢|每逢|每|于)?(?P<days>周[一二三四五六日天](?:[、和及]周?[一二三四五六日天]){1,5})(?![至到—-])[^，。；\d]{0,14}，?每周[^，。；\d]{0,8}?(?P<number>[一两二三四五六\d])[天次](?!以上|数)"
)
#: 继2019年、2021年两度上榜后，今年第三次
_AGAIN = compiled(
    r"(?:继|在)?(?P<years>20\d\d年(?:[、和与](?:20)?\d\d年){1,5})(?P<times>[两二三四五六]|\d)(?:度|次)[^，。；]{1,12}(?:后|之后|以来|，)[^。；]{0,14}?第(?P<number>[二三四五六七\d])(?:次|度)"
)


def told_counts(analysis: Analysis) -> Iterator[Outcome]:
    """Every such list."""
    text = analysis.reading.text
    for match in _BEHIND.finditer(text):
        items = match["items"].split("、")
        if _alike(items) and not _AND.search(match["items"]) and _free(text, match.start()):
            yield from _of(analysis, match.span("number")[0], match.end("noun"), match["number"], items)
    for match in _STEPS.finditer(text):
        items = match["items"].split("、")
        if len({len(item) for item in items}) == 1 and not _AND.search(match["items"]):
            yield from _of(analysis, match.start("number"), match.end("measure"), match["number"], items)
    for match in _WENT.finditer(text):
        items = compiled(r"[、和及]").split(match["items"])
        yield from _of(analysis, match.start("number"), match.end("noun"), match["number"], items)
    if "、" in text:
        for match in _BEFORE.finditer(text):
            items = match["items"].split("、")
            if not _AND.search(match["items"]) and not _FIXED.search(items[-1]) and not _DEED.search(items[-1]):
                yield from _of(analysis, match.start("number"), match.end("noun"), match["number"], items)
    for match in _WEEKDAYS.finditer(text):
        yield from _days(analysis, match["days"], match.span("number"), match["number"])
    for match in _AGAIN.finditer(text):
        said, times = whole_number(match["number"]), whole_number(match["times"])
        place = analysis.span(Span(*match.span("number")))
        yield Checked(place)
        if said <= times:
            yield Finding(
                place,
                Message(
                    f"此前已有{match['times']}次，这一次是第{times + 1}次，写的是第{match['number']}次，请核对",
                    f"{times} times before makes this the {times + 1}th; the text says {said}",
                ),
                (Related(analysis.span(Span(*match.span("times"))), "此前的次数"),),
                severity=Severity.WARNING,
            )


def _free(text: str, start: int) -> bool:
    return not _FIXED.search(text[max(0, start - 1) : start])


def _alike(items: Sequence[str]) -> bool:
    """Whether the items are cut alike, so that none of them is two: 听取工作报告、审议财务报告."""
    sizes = [len(item) for item in items]
    return max(sizes) - min(sizes) <= _LONG


def _of(analysis: Analysis, start: int, end: int, number: str, items: Sequence[str]) -> Iterator[Outcome]:
    announced = whole_number(number)
    if announced > 1 and len(items) > 1 and abs(announced - len(items)) <= _SLIP:
        yield from compared(analysis, Span(start, end), announced, items, Severity.WARNING)


def _days(analysis: Analysis, days: str, at: tuple[int, int], number: str) -> Iterator[Outcome]:
    named = compiled(r"[一二三四五六日天]").findall(days)
    place = analysis.span(Span(*at))
    yield Checked(place)
    if len(set(named)) == len(named) and whole_number(number) != len(named):
        yield Finding(
            place,
            Message(
                f"列了 {len(named)} 天（{days}），写的是每周 {number} 天，请核对",
                f"{len(named)} days listed, {number} told",
            ),
            severity=Severity.WARNING,
        )
