"""The French of social work: one vocabulary for both search engines.

`french` cleans and cuts text, `stemmer` shortens words, `synonyms` reads the rules of the trade. Elasticsearch gets
the same rules as analysis settings (`analysis`); the database engine applies them in Python (`french.tokens`,
`synonyms.units`).
"""
