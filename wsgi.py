"""The app object for a server."""

from app.loading import undisturbed

with undisturbed():
    from app.background import keep_up
    from app.factory import create_app

    app = create_app()
keep_up(app)
