"""The sentences of the reports: data per language, and their loader."""

from reports.text.catalogue import Catalogue, FactText, TextError, load_text

__all__ = ["Catalogue", "FactText", "TextError", "load_text"]
