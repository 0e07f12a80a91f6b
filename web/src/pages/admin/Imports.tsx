import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { useFormat } from '@/lib/useSettings';
import { Bone } from '@/ui/Bones';
import { Card } from '@/ui/Card';
import { Fault } from '@/ui/Fault';
import { Pill, type Tone } from '@/ui/Pill';

interface Answer {
  imports: { nodes: { id: string; files: string[]; mapping: string; status: string; actorName: string | null; startedAt: string; upload: string | null }[] };
}

const IMPORTS = '{ imports(first: 6) { nodes { id files mapping status actorName startedAt upload } } }';
const TONES: Partial<Record<string, Tone>> = { done: 'good', undone: 'line', undoing: 'warn', running: 'warn' };

/** The last imports, each with the way to it. */
export function Imports() {
  const { t } = useTranslation();
  const format = useFormat();
  const asked = useQuery({ queryKey: [...keys.imports, 'last'], queryFn: ({ signal }) => gql<Answer>(IMPORTS, {}, signal) });
  if (asked.isError) return <Fault error={asked.error} again={() => void asked.refetch()} />;
  const runs = asked.data?.imports.nodes;
  return (
    <Card title={t('admin:runs.imports')} className="admin-card" aside={<Link to="/import" className="word-link">{t('admin:runs.allImports')}</Link>}>
      <ul className="admin-people">
        {!runs && <li><Bone height={20} /></li>}
        {runs?.length === 0 && <li className="muted">{t('admin:runs.noImports')}</li>}
        {runs?.map((run) => {
          const name = run.files.join(', ') || run.mapping;
          return (
            <li key={run.id}>
              <b className="cut" dir="auto">
                {run.upload ? <Link to="/import" search={{ upload: run.upload, step: 'run' }} className="plain-link">{name}</Link> : name}
              </b>
              <small className="num muted">{format.moment(run.startedAt)}{run.actorName && <> · <bdi>{run.actorName}</bdi></>}</small>
              <span className="grow" />
              <Pill tone={TONES[run.status] ?? 'plain'}>{t(`admin:imported.${run.status}`)}</Pill>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
