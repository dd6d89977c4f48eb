"""The log: one JSON object a line on stderr, in English, without personal data. The trail is not the log."""

import json
import logging

from vliegwiel.kernel import clock


class JsonFormatter(logging.Formatter):
    """Writes time, level, logger, message and, when there is one, the traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """One line of JSON."""
        line = {"time": clock.now().isoformat(), "level": record.levelname, "logger": record.name, "message": record.getMessage()}
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
