"""The register: the database of apps, systems, groups, accounts and what belongs to them."""
