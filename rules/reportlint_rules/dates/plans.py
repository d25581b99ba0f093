"""DT007, DT008: years that a plan period or the number of a document cannot have."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.finding import Abstained, Checked, Finding, Message, Outcome, Related, Severity
from reportlint.moment import Date, Precision
from reportlint.patterns import compiled
from reportlint.rule import rule
from reportlint.span import Span
from reportlint_rules.dates.events import latest_day

_OPENING_YEAR = compiled(
    r"[，、]?(?:也|既|正|就)?(?:是|作为|系|为|正值|恰逢|迎来)(?:实施|全面实施|我国|我市|我县|全市|全县|国家)?的?“?十([一二三四五六])五”?(?:规划|时期|计划)?(?:实施)?的?"
    r"(开局|起步|开启|收官|收尾|最后一|第一)(?:起步)?(?:之年|年|一年)"
)
#: 2024年是新中国成立75周年，是实施“十四五”规划的关键一年.
_YEAR_OF_PLAN = compiled(
    r"，?(?:是|既是|也是|正值|恰逢|处于|系|为)[^。；]{0,40}?“?十(?P<plan>[一二三四五六])五”?(?:规划|时期|计划|建设|发展){0,3}(?:全面)?(?:实施|建设|发展|推进)?的?"
    r"(?:关键|重要|攻坚|承上启下|中期|深入|全面|推进|冲刺|决胜|起步|开局|收官)[^，。；]{0,6}(?:一年|之年|年)"
)
#: 2025年是谋划“十五五”的关键之年.
_NOT_YET = compiled(
    r"(?:谋划|编制|展望|衔接|迈向|迎接|筹划|起草|研究|谋定|谋)[^。；，]{0,8}$|(?:谋划|编制|展望|衔接)[^。；，]{0,6}“?十$"
)
#: 到“十三五”末（2019年）, “十四五”末期即2024年.
_END_OF_PLAN = compiled(
    r"十(?P<plan>[一二三四五六])五”?(?:规划|时期|期间)?(?:末|期末|末期|收官之年|收官年|末年)”?[，（(]?(?:即|也就是|是|为)?$"
)
_START_OF_PLAN = compiled(
    r"十(?P<plan>[一二三四五六])五”?(?:规划|时期|期间)?(?:初|期初|开局之年|开局年|首年)”?[，（(]?(?:即|也就是|是|为)?$"
)
_TERM_OF_PLAN = compiled(r"十([一二三四五六])五”?规划[^。；]{0,26}规划期(?:限)?(?:为|是|：)$")
_RANGE_OF_PLAN = compiled(r"十([一二三四五六])五”?(?:时期|期间|规划|以来)?（$")
#: Plans that look further than their five years say so: （2021—2035年）.
_LONG_TERM = frozenset({2030, 2035, 2050})
_NUMBER = compiled(
    r"(?P<bracket>[〔\[(（【﹝])(?<=[一-龥].)(?P<year>\d{4})[〕\])）】﹞]\s?(?:第\s?)?(?P<serial>\d{1,5})\s?号(?!地块|宗地|线|楼|院|门|裁|民|刑|行)"
)
_FOUNDED = 1949


@rule(
    "DT007",
    "plan-period",
    severity=Severity.WARNING,
    triggers=("十一五", "十二五", "十三五", "十四五", "十五五", "十六五"),
    bad=(
        "⟦2022年⟧是“十四五”规划的开局之年，全局上下真抓实干。",
        "“十四五”时期（⟦2021—2026年⟧），全县计划新建泵站12座。",
    ),
    good=(
        "2021年是“十四五”规划的开局之年，全局上下真抓实干。",
        "“十四五”期间（2021—2023年），全县已建成泵站8座。",
        "2025年是“十四五”收官之年，也是谋划“十五五”之年。",
    ),
)
def plan_period(analysis: Analysis) -> Iterator[Outcome]:
    """五年规划与年份不符。

    “十四五”是 2021—2025 年：开局之年是 2021 年，收官之年是 2025 年。年份写错，或者沿用了往年的句子。

    “今年”按标题、落款里的年份核对，与哪一年都不符才报；规划期里的一段（“十四五”期间（2021—2023年））、展望到 2035 年的规划不报。
    """
    text = analysis.reading.text
    for mention in analysis.dates:
        if mention.end is None and mention.precision is Precision.YEAR:
            yield from _opening(analysis, mention)
            yield from _bounding(analysis, mention)
            yield from _running(analysis, mention)
        elif mention.end is not None and mention.start.year and mention.end.year:
            plan = _RANGE_OF_PLAN.search(text, max(0, mention.at.start - 12), mention.at.start) or _TERM_OF_PLAN.search(
                text, max(0, mention.at.start - 40), mention.at.start
            )
            if plan is None:
                continue
            first = _first_year(plan[1])
            if mention.end.year in _LONG_TERM and mention.end.year > first + 4:
                continue
            span = analysis.span(mention.place)
            yield Checked(span)
            if mention.start.year < first or mention.end.year > first + 4:
                yield Finding(span, _is(plan[1], f"{first}—{first + 4}年"))


def _first_year(number: str) -> int:
    return 2001 + 5 * ("一二三四五六".index(number) + 1)


def _is(number: str, years: str) -> Message:
    return Message(f"“十{number}五”是 {years}，请核对年份", f"this five-year plan: {years}; check the year")


def _opening(analysis: Analysis, mention: Date) -> Iterator[Outcome]:
    """2022年是“十四五”开局之年."""
    said = _OPENING_YEAR.match(analysis.reading.text, mention.at.end)
    if said is None or mention.titled:
        return
    span = analysis.span(mention.place if mention.start.year else mention.at)
    right = _first_year(said[1]) + (4 if said[2] in ("收官", "收尾", "最后一") else 0)
    years = {mention.start.year} if mention.start.year else _years(analysis, mention)
    if not years:
        yield Abstained(span, "看不出是哪一年")
        return
    yield Checked(span)
    if right not in years:
        ending = "收官之年" if right % 5 == 0 else "开局之年"
        yield Finding(
            span,
            _is(said[1], f"{_first_year(said[1])}—{_first_year(said[1]) + 4}年，{ending}是 {right}年"),
            (Related(analysis.span(Span(said.start(1) - 1, said.end())), ending),),
        )


def _bounding(analysis: Analysis, mention: Date) -> Iterator[Outcome]:
    """到“十三五”末（2019年）: the first or last year of a plan."""
    text, year = analysis.reading.text, mention.start.year
    if year is None or mention.titled:
        return
    for pattern, after in ((_END_OF_PLAN, 4), (_START_OF_PLAN, 0)):
        said = pattern.search(text, max(0, mention.at.start - 18), mention.at.start)
        if said is None:
            continue
        span = analysis.span(mention.place)
        yield Checked(span)
        right = _first_year(said["plan"]) + after
        # “十四五”开局之年 may be spoken of from the plan before: 2020年底.
        if year != right:
            yield Finding(
                span,
                _is(said["plan"], f"{right - after}—{right - after + 4}年，{'末' if after else '开局'}是 {right}年"),
            )


def _running(analysis: Analysis, mention: Date) -> Iterator[Outcome]:
    """2024年是…，是实施“十四五”规划的关键一年: a year outside the plan."""
    text = analysis.reading.text
    said = _YEAR_OF_PLAN.match(text, mention.at.end)
    if said is None or mention.titled or _OPENING_YEAR.match(text, mention.at.end):
        return
    if _NOT_YET.search(text, mention.at.end, said.start("plan")):
        return
    years = {mention.start.year} if mention.start.year else _years(analysis, mention)
    if not years:
        return
    span = analysis.span(Span(said.start("plan") - 1, said.end("plan") + 1))
    yield Checked(span)
    first = _first_year(said["plan"])
    if not any(first <= year <= first + 4 for year in years):
        yield Finding(
            span,
            _is(said["plan"], f"{first}—{first + 4}年，不含 {max(years)}年"),
            (Related(analysis.span(mention.place), "年份"),),
        )


def _years(analysis: Analysis, mention: Date) -> set[int]:
    """Every year that 今年, 去年 or 明年 may mean."""
    period = analysis.period
    if period is None or mention.start.offset is None:
        return set()
    spans = [span for span in (period.results, period.plan) if span is not None]
    years = {year for span in spans for year in (span.start.year, span.end.year)} | {period.year}
    years |= {period.issued.year} if period.issued else {max(years) + 1}
    return {year + mention.start.offset for year in years}


@rule(
    "DT008",
    "document-number",
    severity=Severity.WARNING,
    triggers=("号",),
    bad=(
        "云屏县民政局2023年工作总结\n落实《实施方案》（屏民发⟦〔2032〕15号⟧）要求。",
        "印发《关于加强汛期值守的通知》（岭水发⟦〔2203〕8号⟧）。",
        "按照屏政办发⟦[2023]15号⟧文件要求抓好落实。",
    ),
    good=(
        "云屏县民政局2023年工作总结\n落实《实施方案》（屏民发〔2023〕15号）要求。",
        "根据（2023）屏民初字第15号判决，依法移送执行。",
        "宗地编号屏国土（2023）15号地块挂牌出让。",
    ),
)
def document_number(analysis: Analysis) -> Iterator[Outcome]:
    """发文字号有误。

    〔2032〕15号：字号里的年份晚于文稿，多半是数字按串了位。GB/T 9704 规定年份用六角括号〔〕，写成 [2023]、（2023）的提示一次。

    法院案号、地块号不是发文字号，不报；看不出文稿年份时，只报明显不可能的年份。
    """
    period = analysis.period
    latest = latest_day(period) if period is not None else None
    last = max(latest.year, period.plan.end.year if period and period.plan else 0) if latest else 2100
    first_wrong = True
    for match in _NUMBER.finditer(analysis.reading.text):
        span = analysis.span(Span(*match.span()))
        year = int(match["year"])
        yield Checked(span)
        if not _FOUNDED <= year <= last:
            why = f"晚于文稿的年份（{last} 年）" if _FOUNDED <= year <= 2100 else "不可能"
            yield Finding(span, Message(f"发文字号里的年份 {year} {why}，请核对", f"the year {year} cannot be right"))
        elif match["bracket"] != "〔" and first_wrong:
            first_wrong = False
            yield Finding(
                span,
                Message(
                    f"发文字号的年份应当用六角括号：〔{year}〕{match['serial']}号（GB/T 9704）",
                    "the year in a document number stands in 〔〕",
                ),
                suggestion=f"〔{year}〕{match['serial']}号",
                severity=Severity.INFO,
            )
