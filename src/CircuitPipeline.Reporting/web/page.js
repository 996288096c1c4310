"use strict";
// Draws the charts and circuits of the data block; every number is also in a table, so nothing depends on this.
(() => {
  const root = document.documentElement;
  const data = JSON.parse(document.getElementById("page-data").textContent);
  const font = getComputedStyle(document.body).fontFamily;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const colour = (name) => getComputedStyle(root).getPropertyValue(`--${name}`).trim();

  // The charts' descriptions name the colours of a light page.
  const named = { "#2a5d8f": "blue", "#c0651e": "orange", "#8a8f98": "kept", "#9aa0a8": "edge", "#b9bdc4": "kept", "#d5d9df": "edge", "#f3f5f8": "low", "#2b2f36": "ink", white: "panel" };
  const recoloured = (part) =>
    typeof part === "string" ? (named[part] ? colour(named[part]) : part)
    : Array.isArray(part) ? part.map(recoloured)
    : part && typeof part === "object" ? Object.fromEntries(Object.entries(part).map(([key, value]) => [key, key === "data" ? value : recoloured(value)]))
    : part;

  const theme = () => {
    const [ink, quiet, line] = [colour("ink"), colour("quiet"), colour("line")];
    return {
      font,
      background: null,
      view: { stroke: null },
      axis: { labelColor: quiet, titleColor: quiet, titleFontWeight: "normal", titlePadding: 10, labelFontSize: 12, titleFontSize: 12, gridColor: line, domainColor: line, tickColor: line },
      axisY: { labelColor: ink, labelPadding: 8, domain: false, ticks: false },
      axisYQuantitative: { labelColor: quiet },
      header: { labelColor: ink, labelPadding: 8 },
      legend: { labelColor: ink, labelFontSize: 12, symbolType: "circle", symbolStrokeWidth: 0, orient: "bottom", title: null },
      text: { fill: ink },
      range: { category: [colour("blue"), colour("orange"), "#4c8a5b", "#8a5a9e", "#8a8f98", "#b58b00"] },
    };
  };

  const drawChart = ({ id, spec }) =>
    vegaEmbed(document.getElementById(id), recoloured(spec), {
      ast: true, // expressions are interpreted: compiling them would need 'unsafe-eval'
      actions: false,
      renderer: "canvas",
      defaultStyle: false,
      tooltip: { disableDefaultStyle: true },
      config: theme(),
    });
  const drawCharts = () => Promise.all(data.charts.map(drawChart));

  root.classList.add("scripted");
  data.graphs.forEach(drawCircuits);
  dark.addEventListener("change", drawCharts);
  drawCharts().then((charts) => {
    root.dataset.charts = charts.filter((chart) => chart.view.scenegraph().root.items.length > 0).length;
    root.dataset.ready = "true";
  });
})();
