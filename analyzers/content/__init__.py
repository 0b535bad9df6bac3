"""What the texts of an app say: policies, functions, forms, contacts and filing numbers."""
