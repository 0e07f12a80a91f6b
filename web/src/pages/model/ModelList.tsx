import { TextInput } from '@mantine/core';
import { IconArrowsLeftRight, IconRoute, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat, useSettings } from '@/lib/useSettings';
import { useCounts } from '@/meta/useCounts';
import { Pill } from '@/ui/Pill';
import { titled } from './design';
import type { ModelSearch } from './asked';
import { useDesigner } from './designer';
import type { ShownRelation, ShownType } from './draft';
import { Sign } from './Sign';

/** All types and relations as a list: what the picture shows, in words, and the whole page on a phone. */
export function ModelList({ chosen }: { chosen: ModelSearch }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const { shown } = useDesigner();
  const [text, setText] = useState('');
  const wanted = text.trim().toLocaleLowerCase(language);
  const fits = (one: ShownType | ShownRelation, form: string): boolean =>
    !wanted || `${titled(one, language, form)} ${one.name}`.toLocaleLowerCase(language).includes(wanted);
  const byName = (form: string) => (a: ShownType | ShownRelation, b: ShownType | ShownRelation): number =>
    titled(a, language, form).localeCompare(titled(b, language, form), language);
  const types = shown.types.filter((type) => fits(type, 'one')).sort(byName('one'));
  const relations = shown.relations.filter((relation) => fits(relation, 'other')).sort(byName('other'));
  return (
    <div className="model-list">
      <TextInput
        leftSection={<IconSearch size={16} />}
        aria-label={t('model:find')}
        placeholder={t('model:find')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <section aria-label={t('model:part.types')}>
        <h2>{t('model:part.types')}</h2>
        <ul className="model-tiles">{types.map((type) => <li key={type.name}><TypeTile type={type} chosen={chosen.type === type.name} /></li>)}</ul>
      </section>
      <section aria-label={t('model:part.relations')}>
        <h2>{t('model:part.relations')}</h2>
        <ul className="model-tiles">{relations.map((relation) => <li key={relation.name}><RelationTile relation={relation} chosen={chosen.relation === relation.name} /></li>)}</ul>
      </section>
    </div>
  );
}

function TypeTile({ type, chosen }: { type: ShownType; chosen: boolean }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const format = useFormat();
  const { show } = useDesigner();
  const count = useCounts().data?.[type.name];
  const records = count === undefined ? '' : t('model:records', { count, number: format.number(count) });
  return (
    <button type="button" className="model-tile" data-state={type.state} aria-pressed={chosen} onClick={() => show({ type: type.name })}>
      <Sign icon={type.icon} color={type.color} />
      <span className="model-row-words">
        <b className="cut" dir="auto">{titled(type, language, 'one')}</b>
        <small className="num cut">{[t('model:fieldsCount', { count: type.fields.length, number: format.number(type.fields.length) }), records].filter(Boolean).join(' · ')}</small>
      </span>
      {type.state !== 'kept' && <Pill tone={type.state === 'dropped' ? 'bad' : 'plain'}>{t(`model:state.${type.state}`)}</Pill>}
    </button>
  );
}

function RelationTile({ relation, chosen }: { relation: ShownRelation; chosen: boolean }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const { show, shown } = useDesigner();
  const Mark = relation.symmetric ? IconArrowsLeftRight : IconRoute;
  const called = (names: readonly string[]): string =>
    names.map((name) => shown.types.find((type) => type.name === name)).flatMap((type) => (type ? [titled(type, language, 'one')] : [])).join(t('model:comma'));
  return (
    <button type="button" className="model-tile" data-state={relation.state} aria-pressed={chosen} onClick={() => show({ relation: relation.name })}>
      <span className="model-sign model-sign-plain" aria-hidden="true"><Mark size={17} stroke={1.6} /></span>
      <span className="model-row-words">
        <b className="cut" dir="auto">{titled(relation, language)}</b>
        <small className="cut">{called(relation.source.types)} <span aria-hidden="true" className="model-turn">{relation.symmetric ? '↔' : '→'}</span> {called(relation.target.types)}</small>
      </span>
      {relation.state !== 'kept' && <Pill tone={relation.state === 'dropped' ? 'bad' : 'plain'}>{t(`model:state.${relation.state}`)}</Pill>}
    </button>
  );
}
