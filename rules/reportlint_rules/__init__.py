"""The rules of reportlint, a package per family; each exports ``RULES`` and comes in through an entry point."""

from __future__ import annotations

from collections.abc import Callable


def listed(package: str) -> Callable[[str], object]:
    """The ``__getattr__`` of the family ``package``: its ``RULES`` and ``INDICATORS``, listed in its module ``family``.

    To import one rule is to import its package first; so the package does not bring the other rules before somebody asks for them.
    """

    def listed_in_family(name: str) -> object:
        if name not in ("RULES", "INDICATORS"):
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        from importlib import import_module

        return getattr(import_module(f"{package}.family"), name)

    return listed_in_family
