"""What can go wrong with us, as opposed to with the report."""

from __future__ import annotations


class ReportlintError(Exception):
    """Base of every error shown to the user as one line, without traceback, with exit status 2."""


class ReadError(ReportlintError):
    """A file that cannot be read as a report: missing, binary, or in no known encoding."""


class SettingsError(ReportlintError):
    """A configuration file or option that cannot be used."""


class RegistryError(ReportlintError):
    """Rules that cannot be loaded. An empty house must not look like a clean report."""


class ScanError(ReportlintError):
    """A scan that could not go on; what was done stays, and the next run goes on from there."""
