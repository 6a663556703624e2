"""Pure values and rules of the field: no files, no SQL, no terminal."""
