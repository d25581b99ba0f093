"""Repeat the sentences of every rule hundreds of times, and tell which rules take more than linear time over what comes of it.

    python tools/floods.py                 the examples on the pages of all rules; 1 where something grows faster than its text
    python tools/floods.py NM101 TY        those of these rules only
    python tools/floods.py --cases         the lines of the ``cases.md`` too
    python tools/floods.py --sample 60     a fixed sample, for a quick look
    python tools/floods.py --copies 3200   longer ones

Every sentence is laid out in several ways (:data:`LAYOUTS`): on lines of its own, as one long sentence, with other figures or other words in
each copy, with its own clauses repeated between its beginning and its end. All rules look at all of them, each on its own watch, and so do
the steps that they share. A rule is slow where four times the text takes more than six times as long, beyond what a clock can blur.
"""

from __future__ import annotations

import argparse
import gc
import random
import re
import signal
import sys
import time
from collections.abc import Callable, Container, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from reportlint.analysis import Analysis, Context
from reportlint.examples import read_cases, unmark
from reportlint.registry import rules
from reportlint.selection import OWN_FAMILY
from reportlint.sources import from_text

ROOT = Path(__file__).resolve().parent.parent
#: How much longer four times the text may take.
MOST = 6.0
#: How much longer twice the text may take.
TWICE = 3.0
#: What takes less than this many seconds for a whole text is not looked at again: a clock says nothing about it.
WORTH = 0.2
#: When a rule is stopped, in seconds of processor time.
PATIENCE = 6.0
#: The longest text made, in characters.
LONGEST = 40_000
_SHARED = ("paragraphs", "reading", "sentences", "grams", "dates", "period", "quantities", "claims")
_FIGURE = re.compile(r"[0-9]+(?![0-9]*\])")
_WORD = re.compile(r"(?<=[，；。、\n])[\u4e00-\u9fa5]{2}|\A[\u4e00-\u9fa5]{2}")
_CLAUSE = re.compile(r"[^，；、\n]+[，；、\n]*")
_WORDS = "安宝长大东丰福高广海和华江金景康乐丽临龙明南宁平庆荣瑞三山上石顺太天通文武西新兴阳永玉元云正中"


class Slow(NamedTuple):
    """A rule or shared step, the sentence and its layout, and the seconds for a quarter of the copies and for all."""

    code: str
    layout: str
    sentence: str
    copies: int
    seconds: tuple[float, float]

    def __str__(self) -> str:
        short, long = self.seconds
        grown = f"{long / short:.1f}×" if long < PATIENCE else "stopped"
        sentence = self.sentence.replace("\n", "⏎")
        return f"{self.code:12} {self.layout:20} {short:6.2f} s {long:6.2f} s {grown:>8}  {self.copies:5} × {sentence}"


# --- layouts


def _lines(text: str, copies: int) -> str:
    return (text.rstrip("\n") + "\n") * copies


def _joined(mark: str) -> Callable[[str, int], str]:
    return lambda text, copies: mark.join([text.rstrip("。；\n")] * copies) + "。\n"


def _other_figures(text: str, at: int) -> str:
    """``text`` with other figures, of the same length as far as they have more than one digit."""
    return _FIGURE.sub(lambda one: str((int(one[0]) + 7 * at) % max(10 ** len(one[0]), 97) or 3), text)


def _other_words(text: str, at: int) -> str:
    """``text`` with other characters where its clauses begin."""
    count = len(_WORDS)
    return _WORD.sub(_WORDS[at % count] + _WORDS[at // count % count], text)


def _changed(lay: str, change: Callable[[str, int], str]) -> Callable[[str, int], str]:
    def made(text: str, copies: int) -> str:
        each = text.rstrip("。；\n") if lay != "\n" else text.rstrip("\n")
        return lay.join(change(each, at) for at in range(copies)) + ("" if lay == "\n" else "。") + "\n"

    return made


def _within(last: bool) -> Callable[[str, int], str]:
    """The clauses (or only the ``last`` one, or the lines below the first) over and over, after the beginning that they have in common."""

    def made(text: str, copies: int) -> str:
        parts = [line + "\n" for line in text.splitlines()] if "\n" in text.strip() else _CLAUSE.findall(text)
        head = 2 if len(parts) > 2 and "---" in parts[1] else 1
        if last:
            head = len(parts) - 1
        end = "" if text.endswith("\n") or "\n" in text else "。"
        between = "" if "\n" in text else (parts[-2][-1:] if len(parts) > 1 else "，")
        again = "".join(parts[head:]).rstrip("。") or "".join(parts).rstrip("。")
        return "".join(parts[:head]) + between.join(_other_figures(again, at) for at in range(copies)) + end + "\n"

    return made


#: What is made of a sentence and a number of copies.
LAYOUTS: dict[str, Callable[[str, int], str]] = {
    "lines": _lines,
    "one line，": _joined("，"),
    "lines, figures": _changed("\n", _other_figures),
    "one line，figures": _changed("，", _other_figures),
    "one line；figures": _changed("；", _other_figures),
    "lines, words": _changed("\n", lambda text, at: _other_words(_other_figures(text, at), at)),
    "one line、words": _changed("、", lambda text, at: _other_words(_other_figures(text, at), at)),
    "clauses": _within(last=False),
    "last clause": _within(last=True),
}


# --- measuring


_Remembering = type(lru_cache(int))


class PatienceError(Exception):
    """Raised into what takes too long."""


def _stop(_signal: int, _frame: object) -> None:
    raise PatienceError


def spent(text: str, context: Context, known: Container[str] = ()) -> dict[str, float]:
    """Seconds of processor time that each shared step, and each rule not ``known``, takes over ``text``; :data:`PATIENCE` where stopped."""
    suffix = ".md" if text.lstrip().startswith(("|", "#")) or "\n|" in text else ".txt"
    analysis = Analysis(from_text(text, f"a{suffix}", suffix), context)
    _forget()
    gc.collect()
    gc.disable()  # one collection takes longer than most rules, and falls to whichever is at work just then
    try:
        return _each(analysis, known)
    finally:
        gc.enable()


def _forget() -> None:
    """Empty what remembers single figures and words: a shorter text of the same would find all of them there."""
    for each in gc.get_objects():
        if isinstance(each, _Remembering) and (each.cache_parameters()["maxsize"] or 0) > 1:
            each.cache_clear()


def _each(analysis: Analysis, known: Container[str]) -> dict[str, float]:
    took: dict[str, float] = {}
    for name in _SHARED:
        took[name] = _timed(lambda name=name: getattr(analysis, name))  # type: ignore[misc]
    for rule in rules():
        if rule.family != OWN_FAMILY and rule.code not in known and rule.may_speak(analysis):
            took[rule.code] = _timed(lambda rule=rule: list(rule.check(analysis)))  # type: ignore[misc]
    return took


def _timed(work: Callable[[], object]) -> float:
    signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE)
    start = time.process_time()
    try:
        work()
    except PatienceError:
        return PATIENCE
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.process_time() - start


def slow(sentence: str, layout: str, copies: int, context: Context, known: set[str]) -> Iterator[Slow]:
    """The rules, but for those ``known``, whose time over ``copies`` of the sentence is not in proportion to a quarter of them."""
    copies = min(copies, max(40, LONGEST // (len(sentence) + 1)))
    lay = LAYOUTS[layout]
    long = {code: took for code, took in spent(lay(sentence, copies), context, known).items() if took > WORTH}
    if not long.keys() - known:
        return
    short = spent(lay(sentence, copies // 4), context, known)
    grown = [code for code in long if code not in known and long[code] > MOST * short.get(code, 0.0)]
    if not grown:
        return
    # Neither a busy machine is a reason, nor that another rule had paid for what both look at: each is measured once more, by itself.
    every = {rule.code for rule in rules()}
    for code in grown:

        def least(number: int, code: str = code) -> float:
            """The less of two measurements: what else the machine does only adds to them."""
            return min(spent(lay(sentence, number), context, every - {code}).get(code, 0.0) for _ in range(2))

        before, took = max(least(copies // 4), 0.002), least(copies)
        if took <= max(WORTH, MOST * before):
            continue
        # What only begins to work above some length grows with it from there on: square time doubles twice over where the text doubles.
        if least(2 * copies) > TWICE * took:
            yield Slow(code, layout, sentence, copies, (before, took))


def sentences(codes: Iterable[str], cases: bool) -> list[tuple[str, Context]]:
    """The sentences of the rules whose codes begin so, each with what the user brings to it; each only once."""
    begins = tuple(codes) or ("",)
    found: dict[str, Context] = {}
    every = {rule.code: rule for rule in rules()}
    for rule in every.values():
        if rule.code.startswith(begins) and rule.family != OWN_FAMILY:
            for example in (*rule.bad, *rule.good):
                found.setdefault(unmark(example)[0], rule.given() if rule.given else Context())
    if cases:
        for path in sorted((ROOT / "rules").rglob("*.md")):
            for case in read_cases(path):
                if case.code in every and case.code.startswith(begins):
                    given = every[case.code].given
                    found.setdefault(unmark(case.text)[0], given() if given else Context())
    return list(found.items())


def main() -> int:
    """Flood all rules; 1 where one of them drowns."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("codes", nargs="*", metavar="CODE", help="beginnings of codes")
    parser.add_argument("--cases", action="store_true", help="the cases of the families too")
    parser.add_argument("--copies", type=int, default=800)
    parser.add_argument("--sample", type=int, default=None, metavar="N")
    asked = parser.parse_args()
    signal.signal(signal.SIGVTALRM, _stop)
    chosen = sentences(asked.codes, asked.cases)
    if asked.sample is not None and asked.sample < len(chosen):
        chosen = random.Random(1).sample(chosen, asked.sample)
    spent("".join(sentence + "\n" for sentence, _ in chosen[:200]), Context())  # what is read once
    known: set[str] = set()
    floods = 0
    for sentence, context in chosen:
        for layout in LAYOUTS:
            floods += 1
            for one in slow(sentence, layout, asked.copies, context, known):
                known.add(one.code)  # one text is enough to mend it by
                print(one, flush=True)
    print(f"{floods} floods of {len(chosen)} sentences, {len(known)} slow")
    return int(bool(known))


if __name__ == "__main__":
    sys.exit(main())
