"""Reading one configuration file: every key typed, every mistake told with file, key and what would be right."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from reportlint.errors import SettingsError
from reportlint.limits import MOST, Limits
from reportlint.selection import Layer, hint, nearest
from reportlint.settings import CHOICES, Exemption, Override, Settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


def parse(text: str, file: Path) -> Settings | None:
    """The settings in the TOML ``text`` of ``file``; ``None`` for a ``pyproject.toml`` without our table.

    Raises :class:`SettingsError`.
    """
    try:
        table: Any = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # endless nesting and numbers without end are no TOMLDecodeError
        raise SettingsError(f"{file} 不是合法的 TOML：{error}") from error
    own = table.get("tool", {})
    own = own.get("reportlint") if isinstance(own, dict) else None
    if file.name == "pyproject.toml":
        if own is None:
            return None
        table = own
    elif own is not None and set(table) == {"tool"}:
        # The heading of a pyproject.toml came along when the lines were copied: what is meant is clear.
        table = own
    if not isinstance(table, dict):
        raise SettingsError(f"{file}：tool.reportlint 应为表，现在是{_name(table)}")
    return _Reader(file).read(table)


class _Reader:
    """Reads a table key by key; ``changes`` are the fields of :class:`Settings` that it sets."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.changes: dict[str, Any] = {}
        self.terms: set[str] = set()

    def read(self, table: dict[str, Any]) -> Settings:
        """The settings of ``table``."""
        for key, value in table.items():
            if key not in _KEYS:
                raise SettingsError(f"{self.file}：未知的配置项 {' '.join(key.split())}{hint(nearest(key, _KEYS))}")
            _KEYS[key](self, key, value)
        layer = Layer(*(self.changes.pop(name, ()) for name in ("select", "extend_select", "ignore")))
        if layer.selectors:
            self.changes["layers"] = (layer,)
        return Settings(**self.changes, terms=frozenset(self.terms), root=self.file.parent, origin=str(self.file))

    def error(self, key: str, wanted: str) -> SettingsError:
        """What to say of a value that will not do."""
        return SettingsError(f"{self.file}：{' '.join(f'{key} {wanted}'.split())}")

    def word(self, key: str, value: Any) -> str:
        """A string."""
        if not isinstance(value, str):
            raise self.error(key, f"应为字符串，现在是{_name(value)}")
        return value

    def path(self, key: str, value: Any) -> Path:
        """A file or folder, seen from the configuration; what is there already is no pipe that waits and no device without end."""
        path = self.file.parent / slashed(word := self.word(key, value))
        if min(word, default=" ") < " ":  # in a message, which takes one line, a line end would take two
            raise self.error(key, "应为文件的路径，现在里面有换行、制表符之类看不见的字符")
        try:
            strange = key != "output" and path.exists() and not (path.is_file() or path.is_dir())
        except (OSError, ValueError):
            strange = False  # whoever opens it says why it cannot be
        if strange:
            raise self.error(key, f"指的 {path} 是管道或设备，应为普通文件")
        return path

    def words(self, key: str, value: Any) -> tuple[str, ...]:
        """A list of strings."""
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.error(key, f'应为字符串列表，如 ["…"]，现在是{_name(value)}')
        return tuple(value)

    def patterns(self, key: str, patterns: tuple[str, ...]) -> tuple[str, ...]:
        """Patterns as in ``.gitignore`` that can be used."""
        from reportlint.globs import sound

        patterns = tuple(map(slashed, patterns))
        for pattern in patterns:
            if any(mark in pattern for mark in "*?[!\\") and not sound(pattern):
                raise self.error(
                    key, f"里的 {pattern} 不能用：写法不对，或通配符过多（写法同 .gitignore，路径用 / 分隔）"
                )
        return patterns

    def flag(self, key: str, value: Any) -> bool:
        """A truth value."""
        if not isinstance(value, bool):
            raise self.error(key, f"应为 true 或 false，现在是{_name(value)}")
        return value

    def choice(self, key: str, value: Any, choices: dict[str, Any]) -> Any:
        """One of a few words: what it stands for."""
        if not isinstance(value, str) or value not in choices:
            close = hint(nearest(value, choices)) if isinstance(value, str) else f"，现在是{_name(value)}"
            raise self.error(key, f"应为 {'、'.join(choices)} 之一{close}")
        return choices[value]

    def set_words(self, key: str, value: Any) -> None:
        """A key that holds a list."""
        self.changes[key.replace("-", "_")] = self.words(key, value)

    def set_exclude(self, key: str, value: Any) -> None:
        """Patterns of what a walk leaves."""
        self.changes[key] = self.patterns(key, self.words(key, value))

    def set_flag(self, key: str, value: Any) -> None:
        """A key that is on or off."""
        self.changes[key.replace("-", "_")] = self.flag(key, value)

    def set_choice(self, key: str, value: Any) -> None:
        """A key with a few possible words."""
        self.changes[key.replace("-", "_")] = self.choice(key, value, CHOICES[key])

    def set_overrides(self, key: str, value: Any) -> None:
        """Tables that change settings for some files."""
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.error(key, f"应写成若干个 [[override]] 表（path 和要改的设置），现在是{_name(value)}")
        self.changes["overrides"] = tuple(self.override(f"{key}[{at}]", item) for at, item in enumerate(value, 1))

    def override(self, key: str, table: dict[str, Any]) -> Override:
        """One ``[[override]]``."""
        changes: dict[str, Any] = {}
        paths: tuple[str, ...] = ()
        for name, value in table.items():
            full = f"{key}.{name}"
            if name == "path":
                paths = (value,) if isinstance(value, str) else self.words(full, value)
            elif name in ("select", "extend-select"):
                changes[name.replace("-", "_")] = self.words(full, value)
            elif name in ("ignore", "ignore-codes"):
                changes["ignore"] = (*changes.get("ignore", ()), *self.words(full, value))
            elif name in ("severity", "fail-on"):
                self.choice(full, value, CHOICES[name])
                changes[name.replace("-", "_")] = value
            elif name == "terms":
                changes[name] = frozenset(self.words(full, value))
            else:
                raise self.error(key, f"里有未知的配置项 {name}{hint(nearest(name, _OVERRIDABLE))}")
        paths = self.patterns(f"{key}.path", paths)
        if not paths:
            raise self.error(key, '缺少 path（哪些文件），如 path = "drafts/**"')
        return Override(paths, tuple(sorted(changes.items())))

    def set_file(self, key: str, value: Any) -> None:
        """A file that need not be there yet, seen from the configuration."""
        self.changes[key.replace("-", "_")] = self.path(key, value)

    def set_jobs(self, key: str, value: Any) -> None:
        """How many processes."""
        if value != "auto" and (not isinstance(value, int) or isinstance(value, bool) or value < 1):
            raise self.error(key, '应为正整数或 "auto"')
        self.changes["jobs"] = None if value == "auto" else value

    def set_ledger(self, key: str, value: Any) -> None:
        """The user's table of figures: its file, or a table with the file and what it calls the columns."""
        if not isinstance(value, dict):
            self.set_file(key, value)
            return
        names = ("indicator", "scope", "period", "value", "unit")
        for name, word in value.items():
            if name not in ("file", *names):
                raise self.error(key, f"里有未知的配置项 {name}{hint(nearest(name, ('file', *names)))}")
            self.word(f"{key}.{name}", word)
        if value.get("file"):
            self.set_file(key, value["file"])
        self.changes["ledger_columns"] = tuple(sorted((name, value[name]) for name in names if value.get(name)))

    def set_width(self, key: str, value: Any) -> None:
        """How many cells the terminal gives to characters of ambiguous width."""
        if value not in (1, 2) or isinstance(value, bool):
            raise self.error(key, "应为 1 或 2")
        self.changes["ambiguous_width"] = value

    def set_docs_url(self, key: str, value: Any) -> None:
        """Where the pages of the rules are."""
        url = self.word(key, value)
        if (
            not url.startswith(("https://", "http://", "file://"))
            or not url.isprintable()
            or " " in url
            or "{" not in url
        ):
            raise self.error(key, "应为网址，规则代码写作 {code}，名称写作 {name}，如 https://…/rules/{code}/")
        self.changes["docs_url"] = url

    def set_terms(self, key: str, value: Any) -> None:
        """Words that are right."""
        self.terms.update(self.words(key, value))

    def set_terms_file(self, key: str, value: Any) -> None:
        """A file of such words, one a line; ``#`` starts a remark."""
        from reportlint import wordlist

        self.terms |= wordlist.words(self.path(key, value), f"{self.file}：{key}")

    def set_confusions_file(self, key: str, value: Any) -> None:
        """A file of wrong forms and right ones."""
        from reportlint import confusions

        self.changes["confusions"] = confusions.read(self.path(key, value))

    def set_catalogue(self, key: str, value: Any) -> None:
        """Tables of the user's own indicators, which extend the shipped catalogue or replace it."""
        from reportlint.catalogue_file import read_catalogue

        if not isinstance(value, dict):
            raise self.error(key, f'应为表，写作 [catalogue] 和 extend = "指标.csv"，现在是{_name(value)}')
        for name in value:
            if name not in ("extend", "replace"):
                raise self.error(key, f"里有未知的配置项 {name}{hint(nearest(name, ('extend', 'replace')))}")
        if len(value) != 1:
            raise self.error(key, "里写 extend（补充）或 replace（替换），只写一个")
        ((name, files),) = value.items()
        names = (files,) if isinstance(files, str) else self.words(f"{key}.{name}", files)
        own = {row.name: row for file in names for row in read_catalogue(self.path(key, file))}
        self.changes |= {"indicators": tuple(own.values()), "only_own_indicators": name == "replace"}

    def set_limits(self, key: str, value: Any) -> None:
        """How much of a file is looked at."""
        if not isinstance(value, dict):
            raise self.error(key, f"应为表，写作 [limits] 和 file-size = 100，现在是{_name(value)}")
        names = [name.replace("_", "-") for name in Limits._fields]
        for name, number in value.items():
            if name not in names:
                raise self.error(key, f"里有未知的配置项 {name}{hint(nearest(name, names))}")
            if isinstance(number, bool) or not isinstance(number, int) or not 0 < number <= MOST:
                raise self.error(f"{key}.{name}", f"应为 1 到 {MOST} 的整数")
        self.changes[key] = Limits(**{name.replace("-", "_"): number for name, number in value.items()})

    def set_ignore(self, key: str, value: Any) -> None:
        """Codes, or tables that excuse single places: ``ignore`` may be either."""
        if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
            self.changes["exemptions"] = tuple(self.exemption(f"{key}[{at}]", item) for at, item in enumerate(value, 1))
        elif isinstance(value, list) and all(isinstance(item, str) for item in value):
            self.set_codes(key, value)
        else:
            raise self.error(
                key, f"应为规则代码列表，或若干个 [[…ignore]] 表（path、code、text、reason），现在是{_name(value)}"
            )

    def set_codes(self, key: str, value: Any) -> None:
        """Rules that do not run."""
        self.changes["ignore"] = self.changes.get("ignore", ()) + self.words(key, value)

    def exemption(self, key: str, table: dict[str, Any]) -> Exemption:
        """One ``[[ignore]]``."""
        known = Exemption._fields
        for name, value in table.items():
            if name not in known:
                raise self.error(key, f"里有未知的配置项 {name}{hint(nearest(name, known))}")
            self.word(f"{key}.{name}", value)
        (path,) = self.patterns(f"{key}.path", (table.get("path", ""),))
        if not table.get("code"):
            raise self.error(key, "缺少 code（规则代码或名称）")
        return Exemption(**{**table, "path": path})


def slashed(path: str) -> str:
    r"""``path`` with ``/`` where it is written as on Windows: with ``\`` and without ``/``, on every system.

    What a pattern escapes (``\!``, ``\#``, ``\[``) stays.

    >>> slashed(r"报告\2024\*.txt"), slashed(r"..\x.csv"), slashed(r"\!重要.txt"), slashed("报告/*.txt")
    ('报告/2024/*.txt', '../x.csv', '\\!重要.txt', '报告/*.txt')
    """
    if "\\" not in path or "/" in path or path.startswith(("\\!", "\\#")) or "\\[" in path:
        return path
    return path.replace("\\", "/")


def _name(value: Any) -> str:
    """What ``value`` is called in TOML."""
    match value:
        case bool():
            return "布尔值"
        case int() | float():
            return "数字"
        case str():
            return "字符串"
        case list():
            return "列表"
        case dict():
            return "表"
        case _:
            return "日期或时间"


#: What an ``[[override]]`` may hold.
_OVERRIDABLE = ("path", "select", "extend-select", "ignore-codes", "severity", "fail-on", "terms")
_KEYS: dict[str, Callable[[_Reader, str, Any], None]] = {
    "select": _Reader.set_words,
    "extend-select": _Reader.set_words,
    "ignore": _Reader.set_ignore,
    "ignore-codes": _Reader.set_codes,
    **dict.fromkeys(CHOICES, _Reader.set_choice),
    "output": _Reader.set_file,
    "stats": _Reader.set_flag,
    "quiet": _Reader.set_flag,
    "no-cache": _Reader.set_flag,
    "cache-dir": _Reader.set_file,
    "jobs": _Reader.set_jobs,
    "fix": _Reader.set_flag,
    "baseline": _Reader.set_file,
    "override": _Reader.set_overrides,
    "unsafe-fixes": _Reader.set_flag,
    "tracked": _Reader.set_flag,
    "exclude": _Reader.set_exclude,
    "terms": _Reader.set_terms,
    "terms-file": _Reader.set_terms_file,
    "confusions-file": _Reader.set_confusions_file,
    "catalogue": _Reader.set_catalogue,
    "ambiguous-width": _Reader.set_width,
    "limits": _Reader.set_limits,
    "docs-url": _Reader.set_docs_url,
    "ledger": _Reader.set_ledger,
    "previous": _Reader.set_file,
    "together": _Reader.set_file,
}
