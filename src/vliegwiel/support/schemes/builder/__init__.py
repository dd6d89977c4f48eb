"""The forms with which an officer writes a regulation: the same document as the file, part by part."""
