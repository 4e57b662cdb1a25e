/** Sample media for the gallery, made on the spot so that the page needs no files. */

/** Return an image with some objects to mark, as an address. */
export function sampleImage(hue = 205): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 420" width="640" height="420">
    <rect width="640" height="420" fill="hsl(${hue} 45% 82%)"/><rect y="300" width="640" height="120" fill="hsl(${hue - 100} 28% 58%)"/>
    <circle cx="520" cy="90" r="46" fill="hsl(45 90% 70%)"/>
    <path d="M70 300V190l80-60 80 60v110Z" fill="hsl(15 45% 60%)"/><path d="M60 195l90-70 90 70" fill="none" stroke="hsl(15 40% 38%)" stroke-width="16"/>
    <rect x="130" y="230" width="44" height="70" fill="hsl(15 35% 36%)"/>
    <g fill="hsl(${hue - 70} 36% 40%)"><circle cx="370" cy="220" r="60"/><circle cx="420" cy="250" r="44"/></g><rect x="368" y="262" width="20" height="60" fill="hsl(30 35% 35%)"/>
    <path d="M450 340h150l-18-44h-84Z" fill="hsl(${hue + 150} 55% 52%)"/><circle cx="485" cy="345" r="20" fill="#333"/><circle cx="570" cy="345" r="20" fill="#333"/>
  </svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

/** Return a sound of some seconds that rises, as an address. */
export function sampleSound(seconds = 6): string {
  const rate = 8_000;
  const count = seconds * rate;
  const view = new DataView(new ArrayBuffer(44 + count));
  const text = (at: number, value: string) => [...value].forEach((char, i) => view.setUint8(at + i, char.charCodeAt(0)));
  text(0, "RIFF");
  view.setUint32(4, 36 + count, true);
  text(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate, true);
  view.setUint16(32, 1, true);
  view.setUint16(34, 8, true);
  text(36, "data");
  view.setUint32(40, count, true);
  for (let i = 0; i < count; i += 1) view.setUint8(44 + i, 128 + 30 * Math.sin((2 * Math.PI * i * (220 + i / 200)) / rate));
  return URL.createObjectURL(new Blob([view], { type: "audio/wav" }));
}
