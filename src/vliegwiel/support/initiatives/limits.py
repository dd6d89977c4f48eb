"""How often something may be done with initiatives, so that nobody is flooded."""

#: The most in a day, or in an hour for what is counted per network.
MESSAGES_PER_SENDER = 5
MESSAGES_PER_INITIATIVE = 30
ASKED_PER_NETWORK = 12
FOLLOWS_PER_ADDRESS = 5
STARTED_PER_PERSON = 20
