"""DT014: a season, a term or a yearly campaign in a month in which it never is."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from reportlint.analysis import Analysis
from reportlint.files import beside
from reportlint.finding import Checked, Finding, Message, Outcome, Related, Severity
from reportlint.moment import Date, Precision
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint.rule import rule
from reportlint.span import Span, occurrences
from reportlint.tables import rows
from reportlint_rules.dates.years import year_of

TABLE = beside(__file__, "seasons.csv")


class Season(NamedTuple):
    """What comes every year between two months, both included; the last may be one of the year after. ``since`` is its first year, or 0."""

    name: str
    first: int
    last: int
    since: int

    def holds(self, month: int) -> bool:
        """Whether some of ``month`` may belong to it."""
        return (month - self.first) % 12 <= (self.last - self.first) % 12


@lru_cache(maxsize=1)
def seasons() -> dict[str, Season]:
    """Every name and other name of a season."""
    found: dict[str, Season] = {}
    for row in rows(TABLE):
        season = Season(row["name"], int(row["first"]), int(row["last"]), int(row["since"] or 0))
        found.update(dict.fromkeys((row["name"], *filter(None, row["aliases"].split(";"))), season))
    return found


#: What leads from a date to the season it lies in: 8月底正值秋季学期开学, 6月是第24个全国“安全生产月”, 6月“安全生产月”期间.
_WITHIN = compiled(
    r"(?P<said>，?(?:正值|恰逢|适逢|时值|正是|正处于?|处于|已?进入了?|迎来|是|为|系|即)(?:我[国省市县区]|全[国省市县区])?的?(?:一年一度|每年)?的?)?的?"
    r"(?:第[\d一二三四五六七八九十]{1,3}个)?(?:全国)?(?:性的?)?[“‘]?(?:全国)?"
)
_DURING = compiled(r"[”’]?(?:活动|集中宣传)?(?:期间|当月|里(?=，)|这个月|为契机)")
#: What may stand between a season and its dates: 主汛期（7月下旬至8月上旬）.
_BRACKET = compiled(r"[”’]?(?:活动)?(?:期间)?[（(](?:即|为|一般为|时间为|自|从|每年)?(?:20\d\d年)?$")
_CLOSE = compiled(r"[底初末]?[）)，]")
#: How far, in code points, the season may stand from the date.
_FAR = 26
#: What makes the months no time of it: 谋划10月供暖期, 汛期前, 春耕后.
_AROUND = compiled(r"[”’]?(?:之?前|之?后|以前|以后|结束|来临|到来|将至|准备|筹备|动员|总结|备)")


@rule(
    "DT014",
    "season-mismatch",
    severity=Severity.WARNING,
    triggers=(
        *("汛期", "春耕", "三夏", "三秋", "双抢", "夏收", "秋收", "采暖", "供暖", "取暖", "梅雨", "夏粮收获"),
        *("春季", "夏季", "秋季", "冬季", "今冬明春", "春节", "清明", "五一", "劳动节", "端午", "国庆", "中秋", "元旦"),
        *("春运", "迎峰度", "暑假", "暑期", "寒假", "学期", "春季开学", "秋季开学", "高考", "中考"),
        *("生产月", "质量月", "宣传月", "科普月", "教育月", "卫生月", "敬老月", "宣传周", "推普周", "喂养周", "水周"),
    ),
    bad=(
        "⟦8月底⟧正值春季学期开学，市监、教育部门联合检查学校食堂42所。",
        "⟦2025年7月⟧“安全生产月”期间，组织应急演练12场。",
        "主汛期（⟦12月下旬至8月上旬⟧），水文站加密测报频次。",
    ),
    good=(
        "8月底正值秋季学期开学，市监、教育部门联合检查学校食堂42所。",
        "2025年6月“安全生产月”期间，组织应急演练12场。",
        "主汛期（6月下旬至8月上旬），水文站加密测报频次。",
        "7月，县安委办召开“安全生产月”活动总结会。",
        "11月进入供暖期，全市供热面积1200万平方米。",
    ),
)
def season_mismatch(analysis: Analysis) -> Iterator[Outcome]:
    """季节、学期、宣传月的月份不对。

    “安全生产月”是6月，“质量月”是9月；8月底开学的是秋季学期；汛期不会在12月。沿用别的月份的旧稿，月份改了，季节没有改，或者反过来。

    只核对紧挨着的月份和名称（6月“安全生产月”期间、8月正值暑假、主汛期（7月至8月））；季节按全国最早、最晚放宽；活动的部署、总结在别的月份，不报。
    名称、月份和来源见数据文件 seasons.csv。
    """
    text, grams = analysis.reading.text, analysis.grams
    if not analysis.dates:
        return
    named = [
        (at, season)
        for name, season in seasons().items()
        if name[:2] in grams and name[-2:] in grams
        for at in occurrences(text, name)
    ]
    longest = {at.start: (at, season) for at, season in sorted(named)}  # 春季学期开学, not 春季学期
    longest = {at.end: (at, season) for at, season in sorted(longest.values(), reverse=True)}  # 主汛期, not 汛期
    for at, season in longest.values():
        for index in _beside(analysis, at):
            mention = analysis.dates[index]
            year = year_of(analysis, index)
            if mention.titled or mention.precision < Precision.MONTH or (season.since and year and year < season.since):
                continue
            span = analysis.span(mention.place)
            yield Checked(span)
            wrong = [month for point in mention.points if (month := point.month) and not season.holds(month)]
            if wrong and all(month <= 12 for month in wrong):
                yield _misplaced(analysis, mention, at, season, wrong[0])


def _beside(analysis: Analysis, at: Span) -> Iterator[int]:
    """The dates that the text puts into the season: the one before its name, the one in brackets behind."""
    text = analysis.reading.text
    index = bisect_left(analysis.date_starts, at.start)
    if index:
        mention = analysis.dates[index - 1]
        said = _WITHIN.fullmatch(text, mention.at.end, at.start) if at.start - mention.at.end <= _FAR else None
        if said and (
            text[at.end - 2 : at.end] in ("期间", "假期")
            or _DURING.match(text, at.end)
            or (said["said"] and not _AROUND.match(text, at.end))
        ):
            yield index - 1
    if index < len(analysis.dates):
        mention = analysis.dates[index]
        near = mention.at.start - at.end <= _FAR
        if near and _BRACKET.fullmatch(text, at.end, mention.at.start) and _CLOSE.match(text, mention.at.end):
            yield index


def _misplaced(analysis: Analysis, mention: Date, at: Span, season: Season, month: int) -> Finding:
    months = f"{season.first}月" if season.first == season.last else f"{season.first}月至{season.last}月之间"
    return Finding(
        analysis.span(mention.place),
        Message(
            f"{season.name}在{months}，不在{month}月，请核对",
            f"{season.name} is in months {season.first} to {season.last}, not in month {month}",
        ),
        (Related(analysis.span(at), "时段"),),
    )
