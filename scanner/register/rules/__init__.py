"""Time, order and count rules as pure functions over plain values; no database, no clock."""
