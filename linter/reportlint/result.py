"""What comes of checking one document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from reportlint.record import NamedTuple, cached_property

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Protocol

    from reportlint.document import Document
    from reportlint.finding import Abstained, Checked, Diagnostic, Severity
    from reportlint.rule import Rule
    from reportlint.settings import Settings
    from reportlint.suppression import Directive

    class Shown(Protocol):
        """What outputs made of a result in a run before."""

        def get(self, mark: str) -> str | None:
            """What was kept under ``mark``."""

        def put(self, mark: str, made: str) -> None:
            """Keep ``made``."""


class Tally(NamedTuple):
    """How many relations a rule recognised and recomputed, and how many it had to leave."""

    checked: int = 0
    abstained: int = 0


class Released:
    """Something that is read again when it is asked for again, so that thousands of them need little memory."""

    def release(self) -> None:
        """Let go of what can be read again."""
        raise NotImplementedError


class Packed(Released, Sequence["Diagnostic"]):
    """Diagnostics that are unpacked when somebody asks for one; how many there are of each kind is known before."""

    def __init__(self, levels: Counter[Severity], fixable: int, unpack: Callable[[], tuple[Diagnostic, ...]]) -> None:
        self.levels = levels
        self.fixable = fixable
        self._unpack = unpack

    @cached_property
    def _all(self) -> tuple[Diagnostic, ...]:
        return self._unpack()

    def release(self) -> None:
        """Let go of what was unpacked."""
        self.__dict__.pop("_all", None)

    def __len__(self) -> int:
        return self.levels.total()

    def __getitem__(self, at: Any) -> Any:
        return self._all[at]

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(self._all)


class Result(NamedTuple):
    """What came of one document: diagnostics in reading order, and how much was looked at.

    ``looked`` are the relations themselves, ``excused`` the findings that a directive suppressed, each with its directive. ``settings`` are
    those that it was checked with, where it was checked with any: what is worked out later keeps to the same catalogue. ``shown`` keeps what
    outputs make of the result for the next run, where a cache knows it.
    """

    document: Document
    diagnostics: Sequence[Diagnostic] = ()
    quantities: int = 0
    checked: int = 0
    abstained: int = 0
    suppressed: int = 0
    relations: Mapping[str, Tally] = MappingProxyType({})
    looked: Sequence[tuple[Rule, Checked | Abstained]] = ()
    excused: tuple[tuple[Diagnostic, Directive], ...] = ()
    settings: Settings | None = None
    shown: Shown | None = None

    def levels(self) -> Counter[Severity]:
        """How many diagnostics there are of each level."""
        if isinstance(self.diagnostics, Packed):
            return self.diagnostics.levels
        return Counter(one.severity for one in self.diagnostics)

    def fixable(self) -> int:
        """How many diagnostics ``--fix`` could mend, perhaps with ``--unsafe-fixes``."""
        if isinstance(self.diagnostics, Packed):
            return self.diagnostics.fixable
        return sum(one.finding.fix is not None and one.finding.fix.applicability > 0 for one in self.diagnostics)

    def once(self, mark: str, make: Callable[[], str]) -> str:
        """What ``make`` makes of the result in an output that ``mark`` tells from all others; known, perhaps, from a run before."""
        known = self.shown.get(mark) if self.shown is not None else None
        if known is None:
            known = make()
            if self.shown is not None:
                self.shown.put(mark, known)
            for part in (self.document, self.diagnostics):
                if isinstance(part, Released):
                    part.release()
        return known
