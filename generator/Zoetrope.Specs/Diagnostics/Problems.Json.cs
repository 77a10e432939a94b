using static Zoetrope.Specs.Diagnostics.ProblemKind;

namespace Zoetrope.Specs.Diagnostics;

/// <content>The kinds of problem of JSON text.</content>
public static partial class Problems
{
    /// <summary>JSON: another character was expected.</summary>
    public static readonly ProblemKind JsonUnexpected = Error("ZT0003", "Invalid JSON", "Invalid JSON: expected {0} but found {1}");

    /// <summary>JSON: the text ends too early.</summary>
    public static readonly ProblemKind JsonEnds = Error("ZT0004", "Incomplete JSON",
        "Incomplete JSON: the text ends where {0} is expected; vendor the complete file");

    /// <summary>JSON: something follows the document.</summary>
    public static readonly ProblemKind JsonTrailing = Error("ZT0005", "Text after JSON", "{0} follows the end of the JSON document; remove what follows it");

    /// <summary>JSON: a control character in a string.</summary>
    public static readonly ProblemKind JsonControlCharacter = Error("ZT0006", "Control character in JSON",
        "A JSON string contains the control character U+{0}; write it as an escape");

    /// <summary>JSON: a string without its end.</summary>
    public static readonly ProblemKind JsonUnclosedString = Error("ZT0007", "Unclosed JSON string", "The JSON string that begins here has no closing quote");

    /// <summary>JSON: an escape that JSON does not have.</summary>
    public static readonly ProblemKind JsonBadEscape = Error("ZT0008", "Invalid JSON escape",
        "Invalid escape in a JSON string; valid are \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four hexadecimal digits");

    /// <summary>JSON: a number that JSON does not have.</summary>
    public static readonly ProblemKind JsonBadNumber = Error("ZT0009", "Invalid JSON number", "Invalid JSON number; write it as 0.5, -1 or 1e9");

    /// <summary>JSON: nested too deep.</summary>
    public static readonly ProblemKind JsonTooDeep = Error("ZT0010", "JSON nested too deep", "Arrays and objects are nested more than {0} levels deep");

    /// <summary>JSON: too many values.</summary>
    public static readonly ProblemKind JsonTooLarge = Error("ZT0011", "JSON too large", "The document contains more than {0} values; split it");

    /// <summary>JSON: the same property twice.</summary>
    public static readonly ProblemKind JsonDuplicate = Warning("ZT0012", "Duplicate property", "The property '{0}' is repeated here; the last value is used");
}
