/** The layouts by name; `force` goes on in a worker from where these begin. */
import type { Layout } from '@/graph/choices';
import { otherEnd, type SceneLink } from '@/graph/scene';
import { grouped } from './grouped';
import { layered } from './layered';
import { radial, type Neighbours, type Points } from './radial';

export interface Arranged {
  ids: readonly string[];
  links: readonly SceneLink[];
  middle: string | undefined;
  typeOf: (id: string) => string;
  communityOf: (id: string) => string;
}

export function neighboursOf(links: readonly SceneLink[]): Neighbours {
  const found = new Map<string, string[]>();
  for (const link of links) {
    for (const id of [link.source, link.target]) {
      const own = found.get(id);
      if (own) own.push(otherEnd(link, id));
      else found.set(id, [otherEnd(link, id)]);
    }
  }
  return found;
}

/** Where records stand; for `force` where it may begin. */
export function arranged(layout: Layout, { ids, links, middle, typeOf, communityOf }: Arranged): Points {
  switch (layout) {
    case 'layered':
      return layered(ids, links);
    case 'types':
      return grouped(ids, typeOf);
    case 'communities':
      return grouped(ids, communityOf);
    case 'force':
    case 'radial':
      return radial(ids, neighboursOf(links), middle);
  }
}

export type { Point, Points } from './radial';
