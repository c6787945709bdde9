"""The road for rounds of many hundreds and more: prices from a sample, then flows."""
