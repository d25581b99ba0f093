"""Finding the configuration: upward from each file, nearest wins.

A folder's configuration is its ``reportlint.toml``, or the table ``[tool.reportlint]`` of its ``pyproject.toml``; the nearest
folder that has one decides alone, nothing is inherited from further up.
"""

from __future__ import annotations

from pathlib import Path

from reportlint.errors import SettingsError
from reportlint.settings import Settings

FILE = "reportlint.toml"
PYPROJECT = "pyproject.toml"


class Configuration:
    """Finds the settings that hold for a file; each folder and each file is read once.

    ``file`` is the one named with ``--config``: it then holds for everything.
    """

    def __init__(self, file: Path | None = None) -> None:
        """Read ``file`` now, so that a mistake in it is told before anything is checked."""
        self.file = file
        self._only = None if file is None else _load(file, required=True)
        self._folders: dict[Path, Settings] = {}
        self._named: dict[Path, Settings] = {}

    def for_folder(self, folder: Path) -> Settings:
        """The settings for what lies in ``folder``."""
        if self._only is not None:
            return self._only
        if folder not in self._named:
            self._named[folder] = self._found(folder.resolve())
        return self._named[folder]

    def for_file(self, path: Path) -> Settings:
        """The settings for the file at ``path``, which need not exist."""
        return self.for_folder(path.parent).at(path)

    def _found(self, folder: Path) -> Settings:
        trail = []
        settings = None
        for here in (folder, *folder.parents):
            settings = self._folders.get(here) or _load(here / FILE) or _load(here / PYPROJECT)
            trail.append(here)
            if settings is not None:
                break
        settings = settings or Settings()
        self._folders.update(dict.fromkeys(trail, settings))
        return settings


def _load(file: Path, *, required: bool = False) -> Settings | None:
    """The settings in ``file``, or ``None`` where it is not there or says nothing about us."""
    try:
        if not required and not file.is_file():
            return None  # a pipe or a device of that name would be waited for
        text = file.read_text("utf-8-sig")
    except FileNotFoundError as error:
        if required:
            raise SettingsError(f"找不到配置文件 {file}") from error
        return None
    except (OSError, ValueError) as error:
        raise SettingsError(f"配置文件 {file} 读不了：{error}") from error
    # Most projects have a pyproject.toml that never heard of us: it is not parsed.
    if file.name == PYPROJECT and "reportlint" not in text and not required:
        return None
    from reportlint.configuration_file import parse  # only where there is one: it brings the TOML parser

    return parse(text, file)
