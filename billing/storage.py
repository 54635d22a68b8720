from django.core.files.storage import Storage, storages


def private_storage() -> Storage:
    """Where invoices and quotes lie: no URL reaches it, only views that check whose file it is."""
    return storages["private"]
