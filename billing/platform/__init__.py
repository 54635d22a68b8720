"""The platform that transmits our electronic invoices to their buyers: a small interface, two ways, off by default.

The site makes the file (`billing.facturx`); an approved platform (« plateforme agréée ») or the accounting system
carries it on. `EINVOICE_PLATFORM` names the way:

- "folder": the PDF is put into a folder that another program empties (`folder`);
- "http": it is posted to the platform, which tells what became of it, asked or by itself (`http`, `webhook`).

A row of `Transmission` is written with the invoice's PDF (`transmissions.prepare`), a task sends it (`sending`).
"""
