"""The app object for a server."""

from app.factory import create_app

app = create_app()
