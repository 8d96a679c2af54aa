"""What files and texts say: everything in them, for reading, searching and checking."""
