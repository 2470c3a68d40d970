"""The commercial records of an account, its size class, and our products."""
