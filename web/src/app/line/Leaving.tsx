import { Button, Modal } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { signOut } from '@/api/session';
import { useWaiting } from '@/kept/queue';
import { useFormat } from '@/lib/useSettings';

/** Signs out; first says so where that would drop what has not been sent. */
export default function Leaving({ onStay }: { onStay: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const count = useWaiting().length;
  useEffect(() => {
    if (!count) void signOut();
  }, [count]);
  return (
    <Modal opened={count > 0} onClose={onStay} title={t('app:leaving.title')} size={460} closeButtonProps={{ 'aria-label': t('app:close') }}>
      <p>{t('app:leaving.says', { count, number: format.number(count) })}</p>
      <div className="leaving-acts">
        <Button variant="default" onClick={() => void signOut()}>{t('app:leaving.drop')}</Button>
        <Button data-autofocus onClick={onStay}>{t('app:leaving.stay')}</Button>
      </div>
    </Modal>
  );
}
