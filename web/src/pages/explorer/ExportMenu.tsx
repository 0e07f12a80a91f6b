import { ActionIcon, Menu } from '@mantine/core';
import { IconApi, IconDownload, IconFileTypeCsv, IconFileTypeSvg, IconPhoto, IconSchema } from '@tabler/icons-react';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { paintOf } from '@/graph/colors';
import { graphml, linksCsv, recordsCsv, svg } from '@/graph/files';
import type { GraphHandle } from '@/graph/GraphView';
import type { Folded } from '@/graph/groups';
import { looksOf, type Style } from '@/graph/looks';
import { likelyOf } from '@/graph/likely';
import type { Scene } from '@/graph/scene';
import type { Shown } from '@/graph/showing';
import { MenuPart } from '@/ui/MenuPart';
import { useCopy } from '@/ui/useCopy';
import type { ExploreSearch } from './address';
import { asQuery } from './asQuery';
import { saveAs } from './saveAs';
import { pairsOf, stepsOf } from './steps';

interface Props {
  scene: Scene;
  shown: Shown;
  /** The same with groups as one disc each. */
  drawn: Pick<Folded, 'scene' | 'shown'>;
  style: Style;
  handle: RefObject<GraphHandle | null>;
  search: ExploreSearch;
}

/** The drawing as a picture, or what is shown as data: nothing that is hidden, groups record by record. */
export function ExportMenu({ scene, shown, drawn, style, handle, search }: Props) {
  const { t } = useTranslation();
  const copy = useCopy();
  const records = () => [...shown.records].flatMap((id) => scene.records.get(id) ?? []);
  const links = () => [...shown.links].flatMap((key) => scene.links.get(key) ?? []);
  const text = (name: string, type: string, content: string) => saveAs(name, new Blob([content], { type: `${type};charset=utf-8` }));

  async function png(): Promise<void> {
    const blob = await handle.current?.picture();
    if (blob) saveAs('graph.png', blob);
  }
  function drawing(): void {
    const { nodes, edges } = looksOf(drawn.scene, drawn.shown, style);
    text('graph.svg', 'image/svg+xml', svg(nodes, edges.values(), handle.current?.places() ?? new Map(), paintOf(style.dark)));
  }
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="default" size={34} className="graph-tool" aria-label={t('explorer:export.title')}>
          <IconDownload size={17} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <MenuPart label={t('explorer:export.picture')}>
          <Menu.Item leftSection={<IconPhoto size={16} />} onClick={() => void png()}>PNG</Menu.Item>
          <Menu.Item leftSection={<IconFileTypeSvg size={16} />} onClick={drawing}>SVG</Menu.Item>
        </MenuPart>
        <MenuPart label={t('explorer:export.data')}>
          <Menu.Item leftSection={<IconFileTypeCsv size={16} />} onClick={() => text('records.csv', 'text/csv', recordsCsv(records()))}>
            {t('explorer:export.records')}
          </Menu.Item>
          <Menu.Item leftSection={<IconFileTypeCsv size={16} />} onClick={() => text('links.csv', 'text/csv', linksCsv(links(), likelyOf(scene, shown)))}>
            {t('explorer:export.links')}
          </Menu.Item>
          <Menu.Item leftSection={<IconSchema size={16} />} onClick={() => text('graph.graphml', 'application/xml', graphml(records(), links(), likelyOf(scene, shown)))}>GraphML</Menu.Item>
          <Menu.Item leftSection={<IconApi size={16} />} onClick={() => copy(asQuery(stepsOf(search), pairsOf(search)), t('explorer:export.copied'))}>
            {t('explorer:export.query')}
          </Menu.Item>
        </MenuPart>
      </Menu.Dropdown>
    </Menu>
  );
}
