import { useSyncExternalStore } from 'react';
import { dismiss, listenToToasts, toasts, type Toast } from './toasts';

export function Toasts() {
  const shown = useSyncExternalStore(listenToToasts, toasts);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {shown.map((toast) => (
        <One key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function One({ toast }: { toast: Toast }) {
  const { action } = toast;
  const act = () => {
    dismiss(toast.id);
    action?.run();
  };
  return (
    <div className="toast">
      <span>{toast.text}</span>
      {action && (
        <button type="button" onClick={act}>
          {action.label}
        </button>
      )}
    </div>
  );
}
