import { Button } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSettings } from '@/lib/useSettings';
import { heading, titleField, typeNamed, useModel, type EntityType, type Side } from '@/meta/model';
import { Bone } from '@/ui/Bones';
import { Fault } from '@/ui/Fault';
import { ofNode, saying, turned } from './linked';
import { LinkedRow } from './LinkedRow';
import { useLinked } from './useLinked';

interface Props {
  type: EntityType;
  side: Side;
  id: string;
  asOf: string;
  closed: boolean;
}

const SAID = 3;

/** The links of one relation as a table that is read, sorted and changed. */
export function LinkedList({ type, side, id, asOf, closed }: Props) {
  const { t } = useTranslation();
  const { sort } = useSearch({ from: '/r/$id' });
  const { found, facts, relation } = useLinked(type, side, id, asOf, sort);
  const edges = found.data?.pages.flatMap((page) => page.edges) ?? [];
  const says = saying(relation).slice(0, SAID);
  const timed = relation !== undefined && relation.validity !== 'NONE';
  const columns = says.length + (timed ? 1 : 0);
  if (found.isError) return <Fault error={found.error} again={() => void found.refetch()} />;
  if (found.isPending) return <div style={{ padding: 16 }}><Bone height={180} /></div>;
  if (!edges.length) return <p className="card-note card-end linked-none">{t('record:relations.noLinks')}</p>;
  return (
    <>
      <div className="linked" data-stale={found.isPlaceholderData || undefined} style={{ '--says': columns ? `repeat(${columns}, minmax(90px, 1fr))` : undefined } as React.CSSProperties}>
        <Heads side={side} says={says.map((field) => ({ name: field.name, field }))} timed={timed} />
        <ul>
          {edges.map((edge) => (
            <LinkedRow key={edge.link.id} edge={edge} type={type} side={side} id={id} relation={relation} says={says} timed={timed} facts={facts} closed={closed} />
          ))}
        </ul>
      </div>
      {found.hasNextPage && (
        <div className="card-foot">
          <Button variant="default" size="compact-md" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            {t('record:timeline.more')}
          </Button>
        </div>
      )}
    </>
  );
}

interface HeadsProps {
  side: Side;
  says: readonly { name: string; field: Record<'en' | 'ru' | 'fa', string> }[];
  timed: boolean;
}

function Heads({ side, says, timed }: HeadsProps) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const { data: model } = useModel();
  const only = side.types.length === 1 ? typeNamed(model, side.types[0] ?? '') : undefined;
  const named = only && titleField(only);
  // a single head that nothing can be sorted by would only repeat the title of the card
  if (!named && !says.length && !timed) return null;
  return (
    <div className="linked-heads">
      {named ? <Head field={ofNode(named.name)} label={heading(named, language)} /> : <span>{t('record:relations.record')}</span>}
      {says.map(({ name, field }) => <Head key={name} field={name} label={heading(field, language)} />)}
      {timed && <Head field="validFrom" label={t('record:relations.held')} />}
    </div>
  );
}

function Head({ field, label }: { field: string; label: string }) {
  const { sort } = useSearch({ from: '/r/$id' });
  const go = useNavigate({ from: '/r/$id' });
  const mine = sort?.field === field ? sort.direction : null;
  const Sign = mine === 'DESC' ? IconArrowDown : IconArrowUp;
  function turn(): void {
    void go({
      search: ({ sort: had, ...before }) => {
        const next = turned(had, field);
        return next ? { ...before, sort: next } : before;
      },
      replace: true,
      resetScroll: false,
    });
  }
  return (
    <button type="button" aria-pressed={Boolean(mine)} onClick={turn}>
      <span className="cut">{label}</span>
      {mine && <Sign size={13} aria-hidden="true" />}
    </button>
  );
}
