"""DT012: years gone by that do not add up."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.day import date
from reportlint.finding import Abstained, Checked, Finding, Message, Outcome, Related, Severity
from reportlint.moment import Date
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
_FOUNDED = compiled(
    r"(?:成立|建校|建县|建市|建区|建镇|建乡|挂牌|开园|开诊|并网|建院|建馆|建园|建站|建所|建厂|创办|创建|组建|开馆|开业|建成|投运|投入运行|开始运行|开始实施|实施|施行|推行)"
)
#: What a person began: 1998年参加工作, 2005年开始从事水利工作, 1990年入党.
_CAREER = compiled(r"(?:\d{1,2}月)?(?:加入中国共产党|参加工作|入党|入职|开始从事|从教|从医|从警|从事|任教|当兵|参军)")
_SERVED = compiled(
    rf"(?:党龄|工龄|教龄|警龄|龄|坚守(?:了)?|扎根(?:基层|山区|一线)?(?:已|了)?|奋战(?:了)?|工作(?:了)?|从事[^，。；]{{0,10}}|已有|已经?走过|已逾|至今(?:已有?|已经)?|已?满|已|整整){_NUMBER}(?:年头|年(?=的?(?:时间|历程|光景|之久)|[，。；、（）\n]|了|多)|载|春秋)"
)
#: How long ago that was.
_AGE = compiled(rf"(?:现年|今年|时年|现已|年龄为?|年满|已满|已是|已|享年|(?<=[，；（])){_NUMBER}周?岁")
_SINCE = compiled(
    rf"(?:已有|已经?走过|走过了?|已逾|已?满|(?:运行|坚持|实施|推行)(?:了|已|已经)?|历经|历时|距今(?:已有?)?|至今(?:已有?|已经)?(?:走过)?|办学|建校|成立(?:已有)?|迎来(?:了)?(?:建[校院馆厂团社会]|成立|创办|办学)?|已经?){_NUMBER}(?:年头|年(?=的?(?:历史|办学|建校|建院|历程|时间|光景|之久)|[，。；、（）\n]|了)|周年|载)"
)
#: Sight, in code points, between the date and the years.
_FAR = 60
_SEVERAL = compiled(r"先后|分别|搬迁|迁址|更名|改名|合并|重建|复建|恢复")


@rule(
    "DT012",
    "elapsed-years-mismatch",
    severity=Severity.WARNING,
    triggers=(
        *(
            "岁",
            "始建",
            "建于",
            "成立",
            "创办",
            "创建",
            "创立",
            "建校",
            "建院",
            "开馆",
            "开业",
            "办学",
            "建园",
            "建站",
            "建厂",
            "建县",
            "建市",
            "建区",
            "建镇",
            "运行",
        ),
        *("党龄", "工龄", "教龄", "坚守", "扎根", "参加工作", "从事", "年实施", "年推行"),
    ),
    bad=(
        "该同志1968年5月出生，现年⟦46岁⟧（截至2024年12月），工龄30年。",
        "县第一小学始建于1956年，至2024年已有⟦86年⟧办学历史。",
        "退休干部周某1943年5月出生，截至2025年6月已⟦81周岁⟧，仍坚持义务宣讲。",
        "云屏县图书馆2024年工作总结\n本馆成立于1998年，至今已有⟦36年⟧。",
    ),
    good=(
        "该同志1968年5月出生，现年56岁（截至2024年12月），工龄30年。",
        "退休干部周某1943年5月出生，截至2025年6月已82周岁，仍坚持义务宣讲。",
        "县第一小学始建于1956年，至2024年已有68年办学历史。",
        "云屏县图书馆2024年工作总结\n本馆成立于1998年，至今已有近30年。",
        "县第一小学始建于1956年，更名后办学20年。",
    ),
)
def elapsed_years_mismatch(analysis: Analysis) -> Iterator[Outcome]:
    """年龄、办学年数与起算的年份对不上。

    1968 年 5 月出生的人 2024 年是 56 岁；始建于 1956 年的学校到 2024 年是 68 年。

    “周岁”“满三年”“五周年”两头都有月份的，按月份算准。

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
        elif _CAREER.match(text, mention.at.end):
            pattern = _SERVED
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
        full = _FULL.search(match[0]) and not match["more"] and not match["about"]
        told = _full_years(analysis, mention, match.end()) if full else None
        if number and told is not None and number not in told:
            yield Finding(
                analysis.span(at),
                Message(
                    f"从{text[slice(*mention.at)]}起算满 {max(told)} 年，这里写的是“{text[at.start : at.end]}”，请核对",
                    f"{max(told)} full years, not {number}",
                ),
                (Related(analysis.span(mention.place), "起算"),),
            )
            continue
        # nobody is older than the calendar says, where full years are told
        slack = (
            (0, 1)
            if full and "迎来" not in match[0]
            else (1, 10)
            if match["more"]
            else (10, 1)
            if match["about"]
            else (1, 1)
        )
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


#: 82周岁, 满三年: years that are all over.
_FULL = compiled(r"周岁|周年|满\d|满[一二两三四五六七八九十]")


def _full_years(analysis: Analysis, since: Date, end: int) -> range | None:
    """How many full years lie between two dates that both tell a month: one number, or two where the months are the same."""
    until = [
        other
        for other in dates_within(analysis, Span(since.at.end, end))
        if other.end is None and other.start.year is not None and other.start.month is not None and not other.titled
    ]
    if len(until) != 1 or since.start.month is None:
        return None
    first, last = since.start.period(0), until[0].start.period(0)
    if first is None or last is None or last.start < first.end:
        return None
    return range(_years_between(first.end, last.start), _years_between(first.start, last.end) + 1)


def _years_between(first: date, last: date) -> int:
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))


#: 现年56岁（截至2024年12月）; not 现年56岁，2010年7月参加工作.
_UP_TO = compiled(r"(?:[（(](?:截至|至|到)?|截至)$")


def _now(analysis: Analysis, since: Date, end: int) -> set[int]:
    """The years up to which may be counted: the one said between or right behind, else those of the document."""
    text = analysis.reading.text
    said = {
        point.year
        for mention in dates_within(analysis, Span(since.at.end, end + 14))
        for point in mention.points
        if point.year is not None and (mention.at.start < end or _UP_TO.search(text, end, mention.at.start))
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
