"""Finds the installed rules.

Rules come in through entry points of the group ``reportlint.rules``; each names a module that holds a tuple ``RULES`` and may hold
``INDICATORS``, the paths of catalogues of indicators. The linter's own rules, about directives in a text, join them.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from reportlint import manifest
from reportlint.errors import RegistryError
from reportlint.manifest import Manifest
from reportlint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from reportlint.catalogue import Catalogue, Indicator

GROUP = "reportlint.rules"


def entry_points() -> dict[str, str]:
    """Names and modules of the group, read straight from the ``entry_points.txt`` files on ``sys.path``.

    ``importlib.metadata.entry_points()`` costs about three times as much: it imports the e-mail package and parses the
    metadata of every distribution. The file format is that of the packaging specification, an INI section per group.
    """
    from pathlib import Path  # once for an installation

    found: dict[str, str] = {}
    seen: set[str] = set()
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
        # A package installed twice counts where it comes first, as its modules do: an older copy may name families that are gone.
        files = [file for file in files if file.parent.name.split("-")[0].lower() not in seen]
        seen.update(file.parent.name.split("-")[0].lower() for file in files)
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


def rules() -> tuple[Rule, ...]:
    """Every installed rule, by code.

    Raises :class:`RegistryError` when there are none, when a family cannot be imported, or when a code or name stands
    twice: any of these would otherwise look like a clean report.
    """
    return _known().rules


def packages() -> tuple[str, ...]:
    """The top-level packages that rules come from."""
    return _known().packages


@lru_cache(maxsize=1)
def _known() -> Manifest:
    """The rules and tables of every package, from what a run before has kept if that still holds."""
    kept = manifest.read()
    if kept is not None:
        return kept._replace(rules=_with_own(kept.rules))
    found: list[tuple[Rule, tuple[str, str | int]]] = []
    tables: list[str] = []
    points = entry_points()
    for name, target in sorted(points.items()):
        try:
            __import__(target)
            module = sys.modules[target]
            found.extend((rule, _home(rule, target, place)) for place, rule in enumerate(module.RULES))
        except Exception as error:  # a stranger's package may fail in any way
            raise RegistryError(f"规则包 {name}（{target}）装载失败：{error}。请重新安装提供它的软件包") from error
        tables.extend(map(str, getattr(module, "INDICATORS", ())))
    if not found:
        raise RegistryError("没有找到任何规则：请重新安装 reportlint（pip install --force-reinstall reportlint）")
    packages = dict.fromkeys(module.partition(".")[0] for module in points.values())
    known = Manifest(_with_own([rule for rule, _ in found]), tuple(tables), tuple(packages))
    manifest.write(found, packages, tables)
    return known


def _with_own(found: Sequence[Rule]) -> tuple[Rule, ...]:
    """The linter's own rules among ``found``, by code. Raises :class:`RegistryError` where a code or name stands twice."""
    from reportlint.own_rules import RULES as OWN  # they look up the others here

    every = sorted((*found, *OWN), key=lambda rule: rule.code)
    for key, count in Counter(key for rule in every for key in (rule.code, rule.name)).items():
        if count > 1:
            raise RegistryError(f"规则 {key} 由两个规则包提供，请卸载其中一个")
    return tuple(every)


def _home(rule: Rule, target: str, place: int) -> tuple[str, str | int]:
    """Where to find ``rule`` again: in its own module by its name, or else in the family's tuple."""
    module, name = rule.check.__module__, getattr(rule.check, "__name__", "")
    return (module, name) if getattr(sys.modules.get(module), name, None) is rule else (target, place)


@lru_cache(maxsize=4)
def catalogue(own: tuple[Indicator, ...] = (), *, only_own: bool = False) -> Catalogue:
    """The indicators of every installed package, with the user's ``own`` rows on top, or those alone."""
    from reportlint.catalogue import Catalogue

    if only_own:
        return Catalogue(own)
    return Catalogue(shipped=_known().tables).with_own(own)
