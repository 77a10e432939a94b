using System.Globalization;
using System.Text;

namespace Zoetrope.Generator.Naming;

/// <summary>Makes C# identifiers of names and values in documents. The rules are in <c>generator/README.md</c>.</summary>
internal static class Identifiers
{
    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal", "default",
        "delegate", "do", "double", "else", "enum", "event", "explicit", "extern", "false", "finally", "fixed", "float", "for", "foreach", "goto",
        "if", "implicit", "in", "int", "interface", "internal", "is", "lock", "long", "namespace", "new", "null", "object", "operator", "out",
        "override", "params", "private", "protected", "public", "readonly", "ref", "return", "sbyte", "sealed", "short", "sizeof", "stackalloc",
        "static", "string", "struct", "switch", "this", "throw", "true", "try", "typeof", "uint", "ulong", "unchecked", "unsafe", "ushort", "using",
        "virtual", "void", "volatile", "while",
    };

    /// <summary>
    /// Splits text into words: at everything that is not a letter or digit, and where a lower-case letter or a digit is followed by an
    /// upper-case one (<c>KlingV3MultiPrompt</c> is Kling, V3, Multi, Prompt).
    /// </summary>
    public static List<string> Words(string text)
    {
        var words = new List<string>();
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsIdentifierPart(text[i]))
            {
                Add(i);
                start = i + 1;
            }
            else if (i > start && char.IsUpper(text[i]) && StartsWord(text, i))
            {
                Add(i);
                start = i;
            }
        }
        Add(text.Length);
        return words;

        void Add(int end)
        {
            if (end > start)
                words.Add(text.Substring(start, end - start));
        }
    }

    /// <summary>Whether an upper-case letter begins a word: after a small letter or digit, or before a small letter (<c>HTTPUrl</c>).</summary>
    private static bool StartsWord(string text, int index)
    {
        var before = text[index - 1];
        if (!char.IsUpper(before))
            return true;
        return index + 1 < text.Length && char.IsLower(text[index + 1]);
    }

    /// <summary>
    /// Joins words in Pascal case: <c>image</c>, <c>url</c> is ImageUrl. A digit after a digit is kept apart: <c>v1</c>, <c>5</c> is V1_5.
    /// Empty when there are no words.
    /// </summary>
    public static string Pascal(IEnumerable<string> words)
    {
        var name = new StringBuilder();
        foreach (var word in words)
        {
            if (name.Length > 0 && char.IsDigit(name[name.Length - 1]) && char.IsDigit(word[0]))
                name.Append('_');
            name.Append(char.ToUpperInvariant(word[0]));
            name.Append(IsAllUpper(word) ? word.Substring(1).ToLowerInvariant() : word.Substring(1));
        }
        return name.ToString();
    }

    /// <summary>The Pascal-case identifier for a JSON name; <paramref name="fallback"/> when no letter or digit is in it.</summary>
    public static string Of(string text, string fallback)
    {
        var name = Pascal(Words(text));
        if (name.Length == 0)
            return fallback;
        return char.IsDigit(name[0]) ? "_" + name : name;
    }

    /// <summary>The name with its first letter small and an underscore before it, for a private field.</summary>
    public static string Field(string name) => "_" + char.ToLowerInvariant(name[0]) + name.Substring(1);

    /// <summary>The name with its first word small, for a method's parameter; <c>ID</c> is id, <c>URLPath</c> urlPath.</summary>
    public static string Camel(string name)
    {
        var end = 0;
        while (end < name.Length && (name[end] == '_' || char.IsUpper(name[end])) && (end == 0 || end + 1 == name.Length || !char.IsLower(name[end + 1])))
            end++;
        return name.Substring(0, end).ToLowerInvariant() + name.Substring(end);
    }

    /// <summary>Whether a name from outside (the lock file) can be used in C# as it is.</summary>
    public static bool IsValid(string name)
    {
        if (name.Length == 0 || char.IsDigit(name[0]) || Keywords.Contains(name))
            return false;
        foreach (var unit in name)
        {
            if (unit != '_' && !IsIdentifierPart(unit))
                return false;
        }
        return true;
    }

    /// <summary>
    /// Whether a name from outside can be a type's. C# keeps names of small letters alone for itself: some are contextual keywords, of the others it warns.
    /// </summary>
    public static bool IsTypeName(string name) => IsValid(name) && !name.All(static unit => unit is >= 'a' and <= 'z');

    /// <summary>The nearest identifier, as project templates change names: underscores for what is not allowed in one (<c>my-app</c> is my_app).</summary>
    public static string Sanitize(string name)
    {
        var bent = string.Concat(name.Select(unit => IsIdentifierPart(unit) ? unit : '_'));
        return IsValid(bent) ? bent : "_" + bent;
    }

    /// <summary>The name as it is written in C#: keywords get their <c>@</c>.</summary>
    public static string Escape(string name) => Keywords.Contains(name) ? "@" + name : name;

    /// <summary>Whether a dotted namespace can be used in C# as it is.</summary>
    public static bool IsNamespace(string name) => name.Split('.').All(IsValid);

    private static bool IsAllUpper(string word)
    {
        if (word.Length < 3)
            return false;
        foreach (var unit in word)
        {
            if (!char.IsUpper(unit))
                return false;
        }
        return true;
    }

    // Letters outside the basic plane and combining marks are left out: editors and compilers of different age disagree about them.
    private static bool IsIdentifierPart(char unit) => unit < '\u0080' ? IsPlainPart(unit) : char.GetUnicodeCategory(unit) is UnicodeCategory.UppercaseLetter
        or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter
        or UnicodeCategory.DecimalDigitNumber && (char.GetUnicodeCategory(unit) != UnicodeCategory.DecimalDigitNumber || unit is >= '0' and <= '9');

    private static bool IsPlainPart(char unit) => unit is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9');
}
