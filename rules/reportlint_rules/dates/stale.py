"""Plans and forecasts for days that lie behind: taken along from an older report."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.day import date, timedelta
from reportlint.finding import Checked, Finding, Message, Outcome
from reportlint.moment import Date, Precision
from reportlint.patterns import compiled
from reportlint.periods import ReportingPeriod
from reportlint.span import Span
from reportlint_rules.dates.years import COMPARED, dates_within, sentence_of

#: More days than three quarters have.
MOST_OF_A_YEAR = 300
_NUMBERED_OPENING = compiled(r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]+|[一二三四五六七八九十]是)?[在于]?")
_WILLS = compiled(r"[，]?[^。；的]{0,12}?(?:将|计划|拟|力争|要(?!求)|继续)")
#: 2024年，全市公安机关将重点…: said of what is to come; 将 alone may take its object (将防汛摆在首位).
_SURELY_WILLS = compiled(
    r"，[^，。；]{2,14}?将(?:重点|继续|进一步|持续|坚持|深入|聚焦|着力|紧紧|紧扣|按照|围绕|全面(?:贯彻|落实|推进|加强|深化|提升)|认真|牢牢|突出|切实)(?![^。]{0,60}(?:已|了|同比))"
)
_UNTIL_THEN = compiled(r"(?<![原曾])(?:力争|确保|争取|计划|预计|目标是?)[，]?(?:到|在|于)?$")
#: 到2024年底 at the beginning of a sentence, and 2024年底前完成: what is aimed at.
_TO_THEN = compiled(_NUMBERED_OPENING.pattern + "到")
_AIMED_AT = compiled(r"前?，?(?:全[市县区省州]|我[市县区局])?(?:力争|确保|争取|计划|拟|将|要|努力)")
_DUE_THEN = compiled(
    r"(?:之|以)?前(?:要|将|须|需)?(?:全面|基本|全部|力争|确保)?(?:完成|建成|实现|达到|投用|竣工|开工)(?![^，。；]{0,10}的)"
)
#: 2025年6月底前，完成…: a deadline that opens its sentence, with nothing told as done.
_DEADLINE_FIRST = compiled(
    r"(?:之|以)?前，(?![^。；]{0,40}(?:已|了|曾))(?:全面|基本|全部|力争|确保|各)?[^，。；]{0,8}?(?:完成|建成|实现|达到|投用|竣工|开工|打造|建设|推进|启动|开展|组织|出台|制定|新建|改造|创建|培育)"
)
#: 请各单位于2025年4月10日前报送: a day that must still lie ahead when the document is issued.
ASKED = compiled(r"(?:请|须|务必|应)[^。；，]{0,20}?(?:于|在)?$")
BY_THEN = compiled(
    r"(?:\d{1,2}(?:时|:\d\d))?(?:[（(][^（）]{1,6}[）)])?(?:下班)?(?:之前|以前|前)[^。；]{0,40}?(?:报送|报|提交|反馈|上报|发送|发至|返回|送|完成)"
)


def asked_too_late(analysis: Analysis, issued: date) -> Iterator[Outcome]:
    """A deadline set for a day before the document itself."""
    text = analysis.reading.text
    for mention in analysis.dates:
        point = mention.start
        if mention.end is not None or point.day is None or mention.titled or (point.year or issued.year) > issued.year:
            continue
        if not BY_THEN.match(text, mention.at.end) or not ASKED.search(
            text, max(0, mention.at.start - 24), mention.at.start
        ):
            continue
        day = point.period(issued.year)
        if day is None or (point.year is None and (issued - day.end).days > 60):
            continue
        span = analysis.span(mention.place)
        yield Checked(span)
        if day.end < issued:
            yield Finding(
                span,
                Message(
                    f"要求的期限早于文稿的日期 {issued}，请核对",
                    f"the deadline is before the day the document bears, {issued}",
                ),
            )


#: How many years a plan may have been taken along.
_YEARS_BACK = 4


def dated_back(analysis: Analysis, period: ReportingPeriod) -> Iterator[Outcome]:
    """Plans dated back: 2024年，我局将… under 下一步打算 of the year 2024's summary, 到2024年底 in the plan of 2025."""
    if period.results is not None and period.plan is None:
        whole = period.results.days >= MOST_OF_A_YEAR
        first = period.results.end.year + 1 if whole else period.results.end.year
    elif period.plan is not None:
        first = period.plan.start.year
    else:
        return
    text = analysis.reading.text
    for mention in analysis.dates:
        year = mention.start.year
        if (
            year is None
            or not first - _YEARS_BACK <= year < first
            or mention.titled
            or mention.end is not None
            or period.at.holds(mention.at)
        ):
            continue
        sentence = sentence_of(analysis, mention.at.start)
        if not (period.planned(mention.at) or (period.results is None and period.plan is not None)):
            # the outlook that closes a year's summary, with no heading of its own
            opening = text[mention.at.start - 1] == "\n" and period.plan is None and year == first - 1
            if opening and _SURELY_WILLS.match(text, mention.at.end):
                yield Checked(analysis.span(mention.place))
                yield _planned_for(analysis, mention, first, year)
            continue
        opens = _NUMBERED_OPENING.fullmatch(text, sentence.start, mention.at.start) is not None
        wills = opens and _WILLS.match(text, mention.at.end, min(sentence.end, mention.at.end + 30))
        until = (
            _UNTIL_THEN.search(text, sentence.start, mention.at.start)
            or (_TO_THEN.fullmatch(text, sentence.start, mention.at.start) and _AIMED_AT.match(text, mention.at.end))
            or (opens and (_DUE_THEN.match(text, mention.at.end) or _DEADLINE_FIRST.match(text, mention.at.end)))
            or (text[mention.at.start - 1] == "，" and _DUE_THEN.match(text, mention.at.end))
        ) and not COMPARED.search(text, sentence.start, mention.at.start)
        if wills or until:
            yield Checked(analysis.span(mention.place))
            yield _planned_for(analysis, mention, first, year)


def _planned_for(analysis: Analysis, mention: Date, first: int, year: int) -> Finding:
    return Finding(
        analysis.span(mention.place),
        Message(
            f"这里是 {first} 年的打算，年份却是 {year}，请核对年份",
            f"this is to be done in {first}, yet the year is {year}",
        ),
    )


#: 以上是我局2024年工作情况。2023年，我局将继续……
_CLOSES = compiled(
    r"(?:以上|上述)(?:就?是|为)[^。；\n\d]{0,12}(?P<year>20\d\d)年度?[^。；\n\d]{0,16}[。，]\n?(?P<next>20\d\d年)，?(?:我[们局县市院校所镇委乡区]|全[局县市区镇])[^。；，\n]{0,6}[将要]"
)


def closed(analysis: Analysis) -> Iterator[Outcome]:
    """What will be done in a year that has just been reported on, or in one before it."""
    for match in analysis.matches(_CLOSES):
        span = analysis.span(Span(*match.span("next")))
        yield Checked(span)
        if int(match["next"][:4]) < int(match["year"]):
            yield Finding(
                span,
                Message(
                    f"刚说完 {match['year']} 年的情况，接着的打算却是{match['next']}，请核对年份",
                    f"what comes after the year {match['year']} is planned for {match['next'][:4]}",
                ),
            )


#: A day by which something is to be done: 力争2022年底前.
_TO_BE_DONE = compiled(r"(?<![原曾])(?:力争|确保|争取|计划|预计|拟|将)(?:到|在|于)?$")
_BEFORE_THEN = compiled(r"(?:之前|以前|前)(?!期|述|提|后)")
#: 确保剩余13项隐患在5月底前, 确保公路2024年10月底建成通车: what is to be done stands between.
_SOMETHING_BY = compiled(r"(?:力争|确保|争取|计划|拟)(?![^，。；]{0,26}(?:已|了))[^，。；]{1,24}?(?:到|在|于)?$")
_COME_TO_BE = compiled(
    r"(?P<by>之前|以前|前)?(?:全部|全面|基本|正式|如期|要|须|务必)*(?:完成|建成|投用|投入|投产|开工|销号|实现|达到|办结|竣工|通车|清零|收回|出台|拨付|整改到位"
    r"|具备|形成|打通|贯通|封顶|达产|落地|取得|启用|满足|交付|移交|交房|搬迁|入住|兑付|化解|解决|验收|拆除|消除|上线|发放到位|启用|运行|销号|报送|上报|补齐|落实到位)(?![了的]|情况)"
)
#: 2月份，组织开展: how a plan by months opens.
_PLANNED_DEED = compiled(r"，?(?:[^，。；已了]{0,8}?)(?:组织|开展|召开|完成|举办|启动|集中|推进|实施|对)(?!了|情况)")
#: 2024年4月启动低保年审。 in the plan of 2025, as a plan tells it: the deed right behind the date, and nothing done.
_DEED_TO_COME = compiled(
    r"，?(?:全面|正式|集中|组织|牵头)?(?:组织|开展|召开|完成|举办|启动|建成|新建|改造|出台|实施)(?!了|情况|的)(?![^。；]{0,60}(?:已|了|曾|的(?:基础|成果|经验|[一-龥]{2,8}，)))"
)
#: How finely such a date is told that no history is.
_FINE = (Precision.HALF, Precision.QUARTER, Precision.MONTH, Precision.TEN_DAYS)


def gone_by(analysis: Analysis, period: ReportingPeriod) -> Iterator[Outcome]:
    """Plans for days that lie behind: 力争2022年底前 in the plans of 2024, 2月份，组织… in those of the first quarter."""
    results = period.results
    if results is None or not period.ahead:
        return
    text = analysis.reading.text
    now = period.issued or results.end
    within_year = results.days < MOST_OF_A_YEAR and (period.plan is None or period.plan.start.year == results.end.year)
    for mention in analysis.dates:
        point, by_now = mention.points[-1], now
        if mention.titled or mention.named or not period.planned(mention.at) or mention.precision is Precision.PLAN:
            continue
        sentence = sentence_of(analysis, mention.at.start)
        to_be_done = _TO_BE_DONE.search(text, sentence.start, mention.at.start) is not None
        by_then = _BEFORE_THEN.match(text, mention.at.end) is not None
        opens = _NUMBERED_OPENING.fullmatch(text, sentence.start, mention.at.start) is not None
        comes = _COME_TO_BE.match(text, mention.at.end)
        if comes and not to_be_done:
            to_be_done = _SOMETHING_BY.search(text, sentence.start, mention.at.start) is not None
        if point.year is not None and mention.end is None:
            # 深化专项整治，2024年9月底前完成全部整改: nothing that was done is told with a deadline.
            said = to_be_done or (by_then and (opens or (comes is not None and comes["by"] is not None)))
            deed = opens and _DEED_TO_COME.match(text, mention.at.end) is not None
            said = said or (deed and mention.precision in _FINE and point.year == results.end.year)
            bounds = mention.bounds(point.year)
        elif within_year and (not mention.dated or point.offset == 0) and point.month is not None:
            by = comes is not None and comes["by"] is not None
            said = to_be_done or by or (opens and (by_then or _PLANNED_DEED.match(text, mention.at.end) is not None))
            bounds = mention.bounds(results.end.year)
            by_now = min(results.end, now)
        elif within_year and mention.precision is Precision.QUARTER and not mention.dated and mention.end is None:
            # a quarter that ends with the period reported on is over, where a plan by quarters opens with it
            said = opens and _PLANNED_DEED.match(text, mention.at.end) is not None
            bounds = mention.bounds(results.end.year)
            by_now = results.end + timedelta(days=1)
        else:
            continue
        if not said or bounds is None:
            continue
        yield Checked(analysis.span(mention.place))
        if bounds[1].end < by_now:
            yield Finding(
                analysis.span(mention.place),
                Message(
                    f"这里说的是打算，时间却在 {by_now} 以前，请核对",
                    f"this is to be done, yet the time is before {by_now}",
                ),
            )


#: 预计2024年6月竣工: what was foreseen when the text was written.
_FORESEEN = compiled(r"(?<![原曾])(?:预计|将于|拟于|有望)(?:可|能)?(?:于|在|到)?$")
#: 计划2024年底建成通车, told in 2025.
_PLANNED_THEN = compiled(r"(?<![原曾按照较比该])(?:计划|预计|力争|确保|争取|拟|将|有望)(?:可|能)?(?:于|在|到)?$")
_COMES = compiled(
    r"(?:底|中旬|上旬|下旬|初)?(?:之前|以前|前)?(?:全部|全面|基本|正式|可|能|将)*(?:完成|建成|投用|投入|投产|开工|竣工|通车|完工|交付|启用|运行|验收)(?![了])"
)
_TOLD_SINCE = compiled(r"已|提前|原计划|原定|推迟|实际")
_OF_BEFORE = compiled(
    r"已|提前|推迟|实际|延期|延后|滞后|未能|未按|因|调整|曾|当年|当时|逾期|至今|仍|批复|文件|会议|合同|目标|现"
)
#: So many days before the end of what is reported nothing is foreseen any more: a report is begun before its period is over.
_LONG_AGO = timedelta(days=60)


def foreseen(analysis: Analysis, period: ReportingPeriod) -> Iterator[Outcome]:
    """预计2024年6月竣工 in the report on the year 2024: taken from an older one."""
    yield from _planned_long_ago(analysis, period)
    results = period.results
    text = analysis.reading.text
    if results is None or not any(word in text for word in ("预计", "将于", "拟于", "有望")):
        return
    for mention in analysis.dates:
        point = mention.start
        if mention.end is not None or mention.titled or not (point.year == results.end.year or point.offset == 0):
            continue
        sentence = sentence_of(analysis, mention.at.start)
        if not _FORESEEN.search(text, sentence.start, mention.at.start) or not _COMES.match(text, mention.at.end):
            continue
        when = point.period(results.end.year)
        if when is None or _TOLD_SINCE.search(text, sentence.start, sentence.end):
            continue
        yield Checked(analysis.span(mention.place))
        if when.end + _LONG_AGO < results.end:
            yield Finding(
                analysis.span(mention.place),
                Message(
                    f"说的是到 {results.end} 为止的事，这里却还在“预计”更早的日子，请按现在的情况改写",
                    f"the report covers the time up to {results.end}, yet this is still foreseen for an earlier day",
                ),
            )


def _planned_long_ago(analysis: Analysis, period: ReportingPeriod) -> Iterator[Outcome]:
    """计划2024年底建成通车 in the report of October 2025: planned for a year that is over."""
    text = analysis.reading.text
    now = period.results.end if period.results else period.issued
    for mention in analysis.dates if now else ():
        year = mention.start.year
        if (
            now is None
            or year is None
            or not now.year - _YEARS_BACK <= year < now.year
            or mention.end
            or mention.titled
        ):
            continue
        sentence = sentence_of(analysis, mention.at.start)
        if not _PLANNED_THEN.search(text, max(sentence.start, mention.at.start - 6), mention.at.start):
            continue
        if not _COMES.match(text, mention.at.end) or _OF_BEFORE.search(text, *sentence):
            continue
        if any(other.start.year is not None and other.at != mention.at for other in dates_within(analysis, sentence)):
            continue  # 2021年开工，计划2023年底建成: a history
        when = mention.period(year)
        if when is None or when.end + _LONG_AGO >= now:
            continue
        yield Checked(analysis.span(mention.place))
        yield Finding(
            analysis.span(mention.place),
            Message(
                f"说的是 {now} 的情况，这里却还计划在更早的日子完成，请按现在的情况改写",
                f"the report is of {now}, yet this is still planned for an earlier day",
            ),
        )
