"""Cuts the project's fonts out of the two families that npm brings (see README.md beside this file).

Run from the repository's root, with fontTools and brotli installed: python app/fonts/make.py
"""
import copy
import os

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphCoordinates
from fontTools.varLib import instancer
from fontTools.varLib.iup import iup_delta

SOURCE = 'node_modules/@fontsource-variable/'
BRICOLAGE = SOURCE + 'bricolage-grotesque/files/bricolage-grotesque-%s-standard-normal.woff2'
ATKINSON = SOURCE + 'atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-%s-wght-%s.woff2'
OUT = 'app/fonts/'
LATIN = [*range(0x20, 0x7F), *range(0xA0, 0x100), 0x152, 0x153, 0x178, 0x2010, 0x2013, 0x2014, 0x2018, 0x2019, 0x201A,
         0x201C, 0x201D, 0x201E, 0x2022, 0x2026, 0x2039, 0x203A, 0x20AC, 0x2122, 0x2190, 0x2191, 0x2192, 0x2193, 0x2212]


def save(font, name, unicodes, features, flavor='woff2'):
    options = subset.Options()
    options.layout_features = features
    options.hinting = False
    options.notdef_outline = True
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=unicodes)
    subsetter.subset(font)
    font.flavor = flavor
    font.save(OUT + name)
    print(name, os.path.getsize(OUT + name))


def display():
    """Headings and numerals need the weight axis alone: one size (opsz) and one width are chosen for good."""
    for part in ('latin', 'latin-ext'):
        font = instancer.instantiateVariableFont(TTFont(BRICOLAGE % part), {'opsz': 96, 'wdth': 88, 'wght': (500, 800)})
        unicodes = LATIN if part == 'latin' else sorted(font.getBestCmap())
        save(font, f'bricolage-display-{part}.woff2', unicodes, ['ccmp', 'locl', 'kern', 'mark', 'tnum', 'pnum'])


def share_image():
    """Pictures are drawn by a program that reads no woff2 and no axes: one weight for the title, one for the rest."""
    for name, axes in (('title', {'opsz': 96, 'wdth': 88, 'wght': 800}), ('small', {'opsz': 24, 'wdth': 100, 'wght': 600})):
        for part in ('latin', 'latin-ext'):
            font = instancer.instantiateVariableFont(TTFont(BRICOLAGE % part), dict(axes))
            unicodes = LATIN if part == 'latin' else sorted(font.getBestCmap())
            save(font, f'share-{name}-{part}.woff', unicodes, ['kern'], 'woff')


def open_zero():
    """Atkinson's zero carries a slash and no alternate. Here its counter is drawn whole again, at every weight."""
    font = TTFont(ATKINSON % ('latin', 'normal'))
    glyph, variations = font['glyf']['zero'], font['gvar'].variations['zero']
    points, flags, ends = list(glyph.coordinates), list(glyph.flags), list(glyph.endPtsOfContours)
    outer = range(0, ends[0] + 1)
    left = next(i for i in outer if points[i] == (60, 335))
    right = next(i for i in outer if points[i] == (588, 335))
    low = next(i for i in outer if points[i] == (324, -12))
    high = next(i for i in outer if points[i] == (324, 682))
    counter = range(ends[0] + 1, ends[1] + 1)
    # the quarter of the counter that the slash does not touch, from its foot to its left side
    quarter = [next(i for i in counter if points[i] == p) for p in [(324, 62), (265, 62), (188, 126), (151, 248), (151, 335)]]
    foot_to_left = [(i, False, False) for i in quarter]
    left_to_head = [(i, False, True) for i in reversed(quarter[:-1])]
    head_to_right = [(i, True, True) for i in quarter[1:]]
    right_to_foot = [(i, True, False) for i in reversed(quarter[1:-1])]
    # a counter runs the other way round than its outline, or it would be filled
    plan = list(reversed(foot_to_left + left_to_head + head_to_right + right_to_foot))

    def drawn(values):
        def mirrored(index, turn_x, turn_y):
            x, y = values[index]
            if turn_x:
                x = values[left][0] + values[right][0] - x
            if turn_y:
                y = values[low][1] + values[high][1] - y
            return x, y
        return [values[i] for i in outer] + [mirrored(*p) for p in plan]

    for variation in variations:
        deltas = variation.coordinates
        if None in deltas:
            deltas = iup_delta(deltas, points + [(0, 0)] * 4, [*ends, *range(len(points), len(points) + 4)])
        whole = [d if d is not None else (0, 0) for d in deltas]
        variation.coordinates = [(round(x), round(y)) for x, y in drawn(whole)] + whole[-4:]
    redrawn = Glyph()
    redrawn.numberOfContours = 2
    shape = drawn(points)
    redrawn.coordinates = GlyphCoordinates([(round(x), round(y)) for x, y in shape])
    redrawn.flags = copy.copy(glyph.flags[:0])
    for flag in [flags[i] for i in outer] + [flags[p[0]] for p in plan]:
        redrawn.flags.append(flag)
    redrawn.endPtsOfContours = [outer[-1], len(shape) - 1]
    redrawn.program = glyph.program
    font['glyf']['zero'] = redrawn
    save(font, 'zero-latin.woff2', [0x30], ['tnum', 'pnum'])


display()
share_image()
open_zero()
