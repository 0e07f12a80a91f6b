import { IconChevronDown } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { RiskPaths, share } from '@/charts/RiskPaths';
import { useFormat } from '@/lib/useSettings';
import { cardsOf, type CardOf } from '@/meta/useCard';
import { useLook } from '@/meta/useLook';
import { Bone } from '@/ui/Bones';
import { Fault } from '@/ui/Fault';
import { Followed } from './FollowedPaths';
import { keyOf, sidesOf, type MovedWay } from './movedWays';

interface Props {
  /** What the record is called that the ways lead to. */
  title: string;
  ways: readonly MovedWay[];
}

/** How many ways are not as they were; opened, both pictures of them. */
export function MovedWays({ title, ways }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const id = useId();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="moved-open" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        <IconChevronDown size={15} aria-hidden="true" />
        {t('workbench:moved.ways', { count: ways.length, number: format.number(ways.length) })}
      </button>
      <div id={id} className="moved-ways" hidden={!open}>{open && <Pictures title={title} ways={ways} />}</div>
    </>
  );
}

function Pictures({ title, ways }: Props) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState('');
  const ids = ways.flatMap(({ records }) => records);
  const cards = useQuery({ queryKey: [...keys.scores, 'moved ways', ids], queryFn: ({ signal }) => cardsOf(ids, signal) });
  if (cards.isError) return <Fault error={cards.error} again={() => void cards.refetch()} />;
  if (!cards.data) return <Bone height={220} />;
  const { before, after, total } = sidesOf(ways);
  const cardOf = (id: string): CardOf => cards.data.get(id) ?? { id, type: '', title: t('workbench:moved.noMore') };
  const followed = ways.find((way) => keyOf(way) === chosen) ?? after[0] ?? before[0]!;
  const common = { title, total, cardOf, chosen: keyOf(followed), choose: setChosen };
  return (
    <>
      <Picture {...common} side="before" ways={before} />
      <Picture {...common} side="after" ways={after} />
      <div className="moved-followed">
        <Followed records={followed.records.map(cardOf)} />
        <Move way={followed} />
        <small>{t('workbench:moved.drawn')}</small>
      </div>
    </>
  );
}

interface PictureProps {
  title: string;
  side: 'before' | 'after';
  ways: readonly MovedWay[];
  total: number;
  cardOf: (id: string) => CardOf;
  chosen: string;
  choose: (key: string) => void;
}

function Picture({ title, side, ways, total, cardOf, chosen, choose }: PictureProps) {
  const { t } = useTranslation();
  const lookOf = useLook();
  const drawn = ways.map((way) => ({ steps: way.records.map(cardOf), weight: way[side]! }));
  const at = ways.findIndex((way) => keyOf(way) === chosen);
  const label = t(`workbench:moved.${side}`);
  return (
    <figure aria-label={`${title}: ${label}`}>
      <figcaption>{label}</figcaption>
      {drawn.length ? (
        <RiskPaths paths={drawn} total={total} label={label} colorOf={(type) => lookOf(type).color} chosen={at < 0 ? null : at} onChoose={(path) => choose(keyOf(ways[path]!))} height={220} />
      ) : (
        <p className="muted">{t(`workbench:moved.${side}None`)}</p>
      )}
    </figure>
  );
}

/** What the chosen way brought before and brings now. */
function Move({ way: { before, after } }: { way: MovedWay }) {
  const { t } = useTranslation();
  const format = useFormat();
  const told = (value: number | null, otherwise: string): string => (value === null ? otherwise : share(value, format));
  return (
    <p className="num moved-way">
      <bdi>{told(before, t('workbench:moved.wayNew'))}</bdi> <span className="mirrors" aria-hidden="true">→</span> <b><bdi>{told(after, t('workbench:moved.wayGone'))}</bdi></b>
    </p>
  );
}
