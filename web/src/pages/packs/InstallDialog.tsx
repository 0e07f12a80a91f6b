import { Button, Modal, SegmentedControl } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { accepted } from '@/api/failures';
import { keys } from '@/api/keys';
import { useFormat } from '@/lib/useSettings';
import { Bone } from '@/ui/Bones';
import { Fault } from '@/ui/Fault';
import { tell } from '@/ui/toasts';
import { useSaid } from '@/ui/useSaid';
import { install, type Outcome, type Settle, type Wish } from './packs';

/** The code under which the model and a pack are said to differ. */
const DIFFERS = 'changed_here';

interface Props {
  title: string;
  wish: Wish;
  onClose: () => void;
}

/** What a pack would do to the model, and the way to install it. */
export function InstallDialog({ title, wish, onClose }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [settle, setSettle] = useState<Settle>('REFUSE');
  const plan = useQuery({ queryKey: keys.packPlan(wish, settle), queryFn: () => install(wish, settle, true), staleTime: 0 });
  const installing = useMutation({
    mutationFn: async () => accepted(await install(wish, settle, false)),
    onSuccess: async (done) => {
      await client.invalidateQueries({ queryKey: keys.model });
      void client.invalidateQueries({ queryKey: ['packs'] });
      onClose();
      tell(t('packs:done', { packs: done.packs.join(', ') }));
    },
  });
  const outcome = plan.data;
  return (
    <Modal opened onClose={onClose} size="lg" title={title} closeButtonProps={{ 'aria-label': t('app:cancel') }}>
      <div className="packs-plan" aria-busy={plan.isFetching}>
        {plan.isError && <Fault error={plan.error} again={() => void plan.refetch()} />}
        {!outcome && plan.isPending && <><Bone height={16} /><Bone height={16} width="60%" /></>}
        {outcome && <Told outcome={outcome} settle={settle} onSettle={setSettle} />}
        {installing.isError && <Fault error={installing.error} />}
        {outcome?.plan && (
          <Button loading={installing.isPending} disabled={outcome.errors.length > 0 || plan.isFetching} onClick={() => installing.mutate()}>
            {t('packs:install')}
          </Button>
        )}
      </div>
    </Modal>
  );
}

function Told({ outcome, settle, onSettle }: { outcome: Outcome; settle: Settle; onSettle: (settle: Settle) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const said = useSaid();
  const undecided = outcome.conflicts.length > 0 && settle === 'REFUSE';
  const changes = outcome.plan?.changes ?? [];
  return (
    <>
      {outcome.packs.length > 1 && <p className="muted">{t('packs:together', { packs: outcome.packs.join(', ') })}</p>}
      {outcome.errors.length > 0 && (
        <section>
          <h3 className="bad">{t('packs:problems')}</h3>
          <ul>{outcome.errors.map((each) => <li key={each.message} dir="auto">{said.problem(each)}</li>)}</ul>
        </section>
      )}
      {outcome.conflicts.length > 0 && (
        <section>
          <h3 className="warn">{t('packs:differs')}</h3>
          <ul>{outcome.conflicts.map(({ sentence, details }) => <li key={sentence} dir="auto">{said.problem({ code: DIFFERS, message: sentence, details })}</li>)}</ul>
          <SegmentedControl
            size="xs"
            aria-label={t('packs:settle.name')}
            value={settle === 'REFUSE' ? '' : settle}
            data={(['KEEP', 'TAKE'] as const).map((value) => ({ value, label: t(`packs:settle.${value}`) }))}
            onChange={(value) => onSettle(value as Settle)}
          />
        </section>
      )}
      {changes.length > 0 && (
        <section>
          <h3>{t('packs:changes', { count: changes.length, number: format.number(changes.length) })}</h3>
          <ul className="packs-changes" tabIndex={0} aria-label={t('packs:changesName')}>{changes.map((each) => <li key={each.sentence} dir="auto">{said.change(each)}</li>)}</ul>
        </section>
      )}
      {outcome.plan && outcome.plan.apiBreaks.length > 0 && (
        <section>
          <h3 className="warn">{t('packs:breaks')}</h3>
          <ul>{outcome.plan.apiBreaks.map((each) => <li key={each.sentence} dir="auto">{said.broken(each)}</li>)}</ul>
        </section>
      )}
      {!outcome.plan && !undecided && outcome.errors.length === 0 && (
        <p className="packs-same good"><IconCircleCheck size={17} aria-hidden="true" /> {t('packs:same')}</p>
      )}
    </>
  );
}
