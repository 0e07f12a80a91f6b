import { useFormat } from '@/lib/useSettings';
import type { CellProps } from './kind';
import { said } from './said';

/** A number, an amount or a day, apart from the direction of what stands around it. */
export function SaidCell({ value, field }: CellProps) {
  const format = useFormat();
  return value === null || value === undefined || value === '' ? null : <bdi className="num cut">{said(field, value, format)}</bdi>;
}
