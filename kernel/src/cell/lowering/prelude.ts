/** JavaScript that compiled code carries with it, each an expression on one line. */

function oneLine(code: string): string {
  return code.replace(/\n\s*/g, "");
}

/**
 * Makes an object that holds resources: `use(value, isAsync)` takes one in and returns it,
 * `fail(error)` notes the block's own error, `dispose()` and `disposeAsync()` dispose all, last
 * first, and throw what went wrong: the later of two errors as a SuppressedError, with the earlier
 * one in it.
 */
const DISPOSAL_SCOPE = oneLine(`()=>{
const held=[];let failed=false,error;
const suppress=(later,earlier)=>{
if(typeof SuppressedError==="function")return new SuppressedError(later,earlier,"An error was suppressed during disposal.");
const both=new Error("An error was suppressed during disposal.");both.name="SuppressedError";
both.error=later;both.suppressed=earlier;return both};
const fail=(e)=>{error=failed?suppress(e,error):e;failed=true};
const method=(value,isAsync)=>{
if(Object(value)!==value)throw new TypeError("using: expected an object, null or undefined, got "+String(value));
let f=isAsync?value[Symbol.asyncDispose]??value[Symbol.for("Symbol.asyncDispose")]:undefined;
f??=value[Symbol.dispose]??value[Symbol.for("Symbol.dispose")];
if(typeof f!=="function")throw new TypeError("using: expected an object with a method [Symbol."+(isAsync?"asyncDispose":"dispose")+"]");
return f};
return{
use(value,isAsync){
if(value!==null&&value!==undefined)held.push([value,method(value,isAsync)]);
else if(isAsync)held.push([undefined,()=>{}]);
return value},
fail,
dispose(){while(held.length){const[value,f]=held.pop();try{f.call(value)}catch(e){fail(e)}}if(failed)throw error},
async disposeAsync(){while(held.length){const[value,f]=held.pop();try{await f.call(value)}catch(e){fail(e)}}if(failed)throw error}
}}`);

/** Functions that compiled code may need, by the name that asks for them. */
const HELPERS = {
  disposalScope: DISPOSAL_SCOPE,
  // What the transform calls for decorators, and for `using` beside them.
  decorate: oneLine(`(decorators,target,key,descriptor)=>{
const isMember=key!==undefined;
let value=!isMember?target:descriptor===null?Object.getOwnPropertyDescriptor(target,key):descriptor;
for(const decorator of decorators.slice().reverse()){
value=(!isMember?decorator(value):decorator(target,key,value))||value}
if(isMember&&value)Object.defineProperty(target,key,value);
return value}`),
  decorateParam: "(index,decorator)=>(target,key)=>decorator(target,key,index)",
  usingCtx: oneLine(`()=>{const scope=(${DISPOSAL_SCOPE})();let isAsync=false;return{
u:(value)=>scope.use(value,false),
a:(value)=>{isAsync=true;return scope.use(value,true)},
set e(error){scope.fail(error)},
d:()=>isAsync?scope.disposeAsync():scope.dispose()}}`),
} as const;

/** A helper's name. */
export type HelperName = keyof typeof HELPERS;

/** Tells whether there is a helper of that name. */
export function isHelperName(name: string): name is HelperName {
  return Object.hasOwn(HELPERS, name);
}

/** What runs before compiled code: the helpers that it asked for, and modules that JSX needs. */
export class Prelude {
  private readonly parts: string[] = [];
  private readonly helpers = new Map<HelperName, string>();

  /** `suffix` keeps the names apart from those of other texts in the same scope. */
  constructor(private readonly suffix: string) {}

  /** The statements, on one line. */
  text(): string {
    return this.parts.join("");
  }

  /** Returns what a helper is called here. */
  helper(name: HelperName): string {
    const known = this.helpers.get(name);
    if (known !== undefined) return known;
    const local = `__${name}${this.suffix}`;
    this.helpers.set(name, local);
    this.parts.push(`const ${local}=${HELPERS[name]};`);
    return local;
  }

  /** Adds a module; `statement` binds it to the name that it is given. Returns that name. */
  module(statement: (local: string) => string): string {
    const local = `__module${this.suffix}_${this.parts.length}`;
    this.parts.push(statement(local));
    return local;
  }
}
