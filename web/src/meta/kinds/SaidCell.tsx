import { useFormat } from '@/lib/useSettings';
import type { CellProps } from './kind';
import { brief, said } from './said';

/** A number, an amount or a day, apart from the direction of what stands around it. */
export function SaidCell({ value, field }: CellProps) {
  const format = useFormat();
  return value === null || value === undefined || value === '' ? null : <bdi className="num cut">{said(field, value, format)}</bdi>;
}

/** A figure over all rows; the whole of a long one is told on pointing. */
export function TotalCell({ value, field }: CellProps) {
  const format = useFormat();
  return <bdi className="num cut" title={said(field, value, format) ?? undefined}>{brief(field, value, format)}</bdi>;
}
