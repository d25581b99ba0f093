"""TM004: one thing named in two ways within a document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from reportlint.analysis import Analysis
from reportlint.files import beside, lines
from reportlint.finding import Finding, Message, Outcome, Related, Severity
from reportlint.gathered import gathered
from reportlint.patterns import compiled
from reportlint.rule import rule
from reportlint.span import Span
from reportlint_rules.terms.house import near_house_terms
from reportlint_rules.terms.near import near_names
from reportlint_rules.terms.proper import proper_names
from reportlint_rules.terms.undertakings import near_undertakings

#: Bodies whose names are long and get shortened carelessly.
_BODY = compiled(r"[一-龥]{2,16}(?:委员会|领导小组|指挥部|联席会议)")
_HEAD = compiled(r"委员会|领导小组|指挥部|联席会议")
#: What falls out of such a name. Other words (东区, 一期, 省, 市) tell two bodies apart.
_DROPPED = frozenset(
    ("保护", "建设", "管理", "治理", "防治", "整治", "应急", "生产", "抗旱", "工作", "发展", "综合", "减灾")
)
_LONGEST = 9
#: 环委办, 环委会办, 环委会办公室.
_OFFICE = compiled(r"(食?[一-龥])委(会?)办(公室)?(?![理法事案学好结公])")
#: 推进两项机制, 推进“两个机制”.
_COUNTED = compiled(r"([一-龥]{2})“?([两三四五六七八九十])([个项大种])([一-龥]{2})")
#: Where a name may be taken up again: 目前，…工程已, …行动开展以来, S219.
_AGAIN = compiled(
    r"[。；](?:目前|届时|如今|现|截至|今年以来|下一步|同时|其中|该|年底前|当前|为此|至此)[^，。；\d]{0,4}，?“?[一-龥]{4,16}”?(?:工程|项目|行动|计划|活动|园|中心|基地|平台|桥|库|道|站|厂|集团|公司)"
    r"|[程目动划园心地台桥库道站厂线]”?(?:[一-龥]{1,4}以来|[一-龥]{1,4}[成用产工车]后|期间)|[SGXYC]\d{3}"
)
#: Where that may be: the number with its measure.
_NUMBERED = compiled(r"[两三四五六七八九十](?=[个项大种][一-龥])")
_NOUNS = frozenset(
    (
        "机制",
        "行动",
        "工程",
        "制度",
        "清单",
        "创建",
        "建设",
        "活动",
        "攻坚",
        "任务",
        "体系",
        "革命",
        "战役",
        "计划",
        "举措",
    )
)


@rule(
    "TM004",
    "name-two-ways",
    severity=Severity.WARNING,
    bad=(
        "市生态环境保护委员会召开全体会议。会议明确，由市⟦生态环境委员会⟧牵头督办。",
        "排查入河排污口62个，对⟦入河排口⟧逐一溯源。",
        "安委会办印发通知，⟦安委办⟧牵头开展督查，安委会办每月通报。",
        "印发《青湖县城市更新三年行动实施方案》。落实《⟦青湖县城市更新三年实施方案⟧》要求。",
        "“我为群众办实事”清单36项。深化“我为群众办实事”活动，“⟦我为群众做实事⟧”全部办结。",
        "云溪县完成12项，云溪县排名第一。⟦云西县⟧还需加快。",
        "城南水厂二期完成招标。⟦南城水厂⟧预计明年通水。",
        "副局长陈立峰主持会议，⟦陈力峰⟧局长作了讲话。",
        "柳河湿地修复示范工程开工，柳河湿地修复示范工程总投资1.2亿元。柳河⟦湿地修复示范项目⟧年底建成。",
        "开展“清河行动”，“清河行动”成效明显。各镇推进“⟦青河行动⟧”。",
        "青石河综合治理工程总投资3.1亿元。目前，⟦青龙河综合治理工程⟧已完成左岸堤防填筑。",
        "柳河村获评省级乡村治理示范村。⟦柳何村⟧“百姓说事点”经验在全市推广。",
        "重点推进两项机制，落实三项任务。推进“⟦两个⟧机制”：一是会商机制，二是通报机制。",
    ),
    good=(
        "创建“国家卫生城市”，巩固“国家卫生城市”成果，争创“国家文明城市”。",
        "印发《青湖县职业教育发展实施方案》《青湖县学前教育发展实施方案》《青湖县教育发展实施方案》。",
        "市生态环境保护委员会召开全体会议。市生态环境保护委员会办公室负责督办。",
        "市委深改委员会、县安全生产委员会、区防汛抗旱指挥部分别部署。",
        "推进两个机制建设，落实两项任务。",
        "城东社区和城西社区共建，云溪县、云山县分别完成。局长陈立峰、副局长陈海峰出席。",
        "青石河综合治理工程总投资3.1亿元。青龙河综合治理工程总投资2.6亿元。",
        "一期污水处理厂和二期污水处理厂同步建设，省防汛抗旱指挥部、市防汛抗旱指挥部启动响应。",
    ),
)
def name_two_ways(analysis: Analysis) -> Iterator[Outcome]:
    """同一个机构、术语、提法，前后写法差一两个字。

    “生态环境保护委员会”又作“生态环境委员会”，“入河排污口”又作“入河排口”，“两项机制”又作“两个机制”：读者会以为是两样东西。机构名称少字为
    警告，术语、简称、提法只提示；引号、书名号里的名称差一个字、字序颠倒、多少一个“工作”“行动”一类的词，也提示。
    引号外的县区、街道、水厂、公司等名称，职务旁的姓名，有一个字音近形近、或两个字颠倒的，也报；村、社区、河、港的名称各写一次、读音相同的，提示。
    同一段里紧接着又提到的项目、行动、园区、公路编号，只差一个字的（“青石河综合治理工程……。目前，青龙河综合治理工程已……”），提示。

    用语表（terms、terms-file）里六个字以上的写法，文中差一个字的也报。只比较同一篇里的写法；差的字本来就区分两样东西的（省与市、一期与二期、东区与西区）不报。
    """
    yield from _bodies(analysis)
    yield from _variants(analysis)
    yield from _offices(analysis)
    yield from _counted(analysis)
    yield from _joined(analysis)
    yield from near_names(analysis)
    yield from proper_names(analysis)
    if "简称" in analysis.reading.text or "统称" in analysis.reading.text:
        from reportlint_rules.terms.short import near_short_names

        yield from near_short_names(analysis)
    yield from near_undertakings(analysis)
    if analysis.holds(_AGAIN):
        from reportlint_rules.terms.anaphor import taken_up

        yield from taken_up(analysis)
    if analysis.context.terms:
        yield from near_house_terms(analysis)


def _bodies(analysis: Analysis) -> Iterator[Finding]:
    """Names of bodies of which one lacks a word inside: found by what is left when the word is taken out of the other."""
    text = analysis.reading.text
    # Every ending of every name, up to its head, with the place where it stands.
    endings: dict[tuple[str, str], list[Span]] = {}
    for match in _body_names(text):
        first = _HEAD.search(match[0], 2)
        if first is None:
            continue
        end = match.start() + first.start()
        for size in range(2, min(_LONGEST, end - match.start()) + 1):
            endings.setdefault((first[0], text[end - size : end]), []).append(Span(end - size, end + len(first[0])))
    done: list[str] = []
    for (head, ending), places in sorted(endings.items(), key=lambda item: len(item[0][1])):
        for at in range(2, len(ending) - 1):
            word = ending[at : at + 2]
            shorter = ending[:at] + ending[at + 2 :]
            if word not in _DROPPED or (head, shorter) not in endings:
                continue
            if shorter.endswith(tuple(done)):
                continue  # 市生态环境 after 生态环境
            short = [place for place in endings[head, shorter] if len(shorter) >= 4 or _begins(text, place.start)]
            if not short:
                continue
            done.append(shorter)
            weak = word == "工作"
            finding = gathered(
                [analysis.span(place) for place in short],
                Message(
                    f"同一个机构有两种写法：“{ending}{head}”（{len(places)} 处）和“{shorter}{head}”（{len(short)} 处），请统一",
                    f"one body, two names: {ending}{head} and {shorter}{head}",
                ),
                ending + head,
            )
            full = Related(analysis.span(places[0]), "另一种写法")
            yield finding._replace(
                related=(full, *finding.related), severity=Severity.INFO if weak else Severity.WARNING
            )


def _body_names(text: str) -> Iterator[re.Match[str]]:
    """What may be the name of a body: looked for only in the words that run into the head of one."""
    end = 0
    for head in _HEAD.finditer(text):
        if head.start() < end:
            continue
        start, end = head.span()
        while start and "一" <= text[start - 1] <= "龥":
            start -= 1
        while end < len(text) and "一" <= text[end] <= "龥":
            end += 1
        yield from _BODY.finditer(text, start, end)


def _begins(text: str, start: int) -> bool:
    """Whether a name begins at ``start``: 安全委员会 does not in 消防安全委员会."""
    before = text[start - 1 : start]
    return not "一" <= before <= "龥" or before in "省市县区州旗镇乡由与和及经向"


@lru_cache(maxsize=1)
def _pairs() -> tuple[tuple[str, str], ...]:
    rows = (row.split("\t") for row in lines(beside(__file__, "variants.tsv")))
    return tuple((row[0], row[1]) for row in rows)


def _places(text: str, word: str) -> list[Span]:
    found, at = [], text.find(word)
    while at >= 0:
        found.append(Span(at, at + len(word)))
        at = text.find(word, at + len(word))
    return found


def _variants(analysis: Analysis) -> Iterator[Finding]:
    """Terms of which the short and the full form stand side by side."""
    text, grams = analysis.reading.text, analysis.grams
    for short, full in _pairs():
        if not (short[:2] in grams and full[:2] in grams and full[-2:] in grams):
            continue
        if short not in text or full not in text or short in analysis.context.terms:
            continue
        places = [analysis.span(place) for place in _places(text, short)]
        finding = gathered(
            places,
            Message(
                f"“{short}”（{len(places)} 处）与“{full}”（{text.count(full)} 处）并用，请统一",
                f"both {short} and {full} are used",
            ),
            full,
        )
        other = Related(analysis.span(_places(text, full)[0]), "另一种写法")
        yield finding._replace(related=(other, *finding.related), severity=Severity.INFO)


def _offices(analysis: Analysis) -> Iterator[Finding]:
    """环委办 and 环委会办 for one office."""
    text = analysis.reading.text
    if "委办" not in text and "委会办" not in text:
        return
    forms: dict[str, dict[str, list[Span]]] = {}
    for match in _OFFICE.finditer(text):
        if match[1][-1] in "市县区省州党常党国":
            continue
        forms.setdefault(match[1], {}).setdefault(match[0], []).append(Span(*match.span()))
    for found in forms.values():
        if len(found) < 2:
            continue
        kept = max(found, key=lambda form: len(found[form]))
        others = sorted(place for form, places in found.items() if form != kept for place in places)
        counts = "、".join(f"“{form}”{len(places)} 处" for form, places in found.items())
        finding = gathered(
            [analysis.span(place) for place in others],
            Message(f"同一个机构的简称有几种写法（{counts}），请统一", "one office, several short names"),
            kept,
        )
        other = Related(analysis.span(found[kept][0]), "多数的写法")
        yield finding._replace(related=(other, *finding.related), severity=Severity.INFO)


#: 自然资源和规划局: a body whose name joins two matters.
_JOINED = compiled(r"[和与](?<=([一-龥]{2}).)([一-龥]{2,6}?)((?<![格布结全大开战棋当])局|厅|委员会|办公室|中心)")


def _joined(analysis: Analysis) -> Iterator[Finding]:
    """Names of bodies with and without the 和 in them: 自然资源和规划局, 自然资源规划局."""
    text = analysis.reading.text
    seen: set[str] = set()
    for match in _JOINED.finditer(text):
        short = match[1] + match[2] + match[3]
        if short in seen:
            continue
        seen.add(short)
        places = _places(text, short)
        if places:
            full = match[1] + match[0]
            finding = gathered(
                [analysis.span(place) for place in places],
                Message(
                    f"别处作“{full}”，这里作“{short}”（{len(places)} 处），请统一",
                    f"elsewhere “{full}”, here “{short}”",
                ),
                full,
            )
            other = Related(analysis.span(Span(match.start() - len(match[1]), match.end())), "另一种写法")
            yield finding._replace(related=(other, *finding.related), severity=Severity.INFO)


def _counted(analysis: Analysis) -> Iterator[Finding]:
    """The same number of the same things with another measure word, after the same verb."""
    seen: dict[tuple[str, str, str], tuple[str, Span]] = {}
    text = analysis.reading.text
    end = 0
    for at in (number.start() for number in _NUMBERED.finditer(text)):
        start = at - (3 if text[at - 1 : at] == "“" else 2)
        match = _COUNTED.match(text, start) if start >= end else None
        if match is None:
            continue
        end = match.end()
        verb, number, measure, noun = match.groups()
        if noun not in _NOUNS:
            continue
        place = Span(match.start(2), match.end(3))
        first, before = seen.setdefault((verb, number, noun), (measure, place))
        if first != measure:
            yield Finding(
                analysis.span(place),
                Message(
                    f"前面作“{number}{first}{noun}”，这里作“{number}{measure}{noun}”，请统一",
                    f"{number}{first}{noun} before, {number}{measure}{noun} here",
                ),
                (Related(analysis.span(before), "前面的写法"),),
                suggestion=number + first,
                severity=Severity.INFO,
            )
