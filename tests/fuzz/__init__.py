"""Fuzzers: whatever bytes come in, only what was promised comes out.

``python -m tests.fuzz NAME -max_total_time=600`` lets a fuzzer that watches the code it reaches
look for bytes on which a reader does anything else; see `tests.fuzz.__main__`.
"""
