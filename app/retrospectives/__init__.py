"""Looking back on a deal that is decided, and ahead before a bid, together and without blame."""
