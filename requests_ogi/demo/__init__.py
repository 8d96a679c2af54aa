"""A living office for trials and training: per body some seventy requests and motions in every state around the day it is made.

Nobody in it exists. Every matter is brought to its state by the acts that people use, at the moments they would have used
them, so that clocks, ledger, letters and dossiers are real.
"""
