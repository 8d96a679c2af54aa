"""Informal word: to people in the workplace and by e-mail, through an outbox that sends each exactly once or says it is unsure."""
