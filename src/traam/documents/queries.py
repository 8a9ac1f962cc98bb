"""What is read of files: their bytes, whether they may be shown, and their verification."""

from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from traam.documents import rules, storage
from traam.documents.models import StoredFile, Withholding


def open_bytes(digest: str) -> IO[bytes]:
    """The bytes of a stored file. Raises FileNotFoundError when they are gone."""
    return storage.path_of(digest).open("rb")


def may_be_shown(digest: str) -> bool:
    """Whether it is stored and nothing withholds it, now."""
    return StoredFile.objects.filter(digest=digest).exclude(pk__in=_withheld()).exists()


def public_file(digest: str) -> StoredFile | None:
    """The file, if everyone may have it now. `settings.PUBLIC_FILES` names who knows what is public
    (notices lie above documents); without it, nothing is."""
    file = StoredFile.objects.exclude(pk__in=_withheld()).filter(digest=digest).first()
    if file is None or not settings.PUBLIC_FILES:
        return None
    is_public: Callable[[str], bool] = import_string(settings.PUBLIC_FILES)
    return file if is_public(digest) and storage.path_of(digest).is_file() else None


def attached(digest: str, name: str) -> tuple[str, str, bytes] | None:
    """Name, type and bytes of a file that a message joins; None when it is withheld or gone."""
    file = StoredFile.objects.exclude(pk__in=_withheld()).filter(digest=digest).first()
    if file is None or not storage.path_of(digest).is_file():
        return None
    known = rules.download_name(name, digest=digest, media_type=file.media_type)
    return known, file.media_type, storage.path_of(digest).read_bytes()


def _withheld() -> QuerySet[Withholding, Any]:
    return Withholding.objects.filter(until__isnull=True).values("file")


def withheld_among(digests: Iterable[str]) -> frozenset[str]:
    """Those of these files that may be shown to nobody now: one query, none without a file."""
    known = sorted(set(digests))
    if not known:
        return frozenset()
    held = StoredFile.objects.filter(digest__in=known, pk__in=_withheld())
    return frozenset(held.values_list("digest", flat=True))


def all_digests() -> list[str]:
    """The digest of every stored file."""
    return list(StoredFile.objects.order_by("digest").values_list("digest", flat=True))


def faults() -> Iterator[str]:
    """A French sentence for each stored file that is missing or altered; reads all of them."""
    for file in StoredFile.objects.order_by("digest").iterator():
        path = storage.path_of(file.digest)
        if not path.is_file():
            yield f"Fichier {file.digest} : il manque."
        elif path.stat().st_size != file.size or storage.digest_of(path) != file.digest:
            yield f"Fichier {file.digest} : son contenu a été modifié."
