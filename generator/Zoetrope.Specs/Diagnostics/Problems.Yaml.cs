using static Zoetrope.Specs.Diagnostics.ProblemKind;

namespace Zoetrope.Specs.Diagnostics;

/// <content>The kinds of problem of pages that contain the OpenAPI of one operation, and of the YAML in them.</content>
public static partial class Problems
{
    /// <summary>YAML: another character was expected.</summary>
    public static readonly ProblemKind YamlInvalid = Error("ZT0047", "Invalid YAML", "Invalid YAML: expected {0} but found {1}");

    /// <summary>YAML: a part of the language that pages do not use.</summary>
    public static readonly ProblemKind YamlUnsupported = Error("ZT0048", "Unsupported YAML",
        "{0} is not read in pages; write it out, or vendor the provider's OpenAPI document with `zoetrope specs add` instead of the page");

    /// <summary>A page of an operation in the form that precedes the one with the operation's OpenAPI.</summary>
    public static readonly ProblemKind OperationPageOlder = Error("ZT0049", "Outdated page of an operation",
        "The block of this page does not contain an OpenAPI document: it has no member 'openapi'; vendor the current page, or the provider's OpenAPI document");
}
