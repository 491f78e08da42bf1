"""What the program itself calls pages, changes and parts of articles, in the languages that the
theme speaks."""

from briefsite.languages import script_of

_WORDS = {
    "en": {
        "topics": "Topics",
        "regions": "Regions",
        "tags": "Tags",
        "series": "Series",
        "authors": "Authors",
        "archive": "Archive",
        "feeds": "Feeds",
        "corrections": "Corrections and updates",
        "404": "Page not found",
        "correction": "Correction: {}",
        "clarification": "Clarification: {}",
        "update": "Update: {}",
        "retraction": "Retraction: {}",
        "editors-note": "Editor’s note: {}",
        "retracted": "RETRACTED: {}",
        "table": "Table",
        "back": "Back to note {} in the text",
    },
    "ar": {
        "topics": "المواضيع",
        "regions": "المناطق",
        "tags": "الوسوم",
        "series": "السلسلة",
        "authors": "المؤلفون",
        "archive": "الأرشيف",
        "feeds": "الخلاصات",
        "corrections": "التصويبات والتحديثات",
        "404": "الصفحة غير موجودة",
        "correction": "تصويب: {}",
        "clarification": "توضيح: {}",
        "update": "تحديث: {}",
        "retraction": "سحب: {}",
        "editors-note": "ملاحظة المحرر: {}",
        "retracted": "مسحوب: {}",
    },
    "zh-Hant": {
        "topics": "主題",
        "regions": "地區",
        "tags": "標籤",
        "series": "系列",
        "authors": "作者",
        "archive": "年份",
        "feeds": "訂閱源",
        "corrections": "更正與更新",
        "404": "找不到網頁",
        "correction": "更正：{}",
        "clarification": "說明：{}",
        "update": "更新：{}",
        "retraction": "撤回：{}",
        "editors-note": "編者按：{}",
        "retracted": "已撤回：{}",
        "table": "表格",
        "back": "返回正文中的註釋 {}",
    },
    "zh": {
        "topics": "主题",
        "regions": "地区",
        "tags": "标签",
        "series": "系列",
        "authors": "作者",
        "archive": "年份",
        "feeds": "订阅源",
        "corrections": "更正与更新",
        "404": "找不到网页",
        "correction": "更正：{}",
        "clarification": "说明：{}",
        "update": "更新：{}",
        "retraction": "撤回：{}",
        "editors-note": "编者按：{}",
        "retracted": "已撤回：{}",
        "table": "表格",
        "back": "返回正文中的注释 {}",
    },
    "ar": {
        "topics": "المواضيع",
        "regions": "المناطق",
        "tags": "الوسوم",
        "series": "السلسلة",
        "authors": "الكتّاب",
        "archive": "الأرشيف",
        "feeds": "الخلاصات",
        "corrections": "التصويبات والتحديثات",
        "404": "الصفحة غير موجودة",
        "correction": "تصويب: {}",
        "clarification": "توضيح: {}",
        "update": "تحديث: {}",
        "retraction": "سحب: {}",
        "editors-note": "ملاحظة المحرر: {}",
        "retracted": "مسحوب: {}",
        "table": "جدول",
        "back": "العودة إلى الملاحظة {} في النص",
    },
}
"""Looked up as `partials/words.html` looks up the theme's words, which has the same languages."""


def title_in(lang: str, name: str) -> str:
    """Return the title of what is called `name`, with `{}` where it stands before another title
    or names a number; empty where there is none."""
    parts = lang.split("-")
    tags = (lang, "-".join(parts[:2]), script_of(lang), parts[0], "en")
    return next(_WORDS[tag] for tag in tags if tag in _WORDS).get(name, "")
