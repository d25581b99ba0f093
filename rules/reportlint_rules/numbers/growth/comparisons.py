"""Values, the bases they are compared with, and the changes said to lie between them.

A sentence names a base in one of few ways: 由B降到V; V，比上年的B少C; V，上年同期为B，下降C; V，下降C（上年同期为B）; 在B的基础上提高C，达到V; 是上年B的N倍;
or the value and its base each stand with their own period, in one sentence or in two. Lists go member by member. Where the words do
not say clearly which figure is compared, nothing is bound; ``others`` are figures that a careful reader might take for the value.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from reportlint.analysis import Analysis
from reportlint.claims import Claim
from reportlint.movements import EARLIER, Movement, change_of, kind_of, may_move
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint.span import Span
from reportlint.units import NO_UNIT
from reportlint_rules.numbers.growth.bases import SAYS_NOTHING, Base, Figure, Passage, figures
from reportlint_rules.numbers.growth.changes import (
    REACHES,
    Change,
    Row,
    beyond,
    change_of_row,
    led_to,
    outside,
    ratio_row,
    row_at,
    rows_after,
    rows_before,
)
from reportlint_rules.numbers.spells import is_before, subject

_FROM_SURE = compiled(
    rf".*[由从](?:{EARLIER})?(?:的|时)?(?:平均|人均|每[一-龥]{{1,3}}|日均|月均|户均|亩均|约|近|原|共|最高|最低|全市|全县){{0,6}}"
)
_TO = compiled(r"[^；。：]{0,20}?(?:到|至|为|成|达)(?:了)?(?P<rest>[^，；。到至]{0,12})")
#: A base that takes up the change before it, without a subject of its own.
_AFTERWARDS = compiled(rf"，(?:已|现|即)?[由从](?:{EARLIER})?(?:的)?")
_NAMED_AFTERWARDS = compiled(rf"，([一-龥]{{2,8}}?)(?:数量?|总[数量])?(?:已|现|即)?[由从](?:{EARLIER})?(?:的)?")
_FROM_EARLIER = compiled(r"[由从](?:上年|去年|上一年|20\d\d年)(?:同期|同月|末|底)?的?$")
_TIMES_OF = compiled(rf".*(?:是|为|达到?)(?:{EARLIER})的")
_BECOMES = compiled(r"发展|调整|扩展|拓展|拓宽|放宽|加快|放缓|改|变|转|优化|增|减|降|升|提|缩|压|涨|跌|扩")
#: 2024年增加到: what only says that a value was reached names no other subject.
_REACHED = compiled(
    r"(?:增加|增长|提高|提升|上升|扩大|发展|下降|减少|降低|压减|缩短)[到至为]|[增升降减]至|[增升降减]到|达到?"
)
_NOW = compiled(r"今年|本年|本期|本月|当月|现|目前|当前|如今|截至|[降升增减]至|[降升增减低高]到|达到")
_SET_AGAINST = compiled(r"[^，；。]{0,4}相[比较][^；。]{0,30}")
#: Without one of these a sentence compares nothing.
_MOVES = compiled(
    r"[增减降升提高低多少涨跌缩压扩窄落快慢延偏]|持平|改善|反弹|恶化|好转|变差|节[约省]|超出|走[高低]|由|从|倍"
)
#: What makes a comparison of one without a word of change before a figure.
_SET_BESIDE = compiled(r"由|从|持平|[高低多少优好]于|高出")
_FAR = 90
#: How far from the figures of a sentence a word of change may stand.
_REACH = 80
#: So many figures back another value of the sentence is looked for; a sentence of thousands would take its square.
_MOST_OTHERS = 100


class Growth(NamedTuple):
    """A value, its base, and the changes between; either of the two may not be printed.

    ``between`` are the words from base to value in 由B降到V. ``region`` is the stretch of the reading that holds them all, ``near``
    the words that say what is measured.
    """

    value: Figure | None
    base: Figure | None
    changes: tuple[Change, ...]
    between: Span | None
    others: tuple[Figure, ...]
    region: Span
    near: str


@lru_cache(maxsize=1)
def growths(analysis: Analysis) -> tuple[Growth, ...]:
    """Every comparison of which at least two of value, base and changes are printed; kept for the rules that share it."""
    return tuple(_growths(analysis))


def _growths(analysis: Analysis) -> Iterator[Growth]:
    text = analysis.reading.text
    previous: Sequence[Claim] = ()
    known: tuple[Figure, ...] | None = None  # the figures of the sentence before, if they were asked for
    for group in analysis.by_sentence:
        sentence = analysis.sentences[group[0].sentence].at
        near = previous if previous and previous[0].paragraph == group[0].paragraph else ()
        own: tuple[Figure, ...] | None = None
        start, end = max(sentence.start, group[0].at.start - _REACH), min(sentence.end, group[-1].at.end + _REACH)
        if len(group) + len(near) > 1 and _MOVES.search(text, start, end):
            own = tuple(figures(analysis, group))
        if own and (
            _SET_BESIDE.search(text, sentence.start, end)
            or any(figure.gap == "的" or may_move(figure.gap) for figure in own)
        ):
            before = (tuple(figures(analysis, near)) if known is None else known) if near else ()
            if len(own) + len(before) > 1:
                yield from _of_sentence(Passage(analysis, (*before, *own), len(before), sentence.start))
        previous, known = group, own


def _of_sentence(passage: Passage) -> Iterator[Growth]:
    bound: set[int] = set()
    pairs: list[Growth] = []
    index = passage.first
    while index < len(passage.figures):
        end = passage.end_of_list(index)
        base = passage.base(index)
        if base is not None and all(one.usable and one.quantity.value > 0 for one in passage.figures[index:end]):
            for growth, used in _bind(passage, index, end, base):
                bound.update(used)
                pairs.append(growth)
                yield growth
        elif end - index > 1:
            yield from _shared_row(passage, index, end, pairs)
            yield from _deltas(passage, index, end)
        index = end
    yield from _without_base(passage, bound)


def _shared_row(passage: Passage, index: int, end: int, pairs: Sequence[Growth]) -> Iterator[Growth]:
    """One list of changes for several pairs: 城市标准由A提高到B，农村标准由C提高到D，分别增长X和Y."""
    size = end - index
    row = row_at(passage, index, size) if "分别" in passage.figures[index].gap else None
    last = pairs[-size:]
    if (
        row is None
        or len(last) != size
        or last[-1].value is not passage.figures[index - 1]
        or any(pair.changes for pair in last)
    ):
        return
    for member, pair in enumerate(last):
        if pair.between is not None:
            change = change_of_row(passage, row, member)
            region = Span(pair.region.start, max(pair.region.end, change.figure.at.end))
            yield pair._replace(changes=(change,), between=None, region=region)


def _deltas(passage: Passage, index: int, end: int) -> Iterator[Growth]:
    """事故6起、死亡4人，同比减少3起、1人，分别下降33.3%和20.0%: each change with the value of its unit and its share."""
    size = end - index
    deltas, shares = row_at(passage, index, size), row_at(passage, end, size)
    if deltas is None or shares is None:
        return
    if any(one.unit.kind == "percent" for one in passage.figures[index:end]):
        return
    if any(one.unit.kind != "percent" for one in passage.figures[end : end + size]):
        return
    for member, figure in enumerate(passage.figures[index:end]):
        values = [
            place
            for place in range(passage.first, index)
            if _same_unit(passage.figures[place], figure) and passage.figures[place].usable
        ]
        if len(values) == 1 and not passage.figures[values[0]].moved and not passage.is_base(values[0]):
            changes = (change_of_row(passage, deltas, member), change_of_row(passage, shares, member))
            yield _growth(passage, passage.figures[values[0]], None, changes, None, ())


def _bind(passage: Passage, index: int, end: int, base: Base) -> Iterator[tuple[Growth, set[int]]]:
    """The growths of the bases from ``index`` to ``end``, each with the figures it used up."""
    located = _from(passage, index, end) if base.shape == "from" else _locate(passage, index, end, base)
    if located is None and base.shape == "from" and _FROM_EARLIER.search(passage.figures[index].lead):
        # 药占比26.4%，由上年同期的28.1%下降1.7个百分点: the value stands before.
        base = Base("compared", base.subject, "year")
        located = _locate(passage, index, end, base)
    if located is None:
        return
    values, rows, between = located
    used = set(values) | {place for row in rows for place, _ in row}
    bases = passage.figures[index:end]
    for member, figure in enumerate(bases):
        value = passage.figures[values[member]] if values else None
        changes = tuple(change_of_row(passage, row, member) for row in rows)
        others = tuple(_others(passage, value, index)) if len(bases) == 1 and base.shape != "from" else ()
        yield _growth(passage, value, figure, changes, between, others), used


_Located = tuple[list[int], list[Row], Span | None]


def _locate(passage: Passage, index: int, end: int, base: Base) -> _Located | None:
    """Where the values of the bases stand (nowhere, perhaps), and the changes."""
    size = end - index
    if base.shape == "ratio":
        rows = ratio_row(passage, end)
    else:
        rows = beyond(passage, index, end) or rows_after(passage, outside(passage, index, end), size, base)
    after = _value_after(passage, index, end, base, rows)
    if after:
        return after, rows or rows_after(passage, after[-1] + 1, size, base), None
    values = _values_before(passage, index, end, base)
    if not rows and values:
        rows = rows_before(passage, index, size, base)
        if rows:
            values = _values_before(passage, index, end, base, before=rows[0][0][0])
    if values is None:
        return ([], rows, None) if len(rows) > 1 and base.shape == "compared" else None
    return values, rows, None


def _from(passage: Passage, index: int, end: int) -> _Located | None:
    """由B（变化C）降到V，变化C."""
    size, at = end - index, end
    rows: list[Row] = []
    row = row_at(passage, at, size)
    if row and not passage.figures[at].gap.startswith(("，", "、")):
        rows, at = [row], at + size
    if at + size > len(passage.figures) or passage.end_of_list(at) != at + size:
        return None
    bases, values = passage.figures[index:end], passage.figures[at : at + size]
    words = values[0].gap
    if not _TO.fullmatch(words) or not (_BECOMES.search(words) or _FROM_SURE.fullmatch(bases[0].lead)):
        return None
    if not all(_same_unit(value, base, loose=True) and value.usable for value, base in zip(values, bases, strict=True)):
        return None
    between = Span(values[0].at.start - len(words), values[0].at.start)
    rows += rows_after(passage, at + size, size, Base("from", bases[0].lead, ""))
    if not rows and size == 1 and index > passage.first and _takes_up(passage, index):
        before = passage.figures[index - 1]
        movement = change_of(before.lead)  # 同比减少19件，由188件降至169件
        if before.unit.kind == "fold" and _TIMES_OF.fullmatch(before.lead):
            movement = Movement("是", "")
        rows = [[(index - 1, movement)]] if movement else []
    return list(range(at, at + size)), rows, between


def _takes_up(passage: Passage, index: int) -> bool:
    """Whether a base goes on from the change before it: 同比减少19件，由188件降至169件; 立案同比下降12.6%，立案数由953起."""
    gap = passage.figures[index].gap
    if _AFTERWARDS.fullmatch(gap):
        return True
    named = _NAMED_AFTERWARDS.fullmatch(gap)
    # 立案数 takes up 立案; 收入比 is another thing than 收入.
    return named is not None and named[1][:4] in passage.figures[index - 1].lead


def _value_after(passage: Passage, index: int, end: int, base: Base, rows: Sequence[Row]) -> list[int]:
    """Values that stand behind their bases: 在B的基础上提高C，达到V; 上年为B，今年为V; 与B相比，今年为V."""
    size = end - index
    at = end + sum(len(row) for row in rows)
    if at + size > len(passage.figures) or passage.end_of_list(at) != at + size:
        return []
    value = passage.figures[at]
    if rows:
        fits = base.shape != "own" and REACHES.fullmatch(value.gap) is not None
    elif base.shape == "compared":
        fits = not value.moved and _SET_AGAINST.fullmatch(value.gap) is not None
    else:
        fits = not value.moved and _goes_on(passage, index, at, base)
    pairs = zip(passage.figures[at : at + size], passage.figures[index:end], strict=True)
    return (
        list(range(at, at + size))
        if fits and all(_same_unit(one, other) and one.usable for one, other in pairs)
        else []
    )


def _goes_on(passage: Passage, index: int, at: int, base: Base) -> bool:
    """Whether the figure at ``at`` is the later value of what the base at ``index`` is an earlier one of."""
    figure = passage.figures[at]
    if base.shape == "in":
        return _NOW.search(figure.gap) is not None
    if base.shape != "own" or "；" in figure.gap or not compiled(r"[^，。]{0,4}，").match(figure.gap):
        return False
    if base.dated:
        return is_before(passage.spell(index), passage.spell(at)) and _same_subject(passage, index, at)
    return _NOW.search(figure.lead) is not None and _akin(base.subject, figure.lead)


def _values_before(passage: Passage, index: int, end: int, base: Base, before: int | None = None) -> list[int] | None:
    """The latest figures before the bases (or before ``before``) that are in their units, one for each."""
    wanted = passage.figures[index:end]
    size = end - index
    words = SAYS_NOTHING.sub("", base.subject)
    for at in range((index if before is None else before) - size, -1, -1):
        window = passage.figures[at : at + size]
        if wanted[0].at.start - window[-1].at.end > _FAR and size == 1 and not words:
            return None
        if at < passage.first and not (len(words) > 1 or index == passage.first):
            return None
        if not all(_same_unit(one, other) for one, other in zip(window, wanted, strict=True)):
            if size == 1 and window[0].unit.kind == wanted[0].unit.kind == "concentration":
                return None  # 54毫克/立方米，下降6.9%（上年同期为58微克/立方米）: the value is there, in a wrong unit
            continue
        if size == 1 and window[0].claim.planned and not wanted[0].claim.planned:
            continue  # 失业率3.12%，控制在4%以内，同比下降（上年末为3.28%）: the limit is no value
        if any(
            one.moved
            or passage.is_aside(at + place)
            or passage.is_base(at + place)
            or one.claim.depth > wanted[0].claim.depth
            for place, one in enumerate(window)
        ):
            continue
        if words and size == 1 and not _akin(words, window[0].gap + window[0].claim.trail[:8]):
            continue
        if size == 1 and passage.in_list(at):
            return None
        later = not base.dated or wanted[0].bracketed or is_before(passage.spell(index), passage.spell(at))
        return list(range(at, at + size)) if later and all(one.usable for one in window) else None
    return None


def _others(passage: Passage, value: Figure | None, index: int) -> Iterator[Figure]:
    """Every figure before ``index`` that could be a value itself."""
    first = max(0, index - _MOST_OTHERS)
    for place, figure in enumerate(passage.figures[first:index], first):
        if (
            figure is not value
            and figure.usable
            and not (figure.moved or passage.is_aside(place) or passage.is_base(place))
        ):
            yield figure


def _without_base(passage: Passage, bound: set[int]) -> Iterator[Growth]:
    """Values followed by changes whose base is not named beside them: printed with its own period, or not at all."""
    for index in range(passage.first, len(passage.figures)):
        figure = passage.figures[index]
        following = index + 1
        while following < len(passage.figures) and passage.is_aside(following):
            following += 1
        if (
            index in bound
            or following in bound
            or (following == len(passage.figures) and index == passage.first)
            or not figure.usable
            or figure.moved
        ):
            continue
        if passage.end_of_list(index) != index + 1 or passage.is_aside(index):
            continue
        rows = rows_after(passage, following, 1, None)
        # 占年度计划的86.4%，同比提高5.2个百分点: points go with the share, not with the value before it.
        arrived = led_to(passage, index)
        if (not rows and len(arrived) < 2) or (
            following > index + 1 and passage.figures[following].unit.kind == "point"
        ):
            continue
        if passage.is_base(index):
            continue
        rows = [*arrived, *rows]
        base = _dated_base(passage, index, rows)
        if base is None:
            kinds = [kind_of(row[0][1].comparator) for row in rows]
            rows = [row for row, kind in zip(rows, kinds, strict=True) if not kind or kind == kinds[0]]
        changes = tuple(change_of_row(passage, row, 0) for row in rows)
        found = passage.figures[base] if base is not None else None
        yield _growth(passage, figure, found, changes, None, tuple(_others(passage, figure, index)))


def _dated_base(passage: Passage, index: int, rows: Sequence[Row]) -> int | None:
    """The figure of the same thing a period earlier: 2023年全市新增X个。2024年全市新增Y个，比上年增长C."""
    mine = passage.spell(index)
    if mine is None:
        return None
    kind = kind_of(rows[0][0][1].comparator)
    for at in range(index - 1, -1, -1):
        figure = passage.figures[at]
        if not (_same_unit(figure, passage.figures[index]) and figure.usable) or figure.moved:
            continue
        its = passage.spell(at)
        if its is None or not is_before(its, mine) or not _same_subject(passage, at, index):
            continue
        months = (mine.start.year - its.start.year) * 12 + mine.start.month - its.start.month
        fits = {"year": months == 12, "step": 0 < months <= 3, "": True}.get(kind, kind == str(its.start.year))
        return at if fits and figure.quantity.value > 0 else None
    return None


def _same_subject(passage: Passage, one: int, other: int) -> bool:
    """Whether two figures with their own periods speak of one thing: their words but for the periods are the same."""
    mine, its = (
        subject(passage.analysis, passage.figures[place].at, passage.figures[place].lead) for place in (one, other)
    )
    mine, its = _REACHED.sub("", mine), _REACHED.sub("", its)
    if not mine or not its:
        return True
    return mine == its or (min(len(mine), len(its)) > 1 and (mine.endswith(its) or its.endswith(mine)))


def _akin(words: str, others: str) -> bool:
    """Whether two stretches share a pair of characters."""
    words = SAYS_NOTHING.sub("", words)
    return len(words) < 2 or any(words[place : place + 2] in others for place in range(len(words) - 1))


def _same_unit(one: Figure, other: Figure, *, loose: bool = False) -> bool:
    return one.unit.name == other.unit.name or (loose and other.unit is NO_UNIT)


def _growth(
    passage: Passage,
    value: Figure | None,
    base: Figure | None,
    changes: tuple[Change, ...],
    between: Span | None,
    others: tuple[Figure, ...],
) -> Growth:
    text = passage.analysis.reading.text
    places = [figure for figure in (value, base, *(change.figure for change in changes)) if figure is not None]
    first = min(places, key=lambda figure: figure.at.start)
    region = Span(first.at.start - len(first.lead), max(figure.at.end for figure in places))
    return Growth(
        value, base, changes, between, others, region, text[max(passage.start, first.at.start - 40) : first.at.start]
    )
