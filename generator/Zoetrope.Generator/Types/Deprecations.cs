using System.Text.RegularExpressions;
using Zoetrope.Generator.Text;
using Zoetrope.Specs.Model;

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

    /// <summary>The properties of an object with what is said of those that are deprecated.</summary>
    /// <param name="properties">The properties.</param>
    /// <param name="schemaOf">What the document says of each.</param>
    public static void Mark(List<BoundProperty> properties, Func<BoundProperty, Schema> schemaOf)
    {
        for (var i = 0; i < properties.Count; i++)
        {
            var schema = schemaOf(properties[i]);
            var message = MessageOf(schema.Deprecated, schema.DeprecationNote, properties[i].Description, NameOf);
            if (message is not null)
                properties[i] = properties[i] with { Deprecation = message };
        }

        string? NameOf(string jsonName) => properties.Find(one => one.JsonName == jsonName)?.Name;
    }

    /// <summary>What to say of something: null where it is not deprecated.</summary>
    /// <param name="isStated">Whether a keyword says that it is.</param>
    /// <param name="note">What extensions say of that.</param>
    /// <param name="description">What is said of the thing.</param>
    /// <param name="memberOf">The C# name of something beside it; null where there is none of that name.</param>
    public static string? MessageOf(bool isStated, string? note, string? description, Func<string, string?>? memberOf = null)
    {
        var text = description is null ? "" : DocumentText.Flatten(description);
        try
        {
            if (!isStated && !_mark.IsMatch(text))
                return null;
            var said = note is not null ? DocumentText.Flatten(note) : InsteadOf(text);
            if (said is null)
                return Plain + ".";
            var member = _name.Match(said) is { Success: true } named ? memberOf?.Invoke(named.Groups["name"].Value) : null;
            return DocumentText.Shorten($"{Plain}: {said}", Longest) + (member is null ? "" : $" Here: {member}.");
        }
        catch (RegexMatchTimeoutException)
        {
            return isStated ? Plain + "." : null;
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
