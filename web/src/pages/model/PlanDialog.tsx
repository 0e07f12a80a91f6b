import { Button, Modal, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconFlame, IconPencilPlus } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { accepted, type Problem } from '@/api/failures';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { useMe } from '@/api/session';
import { showMade } from '@/lib/typesShown';
import { useFormat } from '@/lib/useSettings';
import { Bone } from '@/ui/Bones';
import { Fault } from '@/ui/Fault';
import { tell } from '@/ui/toasts';
import { useSaid } from '@/ui/useSaid';
import { useDesigner } from './designer';
import { MovedHere } from './MovedOn';
import { madeIn, patchOf } from './patch';
import { applied } from './store';
import type { Effect, Plan, PlacedProblem } from './usePlan';

const SIGNS = { SAFE: IconCircleCheck, FILLS: IconPencilPlus, DESTROYS: IconFlame } as const;
const TONES = { SAFE: 'good', FILLS: 'warn', DESTROYS: 'bad' } as const;
const EFFECTS: readonly Effect[] = ['DESTROYS', 'FILLS', 'SAFE'];

interface Done {
  applyModel: { model: { version: number }; errors: Problem[] };
}

const APPLY = `mutation Apply($input: ApplyModelInput!) {
  applyModel(input: $input) { model { version } errors { code message path details } }
}`;

/** What the draft would do, counted, and the way to do it. */
export function PlanDialog({ opened }: { opened: boolean }) {
  const { t } = useTranslation();
  const { show } = useDesigner();
  return (
    <Modal opened={opened} onClose={() => show({ ask: undefined })} size="lg" title={t('model:plan.title')} closeButtonProps={{ 'aria-label': t('model:close') }}>
      {opened && <Content />}
    </Modal>
  );
}

function Content() {
  const { t } = useTranslation();
  const said = useSaid();
  const { draft, plan, planning, planFault, problems } = useDesigner();
  if (planFault) return <Fault error={planFault} />;
  if (!draft) return <p className="model-note">{t('model:plan.nothing')}</p>;
  if (!plan) return <div className="model-dialog"><Bone height={18} /><Bone height={18} width="70%" /></div>;
  return (
    <div className="model-dialog model-plan" aria-busy={planning}>
      <MovedHere />
      {problems.length > 0 && <Problems problems={problems} />}
      <Changes plan={plan} />
      {plan.apiBreaks.length > 0 && (
        <section>
          <h3 className="warn"><IconAlertTriangle size={16} aria-hidden="true" /> {t('model:plan.breaks', { count: plan.apiBreaks.length })}</h3>
          <ul>{plan.apiBreaks.slice(0, 50).map((each) => <li key={each.sentence}><bdi>{said.broken(each)}</bdi></li>)}</ul>
        </section>
      )}
      <Apply plan={plan} waiting={planning} />
    </div>
  );
}

function Problems({ problems }: { problems: readonly PlacedProblem[] }) {
  const { t } = useTranslation();
  const { show } = useDesigner();
  return (
    <section>
      <h3 className="bad"><IconAlertTriangle size={16} aria-hidden="true" /> {t('model:plan.problems', { count: problems.length })}</h3>
      <ul>
        {problems.map(({ message, place }) => (
          <li key={`${place.owner?.name} ${place.field} ${place.attribute} ${message}`} dir="auto">
            {message}{' '}
            {place.owner && (
              <button
                type="button"
                className="model-link"
                onClick={() => show({ ask: undefined, [place.owner!.where === 'types' ? 'type' : 'relation']: place.owner!.name, field: place.field, part: undefined })}
              >
                {t('model:plan.goThere')}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Changes({ plan }: { plan: Plan }) {
  const { t } = useTranslation();
  const said = useSaid();
  const format = useFormat();
  return EFFECTS.map((effect) => {
    const changes = plan.changes.filter((change) => change.effect === effect);
    if (!changes.length) return null;
    const Sign = SIGNS[effect];
    const records = changes.reduce((sum, change) => sum + change.records + change.links, 0);
    return (
      <section key={effect}>
        <h3 className={TONES[effect]}>
          <Sign size={16} aria-hidden="true" /> {t(`model:effect.${effect}`)}
          {records > 0 && <small className="num">{t('model:plan.touched', { count: records, number: format.number(records) })}</small>}
        </h3>
        <ul>{changes.map((change) => <li key={`${change.code} ${change.path.join('.')}`}><bdi>{said.change(change)}</bdi></li>)}</ul>
      </section>
    );
  });
}

function Apply({ plan, waiting }: { plan: Plan; waiting: boolean }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { draft, show, design } = useDesigner();
  const [reason, setReason] = useState('');
  const administrator = useMe().data?.administrator ?? false;
  const applying = useMutation({
    mutationFn: async () => {
      const input = { ...patchOf(draft!), expectedVersion: design.version, reason: reason.trim() };
      const { applyModel } = await gql<Done>(APPLY, { input });
      return accepted(applyModel).model.version;
    },
    onSuccess: async (version) => {
      showMade(madeIn(draft!));
      applied();
      await client.invalidateQueries({ queryKey: keys.model });
      show({ ask: undefined, field: undefined });
      tell(t('model:plan.applied', { version }));
    },
  });
  const destroys = plan.effect === 'DESTROYS';
  return (
    <form
      className="model-apply"
      onSubmit={(event) => {
        event.preventDefault();
        applying.mutate();
      }}
    >
      {applying.isError && <Fault error={applying.error} />}
      <TextInput label={t('model:plan.reason')} placeholder={t('model:plan.reasonExample')} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
      {!administrator && <p className="model-note">{t('model:plan.administrators')}</p>}
      <Button type="submit" color={destroys ? 'red' : 'iris'} loading={applying.isPending} disabled={waiting || plan.errors.length > 0 || !administrator || plan.changes.length === 0}>
        {destroys ? t('model:plan.applyDestroying') : t('model:plan.apply')}
      </Button>
    </form>
  );
}
