"""Columns of a table that are computed from others: 增减额, 增长%, 占比, 完成率."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import permutations

from reportlint.grid import Grid, Number
from reportlint.patterns import compiled
from reportlint.record import NamedTuple, cached_property
from reportlint_rules.numbers.figures import HUNDRED, show
from reportlint_rules.numbers.tables.sums import NO_SUM, Place, additions

_CHANGE = compiled(
    r"增减|增长|同比|环比|升降|变化|增幅|降幅|增速|增加|减少|下降|上升|提高|[比较](?:上年|去年|20\d\d)|±|涨跌"
)
_AS_RATIO = compiled(r"[%％]|幅|率$|增速|增长$|百分比")
_AS_POINTS = compiled(r"百分点")
_AS_DIFFERENCE = compiled(r"额|量|数|值|天|位|±(?!%)")
_FALL = compiled(r"^(?:同比|环比)?(?:下降|减少|降幅|降低|压减)")
_BASE = compiled(r"上年|去年|同期|同月|上期|上月|上季|年初|基期|前一年|原")
_STEP = compiled(r"上月|上季|上旬|上周")
_COMPARED_YEAR = compiled(r"[比较](20\d\d)年?")
#: What is published with growth at constant prices or on a revised base, which the two values beside it do not give.
_OTHER_BASE = compiled(r"生产总值|GDP|增加值|产值|固定资产投资|消费品零售|规模以上|规上|限额以上|限上|第[一二三]产业")
_RESTATED = compiled(r"可比|不变价|同口径|实际增长|扣除|剔除|调整")
_SHARE = compiled(r"占比|比重|占总|占全|构成|份额|占[一-龥]{0,6}[%(（]")
_RATE = compiled(r"[一-龥]率|进度|占计划|占预算|占任务|完成比例")
_YEAR = compiled(r"(20\d\d)年?")
_TIME_WORDS = compiled(
    r"20\d\d年?度?|上年|去年|同期|同月|上期|上月|上季|年初|基期|本年|今年|本期|当期|本月|本季|当年|实际|累计|1[-—至]\d{1,2}月|\d{1,2}月份?|[上下]半年|全年|[一二三四]季度|前三季度|[(（][^)）\n]{0,80}[)）]|/.*"
)
_CHANGE_WORDS = compiled(
    r"(?:增减|增长|同比|环比|升降|变化|增加|减少|下降|上升|提高|[比较](?:上年|去年|20\d\d年?)|涨跌|±)+(?:变化)?(?:额|量|数|值|率|幅度?|情况)?|[增降]幅|增速|[%％]|绝对[额量数值]|[(（][^)）\n]{0,80}[)）]"
)
#: 办结率, 接种率: what was done to all that the other head counts.
_DEED_OF_RATE = compiled(r"([一-龥]{2})率")
#: 执行率 beside 预算数 and 执行数; 完成率 beside 任务数 and 实际.
_OF_PLANNED = compiled(r"(?:完成|执行|支出|兑现|拨付|到位)(?:率|比例)|进度")
_PLANNED = compiled(r"预算|任务|计划|目标|指标|应")
_REACHED = compiled(r"执行|支出|完成|实际|实|已|到位|拨付")
_PROGRESS = compiled(r"进度|完成比例|占计划|占任务")
_ALL_OF_THEM = compiled(
    r"^应|总|预算|指标数|任务|计划|目标|下达|受理|收到|接收|发现|排查|交办|反馈|抽检|抽查|检查|登记|[人户件家]数$|数量|合计"
)
#: How many rows must agree before a column is taken to be computed from others that its head does not name.
_ENOUGH = 3
#: How many columns away those lie at most that another is computed from.
_NEAR_COLUMNS = 64
#: How often each cell of a table may be reckoned with, on the average, and what a small table may take besides: every pair of columns may be
#: what a third is computed from, which is the cube of their number. Thirty columns, ten of them rates, stay within.
_EACH_CELL, _SMALL_TABLE = 10, 80_000


class Derived(NamedTuple):
    """A figure of a table that others give: where it is, what it should lie between, and how it is reckoned.

    ``strict`` where no other way of reckoning is usual; growth and rates are published on other bases too.
    """

    printed: Number
    low: Decimal
    high: Decimal
    shown: str
    sources: tuple[Number, ...]
    strict: bool = True

    @property
    def holds(self) -> bool:
        """Whether the figure can be printed so, rounded or truncated toward nought."""
        printed = self.printed
        least, most = printed.low, printed.high
        if printed.value >= 0:
            most += printed.step / 2
        if printed.value <= 0:
            least -= printed.step / 2
        return self.high >= least and self.low <= most


class Relation(NamedTuple):
    """What a column is said to be computed from; ``sure`` where the heads leave no choice."""

    cells: tuple[Derived, ...]
    sure: bool


class _Head:
    """What the head of a column says: its ``stem`` and unit, which year it is of, whether it is a base, a change, a share."""

    def __init__(self, grid: Grid, column: int) -> None:
        self.text = text = grid.text(0, column)
        self.stem = _stem(text)
        self.unit = grid.unit(column)
        year = _YEAR.search(text)
        self.year = int(year[1]) if year else None
        self.base = bool(_BASE.search(text))
        self.step = bool(_STEP.search(text))
        self.change = bool(_CHANGE.search(text))
        self.share = bool(_SHARE.search(text))
        self.sums = not NO_SUM.search(text)


class _Reckoner:
    """The heads of a table, and how much may still be reckoned in it."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self.columns = grid.columns()
        self.heads = {column: _Head(grid, column) for column in self.columns}
        self._left = _SMALL_TABLE + _EACH_CELL * len(grid.rows) * grid.width

    @cached_property
    def total_rows(self) -> list[int]:
        """The rows that are totals of the table."""
        return _total_rows(self._grid)

    def may(self) -> bool:
        """Whether another pair of columns may be gone through, row by row; counts it."""
        self._left -= len(self._grid.rows)
        return self._left >= 0

    def near(self, column: int, *, after: bool = False) -> list[int]:
        """The other columns before ``column``, and ``after`` it, as far as they lie near."""
        at = bisect_left(self.columns, column)
        behind = self.columns[at + 1 : at + 1 + _NEAR_COLUMNS] if after else []
        return self.columns[max(0, at - _NEAR_COLUMNS) : at] + behind


def relations(grid: Grid) -> Iterator[Relation]:
    """Every column computed from two others, with all its rows."""
    reckoner = _Reckoner(grid)
    for column, head in reckoner.heads.items():
        if head.share:
            yield from _shares(grid, column, reckoner)
        elif head.change:
            yield from _changes(grid, column, reckoner)
        elif _RATE.search(head.text):
            yield from _rates(grid, column, reckoner)


def _rows(grid: Grid) -> range:
    return range(1, len(grid.rows))


def _stem(head: str) -> str:
    """What a column measures, without its time, its unit and the words of change."""
    return _TIME_WORDS.sub("", _CHANGE_WORDS.sub("", head))


def _bases(heads: Mapping[int, _Head], columns: Iterable[int], change: str) -> Iterator[tuple[int, int]]:
    """Pairs of columns of one measure, one of which is the other's base: 本年 and 上年同期, 2024年 and 2023年.

    The head of the ``change`` may name the base (比2020年) or its kind (环比).
    """
    compared = _COMPARED_YEAR.search(change)
    named = int(compared[1]) if compared else None
    of_steps = "环比" in change
    alike: dict[tuple[str, tuple[str, str]], list[int]] = {}
    plain = [column for column in columns if not (heads[column].change or heads[column].share)]
    for column in plain:
        alike.setdefault((heads[column].stem, heads[column].unit), []).append(column)
    for value in plain:
        of_value = heads[value]
        if of_value.base:
            continue
        for base in alike[of_value.stem, of_value.unit]:
            of_base = heads[base]
            apart = of_value.year - of_base.year if of_value.year is not None and of_base.year is not None else 0
            if base == value:
                continue
            if named is not None:
                if of_base.year == named and apart > 0:
                    yield value, base
            elif apart == 1 or (of_base.base and of_base.step == of_steps):
                yield value, base


def _changes(grid: Grid, column: int, reckoner: _Reckoner) -> Iterator[Relation]:
    """A column of changes against the two columns that it lies between."""
    heads = reckoner.heads
    head, stem = heads[column].text, heads[column].stem
    pairs = list(_bases(heads, reckoner.near(column, after=True), head))
    named = [pair for pair in pairs if stem and stem == heads[pair[0]].stem]
    pairs = named or [pair for pair in pairs if not stem or not heads[pair[0]].stem]
    sign = -1 if _FALL.search(head) else 1
    of_percent = _all_percent(grid, column)
    found = [
        tuple(each for row in _rows(grid) if (each := _change(grid, (row, column), pair, kind, sign)) is not None)
        for pair in pairs
        for kind in _kinds(head, percent=of_percent and not _all_percent(grid, pair[0]))
        if reckoner.may()
    ]
    best = _best(found)
    if best:
        # 床位1200、1260，增减+60: whole numbers that some row bears out are differences.
        whole = not _AS_RATIO.search(head) and all(cell.printed.step == 1 and cell.printed.unit == "" for cell in best)
        yield Relation(best, sure=len(found) == 1 or (whole and len(pairs) == 1 and any(cell.holds for cell in best)))


def _all_percent(grid: Grid, column: int) -> bool:
    numbers = [number for row in _rows(grid) if (number := grid.number(row, column)) is not None]
    return all("%" in number.unit for number in numbers)


def _best(found: Sequence[tuple[Derived, ...]]) -> tuple[Derived, ...]:
    """The reading of a column under which most of its rows hold."""
    return max(found, key=lambda cells: sum(cell.holds for cell in cells), default=())


def _kinds(head: str, *, percent: bool) -> tuple[str, ...]:
    """How a change may be meant: as a ratio, as a difference, or either where neither head nor cells (``percent``) say."""
    if percent:
        return ("ratio",)
    if _AS_POINTS.search(head):
        return ("difference",)
    if _AS_RATIO.search(head):
        return ("ratio",)
    return ("difference",) if _AS_DIFFERENCE.search(head) else ("difference", "ratio")


def _change(grid: Grid, place: Place, pair: tuple[int, int], kind: str, sign: int) -> Derived | None:
    printed, value, base = grid.number(*place), grid.number(place[0], pair[0]), grid.number(place[0], pair[1])
    if printed is None or value is None or base is None or value.unit != base.unit:
        return None
    if kind == "ratio" and (
        _OTHER_BASE.search(grid.label(place[0]) + grid.text(0, pair[0])) or _RESTATED.search(grid.caption)
    ):
        return None
    percent = "%" in printed.unit
    if kind == "difference":
        if percent and "%" not in value.unit:
            return None
        low, high = _wide(value)[0] - _wide(base)[1], _wide(value)[1] - _wide(base)[0]
        shown = f"{value.text}－{base.text}＝{show(value.value - base.value)}"
        return _derived(printed, low * sign, high * sign, shown, (value, base))
    if base.value <= 0 or value.value < 0 or _wide(base)[0] <= 0:
        return None
    low, high = _wide(value)[0] / _wide(base)[1] - 1, _wide(value)[1] / _wide(base)[0] - 1
    actual = (value.value / base.value - 1) * HUNDRED
    places = max(0, -int(printed.step.adjusted()))
    shown = f"（{value.text}－{base.text}）÷{base.text}＝{show(actual, places)}%"
    return _derived(printed, low * HUNDRED * sign, high * HUNDRED * sign, shown, (value, base))._replace(strict=False)


def _derived(printed: Number, one: Decimal, other: Decimal, shown: str, sources: tuple[Number, ...]) -> Derived:
    return Derived(printed, min(one, other), max(one, other), shown, sources)


def _wide(number: Number) -> tuple[Decimal, Decimal]:
    """What a printed number stands for; whole numbers of things stand for themselves."""
    return (
        (number.value, number.value)
        if number.step == 1 and abs(number.value) < 1000 and not number.unit.startswith(("万", "亿"))
        else (number.low, number.high)
    )


def _shares(grid: Grid, column: int, reckoner: _Reckoner) -> Iterator[Relation]:
    """A column of shares against the column whose total row gives the whole."""
    wholes = reckoner.total_rows
    if len(wholes) > 1:
        return
    heads = reckoner.heads
    found = []
    for other in reckoner.near(column):
        if heads[other].share or not heads[other].sums or not reckoner.may():
            continue
        whole = grid.number(wholes[0], other) if wholes else _added_up(grid, other)
        if whole is not None and whole.value > 0:
            cells = (_quotient(grid.number(row, column), grid.number(row, other), whole) for row in _rows(grid))
            found.append(tuple(cell for cell in cells if cell is not None))
    best = _best(found[::-1])
    if best:
        yield Relation(best, sure=len(found) == 1 and bool(wholes))


def _added_up(grid: Grid, column: int) -> Number | None:
    """What the cells of a column come to, where no row says so and none is missing."""
    numbers = [grid.number(row, column) for row in _rows(grid)]
    parts = [number for number in numbers if number is not None]
    if len(parts) < max(3, len(numbers)) or len({(number.unit, number.step) for number in parts}) > 1:
        return None
    total = sum((number.value for number in parts), Decimal(0))
    return parts[-1]._replace(text=show(total), value=total)


def _total_rows(grid: Grid) -> list[int]:
    """The rows that are totals of the table."""
    spans = {addition.total.span for found in additions(grid) for addition in found}
    return [
        row
        for row in _rows(grid)
        if any(
            (number := grid.number(row, column)) is not None and number.span in spans for column in range(grid.width)
        )
        and _WHOLE_ROW.fullmatch(grid.label(row))
    ]


_WHOLE_ROW = compiled(r"(?:总计|合计|共计|总和|全[市县区省州])(?:[(（].*)?")


def _quotient(printed: Number | None, part: Number | None, whole: Number) -> Derived | None:
    if printed is None or part is None or part.unit != whole.unit or whole.low <= 0:
        return None
    low, high = _wide(part)[0] / _wide(whole)[1] * HUNDRED, _wide(part)[1] / _wide(whole)[0] * HUNDRED
    places = max(0, -int(printed.step.adjusted()))
    shown = f"{part.text}÷{whole.text}＝{show(part.value / whole.value * HUNDRED, places)}%"
    return Derived(printed, low, high, shown, (part, whole))


def _rates(grid: Grid, column: int, reckoner: _Reckoner) -> Iterator[Relation]:
    """A column of rates against two columns whose quotient it is in most rows."""
    heads = reckoner.heads
    counts = [other for other in reckoner.near(column) if heads[other].sums and not heads[other].change]
    most = sum(grid.number(row, column) is not None for row in _rows(grid))
    best: tuple[Derived, ...] = ()
    held, sure = 0, False
    for part, whole in permutations(counts, 2):
        named = _named_rate(*(heads[each].text for each in (column, part, whole)))
        least = 1 if named else _ENOUGH
        if most < least or (most, named) <= (held, sure):
            continue  # cannot explain more than what has been found
        if not reckoner.may():
            break
        cells = _quotients(grid, column, part, whole)
        holding = sum(cell.holds for cell in cells)
        if holding >= least and (holding, named) > (held, sure):
            best, held, sure = cells, holding, named
    if best:
        yield Relation(best, sure=sure)


def _quotients(grid: Grid, column: int, part: int, whole: int) -> tuple[Derived, ...]:
    """The cells of ``column`` as quotients of two others."""
    found = []
    for row in _rows(grid):
        bottom = grid.number(row, whole)
        if bottom is not None and bottom.value > 0:
            cell = _quotient(grid.number(row, column), grid.number(row, part), bottom)
            if cell is not None:
                found.append(cell._replace(strict=False))
    return tuple(found)


def _named_rate(rate: str, part: str, whole: str) -> bool:
    """Whether the heads say that ``rate`` is ``part`` over ``whole``: 办结率, 办结, 受理; 进度, 已完成, 总投资."""
    deed = _DEED_OF_RATE.search(rate)
    if deed and whole.startswith("应") and part.startswith(("已", "实")):
        return True
    if _OF_PLANNED.search(rate) and _PLANNED.search(whole) and _REACHED.search(part) and not _PLANNED.search(part):
        return True
    stem = deed[1] if deed else "完成" if _PROGRESS.search(rate) else ""
    return bool(stem) and stem in part and stem not in whole and _ALL_OF_THEM.search(whole) is not None
