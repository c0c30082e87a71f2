"""The numeral reader: Thai and Arabic numerals, question codes and the instruments' Latin names, off images of lines."""

from __future__ import annotations

from prongsai.reading.network import LineImage
from prongsai.reading.numerals.reader import NumeralReader, numeral_reader
from prongsai.reading.numerals.readings import LineReading, Shape, Token
from prongsai.records import Candidate

__all__ = ["Candidate", "LineImage", "LineReading", "NumeralReader", "Shape", "Token", "numeral_reader"]
