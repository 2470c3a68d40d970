"""Early warning: what the records say is going wrong, said once, owned and ended."""
