"""Checks proofs of mentoring matchings; `docs/certificate.md` of mentormatch says what they are."""
