"""Set formulas of official language: 四个意识, 三会一课, and the series that stand behind them."""

from __future__ import annotations

import re
from functools import lru_cache

from reportlint.files import beside, lines
from reportlint.patterns import any_of, compiled, literal
from reportlint.record import NamedTuple

NUMERALS = "一二两三四五六七八九十"
_NUMERAL = compiled(f"[{NUMERALS}]")
#: 三会一课: two numerals, each with a word of one character; 三课一会 has the words turned round.
_TWO_HALVES = compiled(f"^([{NUMERALS}])([^{NUMERALS}])([{NUMERALS}])([^{NUMERALS}])$")


class Formula(NamedTuple):
    """A formula: its name, empty for a series without one; its members, and for each the words that tell it in a list; where another
    numeral is surely wrong; whether the order is fixed.
    """

    name: str
    members: tuple[str, ...]
    told_by: tuple[tuple[str, ...], ...]
    where: re.Pattern[str] | None
    ordered: bool


@lru_cache(maxsize=1)
def formulas() -> tuple[Formula, ...]:
    """Every formula known."""
    return tuple(map(_formula, lines(beside(__file__, "formulas.tsv"))))


def _formula(row: str) -> Formula:
    name, members, where, ordered = row.split("\t")[:4]
    told_by = tuple(tuple(member.split("/")) for member in members.split("、")) if members else ()
    return Formula(
        name, tuple(words[0] for words in told_by), told_by, compiled(where) if where else None, ordered == "1"
    )


@lru_cache(maxsize=1)
def named() -> dict[str, list[Formula]]:
    """The formulas that have a name, by what is left of it without its numerals: 个意识, 会课; also by the frames it is miswritten in."""
    found: dict[str, list[Formula]] = {}
    by_name = {formula.name: formula for formula in formulas() if formula.name}
    for formula in by_name.values():
        found.setdefault(frame(formula.name), []).append(formula)
    for formula in by_name.values():
        turned = _TWO_HALVES.sub(r"\1\4\3\2", formula.name)
        if turned != formula.name:
            found.setdefault(frame(turned), []).append(formula)
    for row in lines(beside(__file__, "misnamed.tsv")):
        wrong, right, _ = row.split("\t")
        found.setdefault(frame(wrong), []).append(by_name[right])
    return found


def frame(name: str) -> str:
    """A name without its numerals."""
    return _NUMERAL.sub("·", name)


@lru_cache(maxsize=1)
def any_name() -> re.Pattern[str]:
    """The name of any formula, whatever its numerals are."""
    rests = {key[1:]: None for key in named() if key.startswith("·")}
    others = {key: None for key in named() if not key.startswith("·")}
    numeral = f"[{NUMERALS}]"
    # The longest first: 四好农村路 before anything shorter.
    led = "|".join(literal(rest).replace("·", numeral) for rest in sorted(rests, key=len, reverse=True))
    heads = "".join(dict.fromkeys(rest[0] for rest in rests))
    alone = any_of(others).replace("·", numeral)
    return compiled(f"(?<![第几{NUMERALS}])(?:{numeral}(?=[{heads}])(?:{led})|{alone})")


@lru_cache(maxsize=1)
def any_head() -> re.Pattern[str]:
    """The character that a name begins with."""
    return compiled(f"[{NUMERALS}{''.join(dict.fromkeys(key[0] for key in named() if key[0] != '·'))}]")
