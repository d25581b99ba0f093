"""Days told against the words that order them: 3月12日召开。会后，3月8日印发纪要; 先后于3月8日、6月12日、5月20日."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from reportlint.analysis import Analysis
from reportlint.day import date
from reportlint.finding import Checked, Finding, Message, Outcome, Related
from reportlint.moment import Date, Period, Precision
from reportlint.patterns import compiled
from reportlint.span import Span
from reportlint.timing import dates_in_rows
from reportlint_rules.dates.years import dates_within

#: Days further apart than this, the year of one of them untold, lie in two years: 12月28日召开，会后于1月5日印发.
_SAME_YEAR = 150
#: Two dates further apart in the text, in code points, are not set against each other.
_FAR = 60
#: A leap year, where none is told.
_SOME_YEAR = 2024
#: 会后，, 随后于, 汛情结束后，督查组于: what makes the date behind it the later one.
_AFTER = compiled(
    r"(?<![前先今最落善幕背售产课以])后(?:，?[^，。；、\d]{0,10}?(?:于|在)|，|，?(?:即|立即|随即|又|再|才|方))?$"
)
#: What looks back to the sentence before.
_CARRIES = compiled(r"(?:会|会议|随|之|此|其|事|嗣)后")
#: 5月28日事故, 3月8日印发的: a date that tells which one is meant, not when.
_TELLS_WHICH = compiled(
    r"[^，。；\n]{0,14}的|[^，。；\n]{0,6}(?:事故|案件|事件|火灾|灾情|以来|会议精神)|会议(?:议定|确定|决定|部署|要求|纪要)|(?:之|以)?前后?|起|始|至|印发《"
)
#: A day by which, up to which or since which something is: no time of the deed that the later one follows.
_NO_DEED = compiled(r"(?:之|以)?前|起|以来|[^，。；\n]{0,8}的(?!会)|后")
_UP_TO = compiled(r"(?:截至|截止|截止到|至|到|原定|拟|计划|对|比|较|与)$")


def afterwards(analysis: Analysis) -> Iterator[Outcome]:
    """A day that words say is the later one, and that lies before all those told before it."""
    text = analysis.reading.text
    for mention in analysis.dates:
        at = mention.at.start
        if mention.precision is not Precision.DAY or "后" not in text[max(0, at - 14) : at]:
            continue
        after = None if _is_name(mention) else _AFTER.search(text, max(0, at - 14), at)
        if after is None or _TELLS_WHICH.match(text, mention.at.end):
            continue
        events = _events(analysis, after.start() + 1, mention)
        if not events:
            continue
        later = _in_one_year([*events, mention])
        if later is None:
            continue
        span = analysis.span(mention.place)
        yield Checked(span)
        apart = min((one.start - later[-1].end).days for one in later[:-1])
        if not 0 < apart <= _SAME_YEAR:
            continue
        before = events[-1]
        yield Finding(
            span,
            Message(
                f"前面说的是{text[slice(*before.place)]}，“后”面却是更早的{text[slice(*mention.place)]}，请核对先后",
                f"told as later than {text[slice(*before.place)]}, yet it is the earlier one",
            ),
            (Related(analysis.span(before.place), "前面的时间"),),
        )


def _is_name(mention: Date) -> bool:
    return mention.titled or mention.named or mention.listed or mention.start.month is None


def _events(analysis: Analysis, after: int, mention: Date) -> list[Date]:
    """The days of what was told before the word that ends at ``after``, in its sentence and, if it looks back, in the one before."""
    text = analysis.reading.text
    number = max(0, bisect_right(analysis.sentence_starts, after) - 1)
    start = analysis.sentences[number].at.start
    opens = _CARRIES.match(text, after - 2 if text[after - 3 : after - 1] != "会议" else after - 3)
    if opens and number and after - start <= 4 and text[start - 1] != "\n":
        start = analysis.sentences[number - 1].at.start
    told = [
        other
        for other in dates_within(analysis, Span(start, mention.at.start))
        if other.points[-1].precision is Precision.DAY
        and not (other.titled or other.named or other.cutoff or other.start.month is None)
        and not _NO_DEED.match(text, other.at.end)
        and not _UP_TO.search(text, max(0, other.at.start - 3), other.at.start)
    ]
    # 10月9日召开动员会，10月19日印发方案后于: what is later than the one in the same clause
    return told[-1:] if told and "，" not in text[told[-1].at.end : after] else told


def _in_one_year(mentions: Sequence[Date]) -> list[Period] | None:
    """The last day or days of each, where their years are all told or none of them disagrees."""
    told = {mention.start.year for mention in mentions if mention.start.year is not None}
    if any(point.offset is not None or point.following for mention in mentions for point in mention.points):
        return None
    year = None
    found = []
    for mention in mentions:
        year = mention.start.year or year
        # a year told further on says nothing of the days before it
        period = mention.points[-1].period(mention.points[-1].year or year or min(told, default=_SOME_YEAR))
        if period is None:
            return None
        found.append(period)
    return found if len(told) < 2 or all(mention.start.year for mention in mentions) else None


_JOINT = compiled(r"[、，]|和|及|与|以及")
#: 先后于, 分别为, 3次（: what opens the days of one thing after the other.
_IN_ORDER = compiled(r"(?P<order>先后|依次|相继)[^，。；、\d]{0,6}$")
_EACH_TIME = compiled(
    r"[次轮场批期届][，（](?:时间)?(?:分别)?(?:为|是|于|在|：)?$|(?<![、和与及][^，。；]{4})分别(?:为|是|于|在)?$"
)
_ANY_TIME = compiled(r"[\d两二三四五六七八九十几][次轮场批期届]")


def told_in_order(analysis: Analysis) -> Iterator[Outcome]:
    """Three days or more in a row, of one thing held several times, one of which goes back."""
    text = analysis.reading.text
    for row in dates_in_rows(analysis, _JOINT):
        if len(row) < 3 or any(_apart(one) for one in row) or len({one.precision for one in row}) > 1:
            continue
        start = row[0].at.start
        order = _IN_ORDER.search(text, max(0, start - 10), start)
        each = None if order else _EACH_TIME.search(text, max(0, start - 10), start)
        if not order and (each is None or not _one_thing(text, start, row[-1].at.end)):
            continue
        periods = _in_one_year(row)
        if periods is None or row[-1].start.year:
            continue
        span = analysis.span(Span(row[0].place.start, row[-1].place.end))
        yield Checked(span)
        days = [period.start for period in periods]
        back = [place for place in range(1, len(days)) if days[place] < days[place - 1]]
        if len(back) != 1 or (days[back[0] - 1] - days[back[0]]).days > _SAME_YEAR or not _slips(days, back[0]):
            continue
        wrong = row[back[0]]
        yield Finding(
            analysis.span(wrong.place),
            Message(
                f"这几次按时间先后列出，{text[slice(*wrong.place)]}却早于前面的{text[slice(*row[back[0] - 1].place)]}，请核对",
                f"{text[slice(*wrong.place)]} stands behind {text[slice(*row[back[0] - 1].place)]}",
            ),
            (Related(analysis.span(row[back[0] - 1].place), "前一次"),),
        )


def _apart(mention: Date) -> bool:
    return (
        mention.end is not None
        or mention.titled
        or mention.named
        or mention.precision not in (Precision.DAY, Precision.MONTH)
        or mention.start.month is None
    )


def _one_thing(text: str, start: int, end: int) -> bool:
    """Whether one thing held several times is told of, not several places each with its day."""
    clause = max(text.rfind(mark, 0, start) for mark in "。；\n") + 1
    lead = text[clause:start]
    return "、" not in lead and "和" not in lead and _ANY_TIME.search(text, clause, end + 16) is not None


def _slips(days: Sequence[date], back: int) -> bool:
    """Whether the others are in order: without the one that goes back, or without the one before it."""
    return any(
        all(one <= other for one, other in zip(rest, rest[1:], strict=False))
        for rest in ((*days[:back], *days[back + 1 :]), (*days[: back - 1], *days[back:]))
    )


#: 根据2024年10月制定的实施方案，: what is done by a document comes after it.
_ON_BASIS = compiled(r"(?:根据|按照|依据|依照|遵照)[^，。；、\d]{0,6}$")
_MADE = compiled(
    r"[^，。；\d]{0,12}(?:制定|印发|下发|出台|通过|批复|签订|发布|下达|召开|明确|确定)[^，。；\d]{0,3}的[^，。；\d]{1,30}，[^，。；、\d]{0,10}(?:于|在)?"
)
_SINCE = compiled(r"(?:之|以|底|初)?前|以来|起|至|的|[—-]")


def on_its_basis(analysis: Analysis) -> Iterator[Outcome]:
    """What was done on the basis of a document, before the document was made."""
    text = analysis.reading.text
    for one, other in _neighbours(analysis, Precision.MONTH):
        if one.titled or other.titled or other.named:
            continue
        if not _ON_BASIS.search(text, max(0, one.at.start - 8), one.at.start):
            continue
        if _MADE.fullmatch(text, one.at.end, other.at.start) and not _SINCE.match(text, other.at.end):
            yield from _no_earlier(
                analysis,
                one,
                other,
                lambda one, other: Message(
                    f"依据的是{one}的文件，事情却在此前的{other}，请核对", f"done in {other} by what was made in {one}"
                ),
                "依据的时间",
            )


_BEGUN = compiled(
    r"[^，。；（）\d]{0,10}?(?:起|开始|启动)(?!前)[^，。；（）\d]{0,10}，[^，。；、（）\d]{0,8}(?:请|须|应|务必|要)?(?:于|在)?"
    r"|[^，。；（）\d]{0,10}?(?:通报|下发|印发|下达|交办|发出|约谈)[^，。；（）\d]{0,12}，(?:限|限期|要求|责令|须|务必)[^，。；、（）\d]{0,8}(?:于|在)?"
)
_DUE = compiled(
    r"(?:之|以)?前(?![^，。；]{0,12}的(?!通知)|[^，。；]{0,16}(?:名单|报名|回执|准备|方案))[^，。；]{0,12}?(?:总结|反馈|结束|收官|异议|销号|整改到位|整改完毕|完成整改|报送)"
)


def due_before_begun(analysis: Analysis) -> Iterator[Outcome]:
    """A last day that lies before the first: 自6月10日起公示，6月8日前反馈意见."""
    text = analysis.reading.text
    for one, other in _neighbours(analysis, Precision.DAY):
        if _BEGUN.fullmatch(text, one.at.end, other.at.start) and _DUE.match(text, other.at.end):
            yield from _no_earlier(
                analysis,
                one,
                other,
                lambda one, other: Message(
                    f"{one}才开始，期限却在此前的{other}，请核对", f"due on {other}, begun on {one}"
                ),
                "开始",
            )


def _neighbours(analysis: Analysis, least: Precision) -> Iterator[tuple[Date, Date]]:
    """Dates, no ranges, that follow each other at no great distance and are told at least so precisely."""
    for one, other in zip(analysis.dates, analysis.dates[1:], strict=False):
        near = other.at.start - one.at.end <= _FAR
        if near and not (one.end or other.end) and min(one.precision, other.precision) >= least:
            yield one, other


def _no_earlier(
    analysis: Analysis, one: Date, other: Date, told: Callable[[str, str], Message], label: str
) -> Iterator[Outcome]:
    """That ``other`` lies before ``one``, which it cannot, as ``told`` says of the two as they are printed."""
    periods = _in_one_year([one, other])
    if periods is None:
        return
    span = analysis.span(other.place)
    yield Checked(span)
    apart = (periods[0].start - periods[1].end).days
    if apart > 0 and (apart <= _SAME_YEAR or other.start.year):
        printed = analysis.reading.slice
        yield Finding(span, told(printed(one.place), printed(other.place)), (Related(analysis.span(one.place), label),))
