/** Headers of what is one reader's alone: for nobody's index, cache or history, and not told to the pages that it links to. */
export const privately = { 'Cache-Control': 'private, no-store', 'X-Robots-Tag': 'noindex, nofollow', 'Referrer-Policy': 'no-referrer' }
