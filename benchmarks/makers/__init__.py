"""Makers of sentences with figures that agree, each with a twin in which one printed figure is changed."""

from __future__ import annotations

from makers import comparisons, counts, lists, series
from makers.sample import Maker, Sample

MAKERS: tuple[Maker, ...] = (*counts.MAKERS, *comparisons.MAKERS, *lists.MAKERS, *series.MAKERS)

__all__ = ["MAKERS", "Maker", "Sample"]
