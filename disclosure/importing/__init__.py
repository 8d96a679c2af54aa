"""Taking in what was public before, and what the office has lying in tables: readers of each format, and the run."""
