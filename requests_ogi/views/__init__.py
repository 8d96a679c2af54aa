"""The public's pages: filling in a request, what one holds in hand afterwards, and following it."""
