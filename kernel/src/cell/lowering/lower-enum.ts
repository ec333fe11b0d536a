/** `enum` as JavaScript, in place. */

import { forEachChild, type Node, type NodeOf, type Rewriter } from "../syntax/rewriter";
import { declareObject } from "./merged-declarations";

/** Sets a member both ways, unless its value is a text; without a value it counts on. */
const SET = 'let __n=-1;const __m=(k,v=__n+1)=>(__e[k]=v,typeof v==="string"||(__e[__n=v]=k),v);';

/** `enum E { A, B = 2 }` as a call that fills the object E, each member where it stood. */
export function lowerEnum(node: NodeOf<"TSEnumDeclaration">, rewriter: Rewriter): void {
  if (node.declare) {
    rewriter.erase(node);
    return;
  }
  const { edits, code } = rewriter;
  const { members } = node.body;
  const { before, object } = declareObject(node, node.id.name, rewriter);
  const first = members[0]?.start ?? rewriter.skipTrivia(node.body.start + 1);
  edits.replaceKeepingLines(node.start, first, `${before}(function(__e){${SET}`);
  const used = usedNames(members);
  for (const [index, member] of members.entries()) {
    lowerMember(member, used, rewriter);
    const end = rewriter.skipTrivia(member.end);
    const next = members[index + 1]?.start ?? node.body.end - 1;
    if (code[end] === ",") edits.replace(end, end + 1, ";");
    else if (next !== node.body.end - 1) edits.insert(member.end, ";");
  }
  edits.replace(node.body.end - 1, node.body.end, `})(${object});`);
}

function lowerMember(
  member: NodeOf<"TSEnumMember">,
  used: ReadonlySet<string>,
  rewriter: Rewriter,
): void {
  const name = memberName(member);
  const local = used.has(name) ? `const ${name}=` : "";
  const call = `${local}__m(${JSON.stringify(name)}`;
  if (member.initializer === null) {
    rewriter.edits.replaceKeepingLines(member.start, member.end, `${call})`);
    return;
  }
  rewriter.edits.replaceKeepingLines(member.start, member.initializer.start, `${call},`);
  rewriter.visit(member.initializer);
  rewriter.edits.insert(member.initializer.end, ")");
}

function memberName(member: NodeOf<"TSEnumMember">): string {
  const { id } = member;
  if (id.type === "Identifier") return id.name;
  if (id.type === "Literal") return id.value;
  return id.quasis[0]?.value.cooked ?? "";
}

/** The names that values of members mention: a member may speak of an earlier one by its name. */
function usedNames(members: readonly NodeOf<"TSEnumMember">[]): ReadonlySet<string> {
  const names = new Set<string>();
  const collect = (node: Node): void => {
    if (node.type === "Identifier") names.add(node.name);
    forEachChild(node, collect);
  };
  for (const member of members) if (member.initializer !== null) collect(member.initializer);
  return names;
}
