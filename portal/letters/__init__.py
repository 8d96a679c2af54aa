"""Formal letters (公文、文书): their kinds, numbers, paper, delivery and remedy statements. They know no chapter."""
