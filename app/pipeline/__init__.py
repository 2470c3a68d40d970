"""Opportunities, their six stages and every move."""
