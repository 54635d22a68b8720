"""What accounting takes from commerce: entries of a month as in a FEC (`entries`, `fec`), VAT invoiced (`vat_report`).

Reads only. Everything comes from rows that are never changed, so a month exported again has the same entries, and those
that were recorded since.
"""
