"""From an assessment to the documents people read; knows not how the facts came about."""
