"""The blueprint that every page of accounts hangs on."""

from __future__ import annotations

from flask import Blueprint

accounts = Blueprint("accounts", __name__)
