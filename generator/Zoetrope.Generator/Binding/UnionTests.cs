using Zoetrope.Specs;

namespace Zoetrope.Generator;

/// <summary>Finds how objects of several types are told apart: by a member whose values are different in each, else by the members that each requires.</summary>
internal static class UnionTests
{
    /// <summary>
    /// The order in which the objects are to be tried, and what each must have; null where they cannot be told apart. An object that requires what another does not know
    /// is tried before it.
    /// </summary>
    /// <param name="objects">The schemas, references followed.</param>
    /// <param name="stated">The member of which the document says that it tells them apart, or null.</param>
    /// <param name="resolve">Follows a reference.</param>
    public static List<(int Index, EquatableArray<MemberTest> Tests)>? Find(IReadOnlyList<Schema> objects, string? stated, Func<Schema, Schema> resolve) =>
        objects.Count == 1 ? [(0, default)] : ByValue(objects, stated, resolve) ?? ByRequired(objects);

    /// <summary>The one value that tells each object from the others; null for an object that has several, and for all where no value tells them apart.</summary>
    /// <inheritdoc cref="Find"/>
    public static IReadOnlyList<string?> TellingValues(IReadOnlyList<Schema> objects, string? stated, Func<Schema, Schema> resolve)
    {
        if (objects.Count < 2 || ByValue(objects, stated, resolve) is not { } told)
            return new string?[objects.Count];
        return told.ConvertAll(one => one.Tests[0].Values is { Count: 1 } values && values[0].Kind == JsonKind.String ? values[0].Text : null);
    }

    private static List<(int Index, EquatableArray<MemberTest> Tests)>? ByValue(IReadOnlyList<Schema> objects, string? stated, Func<Schema, Schema> resolve)
    {
        foreach (var candidate in objects[0].Properties.OrderBy(property => property.Name == stated ? 0 : 1))
        {
            var values = objects.Select(one => ValuesOf(one, candidate.Name, resolve)).ToList();
            if (!Literals.IsWellFormed(candidate.Name) || values.Any(one => one.Count == 0))
                continue;
            if (values.SelectMany(one => one).Distinct().Count() == values.Sum(one => one.Count))
                return values.Select((one, i) => (i, new EquatableArray<MemberTest>([new(candidate.Name, one.ToEquatableArray())]))).ToList();
        }
        return null;
    }

    /// <summary>The only values that a member may have, each once and in one spelling; none where it may have others.</summary>
    private static List<JsonLiteral> ValuesOf(Schema schema, string member, Func<Schema, Schema> resolve)
    {
        var property = schema.Properties.FirstOrDefault(one => one.Name == member);
        if (property is null)
            return [];
        // What stands beside a reference is narrower than what this leads to.
        var values = property.Schema.Enum.Count > 0 ? property.Schema.Enum : resolve(property.Schema).Enum;
        var plain = values.Select(Plain).ToList();
        return plain.Contains(null) ? [] : plain.OfType<JsonLiteral>().Distinct().ToList();
    }

    /// <summary>A value without its spelling; null where it is none that JSON can be asked for.</summary>
    private static JsonLiteral? Plain(JsonLiteral value)
    {
        switch (value.Kind)
        {
            case JsonKind.String:
                return Literals.IsWellFormed(value.Text) ? new(JsonKind.String, "", value.Text) : null;
            case JsonKind.Number:
                return (Numbers.WholeValue(value.Text) ?? Numbers.Double(value.Text)) is { } digits ? new(JsonKind.Number, "", digits) : null;
            default:
                return value.Kind == JsonKind.Boolean ? value : null;
        }
    }

    private static List<(int Index, EquatableArray<MemberTest> Tests)>? ByRequired(IReadOnlyList<Schema> objects)
    {
        var left = Enumerable.Range(0, objects.Count).ToList();
        var order = new List<(int Index, EquatableArray<MemberTest> Tests)>();
        while (left.Count > 0)
        {
            var next = left.FindIndex(one => left.All(other => other == one || HasOwn(objects[one], objects[other])));
            if (next < 0)
                return null;
            var required = objects[left[next]].Properties.Where(property => property.Required && Literals.IsWellFormed(property.Name));
            order.Add((left[next], required.Select(property => new MemberTest(property.Name, default)).ToEquatableArray()));
            left.RemoveAt(next);
        }
        return order;
    }

    private static bool HasOwn(Schema schema, Schema other) =>
        schema.Properties.Any(property => property.Required && Literals.IsWellFormed(property.Name) && other.Properties.All(known => known.Name != property.Name));
}
