"""Mail servers: a stand-in that takes messages as a real one does. Sending itself is done by the framework, over SMTP."""
