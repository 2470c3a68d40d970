"""create_app: only composes."""

from __future__ import annotations

from flask import Flask

from app import access, catalogue, compiled, db, errors, guard, history_words, logs, shell, web
from app.accounts.views import accounts
from app.addresses import LateRule, RowId
from app.alerts.record_queries import warned_of_deal
from app.alerts.told_queries import warned
from app.alerts.views import alerts
from app.config import ROOT, Config, read_config, secret_key
from app.demo import sign_ins
from app.exchange.views import exchange
from app.health import health
from app.lessons.beside import DealLessons
from app.lessons.views import lessons
from app.overview.digest_views import digest
from app.overview.pattern import pattern
from app.overview.search_views import search
from app.overview.views import overview
from app.pipeline.losing import Cause, Factor
from app.pipeline.own_factors import own_words
from app.pipeline.rules import Stage
from app.pipeline.views import pipeline
from app.pipeline.views.blueprint import own_name
from app.plans.views import plans
from app.plans.visit_answers import PlanDiagnosis
from app.records.views import records
from app.retrospectives.buyer_queries import said_by_buyers
from app.retrospectives.changes import assemble_lost
from app.retrospectives.views import retrospectives
from app.stakeholders.views import stakeholders
from app.users.views import users
from app.visits.views import visits

BLUEPRINTS = (
    search,
    health,
    overview,
    digest,
    users,
    accounts,
    stakeholders,
    records,
    visits,
    plans,
    pattern,
    pipeline,
    lessons,
    retrospectives,
    alerts,
    exchange,
)


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
    catalogue.OWN |= {Stage: own_name, Cause: own_words, Factor: own_words}
    history_words.init_app(app)
    sign_ins.init_app(app)
    app.jinja_env.globals.update(
        can=access.can, may=access.may, READ=access.READ, EDIT=access.EDIT, OWN=access.OWN
    )
    app.extensions["diagnosis"] = PlanDiagnosis()
    app.extensions["warned"] = warned
    app.extensions["lessons"] = DealLessons()
    app.extensions["lost"] = assemble_lost
    app.extensions["warned of deal"] = warned_of_deal
    app.extensions["buyers"] = said_by_buyers
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app
