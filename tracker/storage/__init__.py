"""Where resolutions, items and their history are kept: SQLite for one, PostgreSQL for a team."""
