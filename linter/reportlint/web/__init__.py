"""The local web page: for people who do not live in a terminal, on their own machine, with nothing sent anywhere.

Thin over :mod:`reportlint.api`: a desk in memory with uploads and reviews (:mod:`~reportlint.web.desk`), pages written on the server, a small
script. What may be asked, and by whom, is decided in one place (:mod:`~reportlint.web.guard`).
"""
