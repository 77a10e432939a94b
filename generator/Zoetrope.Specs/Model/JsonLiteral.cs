namespace Zoetrope.Specs;

/// <summary>The kinds of value that JSON has.</summary>
public enum JsonKind
{
    /// <summary><c>null</c>.</summary>
    Null,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>A number of any size.</summary>
    Number,

    /// <summary>A string.</summary>
    String,

    /// <summary>An array.</summary>
    Array,

    /// <summary>An object.</summary>
    Object,
}

/// <summary>A JSON value as a document wrote it: a default, an example, a member of an enum.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Json">Its JSON text without insignificant white space; numbers keep their spelling.</param>
/// <param name="Text">The unescaped text of a string, the spelling of a number, <c>true</c>, <c>false</c> or <c>null</c>; the JSON of arrays and objects.</param>
public sealed record JsonLiteral(JsonKind Kind, string Json, string Text);
