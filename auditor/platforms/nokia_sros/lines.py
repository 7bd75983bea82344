"""Statements of SR OS configurations that do not matter to any area, and the area that an unread one belongs to.

A statement is looked at as if it stood outside of groups, its words joined by blanks, in the spelling of MD-CLI.
"""

from auditor.model.areas import Area
from auditor.platforms.common.reader import line_table

TABLE = line_table({}, [])
NOT_READ: tuple[tuple[str, str], ...] = ()
