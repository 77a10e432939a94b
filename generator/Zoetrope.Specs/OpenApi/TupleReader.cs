using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.OpenApi;

/// <summary>
/// Reads arrays whose items differ by position (<c>prefixItems</c>, or <c>items</c> as an array). Where they are all of one type the array is a list of it.
/// </summary>
internal sealed class TupleReader(SchemaReader schemas, List<SpecProblem> problems)
{
    /// <summary>Reads the items.</summary>
    /// <param name="own">What else is said about the array.</param>
    /// <param name="prefix">The schemas of the first items.</param>
    /// <param name="rest">The schema of all further items, or not there.</param>
    /// <param name="pointer">Where the array is described.</param>
    public Schema Read(Schema own, JsonNode prefix, JsonNode rest, string pointer)
    {
        if (!prefix.IsArray || prefix.Count == 0)
        {
            problems.Add(Problems.BadKeyword.At(prefix.Range, prefix.Name, "an array with schemas"));
            return own;
        }
        var items = new List<Schema>();
        foreach (var item in prefix)
            items.Add(schemas.ReadInside(item, JsonPointer.Append(JsonPointer.Append(pointer, prefix.Name), items.Count)));
        if (rest.IsObject && rest.Count > 0)
            items.Add(schemas.ReadInside(rest, JsonPointer.Append(pointer, rest.Name)));
        if (rest.IsFalse)
            own = own with { MaxItems = own.MaxItems is { } most && most < prefix.Count ? most : prefix.Count };

        var shape = Wide(items[0].Shape());
        if (shape == new Schema() || items.Any(item => Wide(item.Shape()) != shape))
        {
            problems.Add(Problems.Tuple.At(prefix.NameRange));
            return own;
        }
        var isWhole = items.All(item => (item.Types & SchemaTypes.Number) == 0);
        var first = items[0] with { Types = isWhole ? items[0].Types : shape.Types };
        if (items.All(item => Wide(item.Outline()) == Wide(first.Outline())))
            return own with { Items = first };
        problems.Add(Problems.UnsupportedKeyword.At(prefix.NameRange, prefix.Name));
        return own with { Items = shape with { Pointer = first.Pointer, Types = first.Types } };
    }

    /// <summary>Every whole number is a number.</summary>
    private static Schema Wide(Schema shape) =>
        (shape.Types & SchemaTypes.Integer) == 0 ? shape : shape with { Types = (shape.Types & ~SchemaTypes.Integer) | SchemaTypes.Number };
}
