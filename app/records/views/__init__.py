"""What accounts bought, their size class, and our products."""

from app.records.views import products, sales  # noqa: F401
from app.records.views.blueprint import records as records
