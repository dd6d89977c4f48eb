"""One offer of help to all municipalities of a province, and what they answer (*aanbod van hulp*)."""
