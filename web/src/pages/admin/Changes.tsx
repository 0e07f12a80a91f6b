import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { useFormat } from '@/lib/useSettings';
import { cardsOf, type CardOf } from '@/meta/useCard';
import { Badge } from '@/ui/Badge';
import { Bone } from '@/ui/Bones';
import { Card } from '@/ui/Card';
import { Fault } from '@/ui/Fault';
import { sentenceOf, told, useAccountChanges, type AccountChange } from './changes';

const SYSTEM = 'system';

/** Who let whom in, shut whom out, and what else was done with accounts. */
export function Changes() {
  const { t } = useTranslation();
  const asked = useAccountChanges();
  const changes = (asked.data?.pages ?? []).flatMap((page) => page.accountChanges.nodes);
  const people = changes.filter(({ kind }) => kind === 'PERSON').flatMap(({ values }) => values.flatMap(({ before, after }) => [before, after])).filter((id) => id !== null);
  const cards = useQuery({ queryKey: [...keys.accountChanges, 'people', people], queryFn: ({ signal }) => cardsOf(people, signal), enabled: people.length > 0 });
  if (asked.isError) return <Fault error={asked.error} again={() => void asked.refetch()} />;
  return (
    <Card title={t('admin:changes.title')} className="admin-card">
      <p className="card-note">{t('admin:changes.says')}</p>
      <ul className="admin-people">
        {asked.isPending && Array.from({ length: 4 }, (_, place) => <li key={place}><Bone height={30} /></li>)}
        {asked.data && changes.length === 0 && <li className="muted">{t('admin:changes.none')}</li>}
        {changes.map((change) => <Change key={change.id} change={change} cards={cards.data} />)}
      </ul>
      {asked.hasNextPage && (
        <div className="admin-more"><Button size="xs" variant="default" loading={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>{t('admin:changes.more')}</Button></div>
      )}
    </Card>
  );
}

function Change({ change, cards }: { change: AccountChange; cards: ReadonlyMap<string, CardOf> | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <li>
      <Badge text={change.name} seed={change.account} size={30} round />
      <span className="admin-person">
        <span><b><bdi>{change.name}</bdi></b> · {t(`admin:changes.kind.${sentenceOf(change)}`)}</span>
        <small className="num">
          {told(change).map(({ name, before, after }) => (
            <span key={name}>
              {change.kind !== 'PERSON' && `${t(`admin:changes.value.${name}`)}: `}
              <Value name={name} value={before} cards={cards} /> {t('admin:changes.arrow')} <Value name={name} value={after} cards={cards} /> ·{' '}
            </span>
          ))}
          {change.by === SYSTEM ? t('admin:changes.system') : <bdi>{change.byName}</bdi>} · {format.moment(change.at)}
        </small>
      </span>
    </li>
  );
}

function Value({ name, value, cards }: { name: string; value: string | null; cards: ReadonlyMap<string, CardOf> | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (value === null) return <>{t(name === 'person' ? 'admin:changes.nobody' : 'admin:changes.unset')}</>;
  if (name !== 'person') return <bdi>{format.number(value)}</bdi>;
  const card = cards?.get(value);
  return card ? <Link to="/r/$id" params={{ id: value }} className="plain-link"><bdi>{card.title}</bdi></Link> : <>{t('admin:changes.gone')}</>;
}
