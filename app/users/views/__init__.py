"""The door, each person's own page, and for administrators our people and the company."""
