"""DT011: an anniversary, or the ordinal of a commemoration day, that the year contradicts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from reportlint.analysis import Analysis
from reportlint.files import beside
from reportlint.finding import Abstained, Checked, Finding, Message, Outcome, Related, Severity
from reportlint.moment import Precision
from reportlint.numerals import HAN_NUMERAL, han_value
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint.rule import rule
from reportlint.span import Span
from reportlint.tables import rows
from reportlint_rules.dates.years import dates_within, sentence_of

TABLE = beside(__file__, "anniversaries.csv")
_NUMBER = rf"(?P<number>\d{{1,4}}|[{HAN_NUMERAL}]{{1,5}})"
#: The number before 周年.
_BACK = compiled(rf"{_NUMBER}$")
#: 第40个教师节, 第三十四次全国助残日.
_ORDINAL = compiled(rf"第{_NUMBER}(?:个|次|届)(?:全国)?[“‘]?$")
_SOON = compiled(r"迎接|喜迎|即将|将迎来|迎来|献礼|筹备|备战|明年|拟|将")
#: The longest name that is looked for before a number.
_LONGEST = 24


class Origin(NamedTuple):
    """What is counted from, and the year that counts as none (周年) or as the first (第)."""

    name: str
    ordinal: bool
    year: int

    def number(self, year: int) -> int:
        """The number that ``year`` has."""
        return year - self.year + self.ordinal


@lru_cache(maxsize=1)
def origins() -> tuple[dict[str, Origin], dict[str, Origin]]:
    """What anniversaries are counted from, and the days that are numbered, each by every name."""
    counted: tuple[dict[str, Origin], dict[str, Origin]] = {}, {}
    for row in rows(TABLE):
        ordinal = row["kind"] == "第"
        origin = Origin(row["name"], ordinal, int(row["year"]))
        counted[ordinal].update(dict.fromkeys((row["name"], *filter(None, row["aliases"].split(";"))), origin))
    return counted


@rule(
    "DT011",
    "wrong-anniversary",
    severity=Severity.WARNING,
    triggers=("周年", "个", "次", "届"),
    bad=(
        "2024年7月1日，机关党委举行庆祝中国共产党成立⟦102周年⟧主题党日活动。",
        "云屏县文化馆2024年工作总结\n举办庆祝新中国成立⟦74周年⟧文艺汇演。",
        "2024年9月10日，召开庆祝⟦第39个⟧教师节座谈会。",
    ),
    good=(
        "2024年7月1日，机关党委举行庆祝中国共产党成立103周年主题党日活动。",
        "云屏县文化馆2024年工作总结\n举办庆祝新中国成立75周年文艺汇演。",
        "2024年9月10日，召开庆祝第40个教师节座谈会。",
        "云屏县文化馆2024年工作总结\n以优异成绩迎接新中国成立76周年。",
    ),
)
def wrong_anniversary(analysis: Analysis) -> Iterator[Outcome]:
    """周年数、第几个纪念日与年份对不上。

    2024 年是建党 103 周年、新中国成立 75 周年，9 月 10 日是第 40 个教师节。沿用上一年的稿子，年份改了，周年往往忘了改。起算年见数据文件 anniversaries.csv。

    按同一句、标题、落款里的年份核对，与哪一年都不符才报；“迎接”“即将”按下一年也算对；全文看不出年份的不核对。
    """
    text = analysis.reading.text
    counted, numbered = origins()
    at = text.find("周年")
    while at >= 0:
        number = _BACK.search(text, max(0, at - 5), at)
        origin = _named(text, number.start(), counted) if number else None
        if number and origin:
            yield from _judge(analysis, Span(number.start(), at + 2), number["number"], origin)
        at = text.find("周年", at + 2)
    grams = analysis.grams
    for name, origin in numbered.items() if "第" in text else ():
        if name[:2] not in grams or name[-2:] not in grams:
            continue
        at = text.find(name)
        while at >= 0:
            match = _ORDINAL.search(text, max(0, at - 9), at)
            if match:
                yield from _judge(analysis, Span(match.start(), match.end("number") + 1), match["number"], origin)
            at = text.find(name, at + len(name))


def _named(text: str, end: int, counted: dict[str, Origin]) -> Origin | None:
    """What an anniversary whose number begins at ``end`` is of."""
    before = text[max(0, end - _LONGEST) : end].rstrip("”’》的")
    return next((counted[before[-width:]] for width in range(len(before), 1, -1) if before[-width:] in counted), None)


def _judge(analysis: Analysis, at: Span, printed: str, origin: Origin) -> Iterator[Outcome]:
    number = int(printed) if printed.isdigit() else han_value(printed)
    if not number:
        return
    span = analysis.span(at)
    text = analysis.reading.text
    sentence = sentence_of(analysis, at.start)
    said = [
        mention
        for mention in dates_within(analysis, sentence)
        if not mention.titled and mention.precision is not Precision.PLAN
    ]
    years = {point.year for mention in said for point in mention.points if point.year is not None}
    beside = tuple(Related(analysis.span(mention.place), "年份") for mention in said if mention.start.year is not None)
    period = analysis.period
    if not years and period is not None:
        years = {period.year}
        if period.issued is not None:
            years.add(period.issued.year)
        for spoken in (period.results, period.plan if period.planned(at) else None):
            if spoken is not None:
                years |= set(range(spoken.start.year, spoken.end.year + 1))
    if not years:
        yield Abstained(span, "看不出是哪一年")
        return
    if _SOON.search(text, max(sentence.start, at.start - 30), at.start):
        years |= {year + 1 for year in years}
    yield Checked(span)
    if not any(origin.number(year) == number for year in years):
        year = max(year for year in years)
        right = origin.number(year)
        if right < 1:
            return
        shown = f"第{right}个{origin.name}" if origin.ordinal else f"{origin.name}{right}周年"
        yield Finding(
            span,
            Message(
                f"{year}年是{shown}，这里写的是“{text[at.start : at.end]}”，请核对", f"in {year} it is number {right}"
            ),
            beside[:1],
        )
