"""Papers (*stukken*): documents in, checked and typed; letters out, as tagged PDF and as a page."""
