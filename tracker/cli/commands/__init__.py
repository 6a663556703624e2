"""One file a command; its name is the command's (a trailing underscore is left out)."""
