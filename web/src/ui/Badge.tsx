import { hueOf } from './hues';

interface Props {
  text: string;
  /** What the colour is made from; the same for the same record, wherever it is shown. */
  seed: string;
  size?: number;
  round?: boolean;
}

/** The first letter of a name on a tint of its own. */
export function Badge({ text, seed, size = 24, round = false }: Props) {
  const look = { width: size, height: size, fontSize: size * 0.44, '--hue': hueOf(seed) };
  return (
    <span className={round ? 'badge badge-round' : 'badge'} aria-hidden="true" style={look as React.CSSProperties}>
      {[...text.trim()][0]?.toLocaleUpperCase() ?? '·'}
    </span>
  );
}
