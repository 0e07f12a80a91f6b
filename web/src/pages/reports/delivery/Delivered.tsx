import { Button } from '@mantine/core';
import { IconCalendarRepeat } from '@tabler/icons-react';
import { Fault } from '@/ui/Fault';
import { DeliveryDialog } from './DeliveryDialog';
import { useDeliveries } from './useDeliveries';
import { useRhythm } from './useRhythm';

interface Props {
  page: string;
  name: string;
  asked: boolean;
  ask: (open: boolean) => void;
}

/** When this dashboard comes to the reader, and where that is set. */
export default function Delivered({ page, name, asked, ask }: Props) {
  const { data, error, refetch } = useDeliveries();
  const says = useRhythm();
  const before = data?.find((each) => each.page === page);
  return (
    <>
      {before && (
        <Button
          className="no-print delivered" size="compact-sm" variant="subtle" color="gray" leftSection={<IconCalendarRepeat size={15} aria-hidden="true" />}
          onClick={() => ask(true)}
        >
          {says(before)}
        </Button>
      )}
      {asked && error && <Fault error={error} again={() => void refetch()} />}
      {asked && data && <DeliveryDialog page={page} name={name} before={before} onClose={() => ask(false)} />}
    </>
  );
}
