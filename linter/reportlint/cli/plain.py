"""The short way in: a plain ``check``, understood without click."""

from __future__ import annotations

import os
from collections.abc import Sequence

from reportlint.cli import COMMANDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: Options without a value.
FLAGS = {"--quiet": "quiet", "-q": "quiet", "--stats": "stats", "--no-cache": "no_cache"}
#: Options that take one of a few words; the words are those of :data:`reportlint.settings.CHOICES`.
CHOSEN = {"--format": "format", "--severity": "severity", "--fail-on": "fail_on", "--lang": "lang", "--color": "color"}
#: How the number of processes is given; numbers out of the way are click's to explain.
_JOBS = ("--jobs", "-j")
#: Options that name a file or a folder.
FILES = {"--cache-dir": "cache_dir"}
#: Options that may stand several times; what they say is put together.
LISTS = {"--select": "select", "--extend-select": "extend_select", "--ignore": "ignore"}
#: By this variable a shell asks what a word may be completed to.
_COMPLETION = "_REPORTLINT_COMPLETE"


def understood(words: Sequence[str]) -> dict[str, Any] | None:
    """The arguments of :func:`reportlint.cli.check.check` that a command line stands for.

    ``None`` for every line that has anything unusual to it, mistakes among them: click knows what it means, or why it means nothing.

    >>> understood(["check", "总结.txt", "--ignore=TM", "-q"])
    {'paths': ('总结.txt',), 'ignore': 'TM', 'quiet': True}
    >>> understood(["check", "总结.txt", "-j", "1"])
    {'paths': ('总结.txt',), 'jobs': 1}
    >>> understood(["check", "总结.txt", "--stat"])
    """
    if not words or _COMPLETION in os.environ:
        return None
    if words[0] != "check" and (words[0] in COMMANDS or not os.path.exists(words[0])):
        return None
    paths: list[str] = []
    options: dict[str, Any] = {}
    rest = iter(words[words[0] == "check" :])
    for word in rest:
        name, equals, value = word.partition("=")
        if not word.startswith("-") or word == "-":
            paths.append(word)
        elif word in FLAGS:
            options[FLAGS[word]] = True
        elif word in _JOBS or (name == "--jobs" and equals):
            value = value if equals else next(rest, "-")
            if value != "auto" and not (value.isascii() and value.isdigit() and 0 < int(value) < 100):
                return None
            options["jobs"] = value if value == "auto" else int(value)
        elif name in CHOSEN or name in LISTS or name in FILES:
            if not equals:
                value = next(rest, "-")
                if value.startswith("-"):
                    return None
            if not _set(options, name, value):
                return None
        else:
            return None
    return {"paths": tuple(paths), **options}


def _set(options: dict[str, Any], name: str, value: str) -> bool:
    """Whether ``value`` could be put among ``options``."""
    if name in LISTS:
        before = options.get(LISTS[name])
        options[LISTS[name]] = value if before is None else f"{before},{value}"
        return True
    if name in FILES:
        from pathlib import Path

        options[FILES[name]] = Path(value)
        return bool(value)
    from reportlint.settings import CHOICES

    options[CHOSEN[name]] = value
    return value in CHOICES[name.removeprefix("--")]
