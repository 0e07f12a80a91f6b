import { ActionIcon, CloseButton } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/useSettings';
import { dayAfter, daysBetween } from './days';

interface Props {
  span: readonly [string, string];
  day: string;
  onDay: (day: string) => void;
  /** The reader let go of it: worth an address. */
  onRest: (day: string) => void;
  onClose: () => void;
}

const STEPS = 90;
const STEP_MS = 160;

/** A day between the first and the last thing that is known; it can play. */
export function TimeBar({ span: [first, last], day, onDay, onRest, onClose }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const [playing, setPlaying] = useState(false);
  const length = Math.max(1, daysBetween(first, last));
  const at = Math.min(length, Math.max(0, daysBetween(first, day)));

  useEffect(() => {
    if (!playing) return;
    const next = Math.min(length, at + Math.max(1, Math.round(length / STEPS)));
    const timer = setTimeout(() => {
      onDay(dayAfter(first, next));
      if (next < length) return;
      setPlaying(false);
      onRest(dayAfter(first, next));
    }, STEP_MS);
    return () => clearTimeout(timer);
  }, [playing, at, length, first, onDay, onRest]);

  function turn(): void {
    if (playing) onRest(day);
    else if (at >= length) onDay(first);
    setPlaying(!playing);
  }

  const shown = dayAfter(first, at);
  const rest = (): void => onRest(shown);
  return (
    <div className="graph-time" role="group" aria-label={t('explorer:time.title')}>
      <ActionIcon variant="subtle" color="gray" className="graph-tool" aria-label={playing ? t('explorer:time.pause') : t('explorer:time.play')} onClick={turn}>
        {playing ? <IconPlayerPause size={17} /> : <IconPlayerPlay size={17} className="mirrors" />}
      </ActionIcon>
      <input
        type="range"
        min={0}
        max={length}
        value={at}
        aria-label={t('explorer:time.day')}
        aria-valuetext={format.day(shown, 'long')}
        onChange={(event) => onDay(dayAfter(first, Number(event.currentTarget.value)))}
        onPointerUp={rest}
        onKeyUp={rest}
      />
      <bdi className="num graph-day">{format.day(shown)}</bdi>
      <CloseButton size="md" aria-label={t('explorer:time.close')} onClick={onClose} />
    </div>
  );
}
