"""What the account bought: products and sales."""
