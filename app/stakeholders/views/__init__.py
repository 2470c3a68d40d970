"""The people of an account, one person, what happens to them, and the map."""
