"""The one error whose text may be shown: it names files, options and lines, never a value."""


class Refused(Exception):
    """The command is not carried out; the text says why."""
