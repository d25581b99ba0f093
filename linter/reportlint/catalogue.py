"""The catalogue of indicators: what is measured, by every name that it goes by.

The rows are data, shipped with the rules or the user's. A text names few of the hundreds that there are: what is shipped is kept so that
a name is found without looking at the others, and an indicator is made when it is first asked for.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Sequence, Set
from decimal import Decimal

from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint.span import Span
from reportlint.tables import table as kept_table
from reportlint.units import NO_UNIT, UNITS, Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Indicator(NamedTuple):
    """Something that is measured: its names, the unit of its limits, the notations in which that unit may be printed.

    ``hard_min`` and ``hard_max`` are limits nothing can pass, the plausible ones those that published values keep; all are
    closed and in ``unit``, and ``None`` where there is no limit. ``direction`` is the better one: higher, lower or none.
    ``context`` are words of which one must stand in the sentence before the figure, where the name alone says too little (亩产); empty where it does not.
    """

    name: str
    aliases: tuple[str, ...]
    unit: Unit
    units: frozenset[str]
    direction: str
    hard_min: Decimal | None
    hard_max: Decimal | None
    plausible_min: Decimal | None
    plausible_max: Decimal | None
    statistic: str
    source: str
    context: tuple[str, ...] = ()


#: What may follow the name of a pollutant without making it another indicator.
_MEASURE_NOUN = compiled(r"(?:的|年|月|季){0,4}(?:平均|均){0,2}(?:浓度|值){1,3}$")
_NAME_EDGE = compiled(r"[A-Za-z0-9]")
#: Raised when the kept form of a shipped table changes.
_LAYOUT = 2


class _Part:
    """Indicators of one origin.

    ``heads`` are the names, each with the number of its row, by their first two characters; ``bare`` leads from what is left of a name
    without :data:`_MEASURE_NOUN` to the name. A row is an indicator, or what :func:`indicator` makes one of, marshalled.
    """

    def __init__(
        self, rows: Sequence[Indicator | bytes], heads: dict[str, dict[str, int]], bare: dict[str, str]
    ) -> None:
        self.heads = heads
        self._rows = rows
        self._bare = bare
        self._made: dict[int, Indicator] = {}

    @classmethod
    def of(cls, indicators: Sequence[Indicator]) -> _Part:
        """Those of a table that has been read."""
        return cls(indicators, *_index(indicators))

    @property
    def indicators(self) -> Iterable[Indicator]:
        """All of them, in order."""
        return map(self.row, range(len(self._rows)))

    def row(self, number: int) -> Indicator:
        """The indicator of a row."""
        found = self._made.get(number)
        if found is None:
            row = self._rows[number]
            found = self._made[number] = made(marshal.loads(row)) if isinstance(row, bytes) else row
        return found

    def named(self, name: str, *, bare: bool) -> Indicator | None:
        """The indicator of that name; if ``bare``, of one from which 平均浓度 or the like has been taken."""
        if bare:
            name = self._bare.get(name, name)
        number = self.heads.get(name[:2], {}).get(name)
        return None if number is None else self.row(number)


class Catalogue:
    """Indicators by every name they go by."""

    def __init__(self, indicators: Iterable[Indicator] = (), shipped: Iterable[str] = ()) -> None:
        """``shipped`` are the tables that come with rules. Of two indicators that share a name, the later one has it."""
        self._parts = [_Part(*kept_table(path, _kept, _LAYOUT)) for path in shipped]
        own = tuple(indicators)
        if own:
            self._parts.append(_Part.of(own))

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """All of them."""
        return tuple(indicator for part in self._parts for indicator in part.indicators)

    def named(self, noun: str) -> Indicator | None:
        """The indicator that goes by ``noun``, with or without 平均浓度 and the like behind its name."""
        found = self._named(noun, bare=False)
        if found is not None:
            return found
        return self._named(_MEASURE_NOUN.sub("", noun) if noun.endswith(("度", "值")) else noun, bare=True)

    def _named(self, name: str, *, bare: bool) -> Indicator | None:
        for part in reversed(self._parts):
            found = part.named(name, bare=bare)
            if found is not None:
                return found
        return None

    def with_own(self, indicators: Iterable[Indicator]) -> Catalogue:
        """This catalogue with the user's rows, which replace those of the same name."""
        own = tuple(indicators)
        return Catalogue({one.name: one for one in (*self.indicators, *own)}.values()) if own else self

    def names(self, text: str, grams: Set[str]) -> list[tuple[Span, Indicator]]:
        """Every indicator named in ``text``, in order, the longest name where several overlap.

        ``grams`` are the pairs of neighbouring characters of ``text``: a name whose first and last pair are not there is not looked for.
        """
        named = {
            name: (part, number)
            for part in self._parts
            for head in part.heads.keys() & grams
            for name, number in part.heads[head].items()
            if name[-2:] in grams
        }
        found = []
        for name, (part, number) in named.items():
            at = text.find(name)
            while at >= 0:
                if _whole_word(text, at, at + len(name)):
                    found.append((Span(at, at + len(name)), part.row(number)))
                at = text.find(name, at + 1)
        found.sort(key=lambda item: (item[0].start, -item[0].end))
        kept: list[tuple[Span, Indicator]] = []
        for at_, indicator in found:
            if not kept or at_.start >= kept[-1][0].end:
                kept.append((at_, indicator))
            elif at_.end > kept[-1][0].end:
                # 水质达标率 and 达标率 end together; a longer name that begins earlier has been kept already.
                kept[-1] = (at_, indicator)
        return kept


def _whole_word(text: str, start: int, end: int) -> bool:
    """Whether a Latin name stands by itself: CO in CO2 or COD does not."""
    if text[start].isascii() and start and _NAME_EDGE.match(text[start - 1]):
        return False
    return not (
        text[end - 1].isascii() and end < len(text) and _NAME_EDGE.match(text[end]) and _NAME_EDGE.match(text[end - 1])
    )


def _index(indicators: Sequence[Indicator]) -> tuple[dict[str, dict[str, int]], dict[str, str]]:
    """What a :class:`_Part` looks names up by."""
    names = {name: number for number, one in enumerate(indicators) for name in (one.name, *one.aliases)}
    heads: dict[str, dict[str, int]] = {}
    for name, number in names.items():
        heads.setdefault(name[:2], {})[name] = number
    bare = {_MEASURE_NOUN.sub("", name): name for name in names}
    return heads, {short: name for short, name in bare.items() if short != name}


def _kept(path: str) -> tuple[Any, ...]:
    """A shipped table as the arguments of :class:`_Part`, in plain values."""
    from reportlint.catalogue_file import catalogue_rows, cells, read_catalogue  # only where the table has changed

    index = _index(tuple(read_catalogue(path)))
    return tuple(marshal.dumps(cells(row)) for row in catalogue_rows(path)), *index


def made(cells: Sequence[str]) -> Indicator:
    """The indicator of a row of a table; lists are separated by ``;``.

    Raises :class:`KeyError` for a unit that there is not, :class:`decimal.InvalidOperation` for a limit that is no number.
    """
    name, aliases, unit, units, direction, *limits, statistic, source, context = cells
    hard_min, hard_max, plausible_min, plausible_max = (Decimal(limit) if limit else None for limit in limits)
    return Indicator(
        name,
        _words(aliases),
        UNITS[unit] if unit else NO_UNIT,
        frozenset(_words(units)),
        direction,
        hard_min,
        hard_max,
        plausible_min,
        plausible_max,
        statistic,
        source,
        _words(context),
    )


def _words(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.split(";")))
