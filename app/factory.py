"""create_app: only composes."""

from __future__ import annotations

from flask import Flask

import app.tables  # noqa: F401 - all mappers and what listens to them, before any view
from app import (
    access,
    catalogue,
    compiled,
    db,
    errors,
    guard,
    late_views,
    logs,
    shell,
    web,
)
from app.addresses import LateRule, RowId
from app.config import ROOT, Config, read_config, secret_key
from app.demo import sign_ins
from app.later import LateCall, Later
from app.pipeline.losing import Cause, Factor
from app.pipeline.rules import Stage

PAGES = (
    "app.overview.search_views",
    "app.health",
    "app.overview.views",
    "app.overview.digest_views",
    "app.users.views",
    "app.accounts.views",
    "app.stakeholders.views",
    "app.records.views",
    "app.visits.views",
    "app.plans.views",
    "app.overview.pattern",
    "app.pipeline.views",
    "app.lessons.views",
    "app.retrospectives.views",
    "app.alerts.views",
    "app.exchange.views",
)
"""Modules, and packages of such, whose views make the pages; loaded when they are asked for."""

HISTORY_WORDS = {
    "entity": "entity_word",
    "column": "column_word",
    "subject": "subject",
    "differences": "differences",
}
"""Filters that say changes in words; they know every feature's vocabulary."""


def create_app(config: Config | None = None) -> Flask:
    """The app for a configuration, by default the environment's."""
    config = config or read_config()
    app = Flask(
        "app",
        root_path=str(ROOT / "app"),
        instance_path=str(config.instance),
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
        static_url_path="/static",
    )
    app.config.update(
        BANYAN=config,
        SECRET_KEY=secret_key(config),
        MAX_CONTENT_LENGTH=config.max_upload_mb * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=config.https,
        REMEMBER_COOKIE_HTTPONLY=True,
        REMEMBER_COOKIE_SAMESITE="Lax",
        REMEMBER_COOKIE_SECURE=config.https,
        WTF_CSRF_TIME_LIMIT=None,
        BABEL_TRANSLATION_DIRECTORIES=str(ROOT / "translations"),
        TESTING=config.testing,
    )
    app.url_rule_class = LateRule
    app.url_map.converters["int"] = RowId
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    compiled.init_app(app)
    db.init_app(app, config.database_url)
    logs.init_app(app)
    web.init_app(app)
    guard.init_app(app)
    errors.init_app(app)
    shell.init_app(app)
    own_words = LateCall("app.pipeline.own_factors", "own_words")
    own_name = LateCall("app.pipeline.views.blueprint", "own_name")
    catalogue.OWN |= {Stage: own_name, Cause: own_words, Factor: own_words}
    app.jinja_env.filters.update(
        {word: LateCall("app.history_words", name) for word, name in HISTORY_WORDS.items()}
    )
    sign_ins.init_app(app)
    app.jinja_env.globals.update(
        can=access.can, may=access.may, READ=access.READ, EDIT=access.EDIT, OWN=access.OWN
    )
    app.extensions |= {
        "diagnosis": Later("app.plans.visit_answers"),
        "warned": LateCall("app.alerts.told_queries", "warned"),
        "lessons": Later("app.lessons.beside"),
        "lost": LateCall("app.retrospectives.changes", "assemble_lost"),
        "warned of deal": LateCall("app.alerts.record_queries", "warned_of_deal"),
        "buyers": LateCall("app.retrospectives.buyer_queries", "said_by_buyers"),
    }
    late_views.init_app(app, PAGES)
    return app
