/** The icons that the model's types may name (names as in Lucide); a type with another name has a plain one. */
import {
  IconAward, IconBook, IconBriefcase, IconBuilding, IconBuildingFactory2, IconBuildingStore, IconCalendar, IconChecklist, IconCoins,
  IconFileText, IconFlag, IconFolder, IconHeart, IconHeartHandshake, IconHexagon, IconLifebuoy, IconMail, IconMapPin, IconMap2, IconMessage,
  IconPackage, IconPhone, IconReceipt, IconSchool, IconShoppingCart, IconSpeakerphone, IconStar, IconTag, IconTarget, IconTicket, IconTruck,
  IconSparkles, IconTags, IconUser, IconUserCheck, IconUserPlus, IconUsers, IconActivity, IconIdBadge2, IconWorld, type Icon,
} from '@tabler/icons-react';

const SIGNS: Record<string, Icon> = {
  activity: IconActivity, award: IconAward, book: IconBook, briefcase: IconBriefcase, building: IconBuilding, 'building-2': IconBuilding,
  calendar: IconCalendar, 'check-square': IconChecklist, 'square-check': IconChecklist, 'list-checks': IconChecklist, coins: IconCoins,
  contact: IconIdBadge2, factory: IconBuildingFactory2, 'file-text': IconFileText, flag: IconFlag, folder: IconFolder, globe: IconWorld,
  handshake: IconHeartHandshake, heart: IconHeart, 'id-card': IconIdBadge2, 'life-buoy': IconLifebuoy, mail: IconMail, map: IconMap2,
  'map-pin': IconMapPin, megaphone: IconSpeakerphone, 'message-square': IconMessage, package: IconPackage, phone: IconPhone,
  receipt: IconReceipt, school: IconSchool, 'shopping-cart': IconShoppingCart, star: IconStar, store: IconBuildingStore, tag: IconTag,
  target: IconTarget, ticket: IconTicket, truck: IconTruck, user: IconUser, 'user-check': IconUserCheck, 'user-plus': IconUserPlus,
  sparkles: IconSparkles, tags: IconTags, users: IconUsers,
};

export const signOf = (name: string): Icon => SIGNS[name] ?? IconHexagon;

/** The names that can be chosen, each icon once. */
export const SIGN_NAMES: readonly string[] = Object.keys(SIGNS).filter((name, place, all) => all.findIndex((each) => SIGNS[each] === SIGNS[name]) === place);
