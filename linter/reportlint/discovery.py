"""From what stands on the command line to what is checked: files as named, folders walked.

What is named outright is always taken. A walk takes what may be a report, honours ignore files, and counts what it left.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from enum import Enum
from functools import lru_cache

from reportlint.configuration import FILE, PYPROJECT, Configuration
from reportlint.errors import SettingsError
from reportlint.finding import Message
from reportlint.globs import spec
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint.sources import FORMATS, suffix_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from pathlib import Path

    from pathspec import GitIgnoreSpec

    from reportlint.settings import Settings

#: Standard input, on the command line.
STDIN = "-"
IGNORE_FILES = (".gitignore", ".ignore", ".reportlintignore")
#: Folders of other people's files and of machines, wherever they turn up.
_FOREIGN = frozenset(
    (
        *("node_modules", "bower_components", "site-packages", "vendor", "venv", "virtualenv"),
        *("__pycache__", "__pypackages__", "build", "dist"),
    )
)
#: In a folder with one of these nothing is anybody's report.
_FOREIGN_MARKS = frozenset(("pyvenv.cfg", "CACHEDIR.TAG"))
#: Texts that lie about in projects and are never reports, in lower case.
_NEVER_REPORTS = (
    *(
        "requirements*.txt",
        "constraints*.txt",
        "cmakelists.txt",
        "robots.txt",
        "humans.txt",
        "security.txt",
        "llms*.txt",
    ),
    *("license*", "licence*", "copying*", "notice*", "authors*", "contributors*", "third[-_]party*"),
    *("contributing.md", "code_of_conduct.md", "changelog.md", "security.md", "pull_request_template.md"),
    *("sources.txt", "top_level.txt", "entry_points.txt", "dependency_links.txt", "requires.txt", "manifest.txt"),
)


class Reason(Enum):
    """Why a walk left something."""

    NO_READER = Message("暂不能读取的文档", "no reader for this format")
    IGNORED = Message("忽略清单中", "listed as ignored")
    NOT_A_REPORT = Message("不是报告的文本", "never a report")
    OTHER_FORMAT = Message("其他格式", "other formats")
    HIDDEN = Message("隐藏或临时的", "hidden or temporary")
    FOREIGN_FOLDER = Message("依赖或缓存文件夹", "folders of dependencies or caches")
    UNCHANGED = Message("没有改动", "not changed")
    LINK = Message("文件夹链接或断开的链接", "links to folders or to nothing")


class Target(NamedTuple):
    """A file to check: where it is (``None`` is standard input) and how it is called."""

    file: str | os.PathLike[str] | None
    shown: str

    @property
    def name(self) -> str:
        """Where configuration is looked for and patterns are compared."""
        return self.shown if self.file is None else os.fspath(self.file)

    @property
    def path(self) -> Path | None:
        """:attr:`file` as a path."""
        return None if self.file is None else self.place

    @property
    def place(self) -> Path:
        """:attr:`name` as a path."""
        from pathlib import Path

        return Path(self.name)


class Failure(NamedTuple):
    """Something that could not be checked, and why."""

    path: str
    error: str


class Discovery:
    """What to check, what cannot be, what a walk left by reason, and the documents among that for which there is no reader."""

    def __init__(self) -> None:
        self.targets: list[Target] = []
        self.failures: list[Failure] = []
        self.skipped: Counter[Reason] = Counter()
        self.unread: list[Failure] = []


class _Level(NamedTuple):
    """The patterns of one ignore file, seen from its folder."""

    folder: str
    spec: GitIgnoreSpec


def discover(names: Iterable[str], configuration: Configuration, stdin_name: str | None = None) -> Discovery:
    """What ``names``, the arguments of the command line, stand for. A file that is not there becomes a target: reading it fails."""
    found = Discovery()
    seen: set[str] = set()
    for name in names:
        shown = name.replace(os.sep, "/")
        if name == STDIN:
            targets = [(Target(None, stdin_name or "<stdin>"), STDIN)]
        elif not name:
            found.failures.append(Failure("", "路径是空的"))
            continue
        elif os.path.isdir(name):
            before = found.skipped.copy()
            targets = list(_Walk(found, configuration).targets(name, shown))
            if not targets:
                found.failures.append(Failure(shown, _empty(found.skipped - before, found.unread)))
        else:
            targets = [(Target(name.rstrip(os.sep) or name, shown), os.path.realpath(name))]
        for target, real in targets:
            if real not in seen:
                seen.add(real)
                found.targets.append(target)
    return found


def _empty(left: Counter[Reason], unread: Iterable[Failure]) -> str:
    """What to say of a folder in which there is nothing to check: what a walk left there, and what would help."""
    why = "，".join(f"{reason.value.zh} {count}" for reason, count in sorted(left.items(), key=lambda one: one[0].name))
    advice = next((one.error for one in unread), "") if Reason.NO_READER in left else ""
    return f"文件夹里没有可以检查的报告{f'（跳过：{why}）' if why else ''}{f'。{advice}' if advice else ''}"


class _Walk:
    """A walk through one folder."""

    def __init__(self, found: Discovery, configuration: Configuration) -> None:
        self.found = found
        self.configuration = configuration
        self.excludes: dict[Path, _Level] = {}

    def targets(self, name: str, shown: str) -> Iterator[tuple[Target, str]]:
        """The reports below the folder ``name``, in the order of their names, each with the place where it really is."""
        root = os.path.realpath(name)
        prefix = "" if os.path.normpath(name) == os.curdir else f"{shown.rstrip('/')}/"
        levels = self.above(root)
        if _ignored(root, levels, folder=True):
            levels = ()  # named outright
        pending = [(root, prefix, levels)]
        while pending:
            folder, prefix, levels = pending.pop()
            try:
                with os.scandir(folder) as entries:
                    children = sorted(entries, key=lambda entry: entry.name)
                levels = (*levels, *self.level(folder, children))
            except (OSError, SettingsError) as error:
                reason = error.strerror if isinstance(error, OSError) else str(error)
                self.found.failures.append(Failure(prefix.rstrip("/") or ".", f"文件夹读不了：{reason}"))
                continue
            below = []
            for child in children:
                reason_left = self.left(child, levels)
                if reason_left is not None:
                    self.found.skipped[reason_left] += 1
                    if reason_left is Reason.NO_READER:
                        self.found.unread.append(Failure(prefix + child.name, FORMATS[suffix_of(child.name)].obstacle))
                elif child.is_dir(follow_symlinks=False):
                    below.append((child.path, f"{prefix}{child.name}/", levels))
                else:
                    file = os.path.join(name, child.path[len(root) :].lstrip(os.sep))
                    leads_on = child.is_symlink() or os.name == "nt"  # where a folder may lead on and be no link
                    yield Target(file, prefix + child.name), os.path.realpath(file) if leads_on else child.path
            pending.extend(reversed(below))

    def above(self, root: str) -> tuple[_Level, ...]:
        """The ignore files of the folders that hold ``root``, up to the project's: where Git or a configuration is."""
        levels: list[_Level] = []
        working = os.getcwd()  # compared as text with what the walk has as text
        from pathlib import Path

        for folder in Path(root).parents:
            try:
                levels[:0] = _level(str(folder), IGNORE_FILES)
            except OSError:
                pass  # what may not be read up there says nothing about what lies here
            if str(folder) == working or any((folder / mark).exists() for mark in (".git", FILE, PYPROJECT)):
                return tuple(levels)
        return ()  # no project: stray ignore files of the machine are none of ours

    def level(self, folder: str, children: list[os.DirEntry[str]]) -> Iterator[_Level]:
        """What the ignore files of ``folder`` add, and what its configuration excludes."""
        here = {child.name for child in children}
        yield from _level(folder, [name for name in IGNORE_FILES if name in here])
        settings = self.configuration.for_folder(folder)
        if settings.exclude and settings.root is not None:
            if settings.root not in self.excludes:
                self.excludes[settings.root] = _Level(str(settings.root.resolve()), spec(settings.exclude))
            yield self.excludes[settings.root]

    def left(self, child: os.DirEntry[str], levels: tuple[_Level, ...]) -> Reason | None:
        """Why ``child`` is left, or ``None``."""
        name = child.name
        if name.startswith((".", "~$")):
            return Reason.HIDDEN
        if child.is_dir(follow_symlinks=False):
            if name.lower() in _FOREIGN or name.endswith(".egg-info"):
                return Reason.FOREIGN_FOLDER
            if any(os.path.exists(os.path.join(child.path, mark)) for mark in _FOREIGN_MARKS):
                return Reason.FOREIGN_FOLDER
            return Reason.IGNORED if _ignored(child.path, levels, folder=True) else None
        is_file = _is_file(child)
        if child.is_symlink() and not is_file:
            return Reason.LINK
        form = FORMATS.get(suffix_of(name))
        if form is None or not is_file:
            return Reason.OTHER_FORMAT
        if never_a_report(name):
            return Reason.NOT_A_REPORT
        if _ignored(child.path, levels):
            return Reason.IGNORED
        return None if form.readable else Reason.NO_READER


def never_a_report(name: str) -> bool:
    """Whether a file of this name is something else wherever it lies: a list of packages, a licence."""
    return _never().match(name.lower()) is not None


@lru_cache(maxsize=1)
def _never() -> re.Pattern[str]:
    from fnmatch import translate  # for a walk; a single file is never asked about

    return compiled("|".join(map(translate, _NEVER_REPORTS)))


def left_out(path: Path, settings: Settings) -> bool:
    """Whether a walk would leave the file at ``path`` for its name, or because ``settings``, those for it, exclude it."""
    if never_a_report(path.name):
        return True
    if not settings.exclude or settings.root is None:
        return False
    level = _Level(str(settings.root.resolve()), spec(settings.exclude))
    real = str(path.resolve())
    return real.startswith(level.folder) and _ignored(real, (level,))


def _is_file(child: os.DirEntry[str]) -> bool:
    """Whether ``child`` is a file, or a link that leads to one."""
    try:
        return child.is_file()
    except OSError:
        return False  # a link to itself


def _ignored(path: str, levels: tuple[_Level, ...], *, folder: bool = False) -> bool:
    """Whether the ignore files say so: the deepest one that says anything decides."""
    for level in reversed(levels):
        inside = path[len(level.folder) :].lstrip(os.sep).replace(os.sep, "/")
        verdict = level.spec.check_file(f"{inside}/" if folder else inside).include if inside else None
        if verdict is not None:
            return verdict
    return False


def _level(folder: str, names: Iterable[str]) -> Iterator[_Level]:
    """The patterns of the ignore files ``names`` in ``folder``, as far as they are there."""
    from pathlib import Path

    lines: list[str] = []
    for name in names:
        path = Path(folder, name)
        if path.is_file():  # a pipe of that name would be waited for
            lines += path.read_text("utf-8-sig", errors="replace").splitlines()
    if lines:
        yield _Level(folder, spec(lines))
