"""Forms turn strings into values, and stop there."""
