/** Where something will stand, while it is on its way: as large as it will be, so that nothing jumps. */
export function Bone({ width = '100%', height = 12 }: { width?: number | string; height?: number | string }) {
  return <span className="bone" style={{ width, height }} />;
}
