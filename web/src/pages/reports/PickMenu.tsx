import { Menu } from '@mantine/core';
import { IconFilter, IconListDetails } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { MenuPart } from '@/ui/MenuPart';
import type { Pointed } from './tiles/Drawing';

interface Props {
  pointed: Pointed;
  close: () => void;
  records: () => void;
  narrow: () => void;
}

/** What can be done with a bar or a cell, where it was pointed at. */
export function PickMenu({ pointed, close, records, narrow }: Props) {
  const { t } = useTranslation();
  const from = useRef(document.activeElement);
  const { at } = pointed;
  useEffect(() => {
    const before = from.current;
    return () => (before instanceof HTMLElement || before instanceof SVGElement ? before.focus() : undefined);
  }, []);
  return (
    <Menu opened onChange={(open) => !open && close()} position="bottom" withinPortal withArrow returnFocus={false}>
      <Menu.Target>
        <span className="pick-place" style={{ left: at.left, top: at.top, width: at.width, height: Math.min(at.height, 260) }} />
      </Menu.Target>
      <Menu.Dropdown>
        <MenuPart label={pickedWords(pointed)}>
          <Menu.Item leftSection={<IconListDetails size={16} stroke={1.7} />} onClick={records}>
            {t('reports:seeRecords')}
          </Menu.Item>
          <Menu.Item leftSection={<IconFilter size={16} stroke={1.7} />} onClick={narrow}>
            {t('reports:narrow')}
          </Menu.Item>
        </MenuPart>
      </Menu.Dropdown>
    </Menu>
  );
}

/** The group, or the two, that was pointed at. */
export function pickedWords({ figures, tile, row, column }: Pointed): string {
  const crossed = column !== null && tile.source.by.length === 2;
  return [figures.rows[row]?.label, crossed ? figures.columns[column]?.label : ''].filter(Boolean).join(' · ');
}
