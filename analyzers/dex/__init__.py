"""The bytecode engine: dex tables and code as arrays."""
