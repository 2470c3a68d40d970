"""Files on their way out give back what they used."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_download_gives_its_connection_back(suffix, app, make, ada, browser_for):
    make.account("First Hospital", owner=ada)

    reply = browser_for(ada).client.get(f"/export/accounts.{suffix}")
    sent = reply.get_data()
    reply.close()

    assert len(sent) > 100
    assert app.extensions["engine"].pool.checkedout() == 0
