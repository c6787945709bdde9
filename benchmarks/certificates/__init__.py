"""How much of a matching can be proven in a document, and whether false documents are refused."""
