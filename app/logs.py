"""Logs as lines of JSON: a request's id, endpoint, status and time; nobody's name or words."""

from __future__ import annotations

import logging
import secrets
import sys
from time import perf_counter
from typing import Any

import structlog
from flask import Flask, g, request
from werkzeug.wrappers import Response

QUIET = {"static", "health.live", "health.ready"}


def init_app(app: Flask) -> None:
    """Configure the log once and write a line per request."""
    level = logging.getLevelName(app.config["BANYAN"].log_level.upper())
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            _traceless,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    app.before_request(_start)
    app.after_request(_finish)


def _traceless(_logger: Any, _name: str, entry: Any) -> Any:
    """Where an error arose, without the values that it arose from."""
    if entry.pop("exc_info", None):
        error = sys.exc_info()[2]
        frames = []
        while error is not None:
            code = error.tb_frame.f_code
            frames.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{error.tb_lineno} {code.co_name}")
            error = error.tb_next
        entry["where"] = frames[-6:]
    return entry


def _start() -> None:
    g.request_id = secrets.token_hex(6)
    g.started = perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _finish(response: Response) -> Response:
    if request.endpoint not in QUIET:
        structlog.get_logger().info(
            "request",
            method=request.method,
            endpoint=request.endpoint or "none",
            status=response.status_code,
            ms=round((perf_counter() - g.get("started", perf_counter())) * 1000, 1),
        )
    return response
