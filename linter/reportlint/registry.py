"""Finds the installed rules.

Rules come in through entry points of the group ``reportlint.rules``; each names a module that holds a tuple ``RULES`` and may hold
``INDICATORS``, the paths of catalogues of indicators. The linter's own rules, about directives in a text, join them.
"""

from __future__ import annotations

import sys
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from reportlint.errors import RegistryError
from reportlint.rule import Rule

if TYPE_CHECKING:
    from reportlint.indicators import Catalogue, Indicator

GROUP = "reportlint.rules"


def entry_points() -> dict[str, str]:
    """Names and modules of the group, read straight from the ``entry_points.txt`` files on ``sys.path``.

    ``importlib.metadata.entry_points()`` costs about three times as much: it imports the e-mail package and parses the
    metadata of every distribution. The file format is that of the packaging specification, an INI section per group.
    """
    found: dict[str, str] = {}
    for entry in dict.fromkeys(sys.path):
        try:
            folder = Path(entry or ".")
            files = [
                path / "entry_points.txt"
                for path in folder.iterdir()
                if path.name.endswith((".dist-info", ".egg-info"))
            ]
        except OSError:
            continue
        for file in files:
            try:
                text = file.read_text("utf-8")
            except OSError:
                continue
            if f"[{GROUP}]" not in text:
                continue
            section = text.split(f"[{GROUP}]", 1)[1].split("\n[", 1)[0]
            for line in section.splitlines():
                name, separator, module = line.partition("=")
                if separator and not line.lstrip().startswith("#"):
                    found.setdefault(name.strip(), module.strip())
    return found


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """Every installed rule, by code.

    Raises :class:`RegistryError` when there are none, when a family cannot be imported, or when a code or name stands
    twice: any of these would otherwise look like a clean report.
    """
    loaded: list[Rule] = []
    for name, target in sorted(entry_points().items()):
        try:
            loaded.extend(import_module(target).RULES)
        except (ImportError, AttributeError) as error:
            raise RegistryError(f"规则包 {name}（{target}）装载失败：{error}。请重新安装提供它的软件包") from error
    if not loaded:
        raise RegistryError("没有找到任何规则：请重新安装 reportlint（pip install --force-reinstall reportlint）")
    from reportlint.own_rules import RULES as OWN  # they look up the others here

    loaded.extend(OWN)
    seen: dict[str, Rule] = {}
    for rule in loaded:
        for key in (rule.code, rule.name):
            if key in seen:
                raise RegistryError(f"规则 {key} 由两个规则包提供，请卸载其中一个")
            seen[key] = rule
    return tuple(sorted(loaded, key=lambda rule: rule.code))


@lru_cache(maxsize=4)
def catalogue(own: tuple[Indicator, ...] = (), *, only_own: bool = False) -> Catalogue:
    """The indicators of every installed package, with the user's ``own`` rows on top, or those alone."""
    from reportlint.indicators import Catalogue, read_catalogue

    if only_own:
        return Catalogue(own)
    rules()  # a package that cannot be loaded is told in one way
    tables = (getattr(import_module(target), "INDICATORS", ()) for _, target in sorted(entry_points().items()))
    return Catalogue([row for paths in tables for table in paths for row in read_catalogue(table)]).with_own(own)
