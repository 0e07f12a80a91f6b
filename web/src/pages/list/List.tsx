import { Button } from '@mantine/core';
import { IconPlus, IconSearchOff } from '@tabler/icons-react';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Missing } from '@/app/Pages';
import type { ListSearch } from '@/app/router';
import { useNarrow } from '@/lib/useNarrow';
import { useFormat, useSettings } from '@/lib/useSettings';
import { heading, typeNamed, useModel, type EntityType } from '@/meta/model';
import type { Row } from '@/meta/rows';
import { Bone } from '@/ui/Bones';
import { EmptyState } from '@/ui/EmptyState';
import { Fault } from '@/ui/Fault';
import { CardList } from '@/ui/grid/CardList';
import { Grid } from '@/ui/grid/Grid';
import { FieldChooser } from './FieldChooser';
import { FilterBar } from './FilterBar';
import { RecordCard } from './RecordCard';
import { useChosenFields } from './useChosenFields';
import { useColumns } from './useColumns';
import { useRows, type Asked } from './useRows';
import { Views } from './Views';
import './list.css';

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
  const asked = useMemo<Asked>(
    () => ({ type, fields, conditions: search.filter ?? [], text: search.text ?? '', sort: search.sort }),
    [type, fields, search],
  );
  const change = useCallback(
    (part: ListSearch) => void go({ search: (before) => ({ ...before, ...part }), replace: true }),
    [go],
  );
  const found = useRows(asked);
  const filtered = Boolean(asked.conditions.length || asked.text);
  return (
    <>
      <Head type={type} count={found.count} filtered={filtered}>
        <Views type={type} search={search} change={change} />
        <FieldChooser type={type} fields={fields} choose={chooseFields} />
      </Head>
      <FilterBar type={type} search={search} change={change} />
      {found.error && <div className="list-fault"><Fault error={found.error} again={() => void found.again()} /></div>}
      {!found.error && found.count === 0 && !found.coming ? (
        <Nothing type={type} filtered={filtered} clear={() => change({ filter: [], text: '', view: '' })} />
      ) : (
        !found.error && <Rows asked={asked} found={found} change={change} />
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
  return (
    <header className="page-head">
      <h1>{heading(type.labels, language)}</h1>
      <span className="muted num" aria-live="polite">
        {count >= 0 && t(filtered ? 'list:found' : 'list:records', { count, number })}
      </span>
      <span className="grow" />
      {children}
      <Button
        size="compact-md"
        leftSection={<IconPlus size={16} />}
        renderRoot={(props) => <Link to="/t/$type/new" params={{ type: type.name }} {...props} />}
      >
        {t('list:new')}
      </Button>
    </header>
  );
}

interface RowsProps {
  asked: Asked;
  found: ReturnType<typeof useRows>;
  change: (part: ListSearch) => void;
}

const idOf = (row: Row): string => row.id;

function Rows({ asked, found, change }: RowsProps) {
  const go = useNavigate();
  const narrow = useNarrow();
  const { language } = useSettings();
  const columns = useColumns(asked, change);
  const open = useCallback((row: Row) => void go({ to: '/r/$id', params: { id: row.id } }), [go]);
  const shared = { name: heading(asked.type.labels, language), rows: found.rows, coming: found.coming, keyOf: idOf, onNeed: found.more };
  if (narrow) return <CardList {...shared} card={(row) => <RecordCard row={row} type={asked.type} fields={asked.fields} />} />;
  return <Grid {...shared} columns={columns} count={found.count} onOpen={open} />;
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
        <Button renderRoot={(props) => <Link to="/t/$type/new" params={{ type: type.name }} {...props} />}>
          {t('app:find.new', { type: type.label[language] })}
        </Button>
      }
    >
      {t('list:none.says')}
    </EmptyState>
  );
}
