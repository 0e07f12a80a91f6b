"""The sentences of reasons by code and language; names in braces are facts of the reason, `:%` shows a share in percent."""

from __future__ import annotations

from collections.abc import Mapping


def _texts(en: str, ru: str, fa: str) -> Mapping[str, str]:
    return {"en": en, "ru": ru, "fa": fa}


# what churn is learned from, by name; `#` stands for a number of days, which fills `{days}`, and `{signal}` for a signal's name
FEATURES: Mapping[str, Mapping[str, str]] = {
    "silent_days": _texts("Days of silence", "Дней без контакта", "روزهای بدون تماس"),
    "usual_gap_days": _texts("Usual pause in days", "Обычная пауза в днях", "مکث معمول به روز"),
    "multiple": _texts("Silence in usual pauses", "Молчание в обычных паузах", "سکوت به شمار مکث‌های معمول"),
    "known_days": _texts("Days known", "Дней знакомства", "روزهای آشنایی"),
    "count_#": _texts("Events in {days} days", "Событий за {days} дн.", "رویدادها در {days} روز"),
    "value_#": _texts("Value of {days} days", "Сумма за {days} дн.", "ارزش {days} روز"),
    # of segments
    "silentDays": _texts("Days of silence", "Дней без контакта", "روزهای بدون تماس"),
    "worth": _texts("Value of a year", "Сумма за год", "ارزش یک سال"),
    "trend": _texts(
        "Trend of 90 days, above 0 is more than before",
        "Тренд за 90 дн., выше 0 — больше прежнего",
        "روند ۹۰ روز، بالای ۰ یعنی بیش از پیش",
    ),
    "against_share": _texts(
        "Share of bad events in a year", "Доля плохих событий за год", "سهم رویدادهای بد در یک سال"
    ),
    "theirs_share": _texts(
        "Share that came from them in a year", "Доля их обращений за год", "سهم آنچه در یک سال از آنان آمد"
    ),
    "kinds": _texts("Kinds of events in a year", "Видов событий за год", "گونه‌های رویداد در یک سال"),
    "signal_#": _texts("{signal} in {days} days", "{signal} за {days} дн.", "{signal} در {days} روز"),
}

# what a segment is called that nothing sets apart
ALIKE = _texts("Nothing sets them apart", "Ничем не выделяются", "چیزی جدایشان نمی‌کند")

TEXTS: Mapping[str, Mapping[str, str]] = {
    "rest": _texts(
        "{count} smaller reasons together",
        "Ещё {count} менее значимых причин вместе",
        "{count} دلیل کوچک‌تر روی هم",
    ),
    # churn
    "rhythm": _texts(
        "The usual pause of {usual_gap_days} days",
        "Обычная пауза в {usual_gap_days} дн.",
        "مکث معمول {usual_gap_days} روزه",
    ),
    "silence": _texts("Silent for {silent_days} days", "Нет контакта {silent_days} дн.", "{silent_days} روز بدون تماس"),
    "unknown": _texts(
        "Nothing is known of its contacts", "О контактах ничего не известно", "از تماس‌هایش چیزی دانسته نیست"
    ),
    "own": _texts("Its own risk of {risk:%}", "Собственный риск {risk:%}", "خطر خودش {risk:%}"),
    "received": _texts(
        "Comes from a related record at {risk:%} risk",
        "Приходит от связанной записи с риском {risk:%}",
        "از رکورد مرتبطی با خطر {risk:%} می‌آید",
    ),
    "left": _texts("It has left", "Уже ушёл", "رفته است"),
    "typical": _texts("The risk of a typical record", "Риск типичной записи", "خطر یک رکورد معمول"),
    "behaviour": _texts(
        "{name}: {value}, typically {typical}", "{name}: {value}, обычно {typical}", "{name}: {value}، معمولاً {typical}"
    ),
    "field": _texts(
        "{name} is {value}, typically {typical}",
        "{name}: {value}, обычно {typical}",
        "{name}: {value}، معمولاً {typical}",
    ),
    "risk_path": _texts(
        "A way along which a risk of {risk:%} comes",
        "Путь, по которому приходит риск {risk:%}",
        "راهی که خطر {risk:%} از آن می‌آید",
    ),
    "if_answers": _texts(
        "If this contact answered today, the risk would be {after:%} instead of {before:%}",
        "Если этот контакт ответит сегодня, риск будет {after:%} вместо {before:%}",
        "اگر این مخاطب امروز پاسخ دهد، خطر به جای {before:%} به {after:%} می‌رسد",
    ),
    "if_returns": _texts(
        "If it came back today, the risk would be {after:%} instead of {before:%}",
        "Если он вернётся сегодня, риск будет {after:%} вместо {before:%}",
        "اگر امروز بازگردد، خطر به جای {before:%} به {after:%} می‌رسد",
    ),
    "if_put_right": _texts(
        "If the risk of {risk:%} there were an ordinary one, this risk would be {after:%} instead of {before:%}",
        "Если бы там вместо риска {risk:%} был обычный, этот риск был бы {after:%} вместо {before:%}",
        "اگر خطر {risk:%} آنجا عادی بود، این خطر به جای {before:%} به {after:%} می‌رسید",
    ),
    # rotation
    "own_rhythm": _texts(
        "{multiple} times its usual gap of {usual_gap_days} days",
        "В {multiple} раза дольше обычной паузы в {usual_gap_days} дн.",
        "{multiple} برابر فاصلهٔ معمول {usual_gap_days} روزه",
    ),
    # recency, frequency, value
    "recency": _texts(
        "{days} days since the last business: {fifth} of 5",
        "{days} дн. с последней сделки: {fifth} из 5",
        "{days} روز از آخرین معامله: {fifth} از ۵",
    ),
    "frequency": _texts("{times} times: {fifth} of 5", "{times} раз: {fifth} из 5", "{times} بار: {fifth} از ۵"),
    "value": _texts(
        "Worth {value} {currency}: {fifth} of 5",
        "На {value} {currency}: {fifth} из 5",
        "به ارزش {value} {currency}: {fifth} از ۵",
    ),
    # purchase and lifetime value
    "alive_of_all": _texts("The mean of {subjects}", "Среднее по {subjects}", "میانگین {subjects} مورد"),
    "alive_own_history": _texts(
        "Came back {frequency} times, last {silent_days} days ago",
        "Возвращался {frequency} раз, последний {silent_days} дн. назад",
        "{frequency} بار بازگشته، آخرین بار {silent_days} روز پیش",
    ),
    "purchases_of_all": _texts(
        "What all buy in {days} days on average",
        "Сколько в среднем покупают все за {days} дн.",
        "میانگین خرید همه در {days} روز",
    ),
    "purchases_alive": _texts(
        "Still buys with a probability of {alive:%}",
        "Ещё покупает с вероятностью {alive:%}",
        "به احتمال {alive:%} هنوز می‌خرد",
    ),
    "purchases_pace": _texts(
        "Came back {frequency} times: {if_alive} purchases expected of it if it still buys",
        "Возвращался {frequency} раз: ожидается покупок {if_alive}, если ещё покупает",
        "{frequency} بار بازگشته: اگر هنوز بخرد {if_alive} خرید از آن انتظار می‌رود",
    ),
    "return_after_contact": _texts(
        "How many come back within {days} days of a contact, by {silences} silences",
        "Сколько возвращается за {days} дн. после контакта, по {silences} паузам",
        "چه سهمی تا {days} روز پس از تماس بازمی‌گردند، از {silences} سکوت",
    ),
    "return_after_silence": _texts(
        "Silent for {silent_days} days: {lasts:%} of silences last as long",
        "Молчит {silent_days} дн.: столько длятся {lasts:%} пауз",
        "{silent_days} روز سکوت: {lasts:%} سکوت‌ها این اندازه می‌کشند",
    ),
    "lifetime_of_all": _texts(
        "The value of the mean of {subjects}", "Ценность среднего из {subjects}", "ارزش میانگین {subjects} مورد"
    ),
    "lifetime_alive": _texts(
        "Still buys with a probability of {alive:%}",
        "Ещё покупает с вероятностью {alive:%}",
        "به احتمال {alive:%} هنوز می‌خرد",
    ),
    "lifetime_pace": _texts(
        "{purchases} purchases expected, {of_all} of the mean one",
        "Ожидается {purchases} покупок, в среднем {of_all}",
        "{purchases} خرید مورد انتظار، میانگین {of_all}",
    ),
    "lifetime_spend": _texts(
        "{average} a purchase, {of_all} of the mean one",
        "{average} за покупку, в среднем {of_all}",
        "{average} در هر خرید، میانگین {of_all}",
    ),
    # influence and communities
    "base": _texts("What every record is given", "Доля, которую получает каждая запись", "سهمی که به هر رکورد می‌رسد"),
    "from_link": _texts(
        "Given by a linked record: {share:%} of the score",
        "Даёт связанная запись: {share:%} оценки",
        "از رکوردی پیوسته: {share:%} امتیاز",
    ),
    "chance": _texts("What chance would put there", "Что дала бы случайность", "آنچه از تصادف برمی‌آید"),
    "link_inside": _texts("A link inside the group", "Связь внутри группы", "پیوندی درون گروه"),
    # strength
    "act": _texts("{signal}, {days} days ago", "{signal}, {days} дн. назад", "{signal}، {days} روز پیش"),
    "acts": _texts("{count} more events", "Ещё {count} событий", "{count} رویداد دیگر"),
    "one_way": _texts("Contact goes one way", "Контакт в одну сторону", "تماس یک‌سویه است"),
    "shallow": _texts("Contact is shallow", "Контакт поверхностный", "تماس سطحی است"),
    "role": _texts("The role of the link", "Роль связи", "نقش پیوند"),
    "relationship": _texts(
        "{warmth}: {acts} events together", "{warmth}: общих событий {acts}", "{warmth}: {acts} رویداد مشترک"
    ),
    # ways and introductions
    "link": _texts(
        "A link on the way, weighing {weight}", "Связь на пути, вес {weight}", "پیوندی در راه، به وزن {weight}"
    ),
    "weakest_link": _texts(
        "The weakest link on the way, weighing {weight}",
        "Самая слабая связь на пути, вес {weight}",
        "سست‌ترین پیوند راه، به وزن {weight}",
    ),
    "acquaintance": _texts(
        "They know each other: a strength of {strength:%}",
        "Они знакомы: крепость {strength:%}",
        "یکدیگر را می‌شناسند: استواری {strength:%}",
    ),
    # segments and recommendations
    "nearer_in": _texts("{field}: {value}", "{field}: {value}", "{field}: {value}"),
    "only_segment": _texts("There is one segment only", "Сегмент только один", "تنها یک بخش هست"),
    "taken_together": _texts(
        "{together} of {takers} who took the same took this too, {lift} times what chance gives",
        "{together} из {takers} взявших то же взяли и это, в {lift} раза чаще случайного",
        "{together} از {takers} نفری که همان را گرفتند این را هم گرفتند، {lift} برابر تصادف",
    ),
    "offer": _texts("May be offered next", "Можно предложить следующим", "می‌توان بعدی پیشنهاد داد"),
    "prefers": _texts(
        "{own:%} of what it takes, against {everyone:%} of everybody's",
        "{own:%} взятого, у всех — {everyone:%}",
        "{own:%} از آنچه می‌گیرد، در برابر {everyone:%} نزد همه",
    ),
    "avoids": _texts(
        "Only {own:%} of what it takes, against {everyone:%} of everybody's",
        "Лишь {own:%} взятого, у всех — {everyone:%}",
        "تنها {own:%} از آنچه می‌گیرد، در برابر {everyone:%} نزد همه",
    ),
    "more_of": _texts(
        "{field}: {inside}, usually {everyone}",
        "{field}: {inside}, обычно {everyone}",
        "{field}: {inside}، معمول {everyone}",
    ),
    "less_of": _texts(
        "{field}: only {inside}, usually {everyone}",
        "{field}: лишь {inside}, обычно {everyone}",
        "{field}: تنها {inside}، معمول {everyone}",
    ),
    "often": _texts(
        "{field} is {choice} for {inside:%}, {lift} times as often as for all",
        "{field} — {choice} у {inside:%}, в {lift} раза чаще обычного",
        "{field} برای {inside:%} {choice} است، {lift} برابر همه",
    ),
    "seldom": _texts(
        "{field} is {choice} for only {inside:%}, against {everyone:%} of all",
        "{field} — {choice} лишь у {inside:%}, у всех {everyone:%}",
        "{field} تنها برای {inside:%} {choice} است، در برابر {everyone:%} همه",
    ),
    # look-alikes and missing links
    "shares_neighbour": _texts(
        "Linked to the same record, which has {linked} links",
        "Связана с той же записью, у которой связей {linked}",
        "پیوسته به همان رکورد، که {linked} پیوند دارد",
    ),
    "alike_in": _texts("{field}: {value}", "{field}: {value}", "{field}: {value}"),
    "shared_neighbour": _texts(
        "Both are linked to a record with {links} links",
        "Обе связаны с записью, у которой связей {links}",
        "هر دو به رکوردی با {links} پیوند پیوسته‌اند",
    ),
    "reached_through": _texts(
        "{part:%} of the ways to it lead through a linked record",
        "{part:%} путей к ней ведут через связанную запись",
        "{part:%} راه‌ها به آن از رکوردی پیوسته می‌گذرند",
    ),
    # health
    "health.full": _texts("Where everybody begins", "С чего начинает каждый", "نقطهٔ آغاز همه"),
    "health.silence": _texts(
        "Last contact {days} days ago, usually every {usual} days",
        "Последний контакт {days} дн. назад, обычно раз в {usual} дн.",
        "آخرین تماس {days} روز پیش؛ معمولاً هر {usual} روز",
    ),
    "health.risk": _texts("A churn risk of {risk:%}", "Риск ухода {risk:%}", "خطر رفتن {risk:%}"),
    "health.trouble": _texts(
        "Troubles in 90 days: {count}", "Проблем за 90 дней: {count}", "شمار مشکل‌ها در ۹۰ روز: {count}"
    ),
    "health.trend": _texts(
        "Business fell by {fall:%} against the year before",
        "Объём упал на {fall:%} к прошлому году",
        "کسب‌وکار {fall:%} کمتر از سال پیش",
    ),
    "health.late": _texts("Late work: {count}", "Просроченных дел: {count}", "کارهای دیرشده: {count}"),
    "health.floor": _texts("It cannot be below 0", "Ниже 0 не бывает", "از ۰ کمتر نمی‌شود"),
    # next best actions
    "action.finish": _texts(
        "Finish “{title}”: {days} days late",
        "Завершите «{title}»: просрочено на {days} дн.",
        "«{title}» را تمام کنید: {days} روز دیر شده",
    ),
    "action.reconnect": _texts(
        "Get in touch: silent for {days} days, usually for {usual}",
        "Свяжитесь: нет контакта {days} дн., обычно {usual}",
        "تماس بگیرید: {days} روز سکوت، معمول {usual} روز",
    ),
    "action.hold": _texts(
        "Talk to them before they go: {risk:%} risk",
        "Поговорите, пока не ушли: риск {risk:%}",
        "پیش از رفتنشان گفت‌وگو کنید: خطر {risk:%}",
    ),
    "action.prepare": _texts(
        "Prepare an offer: the next purchase is expected on {on}",
        "Подготовьте предложение: следующая покупка ожидается {on}",
        "پیشنهادی آماده کنید: خرید بعدی برای {on} پیش‌بینی شده",
    ),
    "action.offer": _texts(
        "Offer what similar ones took", "Предложите то, что брали похожие", "آنچه همانندها گرفته‌اند پیشنهاد کنید"
    ),
    "action.widen": _texts(
        "Meet a second person there: one contact holds the whole relationship",
        "Познакомьтесь со вторым человеком: всё держится на одном контакте",
        "با نفر دومی آشنا شوید: همهٔ رابطه به یک تماس بند است",
    ),
}
