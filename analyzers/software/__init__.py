"""Analyzers of embedded software: SDKs, trackers, packers, libraries."""
