"use strict";
// Draws the charts and graphs of the data block; every number is also in a table, so nothing depends on this.
(() => {
  const root = document.documentElement;
  const data = JSON.parse(document.getElementById("page-data").textContent);
  const ink = "#2b2f36";
  const quiet = "#6b7280";
  const font = getComputedStyle(document.body).fontFamily;

  const theme = {
    font,
    background: null,
    view: { stroke: null },
    axis: { labelColor: quiet, titleColor: quiet, titleFontWeight: "normal", titlePadding: 10, labelFontSize: 12, titleFontSize: 12, gridColor: "#e8eaee", domainColor: "#c9cdd4", tickColor: "#c9cdd4" },
    axisY: { labelColor: ink, labelPadding: 8, domain: false, ticks: false },
    axisYQuantitative: { labelColor: quiet },
    header: { labelColor: ink, labelPadding: 8 },
    legend: { labelColor: ink, labelFontSize: 12, symbolType: "circle", symbolStrokeWidth: 0, orient: "bottom", title: null },
    text: { fill: ink },
    range: { category: ["#2a5d8f", "#c0651e", "#4c8a5b", "#8a5a9e", "#8a8f98", "#b58b00"] },
  };

  const drawChart = ({ id, spec }) =>
    vegaEmbed(document.getElementById(id), spec, {
      ast: true, // expressions are interpreted: compiling them would need 'unsafe-eval'
      actions: false,
      renderer: "canvas",
      defaultStyle: false,
      tooltip: { disableDefaultStyle: true },
      config: theme,
    });

  const colours = { shared: "#7d8896", removed: "#c0651e", added: "#1f77b4" };
  const colour = (element) => colours[element.data("kind")];
  const graphStyle = [
    { selector: "node", style: { shape: "ellipse", width: 34, height: 26, label: "data(label)", "text-valign": "center", "text-halign": "center", "font-size": 11, "font-family": font, color: ink, "background-color": "#fff", "border-width": 1.5, "border-color": "#7d8896" } },
    { selector: "node[id ^= 'm']", style: { shape: "round-rectangle" } },
    { selector: "node[id = 'input'], node[id = 'logits']", style: { shape: "round-rectangle", width: 62 } },
    { selector: "node[kind = 'removed'], node[kind = 'added']", style: { "border-color": colour, color: colour, "border-width": 2.5 } },
    { selector: "node[kind = 'absent']", style: { "border-style": "dotted", "border-color": "#c9cdd4", color: "#b3b8c0" } },
    { selector: "edge", style: { width: "data(width)", "line-color": colour, opacity: 0.5, "curve-style": "unbundled-bezier", "control-point-distances": "data(bend)", "control-point-weights": 0.5, "target-arrow-shape": "none" } },
    { selector: "edge[kind = 'shared']", style: { opacity: 0.28, "z-index": -1 } },
    { selector: "edge[kind = 'removed']", style: { "line-style": "dashed", opacity: 0.75 } },
    { selector: "edge[kind = 'added']", style: { opacity: 0.7 } },
    { selector: ".away", style: { opacity: 0.06 } },
    { selector: "node.away", style: { opacity: 0.3 } },
    { selector: "edge.near", style: { opacity: 0.95 } },
  ];

  const describe = (node) => {
    const list = (edges, end) =>
      edges
        .toArray()
        .sort((a, b) => Math.abs(b.data("score")) - Math.abs(a.data("score")))
        .slice(0, 4)
        .map((edge) => `${edge.data(end)} ${edge.data("score").toFixed(3)}`)
        .join(", ");
    const into = node.incomers("edge");
    const out = node.outgoers("edge");
    return `${node.id()}: ${into.length} in${into.length ? ` (${list(into, "source")}…)` : ""}, ${out.length} out${out.length ? ` (${list(out, "target")}…)` : ""}`;
  };

  const drawGraph = ({ id, height, nodes, edges }) => {
    const container = document.getElementById(id);
    const hint = document.getElementById(`${id}-hint`);
    container.style.height = `${height}px`;
    const graph = cytoscape({
      container,
      elements: { nodes, edges },
      style: graphStyle,
      layout: { name: "preset", fit: true, padding: 14 },
      userZoomingEnabled: false, // scrolling the page must not zoom the graph
      userPanningEnabled: false,
      boxSelectionEnabled: false,
      autoungrabify: true,
    });
    const clear = () => {
      graph.elements().removeClass("away near");
      hint.textContent = "";
    };
    graph.on("mouseover tap", "node", (event) => {
      clear();
      const near = event.target.closedNeighborhood();
      graph.elements().difference(near).addClass("away");
      near.edges().addClass("near");
      hint.textContent = describe(event.target);
    });
    graph.on("mouseout", "node", clear);
    graph.on("tap", (event) => event.target === graph && clear());
    addEventListener("resize", () => graph.resize().fit(undefined, 14));
    root.dataset.graphs = Number(root.dataset.graphs || 0) + 1;
    root.dataset.graphElements = Number(root.dataset.graphElements || 0) + graph.elements().length;
  };

  root.classList.add("scripted");
  data.graphs.forEach(drawGraph);
  Promise.all(data.charts.map(drawChart)).then((charts) => {
    root.dataset.charts = charts.filter((chart) => chart.view.scenegraph().root.items.length > 0).length;
    root.dataset.ready = "true";
  });
})();
