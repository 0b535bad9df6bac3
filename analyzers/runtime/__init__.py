"""Observed runs: phases, screens, consent, network, events to facts."""
