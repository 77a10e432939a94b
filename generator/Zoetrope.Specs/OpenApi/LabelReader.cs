using System.Globalization;
using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.OpenApi;

/// <summary>
/// Reads the extensions that name and describe the values of an <c>enum</c>: lists with one entry for each value, in the order of the values, or objects whose
/// members are called after the values.
/// </summary>
internal sealed class LabelReader(List<SpecProblem> problems)
{
    private const string Deprecations = "x-enum-deprecated";

    /// <summary>Whether a keyword names or describes values.</summary>
    public static bool Is(string keyword) => keyword is "x-enum-varnames" or "x-enumNames" or "x-enum-descriptions" or "x-enumDescriptions" or Deprecations;

    /// <summary>The labels of a schema's values; those that do not fit the values are reported and ignored.</summary>
    public EquatableArray<ValueLabel> Read(JsonNode schema)
    {
        // Null is not a value of its own, but the absence of one: generators of documents give it an entry, or none.
        var values = new List<string?>();
        foreach (var value in schema["enum"].IsArray ? schema["enum"] : default)
            values.Add(value.IsNull ? null : value.ToLiteral().Text);
        var names = ReadTexts(schema["x-enum-varnames"], values, isName: true);
        var others = ReadTexts(schema["x-enumNames"], values, isName: true);
        var descriptions = ReadTexts(schema["x-enum-descriptions"], values, isName: false);
        var otherDescriptions = ReadTexts(schema["x-enumDescriptions"], values, isName: false);
        var deprecated = ReadDeprecated(schema[Deprecations], values);
        var labels = new List<ValueLabel>();
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is not { } value)
                continue;
            var label = new ValueLabel(value, names?[i] ?? others?[i], descriptions?[i] ?? otherDescriptions?[i]);
            if (deprecated.TryGetValue(i, out var note))
                label = label with { Deprecated = true, DeprecationNote = note.Length > 0 ? note : null };
            if ((label.Name ?? label.Description) is not null || label.Deprecated is not null)
                labels.Add(label);
        }
        return labels.ToEquatableArray();
    }

    /// <summary>
    /// The deprecated values by their number, each with what is said of that: an array of these values, or of a boolean for each value, or an object whose
    /// members are called after values and are booleans or texts.
    /// </summary>
    private Dictionary<int, string> ReadDeprecated(JsonNode keyword, List<string?> values)
    {
        var found = new Dictionary<int, string>();
        var isValid = !keyword.Exists || keyword.IsObject || keyword.IsArray;
        var (areFlags, index) = (keyword.IsArray && keyword.Count == values.Count, 0);
        foreach (var item in keyword.IsArray ? keyword : default)
            areFlags &= item.IsBoolean;
        foreach (var item in isValid ? keyword : default)
        {
            var at = areFlags ? index++ : values.IndexOf(keyword.IsObject ? item.Name : item.ToLiteral().Text);
            isValid &= at >= 0 && (keyword.IsArray || item.IsBoolean || item.IsString);
            if (at >= 0 && !item.IsFalse)
                found[at] = keyword.IsObject ? item.String?.Trim() ?? "" : "";
        }
        if (isValid)
            return found;
        const string Expected = "an array of values of 'enum', or of a boolean for each, or an object whose members are called after values";
        problems.Add(Problems.BadKeyword.At(keyword.NameRange, keyword.Name, Expected));
        return [];
    }

    /// <summary>A text for each value, null where it has none; null where they cannot be used.</summary>
    private string?[]? ReadTexts(JsonNode keyword, List<string?> values, bool isName)
    {
        if (!keyword.Exists)
            return null;
        var texts = new string?[values.Count];
        var count = values.Count(value => value is not null);
        var hasEntryOfNull = keyword.Count == values.Count;
        var isValid = count > 0 && (keyword.IsObject || (keyword.IsArray && (hasEntryOfNull || keyword.Count == count)));
        var index = 0;
        foreach (var item in isValid ? keyword : default)
        {
            var at = keyword.IsObject ? IndexOf(values, item.Name) : index++;
            while (keyword.IsArray && !hasEntryOfNull && values[at] is null)
                at = index++;
            // Not every value needs a text: null says that there is none, as an empty description does.
            var text = item.String?.Trim();
            isValid &= at >= 0 && (text is { Length: > 0 } || item.IsNull || (!isName && item.IsString));
            if (isValid)
                texts[at] = text is { Length: > 0 } ? text : null;
        }
        if (isValid)
            return texts;
        var number = count.ToString(CultureInfo.InvariantCulture);
        var expected = $"an array with a {(isName ? "name" : "description")} for each of the {number} values of 'enum', or an object with such members";
        problems.Add(Problems.BadKeyword.At(keyword.NameRange, keyword.Name, count == 0 ? "beside the 'enum' whose values it is about" : expected));
        return null;
    }

    /// <summary>Where a value is that a member of an object is called after; null is called "null", unless that is a text of its own.</summary>
    private static int IndexOf(List<string?> values, string name)
    {
        var at = values.IndexOf(name);
        return at < 0 && name == "null" ? values.IndexOf(null) : at;
    }
}
