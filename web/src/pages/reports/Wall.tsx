import { ActionIcon } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay, IconX } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState, type CSSProperties, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { pressed } from '@/lib/keys';
import { useFormat } from '@/lib/useSettings';
import type { Tile } from './board';
import { heightOf, screens } from './screens';

interface Props {
  name: string;
  tiles: readonly Tile[];
  leave: () => void;
  children: (tiles: readonly Tile[]) => ReactNode;
}

const EACH_MS = 15_000;

/** The dashboard on a wall: large, nothing else beside it, one screenful after another. */
export function Wall({ name, tiles, leave, children }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const pages = useMemo(() => screens(tiles), [tiles]);
  const [at, setAt] = useState(0);
  const [going, setGoing] = useState(true);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    void box.current?.requestFullscreen?.().catch(() => undefined); // refused unless somebody has just pressed something
    box.current?.focus();
    return () => void (document.fullscreenElement && document.exitFullscreen());
  }, []);
  useEffect(() => {
    if (!going || pages.length < 2) return;
    const timer = setInterval(() => setAt((before) => (before + 1) % pages.length), EACH_MS);
    return () => clearInterval(timer);
  }, [going, pages.length]);
  const Sign = going ? IconPlayerPause : IconPlayerPlay;
  const step = (by: number) => setAt((before) => (before + by + pages.length) % pages.length);
  function onKeyDown(event: KeyboardEvent): void {
    if (pressed(event, 'wall.leave')) leave();
    else if (pressed(event, 'wall.pause')) setGoing(!going);
    else if (pressed(event, 'wall.next')) step(1);
    else if (pressed(event, 'wall.previous')) step(-1);
  }
  const shown = pages[at % pages.length] ?? [];
  return (
    <div ref={box} className="wall" tabIndex={-1} onKeyDown={onKeyDown} style={{ '--wall-rows': heightOf(shown) } as CSSProperties}>
      <header>
        <h1 dir="auto">{name}</h1>
        <span className="grow" />
        {pages.length > 1 && <span className="num muted">{format.plain((at % pages.length) + 1)} / {format.plain(pages.length)}</span>}
        {pages.length > 1 && (
          <ActionIcon variant="subtle" color="gray" size={40} aria-label={t(going ? 'reports:pause' : 'reports:play')} onClick={() => setGoing(!going)}>
            <Sign size={20} />
          </ActionIcon>
        )}
        <ActionIcon variant="subtle" color="gray" size={40} aria-label={t('reports:leave')} onClick={leave}>
          <IconX size={20} />
        </ActionIcon>
      </header>
      {children(shown)}
    </div>
  );
}
