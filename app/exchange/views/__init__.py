"""Files into the workspace and out of it."""

from app.exchange.views import batches, downloads, files, lists  # noqa: F401
from app.exchange.views.blueprint import exchange as exchange
