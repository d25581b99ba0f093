"""Settings: what can be set, what it means, and how the command line overrides the configuration."""

from __future__ import annotations

import os
from collections.abc import Iterable

from reportlint.errors import SettingsError
from reportlint.finding import Severity
from reportlint.limits import DEFAULT, Limits
from reportlint.record import NamedTuple
from reportlint.reporters import REPORTERS
from reportlint.rule import Rule
from reportlint.selection import OWN_FAMILY, Layer, chosen, hint, nearest, nearest_rule, unknown
from reportlint.suppression import Directive

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from reportlint.catalogue import Indicator
    from reportlint.confusions import Confusion

_LEVELS = {level.label: level for level in reversed(Severity)}
#: The keys and options that take one word of a few, and what each word stands for.
CHOICES: dict[str, dict[str, Any]] = {
    "severity": _LEVELS,
    "fail-on": {**_LEVELS, "never": None},
    "format": {name: name for name in REPORTERS},
    "lang": {name: name for name in ("zh", "en")},
    "color": {name: name for name in ("auto", "always", "never")},
}


class Exemption(NamedTuple):
    """An ``[[tool.reportlint.ignore]]``: in files that ``path`` means (all, if empty), ``code`` is excused where ``text`` stands.

    ``path`` is a pattern as in ``.gitignore``, seen from the folder of the configuration.
    """

    code: str
    path: str = ""
    text: str = ""
    reason: str = ""


class Override(NamedTuple):
    """An ``[[override]]``: ``changes``, as :meth:`Settings.overridden` takes them, for files that one of the patterns ``paths`` means."""

    paths: tuple[str, ...]
    changes: tuple[tuple[str, Any], ...]

    @property
    def selectors(self) -> tuple[str, ...]:
        """Every selector that it names."""
        lists = ("select", "extend_select", "ignore")
        return tuple(word for name, value in self.changes if name in lists for word in value)


class Settings(NamedTuple):
    """Everything that can be set. ``fail_on`` is ``None`` for “never”, ``jobs`` for as many as pay; ``root`` is the configuration's folder, if there is one."""

    layers: tuple[Layer, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    severity: Severity = Severity.INFO
    fail_on: Severity | None = Severity.WARNING
    format: str = "text"
    output: Path | None = None
    lang: str = "zh"
    color: str = "auto"
    stats: bool = False
    quiet: bool = False
    no_cache: bool = False
    cache_dir: Path | None = None
    jobs: int | None = None
    fix: bool = False
    unsafe_fixes: bool = False
    tracked: bool = True
    baseline: Path | None = None
    ledger: Path | None = None
    ledger_columns: tuple[tuple[str, str], ...] = ()
    previous: Path | None = None
    together: Path | None = None
    exclude: tuple[str, ...] = ()
    overrides: tuple[Override, ...] = ()
    terms: frozenset[str] = frozenset()
    confusions: tuple[Confusion, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    only_own_indicators: bool = False
    limits: Limits = DEFAULT
    ambiguous_width: int = 1
    docs_url: str = ""
    root: Path | None = None
    origin: str = ""

    def overridden(self, **options: Any) -> Settings:
        """These settings with ``options``, those of the command line or of a call, on top.

        ``select``, ``extend_select`` and ``ignore`` (lists, or words with commas) make a layer of their own, ``terms`` are added
        to those that are there, ``severity`` and ``fail_on`` may be words. Raises :class:`SettingsError` for other words.
        """
        layer = Layer(*(_words(options.pop(name, ())) for name in ("select", "extend_select", "ignore")))
        if layer.selectors:
            options["layers"] = (*self.layers, layer)
        if "terms" in options:
            options["terms"] = self.terms | frozenset(options["terms"])
        for name in ("severity", "fail_on"):
            if isinstance(options.get(name), str):
                options[name] = _level(name.replace("_", "-"), options[name])
        return self._replace(**options)

    def chosen(self, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        """The rules that run.

        Raises :class:`SettingsError` for a selector that means no rule, and where nothing is left to run.
        """
        for layer in self.layers:
            self._reject_unknown(layer.selectors, rules)
        self._reject_unknown((word for one in self.overrides for word in one.selectors), rules)
        self._reject_unknown((exemption.code for exemption in self.exemptions), rules)
        running = chosen(rules, self.layers)
        if all(rule.family == OWN_FAMILY for rule in running):
            raise SettingsError("没有选中任何规则：请检查 select 与 ignore")
        return running

    def _reject_unknown(self, selectors: Iterable[str], rules: tuple[Rule, ...]) -> None:
        for word in unknown(selectors, rules):
            raise SettingsError(f"没有规则 {word!r}{hint(nearest_rule(word, rules))}。reportlint rule 列出全部规则")

    def directives(self, path: str | os.PathLike[str]) -> tuple[Directive, ...]:
        """The exemptions for the file at ``path``, as directives over the whole of it."""
        if not self.exemptions:
            return ()
        name = self._name(path)
        return tuple(
            Directive(one.code, one.text, one.reason, origin=self.origin, exact=one.path.strip("/") == name)
            for one in self.exemptions
            if not one.path or _means(one.path, name)
        )

    def at(self, path: str | os.PathLike[str]) -> Settings:
        """These settings with the overrides for the file at ``path``; the later one wins."""
        settings = self
        if self.overrides:
            name = self._name(path)
            for one in self.overrides:
                if any(_means(pattern, name) for pattern in one.paths):
                    settings = settings.overridden(**dict(one.changes))
        return settings

    def _name(self, path: str | os.PathLike[str]) -> str:
        """What patterns call the file at ``path``: seen from the folder of the configuration, empty outside it."""
        from pathlib import Path

        try:
            return Path(path).resolve().relative_to((self.root or Path()).resolve()).as_posix()
        except ValueError:
            return ""


def _words(value: str | Iterable[str]) -> tuple[str, ...]:
    """A list of words, or the words between commas.

    >>> _words("NM, TY001"), _words(["NM"])
    (('NM', 'TY001'), ('NM',))
    """
    words = value.replace("，", ",").split(",") if isinstance(value, str) else value
    return tuple(word.strip() for word in words if word.strip())


def _level(key: str, word: str) -> Severity | None:
    choices = CHOICES[key]
    if word not in choices:
        raise SettingsError(f"{key} 应为 {'、'.join(choices)} 之一{hint(nearest(word, choices))}")
    level: Severity | None = choices[word]
    return level


def _means(pattern: str, name: str) -> bool:
    """Whether a ``.gitignore`` pattern means the file ``name`` or a folder it lies in.

    >>> _means("drafts/", "2024/drafts/总结.txt"), _means("/drafts", "2024/drafts/总结.txt")
    (True, False)
    """
    if any(mark in pattern for mark in "*?[!\\"):
        from reportlint.globs import spec  # most exemptions name one file

        return spec([pattern]).match_file(name)
    plain = pattern.strip("/")
    if "/" in pattern.rstrip("/"):
        return name == plain or name.startswith(f"{plain}/")
    return plain in name.split("/")
