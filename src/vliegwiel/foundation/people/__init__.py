"""People (*mensen*): accounts, organisations, roles, signing in, and who may do what."""
