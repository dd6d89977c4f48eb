"""Support (*steunen*): what residents start, and the help and money that reach them."""
