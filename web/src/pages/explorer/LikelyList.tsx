import { Button } from '@mantine/core';
import { IconSparkles } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { likelyKey, likelyOf, type LikelyLink } from '@/graph/likely';
import { otherEnd, type Scene } from '@/graph/scene';
import type { Shown } from '@/graph/showing';
import { useFormat } from '@/lib/useSettings';
import { Neighbours } from './Neighbours';
import type { Explorer } from './useExplorer';

/** Brings the likely links of a record onto the drawing, and takes them away again. */
export function LikelyAct({ id, explorer }: { id: string; explorer: Explorer }) {
  const { t } = useTranslation();
  const on = explorer.search.likely?.includes(id) ?? false;
  return (
    <Button size="compact-md" variant={on ? 'light' : 'default'} leftSection={<IconSparkles size={15} />} aria-pressed={on} onClick={() => explorer.toggle('likely', id)}>
      {t('explorer:likely.title')}
    </Button>
  );
}

interface Props {
  id: string;
  scene: Scene;
  shown: Shown;
  explorer: Explorer;
  pending: boolean;
  onPickLink: (link: LikelyLink) => void;
}

/** The likely links of a record in words, each the way to its evidence. */
export function LikelyList({ id, scene, shown, explorer, pending, onPickLink }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const own = likelyOf(scene, shown).filter(({ source, target }) => source === id || target === id);
  const isAsked = explorer.search.likely?.includes(id) ?? false;
  if (!own.length && (!isAsked || pending)) return null;
  const incomplete = own.some(({ complete }) => !complete);
  return (
    <section aria-label={t('explorer:likely.title')}>
      <h2>
        {t('explorer:likely.title')} <small className="num">{format.number(own.length)}</small>
      </h2>
      {!own.length && <p className="muted">{t(explorer.search.day ? 'explorer:likely.past' : 'explorer:likely.none')}</p>}
      {incomplete && <p className="muted">{t('explorer:likely.incomplete')}</p>}
      {own.flatMap((link) => {
        const record = scene.records.get(otherEnd(link, id));
        return record ? [<Neighbours.Row key={likelyKey(link)} record={record} word={format.percent(link.score, 0)} onPick={() => onPickLink(link)} />] : [];
      })}
    </section>
  );
}
