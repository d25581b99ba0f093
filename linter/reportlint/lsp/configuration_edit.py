"""Writing into a configuration what is to be ignored; everything else in the file, comments too, stays as it is."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from pathlib import Path
from typing import Any

from reportlint.cli.output import save
from reportlint.configuration import FILE, PYPROJECT
from reportlint.configuration_file import parse
from reportlint.errors import SettingsError
from reportlint.registry import rules
from reportlint.settings import Exemption, Settings
from reportlint.storage import overwrite

_BOM = "\ufeff"
#: Changes the text of a configuration.
Change = Callable[[str], str]


def edited(file: Path, change: Change, holds: Callable[[Settings], bool]) -> None:
    """Change the configuration in ``file``, or begin one there, so that afterwards ``holds`` is true of its settings.

    Whole or not at all. Raises :class:`ReportlintError`, and then nothing was written.
    """
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        data = b""
        there = False
    except OSError as error:
        raise SettingsError(f"配置文件 {file} 读不了：{error}") from error
    else:
        there = True
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SettingsError(f"配置文件 {file} 读不了：{error}") from error
    bom, text = (_BOM, text[1:]) if text.startswith(_BOM) else ("", text)
    new = change(text)
    if "\r\n" in text:
        new = new.replace("\r\n", "\n").replace("\n", "\r\n")
    settings = parse(new, file)
    if settings is None or not holds(settings):
        raise SettingsError(f"{file} 里另有设置优先，写进去也不起作用，没有改动：请直接编辑这个文件")
    settings.chosen(rules())
    new = bom + new
    if there:
        overwrite(file, new.encode(), data, "或直接编辑这个文件")
    else:
        save(file, new.encode())


def home(settings: Settings, path: Path, folders: list[Path]) -> Path:
    """The configuration file to write to for the document at ``path``: the one that holds, else a new one in its project."""
    if settings.origin:
        return Path(settings.origin)
    place = path.resolve()
    above = [folder for folder in folders if place.is_relative_to(folder.resolve())]
    return max(above, key=lambda folder: len(folder.parts), default=path.parent) / FILE


def without_rule(code: str, pyproject: bool) -> Change:
    """Do not run the rule ``code``."""

    def change(text: str) -> str:
        import tomlkit

        whole = tomlkit.parse(text)
        table = _table(whole, pyproject)
        for key in ("ignore-codes", "ignore"):
            if _is_list_of(table.get(key), str):
                table[key].append(code)
                break
        else:
            table["ignore-codes"] = [code]
        return tomlkit.dumps(whole)

    return change


def with_exemption(one: Exemption, pyproject: bool) -> Change:
    """Excuse one place."""

    def change(text: str) -> str:
        import tomlkit

        whole = tomlkit.parse(text)
        table = _table(whole, pyproject)
        entry = {key: value for key in ("path", "code", "text", "reason") if (value := getattr(one, key))}
        known: Any = table.get("ignore")
        if _is_list_of(known, dict) and not isinstance(known, tomlkit.items.AoT):
            inline = tomlkit.inline_table()
            inline.update(entry)
            known.append(inline)
            return tomlkit.dumps(whole)
        if _is_list_of(known, str):
            # A list and tables of that name exclude each other: the list goes by its other name.
            codes = [*table.get("ignore-codes", ()), *table.pop("ignore")]
            table["ignore-codes"] = list(dict.fromkeys(codes))
            text = tomlkit.dumps(whole)
        head = "[[tool.reportlint.ignore]]" if table is not whole else "[[ignore]]"
        lines = [head, *(f"{key} = {tomlkit.string(value).as_string()}" for key, value in entry.items())]
        before = text.rstrip("\r\n")
        return "\n".join(([before, ""] if before else []) + lines) + "\n"

    return change


def _table(whole: Any, pyproject: bool) -> MutableMapping[str, Any]:
    """Our table in a configuration; one that is not there yet is begun."""
    if pyproject or set(whole) == {"tool"}:
        found: MutableMapping[str, Any] = whole["tool"]["reportlint"]
        return found
    own: MutableMapping[str, Any] = whole
    return own


def _is_list_of(value: Any, kind: type) -> bool:
    """Whether ``value`` is a list with something in it, all of that kind."""
    return isinstance(value, list) and bool(value) and all(isinstance(item, kind) for item in value)


def is_pyproject(file: Path) -> bool:
    """Whether our settings are a table among others there."""
    return file.name == PYPROJECT
