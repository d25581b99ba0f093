"""LG001, LG002, LG003: figures against the ledger, the last report, and related documents."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from reportlint.analysis import Analysis
from reportlint.day import date
from reportlint.finding import Abstained, Checked, Elsewhere, Finding, Message, Outcome, Severity
from reportlint.location import location
from reportlint.moment import Period
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint.registry import catalogue
from reportlint.rule import rule
from reportlint.scope import scopes
from reportlint.span import Span
from reportlint.subject import SIGHT, areas_in, noun_in, noun_of, own_names
from reportlint_rules.numbers.facts import beyond_examples as examples
from reportlint_rules.numbers.facts.rule import base_unit, context_in, is_stated, statement_of
from reportlint_rules.numbers.facts.statement import OWN, Statement, agree, canonical, comparable, names_one_thing
from reportlint_rules.numbers.facts.statements import Key, elsewhere, key_of, plain, settled, settled_in, statements
from reportlint_rules.numbers.figures import show

if TYPE_CHECKING:
    from reportlint.fact import Fact as Bound
    from reportlint.ledger import Entry

#: What grows by another measure than the two printed values: at constant prices, on a comparable basis.
_OTHER_MEASURE = compiled(r"可比|同口径|不变价|实际增长|扣除|剔除|名义|按[^，。；]{1,8}计算|折算|还原")
_CONSTANT_PRICES = compiled(
    r"生产总值|GDP|增加值|总产值|产业|零售总额|人均可支配收入|税收|财政收入|公共预算收入|用电量"
)


@rule(
    "LG001",
    "ledger-conflict",
    severity=Severity.WARNING,
    needs="ledger",
    bad=(
        "芦汀县2024年工作总结\n2024年，共查处案件⟦687件⟧，办案质量不断提高。",
        "芦汀县2024年工作总结\n2024年全县粮食总产量达到⟦38.6万吨⟧，再获丰收。",
    ),
    good=(
        "芦汀县2024年工作总结\n2024年，共查处案件678件，办案质量不断提高。",
        "芦汀县2024年工作总结\n2023年，共查处案件687件。",
        "芦汀县2024年工作总结\n2024年全县粮食总产量达到36.8万吨，再获丰收。",
    ),
    given=examples.with_ledger,
)
def ledger_conflict(analysis: Analysis) -> Iterator[Outcome]:
    """文中的数与台账不符。

    台账是数据的出处，报告里的数从那里来。抄错一位、台账更新过而稿子没有改，只看稿子是看不出来的。用 `--ledger 台账.xlsx` 或配置里的 `ledger`
    给出台账，才有这条规则。

    指标、范围、时段、单位都对得上才比；台账印到几位就按几位比，“约”“以上”不比，计划数不比，时段不清的不比。例子对照的台账里，2024年查处案件
    678 件、粮食总产量 36.80 万吨。
    """
    entries = analysis.context.ledger
    if not entries:
        return
    known = {key: entry for entry in entries if (key := _key_of_entry(analysis, entry)) is not None}
    for key, facts in statements(analysis).items():
        entry = known.get(key)
        if entry is None:
            continue
        for fact in facts:
            yield Checked(fact.span)
            value, step = _in_base(entry)
            gap = abs(fact.value - value)
            if gap if max(fact.step, step) == 1 else gap >= max(fact.step, step):
                where = (
                    f"{analysis.context.ledger_name} 第 {entry.row} 行"
                    if analysis.context.ledger_name
                    else f"第 {entry.row} 行"
                )
                yield Finding(
                    fact.span,
                    Message(
                        f"“{fact.label}”文中 {fact.text}，台账 {entry.shown}（{where}），请核对",
                        f"{fact.text} in the text, {entry.shown} in the ledger (row {entry.row})",
                    ),
                )


def _in_base(entry: Entry) -> tuple[Decimal, Decimal]:
    factor = entry.quantity.unit.factor or Decimal(1)
    return entry.quantity.value * factor, entry.quantity.step * factor


def _key_of_entry(analysis: Analysis, entry: Entry) -> Key | None:
    """What a row of the ledger is of, as the report would say it."""
    own = own_names(analysis)
    words = f"{entry.scope}{entry.indicator}"
    noun = plain(canonical(noun_in(entry.indicator)))
    if len(noun) < 2:
        return None
    found = areas_in(entry.scope, own) or areas_in(entry.indicator, own)
    area = "" if not found or found[-1] in OWN else found[-1]
    context = context_in(words) + "".join(sorted(scopes(words).values()))
    return Key(base_unit(entry.quantity), noun, context, area, entry.period)


@rule(
    "LG002",
    "previous-conflict",
    severity=Severity.WARNING,
    needs="previous",
    bad=(
        "芦汀县2024年工作总结\n2024年，全县共接待游客⟦156.2万人次⟧，同比增长8.5%。",
        "芦汀县2024年工作总结\n2024年，全县森林覆盖率⟦47.3%⟧，同比提高1.5个百分点。",
    ),
    good=(
        "芦汀县2024年工作总结\n2024年，全县共接待游客156.2万人次，同比增长6.3%。",
        "芦汀县2024年工作总结\n2024年，全县森林覆盖率47.3%，同比提高0.5个百分点。",
        "芦汀县2024年工作总结\n2024年，全县共接待游客156.2万人次，按可比口径同比增长8.5%。",
    ),
    given=examples.with_previous,
)
def previous_conflict(analysis: Analysis) -> Iterator[Outcome]:
    """由今年的同比倒推的基数，与去年报告里写的不符。

    “增长8.5%”意味着去年是 143.96 万人次，而去年的报告写的是 146.9 万人次：不是今年的增幅算错了，就是用了另一个基数。用 `--previous 去年.docx`
    或配置里的 `previous` 给出去年的报告，才有这条规则。

    去年的数也可能核实修订过，所以只请人核对。指标、范围、时段都对得上才比；写明可比口径、不变价的，以及通常按可比价算增幅的（生产总值、增加值、
    税收等）不比。例子对照的去年报告里，2023年接待游客 146.9 万人次、森林覆盖率 46.8%。
    """
    before = analysis.context.previous
    if before is None or elsewhere(analysis, before):
        return
    past = settled_in(before)
    for implied in _implied(analysis):
        earlier = past.get(implied.key)
        if earlier is None:
            continue
        low, high = earlier.value - earlier.step, earlier.value + earlier.step
        if implied.low < high and low < implied.high:
            yield Checked(implied.span)
        elif implied.low * 2 <= earlier.value or implied.high >= earlier.value * 2:
            yield Abstained(implied.span, "倒推的基数与去年的数相差过大，多半不是同一个数")
        else:
            yield Checked(implied.span)
            yield _not_the_base(analysis, before, implied, earlier)


class Implied(NamedTuple):
    """What a report of this year says of last year's figure: its interval, and how that is reckoned."""

    key: Key
    span: Span
    label: str
    low: Decimal
    high: Decimal
    shown: str


def _implied(analysis: Analysis) -> Iterator[Implied]:
    """The bases that the changes of ``analysis`` against last year imply."""
    from reportlint.fact import FactRole  # a check without another report needs none of it

    facts = analysis.facts(catalogue(analysis.context.indicators))
    for change in facts:
        compared = change.comparison
        if change.of is None or compared is None or compared.kind != "year" or change.role is not FactRole.CHANGE:
            continue
        value = facts[change.of]
        sign = {"up": 1, "down": -1}.get(compared.direction)
        if sign is None or value.subject != change.subject or not change.quantity.exact or not is_stated(value.claim):
            continue
        sentence = analysis.sentences[value.claim.sentence].at
        seen = max(sentence.start, value.claim.at.start - SIGHT), min(sentence.end, value.claim.at.end + SIGHT)
        if _OTHER_MEASURE.search(analysis.reading.text, *seen) or _CONSTANT_PRICES.search(value.subject):
            continue
        noun = canonical(noun_of(analysis, value.claim))
        fact = statement_of(analysis, noun, value.claim) if names_one_thing(noun) else None
        key = key_of(analysis, base_unit(value.quantity), fact) if fact is not None else None
        if fact is None or key is None or key.cutoff:
            continue
        interval = _base(value, change, sign, compared.measure)
        if interval is not None:
            yield Implied(key._replace(period=_year_before(key.period)), fact.span, fact.label, *interval)


def _base(value: Bound, change: Bound, sign: int, measure: str) -> tuple[Decimal, Decimal, str] | None:
    """The interval of the base, and the reckoning."""
    quantity, by = value.quantity, change.quantity
    factor = quantity.unit.factor or Decimal(1)
    low, high = (quantity.value - quantity.step) * factor, (quantity.value + quantity.step) * factor
    magnitude = (
        Decimal(10000) if quantity.magnitude == "万" else Decimal(10) ** 8 if quantity.magnitude == "亿" else Decimal(1)
    )
    unit = f"{quantity.magnitude}{quantity.unit.name}"
    word = "＋" if sign > 0 else "－"
    if measure == "percent" and quantity.kind != "percent":
        least, most = (by.value - by.step) / 100 * sign, (by.value + by.step) / 100 * sign
        least, most = min(least, most), max(least, most)
        if 1 + least <= 0:
            return None
        base = quantity.value / (1 + by.value / 100 * sign) / magnitude
        return (
            low / (1 + most),
            high / (1 + least),
            f"{_plain(quantity.text)}÷（1{word}{by.text}）≈{show(_rounded(base))}{unit}",
        )
    if (measure == "points" and quantity.kind == "percent") or (
        measure == "units" and by.unit.name == quantity.unit.name
    ):
        move, slack = by.value * sign * factor, by.step * factor
        base = (quantity.value - by.value * sign) / magnitude
        word = "－" if sign > 0 else "＋"
        by_text = by.text.replace("个百分点", "")
        return low - move - slack, high - move + slack, f"{_plain(quantity.text)}{word}{by_text}＝{show(base)}{unit}"
    return None


def _plain(text: str) -> str:
    return text.replace(",", "")


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01")) if value < 1000 else value.quantize(Decimal(1))


def _year_before(period: Period) -> Period:
    def earlier(day: date) -> date:
        try:
            return day.replace(year=day.year - 1)
        except ValueError:  # 29 February
            return day.replace(year=day.year - 1, day=28)

    start, end = earlier(period.start), earlier(period.end)
    if period.end.month == 2 and period.end.day == 28 and (end.year % 4 == 0):
        end = end.replace(day=29)
    return Period(start, end)


def _not_the_base(analysis: Analysis, before: Analysis, implied: Implied, earlier: Statement) -> Finding:
    year = implied.key.period.end.year
    return Finding(
        implied.span,
        Message(
            f"“{implied.label}”由同比倒推，{year}年为 {implied.shown}，上期报告写作 {earlier.text}（{_named(before, earlier.span)}）；"
            "若上期数已核实修订，请说明",
            f"the change implies {implied.shown} for {year}, the last report says {earlier.text}",
        ),
        elsewhere=(Elsewhere(before.document, earlier.span, "上期报告"),),
    )


def _named(analysis: Analysis, span: Span) -> str:
    """A place in another document, with its name."""
    document = analysis.document
    where = location(document, span.start)
    return f"{document.path} {where if where is not None else f'第 {document.place(span.start).line} 行'}"


@rule(
    "LG003",
    "document-conflict",
    severity=Severity.WARNING,
    needs="together",
    bad=(
        "芦汀县2024年工作总结\n2024年，全县共排查环境问题⟦128项⟧，整改取得进展。",
        "芦汀县2024年工作总结\n2024年，全县粮食总产量达到⟦38.6万吨⟧，再获丰收。",
    ),
    good=(
        "芦汀县2024年工作总结\n2024年，全县共排查环境问题126项，整改取得进展。",
        "松陂县2024年工作总结\n2024年，全县共排查环境问题128项，整改取得进展。",
        "芦汀县2024年工作总结\n2024年上半年，全县共排查环境问题68项，整改取得进展。",
    ),
    given=examples.with_related,
)
def document_conflict(analysis: Analysis) -> Iterator[Outcome]:
    """两份文件对同一件事写了两个数。

    总结、汇报、通报、附表一起报出去，同一个数应当一样；各人分头改，常常只改了一份。用 `--together 文件夹` 或配置里的 `together` 给出这一组文件，
    才有这条规则。

    名词、地区、时段、口径、单位都一样，而且在各自文件里只有一个值，才比；标题写明是不同地方的文件不比，相差过大的多半不是一回事，也不报。
    例子对照的另一份文件里，2024年排查环境问题 126 项、粮食总产量 36.8 万吨。
    """
    if not analysis.context.together:
        return
    own = settled(statements(analysis))
    for other in analysis.context.together:
        if elsewhere(analysis, other):
            continue
        theirs = settled_in(other)
        for key in own.keys() & theirs.keys():
            one, two = own[key], theirs[key]
            yield Checked(one.span)
            if not agree(one, two) and comparable(one, two):
                yield Finding(
                    one.span,
                    Message(
                        f"“{one.label}”这里写作 {one.text}，{_named(other, two.span)}写作 {two.text}，请核对",
                        f"{one.text} here, {two.text} in {other.document.path}",
                    ),
                    elsewhere=(Elsewhere(other.document, two.span, "另一份文件"),),
                )


RULES = (ledger_conflict, previous_conflict, document_conflict)
