"""The chapters behind the checklist, one topic per file."""
