"""Every table, for migrations and tests: importing this loads all models."""

from __future__ import annotations

import app.accounts.models
import app.alerts.models
import app.exchange.models
import app.history
import app.leases
import app.lessons.models
import app.overview.models
import app.pipeline.deal_models
import app.pipeline.forecast_models
import app.pipeline.models
import app.pipeline.review_models
import app.pipeline.spans
import app.plans.models
import app.plans.review_models
import app.plans.thinking_models
import app.records.case_models
import app.records.contract_models
import app.records.credit_models
import app.records.models
import app.records.support_models
import app.records.white_models
import app.retrospectives.models
import app.search
import app.stakeholders.kept_models
import app.stakeholders.last_contact
import app.stakeholders.models
import app.users.models
import app.visits.models  # noqa: F401
from app.db import Base

METADATA = Base.metadata
