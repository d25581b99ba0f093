"""What rules look at: a document with its annotations, each computed once, when first asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from reportlint.claims import Claim, claims
from reportlint.dates import Date, dates
from reportlint.document import Document
from reportlint.numbers import Quantity, quantities
from reportlint.periods import ReportingPeriod, reporting_period
from reportlint.reading import Reading
from reportlint.structure import Paragraph, Sentence, paragraphs, sentences

if TYPE_CHECKING:
    from reportlint.span import Span


@dataclass(frozen=True, slots=True)
class Context:
    """What the user brings to a run.

    ``terms`` are words that are right as they stand (names, house terms); typo and term rules leave them alone.
    """

    terms: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Analysis:
    """A document and everything understood of it.

    Annotations lie over :attr:`reading`, the text with line breaks joined and widths folded; their ``at`` is a place there and
    ``span`` the place in the document, which is what findings carry.
    """

    document: Document
    context: Context = field(default_factory=Context)

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Logical paragraphs in document order, headings, list items and cells among them."""
        return tuple(paragraphs(self.document))

    @cached_property
    def reading(self) -> Reading:
        """The text as a person reads it, with the map back."""
        return Reading.of(self.document, self.paragraphs)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Sentences of the reading, in order."""
        return tuple(sentences(self.reading))

    @cached_property
    def grams(self) -> frozenset[str]:
        """Every pair of neighbouring characters in the reading: what all lexicons are looked up by, in one pass."""
        text = self.reading.text
        return frozenset(map("".join, zip(text, text[1:], strict=False)))

    def span(self, at: Span) -> Span:
        """The document span of a place in the reading."""
        return self.reading.span(at)

    @cached_property
    def dates(self) -> tuple[Date, ...]:
        """Every mention of a date or period, in reading order."""
        return tuple(dates(self.reading.text))

    @cached_property
    def period(self) -> ReportingPeriod | None:
        """What the report is about, as its title says; ``None`` where it does not."""
        return reporting_period(self.reading.text, self.paragraphs, self.dates)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """Every number with its unit, in reading order; dates hold none."""
        return tuple(quantities(self.reading.text, [date.at for date in self.dates], self.span))

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """One claim per quantity, in the same order."""
        return tuple(claims(self.reading.text, self.quantities, self.sentences))
