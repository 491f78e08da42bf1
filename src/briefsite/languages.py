"""Languages: which one a text in Han characters is written in, and what others call them."""

import re

_SIMPLIFIED = frozenset(
    "们这国来为会个时说对学发经动进种现开关问长实业产电话应无战没员选义书东习买从众优传体党军农则"
    "创办务劳势区医华单历压县参双变号听响团围图场处备头宪导将层岁岛师带广张录当态总执报担据数断显"
    "术权条构标样检气汉济测满点热爱独环监确离积称签简类红约级纪组细织终结给统继续维网联胜艺节获见"
    "观规视觉计认让议讯记讲许论设访证评识诉该语请读调谈质财责败资赛转轮较输边达过运还连远违适释针"
    "钱铁银门间队阳际陆陈险难页项预领题风飞马验龙"
)
_TRADITIONAL = frozenset(
    "們這國來為會個時說對學發經動進種現開關問長實業產電話應無戰沒員選義書東習買從眾優傳體黨軍農則"
    "創辦務勞勢區醫華單歷壓縣參雙變號聽響團圍圖場處備頭憲導將層歲島師帶廣張錄當態總執報擔據數斷顯"
    "術權條構標樣檢氣漢濟測滿點熱愛獨環監確離積稱簽簡類紅約級紀組細織終結給統繼續維網聯勝藝節獲見"
    "觀規視覺計認讓議訊記講許論設訪證評識訴該語請讀調談質財責敗資賽轉輪較輸邊達過運還連遠違適釋針"
    "錢鐵銀門間隊陽際陸陳險難頁項預領題風飛馬驗龍"
)
"""Characters of one script that do not occur in the other."""
_KANA = re.compile("[\u3041-\u30ff]")
_SCRIPTS = {"tw": "zh-Hant", "hk": "zh-Hant", "mo": "zh-Hant", "cn": "zh-Hans", "sg": "zh-Hans"}
_REGIONS = {
    "ar": "SA", "cs": "CZ", "da": "DK", "de": "DE", "el": "GR", "en": "US", "es": "ES",
    "et": "EE", "fa": "IR", "fi": "FI", "fr": "FR", "he": "IL", "hu": "HU", "id": "ID",
    "it": "IT", "ja": "JP", "ko": "KR", "nl": "NL", "no": "NO", "pl": "PL", "pt": "PT",
    "ro": "RO", "ru": "RU", "sv": "SE", "th": "TH", "tr": "TR", "uk": "UA", "vi": "VN",
    "zh": "CN", "zh-hans": "CN", "zh-hant": "TW",
}  # fmt: skip
"""The country that stands for a language which names none."""
_NAMES = {
    "ar": "العربية", "de": "Deutsch", "en": "English", "es": "Español", "fr": "Français",
    "it": "Italiano", "ja": "日本語", "ko": "한국어", "nl": "Nederlands", "pl": "Polski",
    "pt": "Português", "ru": "Русский", "tr": "Türkçe", "uk": "Українська", "zh": "中文",
    "zh-Hans": "简体中文", "zh-Hant": "繁體中文",
}  # fmt: skip
"""What languages are called by those who read them."""
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
SAMPLE = 4000
"""Characters that are enough to tell a script by."""


def of_han(text: str, site: str) -> str:
    """Return the language of a text that consists mostly of Han characters or kana: the site's
    own tag where that fits, else `zh-Hans`, `zh-Hant`, `zh` where the two cannot be told apart,
    or `ja` (publishing.md A9)."""
    sample = text[:SAMPLE]
    if 10 * len(_KANA.findall(sample)) > len(sample):
        found = "ja"
    else:
        used = set(sample)
        more = len(used & _TRADITIONAL) - len(used & _SIMPLIFIED)
        found = "zh-Hant" if more > 0 else "zh-Hans" if more else "zh"
    region = script_of(site)
    return site if site.lower().startswith(found.lower()) or region == found else found


def script_of(lang: str) -> str:
    """Return the tag with the script in which a country writes Chinese, `zh-Hant` for `zh-TW`;
    empty for all else."""
    own = lang.lower()
    return _SCRIPTS.get(own.rpartition("-")[2], "") if own.startswith("zh-") else ""


def is_tag(text: str) -> bool:
    """Return whether `text` has the form of a language's tag (BCP 47): `en-GB`, not `english`."""
    return _TAG.fullmatch(text) is not None


def own_name(lang: str) -> str:
    """Return what a language calls itself, `Deutsch` for `de-AT`; the tag where that is unknown."""
    parts = lang.split("-")
    tags = (lang, "-".join(parts[:2]), parts[0])
    return next((_NAMES[tag] for tag in tags if tag in _NAMES), lang)


def by_characters(lang: str) -> bool:
    """Return whether texts in this language are measured in characters, not in words."""
    return lang.partition("-")[0].lower() in ("zh", "ja", "yue")


def locale(lang: str) -> str:
    """Return what Open Graph calls a language, `en_GB` for `en-GB`; empty where no country is
    known for it."""
    parts = lang.split("-")
    if len(parts) > 1 and len(parts[-1]) == 2:
        return f"{parts[0].lower()}_{parts[-1].upper()}"
    region = _REGIONS.get("-".join(parts[:2]).lower(), "")
    return f"{parts[0].lower()}_{region}" if region else ""
