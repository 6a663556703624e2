"""What users ask for: one function is one use case is one transaction."""
