import { Button } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSettings } from '@/lib/useSettings';
import { heading, typeNamed, useModel } from '@/meta/model';
import { profileOf, useProfiles } from '@/meta/profiles';
import { Bone } from '@/ui/Bones';
import { Card } from '@/ui/Card';
import { Fault } from '@/ui/Fault';
import { useTimeline } from './asking';
import { Happenings } from './Happenings';
import type { PartProps } from './Record';

/** As the API calls changes of the record itself. */
const CHANGE = 'change';

/** Everything that happened, of all relations and of the record itself, or of some kinds only. */
export function Timeline({ view, type, asOf }: PartProps) {
  const { t } = useTranslation();
  const { kinds = [] } = useSearch({ from: '/r/$id' });
  const found = useTimeline(view.record.id, asOf, kinds);
  const events = found.data?.pages.flatMap((page) => page.events) ?? [];
  return (
    <Card title={t('record:tab.timeline')} aside={<Kinds of={type.name} chosen={kinds} />}>
      {found.isError && <Fault error={found.error} again={() => void found.refetch()} />}
      {found.isPending ? <div style={{ padding: 16 }}><Bone height={240} /></div> : <Happenings events={events} type={type} />}
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

function Kinds({ of, chosen }: { of: string; chosen: readonly string[] }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const go = useNavigate({ from: '/r/$id' });
  const { data: model } = useModel();
  const told = profileOf(useProfiles().data, of)?.view.timeline.map((each) => each.type) ?? [];
  const kinds = [...new Set(told), CHANGE];
  if (kinds.length < 2) return null;

  function toggle(kind: string): void {
    const next = chosen.includes(kind) ? chosen.filter((each) => each !== kind) : [...chosen, kind];
    void go({ search: ({ kinds: _, ...before }) => (next.length ? { ...before, kinds: next } : before), replace: true });
  }

  return (
    <div className="kinds" role="group" aria-label={t('record:timeline.kinds')}>
      {kinds.map((kind) => {
        const type = typeNamed(model, kind);
        const label = kind === CHANGE ? t('record:timeline.changes') : type ? heading(type.labels, language) : kind;
        return (
          <button key={kind} type="button" aria-pressed={chosen.includes(kind)} onClick={() => toggle(kind)}>
            {type && <i className="dot" style={{ background: type.color }} />}
            {label}
          </button>
        );
      })}
    </div>
  );
}
