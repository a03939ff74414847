import { defineConfig } from "vite";

// Relative addresses, files instead of inlined data, one style sheet: what the server's Content-Security-Policy allows.
export default defineConfig({
  base: "/",
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2500,
  },
  // `npx vite` beside a running `nabla studio --port 5210` shows changes at once.
  server: { proxy: { "/api": { target: "http://127.0.0.1:5210", changeOrigin: true, headers: { origin: "http://127.0.0.1:5210" } } } },
});
