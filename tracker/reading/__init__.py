"""From a file to clean text: the door through which everything untrusted comes in (`files`)."""
