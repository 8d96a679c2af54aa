"""Forms of publishing: strings into values, nothing more."""
