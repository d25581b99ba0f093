"""A rule: a pure generator with its documentation and its examples."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from inspect import cleandoc
from typing import TYPE_CHECKING

from reportlint.finding import Finding, Outcome, Severity
from reportlint.patterns import compiled
from reportlint.record import NamedTuple

if TYPE_CHECKING:
    from reportlint.analysis import Analysis, Context

Check = Callable[["Analysis"], Iterator[Outcome]]

_CODE = compiled(r"[A-Z]{2,4}[0-9]{3}")
_NAME = compiled(r"[a-z0-9]+(-[a-z0-9]+)*")


class Rule(NamedTuple):
    """A defect, how to find it, and why it is one.

    ``code`` is stable (``NM101``); ``name`` is the defect, so that “ignore count-exceeds-total” reads well; ``doc`` is the
    page a person reads, its first line the title; ``bad`` and ``good`` are sentences in which ⟦ ⟧ mark what is reported. ``given`` makes
    what the user brings in the examples, for rules that compare a text with something else. An ``optional`` rule runs only where it is
    selected by its whole code or name.
    """

    code: str
    name: str
    severity: Severity
    check: Check
    doc: str
    bad: tuple[str, ...]
    good: tuple[str, ...]
    given: Callable[[], Context] | None = None
    optional: bool = False

    @property
    def title(self) -> str:
        """The first line of the page."""
        return self.doc.partition("\n")[0].strip()

    @property
    def family(self) -> str:
        """The letters of the code: ``NM``."""
        return self.code.rstrip("0123456789")

    def findings(self, analysis: Analysis) -> Iterator[Finding]:
        """Only what is wrong; relations that hold are left out."""
        return (outcome for outcome in self.check(analysis) if isinstance(outcome, Finding))


def rule(
    code: str,
    name: str,
    *,
    severity: Severity,
    bad: tuple[str, ...],
    good: tuple[str, ...],
    given: Callable[[], Context] | None = None,
    optional: bool = False,
) -> Callable[[Check], Rule]:
    """Make a :class:`Rule` of a generator; its docstring is the rule's page. Registers nothing.

    Raises ``ValueError`` for a malformed code or name, a missing page or missing examples: such a rule must not ship.
    """
    if not _CODE.fullmatch(code) or not _NAME.fullmatch(name):
        raise ValueError(f"malformed rule code or name: {code} {name}")

    def make(check: Check) -> Rule:
        doc = cleandoc(check.__doc__ or "")
        if not doc or not bad or not good:
            raise ValueError(f"rule {code} needs a docstring, bad and good examples")
        return Rule(code, name, severity, check, doc, bad, good, given, optional)

    return make
