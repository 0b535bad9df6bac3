"""From facts to verdicts under a chosen rule set; knows no file formats and no HTML."""
