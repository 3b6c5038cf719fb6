"""Structured logs without texts of people, ids of people or the token."""

import logging

import structlog

# httpx writes every URL at INFO, the token in it; telegram writes message texts at DEBUG.
_TALKATIVE = ("httpx", "httpcore", "telegram", "apscheduler", "sqlalchemy", "aiosqlite", "asyncio")


def start_logging(level: str) -> None:
    """Log to standard error as key=value lines from `level` on; libraries from WARNING on."""
    logging.basicConfig(format="%(levelname)s %(name)s %(message)s", level=logging.WARNING)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        logger_factory=structlog.WriteLoggerFactory(),
    )
