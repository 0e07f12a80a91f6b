import { ActionIcon, Tooltip } from '@mantine/core';
import { IconFocusCentered, IconPlayerPause, IconPlayerPlay, IconZoomIn, IconZoomOut, type Icon } from '@tabler/icons-react';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { GraphHandle } from './GraphView';
import type { Force } from './useForce';

export function Tool({ icon: Sign, label, pressed, onClick, disabled }: { icon: Icon; label: string; pressed?: boolean; onClick: () => void; disabled?: boolean }) {
  return (
    <Tooltip label={label} openDelay={400}>
      <ActionIcon
        variant={pressed ? 'light' : 'subtle'}
        color={pressed ? 'iris' : 'gray'}
        className="graph-tool"
        aria-label={label}
        aria-pressed={pressed}
        disabled={disabled ?? false}
        onClick={onClick}
      >
        <Sign size={17} stroke={1.7} />
      </ActionIcon>
    </Tooltip>
  );
}

/** Nearer, further, everything; and the forces on or off. */
export function StageTools({ handle, force }: { handle: RefObject<GraphHandle | null>; force?: Force | null }) {
  const { t } = useTranslation();
  return (
    <>
      {force && (
        <Tool
          icon={force.running ? IconPlayerPause : IconPlayerPlay}
          label={force.running ? t('graph:tool.pause') : t('graph:tool.arrange')}
          onClick={() => (force.running ? force.stop() : force.start(true))}
        />
      )}
      <Tool icon={IconZoomIn} label={t('graph:tool.in')} onClick={() => handle.current?.zoom('in')} />
      <Tool icon={IconZoomOut} label={t('graph:tool.out')} onClick={() => handle.current?.zoom('out')} />
      <Tool icon={IconFocusCentered} label={t('graph:tool.fit')} onClick={() => handle.current?.fit()} />
    </>
  );
}
