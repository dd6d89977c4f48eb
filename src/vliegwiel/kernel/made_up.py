"""The words that everything made up carries, wherever it goes."""

MADE_UP = "VERZONNEN VOORBEELD"
