using Zoetrope.Specs.Model;
using Zoetrope.Specs.Providers;

namespace Zoetrope.Specs.Pages;

/// <summary>Recognizes by its content which kind of document a text is, and which provider it belongs to.</summary>
internal static class SpecKinds
{
    /// <summary>Whether the text begins like a JSON document.</summary>
    public static bool LooksLikeJson(string text)
    {
        var start = PageText.SkipSpace(text, 0, text.Length);
        return start < text.Length && text[start] is '{' or '[';
    }

    /// <summary>Which kind of page the text is, or null when it is not a page.</summary>
    public static SpecKind? PageKind(string text, string? provider)
    {
        var start = PageText.SkipSpace(text, 0, text.Length);
        if (start == text.Length)
            return null;
        var found = DocumentProfiles.All.Select(profile => (profile.PageKind, Marks: Count(text, profile.PageMarks))).ToList();
        var most = found.Max(kind => kind.Marks);
        // One mark alone may occur in any text about the service.
        if (most > 1 && found.Count(kind => kind.Marks == most) == 1)
            return found.Find(kind => kind.Marks == most).PageKind;
        return text[start] == '#' ? DocumentProfiles.Of(provider)?.PageKind : null;
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

    /// <summary>What an unknown text may be, in words that say what to do.</summary>
    public static string Guess(string text)
    {
        var first = FirstLine(text);
        if (first.Length == 0)
            return "the file is empty";
        var line = text.Substring(first.Start, Math.Min(first.Length, 20));
        if (line.StartsWith("openapi:", StringComparison.Ordinal) || line.StartsWith("swagger:", StringComparison.Ordinal))
            return "this is YAML, which `zoetrope specs add` converts to JSON";
        return line.StartsWith("<", StringComparison.Ordinal) ? "this looks like HTML or XML" : $"it begins with '{line}'";
    }

    private static int Count(string text, EquatableArray<string> marks)
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
