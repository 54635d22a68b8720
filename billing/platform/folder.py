"""A platform or an accounting system that takes files from a folder."""

import os
from contextlib import suppress
from pathlib import Path

from .base import Answer, Parcel, PlatformError


class FolderPlatform:
    """Puts each invoice into a folder, whole or not at all. What becomes of it there is not told."""

    name = "dossier"
    answers = False

    def __init__(self, folder: str) -> None:
        self.folder = Path(folder)

    def send(self, parcel: Parcel) -> Answer:
        """Write beside, then rename: who empties the folder never sees half a file. The same again overwrites."""
        name = f"{parcel.number}.pdf"
        beside = self.folder / f".{parcel.key}.part"
        try:
            with beside.open("wb") as file:
                file.write(parcel.pdf)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(self.folder / name)
        except OSError as error:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
            raise PlatformError(f"Le dossier d’échange ne répond pas\u202f: {error.strerror}.") from error
        return Answer(name)

    def status(self, remote_id: str) -> Answer | None:
        return None
