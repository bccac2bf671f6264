"""How the code of a language is taken apart for its inks: one pattern each, which takes linear time in any text.

That is so because no two parts of a pattern can take the same text in many ways, and what is not closed, such as a
comment, goes on to the end of the line or of the text, so that nobody looks for its end again.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple


class Language(NamedTuple):
    """A pattern whose groups are named after kinds of tokens, and the words that are no names."""

    pattern: re.Pattern[str]
    keywords: frozenset[str]
    folded: bool = False
    """Whether letter case does not count in keywords."""


class _Plan(NamedTuple):
    """What a language is made of: the names of parts, keywords, further parts before those."""

    parts: str
    words: str = ""
    before: tuple[str, ...] = ()
    folded: bool = False


def _string(quote: str, prefix: str = r"(?<!\w)") -> str:
    return prefix + quote + rf"(?:[^{quote}\\\n]|\\[^\n]?+)*+(?:{quote}|$)"


def _long(begin: str, end: str) -> str:
    return begin + r"(?s:.*?)(?:" + end + r"|\Z)"


def _as(kind: str, *patterns: str) -> str:
    return f"(?P<{kind}>" + "|".join(patterns) + ")"


_PREFIX = "[rbfuRBFU]"
_PARTS = {
    "#": _as("comment", r"(?<![^\s;(])#[^\n]*"),
    "//": _as("comment", r"//[^\n]*"),
    "/*": _as("comment", _long(r"/\*", r"\*/")),
    "--": _as("comment", r"--[^\n]*"),
    ";": _as("comment", r";[^\n]*"),
    "%": _as("comment", r"(?<!\\)%[^\n]*"),
    "--[[": _as("comment", _long(r"--\[\[", r"\]\]")),
    "{-": _as("comment", _long(r"\{-", r"-\}")),
    "(*": _as("comment", _long(r"\(\*", r"\*\)")),
    "<#": _as("comment", _long("<#", "#>")),
    "<!--": _as("comment", _long("<!--", "-->")),
    '"""': _as("string", _long(_PREFIX + '{0,2}"""', '"""')),
    "'''": _as("string", _long(_PREFIX + "{0,2}'''", "'''")),
    '"': _as("string", _string('"')),
    "'": _as("string", _string("'")),
    "p": _as("string", _string('"', r"(?<!\w)" + _PREFIX + "{1,2}"), _string("'", r"(?<!\w)" + _PREFIX + "{1,2}")),
    "c": _as("string", r"'(?:[^'\\\n]|\\[^\n]{1,8})'"),
    "`": _as("string", r"`(?:[^`\\]|\\(?s:.))*+(?:`|\Z)"),
    "@": _as("name", r"(?<!\w)@[\w.]+"),
    "$": _as("name", r"\$(?:\w+|\{[^}\n]*\}?|[@*?!$])"),
    ":": _as("literal", r"(?<![\w:]):[^\W\d]\w*"),
    "0": _as("number", r"(?<!\w)(?:0[xXbBoO][\da-fA-F_]+|\d[\d_]*(?:\.\d+)?(?:[eE][-+]?\d+)?)\w*"),
    "a": _as("call", r"[^\W\d]\w*+(?=\()") + "|" + _as("word", r"[^\W\d]\w*+"),
    "-": _as("word", r"[^\W\d][\w-]*+"),
    "+": _as("operator", r"[-+*/%=<>!&|^~?:.,;()\[\]{}\\]++"),
}
"""What languages are made of, by a short name."""

_C_WORDS = """
    break case char const continue default do double else enum extern float for goto if inline int long return short
    signed sizeof static struct switch typedef union unsigned void volatile while true false bool NULL nullptr auto
    class namespace new delete this private protected public template typename using virtual override final operator
    try catch throw constexpr noexcept friend explicit mutable static_cast
"""
_JAVA_WORDS = """
    abstract assert boolean break byte case catch char class const continue default do double else enum extends final
    finally float for goto if implements import instanceof int interface long native new null package private protected
    public record return sealed short static super switch synchronized this throw throws transient true false try var
    void volatile while yield
    as async await base checked decimal delegate event explicit foreach get implicit in init internal is lock nameof
    namespace object operator out override params readonly ref sbyte set sizeof stackalloc string struct typeof uint
    ulong unchecked unsafe ushort using virtual where
    by companion data fun infix inline lateinit noinline object open reified suspend val vararg when
    def given implicit lazy match sealed trait type with then extension
"""
_JS_WORDS = """
    abstract any as async await boolean break case catch class const constructor continue debugger declare default
    delete do else enum export extends false finally for from function get if implements import in infer instanceof
    interface is keyof let namespace never new null number object of private protected public readonly return satisfies
    set static string super switch symbol this throw true try type typeof undefined unknown var void while with yield
"""
_PYTHON_WORDS = """
    and as assert async await break case class continue def del elif else except False finally for from global if import
    in is lambda match None nonlocal not or pass raise return self True try while with yield
"""
_RUST_WORDS = """
    as async await break const continue crate dyn else enum extern false fn for if impl in let loop match mod move mut
    pub ref return self Self static struct super trait true type unsafe use where while
    chan defer fallthrough func go goto import interface map package range select switch case default var nil iota
    any bool byte error int int32 int64 uint string float64 u8 u16 u32 u64 i8 i16 i32 i64 f32 f64 usize isize str char
    actor associatedtype class deinit do extension fileprivate guard init inout internal is lazy open override private
    protocol public repeat rethrows some subscript throw throws try typealias weak catch
"""
_SHELL_WORDS = """
    if then else elif fi for while until do done case esac in function select return break continue exit export local
    readonly declare source alias unset set shift trap cd echo eval exec sudo true false
    FROM RUN CMD LABEL EXPOSE ENV ADD COPY ENTRYPOINT VOLUME USER WORKDIR ARG ONBUILD HEALTHCHECK SHELL AS
    ifeq ifneq ifdef ifndef endif include define endef override
"""
_SQL_WORDS = """
    add all alter analyze and any as asc begin between bigint boolean by cascade case cast char check column commit
    constraint create cross current database date default delete desc distinct drop else end escape except exists
    explain false fetch first float foreign from full function grant group having if ilike in index inner insert
    integer int intersect interval into is join key last lateral left like limit natural not null nulls numeric offset
    on or order outer over partition primary procedure real references replace returning revoke right rollback row rows
    select serial set table temporary text then timestamp to transaction trigger true truncate union unique update
    using values varchar view when where window with
"""
_RUBY_WORDS = """
    alias and begin break case class def defined do else elsif end ensure extend false for if in include module next nil
    not or private protected public raise redo require rescue retry return self super then true undef unless until when
    while yield attr_reader attr_writer attr_accessor
    defmodule defp defmacro defstruct fn import use cond with after receive catch throw try
    my our local sub package foreach last elsif print
    function repeat TRUE FALSE NULL NA library local goto
    abstract baremodule const export global let macro mutable quote struct using where
"""
_PHP_WORDS = """
    abstract and array as break callable case catch class clone const continue declare default do echo else elseif empty
    enum extends false final finally fn for foreach function global if implements include instanceof insteadof interface
    isset list match namespace new null or print private protected public readonly require return self static switch
    this throw trait true try unset use var while xor yield
"""
_POWERSHELL_WORDS = """
    begin break catch class continue data do dynamicparam else elseif end exit filter finally for foreach from function
    if in param process return switch throw trap try until using while
"""
_LISP_WORDS = """
    case class data deriving do else forall if import in infix instance let module newtype of then type where
    def defn defmacro fn let loop recur cond when ns require begin end fun function match open rec val with and
    receive after
"""
_HCL_WORDS = "resource variable output provider module data locals terraform for in if else true false null import"
_PROTO_WORDS = """
    syntax package import option message enum service rpc returns repeated optional oneof map reserved extend required
    string int32 int64 uint32 uint64 bool bytes double float type query mutation subscription input interface union
    scalar fragment on implements directive schema true false null
"""
_PROMPT = r"(?P<comment>^(?:>>>|\.\.\.|[$#])(?=\s))"
_TAGS = (
    r"(?P<keyword></?[\w:.!?-]++|[/?]?>)", r"(?P<name>(?<![\w:.@-])[\w:.@-]++(?==))",
    r"(?P<string>(?<==)(?:" + _long('"', '"') + "|" + _long("'", "'") + r"))", r"(?P<number>&#?\w+;)",
)  # fmt: skip
_KEYS = r"(?P<name>[\w./-]++(?=:(?:\s|$)))|(?P<word>[\w./-]++)"
_SETTINGS = (r"(?P<keyword>^[ \t]*+\[[^\n]*)", r"(?P<name>^[ \t]*+[\w.\"-]++(?=[ \t]*+=))")
_JSON = r"(?P<name>\"(?:[^\"\\\n]|\\[^\n])*+\"(?=\s*+:))"

_PLANS: dict[str, _Plan] = {
    "python py py3 python3 ipython": _Plan("\"\"\" ''' p # @ \" ' 0 a +", _PYTHON_WORDS),
    "pycon": _Plan("# @ p \" ' 0 a +", _PYTHON_WORDS, (_PROMPT,)),
    "javascript js jsx typescript ts tsx": _Plan("// /* \" ' ` @ 0 a +", _JS_WORDS),
    "java kotlin kt scala groovy csharp c# cs dart": _Plan('""" // /* " c @ 0 a +', _JAVA_WORDS),
    "c cpp c++ objective-c objc": _Plan('// /* " c 0 a +', _C_WORDS, (r"(?P<keyword>^[ \t]*+#[ \t]*\w+)",)),
    "go golang rust rs swift": _Plan('// /* " c ` 0 a +', _RUST_WORDS),
    "php": _Plan("# // /* \" ' $ 0 a +", _PHP_WORDS),
    "css scss less": _Plan(
        "/* \" ' @ $ 0 - +", "", (r"(?P<number>#[\da-fA-F]{3,8}\b)", r"(?P<name>(?<![\w-])[\w-]++(?=[ \t]*+:))")
    ),
    "bash sh shell zsh dockerfile docker makefile make": _Plan("# $ \" ' 0 a +", _SHELL_WORDS),
    "console shell-session": _Plan("# $ \" ' 0 a +", _SHELL_WORDS, (_PROMPT,)),
    "powershell ps1 bat": _Plan("<# # $ \" ' 0 - +", _POWERSHELL_WORDS, folded=True),
    "sql postgresql postgres mysql sqlite": _Plan("-- /* ' \" ` 0 a +", _SQL_WORDS, folded=True),
    "ruby rb perl elixir ex r julia awk sed": _Plan('""" # $ @ : " \' 0 a +', _RUBY_WORDS),
    "lua": _Plan("--[[ -- \" ' 0 a +", _RUBY_WORDS),
    "haskell hs": _Plan('{- -- " c 0 a +', _LISP_WORDS),
    "clojure": _Plan('; " : 0 - +', _LISP_WORDS),
    "erlang latex tex": _Plan('% " 0 a +', _LISP_WORDS, (r"(?P<keyword>\\(?:[A-Za-z]++\*?|.))",)),
    "ocaml fsharp": _Plan('(* // " c 0 a +', _LISP_WORDS),
    "html xml vue svelte jinja django": _Plan("", "", (_PARTS["<!--"], *_TAGS)),
    "json json5 jsonc": _Plan("// /* \" ' 0 a +", "true false null", (_JSON,)),
    "yaml yml": _Plan("# \" ' +", "true false null yes no on off", (r"(?P<number>(?<![\w./-])\d++(?![\w./-]))", _KEYS)),
    "toml ini cfg": _Plan("\"\"\" ''' # ; \" ' 0 a +", "true false", _SETTINGS),
    "terraform hcl nginx cmake": _Plan('# // /* $ " 0 a +', _HCL_WORDS),
    "protobuf proto graphql": _Plan('# // /* """ " \' 0 a +', _PROTO_WORDS),
}
"""By names that are used for the language behind a fence."""

_BY_NAME = {name: plan for names, plan in _PLANS.items() for name in names.split()}
NAMES: Iterable[str] = _BY_NAME.keys()


@lru_cache(maxsize=64)
def language_of(name: str) -> Language | None:
    """The language of that name; None for one that is not on the list."""
    plan = _BY_NAME.get(name)
    if plan is None:
        return None
    parts = [*plan.before, *(_PARTS[part] for part in plan.parts.split())]
    return Language(_compiled(tuple(parts)), frozenset(plan.words.split()), plan.folded)


@lru_cache(maxsize=64)
def _compiled(parts: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern; `re` wants each name of a group once, so they are numbered."""
    numbered = [re.sub(r"\(\?P<(\w+)>", rf"(?P<\1_{number}>", part) for number, part in enumerate(parts)]
    return re.compile("|".join(numbered), re.MULTILINE)
