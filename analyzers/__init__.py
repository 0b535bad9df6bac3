"""From an app file or a run to facts and limitations; knows no rules and no reports."""
