"""From blocks to mentions: one pass over a document, top to bottom, then the decisions that need the whole of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from prongsai.knowledge import Knowledge
from prongsai.language.folding import fold_with_index
from prongsai.matching.agencies.names import Identity, agency_findings, identify, name_listed
from prongsai.matching.books import ITA, other_book
from prongsai.matching.document import HEADING, DocumentReader
from prongsai.matching.labels import find_labels
from prongsai.matching.mentions import Assembly
from prongsai.matching.model import Claim, Dated, scope_of
from prongsai.matching.resolving import resolved
from prongsai.matching.sentences import whole_sentences
from prongsai.matching.vocabulary import vocabulary
from prongsai.matching.years.checks import unlikely_years
from prongsai.matching.years.readings import settle_years
from prongsai.matching.years.support import dated_result
from prongsai.matching.years.years import document_years
from prongsai.records import (
    Block,
    CodeReading,
    Finding,
    GradeMention,
    Mention,
    Options,
    Paragraph,
    Passage,
    Scope,
    Source,
)
from prongsai.records import Claim as StatedClaim


@dataclass(frozen=True, slots=True)
class Matched:
    """What matching made of a document."""

    mentions: tuple[Mention, ...]
    codes: tuple[CodeReading, ...]
    grades: tuple[GradeMention, ...]
    findings: tuple[Finding, ...]
    identity: Identity
    book: str
    result_year: int | None
    report_year: int | None
    claims: tuple[StatedClaim, ...] = ()


def match(source: Source, blocks: Sequence[Block], options: Options, knowledge: Knowledge) -> Matched:
    """Mentions, misprinted codes, grades and findings of one document, in reading order.

    A document that follows a book that only looks like ITA's has that book named. Its questions are other questions
    under the same letters, so none is matched; instruments and indicators are, where the ten indicators or all three
    instruments are printed.
    """
    words = vocabulary(knowledge)
    blocks, doubtful = settle_years(list(whole_sentences(blocks, words)), words)
    texts = [text for block in blocks for text in _texts(block)]
    identity = identify(texts, knowledge)
    years = document_years([passage for block in blocks for passage in _passages(block)], words)
    dated = dated_result(years, blocks, words) or Dated(options.fiscal_year, "option")
    reader = DocumentReader(words, dated, years)
    for block in blocks:
        reader.read(block)
    assembly = Assembly(source, identity, knowledge, dated.year)
    claims, prints = resolved(reader.entries, reader.spoken, reader.prints, words)
    book, n_left = _book(texts, claims, knowledge), 0
    if book not in (ITA, ""):
        ours = [claim for claim in claims if scope_of(claim.code) is not Scope.QUESTION] if _prints_instruments(claims) else []
        n_left, claims = len(claims) - len(ours), ours
        prints = []
    titles = [block.text for block in blocks if isinstance(block, Paragraph) and len(block.text) <= HEADING]
    listed = name_listed({claim.agency_printed for claim in claims}, titles, identity, knowledge)
    names = {claim.agency: listed[claim.agency_printed].name for claim in claims if claim.agency_printed in listed}
    mentions = assembly.mentions(
        [
            replace(claim, agency=listed[claim.agency_printed].name, place_code=listed[claim.agency_printed].code)
            if claim.agency and claim.agency_printed in listed
            else replace(claim, agency=names.get(claim.agency, claim.agency))
            for claim in claims
        ]
    )
    return Matched(
        mentions,
        assembly.codes(prints),
        assembly.grades([replace(hit, agency=names.get(hit.agency, hit.agency)) for hit in reader.grades], dated.year),
        (
            *assembly.year_findings(doubtful, unlikely_years(blocks, years.result, words), mentions),
            *assembly.findings(reader.unmatched, mentions, book, n_left),
            *(assembly.unscored(each) for each in reader.unscored if book in (ITA, "")),
            *map(assembly.unscored_table, reader.unscored_tables),
            *(assembly.guessed_column(page, column) for page, column in reader.guessed),
            *agency_findings(source, dated.year, identity, listed, knowledge),
        ),
        identity,
        book,
        years.result,
        years.own or dated.year,
        reader.claims.records(source, identity) if book in (ITA, "") else (),
    )


def _texts(block: Block) -> Sequence[str]:
    return [passage.text for passage in _passages(block)]


def _passages(block: Block) -> Sequence[Passage]:
    return [block.passage] if isinstance(block, Paragraph) else [cell.passage for cell in block.cells]


def _book(texts: Sequence[str], claims: Sequence[Claim], knowledge: Knowledge) -> str:
    """The book that a document follows: another's if its cues stand there and no ten indicators do, ITA's if it gave
    any score or names the assessment, else none."""
    indicators = {claim.code for claim in claims if scope_of(claim.code) is Scope.INDICATOR}
    other = other_book(texts, knowledge)
    if other and len(indicators) < 5:
        return other
    if claims:
        return ITA
    words = vocabulary(knowledge)
    names_it = any(label.code in ("IIT", "EIT", "OIT", "ITA") for text in texts for label in find_labels(fold_with_index(text), words))
    return ITA if names_it else ""


def _prints_instruments(claims: Sequence[Claim]) -> bool:
    return {"IIT", "OIT"} <= {claim.code for claim in claims}
