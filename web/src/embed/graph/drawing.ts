/** The drawing itself, with sigma; brought when it is wanted, as most of the weight is here. */
import type { Layout } from '@/graph/choices';
import { paintOf } from '@/graph/colors';
import { follow } from '@/graph/following';
import { settle } from '@/graph/forces';
import { arranged } from '@/graph/layouts';
import { looksOf } from '@/graph/looks';
import type { Scene } from '@/graph/scene';
import { begun, end, fit, NO_MARKS, restyle, zoom, type Stage } from '@/graph/stage';
import { emptyDrawing, move, sync } from '@/graph/sync';

export interface Drawable {
  scene: Scene;
  middle: string;
  layout: Layout;
  typeColors: ReadonlyMap<string, string>;
  symmetric: ReadonlySet<string>;
  signs: ReadonlyMap<string, readonly string[]>;
  today: string;
}

export interface Told {
  onPick: (id: string | null) => void;
  onOpen: (id: string) => void;
}

export interface Picture {
  paint: (dark: boolean) => void;
  pick: (id: string | null) => void;
  zoom: (by: 'in' | 'out') => void;
  fit: () => void;
  end: () => void;
}

const MOST_LOSSES = 5;

/** Draws a scene into a box until it is ended; drawn anew when the browser takes the context away. */
export function draw(box: HTMLElement, what: Drawable, dark: boolean, told: Told): Picture {
  const graph = emptyDrawing();
  const shown = { records: new Set(what.scene.records.keys()), links: new Set(what.scene.links.keys()) };
  let paint = paintOf(dark);
  let marks = NO_MARKS;
  let losses = 0;
  let on: { stage: Stage; leave: () => void } | null = null;

  function look(): void {
    sync(graph, looksOf(what.scene, shown, { ...what, size: 'degree', color: 'type', scores: new Map(), dark: paint.dark }), new Map());
  }

  function arrange(): void {
    const typeOf = (id: string): string => what.scene.records.get(id)?.type ?? '';
    move(graph, arranged(what.layout, { ids: [...shown.records], links: [...what.scene.links.values()], middle: what.middle, typeOf, communityOf: typeOf }));
    if (what.layout === 'force') settle(graph, false);
  }

  function start(): void {
    const stage = begun(box, graph, paint, marks, what.signs);
    const leave = follow(stage, { ...told, onPickLink: () => undefined, onPinned: () => undefined, onLost: again });
    on = { stage, leave };
  }

  function stop(): void {
    on?.leave();
    if (on) end(on.stage);
    on = null;
  }

  function again(): void {
    stop();
    if (losses++ < MOST_LOSSES) start();
  }

  const redraw = (): void => on?.stage && restyle(on.stage, graph, paint, marks);

  look();
  arrange();
  start();
  return {
    paint: (night) => {
      paint = paintOf(night);
      look();
      redraw();
    },
    pick: (id) => {
      marks = { ...NO_MARKS, picked: id };
      redraw();
    },
    zoom: (by) => on && zoom(on.stage, by),
    fit: () => on && fit(on.stage),
    end: stop,
  };
}
