"""Pictures without what their camera wrote: place, instant, device, thumbnail."""

import io

from PIL import Image, ImageOps

from traam.documents import rules
from traam.kit.refusals import Refusal

_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/gif": "GIF"}
_UNREADABLE = (OSError, ValueError, SyntaxError, EOFError, KeyError)  # what decoding may raise


def bare(content: bytes, *, media_type: str, name: str) -> bytes:
    """What is kept of these bytes: of a picture, `clean_picture`; the others as they are.

    Raises `Refusal` on a picture that cannot be decoded to its end.
    """
    if media_type not in _FORMATS:
        return content
    try:
        return clean_picture(content=content, media_type=media_type)
    except _UNREADABLE:
        said = f"Fichier « {rules.safe_name(name)} »"
        raise Refusal(
            f"{said} : l’image est illisible. Refaites-la, ou enregistrez-la de nouveau."
        ) from None


def clean_picture(*, content: bytes, media_type: str) -> bytes:
    """The same picture upright, its pixels alone: no EXIF, no GPS, no comment, no colour profile.

    A moving picture keeps its frames; of a JPEG, only the first: a telephone may write others after
    it. `media_type` is one of the four kinds of pictures we store.
    """
    with Image.open(io.BytesIO(content)) as image:
        written = io.BytesIO()
        if media_type != "image/jpeg" and getattr(image, "n_frames", 1) > 1:
            image.info.pop("comment", None)
            image.save(written, _FORMATS[media_type], save_all=True, exif=b"", comment=b"")
            return written.getvalue()
        upright = ImageOps.exif_transpose(image)
        bare = Image.new(upright.mode, upright.size)
        if upright.palette is not None:
            bare.putpalette(upright.palette)
        bare.paste(upright)
        options = {"quality": 90} if media_type in ("image/jpeg", "image/webp") else {}
        if "transparency" in upright.info:
            bare.info["transparency"] = upright.info["transparency"]
        bare.save(written, _FORMATS[media_type], **options)
    return written.getvalue()
