/**
 * The logo that JupyterLab's launcher shows, as an SVG picture: a learning curve that rises towards a
 * dashed line; what is left between the two is the headroom.
 */
export const LOGO_SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64" viewBox="0 0 64 64">
  <rect width="64" height="64" rx="12" fill="#1f4e79"/>
  <path d="M10 15h44" stroke="#f2b84b" stroke-width="4" stroke-dasharray="7 5"/>
  <path d="M10 36C20 24 32 23 54 23" fill="none" stroke="#8fc1ea" stroke-width="4"/>
  <path d="M13 43h18v4.600h-6.100V58h-5.800V47.600H13z" fill="#fff"/>
  <path d="M50 44.500c-2-1-4-1.500-6-1.500-2 0-3 .5-3 1.600 0 1 1 1.400 4 2 4.500 1 7 2.200 7 5.400
   0 4-3.400 6-8 6-3 0-5.500-.6-7.500-1.700v-4.500c2 1.300 4.700 2 7 2 2 0 3-.5 3-1.600
   0-1-1-1.500-3.700-2-4.500-1-7-2.300-7-5.500 0-3.800 3.200-5.700 8-5.700 2.300 0 4.400.4 6.200 1.200z" fill="#fff"/>
</svg>
`;
