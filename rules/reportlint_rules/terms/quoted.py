"""TM005: a slogan or name in quotes, written in two ways."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.finding import Finding, Message, Outcome, Related, Severity
from reportlint.gathered import gathered
from reportlint.patterns import compiled
from reportlint.rule import rule
from reportlint.span import Span

_QUOTED = compiled(r"“([^“”\n]{3,30})”")
_MARKS = compiled(r"[，、；：·—\s‘’.]")
_QUOTE = compiled(r"[“”]")
_NUMERALS = "一二三四五六七八九十百千万"
_HAN = compiled(r"[一-龥]{4,12}")


@rule(
    "TM005",
    "quoted-two-ways",
    severity=Severity.INFO,
    triggers=("“",),
    bad=(
        "打造“支部领航、党员先锋”品牌。下半年继续擦亮“⟦支部领航，党员先锋⟧”品牌。",
        "开展⟦“支部主题”党日⟧活动6次。认真组织“支部主题党日”活动。",
    ),
    good=(
        "打造“支部领航、党员先锋”品牌。下半年继续擦亮“支部领航、党员先锋”品牌。",
        "推进“绿色”“发展”两个专班，落实“绿色发展”理念。",
        "严格落实“三会一课”制度，规范三会一课记录。",
    ),
)
def quoted_two_ways(analysis: Analysis) -> Iterator[Outcome]:
    """引号里的口号、名称前后标点不同，或引号的位置不同。

    同一个品牌，一处用顿号一处用逗号；同一个名称，引号有时括到“主题”，有时括到“党日”。应当以正式的写法为准，全文统一。

    只在同一篇里比较；加不加引号不管。
    """
    text = analysis.reading.text
    if "“" not in text:
        return
    quoted = list(_QUOTED.finditer(text))
    yield from _punctuated(analysis, quoted)
    if text.count("“") > 1:
        yield from _placed(analysis, {match[1] for match in quoted if _HAN.fullmatch(match[1])})


def _punctuated(analysis: Analysis, quoted: list) -> Iterator[Finding]:  # type: ignore[type-arg]
    first: dict[str, tuple[str, Span]] = {}
    for match in quoted:
        bare = _MARKS.sub("", match[1])
        if len(bare) < 4:
            continue
        form, place = first.setdefault(bare, (match[1], Span(*match.span(1))))
        if form != match[1]:
            yield Finding(
                analysis.span(Span(*match.span(1))),
                Message(f"前面作“{form}”，这里作“{match[1]}”，标点不同，请统一", "punctuated otherwise before"),
                (Related(analysis.span(place), "前面的写法"),),
                suggestion=form,
            )


def _placed(analysis: Analysis, names: set[str]) -> Iterator[Finding]:
    """Names whose words stand elsewhere with a quote in the middle of them."""
    text = analysis.reading.text
    # The text without its quotes, and where in it each quote stood.
    bare = _QUOTE.sub("", text)
    marks = [match.start() - index for index, match in enumerate(_QUOTE.finditer(text))]
    for name in sorted(names):
        places = []
        inner = 0
        at = bare.find(name)
        while at >= 0:
            first, last = bisect_right(marks, at), bisect_right(marks, at + len(name) - 1)
            numeral = name[0] in _NUMERALS and bare[at - 1 : at] in tuple(_NUMERALS)  # 千万工程 in 十百千万工程
            if last - first == 1 and not numeral:
                places.append(_widened(text, Span(at + first, at + len(name) + last)))
                inner += text[at + first - 1] != "“" and "”" in text[at + first : at + len(name) + last]
            at = bare.find(name, at + len(name))
        # “投资本市”品牌 does not misquote “本市品牌”: what starts inside other quotes must recur to be a name.
        if places and (len(places) > 1 or not inner):
            home = text.find(f"“{name}”")
            finding = gathered(
                [analysis.span(place) for place in places],
                Message(f"别处作“{name}”，这里引号的位置不同，请统一", f"elsewhere the quotes enclose {name}"),
                f"“{name}”",
            )
            other = Related(analysis.span(Span(home, home + len(name) + 2)), "别处的写法")
            yield finding._replace(related=(other, *finding.related))


def _widened(text: str, at: Span) -> Span:
    """``at`` with the other half of the pair of which it holds one."""
    inside = text[at.start : at.end]
    if "”" in inside:
        start = text.rfind("“", max(0, at.start - 12), at.start + 1)
        return Span(start, at.end) if start >= 0 else at
    end = text.find("”", at.end, at.end + 12)
    return Span(at.start, end + 1) if end >= 0 else at
