"""One module for each kind of file: its bytes become text, of which each part is known by its place in the original.

A module has one function, ``read``, from bytes and :class:`~dragoman.reading.formats.parsed.Options` to
:class:`~dragoman.reading.formats.parsed.Parsed`; :mod:`dragoman.reading.kinds` says which module reads which file.
Files are not to be trusted: nothing here opens another file or address, whatever a document asks for.
"""
