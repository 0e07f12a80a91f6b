import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { accepted } from '@/api/failures';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { useFormat, useSettings } from '@/lib/useSettings';
import { useModel } from '@/meta/model';
import { Bone } from '@/ui/Bones';
import { Fault } from '@/ui/Fault';
import { MEND, PROBLEMS_QUERY, type Changed, type ProblemKind, type Report, type RowProblem, type Upload } from './api';
import type { Mapping } from './mapping';
import { placeWords } from './places';
import { ProblemList } from './ProblemList';

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
  const [last, setLast] = useState<[RowProblem, string] | null>(null);
  const set = (some: readonly RowProblem[], value: string) =>
    setMended((now) => new Map([...now, ...some.map((each): [number, [RowProblem, string]] => [each.number, [each, value]])]));
  const mend = (problem: RowProblem, value: string) => {
    set([problem], value);
    setLast([problem, value]);
  };
  const alike = last ? rows.filter((each) => !mended.has(each.number) && isAlike(each, last[0])) : [];
  if (found.isError) return <Fault error={found.error} again={() => void found.refetch()} />;
  return (
    <>
      <div className="import-tools">
        {first ? <Kinds mapping={upload.mapping} kinds={first.kinds} chosen={kind} choose={setKind} /> : <Bone width={240} height={32} />}
        <span className="grow" />
        <Downloads report={report} />
        {last && alike.length > 0 && <Alike count={alike.length} value={last[1]} act={() => set(alike, last[1])} />}
        <Again upload={upload} mended={mended} done={() => { setMended(new Map()); retry(); }} />
      </div>
      <ProblemList
        mapping={upload.mapping}
        rows={rows}
        count={first?.totalCount ?? -1}
        more={() => !found.isFetchingNextPage && found.hasNextPage && void found.fetchNextPage()}
        mended={mended}
        mend={mend}
      />
    </>
  );
}

const isAlike = (one: RowProblem, other: RowProblem): boolean =>
  one.source === other.source && one.columns.join() === other.columns.join() && one.value === other.value;

/** What was put right once may be so in other rows too. */
function Alike({ count, value, act }: { count: number; value: string; act: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Button variant="light" onClick={act}>
      {t('import:problems.alike', { count, number: format.number(count), value })}
    </Button>
  );
}

interface KindsProps {
  mapping: Mapping | null;
  kinds: readonly ProblemKind[];
  chosen: ProblemKind | null;
  choose: (kind: ProblemKind | null) => void;
}

/** The sorts of problems with their numbers; one of them filters the list. */
function Kinds({ mapping, kinds, chosen, choose }: KindsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { language } = useSettings();
  const model = useModel().data;
  return (
    <div className="import-kinds" role="group" aria-label={t('import:problems.kinds')}>
      <button type="button" aria-pressed={!chosen} onClick={() => choose(null)}>
        {t('import:problems.all')}
      </button>
      {kinds.slice(0, 12).map((each) => (
        <button key={sortOf(each)} type="button" aria-pressed={Boolean(chosen) && sortOf(each) === (chosen && sortOf(chosen))} title={each.example} onClick={() => choose(each)}>
          <span dir="auto">{placeWords(each, mapping, model, language)}</span>
          <small>{t(`import:code.${each.code}`, { defaultValue: each.code })}</small>
          <b className="num">{format.number(each.count)}</b>
        </button>
      ))}
    </div>
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
        accepted((await gql<Changed>(MEND, { input: { upload: upload.id, file, cells } })).done);
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
