import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { useSettings } from '@/lib/useSettings';
import { capital, useModel } from '@/meta/model';
import { Badge } from '@/ui/Badge';
import { Card } from '@/ui/Card';
import { Meter } from '@/ui/Meter';
import { knownBy, mutual, tiesOf, type Known, type Tie } from './ties';
import type { View } from '@/meta/view360';

interface Told {
  subgraph: { records: { record: { id: string; title: string } }[]; links: Known[] };
}

const KNOWN = `query Known($ids: [ID!]!, $relations: [String!]) {
  subgraph(ids: $ids, hops: 1, relations: $relations, maxRecords: 40, maxLinks: 80) {
    records { record { id title } } links { source target weight }
  }
}`;
const NAMED = 3;

/** The people closest to a record, how close, and who else knows them. */
export function Ties({ view, closed }: { view: View; closed: boolean }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const { data: model } = useModel();
  const ties = model ? tiesOf(view, model, language) : [];
  const relations = model ? mutual(model) : [];
  const ids = ties.map(({ id }) => id);
  const { data } = useQuery({
    queryKey: [...keys.record(view.record.id), 'known', ids],
    queryFn: async ({ signal }) => (await gql<Told>(KNOWN, { ids, relations }, signal)).subgraph,
    enabled: ids.length > 0 && !closed,
    retry: false,
  });
  if (!ties.length) return null;
  const names = new Map(data?.records.map(({ record }) => [record.id, record.title]));
  const known = knownBy(ties, data?.links ?? [], view.record.id);
  const most = Math.max(...ties.map(({ strength }) => strength), 1e-9);
  return (
    <Card title={t('record:ties.title')}>
      <ul className="ties">
        {ties.map((tie) => (
          <One key={tie.id} tie={tie} share={tie.strength / most} others={(known.get(tie.id) ?? []).flatMap((id) => (names.has(id) ? [{ id, title: names.get(id) ?? '' }] : []))} />
        ))}
      </ul>
    </Card>
  );
}

function One({ tie, share, others }: { tie: Tie; share: number; others: { id: string; title: string }[] }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  return (
    <li>
      <Badge text={tie.title} seed={tie.id} size={28} round />
      <div>
        <Link to="/r/$id" params={{ id: tie.id }} className="plain-link cut" dir="auto">
          {tie.title}
        </Link>
        <small className="cut">{tie.says.map((said, place) => <span key={said} className="said"><bdi>{place ? said : capital(said, language)}</bdi></span>)}</small>
        {others.length > 0 && (
          <small className="ties-known">
            {t('record:ties.by')}{' '}
            {others.slice(0, NAMED).map(({ id, title }) => (
              <span key={id} className="said"><Link to="/r/$id" params={{ id }}><bdi>{title}</bdi></Link></span>
            ))}
          </small>
        )}
      </div>
      {tie.strength > 0 && <Meter value={share} />}
    </li>
  );
}
