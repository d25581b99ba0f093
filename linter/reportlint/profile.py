"""Where the time of a run goes: seconds and calls per rule, and what all of them share."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import perf_counter

from reportlint.analysis import Analysis, Context
from reportlint.document import Document
from reportlint.finding import Finding
from reportlint.record import NamedTuple
from reportlint.registry import rules
from reportlint.selection import OWN_FAMILY
from reportlint.settings import Settings

#: What the rules share, in the order in which one builds on the other.
_SHARED = ("paragraphs", "reading", "sentences", "grams", "dates", "period", "quantities", "claims")


class Row(NamedTuple):
    """What one rule, or one shared step, cost."""

    code: str
    name: str
    seconds: float
    calls: int
    findings: int


@dataclass
class Profile:
    """Runs the rules once more over each document, with a watch in hand; the run itself stays as it is."""

    rows: dict[str, Row] = field(default_factory=dict)

    def look(self, settings: Settings, document: Document) -> None:
        """Measure ``document``."""
        analysis = Analysis(document, Context(terms=settings.terms, confusions=settings.confusions))
        for name in _SHARED:
            start = perf_counter()
            getattr(analysis, name)
            self._add("·", name, perf_counter() - start)
        for rule in settings.chosen(rules()):
            if rule.family != OWN_FAMILY:  # they look at what the others found
                start = perf_counter()
                outcomes = list(rule.check(analysis))
                seconds = perf_counter() - start
                self._add(rule.code, rule.name, seconds, sum(isinstance(one, Finding) for one in outcomes))

    def table(self) -> list[Row]:
        """The dearest first."""
        return sorted(self.rows.values(), key=lambda row: (-row.seconds, row.code, row.name))

    def _add(self, code: str, name: str, seconds: float, findings: int = 0) -> None:
        row = self.rows.get(name, Row(code, name, 0.0, 0, 0))
        self.rows[name] = Row(code, name, row.seconds + seconds, row.calls + 1, row.findings + findings)
