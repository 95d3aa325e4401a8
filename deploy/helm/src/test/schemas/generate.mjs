// Makes JSON schemas of the kinds below out of the type declarations of kubernetes-models (npm): node generate.mjs FOLDER > ../resources/kinds.json
// FOLDER has the unpacked packages by their names. See README.md for where they come from.
import fs from "node:fs";
import path from "node:path";

const root = process.argv[2];
const CORE = "kubernetes-models";
const KINDS = {
  "v1/ConfigMap": `${CORE}/v1/ConfigMap`,
  "v1/Pod": `${CORE}/v1/Pod`,
  "v1/Service": `${CORE}/v1/Service`,
  "v1/ServiceAccount": `${CORE}/v1/ServiceAccount`,
  "apps/v1/Deployment": `${CORE}/apps/v1/Deployment`,
  "policy/v1/PodDisruptionBudget": `${CORE}/policy/v1/PodDisruptionBudget`,
  "networking.k8s.io/v1/Ingress": `${CORE}/networking.k8s.io/v1/Ingress`,
  "networking.k8s.io/v1/NetworkPolicy": `${CORE}/networking.k8s.io/v1/NetworkPolicy`,
  "rbac.authorization.k8s.io/v1/ClusterRole": `${CORE}/rbac.authorization.k8s.io/v1/ClusterRole`,
  "rbac.authorization.k8s.io/v1/ClusterRoleBinding": `${CORE}/rbac.authorization.k8s.io/v1/ClusterRoleBinding`,
  "rbac.authorization.k8s.io/v1/Role": `${CORE}/rbac.authorization.k8s.io/v1/Role`,
  "rbac.authorization.k8s.io/v1/RoleBinding": `${CORE}/rbac.authorization.k8s.io/v1/RoleBinding`,
  "keda.sh/v1alpha1/ScaledObject": "@kubernetes-models/keda/keda.sh/v1alpha1/ScaledObject",
  "keda.sh/v1alpha1/TriggerAuthentication": "@kubernetes-models/keda/keda.sh/v1alpha1/TriggerAuthentication",
  "monitoring.coreos.com/v1/PodMonitor": "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PodMonitor",
  "monitoring.coreos.com/v1/PrometheusRule": "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule",
  "postgresql.cnpg.io/v1/Cluster": "@kubernetes-models/cloudnative-pg/postgresql.cnpg.io/v1/Cluster",
};

const files = new Map();
const definitions = {};

/** What a declaration file says: its own types as text, what it imports, and the names that it gives its types. */
function file(name) {
  if (files.has(name)) return files.get(name);
  const text = fs.readFileSync(path.join(root, `${name}.d.ts`), "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
  const found = { name, types: {}, imports: {}, aliases: {} };
  for (const [, names, from] of text.matchAll(/import \{([^}]*)\} from "([^"]+)"/g)) {
    const target = from.startsWith(".") ? path.join(path.dirname(name), from) : from;
    names.split(",").forEach((each) => (found.imports[each.trim()] = target.replace(/\.js$/, "")));
  }
  for (const [, names] of text.matchAll(/export (?:type )?\{([^}]*)\}/g)) {
    names.split(",").forEach((each) => {
      const [own, alias] = each.trim().split(" as ");
      found.aliases[alias] = own;
    });
  }
  for (const match of text.matchAll(/export (?:declare )?(?:interface (\w+)(?: extends [\w, ]+)? |type (\w+) = )/g)) {
    found.types[match[1] ?? match[2]] = text.slice(match.index + match[0].length);
  }
  files.set(name, found);
  return found;
}

function reference(from, name) {
  const owner = from.types[name] ? from : from.imports[name] ? file(from.imports[name]) : undefined;
  if (!owner) throw new Error(`${name} is not known in ${from.name}`);
  const own = owner.types[name] ? name : owner.aliases[name];
  if (!owner.types[own]) throw new Error(`${name} is not declared in ${owner.name}`);
  const id = `${owner.name}.${own}`.replace(/[/@]/g, "_");
  if (!(id in definitions)) {
    definitions[id] = {};
    definitions[id] = parse(owner, owner.types[own]);
  }
  return { $ref: `#/$defs/${id}` };
}

function parse(owner, text) {
  const tokens = text.matchAll(/"(?:[^"\\]|\\.)*"|[\w.-]+|[{}<>()[\]:;?|&,]/g);
  let current = tokens.next().value?.[0];
  const next = () => {
    const was = current;
    current = tokens.next().value?.[0];
    return was;
  };
  const expect = (token) => {
    const was = next();
    if (was !== token) throw new Error(`${token} expected, ${was} found in ${owner.name}`);
  };

  function union() {
    const parts = [single()];
    while (current === "|" || current === "&") {
      // What is meant by an intersection is the type that stands first; the rest narrows it.
      const narrows = next() === "&";
      const part = single();
      if (!narrows) parts.push(part);
    }
    const texts = parts.filter((part) => "const" in part);
    if (texts.length === parts.length && parts.length > 1) return { enum: texts.map((part) => part.const) };
    return parts.length === 1 ? parts[0] : { anyOf: parts };
  }

  function single() {
    const token = next();
    if (token === "{") return object();
    if (token === "(") {
      const inner = union();
      expect(")");
      return inner;
    }
    if (token.startsWith('"')) return { const: JSON.parse(token) };
    if (token === "Array") {
      expect("<");
      const items = union();
      expect(">");
      return { type: "array", items };
    }
    if (token === "Record") {
      expect("<");
      union();
      expect(",");
      const values = union();
      expect(">");
      return { type: "object", additionalProperties: values };
    }
    if (["string", "number", "boolean", "null", "object"].includes(token)) return { type: token };
    if (["unknown", "any"].includes(token)) return {};
    if (/^-?\d/.test(token)) return { const: Number(token) };
    return reference(owner, token);
  }

  function object() {
    const made = { type: "object", properties: {}, additionalProperties: false };
    const required = [];
    while (current !== "}") {
      if (current === "[") {
        while (next() !== ":");
        union();
        expect("]");
        expect(":");
        made.additionalProperties = union();
      } else {
        const name = next().replace(/^"|"$/g, "");
        const optional = current === "?" && next();
        expect(":");
        made.properties[name] = union();
        if (!optional) required.push(name);
      }
      if (current === ";") next();
    }
    next();
    if (required.length) made.required = required;
    return made;
  }

  return union();
}

const kinds = {};
for (const [kind, where] of Object.entries(KINDS)) {
  kinds[kind] = reference(file(where), `I${kind.split("/").pop()}`);
}
// Nobody writes a status.
for (const definition of Object.values(definitions)) {
  if (definition.properties?.kind && definition.properties?.apiVersion) delete definition.properties.status;
}
const used = {};
function keep(schema) {
  for (const [, id] of JSON.stringify(schema).matchAll(/#\/\$defs\/([^"]+)/g)) {
    if (!(id in used)) {
      used[id] = definitions[id];
      keep(definitions[id]);
    }
  }
}
keep(kinds);
console.log(JSON.stringify({ kinds, $defs: used }));
