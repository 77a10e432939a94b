namespace Zoetrope.Generator.Changes;

/// <summary>Takes signatures of generated code apart: the emitters write each in one form.</summary>
internal static class Signature
{
    private static readonly string[] Keywords =
    [
        "public", "protected", "internal", "private", "static", "readonly", "partial", "sealed", "abstract", "virtual", "override", "required", "const", "new",
        "async", "unsafe", "extern",
    ];

    private static readonly string[] TypeForms = ["class", "struct", "interface", "enum", "record"];

    /// <summary>Whether all brackets of a text are closed again.</summary>
    public static bool IsWhole(string text) => Walk(text, static (_, _) => false) is { Depth: 0 };

    /// <summary>The text before the body: an expression, accessors, or an initial value.</summary>
    public static string Head(string text) => text.Substring(0, Walk(text, IsEnd).Position).Trim();

    /// <summary>Splits the keywords from what follows them.</summary>
    public static (IReadOnlyList<string> Modifiers, string Declared) SplitModifiers(string head)
    {
        var modifiers = new List<string>();
        while (head.IndexOf(' ') is > 0 and var end && Keywords.Contains(head.Substring(0, end)))
        {
            modifiers.Add(head.Substring(0, end));
            head = head.Substring(end + 1);
        }
        return (modifiers, head);
    }

    /// <summary>Whether what follows the keywords declares a type.</summary>
    public static bool IsType(string rest) => TypeForms.Any(form => rest.StartsWith(form + " ", StringComparison.Ordinal));

    /// <summary>Splits at commas that are in no bracket and no text.</summary>
    public static IReadOnlyList<string> SplitList(string list)
    {
        var parts = new List<string>();
        while (list.Trim().Length > 0)
        {
            var end = Walk(list, static (text, i) => text[i] == ',').Position;
            parts.Add(list.Substring(0, end).Trim());
            list = end < list.Length ? list.Substring(end + 1) : "";
        }
        return parts;
    }

    /// <summary>The position of the first character for which the condition holds outside of brackets and texts; the length where there is none.</summary>
    public static int IndexOf(string text, Func<string, int, bool> condition) => Walk(text, condition).Position;

    /// <summary>The type of a parameter.</summary>
    public static string TypeOf(string parameter)
    {
        var declared = WithoutDefault(parameter);
        return declared.Substring(0, declared.LastIndexOf(' ')).Trim();
    }

    /// <summary>The name of a parameter.</summary>
    public static string NameOf(string parameter)
    {
        var declared = WithoutDefault(parameter);
        return declared.Substring(declared.LastIndexOf(' ') + 1);
    }

    /// <summary>Whether a parameter can be left out.</summary>
    public static bool IsOptional(string parameter) => WithoutDefault(parameter).Length < parameter.Length;

    private static string WithoutDefault(string parameter) => parameter.Substring(0, IndexOf(parameter, IsEnd)).Trim();

    private static bool IsEnd(string text, int i) =>
        Is(text, i, " =>") || Is(text, i, " {") || Is(text, i, " = ") || text[i] == ';';

    private static bool Is(string text, int at, string part) => string.CompareOrdinal(text, at, part, 0, part.Length) == 0;

    /// <summary>
    /// Goes to the first position outside of brackets and texts at which the condition holds. Angle brackets count only where they hold types: after a name.
    /// </summary>
    private static (int Position, int Depth) Walk(string text, Func<string, int, bool> condition)
    {
        var depth = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (depth == 0 && condition(text, i))
                return (i, depth);
            switch (text[i])
            {
                case '"' or '\'':
                    i = EndOfLiteral(text, i);
                    break;
                case '(' or '[':
                case '<' when i > 0 && char.IsLetterOrDigit(text[i - 1]) && !IsOperator(text, i):
                    depth++;
                    break;
                case ')' or ']':
                case '>' when depth > 0 && i > 0 && text[i - 1] != '=':
                    depth--;
                    break;
            }
        }
        return (text.Length, depth);
    }

    private static bool IsOperator(string text, int at) =>
        text.LastIndexOf("operator ", at, StringComparison.Ordinal) is >= 0 and var start && at - start <= 10;

    private static int EndOfLiteral(string text, int start)
    {
        var i = start + 1;
        while (i < text.Length && text[i] != text[start])
            i += text[i] == '\\' ? 2 : 1;
        return i;
    }
}
