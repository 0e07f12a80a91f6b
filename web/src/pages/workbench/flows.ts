/** Ways of risk taken together: pure, so that it can be tested. */
import type { CardOf } from '@/meta/useCard';

export interface StoredWay {
  strength: number;
  /** The record that the risk comes to is the last. */
  records: CardOf[];
}

export interface Given {
  record: CardOf;
  /** The risk that it passes on, summed over those who receive it. */
  total: number;
  to: CardOf[];
}

/** The ways that bring most. */
export const strongestWays = (ways: readonly StoredWay[], most: number): StoredWay[] =>
  [...ways].sort((a, b) => b.strength - a.strength).slice(0, most);

/** Who passes most on: at whom the ways begin, with whom they reach, the most reached first. */
export function passedOn(ways: readonly StoredWay[]): Given[] {
  const givers = new Map<string, Given & { each: Map<string, { record: CardOf; sum: number }> }>();
  for (const { strength, records } of ways) {
    const [from, to] = [records[0], records.at(-1)];
    if (!from || !to || from.id === to.id) continue;
    const giver = givers.get(from.id) ?? { record: from, total: 0, to: [], each: new Map() };
    giver.total += strength;
    giver.each.set(to.id, { record: to, sum: (giver.each.get(to.id)?.sum ?? 0) + strength });
    givers.set(from.id, giver);
  }
  return [...givers.values()]
    .sort((a, b) => b.total - a.total)
    .map(({ record, total, each }) => ({ record, total, to: [...each.values()].sort((a, b) => b.sum - a.sum).map((one) => one.record) }));
}
