using System.Text.RegularExpressions;
using Zoetrope.Generator.Text;

namespace Zoetrope.Generator.Types;

/// <summary>Finds what a document calls deprecated, and what it says to use instead: by keywords, extensions and sentences of the thing itself.</summary>
internal static class Deprecations
{
    private const string Plain = "Deprecated by the provider";
    private const int Longest = 200;

    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(1);

    private static readonly Regex _name = new(
        @"\b(?:use|replaced (?:by|with)|superseded by|in favou?r of|switch to|migrate to|moved to)\s+(?:the\s+)?[`'""\[]?(?<name>\w[\w.\-]*\w|\w)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, _timeout);

    /// <summary>Adds the C# name of what replaces a deprecated member, where that is a member of the same object.</summary>
    /// <param name="properties">The properties of an object.</param>
    public static void NameReplacements(List<BoundProperty> properties)
    {
        for (var i = 0; i < properties.Count; i++)
        {
            if (properties[i].Deprecation is { } message && ReplacementIn(message) is { } jsonName
                && properties.Find(one => one.JsonName == jsonName) is { } other)
                properties[i] = properties[i] with { Deprecation = WithName(message, other.Name) };
        }
    }

    /// <summary>What to say of something: null where it is not deprecated.</summary>
    /// <param name="stated">What a keyword says of that; null where none says anything. What it denies, no sentence says.</param>
    /// <param name="note">What extensions say of that.</param>
    /// <param name="description">What is said of the thing.</param>
    public static string? MessageOf(bool? stated, string? note, string? description)
    {
        // Nearly everything is not, which costs a look at the text.
        if (stated == false || (stated is null && (description is null || description.IndexOf("deprecated", StringComparison.OrdinalIgnoreCase) < 0)))
            return null;
        try
        {
            var (isMarked, instead) = DeprecationWords.Read(description ?? "");
            if (stated is null && !isMarked)
                return null;
            var said = note is not null ? DocumentText.Flatten(note) : instead;
            return said is null ? Plain + "." : DocumentText.Shorten($"{Plain}: {said}", Longest);
        }
        catch (RegexMatchTimeoutException)
        {
            return stated is null ? null : Plain + ".";
        }
    }

    private static string WithName(string message, string name)
    {
        var isSentence = message.EndsWith(".", StringComparison.Ordinal);
        return $"{(isSentence ? message.Substring(0, message.Length - 1) : message)} (in C#: `{name}`){(isSentence ? "." : "")}";
    }

    private static string? ReplacementIn(string message)
    {
        try
        {
            return _name.Match(message) is { Success: true } named ? named.Groups["name"].Value : null;
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }
}
