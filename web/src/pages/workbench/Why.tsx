import { useFormat } from '@/lib/useSettings';
import { mainReason, type Reason } from './ranking';

/** The main reason of a score in a line, with the record it stands on. */
export function Why({ reasons }: { reasons: readonly Reason[] }) {
  const format = useFormat();
  const reason = mainReason(reasons);
  if (!reason) return null;
  const [by] = reason.records;
  return <>{by && <><bdi>{by.title}</bdi>{' · '}</>}{format.said(reason.text)}</>;
}
