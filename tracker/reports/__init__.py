"""Report model to bytes: a module a format, named like the format, loaded only when asked for."""
