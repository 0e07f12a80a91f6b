import type { Me } from '@/api/session';
import { useFormat } from '@/lib/useSettings';
import { usePrinting } from '@/lib/usePrinting';

/** Above what is printed: whose it is and as of when. */
export function PrintHead({ me }: { me: Me }) {
  const printing = usePrinting();
  const format = useFormat();
  return (
    <div className="print-head" aria-hidden="true">
      <b>XRM</b>
      <span className="num">
        <bdi>{me.name}</bdi> · <bdi>{printing && format.moment(new Date().toISOString())}</bdi>
      </span>
    </div>
  );
}
