"""The command `prongsai`: its options, help and exit codes; what each command does stands in `commands.py`."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from prongsai import __version__, commands
from prongsai.errors import ExitCode, ProngsaiError, UsageError
from prongsai.options import DEFAULTS, FORMATS, MAX_MEMORY, MAX_SECONDS
from prongsai.records import DEFAULT_LIMITS, Severity

DESCRIPTION = """\
Reads the ITA transparency reports of Thai agencies (PDF, scans, images, text)
into tables: each number with its place, its code and the year it is about.
"""

EXIT_CODES = """\
exit codes:
  0  everything was read
  1  some documents were rejected or read only in part
  2  wrong use: an option, the output folder or patterns/
  3  nothing was read
  4  an audit found what --fail-on names

a first run:
  prongsai run reports/ --out outputs
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line and returns its exit code; says every error on stderr, in English and in Thai."""
    # NumPy's small products are nearly twice as fast on one thread; it reads this when it is first imported.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for stream in (sys.stdout, sys.stderr):
        # A console with another code page shows ? for Thai, rather than ending the run with a traceback.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        asked = _parser().parse_args(arguments)
        level = logging.DEBUG if getattr(asked, "verbose", False) else logging.ERROR
        logging.basicConfig(level=level, format="%(name)s: %(message)s", stream=sys.stderr, force=True)
        code: ExitCode = asked.command(asked)
        sys.stdout.flush()
    except KeyboardInterrupt as interrupt:
        return _complain("stopped", interrupt, ExitCode.INTERRUPTED)
    except BrokenPipeError:
        # The reader of a pipe, like `head`, has seen enough; Python would complain again when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.ALL_READ
    except ProngsaiError as error:
        return _complain(str(error), error, error.exit_code)
    except Exception as error:
        logging.getLogger(__name__).debug("the fault arose here", exc_info=error)
        return _complain(f"{type(error).__name__}: {error} (a fault in Prongsai; --verbose shows where)", error, ExitCode.FAULT)
    return code


def _complain(what: str, error: BaseException, code: ExitCode) -> ExitCode:
    print(f"prongsai: {what}", file=sys.stderr)
    try:
        from prongsai.console.words import say_error

        print(say_error(error), file=sys.stderr)
    except ProngsaiError as second:
        # patterns/ itself is broken: the English line above has said what matters.
        logging.getLogger(__name__).debug("no Thai line: %s", second)
    return code


class _Help(argparse.RawDescriptionHelpFormatter):
    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=22, width=80)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(message, next_step=f"See `{self.prog} --help`")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="prongsai", description=DESCRIPTION, epilog=EXIT_CODES, formatter_class=_Help)
    parser.add_argument("--version", action="version", version=f"prongsai {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND", parser_class=_Parser)
    _add_run(commands.add_parser("run", help="read reports and write tables", formatter_class=_Help, epilog=EXIT_CODES))
    _add_audit(commands.add_parser("audit", help="find what contradicts itself in tables", formatter_class=_Help, epilog=EXIT_CODES))
    _add_explain(commands.add_parser("explain", help="show a score's prints, equations and findings", formatter_class=_Help))
    _add_report(commands.add_parser("report", help="make pages for people, to be opened in a browser", formatter_class=_Help))
    _add_review(commands.add_parser("review", help="answer what was read unsurely, in a browser", formatter_class=_Help))
    _add_plan(commands.add_parser("plan", help="tell what a run would take, from a sample", formatter_class=_Help, epilog=EXIT_CODES))
    _add_status(commands.add_parser("status", help="tell how far a run is, while it goes on or after it", formatter_class=_Help))
    _add_doctor(commands.add_parser("doctor", help="show what is installed and how to get what is missing", formatter_class=_Help))
    _add_synth(commands.add_parser("synth", help="make realistic reports whose true scores are known", formatter_class=_Help))
    return parser


def _add_run(parser: argparse.ArgumentParser) -> None:
    parser.description = "Reads reports and writes their tables.\nThe same inputs give the same bytes, whatever --jobs is."
    parser.add_argument("inputs", nargs="+", metavar="INPUT", help="a file, a folder (with all folders in it) or a glob")
    parser.add_argument("--out", metavar="FOLDER", default="outputs", help="where the tables go (default: outputs)")
    parser.add_argument("--jobs", metavar="N", help="worker processes (default: one for each core)")
    parser.add_argument("--engine", metavar="WHERE", default="local", help="local: this machine; dask: a cluster (default: local)")
    parser.add_argument("--scheduler", metavar="ADDRESS", default="", help="of the Dask cluster, like tcp://10.0.0.1:8786")
    parser.add_argument("--again", action="store_true", help="read everything anew, also what an earlier run into FOLDER has read")
    parser.add_argument("--corrections", metavar="FILE", help="people's answers to replay (default: corpus/corrections.csv if it is there)")
    parser.add_argument("--year", metavar="YEAR", help="fiscal year (Buddhist era) where a document leaves it open, like 2568")
    _add_reading(parser)
    _add_format(parser, "these four")
    _add_loudness(parser)
    parser.set_defaults(command=commands.run_reports)


def _add_reading(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--ocr", metavar="WHEN", default="auto", help="auto: where the text layer fails; always; never (default: auto)")
    parser.add_argument("--pages", metavar="PAGES", default="", help="read only these pages of each document, like 1-3,7")
    parser.add_argument("--max-pages", metavar="N", default=DEFAULTS.max_pages, help="read no further in a document (default: %(default)s)")
    parser.add_argument("--max-pixels", metavar="N", default=DEFAULTS.max_pixels, help="of a page image to be read (default: %(default)s)")
    parser.add_argument(
        "--max-memory", metavar="SIZE", default=MAX_MEMORY, help="of the process that reads a document (default: %(default)s)"
    )
    parser.add_argument(
        "--max-seconds", metavar="N", default=MAX_SECONDS, help="for a page; then the document is given up (default: %(default)s)"
    )
    parser.add_argument(
        "--max-files", metavar="N", default=DEFAULT_LIMITS.open_files, help="that process may have open (default: %(default)s)"
    )


def _add_audit(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Finds where the tables of a run contradict themselves or the framework, and what\n"
        "would mend it. The findings are written into the tables, over earlier ones."
    )
    parser.add_argument("folder", metavar="FOLDER", help="what was given to prongsai run with --out")
    parser.add_argument("--out", metavar="FOLDER", help="where the tables go (default: the same folder)")
    parser.add_argument("--fail-on", metavar="SEVERITY", help=f"{', '.join(Severity)}: exit with 4 where one so grave or graver is found")
    _add_format(parser, "those of the folder")
    _add_loudness(parser)
    parser.set_defaults(command=commands.audit_tables)


def _add_explain(parser: argparse.ArgumentParser) -> None:
    parser.description = "Shows where a score is printed, every equation that it takes part in,\nand what was found about it."
    parser.add_argument("folder", metavar="FOLDER", help="what was given to prongsai run with --out")
    parser.add_argument("subject", metavar="SUBJECT", help="a code like ITA, OIT, ind9 or i10, or what else a finding is about")
    parser.add_argument("--year", metavar="YEAR", help="only of this fiscal year (Buddhist era), like 2568")
    parser.add_argument("--agency", metavar="NAME", default="", help="only of agencies with this in their name")
    parser.add_argument("--doc", metavar="DOC", default="", help="only in this document: its path, file name or doc_id")
    parser.set_defaults(command=commands.explain_score)


def _add_report(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Makes pages over the tables of a run, in FOLDER/report: scores compared, what does\n"
        "not add up, and the place of every number on its page. They open without a network."
    )
    parser.add_argument("folder", metavar="FOLDER", help="what was given to prongsai run with --out")
    _add_inputs(parser)
    parser.add_argument("--jobs", metavar="N", help="processes that draw pages (default: one for each core)")
    parser.add_argument("--quiet", action="store_true", help="no progress and no summary; errors only")
    parser.set_defaults(command=commands.make_pages)


def _add_review(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Asks in a browser, on this machine alone, about what is most worth a look: what was\n"
        "not or not surely read, and what contradicts itself. The next run puts the answers\n"
        "beside what was printed."
    )
    parser.add_argument("folder", metavar="FOLDER", help="what was given to prongsai run with --out")
    parser.add_argument("--port", metavar="N", help="of 127.0.0.1, 0 for a free one (default: one that the folder has each time)")
    parser.add_argument("--corrections", metavar="FILE", default="", help="where answers are kept (default: corpus/corrections.csv)")
    parser.add_argument("--name", metavar="WHO", default="", help="who answers (default: who is logged in)")
    _add_inputs(parser)
    parser.set_defaults(command=commands.review_readings)


def _add_inputs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--inputs",
        metavar="FOLDER",
        action="append",
        default=[],
        help="where the documents lie, if not where they were when they were read; may be given several times",
    )


def _add_plan(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Tells how many pages of which kind there are, and what a run would take:\nit counts pages, and really reads a sample."
    )
    parser.add_argument("inputs", nargs="+", metavar="INPUT", help="a file, a folder (with all folders in it) or a glob")
    parser.add_argument("--sample", metavar="N", default="20", help="so many documents are read (default: %(default)s)")
    parser.add_argument("--jobs", metavar="N", help="worker processes here (default: one for each core)")
    parser.add_argument("--workers", metavar="LIST", default="16,256", help="elsewhere, so many (default: %(default)s)")
    parser.add_argument("--price", metavar="P", help="of one core for one hour, in any currency")
    _add_reading(parser)
    _add_format(parser, "these four")
    parser.set_defaults(command=commands.plan_run)


def _add_status(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Tells what of a run is done, failed and left, and how long it takes:\n"
        "while it goes on elsewhere, after it was stopped, or after its end."
    )
    parser.add_argument("folder", metavar="FOLDER", help="what was given to prongsai run with --out")
    parser.set_defaults(command=commands.tell_status)


def _add_format(parser: argparse.ArgumentParser, usual: str) -> None:
    parser.add_argument(
        "--format",
        metavar="LIST",
        action="append",
        default=[],
        help=f"{','.join(FORMATS)}: some of them, joined by commas or one at a time (default: {usual}); "
        "parts: Parquet by fiscal year for large runs, readable while the run goes on",
    )


def _add_loudness(parser: argparse.ArgumentParser) -> None:
    loudness = parser.add_mutually_exclusive_group()
    loudness.add_argument("--quiet", action="store_true", help="no progress and no summary; errors only")
    loudness.add_argument("--verbose", action="store_true", help="say on stderr what is done, and where a fault arose")


def _add_doctor(parser: argparse.ArgumentParser) -> None:
    parser.description = "Shows what is installed (Tesseract and its languages, fonts, packages)\nand how to get what is missing."
    parser.set_defaults(command=commands.examine_machine)


def _add_synth(parser: argparse.ArgumentParser) -> None:
    formats = ",".join(commands.SYNTH_FORMATS)
    parser.description = "Makes realistic reports whose true scores are known, with misprints planted.\nThe same seed gives the same bytes."
    parser.add_argument("--count", metavar="N", default="10", help="how many documents (default: 10)")
    parser.add_argument("--seed", metavar="S", type=int, default=1, help="another seed, other reports (default: 1)")
    parser.add_argument("--out", metavar="FOLDER", required=True, help="where the documents and their truth go")
    parser.add_argument(
        "--format",
        metavar="LIST",
        action="append",
        default=[],
        help=f"{formats} (default: {commands.SYNTH_USUAL})",
    )
    parser.add_argument("--dpi", metavar="N", help="resolution of scans and images (default: drawn from 150 to 300)")
    parser.add_argument("--wear", metavar="HOW", default="light", help="light, or hard: stamped, shaded, askew, turned (default: light)")
    parser.add_argument("--fonts", metavar="FOLDER", help="set PDFs and scans in the Thai fonts of this folder")
    parser.set_defaults(command=commands.make_samples)
