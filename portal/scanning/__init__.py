"""What must be looked at before a text goes out: personal data, marks of secrecy, sensitive words. No tables of its own."""
