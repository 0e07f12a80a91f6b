import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { useFormat } from '@/lib/useSettings';
import { Bone } from '@/ui/Bones';
import { Fault } from '@/ui/Fault';
import { Pill } from '@/ui/Pill';
import { useSaid } from '@/ui/useSaid';

interface Version {
  version: number;
  at: string;
  by: string;
  reason: string;
  summary: string[];
  changes: { code: string; sentence: string; details: unknown; records: number; links: number }[];
  apiBreaks: { code: string; sentence: string; details: unknown }[];
}

const PAGE = 20;
const VERSIONS = `query Versions($first: Int!, $before: Int) {
  modelVersions(first: $first, before: $before) { version at by reason summary changes { code sentence details records links } apiBreaks { code sentence details } }
}`;

/** The versions the model has had, the newest first. */
export function Versions() {
  const { t } = useTranslation();
  const asked = useInfiniteQuery({
    queryKey: keys.modelVersions,
    queryFn: async ({ pageParam, signal }) =>
      (await gql<{ modelVersions: Version[] }>(VERSIONS, { first: PAGE, before: pageParam }, signal)).modelVersions,
    initialPageParam: null as number | null,
    getNextPageParam: (page) => (page.length === PAGE ? (page.at(-1)?.version ?? null) : null),
  });
  if (asked.isError) return <Fault error={asked.error} again={() => void asked.refetch()} />;
  return (
    <div className="model-versions">
      <ol>
        {asked.data?.pages.flat().map((version) => <One key={version.version} version={version} />) ??
          Array.from({ length: 3 }, (_, place) => <li key={place} className="card"><Bone height={60} /></li>)}
      </ol>
      {asked.hasNextPage && (
        <Button variant="default" loading={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>{t('model:history.more')}</Button>
      )}
    </div>
  );
}

function One({ version }: { version: Version }) {
  const { t } = useTranslation();
  const format = useFormat();
  const said = useSaid();
  return (
    <li className="card model-version">
      <header>
        <h2 className="num">{t('model:history.version', { version: format.plain(version.version) })}</h2>
        {version.apiBreaks.length > 0 && <Pill tone="warn">{t('model:history.breaks', { count: version.apiBreaks.length, number: format.number(version.apiBreaks.length) })}</Pill>}
        <span className="grow" />
        <small className="num muted">
          <bdi>{version.by}</bdi> · <time dateTime={version.at}>{format.moment(version.at)}</time>
        </small>
      </header>
      {version.reason && <p dir="auto" className="model-reason">{version.reason}</p>}
      <Sentences sentences={version.changes.length ? version.changes.map(said.change) : version.summary} />
      {version.apiBreaks.length > 0 && (
        <details>
          <summary>{t('model:history.whatBroke')}</summary>
          <Sentences sentences={version.apiBreaks.map(said.broken)} />
        </details>
      )}
    </li>
  );
}

const SHORT = 6;

function Sentences({ sentences }: { sentences: readonly string[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const rest = sentences.slice(SHORT);
  return (
    <>
      <ul>{sentences.slice(0, SHORT).map((each, place) => <li key={place}><bdi>{each}</bdi></li>)}</ul>
      {rest.length > 0 && (
        <details>
          <summary>{t('model:history.others', { count: rest.length, number: format.number(rest.length) })}</summary>
          <ul>{rest.map((each, place) => <li key={place}><bdi>{each}</bdi></li>)}</ul>
        </details>
      )}
    </>
  );
}
