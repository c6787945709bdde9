"""The service under load, under generated requests, and on a large round."""
