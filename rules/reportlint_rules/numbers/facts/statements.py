"""What a document states once and for all: facts that another document, or a ledger, can be compared with.

The facts are those of NM114; here each gets the period and the area that hold where its words leave them to the title, so that two documents
mean the same by the same key. What names no period, or has two values in its own document, is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import PurePath

from reportlint.analysis import Analysis
from reportlint.moment import Period
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint.scope import scopes
from reportlint.subject import noun_of
from reportlint_rules.numbers.facts.rule import aimed, base_unit, is_stated, statement_of
from reportlint_rules.numbers.facts.statement import OWN, Statement, agree, canonical, names_one_thing
from reportlint_rules.numbers.facts.tabled import tabled

#: Lines at the head and the foot of a document that say of which place it is, and how long they are at most.
_HEAD, _FOOT, _LONGEST_LINE = 6, 4, 60
#: The end of a place's name, three characters, which is the same in 澜溪县 and 国家税务总局澜溪县税务局.
_PLACE = compiled(
    r"(?=([一-龥](?<![全我本各该和及与在对的])[一-龥](?<![全我本各该城社园地治辖范景灾校小库山乡镇发新])[省市县区州旗](?![场级域委长])))"
)


class Key(NamedTuple):
    """Everything that two figures must share to be one figure: the unit, the noun, the set, the area, the days."""

    unit: str
    noun: str
    context: str
    area: str
    period: Period
    cutoff: bool = False


def stated(analysis: Analysis) -> Iterator[tuple[str, Statement]]:
    """Every fact of ``analysis`` whose noun names one thing, with the base of its unit."""
    yield from tabled(analysis)
    for claim in analysis.claims:
        if is_stated(claim) and not aimed(claim):
            noun = canonical(noun_of(analysis, claim))
            if names_one_thing(noun):
                fact = statement_of(analysis, noun, claim)
                if fact is not None:
                    yield base_unit(claim.quantity), fact


def key_of(analysis: Analysis, unit: str, fact: Statement) -> Key | None:
    """What ``fact`` is, in words that hold outside its document; ``None`` where the period is not clear."""
    if fact.when is not None:
        if not fact.when.dated:
            return None
        period, cutoff = fact.when.period, fact.when.cutoff
    else:
        announced = analysis.period
        if announced is None or announced.results is None or fact.cumulative:
            return None
        period, cutoff = announced.results, False
    context = fact.context + "".join(sorted(scopes(fact.label).values()))
    return Key(unit, plain(fact.noun), context, "" if fact.area in OWN else fact.area, period, cutoff)


def plain(noun: str) -> str:
    """A noun phrase without the mark for where its figure stood.

    >>> plain("审结…民事案件")
    '审结民事案件'
    """
    return noun.replace("…", "")


def statements(analysis: Analysis) -> Mapping[Key, list[Statement]]:
    """The facts of ``analysis`` by what they are of, in reading order."""
    found: dict[Key, list[Statement]] = defaultdict(list)
    for unit, fact in stated(analysis):
        key = key_of(analysis, unit, fact)
        if key is not None:
            found[key].append(fact)
    return {key: sorted(facts, key=lambda fact: fact.span) for key, facts in found.items()}


def settled(statements: Mapping[Key, list[Statement]]) -> dict[Key, Statement]:
    """The facts that have one value in their document: the one printed most finely."""
    return {
        key: min(facts, key=lambda fact: fact.step)
        for key, facts in statements.items()
        if all(agree(facts[0], other) for other in facts[1:])
    }


@lru_cache(maxsize=256)
def settled_in(other: Analysis) -> dict[Key, Statement]:
    """The settled facts of a document that many reports are compared with."""
    return settled(statements(other))


def elsewhere(one: Analysis, other: Analysis) -> bool:
    """Whether title, head, signature and file name say that the two are of different places."""
    names = _places(one), _places(other)
    return bool(names[0] and names[1]) and not names[0] & names[1]


def _places(analysis: Analysis) -> frozenset[str]:
    """The places that a document says it is of."""
    lines = analysis.reading.text.split("\n")
    ends = [
        line
        for line in (*lines[:_HEAD], *lines[-_FOOT:])
        if len(line) <= _LONGEST_LINE and "，" not in line and "。" not in line
    ]
    words = "，".join((PurePath(analysis.document.path).stem, *ends))
    return frozenset(match[1] for match in _PLACE.finditer(words))
