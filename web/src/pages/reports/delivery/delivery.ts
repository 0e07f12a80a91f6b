/** Dashboards that come to the reader by themselves: which ones and when, asked for, and no longer. */
import { accepted, type Problem } from '@/api/failures';
import { gql } from '@/api/gql';

export const EVERY = ['DAY', 'WEEK', 'MONTH', 'QUARTER'] as const;
export type Every = (typeof EVERY)[number];

/** The last day of a month, however long it is. */
export const LAST_DAY = 31;

/** `on` is the day of the week from 1 for Monday, or of the month or the quarter's first month; null every day. */
export interface Rhythm {
  every: Every;
  on: number | null;
  /** `08:00`, by the clock of its time zone. */
  at: string;
  timeZone: string;
  calendar: 'ISO' | 'PERSIAN';
}

export interface Delivery extends Rhythm {
  page: string;
  name: string;
  nextAt: string;
}

const FACTS = 'page name every on at timeZone calendar nextAt';
const LIST = `query Deliveries { pageDeliveries { ${FACTS} } }`;
const DELIVER = `mutation Deliver($input: DeliverPageInput!) { deliverPage(input: $input) { delivery { ${FACTS} } errors { code message path details } } }`;
const END = 'mutation EndDelivery($page: ID!) { endPageDelivery(input: { page: $page }) { errors { code message path details } } }';

export async function deliveries(signal: AbortSignal): Promise<Delivery[]> {
  return (await gql<{ pageDeliveries: Delivery[] }>(LIST, {}, signal)).pageDeliveries;
}

/** In the place of the rhythm it had. Throws the Failure of what it was refused for. */
export async function deliver(page: string, { every, on, at, timeZone, calendar }: Rhythm): Promise<Delivery> {
  const input = { page, every, on, at, timeZone, calendar };
  const { deliverPage } = await gql<{ deliverPage: { delivery: Delivery | null; errors: Problem[] } }>(DELIVER, { input });
  return accepted(deliverPage).delivery!;
}

/** Throws the Failure of what it was refused for. */
export async function endDelivery(page: string): Promise<void> {
  accepted((await gql<{ endPageDelivery: { errors: Problem[] } }>(END, { page })).endPageDelivery);
}
