"""Value types that every room shares: frozen, standard library only, each with one canonical JSON form."""
