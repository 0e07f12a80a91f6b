import { Button } from '@mantine/core';
import { IconPlus, IconSearchOff } from '@tabler/icons-react';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { Missing } from '@/app/Pages';
import { changed, type ListChange, type View } from '@/app/listSearch';
import { useKey } from '@/lib/useKey';
import { useFormat, useSettings } from '@/lib/useSettings';
import { heading, typeNamed, useModel, type EntityType } from '@/meta/model';
import { Bone } from '@/ui/Bones';
import { EmptyState } from '@/ui/EmptyState';
import { Fault } from '@/ui/Fault';
import { Export } from './Export';
import { FieldChooser } from './FieldChooser';
import { FilterBar } from './FilterBar';
import { Layout } from './Layout';
import { viewsOf } from './layouts';
import { Table } from './Table';
import { useAsked } from './useAsked';
import { useChosenFields } from './useChosenFields';
import { useTotals } from './useTotals';
import type { ViewProps } from './view';
import { Views } from './Views';
import { ViewSwitch } from './ViewSwitch';
import './list.css';

const LAID_OUT: Partial<Record<View, React.ComponentType<ViewProps>>> = {
  board: lazy(() => import('./board/Board')),
  calendar: lazy(() => import('./calendar/Calendar')),
  graph: lazy(() => import('./graph/AsGraph')),
  map: lazy(() => import('./map/MapView')),
  timeline: lazy(() => import('./timeline/TimeLine')),
};

/** Above so many letters the head of a list has no room for the names of all its views. */
const LONG_TITLE = 17;

/** All records of the type that the address names. */
export default function List() {
  const { type: name } = useParams({ from: '/t/$type' });
  const model = useModel();
  if (model.isError) return <Fault error={model.error} again={() => void model.refetch()} />;
  if (model.isPending) return <div className="page-head"><Bone width={180} height={22} /></div>;
  const type = typeNamed(model.data, name);
  return type ? <OfType key={name} type={type} /> : <Missing />;
}

function OfType({ type }: { type: EntityType }) {
  const search = useSearch({ from: '/t/$type' });
  const go = useNavigate({ from: '/t/$type' });
  const [fields, chooseFields] = useChosenFields(type);
  const asked = useAsked(type, fields, search);
  const change = useCallback((part: ListChange) => void go({ search: (before) => changed(before, part) }), [go]);
  const totals = useTotals(asked);
  useKey('list.new', () => void go({ to: '/t/$type/new', params: { type: type.name } }));
  const view = search.view && viewsOf(type).includes(search.view) ? search.view : 'table';
  const Laid = LAID_OUT[view];
  return (
    <>
      <Head type={type} count={totals.count} filtered={asked.filtered}>
        <ViewSwitch type={type} view={view} change={change} />
        <Views type={type} search={search} change={change} fields={fields} choose={chooseFields} />
        <Export asked={asked} search={search} count={totals.count} />
        <FieldChooser type={type} fields={fields} choose={chooseFields} />
      </Head>
      <FilterBar type={type} search={search} change={change}>
        <Layout type={type} view={view} search={search} change={change} />
      </FilterBar>
      {totals.count === 0 ? (
        <Nothing type={type} filtered={asked.filtered} clear={() => change({ filter: [], text: '', saved: '' })} />
      ) : (
        <Suspense fallback={<div className="view-coming"><Bone height="100%" /></div>}>
          {Laid ? <Laid asked={asked} search={search} change={change} /> : <Table asked={asked} totals={totals} search={search} change={change} choose={chooseFields} />}
        </Suspense>
      )}
    </>
  );
}

interface HeadProps {
  type: EntityType;
  count: number;
  filtered: boolean;
  children: React.ReactNode;
}

function Head({ type, count, filtered, children }: HeadProps) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const format = useFormat();
  const number = format.number(count);
  const title = heading(type.labels, language);
  return (
    <header className="page-head" data-long={title.length > LONG_TITLE || undefined}>
      <h1>{title}</h1>
      <span className="muted num" aria-live="polite">
        {count >= 0 && t(filtered ? 'list:found' : 'list:records', { count, number })}
      </span>
      <span className="grow" />
      {children}
      <Button
        size="compact-md"
        className="list-short"
        leftSection={<IconPlus size={16} />}
        renderRoot={(props) => <Link to="/t/$type/new" params={{ type: type.name }} {...props} />}
      >
        {t('list:new')}
      </Button>
    </header>
  );
}

function Nothing({ type, filtered, clear }: { type: EntityType; filtered: boolean; clear: () => void }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  if (filtered) {
    return (
      <EmptyState icon={IconSearchOff} title={t('list:nothing.title')} action={<Button variant="default" onClick={clear}>{t('list:filter.clear')}</Button>}>
        {t('list:nothing.says')}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={IconPlus}
      title={t('list:none.title', { types: type.labels[language] })}
      action={
        <div className="empty-acts">
          <Button renderRoot={(props) => <Link to="/t/$type/new" params={{ type: type.name }} {...props} />}>
            {t('app:find.new', { type: type.label[language] })}
          </Button>
          <Button variant="default" renderRoot={(props) => <Link to="/import" {...props} />}>{t('list:none.import')}</Button>
        </div>
      }
    >
      {t('list:none.says')}
    </EmptyState>
  );
}
