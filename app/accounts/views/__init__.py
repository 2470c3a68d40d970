"""The account list, an account's own pages, and what a company sets for them."""
