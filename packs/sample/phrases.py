"""What people of the sample write in subject lines, in the language of the company they write about."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

Phrases = Mapping[str, tuple[str, ...]]

CALLS: Phrases = MappingProxyType(
    {
        "en": (
            "Call about the next delivery",
            "Asked how the machine runs",
            "Talked over the new price list",
        ),
        "ru": ("Звонок о следующей поставке", "Как работает кофемашина", "Обсудили новый прейскурант"),
        "fa": ("تماس دربارهٔ تحویل بعدی", "پرسش از کارکرد دستگاه", "گفت‌وگو دربارهٔ فهرست قیمت تازه"),
    }
)
LETTERS: Phrases = MappingProxyType(
    {
        "en": (
            "Offer for the coming quarter",
            "Answer to your question",
            "Delivery dates",
            "Samples are on their way",
        ),
        "ru": ("Предложение на квартал", "Ответ на ваш вопрос", "Сроки поставки", "Образцы в пути"),
        "fa": ("پیشنهاد برای فصل آینده", "پاسخ به پرسش شما", "زمان‌های تحویل", "نمونه‌ها در راه است"),
    }
)
MEETINGS: Phrases = MappingProxyType(
    {
        "en": ("Tasting in our rooms", "Quarterly review", "Visit to the kitchen", "Contract talks"),
        "ru": ("Дегустация у нас", "Итоги квартала", "Визит на кухню", "Переговоры о договоре"),
        "fa": ("نشست چشایی در دفتر ما", "مرور فصل", "بازدید از آشپزخانه", "گفت‌وگوی قرارداد"),
    }
)
UNANSWERED: Phrases = MappingProxyType(
    {
        "en": ("We have not heard from you", "Tried to reach them again", "Is everything all right?"),
        "ru": ("Давно не слышали от вас", "Снова не дозвонились", "Всё ли в порядке?"),
        "fa": ("مدتی است از شما خبری نداریم", "تلاش دوباره برای تماس", "آیا همه چیز روبه‌راه است؟"),
    }
)
CASES: Phrases = MappingProxyType(
    {
        "en": (
            "Parcel arrived late",
            "Wrong grind delivered",
            "Machine leaks",
            "Invoice is not right",
            "How to descale",
        ),
        "ru": (
            "Посылка опоздала",
            "Прислали не тот помол",
            "Кофемашина течёт",
            "Ошибка в счёте",
            "Как чистить от накипи",
        ),
        "fa": (
            "مرسوله دیر رسید",
            "آسیاب نادرست فرستاده شد",
            "دستگاه نشتی دارد",
            "صورت‌حساب درست نیست",
            "روش جرم‌گیری",
        ),
    }
)
TASKS: Phrases = MappingProxyType(
    {
        "en": (
            "Send an offer",
            "Call back",
            "Prepare the contract",
            "Arrange a tasting",
            "Check the payment",
        ),
        "ru": (
            "Отправить предложение",
            "Перезвонить",
            "Подготовить договор",
            "Устроить дегустацию",
            "Проверить оплату",
        ),
        "fa": ("فرستادن پیشنهاد", "تماس دوباره", "آماده‌سازی قرارداد", "برگزاری نشست چشایی", "بررسی پرداخت"),
    }
)
CAMPAIGNS: Phrases = MappingProxyType(
    {
        "en": ("Winter warmers", "Spring tasting", "Summer cold brew", "Harvest fair", "New machines"),
        "ru": (
            "Зимнее тепло",
            "Весенняя дегустация",
            "Летний холодный кофе",
            "Осенняя ярмарка",
            "Новые кофемашины",
        ),
        "fa": ("گرمای زمستان", "جشن نوروز", "قهوهٔ سرد تابستان", "جشنوارهٔ مهرگان", "دستگاه‌های تازه"),
    }
)
