"""First stage: files become :class:`~dragoman.records.Document` records, and documents become passages to parse."""
