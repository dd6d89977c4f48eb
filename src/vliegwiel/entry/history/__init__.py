"""History lived again: a programme of the past, made by the same actions as the real thing, at the moments it happened."""
