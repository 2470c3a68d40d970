"""Every table, for migrations and tests: importing this loads all models."""

from __future__ import annotations

import app.accounts.models
import app.exchange.models
import app.history
import app.pipeline.models
import app.plans.models
import app.records.models
import app.search
import app.stakeholders.models
import app.users.models
import app.visits.models  # noqa: F401
from app.db import Base

METADATA = Base.metadata
