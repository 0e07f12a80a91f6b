import { Button } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { useFormat, useSettings } from '@/lib/useSettings';
import { isKnown, kindOf } from '@/meta/kinds';
import { heading, type EntityType } from '@/meta/model';
import { reasonOf } from '@/meta/undone';
import { useUndo } from '@/meta/useUndo';
import { Bone } from '@/ui/Bones';
import { Card } from '@/ui/Card';
import { Fault } from '@/ui/Fault';
import type { PartProps } from './Record';

interface Change {
  id: string;
  at: string;
  operation: string;
  actor: { name: string };
  reason: string | null;
  changeSet: string;
  fields: { field: string; before: unknown; after: unknown }[];
}

type Told = { history: { nodes: Change[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } };

const HISTORY = `query History($id: ID!, $after: String) {
  history(id: $id, first: 20, after: $after) {
    nodes { id at operation actor { name } reason changeSet fields { field before after } }
    pageInfo { hasNextPage endCursor }
  }
}`;

/** Who changed what, value by value, each with the way back. */
export function History({ view, type }: PartProps) {
  const { t } = useTranslation();
  const { id } = view.record;
  const found = useInfiniteQuery({
    queryKey: keys.history(id),
    queryFn: async ({ pageParam, signal }) => (await gql<Told>(HISTORY, { id, after: pageParam }, signal)).history,
    initialPageParam: null as string | null,
    getNextPageParam: ({ pageInfo }) => (pageInfo.hasNextPage ? pageInfo.endCursor : null),
  });
  const changes = found.data?.pages.flatMap((page) => page.nodes) ?? [];
  return (
    <Card title={t('record:tab.history')}>
      {found.isError && <Fault error={found.error} again={() => void found.refetch()} />}
      {found.isPending && <div style={{ padding: 16 }}><Bone height={200} /></div>}
      <ol className="changes">
        {changes.map((change) => (
          <One key={change.id} change={change} type={type} />
        ))}
      </ol>
      {found.hasNextPage && (
        <div className="card-foot">
          <Button variant="default" size="compact-md" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            {t('record:timeline.more')}
          </Button>
        </div>
      )}
    </Card>
  );
}

function One({ change, type }: { change: Change; type: EntityType }) {
  const { t } = useTranslation();
  const format = useFormat();
  const undo = useUndo();
  return (
    <li>
      <header>
        <b>{t(`record:op.${change.operation}`)}</b>
        <small className="num">
          <bdi>{change.actor.name}</bdi> · <bdi>{format.moment(change.at)}</bdi>
          {change.reason && <> · <bdi>{reasonOf(change.reason, t, format)}</bdi></>}
        </small>
        <span className="grow" />
        {change.operation === 'update' && (
          <Button size="compact-sm" variant="subtle" color="gray" leftSection={<IconArrowBackUp size={15} />} onClick={() => void undo(change.changeSet)}>
            {t('app:undo')}
          </Button>
        )}
      </header>
      {change.operation === 'update' && <Values change={change} type={type} />}
    </li>
  );
}

function Values({ change, type }: { change: Change; type: EntityType }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  return (
    <dl className="change-values">
      {change.fields.map(({ field: name, before, after }) => {
        const field = type.fields.find((each) => each.name === name);
        if (!field || !isKnown(field)) return null;
        const { Cell } = kindOf(field);
        const shown = (value: unknown) => (value === null ? <span className="muted">{t('record:nothing')}</span> : <Cell value={value} field={field} />);
        return (
          <div key={name}>
            <dt>{heading(field, language)}</dt>
            <dd>
              <s>{shown(before)}</s>
              <span className="mirrors" aria-hidden="true">→</span>
              <span>{shown(after)}</span>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
