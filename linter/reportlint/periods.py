"""What a report is about: the period its title announces, the date it bears, the sections that look ahead.

``2023年工作总结及2024年工作计划`` speaks of two years, and which one “全年” means depends on the section it stands in.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from enum import Enum

from reportlint.day import date
from reportlint.document import BlockKind
from reportlint.moment import Date, Period, Precision
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint.span import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from reportlint.structure import Paragraph


_Within = Callable[[Span], Sequence[Date]]


class Outlook(Enum):
    """Which way a title or heading looks."""

    BACK = "back"
    AHEAD = "ahead"


class Announcement(NamedTuple):
    """A period that a title or heading names, and whether as one reported on or one planned for."""

    mention: Date
    outlook: Outlook


class Heading(NamedTuple):
    """A line that heads a section: its place in the reading and its level, 1 the highest and 0 for unnumbered ones."""

    at: Span
    level: int


class ReportingPeriod(NamedTuple):
    """The period a report covers and the one it plans for.

    ``at`` is the title in the reading; ``issued`` the latest of the dates it bears (signature, page metadata); ``year`` is the one that
    今年 and dates without a year mean; ``ahead`` are the stretches of the reading under ``headings`` that look ahead.
    """

    at: Span
    year: int
    announced: tuple[Announcement, ...]
    results: Period | None = None
    plan: Period | None = None
    issued: date | None = None
    headings: tuple[Heading, ...] = ()
    ahead: tuple[Span, ...] = ()

    def planned(self, at: Span) -> bool:
        """Whether ``at`` stands in a section that looks ahead."""
        index = bisect_right(self.ahead, (at.start, at.start)) - 1
        return any(stretch.holds(at) for stretch in self.ahead[max(0, index - 1) : index + 2])

    def year_at(self, at: Span) -> int:
        """The year that a date without one means at ``at``."""
        return self.plan.start.year if self.plan is not None and self.planned(at) else self.year


_BACK = compiled(r"总结|回顾|小结|情况|报告|汇报|成效|述职|通报|年报|成绩|进展|盘点|纪实")
_AHEAD = compiled(
    r"计划|打算|安排|思路|要点|谋划|展望|部署|草案|措施|举措|设想|任务|目标|方案|下一?步|下一?阶段|今后|重点(?:工作)?$|重点工作(?!.{0,6}情况)|努力方向|总体要求|工作要求"
)
_AHEAD_HEADING = compiled(
    r"下一?步|下一?阶段|今后|接下来|努力方向|改进方向|工作要求|工作建议|有关要求|(?:工作|任务|重点|总体|目标|主要|初步|基本|时间|预算)?"
    r"(?:打算|计划|安排|思路|谋划|设想|展望|要点|目标任务|预期目标|主要任务|重点任务|总体要求|工作部署|工作措施|工作重点|重点工作|保障措施)(?:和|及|与|、|$)"
)
_BACK_HEADING = compiled(r"情况|回顾|总结|成效|完成|进展|取得|成绩|开展|问题|不足|困难|做法")
_GOVERNMENT = compiled(r"政府工作报告|政府工作的?报告")
_WORK_REPORT = compiled(r"工作报告(?:[（(][^（）]*[）)])?$")
_ORDINAL = compiled(
    r"(?:#+)?(?:(第[一二三四五六七八九十\d]+部分|[一二三四五六七八九十]{1,3}、)|(（[一二三四五六七八九十]{1,3}）)|(\d{1,2}[、.](?!\d)|（\d{1,2}）)|#)?"
)
#: 第二部分, above 一、 where a report has both.
_PART = compiled(r"(?:#+)?第[一二三四五六七八九十\d]+部分")
#: 下半年，我镇将重点抓好以下工作: a paragraph that says what is to be done.
_WILL_DO = compiled(
    r"(?:下一?步|下一?阶段|下半年|下季度|接下来|今后|下月)(?:工作中|时期|的工作)?，(?:[一-龥]{1,8})?(?:将|要(?!求)|拟|计划|打算|重点(?:抓|做|围绕))"
)
_ISSUED = compiled(r"(?:成文|发文|发布|印发|公开|生成|签发)(?:日期|时间)：$|^[（(]?$")
_MEETING = compiled(r"(?:会议|大会|全会|会)上的?")
_HOW_IT_WENT = compiled(r"(?:完成|执行|开展|落实|推进|进展)情况")
_PARTED = compiled(r"[，；：]")
_SENTENCE_END = compiled(r"[。；！？]")
_SESSION = compiled(r"[^，。]{0,40}会")
_DELIVERED = compiled(r"^(?:[-—]{1,4}|[（(])?$")
_ORGAN = compiled(
    r"^[^，。；：！？]{2,24}(?:局|委|办|院|府|厅|会|会议，?|处|中心|站|队|校|司|部|室|署|所|组|社|集团|公司)$"
)
_LONGEST_TITLE = 70
_LONGEST_HEADING = 45
_FIRST_LINES = 10


def reporting_period(text: str, paragraphs: Sequence[Paragraph], dates: Sequence[Date]) -> ReportingPeriod | None:
    """The period of the report whose reading is ``text``, one line per paragraph; ``None`` where nothing announces one."""
    lines = list(_lines(text))
    starts = [mention.at.start for mention in dates]

    def within(at: Span) -> Sequence[Date]:
        return dates[bisect_right(starts, at.start - 1) : bisect_right(starts, at.end - 1)]

    issued = max(_issue_dates(text, lines, paragraphs, within), default=None)
    title, announced = _title(text, lines, paragraphs, within)
    headings = list(_headings(text, lines, paragraphs, title))
    main = tuple(
        item
        for heading in headings
        if heading.level == 1
        for item in announcements(text, heading.at, within(heading.at))
    )
    government = _GOVERNMENT.search(text, title.start, title.end) is not None
    if not announced and not government:
        # A report pasted without its title: its main headings say as much (一、2024年工作成效).
        title, announced = Span(title.start, title.start), main
    year = _year(announced, issued)
    if year is None:
        return None
    results, plan = _periods(announced, year)
    if government or (_WORK_REPORT.search(text, title.start, title.end) and _year(main, None) == year - 1):
        # A work report is given to a session early in the year it is named for, on the year before.
        results, plan = _period_of(year - 1), _period_of(year)
        year -= 1
    return ReportingPeriod(
        title, year, announced, results, plan, issued, tuple(headings), _ahead(text, lines, headings)
    )


def announcements(text: str, at: Span, dates: Sequence[Date]) -> tuple[Announcement, ...]:
    """The periods that the title or heading at ``at`` names, with the way it looks at each.

    The words behind a period tell: 2023年工作总结 looks back, 2024年工作计划 ahead. A period that neither follows is left out.
    """
    found = []
    spoken = [mention for mention in dates if not mention.titled and mention.precision is not Precision.DAY]
    for index, mention in enumerate(spoken):
        end = spoken[index + 1].at.start if index + 1 < len(spoken) else at.end
        words = text[mention.at.end : end]
        if _MEETING.search(words):
            continue
        ahead, back = _AHEAD.search(words), _BACK.search(words)
        if back and (not ahead or back.start() < ahead.start()):
            found.append(Announcement(mention, Outlook.BACK))
        elif ahead:
            found.append(Announcement(mention, Outlook.AHEAD))
    return tuple(found)


def heading_outlook(text: str, heading: Heading) -> Outlook | None:
    """Which way a heading looks, by its words alone; ``None`` where they do not say."""
    words = text[heading.at.start : heading.at.end].rstrip("。：")
    if _AHEAD_HEADING.search(words) and not _HOW_IT_WENT.search(words):
        return Outlook.AHEAD
    return Outlook.BACK if _BACK_HEADING.search(words) else None


def _lines(text: str) -> Iterator[Span]:
    at = 0
    while at <= len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        yield Span(at, end)
        at = end + 1


def _headings(text: str, lines: Sequence[Span], paragraphs: Sequence[Paragraph], title: Span) -> Iterator[Heading]:
    """The headings below the title; those that the format marks and nothing numbers count from their own highest level."""
    below = [(line, paragraph) for line, paragraph in zip(lines, paragraphs, strict=False) if line.start >= title.end]
    marked = [paragraph.level for _, paragraph in below if paragraph.kind is BlockKind.HEADING and paragraph.level]
    top = min(marked, default=1)
    for line, paragraph in below:
        heading = _heading(text, line, paragraph)
        if heading is not None:
            level = paragraph.level - top + 1 if paragraph.kind is BlockKind.HEADING else 0
            yield heading if heading.level else Heading(heading.at, level)


def _heading(text: str, line: Span, paragraph: Paragraph) -> Heading | None:
    """The heading that ``line`` is or begins with (一、工作打算。全年将…)."""
    ordinal = _ORDINAL.match(text, line.start, line.end)
    level = next((level for level, group in enumerate(ordinal.groups(), 1) if group), 0) if ordinal else 0
    end = text.find("。", line.start, line.end)
    end = line.end if end < 0 else end
    if end - line.start > _LONGEST_HEADING or (end < line.end and not level):
        return None
    if not level and paragraph.kind is not BlockKind.HEADING and _PARTED.search(text, line.start, end):
        return None
    return Heading(Span(line.start, end), level)


def _ahead(text: str, lines: Sequence[Span], headings: Sequence[Heading]) -> tuple[Span, ...]:
    """The stretches that look ahead, in reading order: those under headings that do, and paragraphs that open so."""
    under = tuple(_ahead_under(text, headings))
    said = [line for line in lines if line.size and _WILL_DO.match(text, line.start, line.end)]
    alone = [line for line in said if not any(stretch.holds(line) for stretch in under)]
    return tuple(sorted((*under, *alone))) if alone else under


def _ahead_under(text: str, headings: Sequence[Heading]) -> Iterator[Span]:
    """The stretches under headings that look ahead: up to the next heading of the same or a higher level."""
    index = 0
    while index < len(headings):
        heading = headings[index]
        index += 1
        if heading_outlook(text, heading) is not Outlook.AHEAD:
            continue
        part = _PART.match(text, heading.at.start) is not None
        while index < len(headings) and (
            (part and _PART.match(text, headings[index].at.start) is None)
            or headings[index].level > heading.level
            or headings[index].level == 0
        ):
            index += 1
        yield Span(heading.at.start, headings[index].at.start if index < len(headings) else len(text))


def _title(
    text: str, lines: Sequence[Span], paragraphs: Sequence[Paragraph], within: _Within
) -> tuple[Span, tuple[Announcement, ...]]:
    """The title, which is one of the first lines, and what it announces."""
    first: Span | None = None
    for line, paragraph in list(zip(lines, paragraphs, strict=False))[:_FIRST_LINES]:
        if paragraph.kind is BlockKind.META or not line.size:
            continue
        if line.size > _LONGEST_TITLE or _SENTENCE_END.search(text, line.start, line.end):
            break
        first = first or line
        found = announcements(text, line, within(line))
        if found or _GOVERNMENT.search(text, line.start, line.end):
            return line, found
    return first or Span(0, 0), ()


def _issue_dates(text: str, lines: Sequence[Span], paragraphs: Sequence[Paragraph], within: _Within) -> Iterator[date]:
    """The days of page metadata, of the line under a title, of the signature and of the session a report was given to."""
    edge = len(lines) - _FIRST_LINES
    for index, (line, paragraph) in enumerate(zip(lines, paragraphs, strict=False)):
        meta = paragraph.kind is BlockKind.META
        if not meta and _FIRST_LINES <= index < edge:
            continue
        for mention in within(line):
            point = mention.start
            if point.day is None or point.year is None or mention.end or not point.possible:
                continue
            before, after = text[line.start : mention.at.start], text[mention.at.end : line.end]
            tabled = paragraph.kind is BlockKind.CELL  # a column of days bears none of issue
            alone = not tabled and after.strip("）) ") == "" and (_ISSUED.search(before) or _ORGAN.match(before))
            labelled = meta and _ISSUED.search(before.rstrip(":：") + "：")
            delivered = index < _FIRST_LINES and _DELIVERED.match(before) and _SESSION.match(after)
            if (alone or labelled or delivered) and (period := point.period(point.year)):
                yield period.start


def _year(announced: Sequence[Announcement], issued: date | None) -> int | None:
    """The year spoken of: the one the title gives to what it reports on, else any it gives, else that of issue."""
    for outlook in (Outlook.BACK, Outlook.AHEAD):
        for item in announced:
            year = next((point.year for point in reversed(item.mention.points) if point.year is not None), None)
            if item.outlook is outlook and year is not None:
                period = item.mention.period(year)
                return period.end.year if period else year
    return issued.year if issued else None


def _periods(announced: Sequence[Announcement], year: int) -> tuple[Period | None, Period | None]:
    periods: dict[Outlook, Period | None] = {}
    for item in announced:
        periods.setdefault(item.outlook, item.mention.period(year))
    return periods.get(Outlook.BACK), periods.get(Outlook.AHEAD)


def _period_of(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31))
