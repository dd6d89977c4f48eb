"""The bank: payment files out (SEPA pain.001), what came of them in (pain.002, camt.053 and camt.054, or a table)."""
