"""Measurements, taken side by side in one run: only the ratios count."""
