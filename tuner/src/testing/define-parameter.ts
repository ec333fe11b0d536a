import type { HyperParameters } from "../search-space/hyperparameters";
import type { Condition, Parameter } from "../search-space/parameter";

/** Defines a parameter as a builder would: by the methods of what it gets, in scopes. */
export function defineParameter(
  hp: HyperParameters | HyperParameters<undefined>,
  parameter: Parameter,
): void {
  inScopes(hp, parameter.conditions, (scope) => {
    const { name } = parameter;
    switch (parameter.kind) {
      case "int":
        scope.int(name, parameter);
        break;
      case "float":
        scope.float(name, parameter);
        break;
      case "choice": {
        // The method wants to know the type of the values, which only a builder's text tells.
        const [values, preset] = [parameter.values as string[], parameter.default as string];
        scope.choice(name, values, { ordered: parameter.ordered, default: preset });
        break;
      }
      case "boolean":
        scope.boolean(name, parameter);
        break;
      case "fixed":
        scope.fixed(name, parameter.value);
        break;
    }
  });
}

function inScopes(
  hp: HyperParameters | HyperParameters<undefined>,
  conditions: readonly Condition[],
  body: (scope: HyperParameters | HyperParameters<undefined>) => void,
): void {
  const [outer, ...inner] = conditions;
  if (outer === undefined) {
    body(hp);
  } else {
    hp.conditionalScope(outer.parent, outer.values, (scope) => inScopes(scope, inner, body));
  }
}
