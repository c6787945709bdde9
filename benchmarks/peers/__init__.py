"""Other packages on a task that they can express."""
