"""The pages of warnings; importing them registers their routes."""

from __future__ import annotations

from app.alerts.views import acts, limits, lists, rules
from app.alerts.views.blueprint import alerts

__all__ = ["acts", "alerts", "limits", "lists", "rules"]
