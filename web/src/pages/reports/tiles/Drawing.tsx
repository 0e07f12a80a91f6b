import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Columns } from '@/charts/Columns';
import { Flows } from '@/charts/Flows';
import { Funnel } from '@/charts/Funnel';
import { Lines } from '@/charts/Lines';
import { Ring } from '@/charts/Ring';
import { Rows } from '@/charts/Rows';
import type { OnPick } from '@/charts/sheet';
import { Table } from '@/charts/Table';
import { useFormat } from '@/lib/useSettings';
import type { EntityType, Model } from '@/meta/model';
import { Bone } from '@/ui/Bones';
import { Fault } from '@/ui/Fault';
import { figuresOf, type Figures } from '../answer';
import type { Tile } from '../board';
import { asCohorts } from '../cohorts';
import type { Answer } from '../useFigures';
import { useWording } from '../useWording';
import { Kpi } from './Kpi';
import { Records } from './Records';

const Network = lazy(() => import('./Network'));

export interface Pointed {
  tile: Tile;
  figures: Figures;
  row: number;
  column: number | null;
  at: DOMRect;
}

interface Props {
  tile: Tile;
  model: Model;
  type: EntityType;
  title: string;
  answer: Answer | undefined;
  asTable: boolean;
  /** Absent where nothing is to be followed: on a wall. */
  point: ((pointed: Pointed) => void) | undefined;
  again: () => void;
}

/** What a tile shows of what it was answered. */
export function Drawing(props: Props) {
  const { tile, answer, again } = props;
  if (answer?.error) return <div className="tile-fault"><Fault error={answer.error} again={again} /></div>;
  if (!answer?.now) return <div className="tile-waits"><Bone height="100%" /></div>;
  if (tile.kind === 'table') return <Records tile={tile} type={props.type} part={answer.now} />;
  if (tile.kind === 'graph') return <Suspense fallback={<div className="tile-waits"><Bone height="100%" /></div>}><Network tile={tile} part={answer.now} title={props.title} /></Suspense>;
  return <OfFigures {...props} answer={answer} />;
}

function OfFigures({ tile, model, type, title, answer, asTable, point }: Props & { answer: Answer }) {
  const { t } = useTranslation();
  const words = useWording(model, type);
  const { tag } = useFormat();
  const found = useMemo(() => figuresOf(tile, model, type, answer.now!, answer.before, words), [tile, model, type, answer, words]);
  const figures = asCohorts(found, tile, words.calendar, tag);
  const onPick: OnPick = point && ((picked) => {
    // what puts several groups together stands for no records of its own: its bar, or row, as a whole does
    const column = picked.column !== null && figures.fits(picked.row, picked.column) ? picked.column : null;
    if (figures.fits(picked.row, column)) point({ tile, figures, ...picked, column });
  });
  if (tile.kind === 'kpi') return <Kpi tile={tile} model={model} type={type} answer={answer} figures={figures} words={words} />;
  if (!figures.rows.length) return <p className="tile-empty">{t('reports:nothing')}</p>;
  const shared = { sheet: figures, title, onPick };
  if (asTable) return <Table {...shared} totals />;
  switch (tile.kind) {
    case 'bar':
      return figures.timed ? <Columns {...shared} /> : <Rows {...shared} />;
    case 'line':
    case 'area':
      return figures.timed ? <Lines {...shared} filled={tile.kind === 'area'} /> : <Rows {...shared} />;
    case 'pie':
      return <Ring {...shared} />;
    case 'funnel':
      return <Funnel {...shared} />;
    case 'sankey':
      return <Flows {...shared} />;
    default:
      return <Table {...shared} heat totals={tile.kind === 'pivot'} />;
  }
}
