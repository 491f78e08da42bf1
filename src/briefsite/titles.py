"""What the program itself calls pages, changes and parts of articles, in the languages that the
theme speaks."""

from briefsite.languages import script_of

_ROWS = {
    "topics": ("Topics", "المواضيع", "主題", "主题"),
    "regions": ("Regions", "المناطق", "地區", "地区"),
    "tags": ("Tags", "الوسوم", "標籤", "标签"),
    "series": ("Series", "السلسلة", "系列", "系列"),
    "authors": ("Authors", "الكتّاب", "作者", "作者"),
    "archive": ("Archive", "الأرشيف", "年份", "年份"),
    "feeds": ("Feeds", "الخلاصات", "訂閱源", "订阅源"),
    "corrections": ("Corrections and updates", "التصويبات والتحديثات", "更正與更新", "更正与更新"),
    "404": ("Page not found", "الصفحة غير موجودة", "找不到網頁", "找不到网页"),
    "correction": ("Correction: {}", "تصويب: {}", "更正：{}", "更正：{}"),
    "clarification": ("Clarification: {}", "توضيح: {}", "說明：{}", "说明：{}"),
    "update": ("Update: {}", "تحديث: {}", "更新：{}", "更新：{}"),
    "retraction": ("Retraction: {}", "سحب: {}", "撤回：{}", "撤回：{}"),
    "editors-note": ("Editor’s note: {}", "ملاحظة المحرر: {}", "編者按：{}", "编者按：{}"),
    "retracted": ("RETRACTED: {}", "مسحوب: {}", "已撤回：{}", "已撤回：{}"),
    "table": ("Table", "جدول", "表格", "表格"),
    "back": (
        "Back to note {} in the text",
        "العودة إلى الملاحظة {} في النص",
        "返回正文中的註釋 {}",
        "返回正文中的注释 {}",
    ),
}
_WORDS = {
    lang: {name: words[at] for name, words in _ROWS.items()}
    for at, lang in enumerate(("en", "ar", "zh-Hant", "zh"))
}
"""Looked up as `partials/words.html` looks up the theme's words, which has the same languages."""


def title_in(lang: str, name: str) -> str:
    """Return the title of what is called `name`, with `{}` where it stands before another title
    or names a number; empty where there is none."""
    parts = lang.split("-")
    tags = (lang, "-".join(parts[:2]), script_of(lang), parts[0], "en")
    return next(_WORDS[tag] for tag in tags if tag in _WORDS).get(name, "")
