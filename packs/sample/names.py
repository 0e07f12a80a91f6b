"""Invented people: names in English, Russian and Persian, each with its spelling in Latin letters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from types import MappingProxyType

from packs.sample.chance import words


@dataclass(frozen=True, slots=True)
class FullName:
    """A whole name in its own letters, its parts, and what its e-mail address begins with."""

    whole: str
    given: str
    family: str
    patronymic: str | None
    latin: str


# English: the names are their own Latin spelling
_EN_MEN = words(
    """
    Adam Alan Arthur Barnaby Callum Cedric Clive Conrad Damian Dexter Edgar Edmund Elliot Felix Fergus
    Gareth Gavin Gilbert Hamish Harvey Hector Hugo Isaac Jasper Julian Kenneth Lachlan Leopold Lewis
    Magnus Malcolm Marcus Miles Nigel Oscar Owen Percy Quentin Ralph Rufus Rupert Silas Stuart Terence
    Toby Victor Vincent Wallace
    """
)
_EN_WOMEN = words(
    """
    Abigail Agatha Alice Amelia Beatrice Bridget Cecily Clara Cordelia Daphne Edith Eleanor Esther Fiona
    Flora Freya Georgia Gwen Harriet Heather Imogen Ingrid Iris Ivy Joanna Josephine Judith Juliet
    Leonora Lydia Mabel Marian Maude Miriam Nora Olive Ophelia Paula Philippa Rosalind Sabrina Sylvia
    Tabitha Ursula Vera Violet Winifred Zara
    """
)
_EN_FAMILIES = words(
    """
    Abbott Alder Ashby Atwater Bancroft Barlow Beckett Birchall Blackwood Bramley Brightwell Calloway
    Carver Chadwick Coldwell Copperfield Cotter Crawley Dalton Darrow Drummond Dunmore Eastwood Ellery
    Fairfax Farnham Fenwick Fletcher Foxley Garrick Goodwin Greaves Hadley Halloway Hargrove Hawthorne
    Heathcote Holloway Hurst Kendrick Kingsley Lambert Langford Larkin Lockwood Lowell Marlow Mayfield
    Merrick Middleton Milburn Norwood Oakley Ormond Pemberton Penrose Pickering Prescott Quill Radcliffe
    Ravenhill Redfern Rowntree Rutherford Sandford Sedgwick Selwyn Shelby Sinclair Standish Stokes
    Tanner Thackeray Thornbury Tilden Underhill Vance Wainwright Walden Wetherby Whitlock Winslow Wren
    Yardley
    """
)
# Russian: a family name ends in -ов, -ев or -ин and takes -а for a woman; -ский takes -ская
_RU_MEN = words(
    """
    Александр Алексей Анатолий Андрей Антон Аркадий Артём Борис Вадим Валерий Василий Виктор Владислав
    Вячеслав Геннадий Глеб Григорий Денис Дмитрий Евгений Егор Иван Игорь Илья Кирилл Константин Леонид
    Максим Матвей Михаил Никита Николай Олег Павел Пётр Роман Семён Сергей Степан Тимофей Фёдор Юрий
    """
)
_RU_WOMEN = words(
    """
    Алевтина Александра Алиса Алла Анастасия Анна Антонина Валентина Валерия Варвара Вера Вероника
    Виктория Галина Дарья Диана Евгения Екатерина Елена Жанна Зинаида Зоя Инна Ирина Карина Кира Ксения
    Лариса Лидия Любовь Людмила Маргарита Марина Мария Надежда Наталья Нина Оксана Ольга Полина Раиса
    Светлана София Таисия Тамара Татьяна Ульяна Юлия
    """
)
_RU_FAMILIES = words(
    """
    Абрамов Агафонов Аксёнов Арсеньев Афанасьев Балашов Баранов Беляев Березин Бирюков Богданов Болотов
    Быстров Васнецов Веселов Виноградов Власов Воронин Гаврилов Голубев Горбунов Громов Гуляев Давыдов
    Дементьев Дорохов Дроздов Ершов Ефимов Журавлёв Завьялов Зайцев Золотов Зубков Игнатьев Калинин
    Капустин Карпов Киселёв Колесов Комаров Корнилов Кудрявцев Лаврентьев Лебедев Логинов Лукин Макаров
    Мальцев Маслов Мельников Миронов Назаров Нестеров Одинцов Озеров Орлов Панфилов Петухов
    Платонов Поляков Рожков Рыбаков Савин Сафронов Селезнёв Сидоров Соболев Соловьёв Субботин
    Тарасов Тихонов Ушаков Фролов Харитонов Цветков Чернышёв Шаповалов Шубин Щербаков Юдин Вишневский
    Заболоцкий Ковалевский Лещинский Покровский Раевский Тарковецкий
    """
)
_RU_FATHERS = words(
    """
    Александр Алексей Андрей Антон Борис Вадим Виктор Владимир Вячеслав Иван Константин Леонид Максим
    Михаил Николай Олег Павел Пётр Роман Семён Сергей Степан Фёдор Юрий
    """
)
_STEMS: Mapping[str, str] = MappingProxyType(
    {"Михаил": "Михайлов", "Павел": "Павлов", "Пётр": "Петров", "Юрий": "Юрьев"}
)
# Persian: each name with its spelling in Latin letters
_FA_MEN = words(
    """
    آرش:arash آرمان:arman آرین:arian ابراهیم:ebrahim احسان:ehsan اشکان:ashkan افشین:afshin امید:omid
    امیر:amir ایمان:iman بابک:babak بهرام:bahram بهروز:behrouz بهزاد:behzad بهمن:bahman پارسا:parsa
    پرویز:parviz پویا:pouya پیمان:peyman جمشید:jamshid حامد:hamed حمید:hamid خسرو:khosrow داریوش:dariush
    رامین:ramin رضا:reza روزبه:rouzbeh سامان:saman سپهر:sepehr سعید:saeed سهراب:sohrab سیاوش:siavash
    شاهین:shahin شهرام:shahram فرامرز:faramarz فرشید:farshid فرهاد:farhad کامران:kamran کاوه:kaveh
    کیان:kian کیوان:keyvan مازیار:maziar مانی:mani محسن:mohsen مسعود:masoud مهدی:mehdi مهرداد:mehrdad
    نادر:nader نیما:nima هومن:houman
    """
)
_FA_WOMEN = words(
    """
    آتنا:atena آرزو:arezou آناهیتا:anahita آیدا:aida الهام:elham الهه:elaheh باران:baran بنفشه:banafsheh
    بهار:bahar پرستو:parastou پروانه:parvaneh پروین:parvin پریسا:parisa پگاه:pegah ترانه:taraneh
    تینا:tina خاطره:khatereh درسا:dorsa دنیا:donya رؤیا:roya روشنک:roshanak ریحانه:reyhaneh زهره:zohreh
    ژاله:zhaleh سارا:sara ساناز:sanaz سپیده:sepideh ستاره:setareh سمیرا:samira سودابه:soudabeh
    سوسن:sousan شادی:shadi شبنم:shabnam شقایق:shaghayegh شهرزاد:shahrzad شیرین:shirin شیوا:shiva
    فرزانه:farzaneh فرشته:fereshteh کتایون:katayoun گلناز:golnaz لاله:laleh لیلا:leila مریم:maryam
    مهتاب:mahtab مینا:mina نازنین:nazanin نرگس:narges نسرین:nasrin نیلوفر:niloufar یاسمن:yasaman
    """
)
_FA_FAMILIES = words(
    """
    آذری:azari آریان‌پور:arianpour احمدی:ahmadi اردلان:ardalan اسدی:asadi اصفهانی:esfahani افشار:afshar
    امینی:amini ایرانی:irani باقری:bagheri بختیاری:bakhtiari برومند:boroumand بهرامی:bahrami
    بهشتی:beheshti پارسایی:parsaei پورمند:pourmand پیروز:pirouz تبریزی:tabrizi تهرانی:tehrani
    جهانگیری:jahangiri جوادی:javadi حکیمی:hakimi خراسانی:khorasani خسروی:khosravi دادگر:dadgar
    دانشور:daneshvar داوودی:davoudi درخشان:derakhshan رادمنش:radmanesh راستین:rastin رحیمی:rahimi
    رستگار:rastegar رضایی:rezaei روشن:roshan زرین‌کوب:zarrinkoub زمانی:zamani سپهری:sepehri
    ستوده:sotoudeh سلطانی:soltani سهرابی:sohrabi شایگان:shayegan شریفی:sharifi شفیعی:shafiei
    شکیبا:shakiba شهابی:shahabi شیرازی:shirazi صادقی:sadeghi طاهری:taheri عباسی:abbasi فرهادی:farhadi
    فرهمند:farahmand فروزان:forouzan فلاحی:fallahi قاسمی:ghasemi کاشانی:kashani کاظمی:kazemi
    کامیاب:kamyab کریمی:karimi کوهستانی:kouhestani کیانی:kiani گلستانی:golestani گیلانی:gilani
    محمودی:mahmoudi مرادی:moradi مهرگان:mehregan موسوی:mousavi مؤمنی:momeni نادری:naderi نجفی:najafi
    نصیری:nasiri نوری:nouri نیکنام:niknam هاشمی:hashemi همایون:homayoun وحیدی:vahidi یزدانی:yazdani
    """
)
_LATIN: Mapping[str, str] = MappingProxyType(
    dict(
        zip(
            "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
            words("a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya"),
            strict=True,
        )
    )
)


def latin(russian: str) -> str:
    """Russian in lower-case Latin letters, as passports spell it: Щербаков is shcherbakov."""
    return "".join(_LATIN.get(letter, letter) for letter in russian.lower()).replace("-", "")


def draw_name(chance: Random, language: str) -> FullName:
    """A whole name in a language, a woman's as often as a man's."""
    woman = chance.random() < 0.5
    return {"en": _english, "ru": _russian, "fa": _persian}[language](chance, woman)


def _english(chance: Random, woman: bool) -> FullName:
    given, family = chance.choice(_EN_WOMEN if woman else _EN_MEN), chance.choice(_EN_FAMILIES)
    return FullName(f"{given} {family}", given, family, None, f"{given}.{family}".lower())


def _russian(chance: Random, woman: bool) -> FullName:
    given = chance.choice(_RU_WOMEN if woman else _RU_MEN)
    family = _feminine(chance.choice(_RU_FAMILIES), woman)
    father = _patronymic(chance.choice(_RU_FATHERS), woman)
    return FullName(f"{family} {given} {father}", given, family, father, f"{latin(given)}.{latin(family)}")


def _persian(chance: Random, woman: bool) -> FullName:
    given, given_latin = chance.choice(_FA_WOMEN if woman else _FA_MEN).split(":")
    family, family_latin = chance.choice(_FA_FAMILIES).split(":")
    return FullName(f"{given} {family}", given, family, None, f"{given_latin}.{family_latin}")


def _feminine(family: str, woman: bool) -> str:
    if not woman:
        return family
    return f"{family[:-2]}ая" if family.endswith(("ский", "цкий")) else f"{family}а"


def _patronymic(father: str, woman: bool) -> str:
    stem = _STEMS.get(father) or (f"{father[:-1]}ев" if father.endswith("й") else f"{father}ов")
    return f"{stem}на" if woman else f"{stem}ич"
