"""A rule: a pure generator with its documentation and its examples."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

from reportlint.errors import RegistryError
from reportlint.finding import Finding, Outcome, Severity
from reportlint.patterns import compiled

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from reportlint.analysis import Analysis, Context

Check = Callable[["Analysis"], Iterator[Outcome]]

_CODE = compiled(r"[A-Z]{2,4}[0-9]{3}")
_NAME = compiled(r"[a-z0-9]+(-[a-z0-9]+)*")
#: What is only known once the rule's module has been imported.
_LOADED = ("check", "page", "bad", "good", "given")


class Rule:
    """A defect, how to find it, and why it is one.

    ``code`` is stable (``NM101``); ``name`` is the defect, so that “ignore count-exceeds-total” reads well; ``page`` is what a
    person reads, as it is indented in the source, :attr:`doc` without that, its first line the title; ``bad`` and ``good`` are sentences in which ⟦ ⟧ mark what is reported. ``given`` makes
    what the user brings in the examples, for rules that compare a text with something else. An ``optional`` rule runs only where it is
    selected by its whole code or name.

    ``triggers`` are literals of which one must stand in the reading for the rule to have anything to say; ``needs`` is the part of the
    :class:`~reportlint.analysis.Context` without which it has nothing to say. Both are for speed alone: see :meth:`may_speak`.
    """

    __slots__ = (
        "_home",
        "bad",
        "check",
        "code",
        "given",
        "good",
        "name",
        "needs",
        "optional",
        "page",
        "severity",
        "triggers",
    )

    check: Check
    page: str
    bad: tuple[str, ...]
    good: tuple[str, ...]
    given: Callable[[], Context] | None
    _home: tuple[str, str | int]

    def __init__(
        self,
        code: str,
        name: str,
        severity: Severity,
        check: Check,
        page: str,
        bad: tuple[str, ...],
        good: tuple[str, ...],
        given: Callable[[], Context] | None = None,
        optional: bool = False,
        triggers: tuple[str, ...] = (),
        needs: str = "",
    ) -> None:
        self.code = code
        self.name = name
        self.severity = severity
        self.check = check
        self.page = page
        self.bad = bad
        self.good = good
        self.given = given
        self.optional = optional
        self.triggers = triggers
        self.needs = needs

    @classmethod
    def kept(
        cls,
        code: str,
        name: str,
        severity: Severity,
        optional: bool,
        triggers: tuple[str, ...],
        needs: str,
        home: tuple[str, str | int],
    ) -> Rule:
        """A rule of which only this is known yet. The rest is in the module ``home[0]``, under a name or at a place in ``RULES``."""
        rule = cls.__new__(cls)
        rule.code = code
        rule.name = name
        rule.severity = severity
        rule.optional = optional
        rule.triggers = triggers
        rule.needs = needs
        rule._home = home
        return rule

    def __getattr__(self, attribute: str) -> Any:
        # Asked for what has not been set: the module is imported now.
        if attribute not in _LOADED:
            raise AttributeError(attribute)
        module, place = self._home
        try:
            __import__(module)
            found = sys.modules[module]
            whole = getattr(found, place) if isinstance(place, str) else found.RULES[place]
        except (ImportError, AttributeError, IndexError) as error:
            raise RegistryError(f"规则 {self.code}（{module}）装载失败：{error}。请重新安装提供它的软件包") from error
        for one in _LOADED:
            setattr(self, one, getattr(whole, one))
        return getattr(self, attribute)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rule) and (self.code, self.name) == (other.code, other.name)

    def __hash__(self) -> int:
        return hash(self.code)

    def __repr__(self) -> str:
        return f"<Rule {self.code} {self.name}>"

    @property
    def doc(self) -> str:
        """The page."""
        return _page(self.page)

    @property
    def title(self) -> str:
        """The first line of the page."""
        return self.doc.partition("\n")[0].strip()

    @property
    def family(self) -> str:
        """The letters of the code: ``NM``."""
        return self.code.rstrip("0123456789")

    def may_speak(self, analysis: Analysis) -> bool:
        """Whether the rule may have anything to say, told without it."""
        if self.needs and not getattr(analysis.context, self.needs):
            return False
        if not self.triggers:
            return True
        text, grams = analysis.reading.text, analysis.grams
        # A text is not gone through for a word whose first two characters do not meet in it.
        return any((word[:2] in grams or len(word) < 2) and word in text for word in self.triggers)

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
    triggers: tuple[str, ...] = (),
    needs: str = "",
) -> Callable[[Check], Rule]:
    """Make a :class:`Rule` of a generator; its docstring is the rule's page. Registers nothing.

    Raises ``ValueError`` for a malformed code or name, a missing page or missing examples: such a rule must not ship.
    """
    if not _CODE.fullmatch(code) or not _NAME.fullmatch(name):
        raise ValueError(f"malformed rule code or name: {code} {name}")

    def make(check: Check) -> Rule:
        page = check.__doc__ or ""
        if not page.strip() or not bad or not good:
            raise ValueError(f"rule {code} needs a docstring, bad and good examples")
        return Rule(code, name, severity, check, page, bad, good, given, optional, triggers, needs)

    return make


def _page(docstring: str) -> str:
    """``docstring`` without its indentation, as ``inspect.cleandoc`` has it; :mod:`inspect` takes as long to import as ten rules.

    >>> _page("标题。\\n\\n    说明：\\n        一例。\\n    ")
    '标题。\\n\\n说明：\\n    一例。'
    """
    first, *rest = docstring.expandtabs().split("\n")
    margin = min((len(line) - len(line.lstrip()) for line in rest if line.strip()), default=0)
    lines = [first.lstrip(), *(line[margin:] for line in rest)]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return "\n".join(lines)
