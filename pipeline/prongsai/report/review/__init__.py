"""Answers of people: a queue of what is worth their look, and a small server on this machine that asks and keeps what they say."""
