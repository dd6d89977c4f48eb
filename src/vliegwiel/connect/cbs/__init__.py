"""Statistics Netherlands (*CBS*): tables by OData v4 and v3, and a fake that answers as CBS does."""
