"""What ships with the product as dated data: themes, indicators, the columns of known tables. Read through `reader`."""
