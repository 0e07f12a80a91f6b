import { Button } from '@mantine/core';
import { IconArrowsVertical, IconLink } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { recordedIn, type LikelyAnswer, type LikelyLink } from '@/graph/likely';
import type { Scene, SceneRecord } from '@/graph/scene';
import { useFormat, useSettings } from '@/lib/useSettings';
import { heading, typeNamed, useModel, type EntityType, type Side } from '@/meta/model';
import { Pill } from '@/ui/Pill';
import { fittingSides, linkBy } from './fitting';
import { Neighbours } from './Neighbours';
import type { Explorer } from './useExplorer';

const AddLink = lazy(async () => ({ default: (await import('@/pages/record/AddLink')).AddLink }));

interface Props {
  link: LikelyLink;
  scene: Scene;
  explorer: Explorer;
  onPick: (id: string, more: boolean) => void;
}

/** A link that nobody recorded: how likely it is, why, by whom, and the way to record it. */
export function LikelyInspector({ link, scene, explorer, onPick }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const source = scene.records.get(link.source);
  const target = scene.records.get(link.target);
  if (!source || !target) return null;
  const see = (id: string, more: boolean): void => (scene.records.has(id) ? onPick(id, more) : explorer.add([id]));
  return (
    <div className="graph-panel-body">
      <section aria-label={t('explorer:likely.one')}>
        <h2>
          {t('explorer:likely.one')} <Pill>{t('explorer:likely.unrecorded')}</Pill>
        </h2>
        <Neighbours.Row record={source} onPick={onPick} />
        <IconArrowsVertical size={16} className="graph-between" aria-hidden="true" />
        <Neighbours.Row record={target} onPick={onPick} />
      </section>
      <dl className="graph-values">
        <div>
          <dt>{t('explorer:likely.score')}</dt>
          <dd className="num"><bdi>{format.percent(link.score, 0)}</bdi></dd>
        </div>
      </dl>
      <p className="muted">{t('explorer:likely.says')}</p>
      <section aria-label={t('explorer:likely.through')}>
        <h2>
          {t('explorer:likely.through')} <small className="num">{format.number(link.shared)}</small>
        </h2>
        {link.through.map((record) => <Neighbours.Row key={record.id} record={record} onPick={see} />)}
      </section>
      <Reasons link={link} onSee={see} />
      <Record link={link} source={source} target={target} />
    </div>
  );
}

function Reasons({ link, onSee }: { link: LikelyLink; onSee: (id: string, more: boolean) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <section aria-label={t('explorer:likely.why')}>
      <h2>{t('explorer:likely.why')}</h2>
      {link.reasons.map(({ text, contribution, records: [by] }, place) => (
        <div key={place} className="graph-reason">
          <p>
            <span>{format.said(text)}</span>
            <bdi className="num muted">{format.percent(contribution, 0)}</bdi>
          </p>
          {by && <Neighbours.Row record={by} onPick={onSee} />}
        </div>
      ))}
    </section>
  );
}

/** Each relation that may join the two, as seen from the record that was asked about. */
function Record({ link, source, target }: { link: LikelyLink; source: SceneRecord; target: SceneRecord }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const client = useQueryClient();
  const type = typeNamed(useModel().data, source.type);
  const [side, setSide] = useState<{ type: EntityType; side: Side } | null>(null);
  const sides = type ? fittingSides(type, target.type, link.relations) : [];
  if (!type || !sides.length) return null;
  function linked(ids: readonly string[]): void {
    if (!side || !ids.includes(target.id)) return;
    const recorded = linkBy(side.side, source.id, target.id);
    client.setQueryData<LikelyAnswer>(keys.likely(source.id, language), (answer) => answer && recordedIn(answer, target.id, recorded));
  }
  return (
    <section aria-label={t('explorer:likely.record')}>
      <h2>{t('explorer:likely.record')}</h2>
      <div className="graph-acts">
        {sides.map((each) => (
          <Button key={each.name} size="compact-md" variant="default" leftSection={<IconLink size={15} />} onClick={() => setSide({ type, side: each })}>
            {heading(each, language)}
          </Button>
        ))}
      </div>
      {side && (
        <Suspense fallback={null}>
          <AddLink {...side} about={source} start={[target]} onLinked={linked} onClose={() => setSide(null)} />
        </Suspense>
      )}
    </section>
  );
}
