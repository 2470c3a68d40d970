"""Whether the process lives, and whether it can serve."""

from __future__ import annotations

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app import db
from app.access import public

health = Blueprint("health", __name__)


@health.get("/livez")
@public
def live() -> ResponseReturnValue:
    """The process answers."""
    return jsonify(status="alive")


@health.get("/healthz")
@public
def ready() -> ResponseReturnValue:
    """The database answers and has been migrated, so pages can be served."""
    try:
        version = db.session().scalar(text("SELECT version_num FROM alembic_version"))
    except SQLAlchemyError:
        version = None
    if version is None:
        return jsonify(status="the database is not ready"), 503
    return jsonify(status="ok", schema=version)
