import { useTranslation } from 'react-i18next';
import { RiskPaths } from '@/charts/RiskPaths';
import { useFormat } from '@/lib/useSettings';
import { typeNamed, useModel } from '@/meta/model';
import { Bone } from '@/ui/Bones';
import { Card } from '@/ui/Card';
import { Pill } from '@/ui/Pill';
import { hueOf } from '@/ui/hues';
import { useRisk, type View } from './view';

/** The ways along which risk comes to a record; of the past none are kept. */
export function RiskCard({ view, asOf }: { view: View; asOf: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const model = useModel();
  const found = useRisk(view.record.id, !asOf);
  const colorOf = (type: string): string => typeNamed(model.data, type)?.color || hueOf(type);
  const risk = found.data;
  const paths = (risk?.paths ?? []).map((path) => ({ steps: towards(path.records, view.record.id), weight: path.brings }));
  const note = asOf ? t('record:risk.past') : found.isError ? t('record:risk.notYet') : t('record:risk.none');
  const aside = risk && <Pill tone={risk.risk >= 0.5 ? 'bad' : risk.risk >= 0.2 ? 'warn' : 'plain'}>{format.percent(risk.risk)}</Pill>;
  return (
    <Card title={t('record:risk.title')} aside={aside} className="risk-card">
      {found.isLoading && <div style={{ padding: 16 }}><Bone height={260} /></div>}
      {paths.length > 0 && (
        <>
          <p className="card-note">{t('record:risk.says')}</p>
          <RiskPaths paths={paths} label={t('record:risk.title')} colorOf={colorOf} />
        </>
      )}
      {!found.isLoading && paths.length === 0 && <p className="card-note card-end">{note}</p>}
    </Card>
  );
}

/** Read so that the record at hand stands at the end. */
function towards<T extends { id: string }>(records: readonly T[], id: string): readonly T[] {
  return records[0]?.id === id ? [...records].reverse() : records;
}
