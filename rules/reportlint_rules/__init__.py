"""The rules of reportlint, a package per family; each exports ``RULES`` and comes in through an entry point."""
