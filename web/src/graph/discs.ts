/** Where each shown record is drawn. */
import type { Disc } from './names';
import type { Stage } from './stage';

export interface RecordDisc extends Disc {
  id: string;
}

/** In pixels of the drawing, the lowest first. */
export function discsOf(sigma: Stage['sigma']): RecordDisc[] {
  return sigma.getGraph().nodes().flatMap((id) => {
    const shown = sigma.getNodeDisplayData(id);
    if (!shown || shown.hidden) return [];
    return [{ id, ...sigma.framedGraphToViewport(shown), size: sigma.scaleSize(shown.size) }];
  });
}
