import { TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat, useSettings } from '@/lib/useSettings';
import { useNarrow } from '@/lib/useNarrow';
import { useModel } from '@/meta/model';
import { CardList } from '@/ui/grid/CardList';
import { Grid, type Column } from '@/ui/grid/Grid';
import { inTurn } from '@/ui/grid/lines';
import { useSaid } from '@/ui/useSaid';
import type { RowProblem } from './api';
import type { Mapping } from './mapping';
import { placeWords } from './places';

interface ListProps {
  mapping: Mapping | null;
  rows: readonly RowProblem[];
  count: number;
  more: () => void;
  mended: ReadonlyMap<number, [RowProblem, string]>;
  mend: (problem: RowProblem, value: string) => void;
}

const canMend = (problem: RowProblem): boolean => problem.columns.length === 1;

/** The problems as a grid, whose values are put right where they stand; on a phone as cards. */
export function ProblemList({ mapping, rows, count, more, mended, mend }: ListProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const said = useSaid();
  const narrow = useNarrow();
  const { language } = useSettings();
  const model = useModel().data;
  const placeOf = (row: RowProblem) => placeWords(row, mapping, model, language);
  const valueOf = (row: RowProblem) => mended.get(row.number)?.[1] ?? row.value;
  const coming = Math.max(0, Math.min(count - rows.length, 50));
  const lines = useMemo(() => inTurn(rows, coming, more), [rows, coming, more]);
  const keyOf = (row: RowProblem) => String(row.number);
  if (narrow) {
    const card = (row: RowProblem) => (
      <div className="import-problem">
        <b dir="auto">{placeOf(row)}: {valueOf(row) || '–'}</b>
        <small dir="auto">{said.problem(row)}</small>
      </div>
    );
    return <div className="import-list"><CardList name={t('import:problems.title')} lines={lines} keyOf={keyOf} card={card} /></div>;
  }
  const columns: Column<RowProblem>[] = [
    { key: 'line', title: t('import:problems.line'), width: 120, cell: (row) => <span className="num">{format.plain(row.line)}</span> },
    { key: 'source', title: t('import:problems.file'), width: 140, cell: (row) => <span className="cut" dir="auto">{row.source}</span> },
    { key: 'column', title: t('import:problems.column'), width: 150, cell: (row) => <span className="cut" dir="auto">{placeOf(row)}</span> },
    {
      key: 'value',
      title: t('import:problems.value'),
      width: 220,
      cell: (row) => (
        <span className={mended.has(row.number) ? 'cut good' : 'cut bad'} dir="auto">{valueOf(row) || t('import:columns.empty')}</span>
      ),
      editor: (row, close) => (canMend(row) ? <Editor row={row} value={valueOf(row)} mend={mend} close={close} /> : valueOf(row)),
    },
    { key: 'why', title: t('import:problems.why'), width: 620, cell: (row) => <span className="cut" dir="auto" title={said.problem(row)}>{said.problem(row)}</span> },
  ];
  return (
    <div className="import-list">
      <Grid name={t('import:problems.title')} columns={columns} lines={lines} count={count} keyOf={keyOf} onOpen={() => undefined} />
    </div>
  );
}

interface EditorProps {
  row: RowProblem;
  value: string;
  mend: (problem: RowProblem, value: string) => void;
  close: () => void;
}

function Editor({ row, value, mend, close }: EditorProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(value);
  const keep = () => {
    if (text !== value) mend(row, text);
    close();
  };
  return (
    <TextInput
      size="xs"
      autoFocus
      dir="auto"
      aria-label={t('import:problems.mend', { column: row.columns[0] ?? '' })}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') keep();
        if (event.key === 'Escape') close();
      }}
    />
  );
}
