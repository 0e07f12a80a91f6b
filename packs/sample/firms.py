"""Invented companies: names in three languages, where they stand, and telephone numbers that ring nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from random import Random
from types import MappingProxyType

from packs.sample.chance import words


@dataclass(frozen=True, slots=True)
class FirmName:
    """A company's name, the label of its domain, and the sector the name promises."""

    name: str
    slug: str
    sector: str


_EN_FIRST = words(
    """
    Amberfield Ashgrove Bellwether Birchway Bluefin Brackenridge Brightmoor Cinderford Clearbrook
    Copperleaf Cragside Driftwood Eastgate Elmstead Fairwater Falconer Fernhill Foxhollow Goldfinch
    Greystone Harbourlight Hartwell Hazelmere Highfold Ironbark Juniper Kestrel Kingfisher Larkspur
    Longacre Maplehurst Meadowlark Millrace Moonstone Northwick Oakhaven Orchard Pinecrest Quarrybank
    Redwater Rivermouth Rosewick Saltmarsh Silverbirch Skylark Stonebridge Sunfield Thistledown
    Tidewater Umberlake Violetdale Westering Whitecliff Wildflower Windrush Yewtree
    """
)
_EN_LAST = words(
    """
    Agriculture:agriculture Builders:construction Academy:education Staffing:employment Power:energy
    Studios:entertainment Capital:finance Foods:food Bakery:food Freight:logistics Logistics:logistics
    Works:manufacturing Tools:manufacturing Media:marketing Clinics:medical Stores:retail Markets:retail
    Services:services Hotels:services Software:software Systems:technology Telecom:telecommunications
    """
)
_RU_FIRST = words(
    """
    Ладога:ladoga Онега:onega Байкал-Юг:baikal-yug Северный_берег:severny-bereg Белый_камень:bely-kamen
    Заречье:zarechye Светлояр:svetloyar Синяя_птица:sinyaya-ptitsa Золотой_колос:zolotoy-kolos
    Вектор-Плюс:vektor-plus Радуга:raduga Кедровый_бор:kedrovy-bor Медный_всадник:medny-vsadnik
    Полярная_звезда:polyarnaya-zvezda Старый_мост:stary-most Родник:rodnik Созвездие:sozvezdie
    Тёплый_дом:tyoply-dom Утёс:utyos Янтарный_путь:yantarny-put Зелёный_луг:zelyony-lug Парус:parus
    Маяк-Восток:mayak-vostok Орлиное_гнездо:orlinoe-gnezdo Лесная_поляна:lesnaya-polyana
    Горизонт-Н:gorizont-n Новый_причал:novy-prichal Добрый_хлеб:dobry-khleb
    Серебряный_век:serebryany-vek Тихая_гавань:tikhaya-gavan
    """
)
_RU_LAST = words(
    """
    Агрофирма:agriculture:agrofirma Строительная_компания:construction:stroy
    Учебный_центр:education:uchebny-tsentr Кадровое_агентство:employment:kadry
    Энергокомпания:energy:energo Киностудия:entertainment:kino Инвестиционный_дом:finance:invest
    Пекарня:food:pekarnya Транспортная_компания:logistics:trans Завод:manufacturing:zavod
    Рекламное_агентство:marketing:reklama Клиника:medical:klinika Торговый_дом:retail:torg
    Бюро_услуг:services:servis Студия_программ:software:soft Приборостроительная_фирма:technology:pribor
    Оператор_связи:telecommunications:svyaz
    """
)
_FA_FIRST = words(
    """
    آبادگران:abadgaran آسمان:aseman البرز:alborz الوند:alvand پارسه:parseh پاسارگاد‌نو:pasargad-no
    توسکا:touska تیراژه‌نو:tirajeh-no جلفا:jolfa چکاد:chakad خزر‌آوا:khazar-ava دماوند:damavand دنا:dena
    راوند:ravand زاگرس:zagros زرین:zarrin ژرفا:zharfa سبلان:sabalan سپیدرود:sepidroud ستارگان:setaregan
    سرو:sarv سهند:sahand شایان:shayan فرداد:fardad کاسپین‌مهر:kaspian-mehr کاوشگران:kavoshgaran
    مهرآور:mehravar نگین:negin هیرکان:hirkan یکتا:yekta
    """
)
_FA_LAST = words(
    """
    کشت_و_صنعت:agriculture:kesht شرکت_ساختمانی:construction:sakhteman آموزشگاه:education:amouzeshgah
    کاریابی:employment:karyabi شرکت_نیروی:energy:nirou استودیو:entertainment:studio
    سرمایه‌گذاری:finance:sarmayeh صنایع_غذایی:food:khorak حمل‌ونقل:logistics:tarabar
    صنایع:manufacturing:sanaye کانون_تبلیغاتی:marketing:tabligh درمانگاه:medical:darman
    فروشگاه:retail:forushgah شرکت_خدماتی:services:khadamat گروه_نرم‌افزاری:software:narmafzar
    شرکت_فناوری:technology:fanavari شرکت_ارتباطات:telecommunications:ertebat
    """
)
_PLACES: Mapping[str, tuple[tuple[str, str, float], ...]] = MappingProxyType(
    {
        "en": (
            ("London", "United Kingdom", 5),
            ("Edinburgh", "United Kingdom", 2),
            ("Manchester", "United Kingdom", 2),
            ("Dublin", "Ireland", 2),
            ("New York", "United States", 4),
            ("Chicago", "United States", 2),
            ("Seattle", "United States", 2),
            ("Sydney", "Australia", 2),
        ),
        "ru": (
            ("Москва", "Россия", 5),
            ("Санкт-Петербург", "Россия", 4),
            ("Казань", "Россия", 2),
            ("Екатеринбург", "Россия", 2),
            ("Новосибирск", "Россия", 2),
            ("Алматы", "Казахстан", 2),
        ),
        "fa": (
            ("تهران", "ایران", 5),
            ("اصفهان", "ایران", 2),
            ("شیراز", "ایران", 2),
            ("تبریز", "ایران", 2),
            ("مشهد", "ایران", 2),
            ("رشت", "ایران", 1),
        ),
    }
)


def firm_names(language: str) -> list[FirmName]:
    """Every company name of a language, each once, in a fixed order."""
    make = {"en": _english, "ru": _russian, "fa": _persian}[language]
    firsts = {"en": _EN_FIRST, "ru": _RU_FIRST, "fa": _FA_FIRST}[language]
    lasts = {"en": _EN_LAST, "ru": _RU_LAST, "fa": _FA_LAST}[language]
    return [make(first, last) for first, last in product(firsts, lasts)]


def draw_place(chance: Random, language: str) -> tuple[str, str]:
    """A city and its country, as people of that language write them."""
    places = _PLACES[language]
    city, country, _ = chance.choices(places, [weight for _, _, weight in places])[0]
    return city, country


def draw_phone(chance: Random, country: str) -> str:
    """A number from the ranges that regulators set aside for films and books, in E.164.

    None is known for Ireland, Russia, Kazakhstan and Iran: people there carry numbers of the French range.
    """
    if country == "United States":
        return f"+1{chance.choice(('202', '206', '212', '312', '415', '617'))}55501{chance.randrange(100):02d}"
    if country == "Australia":
        return f"+6125550{chance.randrange(10_000):04d}"
    if country == "United Kingdom":
        area = chance.choice(("2079460", "1314960", "1614960"))
        return f"+44{area}{chance.randrange(1000):03d}"
    return f"+3319900{chance.randrange(10_000):04d}"


def _english(first: str, last: str) -> FirmName:
    word, sector = last.split(":")
    return FirmName(f"{first} {word}", f"{first}-{word}".lower(), sector)


def _russian(first: str, last: str) -> FirmName:
    (name, slug), (word, sector, end) = first.split(":"), last.split(":")
    return FirmName(f"{word} «{name}»".replace("_", " "), f"{slug}-{end}", sector)


def _persian(first: str, last: str) -> FirmName:
    (name, slug), (word, sector, end) = first.split(":"), last.split(":")
    return FirmName(f"{word} {name}".replace("_", " "), f"{end}-{slug}", sector)
