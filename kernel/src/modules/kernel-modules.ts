import Module from "node:module";

type NodeModule = InstanceType<typeof Module>;

const internals = Module as unknown as {
  readonly _cache: Record<string, NodeModule | undefined>;
  _resolveFilename(request: string, ...rest: unknown[]): string;
};

/**
 * Gives the kernel's own modules to installed packages too: whoever requires them gets the given
 * objects, also where packages of that name are installed. An ES module in a package gets them only
 * where they are installed, since Node finds its imports without asking.
 */
export function serveToPackages(
  builtins: Readonly<Record<string, object>>,
  require: NodeJS.Require,
): void {
  for (const [name, exports] of Object.entries(builtins)) {
    const module = new Module(name);
    module.filename = name;
    module.exports = exports;
    module.loaded = true;
    const installed = installedFile(name, require);
    if (installed !== undefined) internals._cache[installed] = module;
    internals._cache[name] = module;
  }
  const resolve = internals._resolveFilename;
  internals._resolveFilename = function resolveFilename(request, ...rest) {
    return Object.hasOwn(builtins, request) ? request : resolve.call(this, request, ...rest);
  };
}

function installedFile(name: string, require: NodeJS.Require): string | undefined {
  try {
    return require.resolve(name);
  } catch {
    return undefined;
  }
}
