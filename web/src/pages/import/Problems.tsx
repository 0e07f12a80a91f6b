import { Button, TextInput } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { useFormat } from '@/lib/useSettings';
import { useNarrow } from '@/lib/useNarrow';
import { Bone } from '@/ui/Bones';
import { Fault } from '@/ui/Fault';
import { CardList } from '@/ui/grid/CardList';
import { Grid, type Column } from '@/ui/grid/Grid';
import { failureOf, MEND, PROBLEMS_QUERY, type Changed, type ProblemKind, type Report, type RowProblem, type Upload } from './api';

interface Page {
  importProblems: {
    totalCount: number;
    nodes: RowProblem[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
    kinds: ProblemKind[];
  };
}

interface Props {
  upload: Upload;
  run: string;
  report: Report;
  retry: () => void;
}

const sortOf = ({ source, field, code }: ProblemKind): string => `${source} ${field} ${code}`;

/** Every rejected row: where, what stands there, why it does not do; mended where it stands and tried again. */
export function Problems({ upload, run, report, retry }: Props) {
  const [kind, setKind] = useState<ProblemKind | null>(null);
  const [mended, setMended] = useState<ReadonlyMap<number, [RowProblem, string]>>(new Map());
  const found = useInfiniteQuery({
    queryKey: keys.importProblems(run, kind && sortOf(kind)),
    queryFn: async ({ pageParam, signal }) => {
      const only = kind ? { source: kind.source, field: kind.field, code: kind.code } : {};
      return (await gql<Page>(PROBLEMS_QUERY, { run, after: pageParam, ...only }, signal)).importProblems;
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => (last.pageInfo.hasNextPage ? last.pageInfo.endCursor : undefined),
  });
  const rows = found.data?.pages.flatMap((each) => each.nodes) ?? [];
  const first = found.data?.pages[0];
  const mend = (problem: RowProblem, value: string) => setMended((now) => new Map(now).set(problem.number, [problem, value]));
  if (found.isError) return <Fault error={found.error} again={() => void found.refetch()} />;
  return (
    <>
      <div className="import-tools">
        {first ? <Kinds kinds={first.kinds} chosen={kind} choose={setKind} /> : <Bone width={240} height={32} />}
        <span className="grow" />
        <Downloads report={report} />
        <Again upload={upload} mended={mended} done={() => { setMended(new Map()); retry(); }} />
      </div>
      <List
        rows={rows}
        count={first?.totalCount ?? -1}
        more={() => !found.isFetchingNextPage && found.hasNextPage && void found.fetchNextPage()}
        mended={mended}
        mend={mend}
      />
    </>
  );
}

interface KindsProps {
  kinds: readonly ProblemKind[];
  chosen: ProblemKind | null;
  choose: (kind: ProblemKind | null) => void;
}

/** The sorts of problems with their numbers; one of them filters the list. */
function Kinds({ kinds, chosen, choose }: KindsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="import-kinds" role="group" aria-label={t('import:problems.kinds')}>
      <button type="button" aria-pressed={!chosen} onClick={() => choose(null)}>
        {t('import:problems.all')}
      </button>
      {kinds.slice(0, 12).map((each) => (
        <button key={sortOf(each)} type="button" aria-pressed={Boolean(chosen) && sortOf(each) === (chosen && sortOf(chosen))} title={each.example} onClick={() => choose(each)}>
          <span dir="auto">{each.columns.join(', ') || each.field || each.source}</span>
          <small>{t(`import:code.${each.code}`, { defaultValue: each.code })}</small>
          <b className="num">{format.number(each.count)}</b>
        </button>
      ))}
    </div>
  );
}

interface ListProps {
  rows: readonly RowProblem[];
  count: number;
  more: () => void;
  mended: ReadonlyMap<number, [RowProblem, string]>;
  mend: (problem: RowProblem, value: string) => void;
}

const canMend = (problem: RowProblem): boolean => problem.columns.length === 1;

function List({ rows, count, more, mended, mend }: ListProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const narrow = useNarrow();
  const valueOf = (row: RowProblem) => mended.get(row.number)?.[1] ?? row.value;
  const coming = Math.max(0, Math.min(count - rows.length, 50));
  const keyOf = (row: RowProblem) => String(row.number);
  if (narrow) {
    const card = (row: RowProblem) => (
      <div className="import-problem">
        <b dir="auto">{row.columns.join(', ') || row.field}: {valueOf(row) || '–'}</b>
        <small dir="auto">{row.message}</small>
      </div>
    );
    return <div className="import-list"><CardList name={t('import:problems.title')} rows={rows} coming={coming} keyOf={keyOf} onNeed={more} card={card} /></div>;
  }
  const columns: Column<RowProblem>[] = [
    { key: 'line', title: t('import:problems.line'), width: 120, cell: (row) => <span className="num">{format.plain(row.line)}</span> },
    { key: 'source', title: t('import:problems.file'), width: 140, cell: (row) => <span className="cut" dir="auto">{row.source}</span> },
    { key: 'column', title: t('import:problems.column'), width: 150, cell: (row) => <span className="cut" dir="auto">{row.columns.join(', ') || row.field}</span> },
    {
      key: 'value',
      title: t('import:problems.value'),
      width: 220,
      cell: (row) => (
        <span className={mended.has(row.number) ? 'cut good' : 'cut bad'} dir="auto">{valueOf(row) || t('import:columns.empty')}</span>
      ),
      editor: (row, close) => (canMend(row) ? <Editor row={row} value={valueOf(row)} mend={mend} close={close} /> : valueOf(row)),
    },
    { key: 'why', title: t('import:problems.why'), width: 620, cell: (row) => <span className="cut" dir="auto" title={row.message}>{row.message}</span> },
  ];
  return (
    <div className="import-list">
      <Grid name={t('import:problems.title')} columns={columns} rows={rows} coming={coming} count={count} keyOf={keyOf} onOpen={() => undefined} onNeed={more} />
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

function Downloads({ report }: { report: Report }) {
  const { t } = useTranslation();
  return report.sources.flatMap(({ source, download }) =>
    download ? (
      <Button key={source} variant="default" leftSection={<IconDownload size={16} />} renderRoot={(props) => <a href={download} download {...props} />}>
        {t('import:problems.download', { source })}
      </Button>
    ) : [],
  );
}

interface AgainProps {
  upload: Upload;
  mended: ReadonlyMap<number, [RowProblem, string]>;
  done: () => void;
}

function Again({ upload, mended, done }: AgainProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const save = useMutation({
    mutationFn: async () => {
      const all = [...mended.values()];
      for (const source of new Set(all.map(([problem]) => problem.source))) {
        const some = all.filter(([problem]) => problem.source === source);
        const file = upload.mapping?.sources[source]?.file ?? '';
        const cells = some.map(([problem, value]) => ({ line: problem.line, column: problem.columns[0] ?? '', value }));
        const failure = failureOf((await gql<Changed>(MEND, { input: { upload: upload.id, file, cells } })).done.errors);
        if (failure) throw failure;
      }
    },
    onSuccess: done,
  });
  if (!mended.size) return null;
  return (
    <>
      {save.isError && <Fault error={save.error} />}
      <Button loading={save.isPending} onClick={() => save.mutate()}>
        {t('import:problems.again', { count: mended.size, number: format.number(mended.size) })}
      </Button>
    </>
  );
}
