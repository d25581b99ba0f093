"""The language server: what an editor shows while a report is being written. Thin over :mod:`reportlint.api`.

It listens on standard input and answers on standard output, checks in threads of its own so that it stays responsive, and writes
nothing but what a person asks it to put into the configuration. Needs ``pip install 'reportlint[editor]'``.
"""
