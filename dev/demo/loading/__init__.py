"""Writes the demonstration through the project's own services, one module a subject.

The past is told by the services' own `at`; where a row stamps itself with the present, `backdate` moves the stamp
afterwards. It moves dates that are shown, never money, rights or states.
"""
