"""How well the search finds: judged queries over a corpus of ads, both as data (`data/`).

`cases` reads and judges, `world` puts the ads into a database, `manage.py search_relevance` prints the table.
"""
