/** The operations of the start page, written from what the model's profiles declare: pure. */
import { typeNamed, type EntityType, type Field, type Model } from '@/meta/model';
import { everyWaiting, type Profile, type Role, type Signal, type Waiting } from '@/meta/profiles';
import { ownText, type Person } from './own';

/** How many records each type has. */
export type Counts = Readonly<Record<string, number>>;

const SHOWN = 10;
const ALERTS = 4;
const LATELY = 4;
/** Of a type with more records the last changes are not looked for: they would have to be sorted. */
const MOST_SORTED = 100_000;
const RISKY = 0.2;
/** Of each sort of part: an operation has a hundred aliases at most, and what is due takes two each. */
const MOST_PARTS = 20;

const fieldOf = (type: EntityType | undefined, name: string | null): Field | undefined => type?.fields.find((field) => field.name === name);
/** A value in the text of an operation; names of choices are strings there. */
const text = (value: unknown): string => JSON.stringify(value);

/** What narrows a list to the reader's records: nothing where all are wanted, null where none of the type can be theirs. */
function mine(type: EntityType, person: Person | null): string | null {
  if (!person) return '';
  const own = ownText(type, person);
  return own && `, whereText: ${text(own)}`;
}

/** The sorts of records that are due on a day. */
export const dated = (profiles: readonly Profile[]): Waiting[] => everyWaiting(profiles).filter((waiting) => waiting.due).slice(0, MOST_PARTS);

/** Events that happen on a day, of every sort that counts as contact. */
export function contacts(profiles: readonly Profile[], model: Model): Signal[] {
  const waits = new Set(everyWaiting(profiles).map((waiting) => waiting.type));
  const found = new Map<string, Signal>();
  for (const signal of profiles.filter((profile) => profile.declared).flatMap((profile) => profile.signals)) {
    const timed = fieldOf(typeNamed(model, signal.type), signal.time);
    if (signal.role === 'CONTACT' && timed && !waits.has(signal.type) && !found.has(signal.type)) found.set(signal.type, signal);
  }
  return [...found.values()].slice(0, MOST_PARTS);
}

function waitingPart(waiting: Waiting, place: number, model: Model, today: string, person: Person | null): string {
  const type = typeNamed(model, waiting.type);
  const due = fieldOf(type, waiting.due);
  const own = type && mine(type, person);
  if (!type || !due || own === null) return '';
  const until = text(due.kind === 'dateTime' ? `${today}T23:59:59Z` : today);
  const where = `{ and: [{ ${waiting.field}: { in: ${text(waiting.values)} } }, { ${due.name}: { lte: ${until} } }] }`;
  return `w${place}: ${type.many}(first: ${SHOWN}, where: ${where}${own}, orderBy: [{ ${due.name}: ASC }]) { totalCount nodes { id displayName due: ${due.name} } }`;
}

function contactPart(signal: Signal, place: number, model: Model, person: Person | null): string {
  const type = typeNamed(model, signal.type);
  const own = type && mine(type, person);
  if (!type || own === null) return '';
  return `c${place}: ${type.many}(first: ${SHOWN}, where: { ${signal.time}: { during: TODAY } }${own}, orderBy: [{ ${signal.time}: ASC }]) { totalCount nodes { id displayName due: ${signal.time} } }`;
}

const latelyPart = (type: EntityType): string =>
  `l_${type.name}: ${type.many}(first: ${LATELY}, orderBy: [{ updatedAt: DESC }]) { nodes { id displayName updatedAt createdAt } }`;

/** The types whose last changes are looked for. */
export const changing = (model: Model, counts: Counts): EntityType[] =>
  model.types.filter((type) => (counts[type.name] ?? 0) > 0 && (counts[type.name] ?? 0) <= MOST_SORTED).slice(0, MOST_PARTS);

/** What is due and what happens today, all or what is a person's, and what changed lately. */
export function dayQuery(model: Model, profiles: readonly Profile[], counts: Counts, today: string, person: Person | null = null): string {
  const parts = [
    ...dated(profiles).map((waiting, place) => waitingPart(waiting, place, model, today, person)),
    ...contacts(profiles, model).map((signal, place) => contactPart(signal, place, model, person)),
    ...changing(model, counts).map(latelyPart),
    'savedQueries { id name type where parameters { name } problems { message } }',
  ];
  return `query Day { ${parts.filter(Boolean).join(' ')} }`;
}

/** Those who have left already are no news. */
export function staying(profile: Profile, type: EntityType): string {
  const field = fieldOf(type, profile.leaving?.field ?? null);
  if (!profile.leaving || !field || field.kind === 'boolean') return '{}';
  if (!profile.leaving.values.length) return `{ ${field.name}: { isNull: true } }`;
  return `{ or: [{ ${field.name}: { isNull: true } }, { ${field.name}: { notIn: ${text(profile.leaving.values)} } }] }`;
}

function alertPart(profile: Profile, place: number, model: Model, person: Person | null): string {
  const type = typeNamed(model, profile.type);
  const own = type && mine(type, person);
  if (!type || own === null) return '';
  const still = staying(profile, type);
  const risk = `{ and: [{ insights: { churn: { risk: { gte: ${RISKY} } } } }, ${still}] }`;
  const quiet = `{ and: [{ insights: { rotation: { status: { eq: "quiet" } } } }, ${still}] }`;
  const reasons = 'reasons(first: 1, language: $language) { text }';
  return `r${place}: ${type.many}(first: ${ALERTS}, where: ${risk}${own}, orderBy: [{ insights: { churn: { risk: DESC } } }]) {
    totalCount nodes { id displayName insights { churn { risk trend ${reasons} } } }
  }
  q${place}: ${type.many}(first: ${ALERTS}, where: ${quiet}${own}, orderBy: [{ insights: { rotation: { silentDays: ASC } } }]) {
    totalCount nodes { id displayName insights { rotation { silentDays ${reasons} } } }
  }`;
}

/** The types whose records can be at risk or go quiet; of those only that have any. */
export const watched = (profiles: readonly Profile[], counts: Counts): Profile[] =>
  profiles.filter((profile) => profile.declared && profile.signals.length > 0 && (counts[profile.type] ?? 0) > 0).slice(0, MOST_PARTS);

export interface Measured {
  signal: Signal;
  type: EntityType;
  time: Field;
  value: Field | undefined;
}

const ROLES: readonly Role[] = ['BUSINESS', 'CONTACT', 'TROUBLE'];

/** What is counted by months: each sort of event once, business first. */
export function measured(profiles: readonly Profile[], model: Model, counts: Counts): Measured[] {
  const signals = watched(profiles, counts).flatMap((profile) => profile.signals).sort((a, b) => ROLES.indexOf(a.role) - ROLES.indexOf(b.role));
  const found = new Map<string, Measured>();
  for (const signal of signals) {
    const type = typeNamed(model, signal.type);
    const time = fieldOf(type, signal.time);
    if (type && time && (time.kind === 'date' || time.kind === 'dateTime') && signal.sign > 0 && !found.has(signal.type)) {
      found.set(signal.type, { signal, type, time, value: fieldOf(type, signal.value) });
    }
  }
  return [...found.values()].slice(0, 5);
}

function measuredPart({ type, time, value }: Measured, place: number, since: string, person: Person | null): string {
  const own = mine(type, person);
  if (own === null) return '';
  const from = text(time.kind === 'dateTime' ? `${since}T00:00:00Z` : since);
  const sum = value?.kind === 'money' && value.options.currency ? `aggregate { ${value.name} { sum { amount currency } } }` : '';
  return `k${place}: ${type.many}(first: 0, where: { ${time.name}: { gte: ${from} } }${own}) { grouped(by: [{ ${time.name}: MONTH }], first: 24) { rows { keys { value } count ${sum} } } }`;
}

/** Who is at risk or has gone quiet, with the reason, and what came in by months. */
export function outlookQuery(model: Model, profiles: readonly Profile[], counts: Counts, since: string, person: Person | null = null): string {
  const parts = [
    ...watched(profiles, counts).map((profile, place) => alertPart(profile, place, model, person)),
    ...measured(profiles, model, counts).map((each, place) => measuredPart(each, place, since, person)),
  ].filter(Boolean);
  const asks = parts.some((part) => part.includes('$language'));
  return `query Outlook${asks ? '($language: String!)' : ''} { ${[...parts, 'me { id }'].join(' ')} }`;
}

/** The last months as `2026-11`, the present one last. */
export function lastMonths(today: string, count: number): string[] {
  const present = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1;
  return Array.from({ length: count }, (_, place) => {
    const month = present - count + 1 + place;
    return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
  });
}
