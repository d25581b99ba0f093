"""Attack every regular expression of the product with texts pumped from its own pieces, and tell which take more than linear time.

    python tools/redos.py                 all expressions; 1 where one of them is slow
    python tools/redos.py --sample 40     a fixed sample, for a quick look

The expressions are those that :func:`reportlint.patterns.compiled` was asked for once every module is loaded and has seen a few reports, those
put together for ``re`` meanwhile, and those written out in calls of ``re``. Of each, every repetition is pumped: what leads to it, what it repeats many times, and an end that
does not match. An expression is slow where four times the text takes more than ten times as long, each of three times that it is measured.
"""

from __future__ import annotations

import argparse
import ast
import random
import re
import signal
import sys
import time
import warnings
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
#: How long one search of a text may take before the expression is called slow, in seconds.
PATIENCE = 0.6
#: Long enough that going through a text once for each of its characters takes several times the blink below on any machine.
_SHORT, _LONG = 8_000, 32_000
#: What the clock of a process may be off by, in seconds: it goes in steps of four milliseconds on some machines.
_BLINK = 0.01
#: An expression is measured this often before it is accused: a machine with other work blurs a clock.
_TRIALS = 3
_ENDS = ("\0", "！")
_SAMPLES = {"digit": "7", "space": " ", "word": "甲"}


class Slow(NamedTuple):
    """An expression, the text that it is slow on (what is repeated, and what stands around), and the seconds for both lengths."""

    source: str
    flags: int
    prefix: str
    pump: str
    seconds: tuple[float, float]


def expressions() -> list[tuple[str, int, frozenset[str]]]:
    """Every expression of the product with its flags, and how it is put to a text: ``search``, ``match``, ``fullmatch``."""
    asked: set[tuple[str, int]] = set()
    from reportlint import patterns

    compiled = patterns.compiled

    def noted(source: str, flags: int = 0) -> re.Pattern[str]:
        asked.add((source, int(flags)))
        return compiled(source, flags)

    patterns.compiled = noted  # before anything else is loaded
    inner: Any = re
    make = inner._compile

    def made(source: Any, flags: int) -> Any:
        module = str(sys._getframe(2).f_globals.get("__name__", ""))
        if module.partition(".")[0] in ("reportlint", "reportlint_rules") and module != patterns.__name__:
            asked.add((_text(source), int(flags) & ~re.UNICODE))
        return make(source, flags)

    inner._compile = made
    import reportlint
    import reportlint_rules
    from reportlint.api import check_file, facts
    from reportlint.sources import read

    for package in (reportlint, reportlint_rules):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            if not any(part in module.name for part in ("__main__", "apart", ".web", ".lsp", ".scan")):
                import_module(module.name)
    for path in sorted((ROOT / "seeds").rglob("*.txt"))[:3] + sorted((ROOT / "seeds").rglob("*.md"))[:3]:
        check_file(path, extend_select=["TY004", "TY005"])
        facts(read(path, path.name))
    inner._compile = make
    ways = _ways()
    every = frozenset({"search", "match", "fullmatch"})
    return sorted((*one, ways.get(one[0], every)) for one in asked | set(_written()))


def _text(source: Any) -> str:
    """The expression as characters; one of bytes is read as Latin-1, which takes the same paths."""
    source = getattr(source, "pattern", source)
    return source if isinstance(source, str) else source.decode("latin-1")


def _ways() -> dict[str, frozenset[str]]:
    """How expressions with a name are used in the module where it stands: one that is only matched cannot be slow by starting often."""
    from reportlint.patterns import _Waiting

    found: dict[str, set[str]] = {}
    for module in list(sys.modules.values()):
        if module.__name__.partition(".")[0] in ("reportlint", "reportlint_rules") and getattr(
            module, "__file__", None
        ):
            source = Path(str(module.__file__)).read_text("utf-8")
            for name, value in vars(module).items():
                if isinstance(value, re.Pattern | _Waiting):
                    used = found.setdefault(_text(value.pattern), set())
                    for way in ("match", "fullmatch"):
                        if re.search(rf"\b{name}\.{way}\b", source):
                            used.add(way)
                    if re.search(rf"\b{name}(?:\.(?!match\b|fullmatch\b)|[,)\]])", source):
                        used |= {"search", "match", "fullmatch"}  # or handed on to somebody
    return {source: frozenset(ways) for source, ways in found.items() if ways}


def _written() -> Iterator[tuple[str, int]]:
    """The expressions in calls like ``re.search(r"…", text)``, without flags."""
    names = (
        "search",
        "findall",
        "finditer",
        "split",
        "sub",
        "compile",
    )  # a match at one place cannot be slow by starting often
    for folder in ("linter", "rules"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in names:
                    first = node.args[0] if node.args else None
                    module = node.func.value
                    if isinstance(module, ast.Name) and module.id == "re" and isinstance(first, ast.Constant):
                        yield _text(first.value), 0


def attacks(source: str, flags: int) -> Iterator[tuple[str, str]]:
    """Pairs of what leads to a repetition of the expression, and what it repeats."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        parser = import_module("re._parser" if sys.version_info >= (3, 11) else "sre_parse")
    seen = set()
    for prefix, pump in _repetitions(parser.parse(source, flags), ""):
        for one in (pump, prefix + pump):
            if one and (prefix, one) not in seen:
                seen.add((prefix, one))
                yield prefix, one


def _repetitions(tree: Any, before: str) -> Iterator[tuple[str, str]]:
    """Every repetition in a parsed expression that has no low bound above, with the text that leads to it."""
    for operation, argument in tree:
        name = str(operation)
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            _, most, inner = argument
            yield from _repetitions(inner, before)
            if int(most) > 30:
                for sample in _samples(inner):
                    yield before, sample
        elif name in ("SUBPATTERN", "ATOMIC_GROUP", "ASSERT", "ASSERT_NOT"):
            yield from _repetitions(argument[-1] if name != "ATOMIC_GROUP" else argument, before)
        elif name == "BRANCH":
            for branch in argument[1]:
                yield from _repetitions(branch, before)
        elif name == "GROUPREF_EXISTS":
            for branch in argument[1:]:
                yield from _repetitions(branch or (), before)
        before += _sample([(operation, argument)])


def _samples(tree: Any) -> list[str]:
    """A few texts that the repeated part matches: the plain one, and one for each branch within."""
    found = [_sample(tree)]
    for operation, argument in tree:
        if str(operation) == "BRANCH":
            found += [_sample(branch) for branch in argument[1][:40]]
        if str(operation) == "SUBPATTERN":
            found += _samples(argument[-1])
        if str(operation) == "IN":
            found += [_one([item]) for item in argument[:4]]
    return list(dict.fromkeys(found))


def _sample(tree: Any) -> str:
    """A text that the parsed expression matches, as far as it can be told without trying."""
    parts = []
    for operation, argument in tree:
        match str(operation):
            case "LITERAL":
                parts.append(chr(argument))
            case "NOT_LITERAL" | "ANY":
                parts.append("甲")
            case "IN":
                parts.append(_one(argument))
            case "BRANCH":
                parts.append(_sample(argument[1][0]))
            case "SUBPATTERN":
                parts.append(_sample(argument[-1]))
            case "ATOMIC_GROUP":
                parts.append(_sample(argument))
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                parts.append(_sample(argument[2]) * max(1, min(int(argument[0]), 3)))
            case _:
                pass
    return "".join(parts)


def _one(items: Any) -> str:
    """A character of a class."""
    for operation, argument in items:
        match str(operation):
            case "NEGATE":
                return next((one for one in "甲a7 ，" if not _among(one, items[1:])), "ы")
            case "LITERAL":
                return chr(argument)
            case "RANGE":
                return chr(argument[0])
            case "CATEGORY":
                name = str(argument).lower()
                return next((text for kind, text in _SAMPLES.items() if kind in name and "not" not in name), "甲")
    return "甲"


def _among(character: str, items: Any) -> bool:
    for operation, argument in items:
        name = str(operation)
        if name == "LITERAL" and ord(character) == argument:
            return True
        if name == "RANGE" and argument[0] <= ord(character) <= argument[1]:
            return True
        if name == "CATEGORY" and any(kind in str(argument).lower() for kind in ("digit",)) and character.isdigit():
            return True
        if name == "CATEGORY" and "space" in str(argument).lower() and character.isspace():
            return True
    return False


def slow(source: str, flags: int, ways: frozenset[str]) -> Slow | None:
    """What the expression is slow on, if there is something."""
    pattern = re.compile(source, flags)
    for prefix, pump in attacks(source, flags):
        for end in _ENDS:
            for _ in range(_TRIALS):
                short, long = (_seconds(pattern, prefix, pump, end, size, ways) for size in (_SHORT, _LONG))
                if not _grows(short, long):
                    break
            else:
                return Slow(source, flags, prefix, pump, (short, long))
    return None


def _grows(short: float, long: float) -> bool:
    """Whether the seconds for the longer text are more than its length accounts for."""
    return long >= PATIENCE or long > 10 * max(short, _BLINK)


def _seconds(pattern: re.Pattern[str], prefix: str, pump: str, end: str, size: int, ways: frozenset[str]) -> float:
    """How long it takes to go through a text of ``size`` characters, patience at most."""
    text = prefix + pump * (size // len(pump)) + end
    start = time.process_time()
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE)
        try:
            if "match" in ways:
                pattern.match(text)
            if "fullmatch" in ways:
                pattern.fullmatch(text)
            if "search" in ways:
                for _ in pattern.finditer(text):
                    pass
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    # Which may come as late as in the line above: the matcher of older Pythons does not look for signals.
    except TimeoutError:
        return PATIENCE
    return time.process_time() - start


def _stop(*_: object) -> None:
    raise TimeoutError


def main() -> int:
    """Tell the slow expressions; 1 where there is one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, default=0)
    asked = parser.parse_args()
    signal.signal(signal.SIGVTALRM, _stop)
    every = expressions()
    chosen = random.Random(1).sample(every, asked.sample) if 0 < asked.sample < len(every) else every
    found = []
    for expression in chosen:
        one = slow(*expression)
        if one is not None:
            found.append(one)
            times = f"{one.seconds[0]:.3f} s → {one.seconds[1]:.3f} s"
            print(f"{times}  {one.prefix[-20:]!r} + {one.pump[:20]!r} × n  {one.source[:300]}", flush=True)
    attacked = sum(len(list(attacks(*expression[:2]))) * len(_ENDS) for expression in chosen)
    print(f"{len(chosen)} expressions, {attacked} texts, slow: {len(found)}")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
