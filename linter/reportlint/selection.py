"""Which rules run: selectors, what they match, and what a mistyped one was meant to be.

A selector is a code (``NM101``), the beginning of one that names at least its family (``NM``, ``NM1``), a rule's name
(``count-exceeds-total``), or ``ALL``. Letter case does not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reportlint.record import NamedTuple
from reportlint.rule import Rule

EVERYTHING = "ALL"
#: The family of the linter's own rules: they speak of our instructions, not of the report, and run whatever is selected.
OWN_FAMILY = "RL"


#: How closely a whole code or name means its rule.
EXACT = 100


class Layer(NamedTuple):
    """What one place, a configuration file or the command line, says about selection.

    ``select`` starts afresh, ``extend_select`` and ``ignore`` change what is there.
    """

    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    @property
    def selectors(self) -> tuple[str, ...]:
        """Every selector of the layer."""
        return self.select + self.extend_select + self.ignore


def specificity(selector: str, rule: Rule) -> int:
    """How closely ``selector`` means ``rule``: -1 not at all, more for longer prefixes, most for the whole code or name."""
    word = selector.upper()
    if word in (rule.code, rule.name.upper()):
        return EXACT
    if word == EVERYTHING:
        return 0
    return len(word) if rule.code.startswith(word) and word.startswith(rule.family) else -1


def matches(selector: str, rule: Rule) -> bool:
    """Whether ``selector`` means ``rule``, among others perhaps."""
    return specificity(selector, rule) >= 0


def chosen(rules: Sequence[Rule], layers: Iterable[Layer]) -> tuple[Rule, ...]:
    """The rules that run. Later layers win; within one the closer selector wins, and ``ignore`` where both are as close.

    An optional rule runs only where its whole code or name is selected.
    """
    running = {rule.code for rule in rules if not rule.optional}
    for layer in layers:
        wanted = layer.select + layer.extend_select
        for rule in rules:
            include = max((specificity(selector, rule) for selector in wanted), default=-1)
            if rule.optional and include < EXACT:
                include = -1
            exclude = max((specificity(selector, rule) for selector in layer.ignore), default=-1)
            if include > exclude:
                running.add(rule.code)
            elif exclude >= 0 or (layer.select and rule.family != OWN_FAMILY):
                running.discard(rule.code)
    return tuple(rule for rule in rules if rule.code in running)


def unknown(selectors: Iterable[str], rules: Sequence[Rule]) -> list[str]:
    """The selectors that mean no rule."""
    return [selector for selector in selectors if not any(matches(selector, rule) for rule in rules)]


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """What ``word`` was probably meant to be.

    >>> nearest("extend_selct", ["select", "extend-select"])
    'extend-select'
    """
    from difflib import SequenceMatcher  # only for a message about a mistake

    meant = word.casefold().replace("_", "-")
    matcher = SequenceMatcher(b=meant, autojunk=False)

    def closeness(choice: str) -> tuple[float, bool]:
        folded = choice.casefold()
        matcher.set_seq1(folded)
        # NM1011 is as close to NM111 as to NM101, but people drop or add at the end.
        return matcher.ratio(), meant.startswith(folded) or folded.startswith(meant)

    best = max(choices, key=closeness, default=None)
    return best if best is not None and closeness(best)[0] >= 0.5 else None


def nearest_rule(word: str, rules: Sequence[Rule]) -> str | None:
    """The code or name that ``word`` was probably meant to be; a whole code has one character wrong or two exchanged.

    >>> nearest_rule("NM999", [])
    """
    found = nearest(word, [*(rule.code for rule in rules), *(rule.name for rule in rules)])
    if found and len(word) == len(found) and word[-1].isdigit():
        apart = sum(one != other for one, other in zip(word.upper(), found, strict=True))
        return found if apart == 1 or sorted(word.upper()) == sorted(found) else None
    return found


def hint(word: str | None) -> str:
    """What to add to a message about a mistyped word."""
    return f"，是不是 {word}" if word else ""
