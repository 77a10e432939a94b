using System.Globalization;
using System.Text.Json.Nodes;
using Zoetrope.Specs.Jobs;

namespace Zoetrope.Simulator.Declared;

/// <summary>Creates the JSON of responses: a value at each pointer that a declaration names.</summary>
internal static class ResponseTree
{
    /// <summary>The JSON with what each field says. A field without a value is absent.</summary>
    /// <param name="fields">The pointers.</param>
    /// <param name="value">The value of a field; null for none.</param>
    public static JsonNode Of(IEnumerable<FieldPointer> fields, Func<JobField, JsonNode?> value)
    {
        JsonNode? root = null;
        // The result can be the whole, in which the other fields are.
        foreach (var field in fields.OrderBy(field => field.Field == JobField.Output ? 0 : 1).ThenBy(field => field.Pointer.Length))
        {
            if (value(field.Field) is { } made)
                root = Put(root, Specs.Json.JsonPointer.Steps(field.Pointer), made);
        }
        return root ?? new JsonObject();
    }

    private static JsonNode Put(JsonNode? at, ReadOnlySpan<string> steps, JsonNode value)
    {
        if (steps.IsEmpty)
            return value.Parent is null ? value : value.DeepClone();
        var index = -1;
        if (steps[0] == "*")
            index = 0;
        else if (at is not JsonObject && int.TryParse(steps[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            index = number;
        if (index < 0)
        {
            var members = at as JsonObject ?? [];
            var member = Put(members[steps[0]], steps[1..], value);
            if (!ReferenceEquals(member, members[steps[0]]))
                members[steps[0]] = member;
            return members;
        }
        var items = at as JsonArray ?? [];
        while (items.Count <= index)
            items.Add(null);
        var item = Put(items[index], steps[1..], value);
        if (!ReferenceEquals(item, items[index]))
            items[index] = item;
        return items;
    }
}
