"""The record of what was done: append-only, hash-chained per body. Acts are written by `service.record`."""
