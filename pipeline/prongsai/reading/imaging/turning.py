"""Which way up a page lies, and by how much it lies askew."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prongsai.reading.imaging.model import Pixels

USUAL_DEGREES, STEEPEST_DEGREES = 6.0, 17.0
CLEAR = 1.6
"""At the right angle the ink gathers so many times more than usual: 2.0 and more on pages of text up to the first of these
angles, 1.4 and less where the right one lies beyond it. Only then is it sought up to the second."""
LEAST_DEGREES = 0.05
SMALL_DPI = 100.0
"""Resolution of the copy on which a page's direction is judged."""
_INK = 190
_MOST_ASKED = 400


def small_ink(grey: Pixels, dpi: float) -> Pixels:
    """A mask of the ink at `SMALL_DPI`."""
    import cv2

    scale = min(SMALL_DPI / dpi, 1.0)
    size = (max(round(grey.shape[1] * scale), 1), max(round(grey.shape[0] * scale), 1))
    small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    return cv2.threshold(small, _INK, 255, cv2.THRESH_BINARY_INV)[1]


def runs_up_the_page(ink: Pixels) -> bool:
    """Whether lines of text run up or down the page instead of across.

    Glyphs of one line stand nearer to one another than lines do: each glyph votes for the side on which its nearest
    neighbour is. Rules, pictures, marks and specks have no vote, so that tables do not decide.
    """
    import cv2
    import numpy as np

    _, _, stats, middles = cv2.connectedComponentsWithStats(ink, connectivity=8)
    widths, heights = stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]
    short, long = np.minimum(widths, heights), np.maximum(widths, heights)
    # Smaller than that are dots, of which there are rules up and down.
    fits = (short >= 3) & (long >= 5) & (short <= 0.3 * SMALL_DPI) & (long <= 2.0 * SMALL_DPI)
    if np.count_nonzero(fits) < 6:
        return False
    usual = float(np.median(short[fits]))
    fits &= (short >= 0.7 * usual) & (short <= 2.5 * usual)
    widths, heights, middles = widths[fits], heights[fits], middles[1:][fits]
    asked = np.linspace(0, len(widths) - 1, min(len(widths), _MOST_ASKED)).astype(int)
    across = np.abs(middles[asked, None, 0] - middles[None, :, 0])
    down = np.abs(middles[asked, None, 1] - middles[None, :, 1])
    gap_x = across - (widths[asked, None] + widths[None, :]) / 2
    gap_y = down - (heights[asked, None] + heights[None, :]) / 2
    # A neighbour counts on the axis on which the other's middle is passed; itself is no neighbour.
    beside = np.where((down < heights[asked, None] / 2) & (across > 0), np.maximum(gap_x, 0), np.inf).min(axis=1)
    stacked = np.where((across < widths[asked, None] / 2) & (down > 0), np.maximum(gap_y, 0), np.inf).min(axis=1)
    near = np.minimum(beside, stacked) < 3 * usual
    # Wide blobs are glyphs that run together along their line.
    votes_across = np.count_nonzero(near & (beside < stacked)) + np.count_nonzero(widths > 2.5 * heights)
    votes_down = np.count_nonzero(near & (stacked < beside)) + np.count_nonzero(heights > 2.5 * widths)
    return bool(votes_down > 1.2 * votes_across + 3)


def find_skew(ink: Pixels) -> float:
    """By how many degrees clockwise a page must be turned so that its lines and rules are level, 0 where they are.

    The angle at which the ink gathers in the fewest rows (Postl), found on the ink's own pixels without turning images.
    """
    import numpy as np

    ys, xs = np.nonzero(ink)
    if len(ys) < 100:
        return 0.0
    step = max(len(ys) // 30_000, 1)
    ys, xs = ys[::step].astype(np.float32), xs[::step].astype(np.float32)
    xs -= ink.shape[1] / 2
    # A pixel is ink all over: spread evenly within its row, so that the angle is found to a fraction of a pixel.
    ys += (np.arange(len(ys)) * 0.618034 % 1.0).astype(np.float32)

    def gathered(degrees: float) -> float:
        rows = ys + xs * np.float32(np.tan(np.radians(degrees)))
        counts = np.bincount((rows + ink.shape[1]).astype(np.int32)).astype(np.float64)
        return float(np.square(counts).sum())

    def best_of(middle: float, reach: float, by: float) -> tuple[float, float]:
        """The best angle, and how much better it is than the usual one."""
        angles = np.arange(middle - reach, middle + reach + by / 2, by)
        measured = np.array([gathered(angle) for angle in angles])
        # Near the best angle the measure is flat: the middle is meant.
        return float(angles[measured >= 0.999 * measured.max()].mean()), float(measured.max() / np.median(measured))

    best, clear = best_of(0.0, USUAL_DEGREES, 0.25)
    if clear < CLEAR:
        steep, clear = best_of(0.0, STEEPEST_DEGREES, 0.5)
        best = steep if clear >= CLEAR else best
    for reach, by in ((0.25, 0.05), (0.1, 0.0125)):
        best, _ = best_of(best, reach, by)
    if (
        abs(best) < LEAST_DEGREES
        or abs(best) >= STEEPEST_DEGREES
        or (clear < CLEAR and abs(best) >= USUAL_DEGREES)
        or gathered(best) < 1.005 * gathered(0.0)
    ):
        return 0.0
    return round(best, 3)


def turn(grey: Pixels, degrees: int) -> Pixels:
    """The image turned clockwise by a multiple of 90 degrees."""
    import cv2

    ways = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}
    return cv2.rotate(grey, ways[degrees % 360]) if degrees % 360 else grey


def level(grey: Pixels, degrees: float, scale: float, *, paper: int = 255, is_coarse: bool = True) -> Pixels:
    """The image, grey or in colour, turned clockwise about its middle by `degrees` and scaled, in one step; `paper` where nothing
    was."""
    import cv2

    height, width = grey.shape[:2]
    if not degrees and scale == 1.0:
        return grey
    size = (max(round(width * scale), 1), max(round(height * scale), 1))
    if scale < 0.8:
        grey, scale = cv2.resize(grey, size, interpolation=cv2.INTER_AREA), 1.0
        height, width = grey.shape[:2]
        if not degrees:
            return grey
    # Cubic keeps the strokes of coarse print apart; finer print does without, in a third of the time.
    way = cv2.INTER_CUBIC if is_coarse else cv2.INTER_LINEAR
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, scale)
    matrix[0, 2] += (size[0] - width) / 2
    matrix[1, 2] += (size[1] - height) / 2
    return cv2.warpAffine(grey, matrix, size, flags=way, borderMode=cv2.BORDER_CONSTANT, borderValue=(paper,) * 3)
