"""Access, endpoint by endpoint: a table with a row for each; one without a row fails.

The cast: Ada owns the account, Ben may read it, Cleo belongs elsewhere, the boss is an
administrator on no team, a stranger has not signed in.
"""

from __future__ import annotations

import pytest
from flask import Flask

from tests.access_table import TABLE, Row, World, address
from tests.pages import Browser
from tests.postgres import ON_POSTGRESQL

# Who may is asked of both databases alike: on the second, one who may and one who may not suffice.
WHO = ("ada", "cleo") if ON_POSTGRESQL else ("ada", "ben", "cleo", "boss", "stranger")


def test_every_endpoint_has_a_row(one_app: Flask):
    methods = {
        (rule.endpoint, method)
        for rule in one_app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if rule.endpoint != "static"
    }

    rows = {(row.endpoint, row.method) for row in TABLE}

    assert methods - rows == set(), "endpoints without a row in tests/access_table.py"
    assert rows - methods == set(), "rows without an endpoint"


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.method} {row.endpoint}")
def test_the_endpoint_lets_in_whom_the_table_says(row: Row, one_app: Flask, world: World):
    target = address(one_app, row, world)
    users = {**world.users, "stranger": None}

    seen = {
        who: Browser(one_app, users[who]).client.open(target, method=row.method).status_code
        for who in WHO
    }

    for who in WHO:
        wanted = getattr(row, who)
        allowed = wanted if isinstance(wanted, tuple) else (wanted,)
        assert seen[who] in allowed, f"{who} got {seen[who]}, not {wanted}"
