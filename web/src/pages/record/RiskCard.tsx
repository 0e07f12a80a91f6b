import { IconRouteOff } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { asFailure } from '@/api/failures';
import { RiskPaths, share } from '@/charts/RiskPaths';
import { useFormat } from '@/lib/useSettings';
import { typeNamed, useModel } from '@/meta/model';
import { Bone } from '@/ui/Bones';
import { Card } from '@/ui/Card';
import { Fault, useWords } from '@/ui/Fault';
import { Pill } from '@/ui/Pill';
import { hueOf } from '@/ui/hues';
import { useRisk } from './asking';
import { Following } from './Following';
import type { Risk, RiskPath, View } from '@/meta/view360';

/** Below this a way brings nothing that anybody could do something about. */
const LEAST = 0.0005;
/** So many ways are named where none brings that much. */
const FEW = 3;
/** So much risk from others is drawn; of less it is said that it is hardly any. */
const DRAWN = 0.005;

/** The ways along which risk comes to a record; each can be followed to its cause. Of the past none are kept. */
export function RiskCard({ view, asOf }: { view: View; asOf: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const model = useModel();
  const go = useNavigate({ from: '/r/$id' });
  const { path: chosen } = useSearch({ from: '/r/$id' });
  const found = useRisk(view.record.id, !asOf);
  const colorOf = (type: string): string => typeNamed(model.data, type)?.color || hueOf(type);
  const risk = found.data;
  const paths = telling(risk?.paths ?? [], view.record.id);
  const followed = chosen === undefined ? undefined : paths[chosen];
  const hardly = risk !== undefined && risk.received < DRAWN;

  function choose(path: number | undefined): void {
    void go({ search: ({ path: _, ...before }) => (path === undefined ? before : { ...before, path }), resetScroll: false });
  }

  return (
    <Card title={t('record:risk.title')} aside={risk && !(hardly && paths.length) && <Split risk={risk} />} className="risk-card">
      {found.isLoading && <div style={{ padding: 16 }}><Bone height={260} /></div>}
      {risk && hardly && paths.length > 0 && (
        <div className="risk-little">
          <Shares risk={risk} />
          <p>{t('record:risk.hardly', { least: format.percent(0.01) })}</p>
          {!followed && <Choices paths={paths} onChoose={choose} />}
        </div>
      )}
      {!hardly && paths.length > 0 && (
        <>
          <p className="card-note">{t('record:risk.says')}</p>
          <RiskPaths
            paths={paths.map(({ records, brings }) => ({ steps: records, weight: brings }))}
            label={t('record:risk.title')}
            colorOf={colorOf}
            chosen={chosen ?? null}
            onChoose={(path) => choose(path === chosen ? undefined : path)}
          />
          {!followed && <Choices paths={paths} onChoose={choose} />}
        </>
      )}
      {followed && <Following path={followed} onLeave={() => choose(undefined)} />}
      {!found.isLoading && paths.length === 0 && <Nothing asOf={asOf} error={found.error} again={() => void found.refetch()} />}
    </Card>
  );
}

function Split({ risk }: { risk: Risk }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Pill tone={risk.risk >= 0.5 ? 'bad' : risk.risk >= 0.2 ? 'warn' : 'plain'}>
      {t('record:risk.split', { all: share(risk.risk, format), own: share(risk.own, format), received: share(risk.received, format) })}
    </Pill>
  );
}

/** What is its own of the risk beside what others bring, where that is too little to be drawn. */
function Shares({ risk }: { risk: Risk }) {
  const { t } = useTranslation();
  const format = useFormat();
  const own = risk.own / (risk.own + risk.received || 1);
  return (
    <div>
      <dl className="risk-shares">
        <div><dt>{t('record:risk.own')}</dt><dd className="num"><bdi>{share(risk.own, format)}</bdi></dd></div>
        <div><dt>{t('record:risk.others')}</dt><dd className="num"><bdi>{share(risk.received, format)}</bdi></dd></div>
      </dl>
      <span className="risk-split" aria-hidden="true"><i style={{ flexGrow: own }} /><i style={{ flexGrow: 1 - own }} /></span>
    </div>
  );
}

/** The same ways as buttons, for whoever does not point. */
function Choices({ paths, onChoose }: { paths: readonly RiskPath[]; onChoose: (path: number) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="risk-choices no-print">
      {paths.map((path, place) => (
        <button key={place} type="button" onClick={() => onChoose(place)}>
          <bdi className="num">{share(path.brings, format)}</bdi>
          <span className="cut" dir="auto">{t('record:risk.from', { name: path.records[0]?.title })}</span>
        </button>
      ))}
    </div>
  );
}

/** What the model does not allow for is said as quietly as that there is nothing; what passes can be asked for again. */
function Nothing({ asOf, error, again }: { asOf: string; error: Error | null; again: () => void }) {
  const { t } = useTranslation();
  const words = useWords();
  if (error && !asFailure(error).problems.length) return <Fault error={error} again={again} />;
  return <Quiet>{asOf ? t('record:risk.past') : error ? words(asFailure(error)) : t('record:risk.none')}</Quiet>;
}

function Quiet({ children }: { children: string }) {
  return (
    <div className="risk-none">
      <IconRouteOff size={34} stroke={1.4} aria-hidden="true" />
      <p>{children}</p>
    </div>
  );
}

/** Ways that bring something, read so that the record at hand stands at the end. */
function telling(paths: readonly RiskPath[], id: string): RiskPath[] {
  const ways = paths.map((path) => (path.records[0]?.id === id ? { ...path, records: [...path.records].reverse() } : path));
  const strong = ways.filter((path) => path.brings >= LEAST);
  return strong.length ? strong : ways.slice(0, FEW);
}
