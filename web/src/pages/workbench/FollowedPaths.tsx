import { Link } from '@tanstack/react-router';
import { Fragment, useState } from 'react';
import { RiskPaths } from '@/charts/RiskPaths';
import type { CardOf } from '@/meta/useCard';
import { useLook } from '@/meta/useLook';

interface Props {
  paths: readonly { records: CardOf[]; brings: number }[];
  label: string;
  height?: number;
}

/** Ways of risk drawn; the records of the one that is chosen can be opened. */
export function FollowedPaths({ paths, label, height }: Props) {
  const lookOf = useLook();
  const [chosen, setChosen] = useState(0);
  const drawn = paths.map(({ records, brings }) => ({ steps: records, weight: brings }));
  const followed = paths[Math.min(chosen, paths.length - 1)];
  return (
    <>
      <RiskPaths paths={drawn} label={label} colorOf={(type) => lookOf(type).color} chosen={chosen} onChoose={setChosen} {...(height ? { height } : {})} />
      {followed && <Followed records={followed.records} />}
    </>
  );
}

/** The records of a way, each to be opened. */
export function Followed({ records }: { records: readonly CardOf[] }) {
  return (
    <p className="followed">
      {records.map((record, place) => (
        <Fragment key={record.id}>
          {place > 0 && <span className="mirrors" aria-hidden="true">→</span>}
          <Link to="/r/$id" params={{ id: record.id }}><bdi>{record.title}</bdi></Link>
        </Fragment>
      ))}
    </p>
  );
}
