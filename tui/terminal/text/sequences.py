"""Which invisible characters belong to an ordinary sequence: of emoji and their skin, flags, variants, joined letters.

Each is allowed only where it has an effect that Unicode knows, at most one behind a letter: everywhere else it could be
text that a stranger hides.
"""

import re
import unicodedata
from functools import cache

from tui.terminal.text.combining import characters
from tui.terminal.text.variants import is_registered

JOINERS = "\u200c\u200d"
VARIATIONS = "\u180b-\u180d\u180f\ufe00-\ufe0f"
MODIFIERS = "\U0001f3fb-\U0001f3ff"
"""Tones of skin; where they stand alone, the measure of width is none, and nothing would be seen of them."""
TAGS = "\U000e0000-\U000e0fff"
"""The tag characters and the variation selectors 17 to 256; the rest of the block is reserved for the like."""

_JOINER = "\u200d"
_VIRAMA = 9
"""The combining class of what silences a vowel, and joins two letters or not as the joiner behind it says."""
_MOST_MARKS = 6
"""Marks between a letter and its joiner are looked through so far."""

BESIDE = _MOST_MARKS + 2
"""Characters before and behind one that can say whether it is allowed."""

_EMOJI = re.compile(
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u24c2\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff"
    "\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
)
_FLAGS = tuple(
    "".join(chr(0xE0000 + ord(letter)) for letter in name) + "\U000e007f" for name in ("gbeng", "gbsct", "gbwls")
)
"""What follows a black flag in those of England, Scotland and Wales; in all others it could be any hidden text."""

_TWO_SIDES = """
0620 0626 0628 062a-062e 0633-063f 0641-0647 0649-064a 066e-066f 0678-0687 069a-06bf 06c1-06c2 06cc 06ce 06d0-06d1
06fa-06fc 06ff 0712-0714 071a-071d 071f-0727 0729 072b 072d-072e 074e-0758 075c-076a 076d-0770 0772 0775-0777
077a-077f 07ca-07ea 0841-0845 0848 084a-0853 0855 0860 0862-0865 0868 0886 0889-088d 08a0-08a9 08af-08b0 08b3-08b8
08ba-08c8 1807 1820-1878 1887-18a8 18aa a840-a872 10ac0-10ac4 10ad3-10ad6 10ad8-10adc 10ade-10ae0 10aeb-10aee 10b80
10b82 10b86-10b88 10b8a-10b8b 10b8d 10b90 10bad-10bae 10d01-10d21 10d23 10f30-10f32 10f34-10f44 10f51-10f53
10f70-10f73 10f76-10f81 10fb0 10fb2-10fb3 10fb8 10fbb-10fbc 10fbe-10fbf 10fc1 10fc4 10fca 1e900-1e943
"""
"""Letters that join the one behind them, as Unicode 15 has it (joining types D and L)."""
_ONE_SIDE = """
0622-0625 0627 0629 062f-0632 0648 0671-0673 0675-0677 0688-0699 06c0 06c3-06cb 06cd 06cf 06d2-06d3 06d5 06ee-06ef 0710
0715-0719 071e 0728 072a 072c 072f 074d 0759-075b 076b-076c 0771 0773-0774 0778-0779 0840 0846-0847 0849 0854 0856-0858
0867 0869-086a 0870-0882 088e 08aa-08ac 08ae 08b1-08b2 08b9 10ac5 10ac7 10ac9-10aca 10ace-10ad2 10add 10ae1 10ae4 10aef
10b81 10b83-10b85 10b89 10b8c 10b8e-10b8f 10b91 10ba9-10bac 10d22 10f33 10f54 10f74-10f75 10fb4-10fb6 10fb9-10fba 10fbd
10fc2-10fc3 10fc9
"""
"""Letters that join only the one before them (type R)."""

_PEOPLE = "👨👩🧑"
_ACTIVE = "⛹🏃🏄🏊🏋🏌👮👯👰👱👳👷💁💂💆💇🕵🙅🙆🙇🙋🙍🙎🚣🚴🚵🚶🤦🤵🤷🤸🤹🤼🤽🤾🦸🦹🧍🧎🧏🧔🧖🧗🧘🧙🧚🧛🧜🧝🧞🧟"
_JOINED = {
    "⚕⚖✈❤🌾🍳🍼🎓🎤🎨🏫🏭🐰💻💼🔧🔬🚀🚒🤝🦯🦰🦱🦲🦳🦼🦽🫯": _PEOPLE,
    "♀♂": _ACTIVE,
    "➡": "♀♂🏃🚶🦯🦼🦽🧎",
    "👦": "👦👧👨👩",
    "👧": "👧👨👩",
    "👨": "❤🐰👨💋🤝🫯",
    "👩": "❤🐰👨👩💋🤝🫯",
    "🧑": "❤🐰💋🤝🧑🫯",
    "🧒": "🧑🧒",
    "⚧🌈": "🏳",
    "☠": "🏴",
    "🎄🩰": "🧑",
    "↔↕": "🙂",
    "💋🩹": "❤",
    "🔥": "❤🐦",
    "⬛": "🐈🐦",
    "🗨": "👁",
    "🌫": "😶",
    "💥": "⛓",
    "🫲": "🫱",
    "❄": "🐻",
    "🦺": "🐕",
    "💫": "😵",
    "💨": "😮",
    "🟩": "🍋",
    "🟫": "🍄",
}
"""Which emoji are joined to which before them, in all sequences of Emoji 17."""


def allowed(text: str, position: int) -> int:
    """How many characters from here belong to an ordinary sequence; none when this one must be shown."""
    character = text[position]
    before = text[position - 1] if position else ""
    after = text[position + 1 : position + 2]
    if character in JOINERS:
        return int(_joins(text, position, character == _JOINER))
    if "\ufe00" <= character <= "\ufe0f" or "\u180b" <= character <= "\u180f" or character >= "\U000e0100":
        return int(is_registered(before, character, after))
    if "\U0001f3fb" <= character <= "\U0001f3ff":
        return int(_takes_modifier(text, position))
    if before == "\U0001f3f4":
        return next((len(flag) for flag in _FLAGS if text.startswith(flag, position)), 0)
    return 0


def _takes_modifier(text: str, position: int) -> bool:
    """Whether a tone of skin follows an emoji that has none yet."""
    base = text[max(0, position - 2) : position].removesuffix("\ufe0f")[-1:]
    return _EMOJI.match(base) is not None and not "\U0001f3fb" <= base <= "\U0001f3ff"


def _joins(text: str, position: int, is_joiner: bool) -> bool:
    """Whether a joiner has an effect: on emoji, behind a virama or before it, or on letters that are joined."""
    before, after = text[max(0, position - 1) : position], text[position + 1 : position + 2]
    if not before or before in JOINERS or (after and after in JOINERS):
        return False
    if unicodedata.combining(before) == _VIRAMA:
        return True
    if is_joiner and after and unicodedata.combining(after) == _VIRAMA:
        return before.isalpha()
    if is_joiner and _joins_emoji(text, position, after):
        return True
    left, right = _beside(text, position - 1, -1), _beside(text, position + 1, 1)
    two_sides, one_side = _letters()
    to_the_right = right in two_sides or right in one_side
    if is_joiner:
        return (left in two_sides) is not to_the_right and (to_the_right or left in two_sides)
    return to_the_right and (left in two_sides or left in one_side)


def _joins_emoji(text: str, position: int, after: str) -> bool:
    base = text[max(0, position - 3) : position].rstrip("\ufe0f🏻🏼🏽🏾🏿")[-1:]
    return base != "" and after != "" and base in _joined().get(after, "")


def _beside(text: str, position: int, step: int) -> str:
    """The next letter that is no mark, before or behind."""
    for _ in range(_MOST_MARKS):
        if not 0 <= position < len(text):
            return ""
        if unicodedata.category(text[position]) not in ("Mn", "Me"):
            return text[position]
        position += step
    return ""


@cache
def _letters() -> tuple[frozenset[str], frozenset[str]]:
    return characters(_TWO_SIDES), characters(_ONE_SIDE)


@cache
def _joined() -> dict[str, str]:
    return {second: first for seconds, first in _JOINED.items() for second in seconds}
