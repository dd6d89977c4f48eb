"""ClamAV, the virus scanner: its INSTREAM conversation over a socket, and a fake that answers like it."""
