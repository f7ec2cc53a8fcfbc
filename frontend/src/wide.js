// Whether the window is at least so wide, followed as it changes.

import { useEffect, useState } from "preact/hooks";

export function useWide(pixels) {
  const query = `(min-width: ${pixels}px)`;
  const [wide, setWide] = useState(matchMedia(query).matches);
  useEffect(() => {
    const media = matchMedia(query);
    const follow = () => setWide(media.matches);
    media.addEventListener("change", follow);
    return () => media.removeEventListener("change", follow);
  }, [query]);
  return wide;
}
