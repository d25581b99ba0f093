"""Finding the configuration: upward from each file, nearest wins.

A folder's configuration is its ``reportlint.toml``, or the table ``[tool.reportlint]`` of its ``pyproject.toml``; the nearest
folder that has one decides alone, nothing is inherited from further up.
"""

from __future__ import annotations

import os
from errno import EBADF, ELOOP
from stat import S_ISREG

from reportlint.errors import SettingsError
from reportlint.settings import Settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

FILE = "reportlint.toml"
PYPROJECT = "pyproject.toml"


class Configuration:
    """Finds the settings that hold for a file; each folder and each file is read once.

    ``file`` is the one named with ``--config``: it then holds for everything.
    """

    def __init__(self, file: Path | None = None) -> None:
        """Read ``file`` now, so that a mistake in it is told before anything is checked."""
        self.file = file
        self._only = None if file is None else _load(os.fspath(file), required=True)
        self._folders: dict[str, Settings] = {}
        self._named: dict[str, Settings] = {}

    def for_folder(self, folder: str | os.PathLike[str]) -> Settings:
        """The settings for what lies in ``folder``."""
        if self._only is not None:
            return self._only
        name = os.fspath(folder)
        if name not in self._named:
            self._named[name] = self._found(os.path.realpath(name))
        return self._named[name]

    def for_file(self, path: str | os.PathLike[str]) -> Settings:
        """The settings for the file at ``path``, which need not exist."""
        return self.for_folder(os.path.dirname(path)).at(path)

    def _found(self, folder: str) -> Settings:
        trail = []
        settings = None
        above = ""
        while settings is None and folder != above:
            settings = self._folders.get(folder) or _load(_in(folder, FILE)) or _load(_in(folder, PYPROJECT))
            trail.append(folder)
            above, folder = folder, os.path.dirname(folder)
        settings = settings or Settings()
        self._folders.update(dict.fromkeys(trail, settings))
        return settings


def _in(folder: str, name: str) -> str:
    return os.path.join(folder, name)


def _load(file: str, *, required: bool = False) -> Settings | None:
    """The settings in ``file``, or ``None`` where it is not there or says nothing about us."""
    try:
        if not required and not _is_file(file):
            return None  # a pipe or a device of that name would be waited for
        with open(file, encoding="utf-8-sig") as opened:
            text = opened.read()
    except FileNotFoundError as error:
        if required:
            raise SettingsError(f"找不到配置文件 {file}") from error
        return None
    except (OSError, ValueError) as error:
        raise SettingsError(f"配置文件 {file} 读不了：{error}") from error
    # Most projects have a pyproject.toml that never heard of us: it is not parsed.
    if os.path.basename(file) == PYPROJECT and "reportlint" not in text and not required:
        return None
    from pathlib import Path

    from reportlint.configuration_file import parse  # only where there is one: it brings the TOML parser

    return parse(text, Path(file))


def _is_file(path: str) -> bool:
    """Whether there is a file at ``path``. Raises :class:`OSError` where nobody may look."""
    try:
        return S_ISREG(os.stat(path).st_mode)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return False
    except OSError as error:
        if error.errno in (EBADF, ELOOP):
            return False
        raise
