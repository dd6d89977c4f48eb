"""How every API of the house asks and answers: the NL API Design Rules in one place, so that a room only says what it offers."""
