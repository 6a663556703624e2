"""Turn the requests of United Nations resolutions into tracked items with deadlines."""

__version__ = "0.1.0"
