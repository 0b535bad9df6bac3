"""The seven annex forms of the regulations, as DOCX and XLSX, written and read back."""
