/**
 * Draws `application/vnd.plotly.v1+json` in JupyterLab and Notebook with the plotly.js that lies
 * beside this file. The renderer that comes with Python's plotly is not used, since it
 * - shows the bundle's picture until the mouse touches it, so that sliders stay hidden,
 * - ignores every update of a figure that is drawn already,
 * - overwrites the notebook's picture with one of the window's size, and
 * - offers no text to people who can't see the figure.
 *
 * A "prebuilt" extension is a module federation container with `init` and `get`; this one is small
 * enough to be written by hand, so nothing has to be built.
 */
(() => {
  const MIME_TYPE = "application/vnd.plotly.v1+json";
  const NAME = "headroom-figures";
  const PLOTLY_URL = new URL("plotly-cartesian.min.js", document.currentScript.src).href;

  /** Versions of the modules that JupyterLab shares, set by `init`. */
  let shared = {};
  let plotly;

  /** Loads plotly.js once, with the first figure, so that JupyterLab itself starts no slower. */
  function loadPlotly() {
    plotly ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = PLOTLY_URL;
      script.onload = () => resolve(window.Plotly);
      script.onerror = () => {
        plotly = undefined;
        reject(new Error(`${PLOTLY_URL} could not be loaded`));
      };
      document.head.append(script);
    });
    return plotly;
  }

  async function sharedModule(name) {
    const [version] = Object.values(shared[name]);
    const factory = await version.get();
    return factory();
  }

  /** The picture in the bundle, for the case that plotly.js can't be loaded or refuses the figure. */
  function pictureOf(data, alt) {
    const picture = document.createElement("img");
    picture.alt = alt;
    picture.src = `data:image/png;base64,${data["image/png"] ?? ""}`;
    picture.style.maxWidth = "100%";
    return picture;
  }

  function createFigureClass(Widget) {
    return class FigureWidget extends Widget {
      #drawn = Promise.resolve();
      #figure;

      constructor() {
        super();
        this.addClass("headroom-Figure");
        this.node.setAttribute("role", "figure");
      }

      /** Draws the model's figure; called again for each update of the same output. */
      renderModel(model) {
        const alt = String(model.data["text/plain"] ?? "");
        this.node.setAttribute("aria-label", alt);
        // Plotly writes into what it is given, and what it is given belongs to the notebook.
        this.#figure = structuredClone(model.data[MIME_TYPE]);
        this.node.style.minHeight = `${this.#figure.layout?.height ?? 360}px`;
        this.#drawn = this.#drawn
          .then(() => this.#draw())
          .catch((error) => {
            console.error(`${NAME}:`, error);
            this.node.style.minHeight = "";
            this.node.replaceChildren(pictureOf(model.data, alt));
          });
        return this.#drawn;
      }

      async #draw() {
        const Plotly = await loadPlotly();
        const { data, layout, config } = this.#figure;
        await Plotly.react(this.node, data, layout, config);
      }

      #fit() {
        if (this.isVisible && this.node.querySelector(".plot-container")) {
          window.Plotly.Plots.resize(this.node);
        }
      }

      onAfterAttach() {
        this.#fit();
      }

      onAfterShow() {
        this.#fit();
      }

      onResize() {
        this.#fit();
      }

      dispose() {
        if (!this.isDisposed && window.Plotly) window.Plotly.purge(this.node);
        super.dispose();
      }
    };
  }

  async function createExtension() {
    const { Widget } = await sharedModule("@lumino/widgets");
    const FigureWidget = createFigureClass(Widget);
    return {
      id: `${NAME}:factory`,
      // Plotly itself strips scripts from the texts of a figure, so figures need no trust.
      rendererFactory: {
        safe: true,
        mimeTypes: [MIME_TYPE],
        createRenderer: () => new FigureWidget(),
      },
      rank: 1,
      dataType: "json",
    };
  }

  window._JUPYTERLAB ??= {};
  window._JUPYTERLAB[NAME] = {
    init(sharedModules) {
      shared = sharedModules;
    },
    async get() {
      const extension = await createExtension();
      return () => extension;
    },
  };
})();
