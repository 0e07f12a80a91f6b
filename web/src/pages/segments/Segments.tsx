import { Button, NativeSelect } from '@mantine/core';
import { IconChartPie, IconFilter } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { asFailure } from '@/api/failures';
import { useFormat, useSettings } from '@/lib/useSettings';
import { heading, typeNamed, useModel, type EntityType } from '@/meta/model';
import { useProfiles } from '@/meta/profiles';
import { Bone } from '@/ui/Bones';
import { EmptyState } from '@/ui/EmptyState';
import { Fault } from '@/ui/Fault';
import { Pill } from '@/ui/Pill';
import { Found } from './Found';
import { useFound, useRules, type Rule } from './segments';
import './segments.css';

/** Who belongs together: groups found by what sets them apart, and groups that rules make. */
export default function Segments() {
  const { t } = useTranslation();
  const { language } = useSettings();
  const search = useSearch({ from: '/segments' });
  const go = useNavigate({ from: '/segments' });
  const model = useModel();
  const { data: profiles } = useProfiles();
  const types = model.data?.types ?? [];
  const first = types.find(({ name }) => profiles?.some((each) => each.type === name && each.declared)) ?? types[0];
  const type = typeNamed(model.data, search.type ?? '') ?? (profiles && first);
  return (
    <div className="segments">
      <header className="page-head">
        <h1>{t('segments:title')}</h1>
        <span className="muted segments-says">{t('segments:says')}</span>
        <span className="grow" />
        {types.length > 0 && (
          <NativeSelect
            size="sm"
            aria-label={t('segments:type')}
            value={type?.name ?? ''}
            onChange={(event) => void go({ search: { type: event.currentTarget.value } })}
            data={types.map((each) => ({ value: each.name, label: heading(each.labels, language) }))}
          />
        )}
      </header>
      {model.isError && <Fault error={model.error} again={() => void model.refetch()} />}
      {model.data && !types.length && <EmptyState icon={IconChartPie} title={t('app:first.title')}>{t('app:first.says')}</EmptyState>}
      {type && <OfType key={type.name} type={type} />}
    </div>
  );
}

function OfType({ type }: { type: EntityType }) {
  const { t } = useTranslation();
  const format = useFormat();
  const found = useFound(type);
  const quiet = found.isError && asFailure(found.error).problems.some(({ code }) => code === 'no_events');
  return (
    <>
      <h2 className="segments-part">{t('segments:found.title')} <small className="num">{found.data && t('segments:found.fresh', { when: format.moment(found.data.snapshotAt) })}</small></h2>
      {found.isError && !quiet && <Fault error={found.error} again={() => void found.refetch()} />}
      {found.isPending && <div className="segments-cards"><Bone height={280} /><Bone height={280} /><Bone height={280} /></div>}
      {(quiet || found.data?.segments.length === 0) && <EmptyState icon={IconChartPie} title={t('segments:found.none')}>{t('segments:found.noneSays')}</EmptyState>}
      <div className="segments-cards">
        {found.data?.segments.map((segment) => <Found key={segment.name} segment={segment} all={found.data.segments} type={type} />)}
      </div>
      <Rules type={type} />
    </>
  );
}

function Rules({ type }: { type: EntityType }) {
  const { t } = useTranslation();
  const found = useRules(type);
  return (
    <>
      <h2 className="segments-part">{t('segments:rules.title')}</h2>
      {found.isError && <Fault error={found.error} again={() => void found.refetch()} />}
      {found.isPending && <Bone height={120} />}
      {found.data && !found.data.rules.length && (
        <EmptyState
          icon={IconFilter}
          title={t('segments:rules.none')}
          action={<Button variant="default" renderRoot={(props) => <Link to="/t/$type" params={{ type: type.name }} {...props} />}>{t('segments:rules.make')}</Button>}
        >
          {t('segments:rules.noneSays')}
        </EmptyState>
      )}
      {found.data && found.data.rules.length > 0 && (
        <ul className="card rules">{found.data.rules.map((rule) => <OneRule key={rule.id} rule={rule} total={found.data.total} type={type} />)}</ul>
      )}
    </>
  );
}

function OneRule({ rule, total, type }: { rule: Rule; total: number; type: EntityType }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { id, name, where, description, shared, size } = rule;
  const share = size === null || !total ? 0 : size / total;
  return (
    <li>
      <div className="rule-name">
        {size === null ? <b dir="auto">{name}</b> : <Link to="/t/$type" params={{ type: type.name }} search={{ saved: id, text: where }} className="plain-link"><b dir="auto">{name}</b></Link>}
        {shared && <Pill>{t('segments:rules.shared')}</Pill>}
        <small dir="auto">{description || <code dir="ltr">{where}</code>}</small>
      </div>
      <span className="rule-bar" aria-hidden="true"><i style={{ inlineSize: `${share * 100}%` }} /></span>
      <span className="num rule-size">{size === null ? t('segments:rules.asks') : <><b>{format.number(size)}</b> <small>{format.percent(share, 1)}</small></>}</span>
    </li>
  );
}
