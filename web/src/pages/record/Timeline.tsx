import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Bone } from '@/ui/Bones';
import { Card } from '@/ui/Card';
import { Fault } from '@/ui/Fault';
import { Happenings } from './Happenings';
import type { PartProps } from './Record';
import { useTimeline } from './view';

export function Timeline({ view, type, asOf }: PartProps) {
  const { t } = useTranslation();
  const found = useTimeline(view.record.id, asOf);
  const events = found.data?.pages.flatMap((page) => page.events) ?? [];
  return (
    <Card title={t('record:tab.timeline')}>
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
