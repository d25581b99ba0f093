"""``reportlint serve``: the local web page."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import click

from reportlint.cli.output import complain, put
from reportlint.configuration import Configuration
from reportlint.errors import ReportlintError
from reportlint.registry import rules
from reportlint.settings import CHOICES


@click.command(short_help="打开本机网页：拖进文件，逐处看、改、忽略。")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, metavar="端口", help="端口（默认由程序选一个空着的）。"
)
@click.option("--no-open", is_flag=True, help="不打开浏览器，只显示链接。")
@click.option("--lang", type=click.Choice(list(CHOICES["lang"])), default=None, help="网页的语言（默认 zh）。")
@click.option("--config", type=click.Path(path_type=Path), default=None, metavar="文件", help="只用这个配置文件。")
def serve(port: int, no_open: bool, lang: str | None, config: Path | None) -> None:
    """打开本机网页：拖进 Word、PDF、网页、Excel 或文本，逐处看问题、采用修改、写明理由忽略，带走批注稿和改后的文件。

    只在这台机器上运行，不联网；文件只在内存里。按 Ctrl-C 结束，内存里的东西随之消失。当前文件夹的配置照样生效。
    """
    missing = [name for name in ("starlette", "uvicorn") if find_spec(name) is None]
    if missing:
        raise ReportlintError("本机网页需要安装：pip install 'reportlint[web]'（连同 Word：'reportlint[web,word]'）")
    settings = Configuration(config).for_folder(Path())
    settings.chosen(rules())  # a mistake in the configuration is told now, not to the first who drops a file
    from reportlint.web.server import serve as run

    chosen = lang or settings.lang
    english = chosen == "en"
    put("Press Ctrl-C to stop.\n" if english else "按 Ctrl-C 结束；文件只在内存里，结束即消失。\n")

    def told(link: str) -> None:
        put(f"{'Open' if english else '请在浏览器里打开'} {link}\n")

    run(settings, chosen, port, browser=not no_open, told=told)
    complain("stopped" if english else "已结束")
