"""Lessons and their watches, and what wins and loses."""
