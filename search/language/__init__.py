"""What a visitor means: from the words of a search to the parts that the engines look for.

Pure Python, no query: `understand` gives the same answer to every engine. `fillers` holds the words that say nothing
about a job, `understanding` puts a text together, `spelling` proposes what was meant by a word that no ad holds.
"""

from search.language.understanding import NOTHING, Understood, understand

__all__ = ["NOTHING", "Understood", "understand"]
