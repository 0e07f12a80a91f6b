import { Button } from '@mantine/core';
import { IconArrowRight, IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { Contributions } from '@/charts/Contributions';
import { share } from '@/charts/RiskPaths';
import { useFormat } from '@/lib/useSettings';
import { Badge } from '@/ui/Badge';
import { Bone } from '@/ui/Bones';
import { useCause } from './asking';
import { rowsOf, type RiskPath } from '@/meta/view360';

/** One way of risk, step by step, and why the record at its beginning is at risk. */
export function Following({ path, onLeave }: { path: RiskPath; onLeave: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const first = path.records[0];
  if (!first) return null;
  return (
    <section className="following" aria-label={t('record:risk.follow', { name: first.title })}>
      <ol className="following-steps">
        {path.records.map((record, place) => (
          <Fragment key={record.id}>
            <li>
              <Link to="/r/$id" params={{ id: record.id }} className="near-link">
                <Badge text={record.title} seed={record.id} size={22} />
                <span className="cut" dir="auto">{record.title}</span>
              </Link>
            </li>
            {place < path.shares.length && (
              <li className="following-share muted">
                <IconArrowRight size={15} className="mirrors" aria-hidden="true" />
                <span className="num">{t('record:risk.passes', { share: share(path.shares[place] ?? 0, format) })}</span>
              </li>
            )}
          </Fragment>
        ))}
        <li className="grow" />
        <li>
          <Button size="compact-sm" variant="subtle" color="gray" leftSection={<IconX size={14} />} onClick={onLeave}>
            {t('record:risk.leave')}
          </Button>
        </li>
      </ol>
      <Begins id={first.id} title={first.title} />
    </section>
  );
}

function Begins({ id, title }: { id: string; title: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: cause, isPending } = useCause(id);
  if (isPending) return <Bone height={72} />;
  if (!cause) return null;
  return (
    <div className="following-cause">
      <h3>{t('record:risk.begins', { name: title, risk: format.percent(cause.risk) })}</h3>
      <Contributions rows={rowsOf(cause.reasons, 100).slice(0, 4)} moreIsBetter={false} />
      <Button size="compact-md" variant="default" renderRoot={(props) => <Link to="/r/$id" params={{ id }} {...props} />}>
        {t('record:risk.open', { name: title })}
      </Button>
    </div>
  );
}
