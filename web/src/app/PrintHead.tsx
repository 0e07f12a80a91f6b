import { useEffect } from 'react';
import type { Me } from '@/api/session';
import { useFormat } from '@/lib/useSettings';
import { usePrinting } from '@/lib/usePrinting';

/** Above what is printed: whose it is and as of when; the file is called what the page is about. */
export function PrintHead({ me }: { me: Me }) {
  const printing = usePrinting();
  const format = useFormat();
  useEffect(() => {
    if (!printing) return;
    const before = document.title;
    document.title = [document.querySelector('h1')?.textContent, before].filter(Boolean).join(' – ');
    return () => {
      document.title = before;
    };
  }, [printing]);
  return (
    <div className="print-head" aria-hidden="true">
      <b>XRM</b>
      <span className="num">
        <bdi>{me.name}</bdi> · <bdi>{printing && format.moment(new Date().toISOString())}</bdi>
      </span>
    </div>
  );
}
