"""A review: a report, what was found in it, and what a person has decided about each finding so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

from reportlint.api import check_bytes
from reportlint.beyond import Beside
from reportlint.errors import ReportlintError
from reportlint.finding import Applicability, Diagnostic, Replacement
from reportlint.fix import narrowed, spliced, touch
from reportlint.record import NamedTuple
from reportlint.settings import Settings
from reportlint.sources import rewriter, suffix_of
from reportlint.suppression import Directive
from reportlint.web.labels import renamed

if TYPE_CHECKING:
    from reportlint.document import Document
    from reportlint.lint import Result
    from reportlint.rule import Rule


class Upload(NamedTuple):
    """A file that was dropped: what it is called, and what is in it."""

    name: str
    data: bytes


class State(Enum):
    """What a person has decided about a finding."""

    OPEN = "open"
    ACCEPTED = "accepted"
    IGNORED = "ignored"


class Decision(NamedTuple):
    """The decision about one finding, why, and whether it was looked at."""

    state: State = State.OPEN
    reason: str = ""
    seen: bool = False


#: A finding across runs: its fingerprint, and the how manieth of this one it is.
Key = tuple[str, int]


class Review:
    """One report under review. Findings are numbered from 1, in reading order; raises :class:`ReadError` as reading does."""

    def __init__(
        self,
        report: Upload,
        settings: Settings,
        beside: Beside | None = None,
        watch: Callable[[Sequence[Rule]], Iterable[Rule]] = iter,
        decided: dict[Key, Decision] | None = None,
    ) -> None:
        self.report = report
        self.settings = settings
        self.beside = beside or Beside()
        self.result: Result = check_bytes(report.data, report.name, settings=settings, beside=self.beside, watch=watch)
        self.decisions: dict[Key, Decision] = {
            key: one for key, one in (decided or {}).items() if key in self.keys and one.state is not State.ACCEPTED
        }

    @property
    def document(self) -> Document:
        """The report as it was read."""
        return self.result.document

    @property
    def diagnostics(self) -> Sequence[Diagnostic]:
        """Every finding, also those decided about."""
        return self.result.diagnostics

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """What each finding is known by, in their order."""
        seen: Counter[str] = Counter()
        found = []
        for one in self.diagnostics:
            seen[one.fingerprint] += 1
            found.append((one.fingerprint, seen[one.fingerprint]))
        return tuple(found)

    @cached_property
    def changes(self) -> tuple[tuple[Replacement, ...], ...]:
        """For each finding what accepting its fix would put where; nothing where that is not ours to say."""
        found = []
        for one in self.diagnostics:
            fix = one.finding.fix
            trusted = fix is not None and fix.applicability > Applicability.DISPLAY
            found.append(narrowed(self.document, fix) if fix is not None and trusted else ())
        return tuple(found)

    @property
    def writable(self) -> bool:
        """Whether fixes can be put into the file itself."""
        return rewriter(suffix_of(self.report.name)) is not None

    def decision(self, number: int) -> Decision:
        """What is decided about finding ``number``. Raises ``IndexError``."""
        return self.decisions.get(self._key(number), Decision())

    def see(self, number: int) -> None:
        """Somebody has looked at finding ``number``."""
        self._decide(number, self.decision(number)._replace(seen=True))

    def reopen(self, number: int) -> None:
        """Take the decision about finding ``number`` back."""
        self._decide(number, Decision(seen=True))

    def ignore(self, number: int, reason: str) -> None:
        """Finding ``number`` is all right as it stands, for ``reason``. Raises :class:`ReportlintError` where there is none."""
        if not reason.strip():
            raise ReportlintError("请写明理由：半年以后还要看得懂为什么")
        self._decide(number, Decision(State.IGNORED, " ".join(reason.split()), seen=True))

    def accept(self, number: int) -> None:
        """Take the fix of finding ``number``. Raises :class:`ReportlintError` where there is none or another one is in its way."""
        changes = self.changes[self._index(number)]
        if not changes:
            raise ReportlintError("这一处没有可以直接采用的修改，请在原文件里改")
        other = next((n for n in self._accepted() if n != number and self._meet(n, number)), None)
        if other is not None:
            raise ReportlintError(f"与第 {other} 处已采用的修改挨在一起：请先撤销那一处，或改完再查一遍")
        self._decide(number, Decision(State.ACCEPTED, seen=True))

    def accept_safe(self) -> list[int]:
        """Take every open fix that cannot make a text worse; the numbers of those taken."""
        taken = []
        for number, one in enumerate(self.diagnostics, 1):
            fix = one.finding.fix
            if fix is None or fix.applicability < Applicability.SAFE or self.decision(number).state is not State.OPEN:
                continue
            try:
                self.accept(number)
            except ReportlintError:
                continue  # in the way of another one: left to the person
            taken.append(number)
        return taken

    def numbers(self, state: State) -> list[int]:
        """The numbers of the findings in ``state``."""
        return [number for number in range(1, len(self.keys) + 1) if self.decision(number).state is state]

    @property
    def seen(self) -> int:
        """How many findings were looked at."""
        return sum(self.decision(number).seen for number in range(1, len(self.keys) + 1))

    def kept(self) -> Result:
        """The result as it is to be told to others: without what was ignored, which is told as excused with its reason."""
        ignored = {number: self.decision(number) for number in self.numbers(State.IGNORED)}
        numbered = list(enumerate(self.diagnostics, 1))
        excused = [(one, _order(one, ignored[number].reason)) for number, one in numbered if number in ignored]
        return self.result._replace(
            diagnostics=tuple(one for number, one in numbered if number not in ignored),
            suppressed=self.result.suppressed + len(excused),
            excused=(*self.result.excused, *excused),
        )

    def corrected(self) -> Upload:
        """The file with every accepted fix; a text of it where its format cannot be written."""
        wanted = [one for number in self._accepted() for one in self.changes[number - 1]]
        write = rewriter(suffix_of(self.report.name))
        if write is not None:
            suffix = suffix_of(self.report.name) or ".txt"
            data = write(self.report.data, self.document, wanted, tracked=True)[0] if wanted else self.report.data
        else:
            suffix = ".txt"
            data = spliced(self.document.text, wanted).encode("utf-8", "backslashreplace")
        return Upload(renamed(self.report.name, "改", suffix), data)

    def again(self, watch: Callable[[Sequence[Rule]], Iterable[Rule]] = iter) -> Review:
        """The review of the corrected file; what was ignored and looked at stays so. Raises :class:`ReportlintError`."""
        if not self.writable:
            raise ReportlintError("这种格式不能直接改写：请在原文件里改好，再拖进来查")
        report = Upload(self.report.name, self.corrected().data)
        return Review(report, self.settings, self.beside, watch, self.decisions)

    def _accepted(self) -> Iterator[int]:
        return iter(self.numbers(State.ACCEPTED))

    def _meet(self, one: int, other: int) -> bool:
        return any(touch(a.span, b.span) for a in self.changes[one - 1] for b in self.changes[other - 1])

    def _index(self, number: int) -> int:
        if not 1 <= number <= len(self.keys):
            raise IndexError(number)
        return number - 1

    def _key(self, number: int) -> Key:
        return self.keys[self._index(number)]

    def _decide(self, number: int, decision: Decision) -> None:
        self.decisions[self._key(number)] = decision


def _order(diagnostic: Diagnostic, reason: str) -> Directive:
    """A person's decision as the directive that a configuration would have."""
    return Directive(diagnostic.rule.code, reason=reason, exact=True)
