import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { useMe } from '@/api/session';
import { socket } from '@/api/socket';

/** What somebody else has just done to a record that is open here. */
export interface Doing {
  who: string;
  kind: string;
  fields: readonly string[];
  /** The relation, where a link was changed. */
  relation?: string;
  at: string;
}

interface OfRecord {
  recordChanged: { id: string; kind: string; fields: string[]; by: string; at: string };
}

interface OfLink {
  linkChanged: { id: string; kind: string; relation: string; fields: string[]; by: string; at: string };
}

const RECORD = 'subscription Here($ids: [ID!]) { recordChanged(ids: $ids) { id kind fields by at } }';
const LINK = 'subscription Links($ids: [ID!]) { linkChanged(ids: $ids) { id kind relation fields by at } }';
const WHO = 'query Who($id: ID!) { history(id: $id, first: 1) { nodes { actor { name } } } }';
const SHOWN_MS = 15_000;

/** Tells of what others do to the record, for a while after they did it. */
export function useOthers(id: string): Doing | null {
  const client = useQueryClient();
  const me = useMe().data?.id;
  const [doing, setDoing] = useState<Doing | null>(null);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let here = true;
    async function tell(told: string, by: string, found: Omit<Doing, 'who'>): Promise<void> {
      if (by === me) return;
      const { history } = await gql<{ history: { nodes: { actor: { name: string } }[] } }>(WHO, { id: told });
      if (!here) return;
      setDoing({ ...found, who: history.nodes[0]?.actor.name ?? '' });
      clearTimeout(timer);
      timer = setTimeout(() => setDoing(null), SHOWN_MS);
    }
    const ends = [
      socket.subscribe<OfRecord>(RECORD, ({ recordChanged: { by, ...found } }) => void tell(found.id, by, found).catch(() => undefined), () => ({ ids: [id] })),
      socket.subscribe<OfLink>(
        LINK,
        ({ linkChanged: { by, ...found } }) => {
          void client.invalidateQueries({ queryKey: keys.record(id) });
          void tell(found.id, by, found).catch(() => undefined);
        },
        () => ({ ids: [id] }),
      ),
    ];
    return () => {
      here = false;
      clearTimeout(timer);
      for (const end of ends) end();
    };
  }, [id, me, client]);

  return doing;
}
