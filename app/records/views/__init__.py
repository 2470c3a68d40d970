"""The commercial records of an account, its size class, and our products."""

from app.records.views import (  # noqa: F401
    across,
    cases,
    classes,
    contracts,
    credit,
    entries,
    files,
    portfolio,
    products,
    sales,
    selling,
    service,
    standings,
    support,
    white,
)
from app.records.views.blueprint import records as records
