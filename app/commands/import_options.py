"""What every kind of import may be told beforehand."""

from __future__ import annotations

from pathlib import Path

import click

from app.accounts.rules import Segment
from app.exchange.choices import NoAccount

OPTIONS = (
    click.argument("file", type=click.Path(exists=True, path_type=Path)),
    click.option("--account", help="The account that rows without one belong to."),
    click.option(
        "--map",
        "maps",
        multiple=True,
        metavar="FIELD=COLUMN",
        help="A column for a field, where names do not tell; FIELD= leaves it out.",
    ),
    click.option(
        "--read",
        "reads",
        multiple=True,
        metavar="FIELD=WAY",
        help="How a column is written: mdy or dmy, . or , (decimals), percent or share; "
        "guessed if left out.",
    ),
    click.option("--encoding", help="utf-8, gb18030, cp1252 …; guessed if left out."),
    click.option("--separator", help="Between cells; guessed if left out."),
    click.option("--sheet", help="Of a workbook; the first if left out."),
    click.option(
        "--owner",
        help="E-mail or name of who owns new accounts; the first administrator if left out.",
    ),
    click.option(
        "--no-account",
        type=click.Choice([one.value for one in NoAccount]),
        help="What to do with opportunities without an account.",
    ),
    click.option(
        "--stage",
        "stages",
        multiple=True,
        metavar="THEIRS=OURS",
        help="What a stage of theirs is: a stage of ours, or :won, :lost, :withdrawn.",
    ),
    click.option(
        "--product",
        "products",
        multiple=True,
        metavar="THEIRS=OURS",
        help="Which product of ours a name of theirs is.",
    ),
    click.option("--create-products", is_flag=True, help="Add products that are not known."),
    click.option(
        "--create-accounts",
        is_flag=True,
        help="For sales and people: add accounts that are not known, the one of --account too.",
    ),
    click.option(
        "--segment",
        type=click.Choice([one.value for one in Segment]),
        help="Of new accounts that name none: it tells which table of size classes applies.",
    ),
    click.option(
        "--as-of",
        type=click.DateTime(["%Y-%m-%d"]),
        help="The day the file was made; today if left out.",
    ),
    click.option("--dry-run", is_flag=True, help="Only tell what would happen."),
    click.option("--yes", is_flag=True, help="Import without asking, taking sure proposals."),
    click.option("--json", "wants_json", is_flag=True, help="Print the report as JSON."),
)
