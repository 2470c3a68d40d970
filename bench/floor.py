"""The floor: a bare page of the same framework, server and database, and nothing else."""

from __future__ import annotations

import os
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from flask import Flask, render_template
from sqlalchemy import Engine, Numeric, String, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from app.db import make_engine

ROWS = 50


class Base(DeclarativeBase):
    """The parent of the floor's one table."""


class Customer(Base):
    """A row of the table."""

    __tablename__ = "customer"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(255), index=True)
    city: Mapped[str] = mapped_column(String(255))
    owner: Mapped[str] = mapped_column(String(255))
    amount: Mapped[Decimal] = mapped_column(Numeric(18, 2))
    on: Mapped[date]


def create_app(engine: Engine) -> Flask:
    """One page with one table, each row with a link."""
    app = Flask(__name__, template_folder=str(Path(__file__).parent / "templates"))

    @app.get("/")
    def index() -> str:
        with Session(engine) as session:
            rows = session.scalars(select(Customer).order_by(Customer.name).limit(ROWS)).all()
            return render_template("floor.html", rows=rows)

    @app.get("/customers/<int:row_id>")
    def show(row_id: int) -> str:
        return str(row_id)

    return app


def fill(engine: Engine) -> None:
    """Make the table with its fifty rows."""
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        if not session.scalar(select(func.count()).select_from(Customer)):
            session.add_all(_customer(number) for number in range(ROWS))
            session.commit()


def _customer(number: int) -> Customer:
    return Customer(
        name=f"第一人民医院 {number}",
        city="上海",
        owner="Ada Zhang",
        amount=Decimal(1000 * number),
        on=date(2026, 1, 1) + timedelta(days=number),
    )


def main() -> None:
    """Serve the floor as `banyan serve` serves the app."""
    from waitress import serve

    engine = make_engine(os.environ["DATABASE_URL"])
    fill(engine)
    app = create_app(engine)
    serve(app, host="127.0.0.1", port=int(os.environ["PORT"]), threads=4, ident=None, _quiet=True)


if __name__ == "__main__":
    main()
