"""Which variation selectors may follow a character: those that Unicode registers, as standardised variants (15.0) or as
ideographic ones. Any other could be text that a stranger hides, a byte behind each letter.

Digits may take one only in a key cap, though Unicode has them elsewhere, too: nothing would be seen of it.
"""

import unicodedata
from functools import cache

from tui.terminal.text.combining import characters
from tui.terminal.text.ideographs import variants

_IDEOGRAPHIC, _LAST = "\U000e0100", "\U000e01ef"
_EMOJI_STYLES = "\ufe0e\ufe0f"
_KEY_CAP = "\u20e3"
_COMPATIBILITY = (range(0xF900, 0xFB00), range(0x2F800, 0x2FA20))


def is_registered(base: str, selector: str, after: str) -> bool:
    """Whether a selector may stand between these two characters, of which each may be missing."""
    if not base:
        return False
    if _IDEOGRAPHIC <= selector <= _LAST:
        return ord(selector) - ord(_IDEOGRAPHIC) < variants(base)
    if base in "0123456789#*":
        return selector == "\ufe0f" and after == _KEY_CAP
    return base in _standardised().get(selector, ()) or _is_compatible(base, selector)


@cache
def _standardised() -> dict[str, frozenset[str]]:
    """The characters that each selector may follow, without the ideographs."""
    tables = {selector: characters(table) for selector, table in _TABLES.items()}
    return {**tables, **dict.fromkeys(_EMOJI_STYLES, characters(_EMOJI))}


def _is_compatible(base: str, selector: str) -> bool:
    """Whether it stands for a compatibility ideograph, the first of its kind for the first selector and so on."""
    return "\ufe00" <= selector <= "\ufe02" and ord(selector) - 0xFE00 < _compatible().get(base, 0)


@cache
def _compatible() -> dict[str, int]:
    """How many compatibility ideographs there are of an ideograph."""
    found: dict[str, int] = {}
    for codes in _COMPATIBILITY:
        for code in codes:
            same = unicodedata.normalize("NFD", chr(code))
            if same != chr(code):
                found[same] = found.get(same, 0) + 1
    return found


_TABLES = {
    "\u180b": """
1820-1826 1828 182a 182c-182d 1830 1832-1833 1835-1836 1838 1844-1849 184d-184e 185d-185e 1860 1863 1868-1869 186f
1873-1874 1876 1880-1881 1887-1888 188a
""",
    "\u180c": """
1820 1825-1826 1828 182c-182d 1830 1836 1847 185e 1868 1873-1874 1887
""",
    "\u180d": """
1828 182c-182d 1873-1874 1887
""",
    "\ufe00": """
1000 1002 1004 1010-1011 1015 1019-101a 101c-101d 1022 1031 1075 1078 107a 1080 210b 2110 2112 211b 212c 2130-2131
2133 2205 2229-222a 2268-2269 2272-2273 228a-228b 2293-2295 2297 229c 22da-22db 2a3c-2a3d 2a9d-2a9e 2aac-2aad
2acb-2acc 3001-3002 a856 a85c a85e-a860 a868 aa60-aa66 aa6b-aa6c aa6f aa7a ff01 ff0c ff0e ff10 ff1a-ff1b ff1f
10ac5-10ac6 10ad6-10ad7 10ae1 13091-13092 1310f 1311c 13121 13127 13139 131a0 131b1 131b8-131b9 131cb 131f9-131fa
1327f 13285 1328c 132aa 132cb 132dc 132e7 13307 1331b 13322 1333b-1333c 13377-13378 13399-1339a 133d3 133f2
133f5-133f6 13403 13416 13419-1341a 13423 13443-13446 1d49c 1d49e-1d49f 1d4a2 1d4a5-1d4a6 1d4a9-1d4ac 1d4ae-1d4b5
""",
    "\ufe01": """
210b 2110 2112 211b 212c 2130-2131 2133 3001-3002 ff01 ff0c ff0e ff1a-ff1b ff1f 13093 130a9 13187 131b1 131ee
131f8-131fa 13257 1327f 132a4 13308 13312-13314 1331b 13321-13322 13331 13419 1d49c 1d49e-1d49f 1d4a2 1d4a5-1d4a6
1d4a9-1d4ac 1d4ae-1d4b5
""",
    "\ufe02": """
13117 13139 13183 131a0 131ba 131ee 13216 1327b 132a4 132e7 132e9 132f8 132fd 13302-13303 13310-13314 1331c 13321
13331 1334a 13361 13373 1337d 13385 133af-133b0 133bf 133dd 13419 1342c 1342e
""",
}

_EMOJI = """
00a9 00ae 203c 2049 2122 2139 2194-2199 21a9-21aa 231a-231b 2328 23cf 23e9-23ea 23ed-23ef 23f1-23f3 23f8-23fa 24c2
25aa-25ab 25b6 25c0 25fb-25fe 2600-2604 260e 2611 2614-2615 2618 261d 2620 2622-2623 2626 262a 262e-262f 2638-263a
2640 2642 2648-2653 265f-2660 2663 2665-2666 2668 267b 267e-267f 2692-2697 2699 269b-269c 26a0-26a1 26a7 26aa-26ab
26b0-26b1 26bd-26be 26c4-26c5 26c8 26cf 26d1 26d3-26d4 26e9-26ea 26f0-26f5 26f7-26fa 26fd 2702 2708-2709 270c-270d
270f 2712 2714 2716 271d 2721 2733-2734 2744 2747 2753 2757 2763-2764 27a1 2934-2935 2b05-2b07 2b1b-2b1c 2b50 2b55
3030 303d 3297 3299 1f004 1f170-1f171 1f17e-1f17f 1f202 1f21a 1f22f 1f237 1f30d-1f30f 1f315 1f31c 1f321 1f324-1f32c
1f336 1f378 1f37d 1f393 1f396-1f397 1f399-1f39b 1f39e-1f39f 1f3a7 1f3ac-1f3ae 1f3c2 1f3c4 1f3c6 1f3ca-1f3ce
1f3d4-1f3e0 1f3ed 1f3f3 1f3f5 1f3f7 1f408 1f415 1f41f 1f426 1f43f 1f441-1f442 1f446-1f449 1f44d-1f44e 1f453 1f46a
1f47d 1f4a3 1f4b0 1f4b3 1f4bb 1f4bf 1f4cb 1f4da 1f4df 1f4e4-1f4e6 1f4ea-1f4ed 1f4f7 1f4f9-1f4fb 1f4fd 1f508 1f50d
1f512-1f513 1f549-1f54a 1f550-1f567 1f56f-1f570 1f573-1f579 1f587 1f58a-1f58d 1f590 1f5a5 1f5a8 1f5b1-1f5b2 1f5bc
1f5c2-1f5c4 1f5d1-1f5d3 1f5dc-1f5de 1f5e1 1f5e3 1f5e8 1f5ef 1f5f3 1f5fa 1f610 1f687 1f68d 1f691 1f694 1f698 1f6ad
1f6b2 1f6b9-1f6ba 1f6bc 1f6cb 1f6cd-1f6cf 1f6e0-1f6e5 1f6e9 1f6f0 1f6f3
"""
"""What may be a picture or a sign of the text, as the selector says."""
