"""DT007, DT008: years that a plan period or the number of a document cannot have."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.analysis import Analysis
from reportlint.finding import Abstained, Checked, Finding, Message, Outcome, Related, Severity
from reportlint.moment import Date, Precision
from reportlint.numerals import whole_number
from reportlint.patterns import compiled
from reportlint.rule import rule
from reportlint.span import Span
from reportlint_rules.dates.events import latest_day
from reportlint_rules.dates.years import COMPARED

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
#: “十四五”规划……提前达到2020年目标.
_AIM_OF_PLAN = compiled(
    r"十(?P<plan>[一二三四五六])五”?(?:规划|时期)[^。；\d]{0,30}提前[^，。；\d]{0,4}(?:达到|完成|实现)$"
)
_TERM_OF_PLAN = compiled(r"十([一二三四五六])五”?规划[^。；]{0,26}规划期(?:限)?(?:为|是|：)$")
_RANGE_OF_PLAN = compiled(r"十([一二三四五六])五”?(?:时期|期间|规划|以来)?(?:的?这?五年)?（$")
#: “十四五”前四年（2021—2024年）.
_YEARS_OF_PLAN = compiled(
    r"十(?P<plan>[一二三四五六])五”?(?:时期|期间|规划)?的?(?P<which>前|头|后)(?P<number>[一二两三四1-4])年（$"
)
#: 2023年是实施“十四五”规划的第三年.
_NTH_YEAR = compiled(
    r"[，、]?(?:也|既|正|就)?(?:是|作为|系|为|正值)[^，。；]{0,10}?“?十(?P<plan>[一二三四五六])五”?(?:规划|时期|计划)?(?:实施|建设|推进)?的?第(?P<number>[一二三四五1-5])年"
)
#: “十五五”开局之年的2026年; 站在“十四五”收官之年，2025年….
_YEAR_BEFORE = compiled(
    r"十(?P<plan>[一二三四五六])五”?(?:规划)?的?(?P<which>开局|起步|收官|收尾)之年(?:的|、“十[一二三四五六]五”?(?:规划)?的?(?:谋划|启动|布局|编制)之年，|，)$"
)
#: Plans that look further than their five years say so: （2021—2035年）.
_LONG_TERM = frozenset({2030, 2035, 2050})
_NUMBER = compiled(
    r"(?P<bracket>[〔\[(（【﹝])(?<=[一-龥].)(?P<year>\d{4})[〕\])）】﹞]\s?(?:第\s?)?(?P<serial>\d{1,5})\s?号(?!地块|宗地|线|楼|院|门|裁|民|刑|行)"
)
_FOUNDED = 1949
#: What GB/T 9704 does not know in a number: 〔2024〕第15号, 〔2024〕015号, 〔24〕15号, 2024〔15〕号, 〔2024年〕15号.
_MISNUMBERED = compiled(
    r"(?<=[发字函办政委令规通报告党组])(?:〔20\d\d〕(?P<ordinal>第)\d{1,5}号|〔20\d\d〕(?P<zero>0\d{0,4})号|〔(?P<short>\d\d)〕\d{1,5}号"
    r"|20\d\d(?P<swapped>〔\d{1,3}〕)号|〔20\d\d(?P<year>年)〕\d{1,5}号)"
)
_FORMS = {
    "ordinal": ("顺序号前不加“第”", "no 第 before the serial number"),
    "zero": ("顺序号不编虚位（不编为 01）", "no leading zero in the serial number"),
    "short": ("年份应当写全四位", "the year has four digits"),
    "swapped": ("六角括号里应当是年份，不是顺序号", "the brackets hold the year"),
    "year": ("六角括号里只写年份，不加“年”", "no 年 inside the brackets"),
}


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
            yield from _counted(analysis, mention)
        elif mention.precision is Precision.PLAN:
            yield from _begun(analysis, mention)
        elif mention.end is not None and mention.start.year and mention.end.year:
            yield from _part(analysis, mention)
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
    aim = _AIM_OF_PLAN.search(text, max(0, mention.at.start - 48), mention.at.start)
    if aim is not None and text.startswith("目标", mention.at.end) and "衔接" not in aim[0]:
        span, first = analysis.span(mention.place), _first_year(aim["plan"])
        yield Checked(span)
        if year < first:
            yield Finding(span, _is(aim["plan"], f"{first}—{first + 4}年"))
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


#: “十五五”规划执行情况, “十五五”规划中期评估, “十五五”以来: what can be spoken of only once the plan has begun.
_CARRIED_OUT = compiled(
    r"”?(?:规划|时期)?(?:纲要)?(?:的)?(?:(?:执行|落实|完成)情况|实施(?:进展|进度)|中期评估|(?:圆满|胜利|顺利|完美)收官|(?:开局|实施)?以来)"
)


def _begun(analysis: Analysis, mention: Date) -> Iterator[Outcome]:
    """“十五五”规划执行情况 in a report that is older than the plan."""
    text, period = analysis.reading.text, analysis.period
    said = _CARRIED_OUT.match(text, mention.at.end)
    if said is None or mention.titled or period is None:
        return
    span = analysis.span(mention.place)
    yield Checked(span)
    last = max(
        period.year,
        period.issued.year if period.issued else 0,
        period.results.end.year if period.results else 0,
        period.plan.end.year if period.plan and (period.planned(mention.at) or period.results is None) else 0,
    )
    if mention.start.year is not None and mention.start.year > last:
        number = text[mention.start.at.start + 1]
        yield Finding(span, _is(number, f"{mention.start.year}—{mention.start.year + 4}年，到 {last} 年还没有开始"))


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


def _counted(analysis: Analysis, mention: Date) -> Iterator[Outcome]:
    """2023年是“十四五”规划的第二年; 作为“十五五”开局之年的2027年."""
    text = analysis.reading.text
    if mention.titled:
        return
    said = _NTH_YEAR.match(text, mention.at.end)
    years = {mention.start.year} if mention.start.year else _years(analysis, mention)
    if said is not None:
        first = _first_year(said["plan"])
        right = first + whole_number(said["number"]) - 1
        other = Span(said.start("plan") - 1, said.end())
    else:
        said = _YEAR_BEFORE.search(text, max(0, mention.at.start - 32), mention.at.start)
        if said is None or mention.start.year is None or COMPARED.search(text, max(0, said.start() - 3), said.start()):
            return
        first = _first_year(said["plan"])
        right = first + (4 if said["which"].startswith("收") else 0)
        other = Span(said.start("plan") - 1, said.end() - 1)
    span = analysis.span(mention.place if mention.start.year else mention.at)
    if not years:
        yield Abstained(span, "看不出是哪一年")
        return
    yield Checked(span)
    if right not in years:
        told = _is(said["plan"], f"{first}—{first + 4}年，这里说的应当是 {right}年")
        yield Finding(span, told, (Related(analysis.span(other), "时段"),))


def _part(analysis: Analysis, mention: Date) -> Iterator[Outcome]:
    """“十四五”前四年（2021—2025年）: the first or last years of a plan."""
    text = analysis.reading.text
    said = _YEARS_OF_PLAN.search(text, max(0, mention.at.start - 18), mention.at.start)
    if said is None:
        return
    first, number = _first_year(said["plan"]), whole_number(said["number"])
    right = (first + 5 - number, first + 4) if said["which"] == "后" else (first, first + number - 1)
    span = analysis.span(mention.place)
    yield Checked(span)
    if (mention.start.year, mention.points[-1].year) != right:
        yield Finding(span, _is(said["plan"], f"{first}—{first + 4}年，这几年是 {right[0]}—{right[1]}年"))


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
        "2024年11月印发的《探访关爱实施办法》（和政办发⟦〔2025〕31号⟧）运行平稳。",
        "印发《关于加强汛期值守的通知》（岭水发⟦〔2203〕8号⟧）。",
        "按照屏政办发⟦[2023]15号⟧文件要求抓好落实。",
        "关于做好秋季开学工作的通知\n屏教发〔⟦2024⟧〕12号\n请认真抓好落实。\n云屏县教育局\n2025年8月20日",
    ),
    good=(
        "云屏县民政局2023年工作总结\n落实《实施方案》（屏民发〔2023〕15号）要求。",
        "关于做好秋季开学工作的通知\n屏教发〔2025〕12号\n请认真抓好落实。\n云屏县教育局\n2025年8月20日",
        "2024年11月印发的《探访关爱实施办法》（和政办发〔2024〕31号）运行平稳。",
        "根据（2023）屏民初字第15号判决，依法移送执行。",
        "宗地编号屏国土（2023）15号地块挂牌出让。",
    ),
)
def document_number(analysis: Analysis) -> Iterator[Outcome]:
    """发文字号有误。

    〔2032〕15号：字号里的年份晚于文稿，多半是数字按串了位。2024年11月印发的文件，字号不会是〔2025〕。GB/T 9704 规定年份用六角括号〔〕，写成 [2023]、（2023）的提示一次。

    法院案号、地块号不是发文字号，不报；看不出文稿年份时，只报明显不可能的年份。
    """
    period = analysis.period
    latest = latest_day(period) if period is not None else None
    last = max(latest.year, period.plan.end.year if period and period.plan else 0) if latest else 2100
    first_wrong = True
    yield from _misnumbered(analysis)
    yield from _numbered_otherwise(analysis)
    if "〔" in analysis.reading.text and "》（" in analysis.reading.text:
        from reportlint_rules.dates.numbered import numbered_later

        yield from numbered_later(analysis)
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


#: 临民发〔2025〕46号, alone on its line: the number of the document itself.
_OWN_NUMBER = compiled(r"[ \t\u3000]*[一-龥]{2,9}〔(?P<year>20\d\d)〕\d{1,4}号[ \t\u3000]*")
_OWN_LINES = 8


def _numbered_otherwise(analysis: Analysis) -> Iterator[Outcome]:
    """The document's own number with another year than the day it is signed on."""
    text = analysis.reading.text
    start, own = 0, None
    for _ in range(_OWN_LINES):
        end = text.find("\n", start)
        if end < 0:
            return
        own = _OWN_NUMBER.fullmatch(text, start, end)
        if own is not None:
            break
        start = end + 1
    if own is None:
        return
    for mention in analysis.dates:
        point = mention.start
        alone = text[mention.at.start - 1] == "\n" and text[mention.at.end : mention.at.end + 1] in ("", "\n")
        if mention.at.start < own.end() or not alone or point.day is None or point.year is None or mention.end:
            continue
        span = analysis.span(Span(*own.span("year")))
        yield Checked(span)
        if point.year != int(own["year"]):
            yield Finding(
                span,
                Message(
                    f"发文字号是{own['year']}年的，落款却是{point.year}年，请核对",
                    f"the number is of {own['year']}, the signature of {point.year}",
                ),
                (Related(analysis.span(mention.place), "落款"),),
            )
        return


def _misnumbered(analysis: Analysis) -> Iterator[Outcome]:
    """Numbers that are not put together as the standard says, each kind once."""
    text = analysis.reading.text
    if "〔" not in text:
        return
    told = set()
    for match in _MISNUMBERED.finditer(text):
        kind = match.lastgroup or "ordinal"
        span = analysis.span(Span(*match.span(kind)))
        yield Checked(span)
        if kind not in told:
            told.add(kind)
            why, english = _FORMS[kind]
            yield Finding(
                span,
                Message(f"发文字号的{why}（GB/T 9704）", english),
                severity=Severity.WARNING if kind in ("swapped", "short") else Severity.INFO,
            )
