"""What comes of checking one document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from reportlint.document import Document
    from reportlint.finding import Abstained, Checked, Diagnostic
    from reportlint.rule import Rule
    from reportlint.settings import Settings
    from reportlint.suppression import Directive


class Tally(NamedTuple):
    """How many relations a rule recognised and recomputed, and how many it had to leave."""

    checked: int = 0
    abstained: int = 0


class Result(NamedTuple):
    """What came of one document: diagnostics in reading order, and how much was looked at.

    ``looked`` are the relations themselves, ``excused`` the findings that a directive suppressed, each with its directive. ``settings`` are
    those that it was checked with, where it was checked with any: what is worked out later keeps to the same catalogue.
    """

    document: Document
    diagnostics: tuple[Diagnostic, ...] = ()
    quantities: int = 0
    checked: int = 0
    abstained: int = 0
    suppressed: int = 0
    relations: Mapping[str, Tally] = MappingProxyType({})
    looked: Sequence[tuple[Rule, Checked | Abstained]] = ()
    excused: tuple[tuple[Diagnostic, Directive], ...] = ()
    settings: Settings | None = None
