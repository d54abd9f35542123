"""Reading XML from an archive piece by piece, without ever expanding what XML can expand.

A document type (the way to entities, and through them to files and addresses outside) is refused at sight.
"""

from collections.abc import Callable, Iterator, Mapping
from xml.parsers import expat

from expectations.reading.archives import Archive
from expectations.reading.refusal import RefusedFileError
from expectations.rules import Rule

Attributes = Mapping[str, str]


def read_part(
    archive: Archive,
    name: str,
    *,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> Iterator[None]:
    """Call `start`, `end` and `text` for what is in a part; yields after every piece, so that rows can be passed on.

    Names of elements come without the prefix of the first element; those with another prefix keep it.

    Raises:
        RefusedFileError: the part is no sound XML, or has a document type.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_document_type

    def begin(tag: str, attributes: Attributes) -> None:
        prefix = tag[: tag.find(":") + 1]
        parser.StartElementHandler = _without(prefix, start)
        if end is not None:
            parser.EndElementHandler = _without(prefix, end)
        parser.CharacterDataHandler = text
        start(tag.removeprefix(prefix), attributes)

    parser.StartElementHandler = begin
    try:
        for chunk in archive.chunks(name):
            parser.Parse(chunk)
            yield
        parser.Parse(b"", True)  # noqa: FBT003 - it takes no keyword
    except expat.ExpatError as error:
        raise RefusedFileError(Rule.FILE_DAMAGED) from error
    yield


def read_whole_part(archive: Archive, name: str, *, start: Callable[[str, Attributes], None]) -> None:
    """Call `start` for every element of a part; an absent part has none."""
    if name in archive.names:
        for _ in read_part(archive, name, start=start):
            pass


def local(name: str) -> str:
    """A name without the prefix of its namespace."""
    return name.rpartition(":")[2]


def attribute(attributes: Attributes, name: str) -> str:
    """An attribute whatever the prefix of its namespace; empty when it is absent."""
    return next((value for key, value in attributes.items() if local(key) == name), "")


def whole(text: str) -> int:
    """A whole number in XML.

    Raises:
        RefusedFileError: it is none; no program writes that.
    """
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise RefusedFileError(Rule.FILE_DAMAGED)
    return int(text)


def is_true(text: str | None) -> bool:
    """Whether an attribute says so."""
    return text in ("1", "true")


def _without(prefix: str, handler: Callable[..., None]) -> Callable[..., None]:
    """The handler, given names without a prefix; itself when there is none, because it is called for every cell."""
    return (lambda tag, *rest: handler(tag.removeprefix(prefix), *rest)) if prefix else handler


def _refuse_document_type(*_: object) -> None:
    raise RefusedFileError(Rule.FILE_UNSAFE)
