"""``reportlint fix``: ``check --fix`` under a name of its own."""

from __future__ import annotations

from typing import Any

import click

from reportlint.cli.check_command import check


def _fix(**options: Any) -> int:
    status: int = check.callback(**{**options, "fix": True}) if check.callback else 2
    return status


fix = click.Command(
    "fix",
    callback=_fix,
    params=[one for one in check.params if one.name != "fix"],
    short_help="修正有把握的问题。",
    help="""修正有把握的问题，写回文件（同 check --fix）；- 读标准输入，修正后的全文写到标准输出。

    默认只改不会改错的（个百分比→个百分点、&nbsp;）；--unsafe-fixes 连错别字一类也改；数字从不改。--diff 只看不写。

    退出码：0 剩下的没有到 --fail-on 级别；1 有；2 没能完成。--diff 时：0 没有可改的；1 有；2 没能完成。
    """,
)
