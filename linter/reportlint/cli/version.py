"""``reportlint version``."""

from __future__ import annotations

import click

from reportlint import __version__
from reportlint.cli.output import put


@click.command(short_help="显示版本号。")
def version() -> None:
    """显示版本号。"""
    put(f"reportlint {__version__}\n")
