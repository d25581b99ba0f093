"""DT012, DT013: years gone by that do not add up, and works finished before they began."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.finding import Abstained, Checked, Finding, Message, Outcome, Related, Severity
from reportlint.moment import Date, Precision
from reportlint.numerals import HAN_NUMERAL, whole_number
from reportlint.patterns import compiled
from reportlint.rule import rule
from reportlint.span import Span
from reportlint_rules.dates.years import dates_within, sentence_of

_NUMBER = rf"(?P<about>近|约|超过)?(?P<number>\d{{1,4}}|[{HAN_NUMERAL}两]{{1,4}})(?P<more>多|余)?(?:个)?"
#: What begins at a date: 1968年5月出生, 始建于1956年, 成立于1998年.
_BORN = compiled(r"(?:，|（|\s)?(?:出生|生人|生于|生(?=[，。；）]))")
_BORN_BEFORE = compiled(r"(?:出?生于|出生(?:日期|年月)?[:：]?)$")
_FOUNDED_BEFORE = compiled(
    r"(?:始建于|兴建于|创建于|创办于|成立于|建成于|建校于|组建于|(?<=[一-龥])建于|始创于|创立于|开办于|办学始于|开馆于|开业于)$"
)
_FOUNDED = compiled(r"(?:成立|建校|建院|建馆|创办|创建|组建|开馆|开业|建成)")
#: How long ago that was.
_AGE = compiled(rf"(?:现年|今年|时年|现已|年龄为?|年满|已满|已是|已|享年){_NUMBER}周?岁")
_SINCE = compiled(
    rf"(?:已有|已经?走过|走过|已逾|历经|历时|距今(?:已有?)?|至今(?:已有?|已经)?(?:走过)?|办学|建校|成立(?:已有)?|迎来(?:了)?(?:建[校院馆厂团社会]|成立|创办|办学)?|已经?){_NUMBER}(?:年头|年(?=的?(?:历史|办学|建校|建院|历程|时间|光景|之久)|[，。；、（）\n]|了)|周年|载)"
)
#: Sight, in code points, between the date and the years.
_FAR = 60
_SEVERAL = compiled(r"先后|分别|搬迁|迁址|更名|改名|合并|重建|复建|恢复")


@rule(
    "DT012",
    "elapsed-years-mismatch",
    severity=Severity.WARNING,
    triggers=("岁", "始建", "建于", "成立", "创办", "创建", "创立", "建校", "建院", "开馆", "开业", "办学"),
    bad=(
        "该同志1968年5月出生，现年⟦46岁⟧（截至2024年12月），工龄30年。",
        "县第一小学始建于1956年，至2024年已有⟦86年⟧办学历史。",
        "云屏县图书馆2024年工作总结\n本馆成立于1998年，至今已有⟦36年⟧。",
    ),
    good=(
        "该同志1968年5月出生，现年56岁（截至2024年12月），工龄30年。",
        "县第一小学始建于1956年，至2024年已有68年办学历史。",
        "云屏县图书馆2024年工作总结\n本馆成立于1998年，至今已有近30年。",
        "县第一小学始建于1956年，更名后办学20年。",
    ),
)
def elapsed_years_mismatch(analysis: Analysis) -> Iterator[Outcome]:
    """年龄、办学年数与起算的年份对不上。

    1968 年 5 月出生的人 2024 年是 56 岁；始建于 1956 年的学校到 2024 年是 68 年。

    按同一句、标题、落款里的年份推算，虚岁、首尾都算差一年不报；“近”“余”按十年以内算；全文看不出年份的不核对。
    """
    text = analysis.reading.text
    for mention in analysis.dates:
        year = mention.start.year
        if year is None or mention.end is not None or mention.titled:
            continue
        sentence = sentence_of(analysis, mention.at.start)
        low = max(sentence.start, mention.at.start - 8)
        if _BORN.match(text, mention.at.end) or _BORN_BEFORE.search(text, low, mention.at.start):
            pattern = _AGE
        elif _FOUNDED_BEFORE.search(text, low, mention.at.start) or _FOUNDED.match(text, mention.at.end):
            pattern = _SINCE
        else:
            continue
        match = pattern.search(text, mention.at.end, min(sentence.end, mention.at.end + _FAR))
        if match is None or _SEVERAL.search(text, mention.at.end, match.start()):
            continue
        at = Span(match.start("number"), match.end())
        years = _now(analysis, mention, match.end())
        if not years:
            yield Abstained(analysis.span(at), "看不出是哪一年")
            continue
        yield Checked(analysis.span(at))
        number = whole_number(match["number"])
        slack = (1, 10) if match["more"] else (10, 1) if match["about"] else (1, 1)
        if number and not any(-slack[0] <= now - year - number <= slack[1] for now in years):
            now = max(years)
            yield Finding(
                analysis.span(at),
                Message(
                    f"从 {year} 年到 {now} 年是 {now - year} 年，这里写的是“{text[at.start : at.end]}”，请核对",
                    f"{now} - {year} = {now - year}, not {number}",
                ),
                (Related(analysis.span(mention.place), "起算"),),
            )


def _now(analysis: Analysis, since: Date, end: int) -> set[int]:
    """The years up to which may be counted: the one said between or right behind, else those of the document."""
    said = {
        point.year
        for mention in dates_within(analysis, Span(since.at.end, end + 14))
        for point in mention.points
        if point.year is not None
    }
    if said:
        return said
    period = analysis.period
    if period is None:
        return set()
    years = {period.year} | ({period.issued.year} if period.issued else set())
    for spoken in (period.results, period.plan):
        if spoken is not None:
            years |= set(range(spoken.start.year, spoken.end.year + 1))
    return years


_STAGES = (
    compiled(r"[^，。；、\d（）]{0,4}?(?:正式)?(?:立项|获批立项|可研批复|获批|批复)"),
    compiled(r"[^，。；、\d（）]{0,6}?(?:正式|全面)?(?:破土动工|开工|动工|奠基|开建|破土)(?:建设|兴建)?"),
    compiled(
        r"[^，。；、\d（）]{0,6}?(?:正式|全面|全部|顺利)?(?:竣工|完工|建成|投用|投产|通车|交付|验收)(?:投用|投产|使用|验收|通车|运营)?"
    ),
)
#: Pairs of stages, each both ways.
_ORDERS = ((0, 1), (1, 2), (0, 2), (1, 0), (2, 1), (2, 0))
_ON = compiled(r"[，、]?(?:并|已|预计|计划|将|并将|并已|现已){0,3}(?:于|在)?")


@rule(
    "DT013",
    "finished-before-begun",
    severity=Severity.WARNING,
    triggers=("开工", "动工", "奠基", "开建", "破土", "立项"),
    bad=(
        "水厂于2024年8月开工，⟦2024年5月⟧竣工。",
        "该桥2023年3月竣工，⟦2023年9月⟧开工建设。",
    ),
    good=(
        "水厂于2024年5月开工，2024年8月竣工。",
        "一期2023年3月竣工，二期2023年9月开工建设。",
        "该桥2023年9月开工，次年3月竣工。",
    ),
)
def finished_before_begun(analysis: Analysis) -> Iterator[Outcome]:
    """竣工早于开工。

    同一个工程先写开工、后写竣工的时间，竣工不会在开工之前，开工不会在立项之前。

    只核对紧挨着的两个时间；中间另有主语（一期、二期）的是两件事，不报。
    """
    text = analysis.reading.text
    found = analysis.dates
    for one, other in zip(found, found[1:], strict=False):
        if one.start.year is None or one.end or other.end or min(one.precision, other.precision) < Precision.MONTH:
            continue
        if other.at.start - one.at.end > 24:
            continue
        for first, second in _ORDERS:
            said = _STAGES[first].match(text, one.at.end)
            if said is None or not _ON.fullmatch(text, said.end(), other.at.start):
                continue
            if _STAGES[second].match(text, other.at.end) is None:
                continue
            span = analysis.span(other.place)
            yield Checked(span)
            a = one.start.period(one.start.year)
            b = other.start.period(other.start.year or one.start.year)
            if a is None or b is None:
                continue
            begun, done = (a, b) if first < second else (b, a)
            if done.end < begun.start:
                yield Finding(
                    span,
                    Message(
                        "后一道程序的时间早于前一道（立项、开工、竣工），请核对两个时间",
                        "the later stage comes first; check both dates",
                    ),
                    (Related(analysis.span(one.place), "另一个时间"),),
                )
            break
