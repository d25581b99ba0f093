"""What rules report and what readers get."""

from __future__ import annotations

from enum import IntEnum

from reportlint.record import NamedTuple
from reportlint.span import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from reportlint.document import Document
    from reportlint.rule import Rule


class Severity(IntEnum):
    """How grave the consequence is; ordered.

    ``ERROR`` is wrong from the text alone, ``WARNING`` very likely wrong, ``INFO`` a matter of style.
    """

    INFO = 0
    WARNING = 1
    ERROR = 2

    @property
    def label(self) -> str:
        """``error``, ``warning`` or ``info``: the word used in output and configuration."""
        return self.name.lower()

    @classmethod
    def of(cls, label: str) -> Severity:
        """The severity called ``label``; raises ``KeyError`` for other words."""
        return cls[label.upper()]


class Applicability(IntEnum):
    """How far a fix may be trusted; ordered."""

    DISPLAY = 0
    UNSAFE = 1
    SAFE = 2


class Replacement(NamedTuple):
    """Put ``text`` in place of ``span``."""

    span: Span
    text: str


class Fix(NamedTuple):
    """A way to mend a finding: replacements that belong together and do not overlap."""

    title: str
    applicability: Applicability
    replacements: tuple[Replacement, ...]


class Related(NamedTuple):
    """Another place that a finding speaks of, with its part in the matter (总数, 上期).

    ``en`` is the same in English; where it is empty, ``data/labels.tsv`` may know it.
    """

    span: Span
    message: str
    en: str = ""


class Message(NamedTuple):
    """One sentence in both languages; ``en`` may be empty, then ``zh`` serves for both."""

    zh: str
    en: str = ""

    def __str__(self) -> str:
        return self.zh


class Elsewhere(NamedTuple):
    """A place in another document that a finding speaks of, with its part in the matter, as in :class:`Related`."""

    document: Document
    span: Span
    message: str
    en: str = ""


class Finding(NamedTuple):
    """What a rule objects to: the place, the reason with its arithmetic, the other places, what to do.

    ``elsewhere`` are places in other documents.
    ``severity`` overrides the rule's own where one rule has grades; ``suggestion`` is what should stand there.
    """

    span: Span
    message: Message
    related: tuple[Related, ...] = ()
    suggestion: str | None = None
    fix: Fix | None = None
    severity: Severity | None = None
    elsewhere: tuple[Elsewhere, ...] = ()


class Checked(NamedTuple):
    """A relation that was recognised and recomputed, whether it held or not: silence must be informative.

    A rule that finds the relation violated yields this and then the :class:`Finding`. ``span`` is where it stands.
    """

    span: Span


class Abstained(NamedTuple):
    """A relation that was recognised but could not be checked, and why; ``en`` as in :class:`Related`."""

    span: Span
    reason: str
    en: str = ""


#: What the generator of a rule yields.
Outcome = Finding | Checked | Abstained


class Diagnostic:
    """A finding as it is reported: with the rule it came from and the severity that holds.

    ``mark`` is its fingerprint, or what computes it: only baselines and some of the output formats ask.
    """

    __slots__ = ("_mark", "finding", "rule", "severity")

    def __init__(self, rule: Rule, finding: Finding, severity: Severity, mark: str | Callable[[], str]) -> None:
        self.rule = rule
        self.finding = finding
        self.severity = severity
        self._mark = mark

    @property
    def fingerprint(self) -> str:
        """What tells it from other findings in the file, whatever is edited elsewhere."""
        if not isinstance(self._mark, str):
            self._mark = self._mark()
        return self._mark

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Diagnostic) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __repr__(self) -> str:
        return f"Diagnostic({self.rule.code}, {self.finding!r}, {self.severity!r})"

    def _key(self) -> tuple[Rule, Finding, Severity, str]:
        return self.rule, self.finding, self.severity, self.fingerprint

    @property
    def span(self) -> Span:
        """The finding's place."""
        return self.finding.span
