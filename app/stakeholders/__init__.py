"""The people at and around an account, and the map of who decides."""
