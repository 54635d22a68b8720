"""Read and rewrite one PDF that a stranger sent, in a process of its own.

A PDF parser is the last place to trust: this script runs beside the site, with little memory and little time, and
answers on standard output one line of JSON (`{"error": …}` or `{"pages": n, "text": …}`) then the clean file.
It imports nothing of the project, so that it starts quickly; `recruiting.cvs` calls it.

    python -I pdf_worker.py MAX_PAGES MAX_CHARS < sent.pdf > answer
"""

import io
import json
import resource
import signal
import sys
from typing import Any

MEMORY_BYTES = 1536 * 1024 * 1024
CPU_SECONDS = 20
TEXT_SECONDS = 6
MAX_OBJECTS = 50_000
MAX_DEPTH = 60

#: Keys under which a PDF keeps what runs by itself, and files within the file.
ACTIVE_KEYS = (
    "/OpenAction",
    "/AA",
    "/JS",
    "/JavaScript",
    "/EmbeddedFiles",
    "/EF",
    "/AF",
    "/XFA",
    "/RichMediaContent",
)
#: Actions that do something else than go to a page or open a web address.
ACTIVE_ACTIONS = {
    "/JavaScript",
    "/Launch",
    "/SubmitForm",
    "/ImportData",
    "/GoToR",
    "/GoToE",
    "/Rendition",
    "/RichMediaExecute",
    "/Movie",
    "/Sound",
    "/Hide",
    "/SetOCGState",
    "/Named",
}


class Refused(Exception):
    """Why the file is refused, as one word that `recruiting.cvs` turns into a sentence."""


class TooSlow(Exception):
    """The text took longer than a CV's text may take."""


def limit_resources() -> None:
    """Keep a hostile file from filling the machine. Where the system knows no such limit there is none."""
    for what, value in ((resource.RLIMIT_AS, MEMORY_BYTES), (resource.RLIMIT_CPU, CPU_SECONDS)):
        try:
            resource.setrlimit(what, (value, value))
        except (OSError, ValueError):
            continue


def _is_font(value: Any) -> bool:
    """A font may bear any name in its page's resources, "/AA" or "/JS" too."""
    import pikepdf

    return isinstance(value, pikepdf.Dictionary) and value.get("/Type") == pikepdf.Name.Font


def strip(node: Any, depth: int = 0) -> None:
    """Take active content out of a dictionary or array and the direct ones within it."""
    import pikepdf

    if depth > MAX_DEPTH:
        raise Refused("unreadable")
    if isinstance(node, pikepdf.Array):
        children = list(node)
    elif isinstance(node, pikepdf.Dictionary | pikepdf.Stream):
        for key in ACTIVE_KEYS:
            if key in node and not _is_font(node[key]):
                del node[key]
        # The action itself goes, its dictionary stays: an empty action does nothing, and no reference dangles.
        if isinstance(node.get("/S"), pikepdf.Name) and str(node["/S"]) in ACTIVE_ACTIONS:
            for key in list(node.keys()):
                if key not in ("/Type", "/Length"):
                    del node[key]
        children = list(node.values()) if isinstance(node, pikepdf.Dictionary) else []
    else:
        return
    for child in children:
        # What is referred to by number has its own turn.
        if isinstance(child, pikepdf.Object) and not child.is_indirect:
            strip(child, depth + 1)


def clean(data: bytes, max_pages: int) -> tuple[int, bytes]:
    """Number of pages and the file written anew, without active content, password or anything that no page needs."""
    import pikepdf

    try:
        pdf = pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError as error:
        raise Refused("password") from error
    except (pikepdf.PdfError, ValueError, OSError) as error:
        raise Refused("unreadable") from error
    with pdf:
        pages = len(pdf.pages)
        if pages < 1:
            raise Refused("unreadable")
        if pages > max_pages:
            raise Refused("pages")
        if len(pdf.objects) > MAX_OBJECTS:
            raise Refused("unreadable")
        for node in pdf.objects:
            strip(node)
        out = io.BytesIO()
        pdf.save(out, encryption=False)
    return pages, out.getvalue()


def text_of(data: bytes, max_chars: int) -> str:
    """The words of the pages, as many as come within the time; a file without text gives ""."""
    import pypdf

    def ring(*args: object) -> None:
        raise TooSlow

    parts: list[str] = []
    size = 0
    signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, TEXT_SECONDS)
    try:
        for page in pypdf.PdfReader(io.BytesIO(data)).pages:
            parts.append(page.extract_text())
            size += len(parts[-1])
            if size >= max_chars:
                break
    except Exception:  # noqa: S110  # whatever pypdf trips over, the CV itself is sound: it is only found by less
        pass
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return "\n".join(parts)[:max_chars].replace("\x00", " ").encode("utf-8", "ignore").decode()


def main() -> None:
    max_pages, max_chars = int(sys.argv[1]), int(sys.argv[2])
    limit_resources()
    data = sys.stdin.buffer.read()
    try:
        pages, written = clean(data, max_pages)
        head = {"pages": pages, "text": text_of(written, max_chars)}
    except Refused as refusal:
        head, written = {"error": str(refusal)}, b""
    except (MemoryError, RecursionError, RuntimeError):
        head, written = {"error": "unreadable"}, b""
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + written)


if __name__ == "__main__":
    main()
