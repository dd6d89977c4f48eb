"""Methods without Django: arrays and plain values in, results with receipts out; usable in a notebook."""
