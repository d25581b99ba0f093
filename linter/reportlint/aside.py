"""Half of a check in a second process: the rules on misprints beside all the others.

Those rules share next to nothing with the rest but the reading, and take about as long. So where one file is to be checked and a
processor is idle, a copy of this process looks for misprints while this one goes on; a short answer comes back through a pipe. Whatever goes
wrong with the copy, this process does its part as well, and nobody notices but by the time it takes.

Only on Linux: elsewhere a copy is dear, or may not go on without a new program.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Callable, Iterable, Sequence

from reportlint import bundle, patterns
from reportlint.finding import Abstained, Checked, Outcome
from reportlint.flat import flat, made
from reportlint.span import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from reportlint.analysis import Analysis
    from reportlint.rule import Rule

    #: A rule and what it yields.
    Told = tuple[Rule, Outcome]

#: The family whose rules are looked after aside: the two halves should take as long.
_FAMILY = "TY"
#: A shorter text is checked before a copy of the process has begun.
_SHORT = 1000
#: SIGKILL, without the module that makes enumerations of all signals.
_KILL = 9
#: What is read from the pipe at once.
_CHUNK = 1 << 16


def shared(
    rules: Sequence[Rule], analysis: Analysis, look: Callable[[Iterable[Rule], Analysis], Iterable[Told]]
) -> list[Told]:
    """What ``look`` finds with ``rules``, in their order; a copy of this process takes some of them where that pays."""
    theirs = [rule for rule in rules if rule.code.startswith(_FAMILY)]
    if not theirs or len(theirs) == len(rules) or not _pays(analysis):
        return list(look(rules, analysis))
    copy = _Copy(theirs, analysis, look)
    try:
        own = list(look([rule for rule in rules if not rule.code.startswith(_FAMILY)], analysis))
        answer = copy.answer()
    finally:
        copy.end()
    told = [*own, *(list(look(theirs, analysis)) if answer is None else answer)]
    place = {rule.code: number for number, rule in enumerate(rules)}
    told.sort(key=lambda each: place[each[0].code])
    return told


def _pays(analysis: Analysis) -> bool:
    return (
        sys.platform == "linux"
        and len(analysis.reading.text) >= _SHORT
        and len(os.sched_getaffinity(0)) > 1
        and "threading" not in sys.modules  # what another thread holds would never be let go of in the copy
        # Code that has to be kept for the next time is kept by this process: the first time it does all by itself.
        and not (bundle.lacks() or patterns.fresh())
    )


class _Copy:
    """A copy of this process at work on some rules."""

    def __init__(
        self, rules: Sequence[Rule], analysis: Analysis, look: Callable[[Iterable[Rule], Analysis], Iterable[Told]]
    ) -> None:
        self._rules = rules
        self._pipe, answers = os.pipe()
        self._number: int | None = None
        try:
            self._number = os.fork()
        except OSError:
            pass  # no room for another process: the pipe ends at once
        if self._number == 0:
            _work(rules, analysis, look, answers)
        os.close(answers)

    def answer(self) -> list[Told] | None:
        """What the copy found; ``None`` where it did not come to an end."""
        pieces = []
        while piece := os.read(self._pipe, _CHUNK):
            pieces.append(piece)
        number, self._number = self._number, None
        if number is None or os.waitpid(number, 0)[1]:
            return None
        return [(self._rules[place], _made(values)) for place, values in marshal.loads(b"".join(pieces))]

    def end(self) -> None:
        """Nobody is left behind, whatever happened."""
        os.close(self._pipe)
        if self._number is not None:
            os.kill(self._number, _KILL)
            os.waitpid(self._number, 0)


def _work(
    rules: Sequence[Rule],
    analysis: Analysis,
    look: Callable[[Iterable[Rule], Analysis], Iterable[Told]],
    answers: int,
) -> None:
    """What the copy does, and its end: not a word, nothing taken apart, and nothing written that is the other's to write."""
    status = 1
    try:
        told = [(rules.index(rule), _flat(outcome)) for rule, outcome in look(rules, analysis)]
        if not (bundle.lacks() or patterns.fresh()):
            data = marshal.dumps(told)
            while data:
                data = data[os.write(answers, data) :]
            status = 0
    finally:
        os._exit(status)


def _flat(outcome: Outcome) -> tuple[Any, ...]:
    """An outcome in numbers, words and tuples. Raises ``ValueError`` for one that speaks of another document."""
    if isinstance(outcome, Checked):
        return (*outcome.span,)
    if isinstance(outcome, Abstained):
        return (*outcome.span, outcome.reason, outcome.en)
    if outcome.elsewhere:
        raise ValueError("another document")
    return (*flat(outcome),)


def _made(values: tuple[Any, ...]) -> Outcome:
    """The outcome that :func:`_flat` laid flat."""
    span = Span(values[0], values[1])
    if len(values) == 2:
        return Checked(span)
    if len(values) == 4:
        return Abstained(span, values[2], values[3])
    return made(values)
