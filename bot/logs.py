"""Structured logs without texts of people, ids of people or the token."""

import logging
import sys

import structlog

# httpx writes every URL at INFO, the token in it; telegram writes message texts at DEBUG.
_TALKATIVE = ("httpx", "httpcore", "telegram", "apscheduler", "sqlalchemy", "aiosqlite", "asyncio")


def _without_words(record: logging.LogRecord) -> bool:
    """Keep level and place of a library's record, drop its words: they may quote an update."""
    if record.name.split(".")[0] in _TALKATIVE:
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        record.msg, record.args = f"{record.module}:{record.lineno} {kind}", ()
        record.exc_info = record.exc_text = None
    return True


def start_logging(level: str) -> None:
    """Log to standard error as key=value lines from `level` on; libraries from WARNING on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(_without_words)
    logging.basicConfig(
        format="%(levelname)s %(name)s %(message)s", level=logging.WARNING, handlers=[handler]
    )
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
    )
