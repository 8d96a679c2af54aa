"""Log lines without keys: an address that opens something by itself must not be read in a log."""

import logging
import re

_KEY = re.compile(r"(?<=/)[A-Za-z0-9_:.=-]{20,}(?=[/?\s'\"]|$)")
"""A segment of a path that is too long to be a word: a signed token, a key, a hash."""


class HideKeys(logging.Filter):
    """Writes every record with the long segments of its paths left out."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true: the line is kept, its keys are not."""
        line = record.getMessage()
        hidden = _KEY.sub("…", line)
        if hidden != line:
            record.msg, record.args = hidden, ()
        return True
