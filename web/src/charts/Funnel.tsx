import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/useSettings';
import { share, type OnPick, type Sheet } from './sheet';
import './sheets.css';

interface Props {
  sheet: Sheet;
  title: string;
  onPick: OnPick;
}

/** Stages in their order, each as wide as what is in it, with its share of the first. */
export function Funnel({ sheet, title, onPick }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const values = sheet.rows.map((_, row) => Math.max(0, sheet.cells[row]?.[0] ?? 0));
  const most = Math.max(1e-9, ...values);
  return (
    <div className="funnel" role="group" aria-label={title}>
      {sheet.rows.map((head, row) => (
        <button
          key={head.id} type="button" disabled={!onPick}
          onClick={(event) => onPick?.({ row, column: null, at: event.currentTarget.getBoundingClientRect() })}
        >
          <span className="cut" dir="auto">{head.label}</span>
          <span className="stage" aria-hidden="true" style={{ width: `${((values[row] ?? 0) / most) * 100}%`, opacity: 1 - (row * 0.55) / Math.max(1, values.length) }} />
          <span className="told num">
            <b><bdi>{sheet.show(values[row] ?? 0, 0, true)}</bdi></b>
            <small>{values[0] && (values[row] ?? 0) <= values[0] ? t('reports:ofFirst', { share: share(format, (values[row] ?? 0) / values[0]) }) : ''}</small>
          </span>
        </button>
      ))}
    </div>
  );
}
