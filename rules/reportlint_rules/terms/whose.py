"""TM013: places and bodies in a report that are another's than the title says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.finding import Finding, Message, Outcome, Related, Severity
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint.rule import rule
from reportlint.span import Span

#: 安平市清溪县水利局2025年…: whose report it is, as its title says.
_TITLE = compiled(
    r"(?:中共|关于)?(?P<city>[一-龥]{2,3}市)?(?P<county>[一-龥]{2,3}[县区旗])?(?P<body>[一-龥]{2,14}?(?:局|委员会|委))?(?:人民政府|政府|(?:人民)?(?:法院|检察院)[一-龥]{0,4}|人大常委会[一-龥]{0,4}|政协[一-龥]{0,4}|总工会|妇联|妇女联合会|团委|残联|残疾人联合会|红十字会|供销(?:合作)?社|档案馆|融媒体中心|(?:人民|中医|妇幼保健)医?院)?(?=20\d\d|[一二〇○零]{4}年|关于)"
)
#: The committee under whose leadership it was done: 在石桥县委、县政府的坚强领导下.
_LED = compiled(
    r"在(?:中共)?(?P<place>[一-龥]{2,3}(?P<kind>[县区旗]))委[^，。；：]{0,16}?(?:坚强|正确|统一|有力|具体)?领导下"
)
#: 按照石桥县委、县政府部署: whose orders are carried out.
_ORDERED = compiled(
    r"(?:按照|根据|落实|贯彻(?:落实)?|围绕|遵照|服从)(?:中共)?(?P<place>[一-龥]{2,3}(?P<kind>[县区旗]))委、?(?:[一-龥]{2,3}[县区旗])?[县区旗]?政府[^，。；：]{0,8}?(?:部署|要求|安排|决策|决定|中心|工作|精神|目标)"
)
#: 为建设美丽桃花溪镇而努力奋斗: whose future a report ends with.
_WISHED = compiled(
    r"(?:建设|打造|谱写|开创|推动|描绘|书写|创造)(?:更加|一个|社会主义|现代化|新时代|高质量|富强|美丽|幸福|和谐|平安|宜居|文明|繁荣|生态|活力|的|、|新){1,8}(?P<place>[一-龥]{2,3}(?P<kind>[县区旗镇乡]))(?=[^，。；：！]{0,16}(?:奋斗|贡献|篇章|局面|努力|未来|明天|画卷|[。！]))"
)
#: 桃花溪镇人民政府2025年…: a town's own report, and how it speaks of itself.
_TOWN = compiled(
    r"(?:中共)?(?:[一-龥]{2,3}[县区市])?(?P<town>[一-龥]{1,3}(?P<kind>[镇乡]))(?=人民政府|党委|政府|20\d\d|[一二〇○零]{4}年)"
)
_TOWN_OURS = compiled(r"(?<![各他本外])(?:我|全)(?P<kind>[镇乡])(?![镇乡村亲])")
_OURS = compiled(r"(?<![自大小])我(?P<kind>[县区旗局委])(?!治|别)")
#: 平安临川, 法治青岚: what a place is to become.
_AMBITION_HINT = compiled(
    r"(?:平安|法治|美丽|健康|幸福|文明|清廉|富强|活力|和谐|宜居|数字|智慧|绿色)[一-龥]{2}(?:[作做]出|贡献|而|，|。|；|、|不断|提供|保驾|奠定|建设[，。])"
)
#: Zones are called 区 whatever lies around them.
_ZONE = compiled(r"[开发新园高景港]区|自治区|示范区|保护区|片区|管委会")
_COUNTY, _BODY = "县区旗", "局委"
#: So few are a slip; more are how the writers speak of themselves.
_FEW = 2
#: In which of the last lines a signature stands, and by how much it may be longer than the body's name.
_LAST_LINES, _LONGER = 5, 4


class _Owner(NamedTuple):
    """Whose report it is: the county and the body of the title, as far as they are named, and the place of the title."""

    at: Span
    county: str
    body: str

    @property
    def kinds(self) -> dict[str, str]:
        """What 我县 and 我局 end in for the writers: each ending in question, and the one that is theirs."""
        own: dict[str, str] = {}
        if self.county:
            own |= dict.fromkeys(_COUNTY, self.county[-1])
        if self.body:
            own |= dict.fromkeys(_BODY, "局" if self.body.endswith("局") else "委")
        return own


@rule(
    "TM013",
    "not-ours",
    severity=Severity.WARNING,
    bad=(
        "清溪县水利局2025年工作总结\n今年以来，在⟦石桥县⟧委、县政府的坚强领导下，各项工作稳步推进。",
        "清溪县水利局2025年工作总结\n今年以来，我县新建泵站6座。截至目前，⟦我区⟧小型水库全部安全度汛。",
        "清溪县水利局2025年工作总结\n今年以来，按照⟦石桥县⟧委、县政府部署，新建泵站6座。",
        "柳树镇人民政府2025年工作总结\n全镇新建泵站6座，我镇硬化道路3公里。⟦全乡⟧发放低保金32万元。",
        "清溪县人民法院2025年工作总结\n下一步，在⟦石桥县⟧委坚强领导下，为建设更高水平的平安⟦柘皋⟧作出贡献。",
        "清溪县水利局2025年工作总结\n今年以来，新建泵站6座。\n⟦清溪县水务局⟧\n2025年12月20日",
    ),
    good=(
        "清溪县水利局2025年工作总结\n今年以来，在清溪县委、县政府的坚强领导下，各项工作稳步推进。",
        "清溪县水利局2025年工作总结\n今年以来，我县新建泵站6座，我局负责其中4座。在安平市委的正确领导下推进。",
        "清溪县水利局2025年工作总结\n今年以来，新建泵站6座。\n清溪县水利局\n2025年12月20日",
        "柳树镇人民政府2025年工作总结\n全镇新建泵站6座。让我们为建设美丽柳树镇而努力奋斗！",
        "清溪经济开发区2025年工作总结\n我区新建厂房6栋。",
    ),
)
def not_ours(analysis: Analysis) -> Iterator[Outcome]:
    """正文里的县名、自称、落款与标题不符。

    套用别处的稿子，标题改了，正文里还留着别的县（“在石桥县委、县政府的坚强领导下”）、别的自称（“我区”“我委”），或者落款的单位与标题的不同。

    只在标题写明单位时核对；上级市、开发区一类的“区”不算；自称全篇都这样写的、同标题里的写法一样多的不报。
    """
    period = analysis.period
    if period is None:
        return
    text = analysis.reading.text
    yield from _other_town(analysis, period.at)
    named = _TITLE.match(text, period.at.start, period.at.end)
    if named is None or not (named["county"] or named["body"]):
        return
    owner = _Owner(Span(named.start(), named.end()), named["county"] or "", named["body"] or "")
    if owner.county:
        yield from _led_by_others(analysis, owner)
        if any(owner.county[-3:-1] not in match[0] for match in _AMBITION_HINT.finditer(text, owner.at.end)):
            from reportlint_rules.terms.ambition import of_others

            for at, said in of_others(text, owner.at, owner.county):
                yield _finding(
                    analysis,
                    owner,
                    at,
                    f"标题是{owner.county}的，这里却是{said}，请核对",
                    f"the title is of {owner.county}, this is {said}",
                )._replace(severity=Severity.INFO)
    yield from _other_selves(analysis, owner)
    if owner.body:
        yield from _other_signature(analysis, owner)


def _led_by_others(analysis: Analysis, owner: _Owner) -> Iterator[Finding]:
    text = analysis.reading.text
    led = _LED.finditer(text) if "领导下" in text else ()
    ordered = _ORDERED.finditer(text) if "政府" in text else ()
    for match in (*led, *ordered, *_WISHED.finditer(text)):
        place = match["place"]
        if (
            match["kind"] == owner.county[-1]
            and not place.startswith(("全", "我", "各", "本"))
            and place != owner.county
            and not owner.county.endswith(place)
            and not _ZONE.search(place)
        ):
            yield _finding(
                analysis,
                owner,
                Span(*match.span("place")),
                f"标题是{owner.county}的，这里却是{place}，请核对",
                f"the title is of {owner.county}, this of {place}",
            )


def _other_town(analysis: Analysis, title: Span) -> Iterator[Finding]:
    """A town's report that ends with another town's future, or calls the town a township."""
    text = analysis.reading.text
    named = _TOWN.search(text, title.start, title.end)
    if named is None:
        return
    own, kind = named["town"], named["kind"]
    owner = _Owner(Span(*named.span("town")), own, "")
    for match in _WISHED.finditer(text, title.end):
        place = match["place"]
        if match["kind"] == kind and place[-2:] != own[-2:] and own[-3:] not in place:
            at = Span(*match.span("place"))
            yield _finding(
                analysis,
                owner,
                at,
                f"标题是{own}的，这里却是{place}，请核对",
                f"the title is of {own}, this of {place}",
            )
    found = list(_TOWN_OURS.finditer(text, title.end))
    times = Counter(match["kind"] for match in found)
    for match in found:
        if match["kind"] != kind and times[match["kind"]] <= _FEW and times[match["kind"]] <= times[kind]:
            yield _finding(
                analysis,
                owner,
                Span(*match.span()),
                f"标题和别处说的是“{kind}”，这里却是“{match[0]}”，请核对",
                f"the title speaks of a {kind}, this of {match[0]}",
            )


def _other_selves(analysis: Analysis, owner: _Owner) -> Iterator[Finding]:
    text = analysis.reading.text
    if "我" not in text or _ZONE.search(text, owner.at.start, owner.at.end):
        return
    found = list(_OURS.finditer(text, owner.at.end))
    times = Counter(match["kind"] for match in found)
    for match in found:
        kind = match["kind"]
        own = owner.kinds.get(kind)
        elsewhere = times[own] if own else 0
        if kind in _COUNTY:
            elsewhere += text.count(f"全{own}") + 1  # the title
        if own is None or own == kind or times[kind] > _FEW or times[kind] >= elsewhere:
            continue
        yield _finding(
            analysis,
            owner,
            Span(*match.span()),
            f"标题和别处说的是“{own}”，这里却是“我{kind}”，请核对",
            f"the title and other places speak of a {own}, this of 我{kind}",
        )


def _other_signature(analysis: Analysis, owner: _Owner) -> Iterator[Finding]:
    """The body under the report, where it is another one of the same place."""
    text = analysis.reading.text
    place = text[owner.at.start : owner.at.end].removesuffix(owner.body)
    whole = place + owner.body
    end = len(text)
    for _ in range(_LAST_LINES if place else 0):
        start = text.rfind("\n", owner.at.end, end) + 1
        if not start:
            return
        line = text[start:end].strip()
        if line.startswith(place) and line.endswith(owner.body[-1]) and len(line) <= len(whole) + _LONGER:
            if owner.body not in line and line.removeprefix(place) not in owner.body:
                at = text.index(line, start)
                yield _finding(
                    analysis,
                    owner,
                    Span(at, at + len(line)),
                    f"标题写的是“{whole}”，落款却是“{line}”，请核对",
                    f"the title is by {whole}, the signature by {line}",
                )
            return
        end = start - 1


def _finding(analysis: Analysis, owner: _Owner, at: Span, zh: str, en: str) -> Finding:
    return Finding(analysis.span(at), Message(zh, en), (Related(analysis.span(owner.at), "标题"),))
