"""PDOK, the counter for Dutch geodata: borders by OGC API Features, places by Locatieserver, and a fake of both."""
