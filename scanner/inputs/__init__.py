"""What people supply: declarations, documents, answers, overrides; each becomes facts."""
