"""Which fields hold days, amounts, numbers, names of other things, or long texts."""

from __future__ import annotations

DATES = frozenset(
    {
        "since",
        "last_contact",
        "opened",
        "close_date",
        "closed",
        "next_step_on",
        "date",
        "signed",
        "starts",
        "ends",
        "ended",
        "surveyed",
        "analysed",
        "decided",
        "until",
        "due",
        "paid_on",
    }
)
AMOUNTS = frozenset(
    {"annual_revenue", "amount", "price", "unit_price", "cost", "asked", "limit", "paid", "open"}
)
NUMBERS = frozenset({"quantity"})
INTEGERS = frozenset(
    {"employees", "level", "weight", "notice_days", "asked_days", "days", "payment_score",
     "growth_score"}
)  # fmt: skip
SHARES = frozenset({"probability"})
REFERENCES = frozenset(
    {"external_id", "account", "deal", "parent", "owner", "reports_to", "manager", "number"}
)
"""Identifiers, or names, which read the same."""
TIE_ENDS = frozenset({("relationships", "from"), ("relationships", "to")})
LONG = frozenset({"notes", "description", "evidence", "reason", "request", "survey", "analysis"})
