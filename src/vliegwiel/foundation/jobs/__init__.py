"""Background work (*achtergrondwerk*) and its schedule."""
