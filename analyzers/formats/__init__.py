"""Readers of file formats: bytes to structures, no facts."""
