using System.Text.RegularExpressions;
using Zoetrope.Generator.Text;

namespace Zoetrope.Generator.Types;

/// <summary>
/// Finds what a document calls deprecated, and what it says to use instead. Words count only where they say it of the thing itself: "Deprecated.",
/// "[Deprecated]", "This field is deprecated"; what will be deprecated, or is about a value of it, is left alone.
/// </summary>
internal static class Deprecations
{
    private const string Plain = "Deprecated by the provider";
    private const int Longest = 200;

    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(1);

    private static readonly Regex _mark = new(
        @"^\W*(\[deprecated\]|deprecated\b\s*($|[:.!\]\-\u2013\u2014])|this (parameter|field|member|property|option|argument|setting|endpoint|model"
            + @"|operation|method|route) (is|has been) (now )?deprecated\b)|(^|[.!?]\s+)deprecated\s*[.:]",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, _timeout);

    private static readonly Regex _instead = new(
        @"\b(use|used|using|replaced (by|with)|superseded by|in favou?r of|switch to|migrate to|moved to|instead)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, _timeout);

    private static readonly Regex _name = new(
        @"\b(?:use|replaced (?:by|with)|superseded by|in favou?r of|switch to|migrate to|moved to)\s+(?:the\s+)?[`'""\[]?(?<name>\w[\w.\-]*\w|\w)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, _timeout);

    private static readonly Regex _sentences = new(@"(?<=[.!?])\s+|\s*\n\s*\n\s*", RegexOptions.CultureInvariant, _timeout);

    private static readonly Regex _label = new(
        @"^\W*(\[deprecated\]|deprecated\b)\s*[:.!\]\-\u2013\u2014]*\s*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, _timeout);

    /// <summary>Adds the C# name of what replaces a deprecated member, where that is a member of the same object.</summary>
    /// <param name="properties">The properties of an object.</param>
    public static void NameReplacements(List<BoundProperty> properties)
    {
        for (var i = 0; i < properties.Count; i++)
        {
            if (properties[i].Deprecation is { } message && ReplacementIn(message) is { } jsonName
                && properties.Find(one => one.JsonName == jsonName) is { } other)
                properties[i] = properties[i] with { Deprecation = $"{message} Here: {other.Name}." };
        }
    }

    /// <summary>What to say of something: null where it is not deprecated.</summary>
    /// <param name="isStated">Whether a keyword says that it is.</param>
    /// <param name="note">What extensions say of that.</param>
    /// <param name="description">What is said of the thing.</param>
    public static string? MessageOf(bool isStated, string? note, string? description)
    {
        // Nearly everything is not, which costs a look at the text.
        if (!isStated && (description is null || description.IndexOf("deprecated", StringComparison.OrdinalIgnoreCase) < 0))
            return null;
        var text = DocumentText.Flatten(description ?? "");
        try
        {
            if (!isStated && !_mark.IsMatch(text))
                return null;
            var said = note is not null ? DocumentText.Flatten(note) : InsteadOf(text);
            return said is null ? Plain + "." : DocumentText.Shorten($"{Plain}: {said}", Longest);
        }
        catch (RegexMatchTimeoutException)
        {
            return isStated ? Plain + "." : null;
        }
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

    /// <summary>The first sentence that names something else to use, without the label in front.</summary>
    private static string? InsteadOf(string text)
    {
        foreach (var sentence in _sentences.Split(text))
        {
            var plain = _label.Replace(sentence, "").Trim();
            // "Deprecated. Use x.": the label is a sentence of its own.
            if (plain.Length > 0 && _instead.IsMatch(plain))
                return Summaries.Sentence(plain);
        }
        return null;
    }
}
