using System.Globalization;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Rules;

/// <summary>
/// Decides whether a value counts as given. Null, an empty text and an empty list never do. Of a flag that is off, of zero, of a default and of a value such as
/// <c>none</c> documents do not say, so there are two readings, and each use takes the one that refuses less: a request that is refused because a member is
/// given needs <see cref="IsSurelyGiven"/>; one that is refused because a member is missing needs that it is not even <see cref="IsGiven"/>. Validators that
/// the generator emits do the same.
/// </summary>
internal static class RuleValues
{
    // Values of enums by which a document lets a member be turned off, or left to the service.
    private static readonly string[] _unset = ["none", "auto", "default"];

    /// <summary>Whether a listed value stands for none.</summary>
    public static bool IsUnset(string value) => Array.Exists(_unset, one => string.Equals(one, value, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a value may count as given: whatever is not empty.</summary>
    public static bool IsGiven(JsonNode value) =>
        value.Exists && !value.IsNull && !(value.IsArray && value.Count == 0) && !(value.IsString && value.String!.Length == 0);

    /// <summary>Whether a value counts as given in any reading.</summary>
    /// <param name="value">The value of the member.</param>
    /// <param name="rule">The rule that says which values stand for none; null where it does not know the member.</param>
    /// <param name="name">The member.</param>
    public static bool IsSurelyGiven(JsonNode value, ParameterRule? rule, string name) =>
        IsGiven(value) && !value.IsFalse && !(Number(value) is { } number && number == 0)
        && (rule is null || !rule.Defaults.Concat(rule.Unset).Any(one => one.Name == name && AreEqual(value, one.Text)));

    /// <summary>The number; null where it is none.</summary>
    public static decimal? Number(JsonNode value) => value.IsNumber ? Number(value.Raw) : null;

    /// <summary>The number that a text spells. One that is too large is the largest there is.</summary>
    public static decimal? Number(string text)
    {
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return number;
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var large) || double.IsNaN(large))
            return null;
        return large > 0 ? decimal.MaxValue : decimal.MinValue;
    }

    /// <summary>The number of code points.</summary>
    public static int Length(string text)
    {
        var length = text.Length;
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsLowSurrogate(text[i]) && char.IsHighSurrogate(text[i - 1]))
                length--;
        }
        return length;
    }

    private static bool AreEqual(JsonNode value, string json)
    {
        var other = JsonTree.Parse(json).Root;
        if (Number(value) is { } one && Number(other) is { } two)
            return one == two;
        return value.IsString && other.IsString ? value.String == other.String : value.Raw == other.Raw;
    }
}
