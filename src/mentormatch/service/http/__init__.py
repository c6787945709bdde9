"""The HTTP face: handlers, the table of endpoints, and the document made from it."""
