"""PN006, PN008: the marks between the items of a list."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.finding import Applicability, Finding, Fix, Message, Outcome, Replacement, Severity
from reportlint.gathered import gathered, times
from reportlint.patterns import compiled
from reportlint.rule import rule
from reportlint.span import Span

_BETWEEN = compiled(r"(?<=[”》])、(?=[“《])")
_BARE = compiled(r"”“|》《")
#: So many marks and no place without one are a habit, not a slip.
_HOUSE_STYLE = 5


@rule(
    "PN006",
    "stop-between-quotes",
    severity=Severity.INFO,
    bad=("开展“净网”⟦、⟧“护苗”专项行动。", "印发《工作要点》⟦、⟧《任务清单》，压实责任。"),
    good=("开展“净网”“护苗”专项行动。", "印发《工作要点》（试行）、《任务清单》，压实责任。"),
)
def stop_between_quotes(analysis: Analysis) -> Iterator[Outcome]:
    """并列的引号、书名号之间的顿号可以省去。

    标有引号或书名号的并列成分之间通常不用顿号（GB/T 15834）。全文只报一次，写明有几处；全文五处以上都保留顿号的是单位的习惯，不报。

    后面有括注等成分插在中间的，宜用顿号，不报。
    """
    text = analysis.document.text
    if "、“" not in text and "、《" not in text:
        return
    places = [Span(*match.span()) for match in _BETWEEN.finditer(text)]
    # A bureau that always sets the mark has made up its mind.
    house_style = len(places) >= _HOUSE_STYLE and _BARE.search(text) is None
    if places and not house_style:
        yield gathered(
            places,
            Message(f"引号或书名号之间通常不用顿号{times(places)}", "no 、 is needed between quoted items"),
            suggestion="",
        )


#: The clause after the comma goes on with a verb of its own: 加强学习、改进作风，形成合力的机制.
_SUMMED = compiled(r"的|等(?:方面的?)?(?:问题|现象|困难|不足|短板|弊端|情况)")
_VERBS = (
    "形成",
    "建立",
    "构建",
    "健全",
    "完善",
    "营造",
    "打造",
    "保持",
    "确保",
    "全面",
    "不断",
    "切实",
    "进一步",
    "有效",
)
_ANY = compiled(r"、[一-龥]{2,8}，[一-龥]{2,10}(?:等|的|制度|工作)")


@rule(
    "PN008",
    "comma-in-a-list",
    severity=Severity.INFO,
    bad=(
        "普遍存在数量少、投资少、质量差⟦，⟧见效慢等问题。",
        "形成发现问题、分析问题⟦，⟧解决问题的工作机制。",
        "认真落实廉政教育、廉政谈话⟦，⟧廉政承诺制度。",
    ),
    good=(
        "普遍存在数量少、投资少、质量差、见效慢等问题。",
        "加强学习、改进作风，形成干事创业的氛围。",
        "完善教育、医疗，养老等服务逐步跟上。",
    ),
)
def comma_in_a_list(analysis: Analysis) -> Iterator[Outcome]:
    """并列的词语用了顿号，最后一个前面却成了逗号。

    “数量少、投资少、质量差，见效慢等问题”——四项并列，逗号把最后一项断了出去，应当一律用顿号。

    只报几项字数相同、结构相同（首字或末字相同）的；切不准的不报。
    """
    text = analysis.reading.text
    if "、" not in text or "，" not in text:
        return
    for match in _ANY.finditer(text):
        comma = text.index("，", match.start())
        start = max(text.rfind(mark, max(0, comma - 60), comma) for mark in "，。；：“”（）《》\n")
        items = text[start + 1 : comma].split("、")
        end = comma + 1
        tail = compiled(
            r"([一-龥]{2,10}?)(?:等(?!待)|的(?=[一-龥]{0,6}(?:机制|制度|体系|格局|模式|问题|现象|办法|做法|局面|方式|要求|原则)[，。；])|(?=制度[，。；]|工作[，。；]))"
        ).match(text, end)
        if tail is None or not _parallel(items, tail[1], summed=_SUMMED.match(text, tail.end(1)) is not None):
            continue
        span = analysis.span(Span(comma, comma + 1))
        yield Finding(
            span,
            Message(
                f"“{items[-1]}”与“{tail[1]}”并列，中间应当用顿号", f"“{items[-1]}” and “{tail[1]}” are parallel: use 、"
            ),
            suggestion="、",
            fix=Fix("改为顿号", Applicability.UNSAFE, (Replacement(span, "、"),)),
        )


def _parallel(items: list[str], last: str, *, summed: bool) -> bool:
    """Whether ``last`` is cut like the items before it."""
    if last.startswith(_VERBS):
        return False
    inner = items[1:]  # the first item may have a verb before it
    if not inner or any(not item or not all("一" <= sign <= "龥" for sign in item) for item in items):
        return False
    previous = inner[-1]
    if "的" in previous:
        return False
    if (
        summed
        and len(last) == len(previous) >= 3
        and len(items[0]) >= len(previous)
        and not previous.startswith(_VERBS)
    ):
        return True
    if len(inner) >= 2 and len({len(item) for item in inner}) == 1 and abs(len(last) - len(previous)) <= 1:
        return len(last) == len(previous) or last[-1] == previous[-1] or len(previous) <= 3
    if len(last) != len(previous) and not (
        len(last) >= 4 and last[:2] == previous[:2] == items[0][-len(previous) :][:2]
    ):
        return False
    ends = items[0][-len(previous) :]
    same_head = previous[:2] == last[:2] == ends[:2] or previous[0] == last[0] == ends[:1]
    same_tail = len(previous) >= 3 and previous[-1] == last[-1] == ends[-1:]
    return same_head or same_tail
