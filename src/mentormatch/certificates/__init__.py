"""Proofs of a matching's bounds that a program of its own can check.

`docs/certificate.md` states the format and the mathematics; `checker/` reads it.
"""
