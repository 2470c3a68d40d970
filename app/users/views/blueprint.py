"""The blueprint that every page of our people hangs on."""

from __future__ import annotations

from flask import Blueprint

users = Blueprint("users", __name__)
