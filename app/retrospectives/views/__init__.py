"""Retrospectives: lists, the record of a deal, three columns, the session, why and what next."""
