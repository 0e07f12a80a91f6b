import { IconArrowUpRight, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { TypeSign, useTypeName } from '@/graph/Legend';
import type { SceneRecord } from '@/graph/scene';
import type { Scored } from '@/graph/scores';
import { useFormat, useSettings } from '@/lib/useSettings';
import { isKnown, kindOf } from '@/meta/kinds';
import { heading, typeNamed, useModel, type EntityType } from '@/meta/model';
import { Bone } from '@/ui/Bones';
import { Clear } from './Clear';
import type { Explorer } from './useExplorer';

interface Props {
  record: SceneRecord;
  scored: Scored | undefined;
  explorer: Explorer;
  onClear: () => void;
}

/** One record: its values, its scores, and its relations with how many links each really has. */
export function RecordInspector({ record, scored, explorer, onClear }: Props) {
  const nameOf = useTypeName();
  const model = useModel();
  const type = typeNamed(model.data, record.type);
  return (
    <>
      <header className="graph-picked">
        <TypeSign type={record.type} size={36} />
        <div className="grow">
          <Link to="/r/$id" params={{ id: record.id }} className="plain-link" dir="auto">
            {record.title}
            <IconArrowUpRight size={15} className="mirrors" aria-hidden="true" />
          </Link>
          <small>{nameOf(record.type)}</small>
        </div>
        <Clear onClear={onClear} />
      </header>
      {type && <Values record={record} type={type} scored={scored} />}
      {type && <Sides record={record} type={type} explorer={explorer} />}
    </>
  );
}

function Values({ record, type, scored }: { record: SceneRecord; type: EntityType; scored: Scored | undefined }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const format = useFormat();
  const fields = type.fields.filter((field) => isKnown(field) && record.values[field.name] != null && record.values[field.name] !== record.title);
  const shares = (['influence', 'churn', 'strength'] as const).flatMap((name) => {
    const value = scored?.[name];
    return typeof value === 'number' ? [{ name, value }] : [];
  });
  return (
    <dl className="graph-values">
      {fields.map((field) => {
        const { Cell } = kindOf(field);
        return (
          <div key={field.name}>
            <dt>{heading(field, language)}</dt>
            <dd><Cell value={record.values[field.name]} field={field} /></dd>
          </div>
        );
      })}
      {shares.map(({ name, value }) => (
        <div key={name}>
          <dt>{t(`explorer:score.${name}`)}</dt>
          <dd className="num"><bdi>{format.percent(value, value < 0.1 ? 1 : 0)}</bdi></dd>
        </div>
      ))}
    </dl>
  );
}

const countsQuery = (type: EntityType): string =>
  `query Sides($id: ID!) { record: ${type.one}(id: $id) { ${type.relations.map(({ name }) => `${name}(first: 0) { totalCount }`).join(' ')} } }`;

/** Each relation with its true count; one touch brings the strongest of it onto the drawing. */
function Sides({ record, type, explorer }: { record: SceneRecord; type: EntityType; explorer: Explorer }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const format = useFormat();
  const counts = useQuery({
    queryKey: keys.sideCounts(record.id),
    queryFn: async ({ signal }) => (await gql<{ record: Record<string, { totalCount: number }> | null }>(countsQuery(type), { id: record.id }, signal)).record,
    enabled: type.relations.length > 0,
  });
  const sides = type.relations.flatMap((side) => {
    const count = counts.data?.[side.name]?.totalCount ?? 0;
    return count ? [{ side, count }] : [];
  });
  if (counts.isLoading) return <Bone height={120} />;
  if (!sides.length) return null;
  return (
    <section aria-label={t('explorer:expand.title')}>
      <h2>{t('explorer:expand.title')}</h2>
      {sides.map(({ side, count }) => (
        <button
          key={side.name}
          type="button"
          className="graph-row"
          title={t('explorer:expand.by', { relation: heading(side, language) })}
          onClick={() => explorer.grow(record.id, side.relation)}
        >
          <IconPlus size={15} aria-hidden="true" className="graph-plus" />
          <span className="cut grow">{heading(side, language)}</span>
          <bdi className="num muted">{format.number(count)}</bdi>
        </button>
      ))}
    </section>
  );
}
