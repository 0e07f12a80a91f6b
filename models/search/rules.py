"""The table of folding: what each letter becomes, so that one way of writing finds the others.

Before this table every character is casefolded and taken apart (NFKD), and its accents are dropped: `É` is `e`, `ё` is
`е`, `آ` is `ا`. Its right side holds only letters that fold to themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType


def _pairs(text: str) -> dict[str, str]:
    return {letter: into for letter, _, into in (entry.partition("=") for entry in text.split())}


# Latin letters that NFKD leaves whole
LATIN = _pairs("æ=ae œ=oe ø=o ł=l đ=d ð=d þ=th ħ=h ı=i ŋ=n ĸ=k ŧ=t ƒ=f ə=e ß=ss")

# Cyrillic letters as English passports write them; the hard and the soft sign are dropped
CYRILLIC = _pairs(
    "а=a б=b в=v г=g д=d е=e ж=zh з=z и=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh щ=shch "
    "ъ= ы=y ь= э=e ю=yu я=ya "
    "і=i є=ye ґ=g ј=j љ=lj њ=nj ћ=c ђ=dj џ=dz ѕ=dz ә=a ғ=g қ=k ң=n ө=o ұ=u ү=u һ=h ҳ=h ҷ=j"
)

# Arabic and Persian ways to write one letter; what joins letters without being one is dropped
PERSIAN = _pairs("ك=ک ڪ=ک ي=ی ى=ی ې=ی ے=ی ة=ه ۀ=ه ە=ه ھ=ه ہ=ه ٱ=ا ـ=")

# apostrophes belong to the word they stand in: O'Brien is obrien
DROPPED = dict.fromkeys("'’ʼʻʹ`´‘\u00ad\u200b\u200d\u2060\ufeff", "")

LETTERS: Mapping[str, str] = MappingProxyType({**LATIN, **CYRILLIC, **PERSIAN, **DROPPED})

# Spellings of one sound, in this order, on folded Latin: what transliterations of one name have in common.
# Чайковский is chaikovskii; Tchaikovsky, Tschaikowski, Čajkovskij: all are caikovski.
SOUNDS: tuple[tuple[str, str], ...] = (
    ("schtsch", "s"), ("szcz", "s"), ("shch", "s"), ("tsch", "c"), ("tch", "c"), ("sch", "s"), ("sh", "s"), ("ch", "c"),
    ("zh", "z"), ("kh", "h"), ("ts", "c"), ("tz", "c"), ("sz", "s"), ("cz", "c"), ("ph", "f"), ("th", "t"), ("x", "ks"),
    ("ck", "k"), ("q", "k"), ("w", "v"), ("y", "i"), ("j", "i"), ("ie", "e"), ("ae", "a"), ("oe", "o"), ("ue", "u"),
)  # fmt: skip

# Persian: what stands before or behind a word, joined to it, after a half-space, or after a space
BEFORE = ("نمی", "می")
BEHIND = ("هایی", "های", "ها", "ترین", "تر")
