"""Filters that people keep under a name: what is kept of an address, and what may be."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode

from app.vocabulary import N_, Reason, Term, because

MOST_VIEWS = 30
LONGEST_QUERY = 1000
PLACES = {"after", "before", "whole", "view", "page"}
"""Words of an address that say where one is in a list, not what one wants to see."""


class ViewPage(Term):
    """Where views are kept, each with its address."""

    BOARD = "board", N_("Board")
    LIST = "list", N_("List")


ADDRESSES = {ViewPage.BOARD: "/pipeline/", ViewPage.LIST: "/pipeline/list"}


def kept_query(query: str) -> str:
    """The filters of an address, in order, without empty ones and without the place in a list.

    >>> kept_query("q=&owner=3&after=17&by=owner")
    'owner=3&by=owner'
    """
    pairs = [pair for pair in parse_qsl(query[:LONGEST_QUERY]) if pair[0] not in PLACES]
    return urlencode(pairs)


def problems_keeping_view(name: str, query: str, mine: Iterable[str]) -> list[Reason]:
    """Why a view cannot be kept: without filters, one too many, or a name that is taken."""
    names = [one.casefold() for one in mine]
    if not query:
        return [because(N_("Nothing is filtered: there is nothing to keep."))]
    if name.casefold() in names:
        return [because(N_("You have a view of this name already."))]
    if len(names) >= MOST_VIEWS:
        return [because(N_("A person keeps at most %(count)s views."), count=MOST_VIEWS)]
    return []
