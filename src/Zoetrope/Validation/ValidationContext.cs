using System.ComponentModel;
using System.Globalization;
using System.Text;
using Zoetrope.Formats;
using Zoetrope.Json;

namespace Zoetrope.Validation;

/// <summary>
/// Collects the issues of a request. Generated validators call one method per rule; nothing is allocated until a rule is violated.
/// </summary>
public partial struct ValidationContext
{
    private const int LongestShown = 80;

    private List<ValidationIssue>? _issues;

    // Where the issues of the object that is being validated begin; earlier ones belong to the containing objects.
    private int _from;

    // Whether null is valid for the union that is being validated, because of where it is.
    private bool _isNullValid;

    // The time that the patterns of the request have taken so far.
    private TimeSpan _onPatterns;

    /// <summary>The result with the issues collected so far.</summary>
    public readonly ValidationResult ToResult() => new(_issues);

    /// <summary>Adds an issue.</summary>
    public void Add(string path, ValidationRule rule, string? limit = null, string? actual = null) =>
        (_issues ??= []).Add(new ValidationIssue(path, rule, limit, actual));

    /// <summary>Reports declared members that were read as null or with another type. Called first, so that they are not also reported as missing.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Extras(ExtraProperties? extras)
    {
        if (extras is null)
            return;
        foreach (var entry in extras.Noted)
        {
            if (entry.Fate == EntryKind.Mismatch)
                Add(entry.Name, ValidationRule.Type, entry.Expected, Clip(entry.Value));
            else if (entry.Fate == EntryKind.Undeclared)
                Text(entry.Name, entry.Name);
        }
    }

    /// <summary>Reports a required member that is missing.</summary>
    public void Required(bool given, string name)
    {
        if (!given && !Has(name))
            Add(name, ValidationRule.Required);
    }

    /// <summary>Reports a required, nullable member that is missing.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Required(bool given, string name, ExtraProperties? extras)
    {
        if (!given && extras?.HasNull(name) != true)
            Required(false, name);
    }

    /// <summary>
    /// Reports a required, nullable member if the request was read from JSON that does not contain it. A new request expresses null by
    /// leaving it unset.
    /// </summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void RequiredOrNull(bool given, string name, ExtraProperties? extras)
    {
        if (!given && extras?.IsMissing(name) == true)
            Required(false, name);
    }

    /// <summary>Reports a value that is not one of the known ones.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Known(string value, string name, string allowed) => Add(name, ValidationRule.Enum, allowed, $"\"{Clip(value)}\"");

    /// <summary>Reports a string that is too short or too long, counted in Unicode code points, or not valid Unicode.</summary>
    public void Length(string? value, string name, int min = 0, int max = int.MaxValue)
    {
        // There are at least as many UTF-16 units as code points and at most twice as many, so most strings need no counting.
        if (value is null || (value.Length <= max && value.Length >= min * 2L))
        {
            Text(value, name);
            return;
        }
        var length = 0;
        foreach (var _ in value.EnumerateRunes())
            length++;
        if (length > max)
            Add(name, ValidationRule.MaxLength, Text(max), Text(length));
        else if (length < min)
            Add(name, ValidationRule.MinLength, Text(min), Text(length));
        else
            Text(value, name);
    }

    /// <summary>Reports an array that has too few or too many items.</summary>
    public void Count<T>(IReadOnlyList<T>? list, string name, int min = 0, int max = int.MaxValue)
    {
        // Items that were omitted from a list that was read are reported as such.
        if (list is null or IPartialJson)
            return;
        if (list.Count > max)
            Add(name, ValidationRule.MaxItems, Text(max), Text(list.Count));
        else if (list.Count < min)
            Add(name, ValidationRule.MinItems, Text(min), Text(list.Count));
    }

    /// <summary>Reports a whole number outside its limits, which are inclusive.</summary>
    public void Range(long? value, string name, long min = long.MinValue, long max = long.MaxValue)
    {
        if (value < min)
            Add(name, ValidationRule.Minimum, Text(min), Text(value.Value));
        else if (value > max)
            Add(name, ValidationRule.Maximum, Text(max), Text(value.Value));
    }

    /// <summary>Reports a number outside its limits.</summary>
    public void Range(
        double? value, string name, double min = double.NegativeInfinity, double max = double.PositiveInfinity, bool aboveMin = false, bool belowMax = false)
    {
        if (value is not { } given)
            return;
        if (!double.IsFinite(given))
            Add(name, ValidationRule.Type, "a finite number", Text(given));
        else if (given < min || (aboveMin && given == min))
            Add(name, ValidationRule.Minimum, aboveMin ? $"more than {Text(min)}" : Text(min), Text(given));
        else if (given > max || (belowMax && given == max))
            Add(name, ValidationRule.Maximum, belowMax ? $"less than {Text(max)}" : Text(max), Text(given));
    }

    /// <summary>Reports when not exactly one of two members is given.</summary>
    /// <param name="firstGiven">Whether the first is given and not empty.</param>
    /// <param name="secondGiven">Whether the second is given and not empty.</param>
    /// <param name="first">The name of the first.</param>
    /// <param name="second">The name of the second.</param>
    /// <param name="empty">The name of one that is given but empty; null where there is none.</param>
    public void ExactlyOne(bool firstGiven, bool secondGiven, string first, string second, string? empty = null)
    {
        // A member that was given with another type is reported as such.
        if (!firstGiven && !secondGiven && (Has(first) || Has(second)))
            return;
        if (firstGiven == secondGiven)
            Add(first, ValidationRule.ExactlyOne, $"{first} and {second}", firstGiven ? "both are" : Empty(empty) ?? "neither is");
    }

    /// <summary>Reports when neither of two members is given.</summary>
    /// <inheritdoc cref="ExactlyOne"/>
    public void AtLeastOne(bool firstGiven, bool secondGiven, string first, string second, string? empty = null)
    {
        if (!firstGiven && !secondGiven && !Has(first) && !Has(second))
            Add(first, ValidationRule.AtLeastOne, $"{first} and {second}", Empty(empty));
    }

    private static string? Empty(string? name) => name is null ? null : $"{name} is empty";

    /// <summary>Reports a file input whose URL is of a kind that the provider does not accept, or is not valid Unicode.</summary>
    /// <returns>Whether the input is a <c>data:</c> URI or a local file, which alone have a content to check.</returns>
    public bool Url(string? value, string name, UrlKinds forms = UrlKinds.Any)
    {
        if (value is null || UrlChecks.IsPlainOf(value, forms))
            return false;
        var isLocal = LocalFiles.IsOne(value);
        if (UrlChecks.Problem(value, forms) is { } problem)
            Add(name, ValidationRule.Url, UrlChecks.Describe(forms), problem);
        else if (isLocal)
            LocalFiles.CheckFormat!(ref this, value, name, null);
        else
            Text(value, name);
        return isLocal || DataUri.IsOne(value);
    }

    /// <summary>Reports a required file input that is missing, or whose URL is of a kind that the provider does not accept.</summary>
    /// <inheritdoc cref="Url" path="/returns"/>
    public bool RequiredUrl(string? value, string name, UrlKinds forms = UrlKinds.Any)
    {
        Required(value is not null, name);
        return Url(value, name, forms);
    }

    /// <summary>Reports file inputs whose URLs are of a kind that the provider does not accept.</summary>
    public void Urls(IReadOnlyList<string>? list, string name, UrlKinds forms = UrlKinds.Any)
    {
        for (var i = 0; i < (list?.Count ?? 0); i++)
        {
            if (list![i] is not { } value)
                continue;
            if (UrlChecks.Problem(value, forms) is { } problem)
                Add($"{name}[{Text(i)}]", ValidationRule.Url, UrlChecks.Describe(forms), problem);
            else if (LocalFiles.IsOne(value))
                LocalFiles.CheckFormat!(ref this, value, $"{name}[{Text(i)}]", null);
        }
        Texts(list, name);
    }

    /// <summary>
    /// Reports a file input that violates the provider's limits, where it is a <c>data:</c> URI or a local file that the submit uploads; other URLs are not
    /// checked.
    /// </summary>
    public void File(string? value, string name, FileRule rule)
    {
        if (value is not null && DataUri.IsOne(value))
            FileChecks.Check(ref this, value, name, rule);
        else if (value is not null && LocalFiles.IsOne(value))
            LocalFiles.Check!(ref this, value, name, rule);
    }

    private readonly bool Has(string path)
    {
        for (var i = _from; i < (_issues?.Count ?? 0); i++)
        {
            if (_issues![i].Path == path && !_issues[i].IsWarning)
                return true;
        }
        return false;
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    // Only the beginning of a large value is decoded.
    private static string Clip(RawJson json) => Clip(Encoding.UTF8.GetString(json.Utf8[..Math.Min(json.Utf8.Length, LongestShown * 4)]));

    private static string Clip(string text) => text.Length <= LongestShown ? text : string.Concat(text.AsSpan(0, LongestShown - 3), "...");
}
