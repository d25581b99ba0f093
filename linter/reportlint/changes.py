"""What changed since a revision of Git: lines of the text as it is read, whatever the format or the encoding.

Git says which files changed and what they were called; the lines are compared here, after reading, so that a Word document has
changed paragraphs and a file that only changed its encoding or its line ends has none.
"""

from __future__ import annotations

import os
import subprocess
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

from reportlint.document import Document
from reportlint.errors import ReadError, SettingsError
from reportlint.finding import Finding
from reportlint.record import NamedTuple
from reportlint.sources import from_bytes, suffix_of


class _Repository(NamedTuple):
    """A working tree: its folder, the commit compared with, the files that commit holds, and new names of changed ones with the old."""

    root: str
    commit: str
    held: frozenset[str]
    changed: dict[str, str | None]


class Changes:
    """The difference between the working tree and ``revision``, in every repository that is met."""

    def __init__(self, revision: str) -> None:
        """``revision`` is anything that Git understands."""
        self.revision = revision
        self._roots: dict[str, str] = {}
        self._repository = cache(self._opened)
        self._before = cache(self._lines_before)

    def open(self, path: Path) -> None:
        """Look now whether there is a repository around ``path`` that knows the revision. Raises :class:`SettingsError`."""
        if path.exists() or path.parent.exists():
            self._find(path)

    def touched(self, place: Path) -> bool:
        """Whether the file at ``place`` differs from the revision. Raises :class:`SettingsError` outside a repository."""
        repository, name = self._find(place)
        return name in repository.changed or name not in repository.held

    def concerns(self, place: Path, document: Document, finding: Finding) -> bool:
        """Whether ``finding`` lies on a changed line of ``document``, or speaks of a place on one."""
        changed = self.lines(place, document)
        if changed is None:
            return True
        spans = [finding.span, *(related.span for related in finding.related)]
        return any(
            not changed.isdisjoint(range(document.place(start).line, document.place(max(start, end - 1)).line + 1))
            for start, end in spans
        )

    def lines(self, place: Path, document: Document) -> frozenset[int] | None:
        """The lines of ``document``, from 1, that are new or changed; ``None`` means all."""
        repository, name = self._find(place)
        old = repository.changed.get(name, name if name in repository.held else None)
        if old is None:
            return None
        before = self._before(repository.root, old, suffix_of(name))
        if before is None:
            return None
        after = _lines(document)
        matcher = SequenceMatcher(None, before, after, autojunk=False)
        return frozenset(
            line
            for tag, _, _, start, end in matcher.get_opcodes()
            if tag in ("insert", "replace")
            for line in range(start + 1, end + 1)
        )

    def _find(self, place: Path) -> tuple[_Repository, str]:
        """The repository of ``place``, and its name there. The place itself may be a link; its folder is followed."""
        folder = os.path.realpath(place if place.is_dir() else place.parent)
        root = self._roots.get(folder)
        if root is None:
            root = os.path.realpath(_git(folder, "rev-parse", "--show-toplevel").decode().rstrip("\n"))
            self._roots[folder] = root
        name = os.path.relpath(Path(folder, place.name), root).replace(os.sep, "/")
        return self._repository(root), name

    def _opened(self, root: str) -> _Repository:
        try:
            named = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{self.revision}^{{commit}}")
        except SettingsError as error:
            raise SettingsError(f"仓库 {root} 里没有 {self.revision} 这个版本：请检查 --diff-from") from error
        commit = named.decode().strip()
        held = _git(root, "ls-tree", "-r", "-z", "--name-only", "--full-tree", commit)
        status = _git(root, "diff", "--name-status", "-z", "-M", "--no-ext-diff", commit, "--")
        return _Repository(root, commit, frozenset(_names(held)), _renamed(_names(status)))

    def _lines_before(self, root: str, name: str, suffix: str) -> list[str] | None:
        """The lines of the file in the revision; ``None`` where it was nothing that can be read."""
        blob = _git(root, "cat-file", "blob", f"{self._repository(root).commit}:{name}")
        try:
            return _lines(from_bytes(blob, name, suffix))
        except ReadError:
            return None


def _lines(document: Document) -> list[str]:
    return [document.slice(document.line(number)) for number in range(1, len(document.line_starts) + 1)]


def _names(output: bytes) -> list[str]:
    return [os.fsdecode(name) for name in output.split(b"\0") if name]


def _renamed(fields: list[str]) -> dict[str, str | None]:
    """New names with the old ones (``None`` for added files) in the output of ``git diff --name-status -z``.

    >>> _renamed(["M", "a.txt", "R090", "b.txt", "c.txt", "A", "d.txt"])
    {'a.txt': 'a.txt', 'c.txt': 'b.txt', 'd.txt': None}
    """
    changed: dict[str, str | None] = {}
    rest = iter(fields)
    for status in rest:
        old = next(rest)
        if status[0] in "RC":
            changed[next(rest)] = old
        else:
            changed[old] = None if status[0] == "A" else old
    return changed


def _environment() -> dict[str, str]:
    """Ours, without what Git tells its hooks: it is said relative to a folder that need not be the one we ask in."""
    told = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
    return {name: value for name, value in os.environ.items() if name not in told}


def _git(folder: str, *args: str) -> bytes:
    """What Git says in ``folder``. Raises :class:`SettingsError`."""
    try:
        done = subprocess.run(
            ["git", "-C", folder, "-c", "core.fsmonitor=false", *args],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            check=False,
            env={**_environment(), "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"},
        )
    except FileNotFoundError as error:
        raise SettingsError("--diff-from 需要 git：请先安装，或去掉这个选项") from error
    if done.returncode == 0:
        return done.stdout
    said = done.stderr.decode("utf-8", "replace").strip().splitlines()
    if any("not a git repository" in line for line in said):
        raise SettingsError(f"--diff-from 只能用于 git 仓库，而 {folder} 不在仓库里")
    raise SettingsError(f"git 在 {folder} 里没有做成：{said[-1] if said else f'退出码 {done.returncode}'}")
