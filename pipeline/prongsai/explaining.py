"""What is asked about one score becomes explanations: where it stands, and its web of equations there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from prongsai.errors import UsageError
from prongsai.export import read_about
from prongsai.knowledge import load_knowledge
from prongsai.language.numerals import to_arabic
from prongsai.records import Document, Tables

if TYPE_CHECKING:
    from prongsai.auditing import Web

_NAMED = 5
"""So many of the things that could have been asked for are named in an error."""


class Owner(NamedTuple):
    """Whose score: an agency's, of one fiscal year, in one document."""

    doc_id: str
    agency: str
    fiscal_year: int | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that bears on one score of one agency and year in one document."""

    document: Document
    agency: str
    fiscal_year: int | None
    subject: str
    """A canonical code, or whatever else a finding is about."""
    web: Web


def explanations(tables: Tables | Path, subject: str, *, year: int | None, agency: str, doc: str) -> Iterator[Explanation]:
    """One for each owner of the subject, in the order of the tables; where it is not printed, one for each owner in whose
    equations it is missing.

    `tables` are those of a run or the folder that it wrote; `agency` is a name or part of one, `doc` an id, a path or a file name.
    Raises OutputError where the folder does not hold a run, and UsageError with what else could be asked where there is nothing
    to explain.
    """
    from prongsai.auditing import web

    code, where = _canonical(subject), ""
    if isinstance(tables, Path):
        tables, where = read_about(tables, code, agency, doc), str(tables)
    documents = {document.doc_id: document for document in tables.documents}

    def meant(owners: Iterable[Owner]) -> list[Owner]:
        return [owner for owner in owners if _is_meant(owner, documents[owner.doc_id], year, agency, doc)]

    own = _owners(tables, documents, code)
    asked, is_printed = meant(own), True
    if not asked:
        asked, is_printed = meant(_owners(tables, documents)), False
    is_explained = False
    for owner, part in _parts(tables, asked):
        explained = web(part, code, owner.fiscal_year, owner.agency, owner.doc_id)
        if is_printed or explained.equations:
            is_explained = True
            yield Explanation(documents[owner.doc_id], owner.agency, owner.fiscal_year, code, explained)
    if is_explained:
        return
    if own:
        those = (f"FY{owner.fiscal_year} {owner.agency} in {documents[owner.doc_id].path}" for owner in own)
        raise UsageError(f"{code} is not there for that document, agency or year", where, f"It is there for {_some(those)}")
    codes = (mention.code for mention in tables.mentions)
    raise UsageError(f"nothing that is printed and no finding is about {subject!r}", where, f"Name a code, like {_some(codes)}")


def _canonical(subject: str) -> str:
    """The canonical code that is meant, whatever its case and digits; as given where no code is called so."""
    asked = to_arabic(subject.strip())
    codes = (code for framework in load_knowledge().frameworks.values() for code in framework.all_codes())
    return next((code for code in codes if code.casefold() == asked.casefold()), subject.strip())


def _owners(tables: Tables, documents: Mapping[str, Document], code: str = "") -> tuple[Owner, ...]:
    """Whose scores are printed, those of one code or all, and whom findings about the code are about."""
    mentions = (one for one in tables.mentions if one.doc_id in documents and one.code and code in ("", one.code))
    findings = (one for one in tables.findings if one.doc_id in documents and code and one.subject == code)
    found = [Owner(one.doc_id, one.agency, one.fiscal_year) for one in mentions]
    found += [Owner(one.doc_id, one.agency or documents[one.doc_id].agency, one.fiscal_year) for one in findings]
    order = {doc_id: number for number, doc_id in enumerate(documents)}
    return tuple(sorted(dict.fromkeys(found), key=lambda owner: order[owner.doc_id]))


def _is_meant(owner: Owner, document: Document, year: int | None, agency: str, doc: str) -> bool:
    names = {document.doc_id, *(name for path in (document.path, *document.aliases) for name in (path, path.rpartition("/")[2]))}
    return year in (None, owner.fiscal_year) and agency in owner.agency and (not doc or doc in names)


def _parts(tables: Tables, owners: Iterable[Owner]) -> Iterator[tuple[Owner, Tables]]:
    """Each owner with the rows of its document."""
    owners = list(owners)
    rows: dict[str, dict[str, list[Any]]] = {owner.doc_id: {} for owner in owners}
    for table in fields(Tables):
        for row in getattr(tables, table.name):
            if row.doc_id in rows:
                rows[row.doc_id].setdefault(table.name, []).append(row)
    for owner in owners:
        yield owner, Tables(**{name: tuple(those) for name, those in rows[owner.doc_id].items()})


def _some(names: Iterable[str]) -> str:
    every = list(dict.fromkeys(name for name in names if name))
    return "; ".join(every[:_NAMED]) + (f"; and {len(every) - _NAMED:,} more" if len(every) > _NAMED else "")
