import { spaces, type Words } from '../spaces';

export const catalogue = spaces(import.meta.glob<Words>('./*.json', { eager: true, import: 'default' }));
