import { IconStack2 } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { EntityType } from '@/meta/model';
import { signOf } from '@/ui/signs';
import { GROUP } from './groups';

/** Hands over the outlines of the types' signs, so that a canvas can draw what the page draws. */
export function Signs({ types, onReady }: { types: readonly EntityType[]; onReady: (signs: ReadonlyMap<string, readonly string[]>) => void }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const drawn = [...(box.current?.querySelectorAll('svg') ?? [])];
    onReady(new Map([...types.map(({ name }) => name), GROUP].map((name, at) => [name, linesOf(drawn[at])])));
  }, [types, onReady]);
  return (
    <div ref={box} hidden>
      {types.map(({ name, icon }) => {
        const Sign = signOf(icon);
        return <Sign key={name} />;
      })}
      <IconStack2 />
    </div>
  );
}

const linesOf = (svg: SVGElement | undefined): string[] =>
  [...(svg?.querySelectorAll('path') ?? [])].flatMap((path) => path.getAttribute('d') ?? []);
