"""What rules report and what readers get."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

from reportlint.span import Span

if TYPE_CHECKING:
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


class Diagnostic(NamedTuple):
    """A finding as it is reported: with the rule it came from and the severity that holds."""

    rule: Rule
    finding: Finding
    severity: Severity
    fingerprint: str

    @property
    def span(self) -> Span:
        """The finding's place."""
        return self.finding.span
