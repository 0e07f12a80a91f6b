import { IconGauge } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Calibration } from '@/charts/Calibration';
import { useFormat } from '@/lib/useSettings';
import { Card } from '@/ui/Card';
import { EmptyState } from '@/ui/EmptyState';
import { Pill } from '@/ui/Pill';
import type { BackTest, Quality as Measured } from './runs';
import type { PartProps } from './Workbench';

const DAY_MS = 86_400_000;

/** How much the risk is worth: on examples it had not seen, and on past moments. */
export function Quality({ type, runs }: PartProps) {
  const { t } = useTranslation();
  const run = runs.find(({ status }) => status === 'DONE');
  const quality = run?.quality[type.name];
  if (!run || !quality || quality.refused) {
    return <EmptyState icon={IconGauge} title={t('workbench:quality.none')}>{quality?.refused}</EmptyState>;
  }
  const test = quality.backtest;
  return (
    <div className="quality">
      <Basis quality={quality} />
      {test && !test.refused && <Past test={test} />}
      {test?.refused && <p className="card card-note quality-note">{test.refused}</p>}
      <div className="quality-pair">
        {test?.calibration && (
          <Card title={t('workbench:quality.calibration.past')}>
            <Calibration bins={test.calibration.bins} label={t('workbench:quality.calibration.past')} said={t('workbench:quality.said')} came={t('workbench:quality.came')} />
          </Card>
        )}
        {quality.calibration && (
          <Card title={t('workbench:quality.calibration.unseen')}>
            <Calibration bins={quality.calibration.bins} label={t('workbench:quality.calibration.unseen')} said={t('workbench:quality.said')} came={t('workbench:quality.came')} />
          </Card>
        )}
      </div>
      {test?.moments && test.moments.length > 0 && <Moments test={test} />}
    </div>
  );
}

function Basis({ quality }: { quality: Measured }) {
  const { t } = useTranslation();
  const format = useFormat();
  const learned = quality.auc !== undefined;
  const { examples = 0, left = 0 } = quality;
  return (
    <div className="card quality-basis">
      <Pill tone={learned ? 'good' : 'plain'}>{t(learned ? 'workbench:quality.learned' : 'workbench:quality.silence')}</Pill>
      <p>
        {learned
          ? t('workbench:quality.from', { examples: format.number(examples), count: left, left: format.number(left), auc: format.number(quality.auc ?? 0, 3) })
          : (quality.notLearned ?? t('workbench:quality.fromSilence'))}
      </p>
    </div>
  );
}

function Past({ test }: { test: BackTest }) {
  const { t } = useTranslation();
  const format = useFormat();
  const share = (value: number | undefined): string => (value === undefined ? '–' : format.percent(value, 0));
  const first = format.number(test.first ?? 20);
  const figures = [
    { key: 'auc', value: test.auc === undefined ? '–' : format.number(test.auc, 2), note: t('workbench:quality.auc.says') },
    { key: 'precision', value: share(test.precision), note: t('workbench:quality.precision.says', { first }) },
    { key: 'recall', value: share(test.recall), note: t('workbench:quality.recall.says', { first }) },
    { key: 'lead', value: test.medianLeadDays == null ? '–' : t('workbench:quality.days', { count: Math.round(test.medianLeadDays), number: format.number(test.medianLeadDays, 0) }), note: t('workbench:quality.lead.says') },
    { key: 'brier', value: test.brier === undefined ? '–' : format.number(test.brier, 3), note: t('workbench:quality.brier.says') },
  ];
  return (
    <section className="card quality-figures" aria-label={t('workbench:quality.past')}>
      {figures.map(({ key, value, note }) => (
        <div key={key}>
          <span>{t(`workbench:quality.${key}.name`)}</span>
          <b className="num"><bdi>{value}</bdi></b>
          <small>{note}</small>
        </div>
      ))}
    </section>
  );
}

function Moments({ test }: { test: BackTest }) {
  const { t } = useTranslation();
  const format = useFormat();
  const outcome = test.outcome ?? 'marked';
  return (
    <Card title={t('workbench:quality.moments')} note={t(`workbench:quality.outcome.${outcome}`)}>
      <div className="table-wrap" tabIndex={0} role="group" aria-label={t('workbench:quality.moments')}>
        <table className="plain-table">
          <thead>
            <tr>
              <th>{t('workbench:quality.day')}</th><th>{t('workbench:quality.asked')}</th><th>{t('workbench:quality.gone')}</th><th>{t('workbench:quality.auc.name')}</th>
            </tr>
          </thead>
          <tbody>
            {test.moments?.map(({ day, asked, left, auc }) => (
              <tr key={day}>
                <td className="num">{format.day(new Date(day * DAY_MS).toISOString())}</td>
                <td className="num">{format.number(asked)}</td>
                <td className="num">{format.number(left)}</td>
                <td className="num">{auc === null ? '–' : format.number(auc, 2)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}
