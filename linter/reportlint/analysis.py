"""What rules look at: a document with its annotations, each computed once, when first asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from operator import add

from reportlint.catalogue import Catalogue, Indicator
from reportlint.claims import Claim, by_sentence, claims
from reportlint.dates import dates
from reportlint.document import Document
from reportlint.indicators import IndicatorValue, indicator_values
from reportlint.moment import Date
from reportlint.numbers import Quantity, quantities
from reportlint.patterns import compiled, needed
from reportlint.periods import ReportingPeriod, reporting_period
from reportlint.reading import Reading
from reportlint.record import NamedTuple, cached_property
from reportlint.structure import Paragraph, Sentence, paragraphs, sentences

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

    from reportlint.bonds import Bond
    from reportlint.confusions import Confusion
    from reportlint.fact import Fact
    from reportlint.ledger import Entry
    from reportlint.span import Span

#: The pairs of a longer text would take more memory than finding them again takes time.
_KEPT = 100_000
_ODD_DIGIT = compiled(r"[^\D0-9]")


class Context(NamedTuple):
    """What the user brings to a run.

    ``terms`` are words that are right as they stand (names, house terms); typo and term rules leave them alone;
    ``confusions`` are wrong forms the user lists. ``indicators``
    are rows of the user's own catalogue, which add to and replace those that come with the rules; where ``only_own`` is set they are
    the whole catalogue. ``ledger`` are the rows of the user's table of figures (in the file ``ledger_name``), ``previous`` the last
    period's report, ``together`` the documents that must agree with this one.
    """

    terms: frozenset[str] = frozenset()
    confusions: tuple[Confusion, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    only_own: bool = False
    ledger: tuple[Entry, ...] = ()
    ledger_name: str = ""
    previous: Analysis | None = None
    together: tuple[Analysis, ...] = ()


class Analysis:
    """A document and everything understood of it; equal only to itself, so that what rules share can be kept by it.

    Annotations lie over :attr:`reading`, the text with line breaks joined and widths folded; their ``at`` is a place there and
    ``span`` the place in the document, which is what findings carry.
    """

    def __init__(self, document: Document, context: Context = Context()) -> None:  # noqa: B008 - it cannot change
        self.document = document
        self.context = context

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
    def _pairs(self) -> tuple[str, ...]:
        text = self.reading.text
        return tuple(map(add, text, text[1:]))

    @property
    def pairs(self) -> Iterable[str]:
        """Every two neighbouring characters of the reading, in order; of a very long one they are not kept."""
        text = self.reading.text
        return self._pairs if len(text) <= _KEPT else map(add, text, text[1:])

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How often each pair of neighbouring characters stands in the reading."""
        return Counter(self.pairs)

    @property
    def grams(self) -> Set[str]:
        """Every pair of neighbouring characters in the reading: what all lexicons are looked up by."""
        return self.counts.keys()

    @cached_property
    def _plain_digits(self) -> bool:
        """Whether all digits of the reading are those of ASCII."""
        return _ODD_DIGIT.search(self.reading.text) is None

    def may_match(self, pattern: re.Pattern[str]) -> bool:
        """Whether ``pattern`` may match in the reading, as far as neighbouring characters tell."""
        text, grams = self.reading.text, self.grams
        for pairs, singles in needed(pattern):
            if grams.isdisjoint(pairs) and not any(one in text for one in singles):
                return not self._plain_digits
        return True

    def matches(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """The matches of ``pattern`` in the reading, which is not gone through where it lacks what every match holds."""
        return pattern.finditer(self.reading.text) if self.may_match(pattern) else iter(())

    def holds(self, pattern: re.Pattern[str]) -> bool:
        """Whether ``pattern`` matches anywhere in the reading."""
        return next(self.matches(pattern), None) is not None

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
        return tuple(quantities(self.reading.text, [date.at for date in self.dates], self.reading.span))

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """One claim per quantity, in the same order."""
        return tuple(claims(self.reading.text, self.quantities, self.sentences))

    def indicator_values(self, catalogue: Catalogue) -> tuple[IndicatorValue, ...]:
        """The values the text gives to the indicators of ``catalogue``, in reading order; computed once for each catalogue."""
        found = self._indicator_values.get(catalogue)
        if found is None:
            found = tuple(indicator_values(self.reading.text, catalogue, self.claims, self.grams))
            self._indicator_values[catalogue] = found
        return found

    @cached_property
    def by_sentence(self) -> tuple[list[Claim], ...]:
        """The claims of each sentence that has any: what most rules on figures go through."""
        return tuple(by_sentence(self.claims))

    @cached_property
    def sentence_starts(self) -> list[int]:
        """Where the sentences begin: what one is found by. So are dates and claims."""
        return [sentence.at.start for sentence in self.sentences]

    @cached_property
    def date_starts(self) -> list[int]:
        """Where the mentions of dates begin."""
        return [date.at.start for date in self.dates]

    @cached_property
    def claim_starts(self) -> list[int]:
        """Where the figures begin."""
        return [claim.at.start for claim in self.claims]

    @cached_property
    def bonds(self) -> tuple[Bond, ...]:
        """Every part or done count with the total it is compared with."""
        from reportlint.bonds import bonds

        return tuple(bonds(self))

    def facts(self, catalogue: Catalogue) -> tuple[Fact, ...]:
        """What each figure states, in reading order, with the indicators of ``catalogue``; no rule needs it to check a text."""
        found = self._facts.get(catalogue)
        if found is None:
            from reportlint.fact import facts

            found = tuple(facts(self, catalogue))
            self._facts[catalogue] = found
        return found

    @cached_property
    def _facts(self) -> dict[Catalogue, tuple[Fact, ...]]:
        return {}

    @cached_property
    def _indicator_values(self) -> dict[Catalogue, tuple[IndicatorValue, ...]]:
        return {}
