"""The blueprint that every page of records hangs on."""

from __future__ import annotations

from flask import Blueprint

records = Blueprint("records", __name__)
