"""Views of the township, drawn: simple, but anyone sees what is wrong, and afterwards that it is mended."""

from collections.abc import Callable
from math import cos, sin, tau
from random import Random

from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1200, 1600
HORIZON = 620

type Pen = ImageDraw.ImageDraw
type Colour = tuple[int, int, int]

SKY: Colour = (176, 206, 232)
WALLS: tuple[Colour, ...] = ((206, 186, 164), (184, 190, 196), (214, 200, 180), (170, 160, 152))
GRASS: Colour = (126, 150, 98)
ASPHALT: Colour = (98, 99, 104)
LINE: Colour = (222, 218, 206)
FRESH: Colour = (58, 59, 63)
HOLE: Colour = (34, 29, 26)
HATCH: Colour = (226, 190, 44)
BAGS: tuple[Colour, ...] = ((38, 38, 42), (198, 62, 52), (232, 226, 214), (64, 108, 168), (214, 172, 60))


def road_hole(chance: Random) -> Image.Image:
    """A hole in the road, with cracks around it."""
    return _view(chance, _road, _crack, _hole)


def road_mended(chance: Random) -> Image.Image:
    """The same road with fresh asphalt."""
    return _view(chance, _road, _patch)


def refuse(chance: Random) -> Image.Image:
    """Bins that overflow, bags all around."""
    return _view(chance, _road, _bins_open, _bags)


def refuse_cleared(chance: Random) -> Image.Image:
    """The same bins, closed, the ground clean."""
    return _view(chance, _road, _bins_closed)


def manhole_open(chance: Random) -> Image.Image:
    """A black round hole in the road where a cover should be."""
    return _view(chance, _road, _shaft)


def manhole_covered(chance: Random) -> Image.Image:
    """The cover is on."""
    return _view(chance, _road, _shaft, _cover)


def lamp(chance: Random) -> Image.Image:
    """A street lamp at noon: of course it does not shine."""
    return _view(chance, _road, _lamp)


def fire_lane_blocked(chance: Random) -> Image.Image:
    """A hatched lane with cars parked on it, behind a row of concrete blocks."""
    return _view(chance, _road, _hatching, _cars, _blocks)


def fire_lane_fenced(chance: Random) -> Image.Image:
    """The cars are gone; tape around the blocks."""
    return _view(chance, _road, _hatching, _blocks, _tape)


def fire_lane_clear(chance: Random) -> Image.Image:
    """The lane as it should be."""
    return _view(chance, _road, _hatching)


def _view(chance: Random, *parts: Callable[[Pen, Random], None]) -> Image.Image:
    image = Image.new("RGB", (WIDTH, HEIGHT), SKY)
    pen = ImageDraw.Draw(image)
    _street(pen, chance)
    for part in parts:
        part(pen, chance)
    return _grained(image, chance)


def _street(pen: Pen, chance: Random) -> None:
    pen.rectangle((0, HORIZON, WIDTH, HEIGHT), fill=GRASS)
    for left in range(-40, WIDTH, 240):
        top, wall = HORIZON - chance.randint(180, 430), chance.choice(WALLS)
        pen.rectangle((left, top, left + 210, HORIZON), fill=wall)
        for row in range(top + 30, HORIZON - 50, 80):
            for column in range(left + 25, left + 180, 62):
                pen.rectangle((column, row, column + 34, row + 44), fill=(92, 112, 132))


def _road(pen: Pen, _: Random) -> None:
    pen.polygon([(470, HORIZON), (730, HORIZON), (1340, HEIGHT), (-140, HEIGHT)], fill=ASPHALT)
    for step in range(6):  # the middle line, wider as it comes nearer
        y, half = HORIZON + 30 + step * step * 34, 4 + step * 3
        near = y + 20 + 22 * step
        pen.polygon([(600 - half, y), (600 + half, y), (604 + half, near), (596 - half, near)], fill=LINE)


def _ring(chance: Random, width: int, height: int, *, rough: float) -> list[tuple[float, float]]:
    """Points around the spot where things are wrong; `rough` 0 is an ellipse."""
    points = []
    for corner in range(28):
        angle, reach = tau * corner / 28, 1 + chance.uniform(-rough, rough)
        points.append((560 + width * reach * cos(angle), 1190 + height * reach * sin(angle)))
    return points


def _hole(pen: Pen, chance: Random) -> None:
    pen.polygon(_ring(chance, 300, 150, rough=0.22), fill=(132, 118, 104))
    pen.polygon(_ring(chance, 240, 112, rough=0.2), fill=HOLE)
    for _ in range(26):
        x, y, size = chance.randint(240, 900), chance.randint(1060, 1350), chance.randint(8, 22)
        pen.ellipse((x, y, x + size * 2, y + size), fill=(140, 134, 126))


def _crack(pen: Pen, chance: Random) -> None:
    for way in range(7):
        x, y, angle = 560.0, 1190.0, tau * way / 7
        for _ in range(9):
            ahead = (x + 62 * cos(angle) + chance.uniform(-24, 24), y + 34 * sin(angle) + chance.uniform(-18, 18))
            pen.line((x, y, *ahead), fill=(52, 50, 50), width=6)
            x, y = ahead


def _patch(pen: Pen, chance: Random) -> None:
    pen.polygon([(250, 1040), (880, 1040), (960, 1350), (170, 1350)], fill=FRESH)
    for _ in range(240):
        x, y = chance.randint(240, 890), chance.randint(1050, 1340)
        pen.point((x, y), fill=(88, 88, 92))


def _bins_open(pen: Pen, chance: Random) -> None:
    _bin(pen, 330)
    _bin(pen, 600)
    for left in (330, 600):
        for _ in range(7):
            _bag(pen, chance, left + chance.randint(0, 150), chance.randint(770, 850))


def _bins_closed(pen: Pen, _: Random) -> None:
    for left in (330, 600):
        _bin(pen, left)
        pen.rounded_rectangle((left - 16, 830, left + 236, 880), 14, fill=(36, 94, 60))


def _bin(pen: Pen, left: int) -> None:
    pen.polygon([(left, 870), (left + 220, 870), (left + 195, 1180), (left + 25, 1180)], fill=(48, 122, 80))
    pen.rectangle((left + 70, 980, left + 150, 1060), fill=(226, 230, 224))
    for wheel in (left + 40, left + 150):
        pen.ellipse((wheel, 1160, wheel + 36, 1196), fill=(30, 30, 30))


def _bags(pen: Pen, chance: Random) -> None:
    for _ in range(22):
        _bag(pen, chance, chance.randint(180, 940), chance.randint(1150, 1330))


def _bag(pen: Pen, chance: Random, x: int, y: int) -> None:
    width, height = chance.randint(90, 150), chance.randint(70, 110)
    colour = chance.choice(BAGS)
    pen.ellipse((x, y, x + width, y + height), fill=colour)
    pen.polygon([(x + width // 2 - 14, y + 8), (x + width // 2, y - 26), (x + width // 2 + 14, y + 8)], fill=colour)


def _shaft(pen: Pen, chance: Random) -> None:
    pen.polygon(_ring(chance, 270, 140, rough=0.0), fill=(142, 138, 132))
    pen.polygon(_ring(chance, 226, 112, rough=0.0), fill=(10, 10, 12))


def _cover(pen: Pen, chance: Random) -> None:
    pen.polygon(_ring(chance, 226, 112, rough=0.0), fill=(112, 104, 96))
    for row in range(-2, 3):
        for column in range(-2, 3):
            x, y = 560 + column * 74, 1190 + row * 36
            pen.rectangle((x - 18, y - 9, x + 18, y + 9), fill=(76, 70, 64))


def _lamp(pen: Pen, _: Random) -> None:
    pen.rectangle((286, 210, 312, 1240), fill=(84, 88, 92))
    pen.line((298, 222, 560, 190), fill=(84, 88, 92), width=18)
    pen.rounded_rectangle((520, 176, 680, 222), 18, fill=(60, 62, 66))
    pen.rectangle((262, 1220, 336, 1262), fill=(64, 66, 70))


def _hatching(pen: Pen, _: Random) -> None:
    for step in range(12):  # from the near edge to the far one, both as wide as the road is there
        pen.line((-115 + 119 * step, 1560, 184 + 69 * (step + 1), 1080), fill=HATCH, width=18)
    pen.line((184, 1080, 1016, 1080), fill=HATCH, width=14)


def _cars(pen: Pen, chance: Random) -> None:
    for left in (140, 660):
        colour = chance.choice(BAGS)
        pen.rounded_rectangle((left, 1010, left + 430, 1190), 30, fill=colour)
        pen.polygon([(left + 80, 1010), (left + 140, 900), (left + 310, 900), (left + 370, 1010)], fill=(70, 84, 98))
        for wheel in (left + 60, left + 290):
            pen.ellipse((wheel, 1140, wheel + 90, 1230), fill=(26, 26, 28))


def _blocks(pen: Pen, _: Random) -> None:
    for left in range(90, 1100, 210):
        pen.polygon([(left, 1400), (left + 30, 1290), (left + 120, 1290), (left + 150, 1400)], fill=(178, 176, 170))


def _tape(pen: Pen, _: Random) -> None:
    for step, left in enumerate(range(40, 1160, 56)):
        pen.rectangle((left, 1250, left + 56, 1276), fill=LINE if step % 2 else (206, 44, 40))
    for post in (40, 590, 1140):
        pen.rectangle((post, 1230, post + 14, 1420), fill=(206, 44, 40))


def _grained(image: Image.Image, chance: Random) -> Image.Image:
    """A little blur and grain, as a small sensor gives."""
    grain = Image.frombytes("L", (WIDTH // 4, HEIGHT // 4), chance.randbytes(WIDTH * HEIGHT // 16)).resize(image.size)
    return Image.blend(image.filter(ImageFilter.GaussianBlur(1.2)), grain.convert("RGB"), 0.06)
