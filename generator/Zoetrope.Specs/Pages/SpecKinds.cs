using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Pages;

/// <summary>Tells by content what kind of document a text is, and whose. Each page form has several marks, because one of them may be damaged.</summary>
internal static class SpecKinds
{
    private static readonly string[] _falMarks =
        ["- **Endpoint**:", "- **Model ID**:", "https://fal.run/", "### Input Schema", "(https://fal.ai/", "- **Kind**:"];

    private static readonly string[] _eachlabsMarks =
        ["**Model Slug:**", "**Branded URL:**", "https://api.eachlabs.ai/", "https://www.eachlabs.ai/", "**Output Type:**", "X-API-Key"];

    /// <summary>Whether the text begins like a JSON document.</summary>
    public static bool LooksLikeJson(string text)
    {
        var start = PageText.SkipSpace(text, 0, text.Length);
        return start < text.Length && text[start] is '{' or '[';
    }

    /// <summary>Which page form the text has, or null when it has none.</summary>
    public static SpecKind? PageKind(string text, string? provider)
    {
        var start = PageText.SkipSpace(text, 0, text.Length);
        if (start == text.Length)
            return null;
        var (fal, eachlabs) = (Count(text, _falMarks), Count(text, _eachlabsMarks));
        // One mark alone may stand in any text about the service.
        if (fal != eachlabs && Math.Max(fal, eachlabs) > 1)
            return fal > eachlabs ? SpecKind.FalPage : SpecKind.EachlabsPage;
        return text[start] != '#' ? null : provider switch
        {
            "fal" => SpecKind.FalPage,
            "eachlabs" => SpecKind.EachlabsPage,
            _ => null,
        };
    }

    /// <summary>Where an unresolved merge conflict begins, or -1.</summary>
    public static int FindConflictMarker(string text)
    {
        const string Marker = "<<<<<<< ";
        if (text.StartsWith(Marker, StringComparison.Ordinal))
            return 0;
        var place = text.IndexOf("\n" + Marker, StringComparison.Ordinal);
        return place < 0 ? -1 : place + 1;
    }

    /// <summary>The first line that is not empty.</summary>
    public static TextRange FirstLine(string text)
    {
        var start = PageText.SkipSpace(text, 0, text.Length);
        var end = text.IndexOfAny(['\r', '\n'], start);
        return new(start, (end < 0 ? text.Length : end) - start);
    }

    /// <summary>What an unknown text may be, in words that tell what to do.</summary>
    public static string Guess(string text)
    {
        var first = FirstLine(text);
        if (first.Length == 0)
            return "the file is empty";
        var line = text.Substring(first.Start, Math.Min(first.Length, 20));
        if (line.StartsWith("openapi:", StringComparison.Ordinal) || line.StartsWith("swagger:", StringComparison.Ordinal))
            return "this is YAML, which `zoetrope specs add` makes OpenAPI in JSON";
        return line.StartsWith("<", StringComparison.Ordinal) ? "this looks like HTML or XML" : $"it begins with '{line}'";
    }

    private static int Count(string text, string[] marks)
    {
        var count = 0;
        foreach (var mark in marks)
        {
            if (text.IndexOf(mark, StringComparison.Ordinal) >= 0)
                count++;
        }
        return count;
    }
}
