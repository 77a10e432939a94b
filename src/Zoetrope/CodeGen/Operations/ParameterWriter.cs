using Zoetrope.Text;

namespace Zoetrope.CodeGen.Operations;

/// <summary>The characters of a value that are not escaped.</summary>
internal enum Escaping
{
    /// <summary>Only letters, digits and <c>-._~</c>; the rest is percent-encoded UTF-8.</summary>
    All,

    /// <summary>Also reserved characters, and sequences that are already percent-encoded; but never those that end a parameter.</summary>
    Unreserved,

    /// <summary>All of them: headers do not use percent-encoding.</summary>
    None,
}

/// <summary>Expands values like the operators of RFC 6570, which OpenAPI calls styles.</summary>
/// <param name="Separator">The separator of exploded parts.</param>
/// <param name="ListSeparator">The separator of parts that are not exploded.</param>
/// <param name="IsNamed">Whether parts carry the parameter's name.</param>
/// <param name="AfterEmpty">The suffix of the name of an empty part.</param>
/// <param name="Escaping">How texts are escaped.</param>
internal readonly record struct ParameterWriter(string Separator, string ListSeparator, bool IsNamed, string AfterEmpty, Escaping Escaping)
{
    // The reserved characters of RFC 3986 except those that end a query or a parameter in it.
    private const string Kept = ":/?@!$'()*,;=";

    public static ParameterWriter Simple { get; } = new(",", ",", false, "", Escaping.All);

    public static ParameterWriter Label { get; } = new(".", ",", false, "", Escaping.All);

    public static ParameterWriter Matrix { get; } = new(";", ",", true, "", Escaping.All);

    public static ParameterWriter Header { get; } = new(",", ",", false, "", Escaping.None);

    public static ParameterWriter Cookie { get; } = new("; ", ",", true, "=", Escaping.All);

    /// <summary>Returns the writer of query parameters.</summary>
    public static ParameterWriter Query(ParameterStyle style, bool allowReserved) => new(
        "&",
        style switch
        {
            ParameterStyle.SpaceDelimited => "%20",
            ParameterStyle.PipeDelimited => "%7C",
            _ => ",",
        },
        true,
        "=",
        allowReserved ? Escaping.Unreserved : Escaping.All);

    /// <summary>Writes a value that is not empty.</summary>
    public void Write(TextBuffer output, string name, in ParameterValue value, bool explode)
    {
        if (value.Single is { } single)
            Pair(output, IsNamed ? name : null, single);
        else if (value.Items is { } items)
            List(output, name, items, explode);
        else if (value.Members is { } members)
            Object(output, name, members, explode);
    }

    private void List(TextBuffer output, string name, List<string> items, bool explode)
    {
        if (!explode && IsNamed)
        {
            Name(output, name);
            output.Append('=');
        }
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
                output.Append(explode ? Separator : ListSeparator);
            if (explode)
                Pair(output, IsNamed ? name : null, items[i]);
            else
                Text(output, items[i], inList: true);
        }
    }

    private void Object(TextBuffer output, string name, List<KeyValuePair<string, string>> members, bool explode)
    {
        if (!explode && IsNamed)
        {
            Name(output, name);
            output.Append('=');
        }
        for (var i = 0; i < members.Count; i++)
        {
            if (i > 0)
                output.Append(explode ? Separator : ListSeparator);
            if (explode && IsNamed)
            {
                Pair(output, members[i].Key, members[i].Value);
                continue;
            }
            Text(output, members[i].Key, inList: true);
            output.Append(explode ? "=" : ListSeparator);
            Text(output, members[i].Value, inList: true);
        }
    }

    private void Pair(TextBuffer output, string? name, string text)
    {
        if (name is not null)
        {
            Name(output, name);
            output.Append(text.Length == 0 ? AfterEmpty : "=");
        }
        Text(output, text, inList: false);
    }

    private void Name(TextBuffer output, string name)
    {
        if (Escaping == Escaping.None)
            output.Append(name);
        else
            output.AppendEscaped(name);
    }

    private void Text(TextBuffer output, string text, bool inList)
    {
        if (Escaping == Escaping.None)
            output.Append(text);
        else if (Escaping == Escaping.All)
            output.AppendEscaped(text);
        else
            EscapeUnreserved(output, text, inList);
    }

    // A comma within an item of a list would split it.
    private static void EscapeUnreserved(TextBuffer output, string text, bool inList)
    {
        var from = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var unit = text[i];
            if (IsTriplet(text, i))
            {
                output.AppendEscaped(text.AsSpan(from..i));
                output.Append(text.AsSpan(i, 3));
                from = i + 3;
                i += 2;
            }
            else if (Kept.Contains(unit) && !(inList && unit == ','))
            {
                output.AppendEscaped(text.AsSpan(from..i));
                output.Append(unit);
                from = i + 1;
            }
        }
        output.AppendEscaped(text.AsSpan(from));
    }

    private static bool IsTriplet(string text, int at) =>
        text[at] == '%' && at + 2 < text.Length && char.IsAsciiHexDigit(text[at + 1]) && char.IsAsciiHexDigit(text[at + 2]);
}
