"""Known vulnerabilities from a folder of advisories, asked without a network.

The folder holds files in the OSV format, YAML as in a checkout of https://github.com/pypa/advisory-database or JSON as in the archives of
osv.dev, at any depth; they are read as data. ``release.py audit --advisories DIR`` is the door. What a folder does not hold is not known to
it: the answer names the day of its youngest advisory.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

#: The day an advisory was last touched, in either notation, without reading it all.
_TOUCHED = re.compile(r"""\bmodified["']?:\s*["']?(\d{4}-\d{2}-\d{2})""")


class Known(NamedTuple):
    """A vulnerability of an installed package."""

    package: str
    version: str
    identity: str
    aliases: tuple[str, ...]
    fixed: tuple[str, ...]
    summary: str

    def __str__(self) -> str:
        names = ", ".join((self.identity, *self.aliases))
        return (
            f"{self.package} {self.version}: {names}; fixed in {', '.join(self.fixed) or 'no release'}; {self.summary}"
        )


class Answer(NamedTuple):
    """What a folder says: how many advisories it holds, the day of the youngest, and which of them concern what was asked."""

    advisories: int
    youngest: str
    known: tuple[Known, ...]


class UnreadableError(Exception):
    """A folder that cannot be believed; the message says why."""


def asked(folder: Path, packages: Mapping[str, str]) -> Answer:
    """What the advisories in ``folder`` say of ``packages``, versions by name; raises `UnreadableError`."""
    versions = {canonicalize_name(name): version for name, version in packages.items()}
    count, youngest, known = 0, "", []
    for path in files(folder):
        text = path.read_text("utf-8")
        day = _TOUCHED.search(text)
        count += day is not None  # every advisory must have one; other files that happen to lie there have none
        youngest = max(youngest, day[1] if day else "")
        # The names it may be about, before it is parsed: that takes a minute for all of them.
        bare = canonicalize_name(text)
        if day and any(name in bare for name in versions):
            known += concerning(_parsed(path, text), versions, path)
    if not count:
        raise UnreadableError(f"no advisories in {folder}: a checkout of pypa/advisory-database is expected")
    return Answer(count, youngest, tuple(sorted(known)))


def files(folder: Path) -> Iterator[Path]:
    """The files in ``folder`` that may hold an advisory, in order."""
    yield from (
        path
        for path in sorted(folder.rglob("*"))
        if path.suffix in (".yaml", ".yml", ".json") and path.is_file() and ".git" not in path.parts
    )


def _parsed(path: Path, text: str) -> Mapping[str, Any]:
    import yaml

    try:
        found = (
            json.loads(text)
            if path.suffix == ".json"
            else yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        )
    except (ValueError, yaml.YAMLError) as error:
        raise UnreadableError(f"{path} cannot be read: {str(error).splitlines()[0]}") from error
    if not isinstance(found, dict):
        raise UnreadableError(f"{path} is no advisory")
    return found


def concerning(advisory: Mapping[str, Any], versions: Mapping[str, str], path: Path) -> Iterator[Known]:
    """How ``advisory`` concerns one of ``versions``; not at all where it was withdrawn."""
    if advisory.get("withdrawn"):
        return
    try:
        identity = str(advisory["id"])
        text = str(advisory.get("summary") or advisory.get("details") or "").split("\n")[0]
        for affected in advisory.get("affected") or ():
            package = affected.get("package") or {}
            name = canonicalize_name(package.get("name", ""))
            if package.get("ecosystem") == "PyPI" and name in versions and affects(affected, Version(versions[name])):
                aliases = tuple(map(str, advisory.get("aliases") or ()))
                yield Known(name, versions[name], identity, aliases, tuple(_fixes(affected)), text[:160])
    except (KeyError, TypeError, AttributeError, InvalidVersion) as error:
        raise UnreadableError(f"{path} is no advisory that can be understood: {error!r}") from error


def affects(affected: Mapping[str, Any], version: Version) -> bool:
    """Whether the part of an advisory that is about one package covers ``version``: by its list, or by one of its ranges.

    >>> affects({"ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.2"}]}]}, Version("1.1.9"))
    True
    >>> affects({"versions": ["1.0", "1.1"]}, Version("1.2"))
    False
    """
    listed = {parsed for text in affected.get("versions") or () if (parsed := _version(text)) is not None}
    return version in listed or any(
        _within(one.get("events") or (), version)
        for one in affected.get("ranges") or ()
        if one.get("type") in ("ECOSYSTEM", "SEMVER")
    )


def _within(events: Iterable[Mapping[str, str]], version: Version) -> bool:
    """Whether ``version`` lies between an event that brings the flaw and the next that takes it away."""
    ordered = sorted(
        (_version(text) or Version("0"), order, kind)
        for event in events
        for order, kind in enumerate(("fixed", "introduced", "last_affected"))
        if (text := event.get(kind)) is not None
    )  # fmt: skip
    inside = False
    for at, _, kind in ordered:
        if kind == "introduced" and version >= at:
            inside = True
        elif (kind == "fixed" and version >= at) or (kind == "last_affected" and version > at):
            inside = False
    return inside


def _fixes(affected: Mapping[str, Any]) -> Iterator[str]:
    for one in affected.get("ranges") or ():
        if one.get("type") in ("ECOSYSTEM", "SEMVER"):
            yield from (str(event["fixed"]) for event in one.get("events") or () if "fixed" in event)


def _version(text: str) -> Version | None:
    """The version, or none where it is not written as Python packages write theirs."""
    try:
        return Version(str(text))
    except InvalidVersion:
        return None
